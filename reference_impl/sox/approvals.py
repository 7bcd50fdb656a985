"""Money that goes out above a limit is approved by another person first; and changes, by another than who made them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.exc import IntegrityError as AlreadyThereError
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import AuditLog
from reference_impl.auth.model import Caller, Permission
from reference_impl.auth.trail import Trail
from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.errors import ConflictError, ForbiddenError, NotFoundError
from reference_impl.money import EXPONENTS, Money
from reference_impl.sox import store
from reference_impl.sox.model import ApprovalRequiredError, SamePersonError, is_id, new_id
from reference_impl.sox.store import Approval

APPROVED, REFUSED = "approved", "refused"


class FourEyes:
    """`Approvals`, and what the other person does. Raises ForbiddenError, NotFoundError, UnavailableError; all of it is
    in the audit log. `above`: in major units, of any currency.
    """

    def __init__(self, engine: AsyncEngine, audit: AuditLog, above: Decimal, clock: Clock = utc_now) -> None:
        self._engine, self._above, self._clock = engine, above, clock
        self._trail = Trail(audit, clock, is_id)

    async def need(self, caller: Caller, subject: str, money: Money, before: int) -> None:
        """See `Approvals`. `subject`: what it is about, as `refund:…`, with a name of ours."""
        if Decimal(before + money.amount).scaleb(-EXPONENTS[money.currency]) <= self._above:
            return
        tenant = caller.principal.tenant
        async with transaction(self._engine) as connection:
            known = await store.approval_of(connection, tenant, subject)
        if known is None:
            known = await self._ask(caller, subject, money)
        if known.decision == REFUSED:
            raise ForbiddenError("another person has refused this")
        if known.decision != APPROVED:
            raise ApprovalRequiredError(known.id)

    async def waiting(self, caller: Caller, limit: int) -> Sequence[Approval]:
        """Not decided, the oldest first."""
        async with self._trail.failures(caller, "approval.read"):
            caller.permit(Permission.APPROVE)
            async with transaction(self._engine) as connection:
                found = await store.waiting_approvals(connection, caller.principal.tenant, limit)
            await self._trail.success(caller, "approval.read")
        return found

    async def decide(self, caller: Caller, name: str, *, approved: bool) -> Approval:
        """Once, by another person than who asked. Raises SamePersonError, ConflictError."""
        async with self._trail.failures(caller, "approval.decide", name):
            caller.permit(Permission.APPROVE)
            who, tenant = caller.principal.subject, caller.principal.tenant
            decision = APPROVED if approved else REFUSED
            async with transaction(self._engine) as connection:
                found = await store.approval(connection, tenant, name) if is_id(name) else None
                if found is None:
                    raise NotFoundError("there is no such approval")
                if found.asked_by == who:
                    raise SamePersonError("who asked for it does not approve it")
                if not await store.decide(connection, found, decision, who, self._clock()):
                    raise ConflictError("this was decided before")
                await self._trail.success(caller, "approval.decide", name, f"{decision} {found.subject}")
                decided = await store.approval(connection, tenant, name)
        return decided or found

    async def _ask(self, caller: Caller, subject: str, money: Money) -> Approval:
        who, now = caller.principal, self._clock()
        wanted = Approval(who.tenant, new_id("apr"), subject, money, who.subject, now)
        try:
            async with transaction(self._engine) as connection:
                await store.ask(connection, wanted)
                await self._trail.success(caller, "approval.ask", wanted.id, subject)
        except AlreadyThereError:  # asked for at the same time
            async with transaction(self._engine) as connection:
                return await store.approval_of(connection, who.tenant, subject) or wanted
        return wanted
