"""What monitoring shows of incidents: how many, what is due, what is in force, what was not delivered."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.background import repeated
from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.incident import notice_store, store

_log = logging.getLogger(__name__)

_EVERY_SECONDS = 15.0
_LATE = timedelta(minutes=5)


class Figures(Protocol):
    """What becomes figures for monitoring. Of all tenants together: no label names one."""

    def incidents(self, unresolved: Mapping[str, int], measures: Mapping[str, int]) -> None:
        """By severity, and by kind; what is not in it is none."""
        ...

    def report_due(self, first: datetime | None) -> None:
        """Until when an authority has to know of a breach, the first of all; None: nothing is due."""
        ...

    def notices_late(self, count: int) -> None:
        """Which should have been delivered five minutes ago."""
        ...


@asynccontextmanager
async def told(
    engine: AsyncEngine, figures: Figures, clock: Clock = utc_now, every_seconds: float = _EVERY_SECONDS
) -> AsyncIterator[None]:
    """Now, and again and again until left. Raises UnavailableError."""

    async def tell() -> None:
        now = clock()
        async with transaction(engine) as connection:
            unresolved, first, measures = await store.figures(connection, now)
            late = await notice_store.late(connection, now - _LATE)
        figures.incidents(unresolved, measures)
        figures.report_due(first)
        figures.notices_late(late)

    async with repeated(tell, every_seconds, lambda: _log.warning("incidents cannot be counted now")):
        yield
