"""Opens incidents by itself: of sign-ins that fail, and of payments that look like fraud.

What is seen waits here until the incident is written: neither an answer nor a decision waits for it, and a database
that is away loses none, as long as this process lives; each is in the audit log, too.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from reference_impl.auth.model import Caller, Principal
from reference_impl.background import background
from reference_impl.errors import ConflictError, UnavailableError
from reference_impl.incident.model import EVERYBODY, IncidentType, Severity, Sighting
from reference_impl.limits.model import Limits, Rate

_log = logging.getLogger(__name__)

MONITORING = "monitoring"
_ROLES = frozenset({"incident_responder"})
_NEW_IN_AN_HOUR = Rate(20, 3600)
"""Subjects that get incidents of their own; what comes after them is counted in one of all together, so that an
attacker with many addresses fills neither the list nor anybody's day."""
_TOGETHER = "many"
_WAITING = 1_000
_AGAIN_SECONDS = 1.0


class Incidents(Protocol):
    """See `service.Incidents`."""

    async def report(self, caller: Caller, seen: Sighting) -> object:
        """Opened or counted."""
        ...


class Monitor:
    """`auth.watch.Alarm`, and `fraud.model.Suspicious`. `suspicious`: how many in what time are an incident."""

    def __init__(self, incidents: Incidents, limits: Limits, suspicious: Rate) -> None:
        self._incidents, self._limits, self._suspicious = incidents, limits, suspicious
        self._waiting: deque[tuple[str, Sighting]] = deque()
        self._some = asyncio.Event()

    async def failed_sign_ins(self, counted_by: str, key: str, tenant: str) -> None:
        """Too many of one account, or from one source (which is no tenant's)."""
        subject = f"{counted_by}:{key}"
        if not (await self._limits.hit(f"incidents:{tenant}", *_rate(_NEW_IN_AN_HOUR))).allowed:
            subject = f"{counted_by}:{_TOGETHER}"
        details = "more sign-ins failed than are let pass without a word; see the audit log, authenticate and session"
        self._put(tenant, Sighting(IncidentType.CREDENTIAL_ATTACK, Severity.MEDIUM, subject, details))

    async def suspicious(self, tenant: str) -> None:
        """One payment that is to be looked at, or was advised against. Raises UnavailableError."""
        wanted = self._suspicious
        counted = await self._limits.hit(f"suspicious:{tenant}", wanted.limit, wanted.window_seconds)
        if counted.allowed and counted.remaining:
            return
        details = f"{wanted.limit} suspicious payments and more within {wanted.window_seconds} seconds"
        self._put(tenant, Sighting(IncidentType.FRAUD_ATTACK, Severity.HIGH, "payments", details))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Monitor]:
        """What waits is written until left, and then once more."""
        try:
            async with background(self._run()):
                yield self
        finally:
            with suppress(UnavailableError):
                await self.write()

    async def write(self) -> None:
        """All that waits. Raises UnavailableError: then what is left waits on."""
        while self._waiting:
            tenant, seen = self._waiting[0]
            with suppress(ConflictError):  # somebody changes it at this moment; what was seen is in the audit log
                await self._incidents.report(_caller(tenant), seen)
            self._waiting.popleft()

    def _put(self, tenant: str, seen: Sighting) -> None:
        if (tenant, seen) in self._waiting:
            return
        if len(self._waiting) >= _WAITING:
            _log.error("an incident is not written: too many wait", extra={"severity": seen.severity.value})
            return
        self._waiting.append((tenant, seen))
        self._some.set()

    async def _run(self) -> None:
        while True:
            await self._some.wait()
            self._some.clear()
            try:
                await self.write()
            except UnavailableError:
                _log.warning("an incident cannot be written now, and waits")
                self._some.set()
                await asyncio.sleep(_AGAIN_SECONDS)


def _rate(rate: Rate) -> tuple[int, int]:
    return rate.limit, rate.window_seconds


def _caller(tenant: str) -> Caller:
    """The service itself."""
    return Caller(Principal(MONITORING, tenant or EVERYBODY, _ROLES, "-"), "local", "-", False)
