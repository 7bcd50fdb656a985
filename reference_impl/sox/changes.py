"""Evidence of changes (PCI DSS v4.0.1, 6.5.1; SOX change management): of configuration at each start, of keys at once.

Each is on the audit chain, with the digest before and after, before it is stored; and waits for another person than who
made it to approve it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import AuditLog
from reference_impl.auth.model import Caller, Permission, Principal
from reference_impl.auth.trail import Trail
from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.errors import ConflictError, NotFoundError
from reference_impl.sox import store
from reference_impl.sox.model import SERVICE, SamePersonError, is_id, new_id
from reference_impl.sox.store import Change

NOTHING = "-"
"""Before the first one."""


class Changes:
    """`Witness`. Raises ForbiddenError, NotFoundError, UnavailableError; all of it is in the audit log."""

    def __init__(self, engine: AsyncEngine, audit: AuditLog, clock: Clock = utc_now) -> None:
        self._engine, self._clock, self._trail = engine, clock, Trail(audit, clock, is_id)

    async def started(self, configuration: Mapping[str, str], by: str) -> Sequence[Change]:
        """What differs from the last start, and is written down now. `configuration`: name to digest or version."""
        found = []
        for what, new in configuration.items():
            async with transaction(self._engine) as connection:
                last = await store.last_change(connection, SERVICE, what)
            old = NOTHING if last is None else last.new
            if old != new:
                found.append(await self._write(SERVICE, what, old, new, by))
        return found

    async def changed(self, tenant: str, what: str, old: str, new: str, by: str) -> None:
        """See `Witness`."""
        await self._write(tenant, what, old, new, by)

    async def latest(self, caller: Caller, limit: int) -> Sequence[Change]:
        """Of the caller's tenant, newest first."""
        async with self._trail.failures(caller, "change.read"):
            caller.permit(Permission.APPROVE)
            async with transaction(self._engine) as connection:
                found = await store.changes(connection, caller.principal.tenant, limit)
            await self._trail.success(caller, "change.read")
        return found

    async def approve(self, caller: Caller, name: str) -> Change:
        """By another person than who made it. Raises SamePersonError, ConflictError."""
        async with self._trail.failures(caller, "change.approve", name):
            caller.permit(Permission.APPROVE)
            who, tenant = caller.principal.subject, caller.principal.tenant
            async with transaction(self._engine) as connection:
                found = await store.change(connection, tenant, name) if is_id(name) else None
                if found is None:
                    raise NotFoundError("there is no such change")
                if found.changed_by == who:
                    raise SamePersonError("who changed it does not approve it")
                if not await store.approve_change(connection, found, who, self._clock()):
                    raise ConflictError("this change is approved already")
                await self._trail.success(caller, "change.approve", name, found.what)
                approved = await store.change(connection, tenant, name)
        return approved or found

    async def _write(self, tenant: str, what: str, old: str, new: str, by: str) -> Change:
        change = Change(tenant, new_id("cfg"), what, old, new, by, self._clock())
        caller = Caller(Principal(by, tenant, frozenset(), "-"), "local", "-", False)
        async with transaction(self._engine) as connection:
            await store.add_change(connection, change)
            await self._trail.success(caller, "change.made", change.id, f"{what} old:{old} new:{new}")
        return change
