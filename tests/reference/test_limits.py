"""Counters: in this process and in a real Redis."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reference_impl.errors import UnavailableError
from reference_impl.limits.fallback import LocalWhenUnavailable
from reference_impl.limits.memory import _SWEEP_AT, MemoryLimits
from reference_impl.limits.redis import RedisLimits
from reference_impl.redis_client import Scripts, connect
from tests.opa import free_port


class Time:
    """Milliseconds that pass when told to."""

    def __init__(self) -> None:
        self.ms = 1_000_000

    def milliseconds(self) -> int:
        return self.ms

    def seconds(self) -> float:
        return self.ms / 1000


def redis_run(url: str, use: Callable[[RedisLimits], Awaitable[None]], now: Callable[[], int] | None = None) -> None:
    async def run() -> None:
        client = connect(url, 20)
        try:
            await use(RedisLimits(Scripts(client), now))
        finally:
            await client.aclose()

    asyncio.run(run())


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["hit", "attempt", "forgive", "forgive one"]),
        st.sampled_from(["a", "b"]),
        st.one_of(st.just(0), st.integers(0, 2500), st.sampled_from([999, 1000, 1001, 2000, 3000])),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.integers(1, 4), st.integers(1, 3))
def test_both_count_alike(redis_url: str, steps: list[tuple[str, str, int]], limit: int, window: int) -> None:
    time, run = Time(), uuid4().hex

    async def compare(shared: RedisLimits) -> None:
        local = MemoryLimits(time.seconds)
        for what, name, passed in steps:
            time.ms += passed
            answers = []
            for counter in (shared, local):
                key = f"{run}:{name}"
                if what == "hit":
                    answers.append(await counter.hit(key, limit, window))
                elif what == "attempt":
                    answers.append(await counter.attempt(key, limit, window))
                else:
                    answers.append(await counter.forgive(key, 1 if what == "forgive one" else None))
            assert answers[0] == answers[1]

    redis_run(redis_url, compare, time.milliseconds)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 900), max_size=80), st.integers(1, 5))
def test_no_stretch_of_a_window_has_more_than_the_limit(gaps: list[int], limit: int) -> None:
    time, passed = Time(), []

    async def run() -> None:
        counter = MemoryLimits(time.seconds)
        for gap in gaps:
            time.ms += gap
            decision = await counter.hit("k", limit, 1)
            if decision.allowed:
                passed.append(time.ms)
            else:
                assert decision.retry_after == 1

    asyncio.run(run())
    assert all(later - earlier >= 1000 for earlier, later in zip(passed, passed[limit:], strict=False))


@pytest.mark.parametrize("what", ["hit", "attempt"])
def test_of_many_at_once_exactly_the_limit_passes(redis_url: str, what: str) -> None:
    """Many clients, many connections, one key: two instances of the service under attack."""

    async def run() -> None:
        clients = [connect(redis_url, 20) for _ in range(4)]
        counters = [RedisLimits(Scripts(client)) for client in clients]
        key = uuid4().hex
        decisions = await asyncio.gather(*(getattr(counters[n % 4], what)(key, 50, 600) for n in range(200)))
        assert sum(decision.allowed for decision in decisions) == 50
        assert sorted(decision.remaining for decision in decisions if decision.allowed) == list(range(50))
        assert all(0 < decision.retry_after <= 600 for decision in decisions if not decision.allowed)
        for client in clients:
            await client.aclose()

    asyncio.run(run())


def test_one_more_than_the_limit_is_refused_in_process() -> None:
    async def run() -> None:
        counter = MemoryLimits()
        decisions = await asyncio.gather(*(counter.hit("k", 100, 60) for _ in range(101)))
        assert [decision.allowed for decision in decisions] == [True] * 100 + [False]

    asyncio.run(run())


def test_a_lock_out_lasts_from_the_last_attempt_that_counted() -> None:
    time = Time()

    async def run() -> None:
        counter = MemoryLimits(time.seconds)
        for _ in range(10):
            assert (await counter.attempt("k", 10, 1800)).allowed
            time.ms += 170_000  # ten attempts over 28 minutes
        time.ms += 1_629_999  # one millisecond less than 30 minutes after the tenth
        refused = await counter.attempt("k", 10, 1800)
        assert (refused.allowed, refused.retry_after) == (False, 1)
        time.ms += 1
        assert (await counter.attempt("k", 10, 1800)).allowed

    asyncio.run(run())


def test_addresses_made_up_do_not_fill_the_memory() -> None:
    time = Time()

    async def run() -> MemoryLimits:
        counter = MemoryLimits(time.seconds)
        for number in range(5 * _SWEEP_AT):
            time.ms += 10
            await counter.hit(f"source:{number}", 100, 1)
        return counter

    assert len(asyncio.run(run())._windows) <= _SWEEP_AT


def test_without_redis_lock_outs_refuse_and_rates_count_here() -> None:
    async def away(shared: RedisLimits) -> None:
        with pytest.raises(UnavailableError):
            await shared.attempt("k", 10, 1800)
        with pytest.raises(UnavailableError):
            await shared.forgive("k")
        rates = LocalWhenUnavailable(shared, MemoryLimits())
        decisions = [await rates.hit("k", 3, 60) for _ in range(4)]
        assert [decision.allowed for decision in decisions] == [True, True, True, False]

    redis_run(f"redis://127.0.0.1:{free_port()}/0", away)


def test_redis_is_asked_again_after_a_while(redis_url: str) -> None:
    time, key = Time(), uuid4().hex

    async def run() -> None:
        away, back = connect(f"redis://127.0.0.1:{free_port()}/0"), connect(redis_url, 20)
        rates = LocalWhenUnavailable(RedisLimits(Scripts(away)), MemoryLimits(), time.seconds)
        await rates.hit(key, 1, 60)
        rates._shared = RedisLimits(Scripts(back))
        assert not (await rates.hit(key, 1, 60)).allowed  # still counted here
        time.ms += 5000
        assert (await rates.hit(key, 1, 60)).allowed  # there it is the first
        await away.aclose()
        await back.aclose()

    asyncio.run(run())
