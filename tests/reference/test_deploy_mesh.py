"""Who may call which route of the real service, by the AuthorizationPolicies: money moves for one caller only (D64)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from reference_impl.demo import settings_of
from tests.reference.deployed import Manifest, manifests
from tests.reference.described import operations
from tests.reference.paying import equipped
from tests.reference.running import serving


@dataclass(frozen=True)
class Call:
    """What a sidecar sees. `principal`: of the mesh's certificate; `person`: issuer/subject of a token."""

    app: str
    port: int
    method: str
    path: str
    principal: str = ""
    person: str = ""
    address: str = "10.20.1.5"


PERSON = "https://identity.example/ada"
CHECKOUT = "cluster.local/ns/shop/sa/checkout-service"
GATEWAY = "cluster.local/ns/payments/sa/api-gateway"
MONEY = {
    ("POST", "/v1/charge"),
    ("POST", "/v1/charges"),
    ("POST", "/v1/charges/x/refunds"),
    ("POST", "/v1/payments"),
    ("POST", "/v1/orders"),
}


def allowed(call: Call) -> bool:
    """Istio, "Authorization Policy": with an ALLOW policy about a workload, what none of its rules allows is denied."""
    about = [each["spec"] for each in manifests("AuthorizationPolicy") if _is_about(each, call.app)]
    assert about and all(each.get("action", "ALLOW") == "ALLOW" for each in about)
    return any(_matches(rule, call) for spec in about for rule in spec.get("rules") or ())


def _is_about(policy: Manifest, app: str) -> bool:
    assert policy["metadata"]["namespace"] == "payments"
    return policy["spec"].get("selector", {}).get("matchLabels", {"app": app}) == {"app": app}


def _matches(rule: Manifest, call: Call) -> bool:
    assert set(rule) <= {"from", "to"}, "not evaluated here"
    return ("from" not in rule or any(_source(each["source"], call) for each in rule["from"])) and (
        "to" not in rule or any(_operation(each["operation"], call) for each in rule["to"])
    )


def _source(source: Manifest, call: Call) -> bool:
    assert set(source) <= {"principals", "requestPrincipals", "ipBlocks"}, "not evaluated here"
    return (
        _one_of(source.get("principals"), call.principal)
        and _one_of(source.get("requestPrincipals"), call.person)
        and all(
            any(ip_address(call.address) in ip_network(block) for block in blocks)
            for blocks in [source.get("ipBlocks")]
            if blocks
        )
    )


def _operation(operation: Manifest, call: Call) -> bool:
    assert set(operation) <= {"ports", "methods", "paths"}, "not evaluated here"
    return (
        _one_of(operation.get("ports"), str(call.port))
        and _one_of(operation.get("methods"), call.method)
        and _one_of(operation.get("paths"), call.path)
    )


def _one_of(patterns: list[str] | None, value: str) -> bool:
    return patterns is None or any(re.fullmatch(_pattern(each), value) for each in patterns)


def _pattern(text: str) -> str:
    parts = re.split(r"(\{\*\}|\*)", text)
    return "".join({"{*}": "[^/]+", "*": ".*"}.get(part, re.escape(part)) for part in parts)


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[str, str, bool]]]:
    """Method, path and whether it is public, of every route that the whole service has."""
    place = tmp_path_factory.mktemp("mesh") / "place"
    description: dict[str, Any] = {}
    with (
        equipped(settings_of(place), place) as (settings, *_),
        serving(settings, lambda service: description.update(service.routes.openapi())),
    ):
        yield [
            (each.method.upper(), re.sub(r"\{\w+\}", "x", each.path), each.public)
            for each in operations(description)
            if not each.path.startswith("/health")
        ]


def test_every_route_is_reached_by_who_may_and_money_by_checkout_alone(routes: list[tuple[str, str, bool]]) -> None:
    assert {(method, path) for method, path, _ in routes} >= MONEY - {("POST", "/v1/charge")}
    for method, path, public in [*routes, ("POST", "/v1/charge", False)]:
        outside = Call("api-gateway", 8443, method, path, person="" if public else PERSON)
        inside = replace(outside, port=8444, principal=CHECKOUT, person=PERSON, address="10.20.16.4")
        money = (method, path) in MONEY
        assert allowed(outside) is not money, (method, path)
        assert allowed(inside) is not public, (method, path)
        if not public:
            assert not allowed(replace(outside, person="")), (method, path)
            assert not allowed(replace(outside, person="https://elsewhere.example/ada"))
        for other in ("", GATEWAY, "cluster.local/ns/shop/sa/catalogue", "cluster.local/ns/web/sa/checkout-service"):
            assert allowed(replace(inside, principal=other)) is (not money and not public), (method, path, other)
        assert not allowed(replace(inside, person="")), (method, path)


def test_the_service_itself_is_called_by_the_gateway_alone(routes: list[tuple[str, str, bool]]) -> None:
    for method, path, _ in routes:
        call = Call("payment-processor", 8080, method, path, principal=GATEWAY)
        assert allowed(call), (method, path)
        for other in (
            "",
            CHECKOUT,
            "cluster.local/ns/payments/sa/payment-gateway",
            "cluster.local/ns/payments/sa/default",
        ):
            assert not allowed(replace(call, principal=other))
    call = Call("payment-processor", 8080, "GET", "/v1/keys", principal=GATEWAY)
    assert not allowed(replace(call, method="PUT")) and not allowed(replace(call, port=9090))
    assert not allowed(replace(call, path="/metrics"))


def test_nobody_is_who_no_certificate_says() -> None:
    [peers] = manifests("PeerAuthentication")
    assert (peers["metadata"]["namespace"], peers["spec"]) == ("payments", {"mtls": {"mode": "STRICT"}})


def test_nothing_is_allowed_to_what_no_policy_is_about() -> None:
    assert not allowed(Call("another", 8080, "GET", "/"))
