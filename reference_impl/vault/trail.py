"""What the vault writes into the audit log: who, what, when, how it ended, from where, and which token (10.2.2)."""

from __future__ import annotations

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
        return caller.event(action, token if is_token(token) else "token", self.clock(), outcome, reason)

    async def success(self, caller: Caller, action: str, token: str, reason: str = "") -> None:
        """Returns once it is on disk: the moment from which something may be handed out."""
        await self.log.append([self.event(caller, action, token, Outcome.SUCCESS, reason)])


@dataclass(frozen=True, slots=True)
class Failures:
    """`async with`: whatever is denied or goes wrong inside is recorded before it is told."""

    trail: Trail
    caller: Caller
    action: str
    token: str

    async def __aenter__(self) -> None:
        return

    async def __aexit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, ServiceError):
            outcome = Outcome.DENIED if isinstance(error, ForbiddenError) else Outcome.FAILURE
            event = self.trail.event(self.caller, self.action, self.token, outcome, error.code)
            await self.trail.log.append([event])
