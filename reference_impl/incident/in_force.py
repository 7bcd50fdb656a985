"""What is in force, looked up in the database and believed for a second: so every process follows every other."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.background import background
from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.errors import UnavailableError
from reference_impl.incident import store
from reference_impl.incident.model import EVERYBODY, Standing

_log = logging.getLogger(__name__)

FRESH_SECONDS = 1.0
_REMEMBERED = 10_000


class InForce:
    """`Measures`. Requests of one tenant that come at the same time wait for one query.

    `now`: seconds on a clock that is never set back.
    """

    def __init__(self, engine: AsyncEngine, clock: Clock = utc_now, now: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._clock, self._now = engine, clock, now
        self._known: dict[str, tuple[float, Standing]] = {}
        self._reading: dict[str, asyncio.Task[Standing]] = {}

    async def of(self, tenant: str, grace_seconds: float = 0) -> Standing:
        """See `Measures`."""
        known = self._known.get(tenant)
        if known is not None and self._now() - known[0] < FRESH_SECONDS:
            return known[1]
        try:
            return await self._looked_up(tenant)
        except UnavailableError:
            if known is None or self._now() - known[0] >= grace_seconds:
                raise
            return known[1]

    async def _looked_up(self, tenant: str) -> Standing:
        reading = self._reading.get(tenant)
        if reading is None:
            reading = self._reading[tenant] = asyncio.create_task(self._read(tenant))
            reading.add_done_callback(_retrieved)
        return await asyncio.shield(reading)

    def forget(self, tenant: str) -> None:
        """It was changed here: the next one looks it up, and what is being looked up is not believed."""
        self._known.pop(tenant, None)
        self._reading.pop(tenant, None)

    async def _read(self, tenant: str) -> Standing:
        began, me = self._now(), asyncio.current_task()
        try:
            async with transaction(self._engine) as connection:
                found = await store.standing(connection, tenant, self._clock())
            if self._reading.get(tenant) is me:
                self._known.pop(tenant, None)
                self._known[tenant] = began, found
                if len(self._known) > _REMEMBERED:
                    del self._known[next(iter(self._known))]
            return found
        finally:
            if self._reading.get(tenant) is me:
                del self._reading[tenant]


def _retrieved(task: asyncio.Task[Standing]) -> None:
    """Whoever waited may have gone away."""
    if not task.cancelled():
        task.exception()


class Shield:
    """Whether the whole service is protected, for who cannot wait for a database: the edge, before anybody is known.

    While it cannot be looked up, what was known last holds.
    """

    def __init__(self, measures: InForce) -> None:
        self._measures = measures
        self.up = False

    @asynccontextmanager
    async def followed(self) -> AsyncIterator[Shield]:
        """Looked up now, and every second until left. Raises UnavailableError."""
        self.up = (await self._measures.of(EVERYBODY)).protected
        async with background(self._follow()):
            yield self

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(FRESH_SECONDS)
            try:
                self.up = (await self._measures.of(EVERYBODY)).protected
            except UnavailableError:
                _log.warning("it cannot be looked up whether the service is protected")
