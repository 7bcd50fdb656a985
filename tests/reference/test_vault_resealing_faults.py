"""Rotation, re-sealing and the end of older keys, interrupted between any two steps."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import connect
from reference_impl.errors import UnavailableError
from tests.reference.memory_wrapper import MemoryWrapper
from tests.reference.test_vault_resealing import FINGERPRINT, LATER, World, run, world


def _at_step(engine: AsyncEngine, step: int, what: Callable[[], None]) -> None:
    """Does `what` just before the statement or commit of that number."""
    steps = itertools.count(1)

    def count(*_: Any) -> None:
        if next(steps) == step:
            what()

    event.listen(engine.sync_engine, "before_cursor_execute", count)
    event.listen(engine.sync_engine, "commit", count)


async def _everything(w: World) -> None:
    await w.ring.rotate("acme")
    await w.ring.rotate("acme", FINGERPRINT)
    await w.reseal(2)
    w.now += LATER
    await w.resealing.retire("acme")


def test_lost_at_any_step_it_goes_on(database_url: str) -> None:
    def fail() -> None:
        raise UnavailableError("at this step")

    async def test(w: World) -> None:
        stored = await w.fill(4)
        for step in itertools.count(1, 5):
            engine = connect(database_url)
            failing = World(engine, w.wrapper, w.now)
            _at_step(engine, step, fail)
            try:
                await _everything(failing)
                break
            except UnavailableError:
                await w.check(stored)
            finally:
                w.now = failing.now + LATER
                await engine.dispose()
        assert step > 20
        await w.reseal()
        await w.resealing.retire("acme")
        assert len(await w.versions()) == 1 and len({version for version, _ in await w.marks()}) == 1
        await w.check(stored)

    run(database_url, test)


def _killed_at(url: str, wrapper: MemoryWrapper, now: datetime, step: int) -> None:
    async def work() -> None:
        engine = connect(url)
        _at_step(engine, step, lambda: os.kill(os.getpid(), signal.SIGKILL))
        await _everything(World(engine, wrapper, now))
        await engine.dispose()

    asyncio.run(work())


def test_killed_at_any_step_it_goes_on(database_url: str) -> None:
    wrapper, now = MemoryWrapper(), datetime(2026, 11, 22, 12, tzinfo=timezone.utc)

    def here(work: Callable[[World], Awaitable[Any]]) -> Any:
        async def main() -> Any:
            async with world(database_url, wrapper) as w:
                w.now = now
                return await work(w)

        return asyncio.run(main())

    stored = here(lambda w: w.fill(4))
    for step in itertools.count(1, 7):
        child = multiprocessing.get_context("fork").Process(target=_killed_at, args=(database_url, wrapper, now, step))
        child.start()
        child.join()
        now += 2 * LATER
        here(lambda w: w.check(stored))
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
    assert step > 20
    here(_everything)
    assert len(here(lambda w: w.versions())) == 1
    here(lambda w: w.check(stored))
