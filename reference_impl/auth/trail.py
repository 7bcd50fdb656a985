"""What callers do, in the audit log: who, what, when, how it ended, from where, to which one (10.2.2)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from reference_impl.audit.model import AuditLog, Outcome
from reference_impl.auth.model import Caller
from reference_impl.clock import Clock
from reference_impl.errors import ForbiddenError, ServiceError


@dataclass(frozen=True, slots=True)
class Trail:
    """Events of callers. Actions are named as `incident.open`, what they are about then as `incident:NAME`.

    `named`: whether a text has the form of a name of ours. Other texts are not recorded: somebody may have sent a card
    number in its place.
    """

    log: AuditLog
    clock: Clock
    named: Callable[[str], bool]

    async def success(self, caller: Caller, action: str, name: str = "", reason: str = "") -> None:
        """Returns once it is on disk. Raises UnavailableError."""
        await self._append(caller, action, name, Outcome.SUCCESS, reason)

    @asynccontextmanager
    async def failures(self, caller: Caller, action: str, name: str = "") -> AsyncIterator[None]:
        """Whatever is denied or goes wrong inside is recorded before it is told."""
        try:
            yield
        except ServiceError as error:
            outcome = Outcome.DENIED if isinstance(error, ForbiddenError) else Outcome.FAILURE
            await self._append(caller, action, name, outcome, error.code)
            raise

    async def _append(self, caller: Caller, action: str, name: str, outcome: Outcome, reason: str) -> None:
        kind = action.partition(".")[0]
        resource = f"{kind}:{name}" if self.named(name) else kind
        await self.log.append([caller.event(action, resource, self.clock(), outcome, reason)])
