"""Effects and the notes that their events were processed, many in one transaction: one sync to disk for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.batches import Batches
from reference_impl.clock import Clock
from reference_impl.database import transaction
from reference_impl.errors import UnavailableError
from reference_impl.events import store

Write = Callable[[AsyncConnection, Sequence[Any]], Awaitable[None]]
"""Writes one or more, in their order: nothing slow, nothing outside the database."""


class Effect(NamedTuple):
    """Written in the transaction that notes the event as processed; what has the same `write` is written at once."""

    write: Write
    what: Any


class Applying:
    """Of one group."""

    def __init__(self, engine: AsyncEngine, group: str, clock: Clock) -> None:
        self._engine, self._group, self._clock = engine, group, clock
        self._batches = Batches(self._commit)

    async def apply(self, event: str, effect: Effect) -> bool:
        """Committed when this returns. False: it had been processed before, and nothing is done.

        Raises UnavailableError, and what writing the effect raises.
        """
        return await self._batches.submit((event, effect))

    async def _commit(self, batch: Sequence[tuple[str, Effect]]) -> Sequence[bool | BaseException]:
        """Whether each was new. What fails together is tried one by one, so that it fails alone."""
        (done,) = await asyncio.gather(self._together(batch), return_exceptions=True)
        if not isinstance(done, BaseException):
            return done
        if len(batch) == 1 or isinstance(done, UnavailableError):
            return [done] * len(batch)
        return [outcome for one in batch for outcome in await self._commit([one])]

    async def _together(self, batch: Sequence[tuple[str, Effect]]) -> Sequence[bool]:
        async with transaction(self._engine) as connection:
            new = await store.process(connection, self._group, [event for event, _ in batch], self._clock())
            effects: dict[Write, list[Any]] = {}
            for event, (write, what) in batch:
                if event in new:
                    effects.setdefault(write, []).append(what)
            for write, what in effects.items():
                await write(connection, what)
        return [event in new for event, _ in batch]
