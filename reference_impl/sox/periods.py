"""Financial periods: reported, prepared by one person, closed by another who moved no money in them."""

from __future__ import annotations

import base64
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.audit.model import AuditLog
from reference_impl.auth.model import Caller, Permission
from reference_impl.auth.trail import Trail
from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.errors import ConflictError, IntegrityError, NotFoundError
from reference_impl.sox import store
from reference_impl.sox.model import SamePersonError, is_id, new_id, statement
from reference_impl.sox.report import PeriodReports
from reference_impl.sox.store import Period


class Periods:
    """Every method raises ForbiddenError, NotFoundError, UnavailableError; all of it is in the audit log (10.2.1.3)."""

    def __init__(
        self,
        engine: AsyncEngine,
        reports: PeriodReports,
        audit: AuditLog,
        signing: Ed25519PrivateKey,
        clock: Clock = utc_now,
    ) -> None:
        self._engine, self._reports, self._signing, self._clock = engine, reports, signing, clock
        self._trail = Trail(audit, clock, is_id)

    async def report(self, caller: Caller, since: datetime, until: datetime) -> Period:
        """One that is not kept. Raises as `PeriodReports.make`."""
        async with self._trail.failures(caller, "period.report"):
            caller.permit(Permission.REPORT_FINANCES)
            made = await self._made(caller, since, until)
            await self._trail.success(caller, "period.report", reason=_words(made))
        return made

    async def prepare(self, caller: Caller, since: datetime, until: datetime) -> Period:
        """One that another person may close. Raises ConflictError where a part of it is closed already."""
        async with self._trail.failures(caller, "period.prepare"):
            caller.permit(Permission.REPORT_FINANCES)
            made = await self._made(caller, since, until)
            async with transaction(self._engine) as connection:
                await self._not_closed(connection, made)
                await store.add_period(connection, made)
                await self._trail.success(caller, "period.prepare", made.id, _words(made))
        return made

    async def find(self, caller: Caller, name: str) -> Period:
        """As it was prepared. Raises IntegrityError if it is not what was signed."""
        async with self._trail.failures(caller, "period.read", name):
            caller.permit(Permission.REPORT_FINANCES)
            async with transaction(self._engine) as connection:
                found = await self._one(connection, caller, name)
            await self._trail.success(caller, "period.read", name)
        return found

    async def close(self, caller: Caller, name: str, explanation: str | None) -> Period:
        """By another person than who prepared it, who moved no money in it. Where records and stores differ, only with
        an explanation. Raises SamePersonError, ConflictError.
        """
        async with self._trail.failures(caller, "period.close", name):
            caller.permit(Permission.CLOSE_PERIOD)
            who, now = caller.principal.subject, self._clock()
            async with transaction(self._engine) as connection:
                await store.periods_in_turn(connection)
                found = await self._one(connection, caller, name)
                if found.closed_at is not None:
                    raise ConflictError("this period is closed")
                if found.prepared_by == who:
                    raise SamePersonError("who prepared a period does not close it")
                if who in found.report["people"]:
                    raise SamePersonError("who moved money in a period does not close it")
                if found.report["differing"] and not explanation:
                    raise ConflictError("records and stores differ: explain it to close this period")
                await self._not_closed(connection, found)
                if not await store.close(connection, found, who, now, explanation):
                    raise ConflictError("this period is closed")
                await self._trail.success(caller, "period.close", name, _words(found))
                closed = await self._one(connection, caller, name)
        return closed

    async def _made(self, caller: Caller, since: datetime, until: datetime) -> Period:
        who = caller.principal
        report = await self._reports.make(who.tenant, since, until, who.subject)
        document = report.document
        signature = base64.b64encode(self._signing.sign(statement(document))).decode()
        return Period(who.tenant, new_id("per"), since, until, document, signature, who.subject, report.made_at)

    async def _one(self, connection: AsyncConnection, caller: Caller, name: str) -> Period:
        found = await store.period(connection, caller.principal.tenant, name) if is_id(name) else None
        if found is None:
            raise NotFoundError("there is no such period")
        check(found.report, found.signature, self._signing.public_key())
        return found

    async def _not_closed(self, connection: AsyncConnection, period: Period) -> None:
        if await store.closed_within(connection, period.tenant, period.since, period.until):
            raise ConflictError("a part of this period is closed already")


def check(document: dict[str, object], signature: str, key: Ed25519PublicKey) -> None:
    """Whether a report is what was signed. Raises IntegrityError."""
    try:
        key.verify(base64.b64decode(signature, validate=True), statement(document))
    except (InvalidSignature, ValueError):
        raise IntegrityError("the signature of a financial report is wrong") from None


def _words(period: Period) -> str:
    """For the record."""
    when = f"{period.since.isoformat()}/{period.until.isoformat()}"
    return f"{when} records:{period.report['financial_records']['count']} differing:{period.report['differing']}"
