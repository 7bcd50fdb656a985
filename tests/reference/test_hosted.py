"""The processor's routes over HTTP: the whole service, and a processor on a real TLS server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import httpx
import pytest

from reference_impl.processor.webhook import MAX_EVENT, signature
from reference_impl.secret import Secret
from tests.reference.hosted_processor import WEBHOOK_SECRET
from tests.reference.paying import FORM, Till, new_key, till_at

EVENTS = "/v1/processor/events"


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    with till_at(tmp_path_factory.mktemp("till")) as till:
        yield till


def method_of(till: Till, theirs: str) -> str:
    """Of a new customer: our id of a card of the processor's. A card has one customer: each test takes another."""
    customer = till.client.post("/v1/customers").raise_for_status().json()["id"]
    path = f"/v1/customers/{customer}/payment-methods"
    return str(till.client.post(path, json={"payment_method": theirs}).raise_for_status().json()["id"])


def charge(till: Till, method: str, key: str = "", amount: int = 900) -> httpx.Response:
    body = {"payment_method": method, "amount": amount, "currency": "EUR"}
    return till.client.post("/v1/charges", json=body, headers={"Idempotency-Key": key or new_key()})


def refund(till: Till, charge_id: str, amount: int, key: str = "") -> httpx.Response:
    path = f"/v1/charges/{charge_id}/refunds"
    return till.client.post(path, json={"amount": amount}, headers={"Idempotency-Key": key or new_key()})


def send(till: Till, event: tuple[bytes, str]) -> int:
    """An event as the processor sends it: without an access token."""
    with httpx.Client(base_url=till.client.base_url) as processor:
        return processor.post(EVENTS, content=event[0], headers={"Stripe-Signature": event[1]}).status_code


def test_a_customer_pays_and_gets_money_back(till: Till) -> None:
    method, key = method_of(till, "pm_visa00000001"), new_key()
    paid = charge(till, method, key)
    assert (paid.status_code, paid.json()["state"]) == (201, "succeeded")
    assert charge(till, method, key).json() == paid.json()
    assert charge(till, method, key, amount=901).status_code == 409
    name = paid.json()["id"]
    assert till.client.get(f"/v1/charges/{name}").raise_for_status().json() == paid.json()
    back = new_key()
    given = refund(till, name, 400, back)
    assert (given.status_code, given.json()["amount"]) == (201, 400)
    assert refund(till, name, 400, back).json() == given.json()
    assert refund(till, name, 501).status_code == 422, "more than is left"
    assert refund(till, name, 500).status_code == 201
    assert till.client.get(f"/v1/charges/{name}", headers=till.somebody_else()).status_code == 404
    told = [(one["action"], one["outcome"]) for one in till.events(resource=f"charge:{name}")]
    assert told == [("charge.create", "success"), ("charge.request", "success")]
    given_back = [one for one in till.events(action="refund.create") if one["reason"] == f"charge:{name}"]
    assert [one["outcome"] for one in given_back] == ["success", "success"]
    intents = [form for _, path, form in till.hosted.requests if path == "/v1/payment_intents"]
    assert sum(form["metadata[charge]"] == name for form in intents) == 1


def test_the_processor_says_no(till: Till) -> None:
    method, key = method_of(till, "pm_declined0001"), new_key()
    for _ in range(2):
        declined = charge(till, method, key)
        assert (declined.status_code, declined.json()["error"]["code"]) == (402, "insufficient_funds")


def test_only_a_signed_fresh_event_is_believed_and_a_repeated_one_changes_nothing(till: Till) -> None:
    name = charge(till, method_of(till, "pm_processing01")).json()["id"]
    path = f"/v1/charges/{name}"
    intent = next(one for one in till.hosted.intents.values() if one["metadata"]["charge"] == name)
    intent["status"] = "succeeded"
    now = datetime.now(timezone.utc)
    forged = till.hosted.event("payment_intent.succeeded", intent["id"], now, Secret(b"secret-of-somebody-else"))
    stale = till.hosted.event("payment_intent.succeeded", intent["id"], now - timedelta(minutes=6))
    good = till.hosted.event("payment_intent.succeeded", intent["id"], now)
    assert [send(till, event) for event in (forged, stale, (good[0] + b" ", good[1]))] == [401, 401, 401]
    assert till.client.get(path).json()["state"] == "processing"
    assert send(till, good) == 204
    assert till.client.get(path).json()["state"] == "succeeded"
    intent["status"] = "canceled"
    assert send(till, good) == 204
    assert till.client.get(path).json()["state"] == "succeeded"


def test_events_may_be_larger_than_other_requests_up_to_a_limit(till: Till) -> None:
    body, seconds = b'{"padding":"' + b"a" * 200_000 + b'"}', int(datetime.now(timezone.utc).timestamp())
    assert len(body) > till.settings.max_body_bytes
    signed = f"t={seconds},v1={signature(body, WEBHOOK_SECRET, seconds)}"
    assert send(till, (body, signed)) == 422, "signed, and read to its end: it is no event"
    assert send(till, (b"a" * (MAX_EVENT + 1), signed)) == 413
    assert till.client.post("/v1/charges", content=body).status_code == 413


def test_the_page_with_the_processors_fields_has_a_policy_of_its_own(till: Till) -> None:
    with httpx.Client(base_url=till.client.base_url) as browser:
        page, other = browser.get("/v1/processor/form"), browser.get("/v1/processor/form")
    policies = [value for name, value in page.headers.multi_items() if name.lower() == "content-security-policy"]
    assert len(policies) == 1
    (nonce,) = re.findall(r"script-src 'nonce-([\w-]{32})'", policies[0])
    assert policies[0].startswith("default-src 'none'") and "frame-ancestors 'none'" in policies[0]
    assert f"frame-src {FORM['processor_frames']}" in policies[0]
    assert f"connect-src {FORM['processor_calls']}" in policies[0]
    scripts = re.findall(r"<script\b[^>]*>", page.text)
    assert len(scripts) == 2 and all(f'nonce="{nonce}"' in script for script in scripts)
    assert f'integrity="{FORM["processor_script_integrity"]}"' in scripts[0]
    assert FORM["processor_script_url"] in scripts[0]
    assert nonce not in other.text and page.headers["cache-control"] == "no-store"
    for header, value in (("x-content-type-options", "nosniff"), ("x-frame-options", "DENY")):
        assert page.headers[header] == value
    assert 'name="number"' not in page.text, "no card field of ours"
