"""What the vault writes into the audit log: who, what, when, how it ended, from where, and which token (10.2.2)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from reference_impl.audit.model import AuditLog, Event, Outcome
from reference_impl.auth.model import Caller
from reference_impl.clock import Clock
from reference_impl.errors import ForbiddenError, ServiceError
from reference_impl.vault.model import is_token


@dataclass(frozen=True, slots=True)
class Trail:
    """Events of callers."""

    log: AuditLog
    clock: Clock

    def event(self, caller: Caller, action: str, token: str, outcome: Outcome, reason: str = "") -> Event:
        """`token`: recorded if it has the form of one; somebody may have sent a card number in its place."""
        return Event(
            user=caller.principal.subject,
            action=action,
            at=self.clock(),
            outcome=outcome,
            origin=caller.origin,
            resource=token if is_token(token) else "token",
            tenant=caller.principal.tenant,
            request_id=caller.request_id,
            reason=reason,
        )

    async def success(self, caller: Caller, action: str, token: str, reason: str = "") -> None:
        """Returns once it is on disk: the moment from which something may be handed out."""
        await self.log.append([self.event(caller, action, token, Outcome.SUCCESS, reason)])

    @asynccontextmanager
    async def failures(self, caller: Caller, action: str, token: str) -> AsyncIterator[None]:
        """Whatever is denied or goes wrong inside is recorded before it is told."""
        try:
            yield
        except ServiceError as error:
            outcome = Outcome.DENIED if isinstance(error, ForbiddenError) else Outcome.FAILURE
            await self.log.append([self.event(caller, action, token, outcome, error.code)])
            raise
