"""The service does what its description says, whatever is sent: by schemathesis, over HTTP."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

import reference_impl
from reference_impl.demo import access_token, settings_of
from reference_impl.web.middleware import SECURITY_HEADERS
from tests.reference.described import Person, operations
from tests.reference.paying import equipped
from tests.reference.running import serving

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
SAME = {"x-request-id", "content-type", *map(str.lower, SECURITY_HEADERS)}
"""Headers that say nothing of what was asked; words in them may be those of what was made up to be sent."""
EXAMPLES = 25
"""Of each operation, each kind of data, with and without a token."""
REFUSALS = {"checks": {"negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 413, 422]}}}
BOUNDED = bounds(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Api:
    """The running service, its description, and somebody of it."""

    def __init__(self, place: Path, port: int, description: dict[str, Any]) -> None:
        self.url, self.description = f"http://127.0.0.1:{port}", description
        self.schema = schemathesis.openapi.from_dict(description, config=schemathesis.Config.from_dict(REFUSALS))
        self.session = requests.Session()
        self.session.trust_env = False
        self.identity = {"Authorization": f"Bearer {access_token(place, 'mallory')}"}
        self.names = set(texts(description))
        headers = {"Authorization": f"Bearer {access_token(place, 'erin')}", "X-Forwarded-For": "192.0.2.7"}
        client = httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False)
        self.person = Person(client, description, {"Authorization": f"Bearer {access_token(place, 'grace')}"})


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    place = tmp_path_factory.mktemp("api") / "place"
    changed = {"rate_limit_requests": 1_000_000, "trusted_proxies": ("127.0.0.1/32",)}
    description: dict[str, Any] = {}
    with equipped(settings_of(place), place) as (settings, *_):
        made = settings.model_copy(update=changed)
        with serving(made, lambda service: description.update(service.routes.openapi())) as port:
            one = Api(place, port, description)
            yield one
            one.person.client.close()
            one.session.close()


def checks_for(case: Any, answer: Any) -> list[Any]:
    """A wrong parameter that is not sent, as an empty list is not, is not to be refused."""
    sent = {name for name, _ in parse_qsl(urlsplit(answer.request.url).query, keep_blank_values=True)}
    lost = {*map(str, case.query or {})} - sent
    return [check for check in CHECKS if not lost or check is not negative_data_rejection]


def secure(answer: Any) -> None:
    """What every answer has; and what one that refuses has for a body."""
    headers = {name: ", ".join([value] if isinstance(value, str) else value) for name, value in answer.headers.items()}
    own = {"Cache-Control", "Content-Security-Policy"} if answer.status_code < 400 else set()
    for name, value in SECURITY_HEADERS.items():
        assert name.lower() in headers and (name in own or headers[name.lower()] == value), name
    if answer.status_code >= 400:
        [(name, error)] = answer.json().items()
        assert name == "error" and set(error) == {"code", "message", "request_id", "fields"}
        assert error["request_id"] == headers["x-request-id"]


@cache
def own_words() -> str:
    """Every text that is written in the service's code: also what Hypothesis reads there, to send it."""
    trees = [ast.parse(file.read_text("utf-8")) for file in Path(reference_impl.__path__[0]).rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return "\n".join(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def texts(value: Any) -> Iterator[str]:
    """All texts in what was sent."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("known", [True, False], ids=["somebody", "nobody"])
def test_it_does_what_its_description_says(api: Api, mode: GenerationMode, known: bool) -> None:
    headers = api.identity if known else {}
    for result in api.schema.get_all_operations():
        operation = result.ok()
        takes = (operation.body, operation.query, operation.path_parameters, operation.headers)
        if mode is GenerationMode.NEGATIVE and not any(takes):
            continue  # there is nothing to get wrong

        @BOUNDED
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            answer = case.call(base_url=api.url, session=api.session, headers=headers, allow_redirects=False)
            case.validate_response(answer, checks=checks_for(case, answer), headers=headers)
            secure(answer)
            if answer.status_code >= 400:
                said = answer.text + str([value for name, value in answer.headers.items() if name not in SAME])
                sent = texts([case.body, dict(case.path_parameters or {}), dict(case.query or {})])
                repeated = {text for text in sent if len(text) > 5 and text in said} - api.names
                assert not [text for text in repeated if text not in own_words()]

        ask()


def test_what_is_asked_rightly_is_answered_as_described(api: Api) -> None:
    api.person.step_up()
    for operation in operations(api.description):
        answer = api.person.ask(operation)
        assert answer.status_code < 300 or (operation.path, answer.status_code) == ("/v1/totp", 409), operation.name
        secure(answer)
        described = api.schema[operation.path][operation.method]
        described.validate_response(answer)


def test_every_refusal_is_described(api: Api) -> None:
    for operation in operations(api.description):
        said = set(operation.definition["responses"])
        assert said >= {"413", "422", "429", "503"}, operation.name
        assert operation.public or said >= {"401", "403"}, operation.name
        assert not operation.parameters("path") or "404" in said, operation.name
    schemes = api.description["components"]["securitySchemes"]
    assert schemes == {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    assert "HTTPValidationError" not in api.description["components"]["schemas"]


def test_secrets_are_only_written(api: Api) -> None:
    schemas = api.description["components"]["schemas"]
    for schema, name in (("CardBody", "number"), ("CardBody", "holder"), ("CardBody", "verification_code")):
        described = schemas[schema]["properties"][name]
        assert all(one.get("writeOnly") for one in described.get("anyOf", [described]) if one.get("type") != "null")
    for body in ("TokenBody", "OrderBody"):
        assert schemas[body]["properties"]["encrypted_card"]["writeOnly"]
    assert schemas["Code"]["properties"]["code"]["writeOnly"]
