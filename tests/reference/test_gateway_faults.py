"""Money moves once: whatever goes wrong, however often, in whatever order."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reference_impl.errors import ServiceError
from reference_impl.gateway import model
from reference_impl.gateway.client import HttpGateway
from reference_impl.gateway.exchange import Timing
from reference_impl.gateway.model import Authorization, OutcomeUnknownError
from tests.reference.processor import Fault, Processor, with_faults
from tests.reference.test_gateway_client import CHARGE, KEY, QUICK, authorize, card, gateway, run

IMPATIENT = Timing(total=20, attempt=0.25, connect=5, tries=3, backoff=0.01)
"""For tests that hold whatever times out, the client or a busy machine."""
WAITS = Timing(total=60, attempt=1.5, connect=20, tries=3, backoff=0.01)
"""For faults that end with the client's patience only, and an answer that must come in time after them."""
SILENT_AFTER = [Fault.HANG_AFTER, Fault.SLOW, Fault.DROP_AFTER, Fault.BUSY_AFTER]
SILENT_BEFORE = [Fault.HANG_BEFORE, Fault.DROP_BEFORE, Fault.BUSY_BEFORE]
GARBAGE = [
    Fault.ECHO,
    Fault.ECHO_HEADER,
    Fault.HUGE,
    Fault.WRONG_TYPE,
    Fault.COMPRESSED,
    Fault.WRONG_AMOUNT,
    Fault.WRONG_KEY,
    Fault.WRONG_SIGNER,
    Fault.UNSIGNED,
    Fault.REPLAY,
    Fault.REDIRECT,
    Fault.FORBIDDEN,
]


def lines(processor: Processor) -> list[str]:
    """What was asked, in order."""
    return [line.split()[0] for line, _, _ in processor.requests]


def patience(fault: Fault) -> Timing:
    """No longer than the fault needs."""
    return WAITS if fault in (Fault.HANG_BEFORE, Fault.HANG_AFTER, Fault.LATE, Fault.SLOW) else QUICK


@pytest.mark.parametrize("fault", SILENT_AFTER)
def test_what_was_charged_without_an_answer_is_found(tmp_path: Path, fault: Fault) -> None:
    processor = with_faults([fault])
    assert isinstance(run(processor, tmp_path, authorize, patience(fault)), Authorization)
    assert (lines(processor), processor.charged[KEY]) == (["POST", "GET"], 1)


@pytest.mark.parametrize("fault", [*SILENT_BEFORE, Fault.LATE])
def test_what_was_not_charged_is_asked_for_before_it_is_sent_again(tmp_path: Path, fault: Fault) -> None:
    processor = with_faults([fault])
    assert isinstance(run(processor, tmp_path, authorize, patience(fault)), Authorization)
    assert (lines(processor), processor.charged[KEY]) == (["POST", "GET", "POST"], 1)
    first, _, again = processor.requests
    assert first[2] == again[2]  # the same bytes: the gateway can tell that it is the same


@pytest.mark.parametrize("fault", GARBAGE)
def test_garbage_is_not_believed_and_the_card_not_sent_there_again(tmp_path: Path, fault: Fault) -> None:
    processor = with_faults([fault])
    assert isinstance(run(processor, tmp_path, authorize, patience(fault)), Authorization)
    assert (lines(processor), processor.charged[KEY]) == (["POST", "GET"], 1)


@pytest.mark.parametrize("fault", GARBAGE)
def test_garbage_only_leaves_the_outcome_unknown(tmp_path: Path, fault: Fault) -> None:
    processor = with_faults([fault] * 20)
    with pytest.raises(model.GatewayGarbageError) as caught:
        run(processor, tmp_path, authorize, patience(fault))
    assert caught.value.idempotency_key == KEY and lines(processor).count("POST") == 1


def test_an_answer_recorded_earlier_is_not_believed(tmp_path: Path) -> None:
    """ "Never seen", signed before the charge, would have the card sent again."""
    processor = with_faults([Fault.NONE, Fault.DROP_AFTER, Fault.REPLAY])

    async def replayed(client: HttpGateway) -> None:
        assert await client.lookup(KEY) is None
        with pytest.raises(OutcomeUnknownError):
            await authorize(client)

    run(processor, tmp_path, replayed)
    assert lines(processor) == ["GET", "POST", "GET"]


def test_a_connection_that_never_comes_about_is_tried_again_and_nothing_was_sent(tmp_path: Path) -> None:
    processor = with_faults([Fault.NO_TLS, Fault.NO_TLS])
    assert isinstance(run(processor, tmp_path, authorize), Authorization)
    never = with_faults([Fault.NO_TLS] * 3)
    with pytest.raises(model.GatewayUnreachableError):
        run(never, tmp_path, authorize)
    assert (never.requests, never.faults) == ([], type(never.faults)())


def test_no_connection_for_the_second_try_does_not_undo_the_first(tmp_path: Path) -> None:
    """The first was carried out after "never seen" had been answered: "nothing was sent" would be wrong."""
    processor = with_faults([Fault.LATE, Fault.CLOSE, Fault.NO_TLS, Fault.NO_TLS])
    with pytest.raises(model.GatewayTimeoutError):
        run(processor, tmp_path, authorize, WAITS)
    assert (lines(processor), processor.charged[KEY]) == (["POST", "GET"], 1)


def test_nobody_listens(tmp_path: Path) -> None:
    async def main() -> None:
        processor = Processor()
        async with processor.serve():
            client = gateway(processor, tmp_path)
        async with client:
            with pytest.raises(model.GatewayUnreachableError):
                await authorize(client)

    asyncio.run(main())


def test_the_whole_operation_ends_in_time(tmp_path: Path) -> None:
    """The attempts would take far longer than the total, which falls into the first of them."""
    timing = Timing(total=2, attempt=60, connect=5, tries=3, backoff=0.01)
    processor = with_faults([Fault.HANG_AFTER])
    with pytest.raises(model.GatewayTimeoutError):
        run(processor, tmp_path, authorize, timing)
    assert processor.charged[KEY] == 1


def test_a_lost_outcome_is_found_later(tmp_path: Path) -> None:
    processor = with_faults([Fault.HANG_AFTER, *[Fault.HANG_BEFORE] * 3])

    async def later(client: HttpGateway) -> object:
        with pytest.raises(model.GatewayTimeoutError):
            await authorize(client)
        return await client.lookup(KEY)

    found = run(processor, tmp_path, later, WAITS)
    assert isinstance(found, Authorization) and found.charge == CHARGE


def test_many_at_once_with_one_key_charge_once(tmp_path: Path) -> None:
    processor = Processor()

    async def race(client: HttpGateway) -> None:
        done = await asyncio.gather(*(client.authorize(CHARGE, card(), None) for _ in range(8)))
        assert len({one.reference for one in done}) == 1

    run(processor, tmp_path, race)
    assert processor.charged[KEY] == 1


QUICK_FAULTS = [fault for fault in Fault if "HANG" not in fault.name and fault not in (Fault.SLOW, Fault.LATE)]


def check(faults: list[Fault], decline: bool) -> None:
    """At most one charge; nothing that was charged is called failed; what was unknown is known later."""
    processor = with_faults(faults, decline="declined" if decline else "")

    async def attempt(client: HttpGateway) -> None:
        outcome: object
        try:
            outcome = await authorize(client)
        except ServiceError as error:
            outcome = error
        charged = processor.charged[KEY]
        assert charged <= 1
        if isinstance(outcome, Authorization):
            assert charged == 1 and outcome.charge == CHARGE
        elif not isinstance(outcome, OutcomeUnknownError):
            assert charged == 0, outcome
        if isinstance(outcome, model.GatewayUnreachableError):
            assert not processor.requests
        processor.faults.clear()
        await client.lookup("something-else-0001")  # what was late is carried out now
        try:
            found = await client.lookup(KEY)
        except model.GatewayDeclinedError:
            found = None
        assert (found is not None) == (processor.charged[KEY] == 1)
        assert processor.charged[KEY] == (0 if decline else processor.charged[KEY]) <= 1

    with tempfile.TemporaryDirectory() as folder:
        run(processor, Path(folder), attempt, IMPATIENT)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(QUICK_FAULTS), max_size=12), st.booleans())
def test_exactly_once_under_any_sequence_of_quick_faults(faults: list[Fault], decline: bool) -> None:
    check(faults, decline)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(list(Fault)), min_size=1, max_size=5), st.booleans())
@example([Fault.LATE, Fault.NONE, Fault.LATE, Fault.NONE, Fault.LATE], False)
@example([Fault.LATE, Fault.NONE, Fault.FORBIDDEN], False)
@example([Fault.HANG_AFTER, Fault.NO_TLS, Fault.NO_TLS, Fault.NO_TLS], False)
def test_exactly_once_with_timeouts(faults: list[Fault], decline: bool) -> None:
    check(faults, decline)
