"""Refused statements are logged at once and recorded in the audit log a moment later: whoever ran one may hold the
database's only writer, which the audit log's anchor needs as well.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from reference_impl.audit.model import AuditLog, Event, Outcome
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import UnavailableError

_log = logging.getLogger(__name__)
_AT_MOST = 1_000
_AGAIN_SECONDS = 1.0


class Refusals:
    """Called with the reasons of each. More than a thousand that wait are not kept, but all are logged."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._waiting: deque[datetime] = deque(maxlen=_AT_MOST)
        self._some = asyncio.Event()

    def __call__(self, reasons: Sequence[str]) -> None:
        """Logged here, with the id of the request."""
        _log.error("statement_refused", extra={"reasons": list(reasons)})
        self._waiting.append(self._clock())
        self._some.set()

    @asynccontextmanager
    async def recorded(self, audit: AuditLog) -> AsyncIterator[None]:
        """Until left; what waits then is recorded first."""
        task = asyncio.create_task(self._record(audit))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])
            with suppress(UnavailableError):  # they are in the log at least
                await self._append(audit)

    async def _record(self, audit: AuditLog) -> None:
        while True:
            await self._some.wait()
            self._some.clear()
            try:
                await self._append(audit)
            except UnavailableError:
                self._some.set()
                await asyncio.sleep(_AGAIN_SECONDS)

    async def _append(self, audit: AuditLog) -> None:
        while self._waiting:
            at = self._waiting[0]
            await audit.append([Event("-", "statement.run", at, Outcome.DENIED, "-", "database", reason="policy")])
            self._waiting.popleft()
