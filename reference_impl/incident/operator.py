"""Incidents of the whole service, and of any tenant, for who runs the machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reference_impl.auth.model import Caller, Principal
from reference_impl.incident.model import Measure, Sighting
from reference_impl.incident.named import NamedIncidents
from reference_impl.incident.service import Told

_ROLES = frozenset({"incident_responder"})


@dataclass(frozen=True, slots=True)
class OperatorIncidents:
    """`user`: who does it, for the audit log. Every method raises as `Incidents` does."""

    incidents: NamedIncidents
    user: str

    async def report(self, tenant: str, seen: Sighting) -> Told:
        """See `Incidents.report`."""
        return await self.incidents.report(self._caller(tenant), seen)

    async def latest(self, tenant: str, limit: int) -> Sequence[Told]:
        """Newest first, with their measures."""
        caller = self._caller(tenant)
        return [await self.incidents.find(caller, one.id) for one in await self.incidents.latest(caller, None, limit)]

    async def end(self, tenant: str, measure: str) -> Measure:
        """See `Incidents.end`."""
        return await self.incidents.end(self._caller(tenant), measure)

    def _caller(self, tenant: str) -> Caller:
        return Caller(Principal(self.user, tenant, _ROLES, "-"), "local", "-", False)
