"""Sliding windows, in this process and on a real Redis, and travel that cannot be."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reference_impl.errors import UnavailableError
from reference_impl.fraud.engines.velocity import VelocityEngine
from reference_impl.fraud.model import Place
from reference_impl.fraud.velocity.memory import MemoryWindows
from reference_impl.fraud.velocity.model import Entry, Kind, Sighting, Span, Subject, Tally, Windows, hundredths
from reference_impl.fraud.velocity.redis import RedisWindows
from reference_impl.fraud.velocity.shared import SharedWindows
from reference_impl.fraud.velocity.travel import EARTH_KM, distance_km, impossible
from reference_impl.money import Money
from reference_impl.redis_client import Scripts, connect
from tests.opa import free_port
from tests.reference.fraud_parts import BERLIN, LISBON, NOW, POLICY, SYDNEY, facts

SPAN = Span(60, 600)
Test = Callable[[Windows], Awaitable[None]]


class Time:
    """Milliseconds that pass when told to."""

    def __init__(self) -> None:
        self.ms = 1_700_000_000_000


def on_redis(url: str, test: Test, now: Callable[[], int] | None = None, span: Span = SPAN) -> None:
    async def main() -> None:
        client = connect(url, 20)
        try:
            await test(RedisWindows(Scripts(client), span, now))
        finally:
            await client.aclose()

    asyncio.run(main())


@pytest.fixture(params=["memory", "redis"])
def on(request: pytest.FixtureRequest) -> Callable[[Test, Time], None]:
    """Runs a test on one kind of window."""

    def run(test: Test, time: Time) -> None:
        if request.param == "memory":

            async def main() -> None:
                await test(MemoryWindows(SPAN, lambda: time.ms / 1000))

            asyncio.run(main())
        else:
            on_redis(request.getfixturevalue("redis_url"), test, lambda: time.ms)

    return run


def subject(kind: Kind = Kind.CUSTOMER) -> Subject:
    return Subject("m1", kind, uuid4().hex)


def test_the_entry_itself_counts_and_leaves_after_the_window(on: Callable[[Test, Time], None]) -> None:
    time = Time()

    async def test(windows: Windows) -> None:
        who = [subject(kind) for kind in Kind]
        for number in (1, 2, 3):
            tallies = await windows.add(who, Entry(f"e{number}", 100 * number))
            assert {(one.payments, one.amount, one.failed) for one in tallies} == {
                (number, 50 * number * (number + 1), 0)
            }
            time.ms += 20_000
        (tally,) = await windows.add(who[:1], Entry("e4", 7))  # the first is exactly 60 s old: gone
        assert (tally.payments, tally.amount) == (3, 507)
        time.ms += 60_000
        (tally,) = await windows.add(who[:1], Entry("e1", 100))  # an id may come again when its window is over
        assert (tally.payments, tally.amount) == (1, 100)
        assert await windows.add([], Entry("e5", 1)) == []

    on(test, time)


def test_the_same_entry_counts_once_and_fails_once(on: Callable[[Test, Time], None]) -> None:
    time = Time()

    async def test(windows: Windows) -> None:
        who = [subject()]
        await windows.add(who, Entry("a", 5))
        for _ in range(3):
            (tally,) = await windows.add(who, Entry("a", 5))
            assert (tally.payments, tally.amount) == (1, 5)
        for _ in range(2):
            await windows.fail("m1", "a")
            await windows.fail("m1", "never added")
            await windows.fail("m2", "a")
        (tally,) = await windows.add(who, Entry("b", 1))
        assert (tally.payments, tally.failed) == (2, 1)
        time.ms += 60_000
        await windows.fail("m1", "b")
        (tally,) = await windows.add(who, Entry("c", 1))
        assert (tally.payments, tally.amount, tally.failed) == (1, 1, 0)

    on(test, time)


def test_of_many_writers_at_once_none_is_lost_or_doubled(on: Callable[[Test, Time], None]) -> None:
    """Read first and counted later, several would see the same number."""

    async def test(windows: Windows) -> None:
        who = [subject(), subject(Kind.CARD)]
        entries = [Entry(f"e{number}", number) for number in range(150)]
        twice = [entry for entry in entries for _ in range(2)]
        answers = await asyncio.gather(*(windows.add(who, entry) for entry in twice))
        seen = sorted({customer.payments for customer, _ in answers})
        assert seen == list(range(1, 151))
        assert max(card.amount for _, card in answers) == sum(range(150))
        await asyncio.gather(*(windows.fail("m1", entry.id) for entry in twice[:100]))
        (tally, _) = await windows.add(who, Entry("last", 0))
        assert (tally.payments, tally.failed) == (151, 50)

    on(test, Time())


def test_writers_of_several_instances(redis_url: str) -> None:
    """Four clients with connections of their own, on the server's clock."""

    async def main() -> None:
        clients = [connect(redis_url, 20) for _ in range(4)]
        windows = [RedisWindows(Scripts(client), SPAN) for client in clients]
        who = [subject(kind) for kind in Kind]
        answers = await asyncio.gather(*(windows[n % 4].add(who, Entry(f"e{n}", 3)) for n in range(400)))
        for kind in range(4):
            assert sorted(tallies[kind].payments for tallies in answers) == list(range(1, 401))
            assert sorted(tallies[kind].amount for tallies in answers) == list(range(3, 1203, 3))
        kept = [key async for key in clients[0].scan_iter("velocity:*")]
        assert kept and all([await clients[0].pttl(key) > 0 for key in kept])
        assert not [key for key in kept if who[0].name.encode() in key]
        for client in clients:
            await client.aclose()

    asyncio.run(main())


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "add", "fail"]),
        st.sampled_from(["a", "b"]),
        st.integers(0, 6),
        st.one_of(st.just(0), st.integers(0, 70_000), st.sampled_from([59_999, 60_000, 600_000])),
        st.sampled_from([None, BERLIN, LISBON, Place(0.0, -180.0)]),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_both_count_alike(redis_url: str, steps: list[tuple[str, str, int, int, Place | None]]) -> None:
    time, run = Time(), uuid4().hex

    async def compare(shared: Windows) -> None:
        local = MemoryWindows(SPAN, lambda: time.ms / 1000)
        for what, name, number, passed, place in steps:
            time.ms += passed
            who = [Subject("m1", Kind.CUSTOMER, run + name), Subject("m1", Kind.SOURCE, run)]
            if what == "fail":
                await asyncio.gather(*(one.fail("m1", f"e{number}") for one in (shared, local)))
            else:
                at = datetime.fromtimestamp(time.ms / 1000, timezone.utc)
                entry = Entry(f"e{number}", 10 * number, place and Sighting(place, at))
                assert list(await shared.add(who, entry)) == list(await local.add(who, entry))

    on_redis(redis_url, compare, lambda: time.ms)


def test_the_last_place_is_the_one_before_this_entry(on: Callable[[Test, Time], None]) -> None:
    time = Time()

    async def test(windows: Windows) -> None:
        who = [subject()]
        here, there = Sighting(BERLIN, NOW), Sighting(LISBON, NOW + timedelta(hours=1))
        for entry, before in (
            (Entry("1", 1, here), None),
            (Entry("2", 1), here),
            (Entry("3", 1, there), here),
            (Entry("3", 1, there), here),  # not its own
            (Entry("4", 1, None), there),
        ):
            (tally,) = await windows.add(who, entry)
            assert tally.before == before
        time.ms += 600_000
        (tally,) = await windows.add(who, Entry("5", 1, here))
        assert tally.before is None

    on(test, time)


def test_names_made_up_do_not_fill_the_memory_and_no_payment_waits_for_all_to_be_dropped() -> None:
    time = Time()

    async def main() -> None:
        windows = MemoryWindows(Span(1, 1), lambda: time.ms / 1000)
        held = []
        for number in range(5_000):
            time.ms += 10  # a hundred count
            await windows.add([Subject("m1", Kind.SOURCE, str(number))], Entry(str(number), 1))
            held.append(len(windows._windows))
        assert 100 <= max(held) <= 250
        assert 100 <= len(windows._entries) <= 102
        time.ms += 2_000  # none does
        await windows.add([Subject("m1", Kind.SOURCE, "0")], Entry("0", 1))
        assert held[-1] - len(windows._windows) <= 2
        time.ms += 2_000
        for number in range(1_000):
            await windows.add([Subject("m1", Kind.CARD, str(number))], Entry(str(number), 1))
        assert {subject.kind for subject in windows._windows} == {Kind.CARD}

    asyncio.run(main())


def test_a_redis_that_is_away_is_no_zero() -> None:
    async def test(windows: Windows) -> None:
        with pytest.raises(UnavailableError):
            await windows.add([subject()], Entry("1", 1))
        with pytest.raises(UnavailableError):
            await windows.fail("m1", "1")
        with pytest.raises(UnavailableError):
            await VelocityEngine(windows, POLICY).assess(facts())

    on_redis(f"redis://127.0.0.1:{free_port()}/0", test)


def test_engines_that_ask_at_once_share_the_answer_and_its_failure() -> None:
    class Slow(MemoryWindows):
        asked = 0

        async def add(self, subjects: Sequence[Subject], entry: Entry) -> Sequence[Tally]:
            self.asked += 1
            await asyncio.sleep(0)
            if entry.id == "bad":
                raise UnavailableError("away")
            return await super().add(subjects, entry)

    async def main() -> None:
        slow = Slow(SPAN)
        windows, who = SharedWindows(slow), [subject()]
        one, other = await asyncio.gather(windows.add(who, Entry("1", 5)), windows.add(who, Entry("1", 5)))
        assert one == other and slow.asked == 1
        hasty = asyncio.create_task(windows.add(who, Entry("2", 5)))
        patient = asyncio.create_task(windows.add(who, Entry("2", 5)))
        await asyncio.sleep(0)
        hasty.cancel()
        ((tally,),) = await asyncio.gather(patient)
        assert (tally.payments, slow.asked) == (2, 2)
        bad = [windows.add(who, Entry("bad", 5)) for _ in range(2)]
        assert [type(one) for one in await asyncio.gather(*bad, return_exceptions=True)] == [UnavailableError] * 2
        await windows.fail("m1", "1")
        (tally,) = await windows.add(who, Entry("3", 5))  # nothing of what is over is left
        assert (tally.payments, tally.failed, slow.asked) == (3, 1, 4)

    asyncio.run(main())


@pytest.mark.parametrize(
    ("money", "expected"), [(Money(1234, "EUR"), 1234), (Money(1234, "JPY"), 123_400), (Money(1234, "KWD"), 124)]
)
def test_amounts_are_compared_in_hundredths(money: Money, expected: int) -> None:
    assert hundredths(money) == expected


def test_the_engine() -> None:
    async def main() -> None:
        engine = VelocityEngine(windows := MemoryWindows(Span(3600, 86_400)), POLICY)
        for number in range(5):
            quiet = await engine.assess(facts(number, amount=2_000))
            assert (quiet.score, [*quiet.reasons]) == (0, []) or number == 5
        sixth = await engine.assess(facts(6, amount=1))
        assert sixth.score == 0.5  # payments and amount, however many subjects exceed them
        assert {*sixth.reasons} == {"customer_payments", "customer_amount", "card_payments", "card_amount"}
        for number in range(4):
            await windows.fail("m1", f"tx-{number}")
        far = await engine.assess(facts(7, amount=1, place=SYDNEY, at=NOW + timedelta(hours=2)))
        assert far.score == 1.0 and "impossible_travel" in far.reasons and "customer_failed" in far.reasons

    asyncio.run(main())


def test_many_places_are_no_impossible_travel_if_there_was_time_for_it() -> None:
    async def main() -> None:
        engine = VelocityEngine(MemoryWindows(Span(3600, 86_400)), POLICY)
        for number, place in enumerate((BERLIN, LISBON, SYDNEY, BERLIN, LISBON)):
            made = await engine.assess(facts(number, amount=1, place=place, at=NOW + timedelta(days=number)))
            assert "impossible_travel" not in made.reasons
        unknown = await engine.assess(facts(9, amount=1, place=None, at=NOW + timedelta(days=4)))
        assert "impossible_travel" not in unknown.reasons

    asyncio.run(main())


def at(place: Place, hours: float = 0.0) -> Sighting:
    return Sighting(place, NOW + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (at(BERLIN), at(LISBON, 1), True),  # 2,300 km
        (at(LISBON, 1), at(BERLIN), True),
        (at(BERLIN), at(LISBON, 4), False),
        (at(BERLIN), at(SYDNEY, 15), True),  # 16,100 km
        (at(BERLIN), at(SYDNEY, 24), False),
        (at(Place(52.5, 13.4)), at(Place(52.4, 13.1)), False),  # at the same time, but the next town
        (at(Place(-16.5, 179.9)), at(Place(-16.5, -179.9)), False),  # over the date line: 21 km
        (at(Place(89.9, 0)), at(Place(89.9, 180)), False),  # over the pole: 22 km
        (at(Place(90, 0)), at(Place(90, 137)), False),  # one place by many names
        (at(Place(90, 0)), at(Place(-90, 0), 15), True),
        (at(BERLIN), None, False),
        (None, at(BERLIN), False),
        (None, None, False),
        (at(BERLIN), at(Place(0, 0), 0.1), True),  # there is such a place; who is nowhere sends none
    ],
)
def test_travel(one: Sighting | None, other: Sighting | None, expected: bool) -> None:
    assert impossible(one, other, POLICY.velocity.travel) is expected


PLACES = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180))


@settings(max_examples=300, deadline=None)
@given(PLACES, PLACES, PLACES)
def test_distances_are_those_of_a_sphere(one: Place, other: Place, third: Place) -> None:
    there = distance_km(one, other)
    assert 0 <= there <= math.pi * EARTH_KM + 1e-6
    assert there == pytest.approx(distance_km(other, one), abs=1e-6)
    assert distance_km(one, one) == 0
    assert there <= distance_km(one, third) + distance_km(third, other) + 1e-4
    turned = [replace(place, longitude=place.longitude + 360) for place in (one, other)]
    assert distance_km(turned[0], other) == pytest.approx(there, abs=1e-3)
    opposite = Place(-one.latitude, one.longitude + 180)
    assert distance_km(one, opposite) == pytest.approx(math.pi * EARTH_KM, rel=1e-6)


def test_a_known_distance() -> None:
    nashville, los_angeles = Place(36.12, -86.67), Place(33.94, -118.40)
    assert distance_km(nashville, los_angeles) == pytest.approx(2886.45, abs=0.1)


def test_who_is_forgotten_is_counted_anew_and_others_are_not(on: Callable[[Test, Time], None]) -> None:
    gone, card, other = subject(), subject(Kind.CARD), subject()
    time = Time()

    async def test(windows: Windows) -> None:
        await windows.add([gone, card], Entry("one", 500, Sighting(BERLIN, NOW)))
        await windows.add([other, card], Entry("two", 700))
        await SharedWindows(windows).forget([gone])
        await windows.forget([gone, subject()])
        await windows.fail("m1", "one")
        assert await windows.add([gone], Entry("three", 900)) == [Tally(1, 900, 0, None)]
        assert [(one.payments, one.failed) for one in await windows.add([other], Entry("two", 700))] == [(1, 0)]
        assert [(one.payments, one.failed) for one in await windows.add([card], Entry("two", 700))] == [(2, 1)]
        time.ms += 61_000
        await windows.add([subject(), subject(), subject()], Entry("four", 100))  # sweeps

    on(test, time)
