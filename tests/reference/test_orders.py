"""Orders over HTTP: the whole started service, its event flow, and a gateway behind mutual TLS."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.opa import free_port
from tests.reference.fraud_parts import patient_policy
from tests.reference.kafka_broker import Broker
from tests.reference.ordering import all_ended, ended, kafka, place, wish
from tests.reference.paying import Till, new_key, till_at
from tests.reference.processor import Fault
from tests.reference.running import CARD, CODE, PAN
from tests.reference.sealing import content, seal


@pytest.fixture(scope="module", params=["local", "kafka"])
def till(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """On SQLite with the log in its folder, and on PostgreSQL with a real Kafka."""
    folder = tmp_path_factory.mktemp("till")
    changed: dict[str, Any] = {"gateway_seconds": 1.0, "fraud_policy_file": patient_policy(folder)}
    if request.param == "kafka":
        broker: Broker = request.getfixturevalue("kafka_broker")
        changed |= kafka(broker) | {"database_url": request.getfixturevalue("postgres").database()}
    with till_at(folder, **changed) as till:
        yield till


def test_an_order_is_paid_once_and_says_so(till: Till) -> None:
    token, key, before = till.token(), new_key(), till.gateway.charged.total()
    placed = place(till.client, wish(token, device="device-1", source="192.0.2.7"), key)
    assert placed.status_code == 201
    view = placed.json()
    assert (view["state"], view["token"], view["payment"], view["reasons"]) == ("created", token, None, [])
    done = ended(till.client, view["id"])
    assert done["state"] == "authorized"
    assert till.gateway.charged[done["payment"]] == 1 and till.gateway.charged.total() == before + 1
    assert till.client.get(f"/v1/payments/{done['payment']}").raise_for_status().json()["state"] == "authorized"
    again = place(till.client, wish(token, device="device-1", source="192.0.2.7"), key)
    assert (again.status_code, again.json()) == (201, done)
    for changed in ({"amount": 1251}, {"customer": "customer-2"}, {"source": "192.0.2.8"}, {"token": till.token()}):
        refused = place(till.client, wish(token, device="device-1") | {"source": "192.0.2.7"} | changed, key)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")
    assert till.gateway.charged.total() == before + 1


def test_at_the_same_time_there_is_one_order(till: Till) -> None:
    token, key, before = till.token(), new_key(), till.gateway.charged.total()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: place(till.client, wish(token), key), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    (order,) = {answer.json()["id"] for answer in answers}
    ended(till.client, order)
    assert till.gateway.charged.total() == before + 1


def test_a_card_becomes_a_token_and_its_code_is_forgotten(till: Till) -> None:
    key, body = new_key(), wish(card={**CARD, "verification_code": CODE})
    view = place(till.client, body, key).raise_for_status().json()
    assert view["token"].startswith("tok_") and PAN not in str(view)
    assert ended(till.client, view["id"])["state"] in {"authorized", "flagged"}
    assert till.gateway.cards[-1]["number"] == PAN and not till.gateway.cards[-1].get("verification_code")
    assert place(till.client, body, key).json()["id"] == view["id"]
    other = body | {"card": {**CARD, "number": "4111111111111111"}}
    assert place(till.client, other, key).status_code == 409


def test_a_card_encrypted_by_the_client_orders_once(till: Till) -> None:
    keys = till.client.get("/.well-known/jwks.json").raise_for_status().json()
    public = next(one for one in keys["keys"] if one["kid"] == keys["current"])
    plain = content(int(time.time()), tenant="demo", card={**CARD, "verification_code": CODE})
    jwe = seal({"alg": public["alg"], "enc": "A256GCM", "kid": public["kid"]}, plain, public)
    key, body = new_key(), wish(encrypted_card=jwe)
    placed = place(till.client, body, key)
    assert placed.status_code == 201
    assert place(till.client, body, key).json()["id"] == placed.json()["id"]
    assert place(till.client, body).status_code == 422, "an envelope is spent once"


def test_the_issuer_says_no(till: Till) -> None:
    token = till.token()
    till.gateway.decline = "insufficient_funds"
    try:
        done = ended(till.client, place(till.client, wish(token)).raise_for_status().json()["id"])
    finally:
        till.gateway.decline = ""
    assert (done["state"], done["reasons"], done["payment"]) == ("failed", ["insufficient_funds"], None)


def test_payments_after_declined_ones_are_looked_at(till: Till) -> None:
    """More payments, more money and more refusals of one customer in an hour than the policy lets pass."""
    token = till.token()
    body = wish(token, customer="somebody-in-a-hurry", amount=900_000, device="device-9", source="192.0.2.9")
    till.gateway.decline = "insufficient_funds"
    try:
        refused = [place(till.client, body).raise_for_status().json()["id"] for _ in range(5)]
        assert {view["state"] for view in all_ended(till.client, refused).values()} == {"failed"}
    finally:
        till.gateway.decline = ""
    orders = [place(till.client, body).raise_for_status().json()["id"] for _ in range(3)]
    for view in all_ended(till.client, orders).values():
        assert view["state"] == "flagged"
        assert view["recommendation"] in {"review", "block"} and "customer_failed" in view["reasons"]
        assert till.gateway.charged[view["payment"]] == 1


def test_what_engines_that_are_away_cannot_say_is_looked_at(tmp_path: Path) -> None:
    with till_at(tmp_path, redis_url=f"redis://127.0.0.1:{free_port()}/0") as till:
        done = ended(till.client, place(till.client, wish(till.token())).raise_for_status().json()["id"])
        assert (done["state"], done["recommendation"]) == ("flagged", "review")
        assert "engine_lost" in done["reasons"] and till.gateway.charged[done["payment"]] == 1


def test_after_silence_nothing_is_charged_twice(till: Till) -> None:
    token, before = till.token(), till.gateway.charged.total()
    till.gateway.faults.extend([Fault.HANG_AFTER, *[Fault.HANG_BEFORE] * 5, Fault.DROP_AFTER, Fault.BUSY_AFTER])
    order = place(till.client, wish(token)).raise_for_status().json()["id"]
    done = ended(till.client, order)
    till.gateway.faults.clear()
    assert done["state"] in {"authorized", "flagged"}
    assert till.gateway.charged[done["payment"]] == 1 and till.gateway.charged.total() == before + 1


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": 0},
        {"amount": 12.5},
        {"currency": "EURO"},
        {"customer": PAN},
        {"merchant": "a shop"},
        {"device": f"device-{PAN}"},
        {"source": "nowhere"},
        {"source": f"fe80::1%{PAN}"},
        {"token": None},
        {"card": CARD},
        {"more": 1},
    ],
)
def test_what_is_wrong_is_refused_and_not_repeated(till: Till, changed: dict[str, Any]) -> None:
    refused = place(till.client, wish(till.token()) | {k: v for k, v in changed.items() if v is not None})
    if changed == {"token": None}:
        refused = place(till.client, wish())
    assert refused.status_code == 422 and PAN not in refused.text


def test_orders_of_another_tenant_are_not_there(till: Till) -> None:
    token = till.token()
    order = place(till.client, wish(token)).raise_for_status().json()["id"]
    theirs = till.somebody_else()
    assert till.client.get(f"/v1/orders/{order}", headers=theirs).status_code == 404
    refused = till.client.post("/v1/orders", json=wish(token), headers={**theirs, "Idempotency-Key": new_key()})
    assert refused.status_code == 404
    assert till.client.get(f"/v1/orders/{PAN}").status_code == 404


def test_the_audit_log_tells_who_ordered_and_who_looked(till: Till) -> None:
    placed = place(till.client, wish(till.token()))
    order = placed.json()["id"]
    ended(till.client, order)
    events = till.events(resource=f"order:{order}")
    told = {(event["user"], event["action"], event["outcome"]) for event in events}
    assert told == {("demo", "order.create", "success"), ("demo", "order.read", "success")}
    assert any(event["request_id"] == placed.headers["x-request-id"] for event in events)
    till.client.get("/v1/orders/ord_" + "a" * 22)
    assert till.events(action="order.read")[0]["reason"] == "not_found"


def test_it_is_ready(till: Till) -> None:
    assert till.client.get("/health/ready").status_code == 204
