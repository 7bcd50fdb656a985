"""Data protection for who runs the machine: the record, what is due, and what is over its time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from reference_impl.audit.model import AuditLog, Event, Outcome
from reference_impl.clock import Clock, utc_now
from reference_impl.gdpr import ropa
from reference_impl.gdpr.datamap import DataMap
from reference_impl.gdpr.model import Request
from reference_impl.gdpr.periods import day_of
from reference_impl.gdpr.request_store import RequestStore
from reference_impl.gdpr.requests import Requests
from reference_impl.gdpr.retention import Retention


@dataclass(frozen=True, slots=True)
class OperatorPrivacy:
    """`user`: who, for the audit log. Every method raises UnavailableError, and records what it does before it does
    it.
    """

    held: DataMap
    requests: Requests
    store: RequestStore
    retention: Retention
    controller: str
    audit: AuditLog
    user: str
    clock: Clock = utc_now

    async def record(self) -> dict[str, Any]:
        """See `ropa.record`."""
        await self._record("privacy.record", "ropa")
        return ropa.record(self.held, self.controller)

    async def due(self, days: int) -> Sequence[Request]:
        """Requests of all tenants that are to be answered within so many days, the most urgent first."""
        await self._record("privacy.read", "requests")
        return await self.store.all_due(day_of(self.clock()) + timedelta(days=days))

    async def retain(self) -> Mapping[str, int]:
        """See `Retention.run`."""
        await self._record("privacy.retention", "begun")
        done = await self.retention.run()
        await self._record("privacy.retention", f"deleted:{sum(done.values())}")
        return done

    async def resume(self) -> int:
        """See `Requests.resume`."""
        await self._record("privacy.resume", "requests")
        return await self.requests.resume()

    async def _record(self, action: str, resource: str) -> None:
        await self.audit.append([Event(self.user, action, self.clock(), Outcome.SUCCESS, "local", resource)])
