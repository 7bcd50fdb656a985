"""Effects and the notes that their events were processed, in shared transactions: one sync to disk for many."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.clock import Clock
from reference_impl.database import transaction
from reference_impl.events import store

Effect = Callable[[AsyncConnection], Awaitable[None]]
"""Written in the transaction that notes the event as processed: nothing slow, nothing outside the database."""


@dataclass(slots=True, eq=False)
class _Waiting:
    event: str
    effect: Effect
    taken: bool = False
    fresh: bool | None = None


class Applying:
    """Of one group."""

    def __init__(self, engine: AsyncEngine, group: str, clock: Clock) -> None:
        self._engine, self._group, self._clock = engine, group, clock
        self._waiting: list[_Waiting] = []
        self._turn = asyncio.Lock()

    async def apply(self, event: str, effect: Effect) -> bool:
        """Committed when this returns. False: it had been processed before, and nothing is done.

        Raises UnavailableError, and what the effect raises. Those that failed together with another try alone.
        """
        mine = _Waiting(event, effect)
        self._waiting.append(mine)
        async with self._turn:
            if mine.fresh is None:
                together = [mine] if mine.taken else self._take()
                await self._commit(together)
        return bool(mine.fresh)

    def _take(self) -> list[_Waiting]:
        together, self._waiting = self._waiting, []
        for each in together:
            each.taken = True
        return together

    async def _commit(self, together: list[_Waiting]) -> None:
        fresh = []
        async with transaction(self._engine) as connection:
            for each in together:
                fresh.append(bool(await store.process(connection, self._group, [each.event], self._clock())))
                if fresh[-1]:
                    await each.effect(connection)
        for each, was_fresh in zip(together, fresh, strict=True):
            each.fresh = was_fresh
