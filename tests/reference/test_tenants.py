"""Two tenants never see each other: what belongs to one is to the other what never existed, on every route there is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from reference_impl.demo import access_token, settings_of
from tests.reference.described import Operation, Person, operations
from tests.reference.fraud_parts import patient_policy
from tests.reference.paying import equipped
from tests.reference.running import serving

SUBJECT, SESSION = "erin", "one-session-of-both"
_CHANGING = {"date", "x-request-id", "content-length"}
_NAMES = ("token", "id")
_NAME = re.compile("[A-Za-z0-9_-]{9,}")
"""What in a body is a name: neither a time nor an address nor a sentence."""
_OWN = ("id", "transaction", "created_at", "processing_time_ms", "proof")
"""Of an assessment or a request about data, which differ between any two."""

NewPerson = Callable[..., Person]


class Tenant:
    """Somebody of one tenant. `made`: names of what is theirs; `tried`: names of the other's that they asked for,
    which is in the audit log of their own tenant."""

    def __init__(self, person: Person) -> None:
        self.person, self.made, self.requests, self.tried = person, list[str](), list[str](), set[str]()

    def ask(self, operation: Operation, **changed: Any) -> httpx.Response:
        answer = self.person.ask(operation, **changed)
        self.requests.append(answer.headers["x-request-id"])
        if answer.status_code == 201:
            self.made += [str(value) for name, value in answer.json().items() if name in _NAMES]
        return answer


@pytest.fixture(scope="module")
def person_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewPerson]:
    """Makes people with the same subject and session, each at an address of their own."""
    place = tmp_path_factory.mktemp("tenants") / "place"
    changed: dict[str, Any] = {"rate_limit_requests": 1_000_000, "trusted_proxies": ("127.0.0.1/32",)}
    changed["fraud_policy_file"] = patient_policy(place.parent)
    description: dict[str, Any] = {}
    addresses, clients = itertools.count(1), list[httpx.Client]()
    with (
        equipped(settings_of(place), place) as (made, *_),
        serving(made.model_copy(update=changed), lambda one: description.update(one.routes.openapi())) as port,
    ):

        def new(tenant: str, subject: str = SUBJECT) -> Person:
            headers = {"Authorization": f"Bearer {access_token(place, subject, tenant, SESSION)}"}
            headers["X-Forwarded-For"] = f"2001:db8:0:{next(addresses):x}::1"
            clients.append(httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30))
            colleague = {"Authorization": f"Bearer {access_token(place, 'grace', tenant)}"}
            return Person(clients[-1], description, colleague)

        yield new
        for client in clients:
            client.close()


def routes_of(person: Person) -> list[Operation]:
    """Those that know who asks."""
    return [operation for operation in operations(person.description) if not operation.public]


def never(name: str) -> str:
    """A name of the same form that nothing has."""
    return name[:-8] + name[-4:] + name[-8:-4]


def exchanged(value: Any, names: list[str]) -> Any:
    """The same with names that never were instead of these."""
    if isinstance(value, dict):
        return {key: exchanged(inner, names) for key, inner in value.items()}
    return never(value) if value in names else value


def same(one: httpx.Response, other: httpx.Response) -> None:
    """Two answers that tell nothing apart."""

    def told(answer: httpx.Response) -> Any:
        headers = {name: value for name, value in answer.headers.items() if name not in _CHANGING}
        body = answer.json() if answer.content else None
        if isinstance(body, dict) and "error" in body:
            body["error"].pop("request_id")
        elif isinstance(body, dict):
            body = {name: value for name, value in body.items() if name not in _OWN}
        return answer.status_code, headers, body

    assert told(one) == told(other), one.request.url.path


def peek(asking: Tenant, other: Tenant, operation: Operation) -> None:
    """Asks with everything of the other's: in the path, in the body, in the query."""
    names = other.person.names(operation)
    other.made += names.values()
    asking.tried |= set(names.values())
    if names:
        body = {"json": asking.person.body(operation)} if operation.body else {}
        theirs = asking.person.ask(operation, url=operation.at(**names), **body)
        nobodys = asking.person.ask(operation, url=operation.at(**{k: never(v) for k, v in names.items()}), **body)
        assert theirs.status_code in (403, 404), operation.name
        same(theirs, nobodys)
    elif operation.body and operation.body != "Code":
        theirs_body = other.person.body(operation)
        held = [value for value in theirs_body.values() if isinstance(value, str) and _NAME.fullmatch(value)]
        asking.tried |= set(held)
        if held:
            key = asking.person.headers(operation)
            theirs = asking.person.ask(operation, json=theirs_body, headers=key)
            same(theirs, asking.person.ask(operation, json=exchanged(theirs_body, held), headers=key))
    if operation.method == "GET" and not names:
        for query in ({}, *({name: value} for name in operation.parameters("query") for value in other.made[-1:])):
            asking.tried |= set(query.values())
            shown = asking.person.ask(operation, params=query).text
            hidden = {*other.made, *other.requests, other.person.client.headers["x-forwarded-for"]} - asking.tried
            assert not [name for name in hidden if name in shown], operation.name


def test_what_is_of_one_never_was_for_the_other(person_of: NewPerson) -> None:
    first, second = Tenant(person_of("north")), Tenant(person_of("south"))
    for operation in routes_of(first.person):
        peek(second, first, operation)  # before and after a second factor, which are different answers
    first.person.step_up()
    second.person.step_up()
    for operation in routes_of(first.person):
        done = first.ask(operation)
        assert done.is_success or operation.body == "Code" or done.status_code == 409, operation.name
        peek(second, first, operation)
        peek(first, second, operation)
    assert first.made


def test_keys_of_one_are_free_for_the_other(person_of: NewPerson) -> None:
    first, second = Tenant(person_of("east")), Tenant(person_of("west"))
    for operation in routes_of(first.person):
        headers = first.person.headers(operation)
        if headers:
            answers = [who.ask(operation, headers=headers) for who in (first, second)]
            assert [answer.is_success for answer in answers] == [True, True], (operation.name, answers[0].text)
    card = {"card": first.person.body(next(one for one in routes_of(first.person) if one.body == "TokenBody"))["card"]}
    for who in (first, second, first, second):
        made = who.person.client.post("/v1/tokens", json={**card, "reuse": True}).raise_for_status()
        who.made.append(made.json()["token"])
    assert first.made[-1] == first.made[-2] != second.made[-1] == second.made[-2]
    assert not set(first.made) & set(second.made)


def test_a_second_factor_shown_to_one_is_nothing_to_the_other(person_of: NewPerson) -> None:
    first, second = person_of("spring"), person_of("autumn")
    first.step_up()
    for operation in routes_of(first):
        if operation.definition["x-permission"] in ("tokens:detokenize", "keys:rotate"):
            assert first.ask(operation).is_success, operation.name
            refused = second.ask(operation)
            assert (refused.status_code, refused.json()["error"]["code"]) == (403, "step_up_required")
    assert second.client.post("/v1/step-up", json={"code": first.code()}).status_code == 403


def test_nobody_is_locked_out_by_another_tenant(person_of: NewPerson) -> None:
    first, second = person_of("day"), person_of("night")
    for person in (first, second):
        person.enrol()
    for _ in range(11):
        assert first.client.post("/v1/step-up", json={"code": "000000"}).status_code == 403
    assert first.client.post("/v1/step-up", json={"code": first.code()}).status_code == 403, "locked"
    second.step_up()


NUMBERS = itertools.count()


def test_in_any_order(person_of: NewPerson) -> None:
    routes = routes_of(person_of("any"))

    class Tenants(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            run = next(NUMBERS)
            self.tenants = [Tenant(person_of(f"{name}-{run}")) for name in ("left", "right")]

        @rule(who=st.integers(0, 1), operation=st.sampled_from(routes))
        def ask(self, who: int, operation: Operation) -> None:
            self.tenants[who].ask(operation)

        @rule(who=st.integers(0, 1))
        def step_up(self, who: int) -> None:
            if not self.tenants[who].person.shown:
                self.tenants[who].person.step_up()

        @rule(who=st.integers(0, 1), operation=st.sampled_from(routes))
        def peek(self, who: int, operation: Operation) -> None:
            peek(self.tenants[who], self.tenants[1 - who], operation)

    bounded = settings(
        max_examples=8,
        stateful_step_count=10,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Tenants, settings=bounded)
