"""What is done with people's data, in the audit log: which request or profile, never whose (10.2.2)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from reference_impl.audit.model import AuditLog, Outcome
from reference_impl.auth.model import Caller, Permission
from reference_impl.clock import Clock
from reference_impl.errors import ForbiddenError, ServiceError


@dataclass(slots=True)
class Ending:
    """Of what was done: `resource`, where it is known only then; `reason`: a stable word."""

    resource: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """Events of callers."""

    log: AuditLog
    clock: Clock

    @asynccontextmanager
    async def of(self, caller: Caller, permission: Permission, action: str, resource: str) -> AsyncIterator[Ending]:
        """Whatever is done, denied or goes wrong inside is recorded before it is told.

        `resource`: checked, as it may be anything that somebody sent. Raises ForbiddenError, UnavailableError.
        """
        ending = Ending(resource)
        try:
            caller.permit(permission)
            yield ending
        except ServiceError as error:
            outcome = Outcome.DENIED if isinstance(error, ForbiddenError) else Outcome.FAILURE
            await self.log.append([caller.event(action, ending.resource, self.clock(), outcome, error.code)])
            raise
        await self.log.append([caller.event(action, ending.resource, self.clock(), reason=ending.reason)])

    async def begun(self, caller: Caller, action: str, resource: str) -> None:
        """Before what cannot be undone."""
        await self.log.append([caller.event(action, resource, self.clock(), reason="begun")])
