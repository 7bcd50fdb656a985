"""Requests made from the description of the running service: a route that is new here is asked like all others.

What a description cannot tell, a body that is right in every way, is in `EXAMPLES`. A route that needs more fails the
tests with what is missing.
"""

from __future__ import annotations

import json
import secrets
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from string import ascii_lowercase
from typing import Any
from urllib.parse import quote

import httpx
import pyotp
import pytest

from reference_impl.processor.api import EVENTS
from reference_impl.processor.webhook import signature
from tests.reference.hosted_processor import FRESH, WEBHOOK_SECRET
from tests.reference.running import CARD


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    definition: dict[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def public(self) -> bool:
        return not self.definition["security"]

    @property
    def body(self) -> str:
        """The name of its body's schema; empty: it has none."""
        content = self.definition.get("requestBody", {}).get("content", {})
        return str(content.get("application/json", {}).get("schema", {}).get("$ref", "")).rpartition("/")[2]

    def parameters(self, place: str, *, required: bool = False) -> list[str]:
        """Names of those in `place`: path, query, header."""
        found = self.definition.get("parameters", ())
        return [one["name"] for one in found if one["in"] == place and (one.get("required") or not required)]

    def at(self, **filled: str) -> str:
        """The path with its parameters filled."""
        path = self.path
        for name, value in filled.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        return path


def operations(description: dict[str, Any]) -> Iterator[Operation]:
    """All of them."""
    for path, methods in description["paths"].items():
        for method, definition in methods.items():
            yield Operation(method.upper(), path, definition)


@dataclass
class Person:
    """Somebody who asks rightly. `colleague`: headers of somebody else of the same tenant, with the same roles;
    `factor`: the shared secret, once there is one.
    """

    client: httpx.Client
    description: dict[str, Any]
    colleague: dict[str, str]
    factor: str = ""
    shown: set[int] = field(default_factory=set)

    def ask(self, operation: Operation, **changed: Any) -> httpx.Response:
        """A right request; `changed`: keywords of `httpx.Client.request`."""
        request: dict[str, Any] = {"headers": self.headers(operation)}
        if "url" not in changed:
            request |= WHOLE.get(operation.name, lambda _: {})(self)
            request["url"] = request.get("url") or operation.at(**self.names(operation))
        if operation.body and "json" not in changed and "json" not in request:
            request["json"] = self.body(operation)
        answer = self.client.request(operation.method, **{**request, **changed})
        if operation.name == "POST /v1/totp" and answer.status_code == 201:
            self.factor = pyotp.parse_uri(answer.json()["uri"]).secret
        return answer

    def names(self, operation: Operation) -> dict[str, str]:
        """Of things of this person's own, made for the purpose: POST of what stands before the parameter makes one."""
        found: dict[str, str] = {}
        for name in operation.parameters("path"):
            collection = operation.path.partition(f"/{{{name}}}")[0]
            if name in MAKERS:
                found[name] = MAKERS[name](self)
                continue
            maker = next((one for one in operations(self.description) if one.name == f"POST {collection}"), None)
            if maker is None:
                pytest.fail(f"{operation.name}: POST {collection} would have to make what {{{name}}} is the name of")
            made = self.ask(maker).raise_for_status().json()
            found[name] = made.get(name) or made["id"]
        return found

    def headers(self, operation: Operation) -> dict[str, str]:
        """Those that must be there."""
        return {name: HEADERS.get(name, _new)() for name in operation.parameters("header", required=True)}

    def body(self, operation: Operation) -> Any:
        """One that is right."""
        if operation.body not in EXAMPLES:
            pytest.fail(f"{operation.name}: tests/reference/described.py has no example of {operation.body}")
        return EXAMPLES[operation.body](self)

    def enrol(self) -> None:
        """A second factor, if there is none."""
        if not self.factor:
            self.ask(next(one for one in operations(self.description) if one.name == "POST /v1/totp"))

    def code(self) -> str:
        """One not shown yet, if there is one: that of the next step is good already."""
        self.enrol()
        totp, now = pyotp.TOTP(self.factor), int(time.time()) // 30
        counter = next((one for one in (now, now + 1) if one > max(self.shown, default=0)), now)
        self.shown.add(counter)
        return str(totp.generate_otp(counter))

    def step_up(self) -> None:
        """This session may do everything for five minutes."""
        self.client.post("/v1/step-up", json={"code": self.code()}).raise_for_status()


def _new() -> str:
    """Letters, so that it is never taken for a number."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(24))


def assessment(**changed: Any) -> dict[str, Any]:
    """A harmless payment, of somebody new from somewhere new."""
    host = ".".join(str(secrets.randbelow(256)) for _ in range(3))
    return {
        "transaction": _new(),
        "customer": _new(),
        "card": f"tok_{_new()}{_new()}",
        "merchant": "bookshop",
        "amount": 2_500,
        "currency": "EUR",
        "description": "two books",
        "at": f"{date.today()}T12:00:00Z",
        "source": f"8.{host}",
        "device": {"id": _new(), "fingerprint": {"user_agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/132.0"}},
        "place": {"latitude": 52.52, "longitude": 13.405, "country": "DE"},
        "history": {"average_amount": 2_000.0, "payments": 40, "days_since_first": 400.0},
        **changed,
    }


HEADERS: dict[str, Callable[[], str]] = {"idempotency-key": _new}

EXAMPLES: dict[str, Callable[[Person], Any]] = {
    "TokenBody": lambda _: {"card": CARD},
    "PurposeBody": lambda _: {"purpose": "dispute"},
    "Code": lambda person: {"code": person.code()},
    "RotationBody": lambda _: {"purpose": "data"},
    "MethodBody": lambda _: {"payment_method": FRESH + _new()},
    "ChargeBody": lambda person: {"payment_method": method_of(person), "amount": 1000, "currency": "EUR"},
    "RefundBody": lambda _: {"amount": 1},
    "AssessmentBody": lambda _: assessment(),
    "AppealBody": lambda _: {"ground": "it was me"},
    "ConclusionBody": lambda _: {"overturned": True},
    "IncidentBody": lambda _: incident(),
    "SeverityBody": lambda _: {"severity": "critical"},
    "ReportBody": lambda _: {"decision": "notified", "reference": "2026/12"},
    "MeasureBody": lambda person: {"incident": incident_of(person), "kind": "block", "account": blocked(), "hours": 1},
    "PeriodBody": lambda _: period(),
    "ClosingBody": lambda _: {"explanation": "compared by hand"},
    "DecisionBody": lambda _: {"approved": True},
    "PaymentBody": lambda person: {"token": token_of(person), "amount": 1000, "currency": "EUR"},
    "OrderBody": lambda person: {
        "token": token_of(person),
        "amount": 1000,
        "currency": "EUR",
        "customer": "customer-1",
        "merchant": "shop-1",
        "source": "192.0.2.7",
        "device": "device-1",
    },
    "ProfileBody": lambda _: {"customer": _new(), "name": "Somebody", "email": "a@b.example", "analytics": True},
    "ConsentBody": lambda _: {"analytics": True},
    "BehaviourBody": lambda _: {"kind": "product.viewed", "details": {"product": "a book"}},
    "RequestBody": lambda _: {"kind": "access", "customer": _new()},
    "IdentityBody": lambda _: {"proof": "A" * 22},
    "ExtensionBody": lambda _: {"because": "complex"},
    "RefusalBody": lambda _: {"because": "excessive"},
}
"""By the name of the body's schema."""


def event_of(_: Person) -> dict[str, Any]:
    """An event of the processor, signed, about what is nothing to us."""
    about = {"object": "customer", "id": "cus_1"}
    body, now = json.dumps({"id": "evt_1", "type": "customer.created", "data": {"object": about}}).encode(), time.time()
    signed = signature(body, WEBHOOK_SECRET, int(now))
    return {"content": body, "headers": {"Stripe-Signature": f"t={int(now)},v1={signed}"}}


def measure_of_a_colleague(person: Person) -> dict[str, Any]:
    """One that this person may end."""
    body = EXAMPLES["MeasureBody"](person)
    made = person.client.post("/v1/measures", json=body, headers=person.colleague).raise_for_status()
    return {"url": f"/v1/measures/{made.json()['id']}/end"}


def prepared_by_a_colleague(person: Person) -> dict[str, Any]:
    """A period that this person may close."""
    made = person.client.post("/v1/finances/periods", json=period(), headers=person.colleague).raise_for_status()
    return {"url": f"/v1/finances/periods/{made.json()['id']}/close"}


ASSESSMENTS = "/v1/fraud/assessments"


def contested(person: Person) -> dict[str, Any]:
    """An assessment of which a colleague says that it is wrong."""
    made = person.client.post(ASSESSMENTS, json=assessment()).raise_for_status().json()["id"]
    appeal = {"ground": "it was me"}
    person.client.post(f"{ASSESSMENTS}/{made}/appeal", json=appeal, headers=person.colleague).raise_for_status()
    return {"url": f"{ASSESSMENTS}/{made}/conclusion"}


REQUESTS = "/v1/privacy/requests"


def asked(person: Person) -> tuple[str, str]:
    """A request of somebody new; its path, and the code that proves who asks."""
    made = person.client.post(REQUESTS, json=EXAMPLES["RequestBody"](person)).raise_for_status().json()
    return f"{REQUESTS}/{made['id']}", made["proof"]


def proven(person: Person) -> str:
    """The same once a colleague has checked the code; its path."""
    path, proof = asked(person)
    person.client.post(f"{path}/identity", json={"proof": proof}, headers=person.colleague).raise_for_status()
    return path


def identity(person: Person) -> dict[str, Any]:
    """A right code, shown by a colleague."""
    path, proof = asked(person)
    return {"url": f"{path}/identity", "json": {"proof": proof}, "headers": person.colleague}


def fetched(person: Person) -> dict[str, Any]:
    """A link to what somebody asked for."""
    path = f"{proven(person)}/fulfilment"
    done = person.client.post(path)
    if done.status_code == 403:
        person.step_up()
        done = person.client.post(path)
    return {"url": done.raise_for_status().json()["export"]["link"]}


WHOLE: dict[str, Callable[[Person], dict[str, Any]]] = {
    f"POST {EVENTS}": event_of,
    f"POST {ASSESSMENTS}/{{assessment_id}}/conclusion": contested,
    "POST /v1/measures/{measure_id}/end": measure_of_a_colleague,
    "GET /v1/finances/report": lambda _: {"params": period()},
    "POST /v1/finances/periods/{period_id}/close": prepared_by_a_colleague,
    f"POST {REQUESTS}/{{request_id}}/identity": identity,
    f"POST {REQUESTS}/{{request_id}}/fulfilment": lambda person: {"url": f"{proven(person)}/fulfilment"},
    "GET /v1/privacy/export": fetched,
}
"""By the name of the operation, what is more than a body of JSON that is right."""


def incident(**changed: Any) -> dict[str, Any]:
    """Nothing bad, and another each time."""
    return {"type": "other", "severity": "low", "subject": _new()[:8], "details": "lost", **changed}


def blocked() -> dict[str, str]:
    """Somebody nobody knows."""
    return {"kind": "customer", "name": _new()}


def incident_of(person: Person) -> str:
    """A new one; where none can be written, a name of the form."""
    made = person.client.post("/v1/incidents", json=incident())
    return str(made.json()["id"]) if made.is_success else f"inc_{_new()[:22]}"


def period() -> dict[str, str]:
    """A minute long ago, another each time."""
    day = date(2001, 1, 1) + timedelta(days=secrets.randbelow(5_000))
    return {"since": f"{day}T{secrets.randbelow(24):02}:00:00Z", "until": f"{day}T23:59:59Z"}


def asked_by_a_colleague(person: Person) -> str:
    """A refund that is large enough to want another person."""
    headers = {**person.colleague, "idempotency-key": _new()}
    charge = {"payment_method": method_of(person), "amount": 200_000, "currency": "EUR"}
    paid = person.client.post("/v1/charges", json=charge, headers=headers).raise_for_status().json()["id"]
    asked = person.client.post(f"/v1/charges/{paid}/refunds", json={"amount": 150_000}, headers=headers)
    assert (asked.status_code, asked.json()["error"]["code"]) == (409, "approval_required")
    waiting = person.client.get("/v1/approvals").raise_for_status().json()["approvals"]
    return str(waiting[-1]["id"])


_FACTORS: dict[str, str] = {}


def changed_by_a_colleague(person: Person) -> str:
    """A key of the tenant, after a second factor."""
    claims = json.loads(urlsafe_b64decode(person.colleague["Authorization"].split(".")[1] + "=="))
    whose = f"{person.client.base_url} {claims['tenant']} {claims['sub']}"
    enrolled = person.client.post("/v1/totp", headers=person.colleague)
    if enrolled.status_code == 201:
        _FACTORS[whose] = pyotp.parse_uri(enrolled.json()["uri"]).secret
    for _ in range(2):
        rotated = person.client.post("/v1/keys/rotate", json={"purpose": "data"}, headers=person.colleague)
        if rotated.is_success:
            break
        code = {"code": pyotp.TOTP(_FACTORS[whose]).now()}
        person.client.post("/v1/step-up", json=code, headers=person.colleague).raise_for_status()
    changes = person.client.get("/v1/changes").raise_for_status().json()["changes"]
    return str(next(one["id"] for one in changes if one["changed_by"] == claims["sub"]))


MAKERS: dict[str, Callable[[Person], str]] = {
    "approval_id": asked_by_a_colleague,
    "change_id": changed_by_a_colleague,
}
"""By the parameter of a path, what no POST of the path before it makes."""


def method_of(person: Person) -> str:
    """A new one, of a new customer."""
    customer = person.client.post("/v1/customers").raise_for_status().json()["id"]
    made = person.client.post(f"/v1/customers/{customer}/payment-methods", json=EXAMPLES["MethodBody"](person))
    return str(made.raise_for_status().json()["id"])


def token_of(person: Person) -> str:
    """A new one."""
    return str(person.client.post("/v1/tokens", json={"card": CARD}).raise_for_status().json()["token"])
