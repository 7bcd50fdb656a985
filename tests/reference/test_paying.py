"""Payments over HTTP: the whole service, the real gateway client, and a gateway behind mutual TLS."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.reference.paying import Till, new_key, till_at
from tests.reference.processor import Fault, authority
from tests.reference.running import CODE, PAN, Shop
from tests.reference.tls_files import spare_pin


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    with till_at(tmp_path_factory.mktemp("till")) as till:
        yield till


@contextmanager
def failing(till: Till, *faults: Fault) -> Iterator[None]:
    """The gateway's next requests."""
    till.gateway.faults.extend(faults)
    try:
        yield
    finally:
        till.gateway.faults.clear()


def test_a_card_is_stored_and_pays_once_for_each_key(till: Till) -> None:
    token, key, before = till.token(), new_key(), till.gateway.charged.total()
    paid = till.pay(token, key, verification_code=CODE)
    assert paid.status_code == 201
    view = paid.json()
    assert (view["state"], view["amount"], view["currency"]) == ("authorized", 1250, "EUR")
    assert till.gateway.cards[-1]["number"] == PAN and till.gateway.cards[-1]["verification_code"] == CODE
    assert till.gateway.requests[-1][2]["merchant_id"] == "shop-1"
    again = till.pay(token, key, verification_code=CODE)
    assert (again.status_code, again.json()) == (201, view)
    assert till.client.get(f"/v1/payments/{view['id']}").raise_for_status().json() == view
    assert till.gateway.charged[view["id"]] == 1 and till.gateway.charged.total() == before + 1
    for other in ({"amount": 1251}, {"currency": "USD"}):
        refused = till.pay(token, key, **other)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")
    assert till.gateway.charged.total() == before + 1


def test_at_the_same_time_one_pays(till: Till) -> None:
    token, key, before = till.token(), new_key(), till.gateway.charged.total()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: till.pay(token, key, verification_code=CODE), range(8)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 201}) == 1
    assert till.gateway.charged.total() == before + 1


def test_the_issuer_says_no(till: Till) -> None:
    token, key = till.token(), new_key()
    till.gateway.decline = "insufficient_funds"
    try:
        declined = till.pay(token, key)
    finally:
        till.gateway.decline = ""
    assert (declined.status_code, declined.json()["error"]["code"]) == (402, "insufficient_funds")
    again = till.pay(token, key)
    assert (again.status_code, again.json()["error"]["code"]) == (402, "insufficient_funds")


def test_after_silence_the_repeated_request_finds_out_and_nothing_is_charged_twice(till: Till) -> None:
    token, key, before = till.token(), new_key(), till.gateway.charged.total()
    with failing(till, Fault.HANG_AFTER, *[Fault.HANG_BEFORE] * 5):
        unknown = till.pay(token, key, verification_code=CODE)
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (503, "outcome_unknown")
    assert till.gateway.charged.total() == before + 1
    found = till.pay(token, key, verification_code=CODE)
    assert (found.status_code, found.json()["state"]) == (201, "authorized")
    assert till.gateway.charged[found.json()["id"]] == 1 and till.gateway.charged.total() == before + 1


def test_what_was_never_seen_is_sent_again(till: Till) -> None:
    token, key = till.token(), new_key()
    with failing(till, *[Fault.BUSY_BEFORE] * 12):
        assert till.pay(token, key).status_code == 503
    assert till.pay(token, key).status_code == 201
    assert max(till.gateway.charged.values()) == 1


def test_payments_and_tokens_of_another_tenant_are_not_there(till: Till) -> None:
    token = till.token()
    payment = till.pay(token).json()["id"]
    theirs = till.somebody_else()
    assert till.client.get(f"/v1/payments/{payment}", headers=theirs).status_code == 404
    body = {"token": token, "amount": 1250, "currency": "EUR"}
    refused = till.client.post("/v1/payments", json=body, headers={**theirs, "Idempotency-Key": new_key()})
    assert refused.status_code == 404


def test_the_audit_log_tells_who_paid_what_when_from_where_and_how_it_ended(till: Till) -> None:
    token = till.token()
    paid = till.pay(token, verification_code=CODE)
    till.gateway.decline = "stolen_card"
    try:
        declined = till.pay(token, verification_code=CODE)
    finally:
        till.gateway.decline = ""
    event, *_ = till.events(resource=f"payment:{paid.json()['id']}")
    told = (event["user"], event["action"], event["outcome"], event["origin"], event["resource"])
    assert told == ("demo", "payment.authorize", "success", "127.0.0.1", f"payment:{paid.json()['id']}")
    assert abs(datetime.now(timezone.utc) - datetime.fromisoformat(event["at"].replace("Z", "+00:00"))) < timedelta(1)
    assert event["request_id"] == paid.headers["x-request-id"]
    events = till.events(action="payment.authorize")
    refused = next(one for one in events if one["request_id"] == declined.headers["x-request-id"])
    assert (refused["outcome"], refused["reason"]) == ("denied", "declined")
    used = till.events(resource=token)[0]
    assert PAN not in str(events) and (used["outcome"], used["user"]) == ("success", "demo")


@pytest.mark.parametrize("wrong", ["pin", "expired"])
def test_who_does_not_prove_to_be_the_gateway_is_sent_nothing(tmp_path: Path, wrong: str) -> None:
    changed, leaf = {}, None
    if wrong == "pin":
        changed = {"gateway_pins": (spare_pin(), spare_pin())}
    else:
        now = datetime.now(timezone.utc)
        leaf = authority().issue_cert("localhost", not_before=now - timedelta(9), not_after=now - timedelta(1))
    with till_at(tmp_path, leaf, **changed) as till:
        refused = till.pay(till.token(), verification_code=CODE)
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "gateway_untrusted")
        assert not till.gateway.requests and not till.gateway.bytes_read
        assert till.events(action="payment.authorize")[0]["reason"] == "gateway_untrusted"


def test_without_a_gateway_and_a_processor_there_are_no_routes_for_them(shop: Shop) -> None:
    for path in ("/v1/payments", "/v1/charges", "/v1/customers", "/v1/processor/events", "/v1/processor/form"):
        assert shop.client.post(path, json={}).status_code == shop.client.get(path).status_code == 404
