"""Financial reports of any tenant, and changes of the whole service, for who runs the machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reference_impl.auth.model import Caller, Principal
from reference_impl.sox.model import SERVICE
from reference_impl.sox.opening import Finances
from reference_impl.sox.store import Change, Period

_ROLES = frozenset({"financial_controller"})


@dataclass(frozen=True, slots=True)
class OperatorFinances:
    """`user`: who does it, for the audit log."""

    finances: Finances
    user: str

    async def report(self, tenant: str, since: datetime, until: datetime) -> Period:
        """See `Periods.report`."""
        return await self.finances.periods.report(self._caller(tenant), since, until)

    async def changes(self, limit: int) -> Sequence[Change]:
        """Of the service's configuration, the latest first."""
        return await self.finances.changes.latest(self._caller(SERVICE), limit)

    async def approve(self, change: str) -> Change:
        """See `Changes.approve`."""
        return await self.finances.changes.approve(self._caller(SERVICE), change)

    def _caller(self, tenant: str) -> Caller:
        return Caller(Principal(self.user, tenant, _ROLES, "-"), "local", "-", False)
