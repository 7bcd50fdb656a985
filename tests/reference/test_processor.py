"""Charging through a processor that alone knows the card, over real TLS, with everything that goes wrong there."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from reference_impl.audit.model import Outcome
from reference_impl.database import METADATA, connect
from reference_impl.errors import (
    ConfigurationError,
    ConflictError,
    DeclinedError,
    InvalidInputError,
    NotAuthenticatedError,
    NotFoundError,
    ServiceError,
    UnavailableError,
)
from reference_impl.money import Money
from reference_impl.processor.api import public_router, router
from reference_impl.processor.client import ProcessorClient, connection
from reference_impl.processor.hosted_form import HostedForm
from reference_impl.processor.model import ChargeState, PaymentMethod, processor_id
from reference_impl.processor.service import HostedPayments
from reference_impl.processor.store import CHARGES, CUSTOMERS, PAYMENT_METHODS, REFUNDS, ProcessorStore
from reference_impl.processor.webhook import signature, verify
from reference_impl.secret import Secret
from tests.reference.app import application, caller, require
from tests.reference.hosted_processor import KEY, WEBHOOK_SECRET, HostedProcessor, running
from tests.reference.ledger import Audit

MONEY = Money(12_50, "EUR")
VISA = "pm_visa00000001"
NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
FORM = HostedForm(
    "https://js.processor.example/v3.1.0/",
    "sha384-" + "A" * 64,
    "shop",
    "https://js.processor.example",
    "https://api.processor.example",
)
OLD_SECRET = Secret(b"secret-of-the-events-before")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostedProcessor]:
    with running(tmp_path_factory.mktemp("processor")) as processor:
        yield processor


@pytest.fixture
def processor(server: HostedProcessor) -> HostedProcessor:
    server.faults, server.requests = [], []
    for known in (server.answered, server.intents, server.refunds, server.attached):
        known.clear()
    return server


class Here:
    """A service in front of the processor."""

    def __init__(self, url: str, processor: HostedProcessor) -> None:
        self.now, self.waits = NOW, list[float]()
        self.engine, self.audit, self.processor = connect(url), Audit(), processor
        self.http = connection(processor.url, Secret(KEY), processor.client_context(), timeout_seconds=0.5)
        self.client = ProcessorClient(self.http, self._sleep)
        self.service = HostedPayments(
            ProcessorStore(self.engine), self.client, self.audit, [WEBHOOK_SECRET, OLD_SECRET], lambda: self.now
        )

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def method(self, theirs: str = VISA) -> PaymentMethod:
        customer = await self.service.create_customer(caller())
        return await self.service.add_method(caller(), customer.id, theirs)

    def posted(self, path: str) -> int:
        return sum(request[1] == path for request in self.processor.requests)


def run(url: str, processor: HostedProcessor, test: Callable[[Here], Awaitable[None]]) -> None:
    async def main() -> None:
        here = Here(url, processor)
        try:
            async with here.engine.begin() as db:
                await db.run_sync(METADATA.create_all)
            await test(here)
        finally:
            await here.http.aclose()
            await here.engine.dispose()

    asyncio.run(main())


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"


def test_a_card_is_kept_as_ids(database_url: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        method = await here.method()
        assert (method.brand, method.last_four, method.expiry_month, method.expiry_year) == ("visa", "4242", 12, 2030)
        bare = await here.method("pm_noexpiry0001")
        assert (bare.expiry_month, bare.expiry_year) == (None, None)
        charge = await here.service.charge(caller(), method.id, MONEY, "order-one")
        assert charge.state is ChargeState.SUCCEEDED and charge.processor_intent_id in processor.intents
        assert await here.service.find(caller(), charge.id) == charge

    run(database_url, processor, test)


def test_no_column_fits_a_card_number_or_a_code() -> None:
    names = {column.name for table in (CUSTOMERS, PAYMENT_METHODS, CHARGES, REFUNDS) for column in table.columns}
    assert not names & {"number", "pan", "card_number", "cvc", "cvv", "verification_code", "track", "pin"}


def test_the_same_key_charges_once(database_url: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        method = await here.method()
        first = await here.service.charge(caller(), method.id, MONEY, "order-one")
        assert await here.service.charge(caller(), method.id, MONEY, "order-one") == first
        assert len(processor.intents) == 1
        with pytest.raises(ConflictError):
            await here.service.charge(caller(), method.id, Money(12_51, "EUR"), "order-one")
        answers = await asyncio.gather(
            *(here.service.charge(caller(), method.id, MONEY, "order-two") for _ in range(6)), return_exceptions=True
        )
        assert len({answer.id for answer in answers if not isinstance(answer, BaseException)}) == 1
        assert len(processor.intents) == 2

    run(database_url, processor, test)


@pytest.mark.parametrize("fault", ["before", "after", "drop", "busy", "broken", "in_use"])
def test_one_fault_is_survived(sqlite: str, processor: HostedProcessor, fault: str) -> None:
    async def test(here: Here) -> None:
        method = await here.method()
        processor.faults = [fault]
        charge = await here.service.charge(caller(), method.id, MONEY, "order-one")
        assert charge.state is ChargeState.SUCCEEDED
        assert len(processor.intents) == 1 and here.posted("/v1/payment_intents") == 2 and len(here.waits) == 1

    run(sqlite, processor, test)


@pytest.mark.parametrize("fault", ["after", "drop", "broken", "garbage", "huge", "redirect"])
def test_no_answer_at_all_is_asked_for_again_under_the_same_key(
    sqlite: str, processor: HostedProcessor, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def test(here: Here) -> None:
        method = await here.method()
        processor.faults = [fault] * 3
        with pytest.raises(UnavailableError) as caught:
            await here.service.charge(caller(), method.id, MONEY, "order-one")
        assert "4111" not in repr(caught.value)
        processor.faults = []
        charge = await here.service.charge(caller(), method.id, MONEY, "order-one")
        assert charge.state is ChargeState.SUCCEEDED and len(processor.intents) == 1
        assert Outcome.FAILURE in [event.outcome for event in here.audit.events]

    run(sqlite, processor, test)
    assert KEY not in caplog.text and "4111111111111111" not in caplog.text


def test_a_lost_answer_is_not_repeated_when_the_processor_has_forgotten_it(
    sqlite: str, processor: HostedProcessor
) -> None:
    async def test(here: Here) -> None:
        method = await here.method()
        processor.faults = ["after"] * 3
        with pytest.raises(UnavailableError):
            await here.service.charge(caller(), method.id, MONEY, "order-one")
        here.now += timedelta(hours=24)
        with pytest.raises(ConflictError):
            await here.service.charge(caller(), method.id, MONEY, "order-one")
        (intent,) = processor.intents
        await here.service.on_event(*processor.event("payment_intent.succeeded", intent, here.now))
        charge = await here.service.charge(caller(), method.id, MONEY, "order-one")
        assert charge.state is ChargeState.SUCCEEDED and len(processor.intents) == 1

    run(sqlite, processor, test)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["ok", "drop", "busy", "broken", "in_use", "garbage", "redirect"]), max_size=12))
def test_any_faults_charge_once(server: HostedProcessor, faults: list[str]) -> None:
    for known in (server.answered, server.intents, server.attached):
        known.clear()
    server.faults = []
    with tempfile.TemporaryDirectory() as name:

        async def test(here: Here) -> None:
            method = await here.method()
            server.faults = list(faults)
            for _ in range(len(faults) + 1):
                try:
                    charge = await here.service.charge(caller(), method.id, MONEY, "order-one")
                except (UnavailableError, ConflictError):
                    continue
                assert charge.state is ChargeState.SUCCEEDED
            assert len(server.intents) == 1

        run(f"sqlite+aiosqlite:///{name}/service.db", server, test)


@pytest.mark.parametrize(
    ("theirs", "code"), [("pm_declined0001", "insufficient_funds"), ("pm_authenticate", "authentication_required")]
)
def test_declined(sqlite: str, processor: HostedProcessor, theirs: str, code: str) -> None:
    async def test(here: Here) -> None:
        method = await here.method(theirs)
        for _ in range(2):
            with pytest.raises(DeclinedError) as caught:
                await here.service.charge(caller(), method.id, MONEY, "order-one")
            assert caught.value.code == code
        assert here.posted("/v1/payment_intents") == 1
        assert here.audit.events[-1].outcome is Outcome.DENIED

    run(sqlite, processor, test)


def test_without_an_audit_log_nothing_is_charged(sqlite: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        method = await here.method()
        here.audit.down = True
        with pytest.raises(UnavailableError):
            await here.service.charge(caller(), method.id, MONEY, "order-one")
        assert not processor.intents
        here.audit.down = False
        assert (await here.service.charge(caller(), method.id, MONEY, "order-one")).state is ChargeState.SUCCEEDED

    run(sqlite, processor, test)


def test_events_settle_what_was_under_way(database_url: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        method = await here.method("pm_processing01")
        charge = await here.service.charge(caller(), method.id, MONEY, "order-one")
        assert charge.state is ChargeState.PROCESSING
        (intent,) = processor.intents
        early = processor.event("payment_intent.processing", intent, NOW)
        processor.intents[intent]["status"] = "succeeded"
        await here.service.on_event(*processor.event("payment_intent.succeeded", intent, NOW, OLD_SECRET))
        assert (await here.service.find(caller(), charge.id)).state is ChargeState.SUCCEEDED
        for _ in range(2):
            await here.service.on_event(*early)
        assert (await here.service.find(caller(), charge.id)).state is ChargeState.SUCCEEDED

    run(database_url, processor, test)


def test_an_event_about_another_amount_is_not_believed(sqlite: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        method = await here.method("pm_processing01")
        charge = await here.service.charge(caller(), method.id, MONEY, "order-one")
        (intent,) = processor.intents
        processor.intents[intent] |= {"status": "succeeded", "amount": 1}
        with pytest.raises(ConflictError):
            await here.service.on_event(*processor.event("payment_intent.succeeded", intent, NOW))
        assert (await here.service.find(caller(), charge.id)).state is ChargeState.PROCESSING

    run(sqlite, processor, test)


EVENT = json.dumps(
    {"id": "evt_1", "type": "x", "data": {"object": {"object": "payment_intent", "id": "pi_1"}}}
).encode()


def header(at: datetime = NOW, secret: Secret[bytes] = WEBHOOK_SECRET, payload: bytes = EVENT) -> str:
    seconds = int(at.timestamp())
    return f"t={seconds},v1={signature(payload, secret, seconds)}"


def test_signatures() -> None:
    good = header()
    time, given_signature = good.split(",")
    secrets = [WEBHOOK_SECRET]
    assert verify(EVENT, good, secrets, NOW).data.object.id == "pi_1"
    assert verify(EVENT, f"{time},v1={'0' * 64},{given_signature},v0={'1' * 64}", secrets, NOW)
    for bad in (
        "",
        time,
        given_signature,
        f"{time},v0={given_signature[3:]}",
        f"{time},{given_signature[:-1]}",
        f"{time},{given_signature}0",
        f"{time},v1={'0' * 64}",
        f"t={int(NOW.timestamp()) + 1},{given_signature}",
        header(NOW - timedelta(seconds=301)),
        header(NOW + timedelta(seconds=301)),
        header(secret=Secret(b"of somebody else")),
        header(payload=EVENT + b" "),
        good + "\n",
        good * 2,
    ):
        with pytest.raises(NotAuthenticatedError):
            verify(EVENT, bad, secrets, NOW)
    with pytest.raises(NotAuthenticatedError):
        verify(EVENT, good, [], NOW)
    with pytest.raises(InvalidInputError):
        verify(b"[]", header(payload=b"[]"), secrets, NOW)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80), st.text(max_size=120))
def test_nothing_else_is_signed(payload: bytes, signed: str) -> None:
    with pytest.raises(NotAuthenticatedError):
        verify(payload, signed, [WEBHOOK_SECRET], NOW)


def test_refunds(database_url: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        method = await here.method()
        charge = await here.service.charge(caller(), method.id, MONEY, "order-one")
        processor.faults = ["after"] * 3
        with pytest.raises(UnavailableError):
            await here.service.refund(caller(), charge.id, 10_00, "refund-one")
        first = await here.service.refund(caller(), charge.id, 10_00, "refund-one")
        assert await here.service.refund(caller(), charge.id, 10_00, "refund-one") == first
        assert len(processor.refunds) == 1
        with pytest.raises(ConflictError):
            await here.service.refund(caller(), charge.id, 1_00, "refund-one")
        for amount in (0, 12_51):
            with pytest.raises(InvalidInputError):
                await here.service.refund(caller(), charge.id, amount, "refund-two")
        with pytest.raises(InvalidInputError):  # more than is left, as the processor says
            await here.service.refund(caller(), charge.id, 10_00, "refund-three")

    run(database_url, processor, test)


def test_tenants_do_not_see_each_other(database_url: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        method, other = await here.method(), caller("m2")
        charge = await here.service.charge(caller(), method.id, MONEY, "order-one")
        for attempt in (
            here.service.add_method(other, method.customer, VISA),
            here.service.charge(other, method.id, MONEY, "order-two"),
            here.service.find(other, charge.id),
            here.service.refund(other, charge.id, 1, "refund-one"),
        ):
            with pytest.raises(NotFoundError):
                await attempt
        customer = await here.service.create_customer(other)
        with pytest.raises(InvalidInputError):  # the processor knows whose card it is
            await here.service.add_method(other, customer.id, VISA)

    run(database_url, processor, test)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pm_",
        "pm_short",
        "cus_abcdefgh1",
        "pm_x/../../refunds",
        "pm_abcdefgh\n",
        "pm_4111111111111111",
        "4111111111111111",
        "pm_ａｂｃｄｅｆｇｈ",
    ],
)
def test_no_id_of_the_processor(text: str) -> None:
    with pytest.raises(InvalidInputError):
        processor_id(text, "pm")


def test_servers_that_are_not_the_processor(sqlite: str, processor: HostedProcessor, tmp_path: Path) -> None:
    async def test(here: Here) -> None:
        with running(tmp_path, "elsewhere.example") as wrong:
            for context in (wrong.client_context(), processor.client_context()):  # wrong host, unknown authority
                async with connection(wrong.url, Secret(KEY), context) as http:
                    with pytest.raises(UnavailableError):
                        await ProcessorClient(http, here._sleep).create_customer("cust_1", "m1")
            assert not wrong.requests

    run(sqlite, processor, test)
    with pytest.raises(ConfigurationError):
        connection("http://localhost", Secret(KEY), processor.client_context())


def test_a_wrong_secret_key(sqlite: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        async with connection(processor.url, Secret("another"), processor.client_context()) as http:
            with pytest.raises(UnavailableError, match="credentials"):
                await ProcessorClient(http, here._sleep).create_customer("cust_1", "m1")
            assert "another" not in repr(http.headers)

    run(sqlite, processor, test)


def test_the_page_has_no_card_field_of_ours() -> None:
    page, policy = FORM.render()
    nonce = re.search(r"'nonce-([A-Za-z0-9_-]{32})'", policy)
    assert nonce is not None
    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts and all(f'nonce="{nonce[1]}"' in script for script in scripts)
    (loaded,) = [script for script in scripts if "src=" in script]
    assert f'integrity="{FORM.integrity}"' in loaded and 'crossorigin="anonymous"' in loaded
    assert re.findall(r'<input[^>]*name="(\w+)"', page) == ["payment_method"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert FORM.render()[1] != policy, "a nonce is used once"


def test_the_page_encodes_its_settings() -> None:
    hostile = HostedForm(FORM.script_url, FORM.integrity, '"><script>', FORM.frames, FORM.calls)
    assert '"><script>' not in hostile.render()[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"script_url": "http://js.processor.example/"},
        {"integrity": ""},
        {"integrity": "md5-AAAA"},
        {"frames": "*"},
        {"frames": "https://a.example; script-src *"},
        {"calls": "http://api.processor.example"},
        {"action": "https://elsewhere.example/"},
        {"action": "//elsewhere.example/"},
    ],
)
def test_no_form(changes: dict[str, str]) -> None:
    names = ("script_url", "integrity", "publishable_key", "frames", "calls", "action")
    with pytest.raises(ConfigurationError):
        HostedForm(**{name: getattr(FORM, name) for name in names} | changes)


def test_over_http(sqlite: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        app = application(router(here.service, require), public_router(here.service, FORM))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://pay.example") as client:
            customer = (await client.post("/v1/customers")).json()["id"]
            methods = f"/v1/customers/{customer}/payment-methods"
            method = (await client.post(methods, json={"payment_method": VISA})).json()
            assert method | {"id": ""} == {
                "id": "",
                "brand": "visa",
                "last_four": "4242",
                "expiry_month": 12,
                "expiry_year": 2030,
            }
            body = {"payment_method": method["id"], "amount": 1250, "currency": "EUR"}
            key = {"Idempotency-Key": "order-one"}
            charge = await client.post("/v1/charges", json=body, headers=key)
            assert charge.status_code == 201 and charge.json()["state"] == "succeeded"
            assert (await client.get(f"/v1/charges/{charge.json()['id']}")).json() == charge.json()
            refund = await client.post(f"/v1/charges/{charge.json()['id']}/refunds", json={"amount": 50}, headers=key)
            assert refund.status_code == 201

            canary = "4111111111111111"
            for status, path, sent, headers in (
                (422, methods, {"payment_method": canary}, {}),
                (422, methods, {"payment_method": VISA, "number": canary}, {}),
                (422, "/v1/charges", body | {"cvc": "9737"}, key),
                (422, "/v1/charges", body, {}),
                (422, "/v1/charges", body, {"Idempotency-Key": canary}),
                (404, "/v1/charges", body | {"payment_method": canary}, {"Idempotency-Key": "order-two"}),
                (403, "/v1/charges", body, key | {"x-role": "support"}),
            ):
                answer = await client.post(path, json=sent, headers=headers)
                assert answer.status_code == status, answer.text
                assert canary not in answer.text and "9737" not in answer.text

            (intent,) = processor.intents
            payload, signed = processor.event("payment_intent.succeeded", intent, NOW)
            events = "/v1/processor/events"
            assert (await client.post(events, content=payload, headers={"Stripe-Signature": signed})).status_code == 204
            assert (
                await client.post(events, content=payload, headers={"Stripe-Signature": "t=1,v1=00"})
            ).status_code == 401
            large = await client.post(events, content=b" " * 300_000, headers={"Stripe-Signature": signed})
            assert large.status_code == 413
            page = await client.get("/v1/processor/form")
            assert "script-src 'nonce-" in page.headers["content-security-policy"]
            assert page.headers["cache-control"] == "no-store"
        async with here.engine.connect() as db:
            for table in (CUSTOMERS, PAYMENT_METHODS, CHARGES, REFUNDS):
                assert "4111" not in repr((await db.execute(text(f"SELECT * FROM {table.name}"))).all())  # noqa: S608

    run(sqlite, processor, test)


def test_an_unreachable_processor(sqlite: str, processor: HostedProcessor) -> None:
    async def test(here: Here) -> None:
        async with connection("https://localhost:1", Secret(KEY), processor.client_context()) as http:
            with pytest.raises(ServiceError, match="does not answer"):
                await ProcessorClient(http, here._sleep).create_customer("cust_1", "m1")
        assert len(here.waits) == 2 and all(wait <= 5 for wait in here.waits)

    run(sqlite, processor, test)
