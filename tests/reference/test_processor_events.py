"""Events of the processor: signed or nothing, and never believed further than what the processor says itself."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.errors import (
    ConflictError,
    InvalidInputError,
    NotAuthenticatedError,
    UnavailableError,
)
from reference_impl.processor.model import ChargeState
from reference_impl.processor.webhook import signature, verify
from reference_impl.secret import Secret
from tests.reference.app import caller
from tests.reference.hosted_payments import MONEY, NOW, OLD_SECRET, Here, run
from tests.reference.hosted_processor import WEBHOOK_SECRET, HostedProcessor


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
