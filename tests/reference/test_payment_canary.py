"""A card number and a code through every route of payments, orders and the processor, with everything that goes wrong.

They may be in the requests that bring them and, sealed, at the gateway; not in an answer, a log, a metric, a span or a
file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.processor.webhook import signature
from reference_impl.vault.model import is_token, new_token
from tests.reference.canary import held_by
from tests.reference.hosted_processor import METHODS, WEBHOOK_SECRET
from tests.reference.kafka_broker import Broker
from tests.reference.ordering import ended, kafka, place, wish
from tests.reference.paying import Till, new_key
from tests.reference.processor import Fault
from tests.reference.running import CARD, CODE, HOLDER, PAN
from tests.reference.services import Postgres
from tests.reference.watching import Watched, watching, words

DASHED = "-".join(re.findall("....", PAN))
DOTTED, LOW = DASHED.replace("-", "."), DASHED.replace("-", "_")
LONG_CODE = CODE * 3
"""A code that somebody typed thrice: refused, and easier to find than four digits."""
NUMBERS = [PAN, DASHED, DOTTED, LOW, HOLDER, LONG_CODE]
ALONE = re.compile(rb"(?<![0-9A-Za-z+/=_.-])" + CODE.encode() + rb"(?![0-9A-Za-z+/=_.-])")
"""The code as a value, not within a digest or an id."""
GATEWAY = [fault for fault in Fault if fault is not Fault.NONE]
PROCESSOR = ["before", "after", "drop", "busy", "broken", "garbage", "huge", "redirect", "in_use"]


@pytest.fixture(params=["sqlite", "postgresql"])
def seen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Watched]:
    """On SQLite with the event log in its folder, and on PostgreSQL with a real Kafka."""
    changed: dict[str, Any] = {"gateway_seconds": 1.0, "processor_seconds": 0.5}
    if request.param == "postgresql":
        changed |= {"database_url": request.getfixturevalue("postgres_url")}
        changed |= kafka(request.getfixturevalue("kafka_broker"))
    with watching(tmp_path, **changed) as seen:
        yield seen


def payments(till: Till) -> Iterator[httpx.Response]:
    """With a card's token: good ones, declined ones, and those that fail on the way."""
    token = till.token()
    for fault in [Fault.NONE, *GATEWAY]:
        till.gateway.faults.extend([fault] * 12)
        key = new_key()
        yield till.pay(token, key, verification_code=CODE)
        till.gateway.faults.clear()
        yield till.pay(token, key, verification_code=CODE)
        yield till.pay(token, key, verification_code=CODE, amount=7)
    for till.gateway.decline in ("stolen_card", PAN, ""):
        yield till.pay(token, verification_code=CODE)


def not_payments(till: Till) -> Iterator[httpx.Response]:
    """Account data where they do not belong."""
    token, path = till.token(), "/v1/payments"
    for field in ("token", "amount", "currency", "verification_code", PAN):
        for value in (PAN, DASHED, int(PAN), [PAN], {PAN: CODE}, LONG_CODE):
            yield till.pay(token, **{"verification_code": CODE, field: value})
    for dressed in (PAN, DASHED, LOW):
        yield till.pay("tok_" + dressed.rjust(43, "A"), verification_code=CODE)
    for key in (PAN, DASHED, DOTTED, "order-" + PAN):
        yield till.pay(token, key, verification_code=CODE)
    headers = {"Idempotency-Key": new_key(), "X-Request-ID": PAN}
    yield till.client.post(path, content=f'{{"token": "{PAN}", "verification_code": "{LONG_CODE}'.encode())
    yield till.client.post(path, content=PAN.encode() + b"x" * 100_000)
    yield till.client.post(path, json={"token": token}, headers={**headers, "Authorization": f"Bearer {PAN}"})
    for method in ("GET", "DELETE", "PUT"):
        yield till.client.request(method, f"{path}/{PAN}?number={PAN}", headers=headers)


def orders(till: Till) -> Iterator[httpx.Response]:
    """With a token, a card and its code, and account data where they do not belong."""
    good: dict[str, Any] = wish(till.token())
    card = wish(card={**CARD, "verification_code": CODE})
    placed = [place(till.client, body) for body in (good, card, good | {"source": "192.0.2.7", "device": "device-1"})]
    till.gateway.decline = PAN
    placed.append(place(till.client, card))
    ended(till.client, placed[-1].json()["id"])
    till.gateway.decline = ""
    yield from placed
    for field in (*good, "source", "device", "card", "encrypted_card", PAN):
        for value in (PAN, DASHED, LOW, int(PAN), {PAN: CODE}, f"fe80::1%{PAN}", LONG_CODE + PAN):
            yield place(till.client, good | {field: value})
    for key in (PAN, DASHED, DOTTED, "order-" + PAN):
        yield place(till.client, card, key)
    yield till.client.get(f"/v1/orders/{PAN}")
    yield till.client.get(f"/v1/orders/ord_{PAN}aaaaaa")
    for answer in placed:
        ended(till.client, answer.json()["id"])


def hosted(till: Till) -> Iterator[httpx.Response]:
    """Of the processor's routes: good ones, and those that fail on the way."""
    customer = till.client.post("/v1/customers", content=PAN.encode()).raise_for_status()
    yield customer
    methods = f"/v1/customers/{customer.json()['id']}/payment-methods"
    for theirs in METHODS:
        method = till.client.post(methods, json={"payment_method": theirs}).raise_for_status()
        yield method
        for fault in ["ok", *PROCESSOR] if theirs == "pm_visa00000001" else ["ok"]:
            till.hosted.faults[:] = [fault] * 3
            body = {"payment_method": method.json()["id"], "amount": 900, "currency": "EUR"}
            charge = till.client.post("/v1/charges", json=body, headers={"Idempotency-Key": new_key()})
            till.hosted.faults.clear()
            yield charge
            refunds = f"/v1/charges/{charge.json().get('id', PAN)}/refunds"
            for amount in (1, PAN, int(PAN)):
                yield till.client.post(refunds, json={"amount": amount}, headers={"Idempotency-Key": new_key()})


def not_hosted(till: Till) -> Iterator[httpx.Response]:
    """Account data where the processor's routes take none."""
    key = {"Idempotency-Key": new_key()}
    seconds = int(datetime.now(timezone.utc).timestamp())
    good = {"payment_method": "meth_x", "amount": 1, "currency": "EUR"}
    for value in (PAN, "pm_" + PAN, DASHED, {PAN: CODE}):
        yield till.client.post(f"/v1/customers/{PAN}/payment-methods", json={"payment_method": value})
        for field in (*good, PAN):
            yield till.client.post("/v1/charges", json={**good, field: value}, headers=key)
    yield till.client.post("/v1/charges", json=good, headers={"Idempotency-Key": PAN})
    yield till.client.post(f"/v1/charges/{PAN}/refunds", json={"amount": 1}, headers={"Idempotency-Key": PAN})
    yield till.client.get(f"/v1/charges/{PAN}")
    yield till.client.get(f"/v1/processor/form?number={PAN}&code={LONG_CODE}", headers={"X-Request-ID": PAN})
    about = f'{{"id": "{PAN}", "type": "x", "data": {{"object": {{"object": "payment_intent", "id": "pi_{PAN}"}}}}}}'
    for body in (PAN.encode(), about.encode(), f'{{"number": "{PAN}", "code": "{LONG_CODE}"'.encode()):
        signed = f"t={seconds},v1={signature(body, WEBHOOK_SECRET, seconds)}"
        for header in (signed, PAN, f"t={PAN},v1={PAN}"):
            yield till.client.post("/v1/processor/events", content=body, headers={"Stripe-Signature": header})


@given(st.text("0123456789ABxyz_-", min_size=43, max_size=43))
def test_a_token_is_no_number_in_disguise(text: str) -> None:
    """What has the form of a token is recorded when it is looked up."""
    assert is_token(new_token())
    assert is_token(f"tok_{text}") == (re.search("[0-9](?:[-_]?[0-9]){12}", text) is None)
    for number in (PAN, DASHED, LOW):
        assert not is_token("tok_" + (number + text)[:43])


def test_nothing_of_a_card_is_in_an_answer_a_log_or_a_file(seen: Watched, request: pytest.FixtureRequest) -> None:
    till, statuses = seen.till, set()
    for part in (payments, not_payments, orders, hosted, not_hosted):
        for answer in part(till):
            statuses.add(answer.status_code)
            said = (answer.text + str(answer.headers)).encode()
            assert not any(number.encode() in said for number in NUMBERS), (part.__name__, answer.status_code)
            assert not ALONE.search(said), part.__name__
    assert statuses >= {200, 201, 401, 402, 404, 405, 409, 413, 422, 503} and not statuses & {500, 502}
    assert till.gateway.cards[-1]["number"] == PAN, "it did get where it belongs"
    assert PAN not in str(till.hosted.requests)
    written = till.log.getvalue()
    assert "GatewayGarbageError" in written and "GatewayTimeoutError" in written
    assert not any(number in written for number in NUMBERS)
    assert not ALONE.search(re.sub(r'"duration_ms": \S+', "", written).encode())
    told = words(till.settings.metrics_port, seen.collector)
    assert 'route="/v1/payments"' in told and 'route="/v1/charges"' in told
    for left in (told.encode(), *seen.collector.bodies):
        assert not any(number.encode() in left for number in NUMBERS)
    assert not ALONE.search(told.encode())
    places = [till.settings.data_folder]
    assert any(held_by(file) for file in (till.settings.data_folder / "trail").iterdir())
    if till.settings.kafka_servers:
        broker: Broker = request.getfixturevalue("kafka_broker")
        places.append(broker.folder / "data")
        assert any(b"payment.tokenized" in held_by(file) for file in places[-1].rglob("*.log"))
    if till.settings.database_url:
        server: Postgres = request.getfixturevalue("postgres")
        server.sql("CHECKPOINT")
        places.append(server.folder)
    else:
        assert (till.settings.data_folder / "service.db-wal").stat().st_size
    for file in [path for folder in places for path in folder.rglob("*") if path.is_file()]:
        held = held_by(file)
        assert not any(number.encode() in held for number in NUMBERS), file.name
        assert not ALONE.search(held), file.name
