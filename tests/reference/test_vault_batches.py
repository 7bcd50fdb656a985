"""Group commit: what comes together is written together, and everybody gets an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import text

from reference_impl.batches import Batches
from reference_impl.database import connect


class Written:
    """Batches that were written, each once `gate` is open."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate = asyncio.Event()

    async def write(self, items: Sequence[int]) -> list[int | BaseException]:
        self.batches.append(list(items))
        await self.gate.wait()
        if 99 in items:
            raise RuntimeError("a bug")
        return [ValueError("odd") if item % 2 else item * 10 for item in items]


def test_what_arrives_during_a_batch_is_the_next_one() -> None:
    async def test() -> None:
        written = Written()
        batches = Batches(written.write, most=3)
        first = asyncio.create_task(batches.submit(0))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        rest = [asyncio.create_task(batches.submit(item)) for item in (2, 4, 6, 8)]
        await asyncio.sleep(0)
        rest[1].cancel()
        written.gate.set()
        outcomes = await asyncio.wait_for(asyncio.gather(first, *rest, return_exceptions=True), 10)
        assert outcomes[:2] + outcomes[3:] == [0, 20, 60, 80]
        assert isinstance(outcomes[2], asyncio.CancelledError)
        assert written.batches == [[0], [2, 6, 8]]

    asyncio.run(test())


def test_everybody_gets_an_answer_and_it_goes_on_after_a_bug() -> None:
    async def test() -> None:
        written = Written()
        written.gate.set()
        batches = Batches(written.write, most=4)
        calls = [batches.submit(item) for item in (0, 1, 2, 3, 99, 4, 6, 8, 10)]
        outcomes = await asyncio.wait_for(asyncio.gather(*calls, return_exceptions=True), 10)
        kinds = [outcome if isinstance(outcome, int) else type(outcome) for outcome in outcomes]
        assert kinds == [0, ValueError, 20, ValueError, *[RuntimeError] * 4, 100]
        assert await asyncio.wait_for(batches.submit(12), 10) == 120

    asyncio.run(test())


class Slow:
    """Takes its time, and knows the sizes of what it wrote."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    async def write(self, items: Sequence[int]) -> list[int]:
        self.sizes.append(len(items))
        await asyncio.sleep(0.2)
        return list(items)


def test_those_who_come_back_make_whole_batches() -> None:
    async def test() -> None:
        slow = Slow()
        batches = Batches(slow.write)

        async def caller(number: int) -> None:
            for _ in range(4):
                await batches.submit(number)
                await asyncio.sleep(0.001)  # the way to the client and back

        await asyncio.gather(*map(caller, range(8)))
        assert sum(slow.sizes) == 32
        assert slow.sizes[-1] == 8
        assert slow.sizes.count(8) >= 3

    asyncio.run(test())


def test_a_batch_does_not_wait_for_those_who_stay_away() -> None:
    async def test() -> None:
        slow = Slow()
        batches = Batches(slow.write)
        await asyncio.gather(*map(batches.submit, range(8)))
        assert await asyncio.wait_for(batches.submit(1), 10) == 1
        assert slow.sizes == [8, 1]

    asyncio.run(test())


@pytest.mark.parametrize(
    ("setting", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
def test_sqlite_is_durable_and_overwrites_what_is_deleted(tmp_path: object, setting: str, value: object) -> None:
    async def test() -> None:
        engine = connect(f"sqlite+aiosqlite:///{tmp_path}/service.db")
        async with engine.connect() as connection:
            assert await connection.scalar(text(f"PRAGMA {setting}")) == value
        await engine.dispose()

    asyncio.run(test())
