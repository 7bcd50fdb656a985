"""Charging through a processor that alone knows the card, over real TLS, with everything that goes wrong there."""

from __future__ import annotations

import asyncio
import logging
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.audit.model import Outcome
from reference_impl.errors import (
    ConflictError,
    DeclinedError,
    InvalidInputError,
    NotFoundError,
    UnavailableError,
)
from reference_impl.money import Money
from reference_impl.processor.model import ChargeState, processor_id
from reference_impl.processor.store import CHARGES, CUSTOMERS, PAYMENT_METHODS, REFUNDS
from tests.reference.app import caller
from tests.reference.hosted_payments import MONEY, VISA, Here, run
from tests.reference.hosted_processor import KEY, HostedProcessor


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


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(["ok", "drop", "busy", "broken", "in_use", "garbage", "redirect"]), max_size=12))
def test_any_faults_charge_once(hosted_server: HostedProcessor, faults: list[str]) -> None:
    for known in (hosted_server.answered, hosted_server.intents, hosted_server.attached):
        known.clear()
    hosted_server.faults = []
    with tempfile.TemporaryDirectory() as name:

        async def test(here: Here) -> None:
            method = await here.method()
            hosted_server.faults = list(faults)
            for _ in range(len(faults) + 1):
                try:
                    charge = await here.service.charge(caller(), method.id, MONEY, "order-one")
                except (UnavailableError, ConflictError):
                    continue
                assert charge.state is ChargeState.SUCCEEDED
            assert len(hosted_server.intents) == 1

        run(f"sqlite+aiosqlite:///{name}/service.db", hosted_server, test)


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
        here.audit.failing = True
        with pytest.raises(UnavailableError):
            await here.service.charge(caller(), method.id, MONEY, "order-one")
        assert not processor.intents
        here.audit.failing = False
        assert (await here.service.charge(caller(), method.id, MONEY, "order-one")).state is ChargeState.SUCCEEDED

    run(sqlite, processor, test)


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
