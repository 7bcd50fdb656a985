"""Opens incidents, follows them, and begins and ends measures."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.audit.model import AuditLog, Event, Outcome
from reference_impl.auth.model import Caller, Permission
from reference_impl.auth.trail import Trail
from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.errors import ConflictError, InvalidInputError, NotFoundError
from reference_impl.incident import notice_store, store
from reference_impl.incident.model import (
    AT_ONCE,
    REMIND_BEFORE,
    REPORT_WITHIN,
    Account,
    Incident,
    IncidentState,
    IncidentType,
    Measure,
    MeasureKind,
    NoticeReason,
    OwnMeasureError,
    ReportDecision,
    Severity,
    Sighting,
    is_id,
    new_id,
)
from reference_impl.incident.notice_store import Notice

_log = logging.getLogger(__name__)

MAX_HOURS = 24 * 30


class Told(NamedTuple):
    """An incident with the measures that were taken."""

    incident: Incident
    measures: Sequence[Measure]


@dataclass(frozen=True, slots=True)
class Terms:
    """`window`: how long after it was last seen the same is counted and not opened anew; `lasts`: how long measures
    that begin by themselves are in force.
    """

    window: timedelta = timedelta(hours=1)
    lasts: timedelta = timedelta(hours=24)


class Incidents:
    """Every method raises ForbiddenError, NotFoundError, UnavailableError; all of it is in the audit log, and on disk
    there before it takes effect.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        audit: AuditLog,
        changed: Callable[[str], None] = lambda _: None,
        terms: Terms | None = None,
        clock: Clock = utc_now,
    ) -> None:
        """`audit`: is appended to inside transactions, so it must not write to the same SQLite file; `changed`: is told
        whose measures are others now.
        """
        self._engine, self._changed, self._clock = engine, changed, clock
        self._audit, self._trail, self._terms = audit, Trail(audit, clock, is_id), terms or Terms()

    async def report(self, caller: Caller, seen: Sighting) -> Told:
        """A new incident, or the one that is counted up: the same type and subject within the window. What is to be
        done at once is in force when this returns, and who has to know is told.
        """
        async with self._trail.failures(caller, "incident.open"):
            caller.permit(Permission.MANAGE_INCIDENTS)
            now, tenant = self._clock(), caller.principal.tenant
            aware = seen.aware_at or now
            if aware > now:
                raise InvalidInputError("nobody is aware of it yet", "aware_at")
            async with transaction(self._engine) as connection:
                await store.in_turn(connection, tenant, seen.type, seen.subject)
                known = await store.same(connection, tenant, seen.type, seen.subject, now - self._terms.window)
                if known is None:
                    told = await self._open(connection, caller, seen, aware)
                else:
                    told = await self._count(connection, caller, seen, known, aware)
        self._changed(tenant)
        _log.warning(
            "incident",
            extra={
                "severity": told.incident.severity.value,
                "incident": told.incident.id,
                "kind": told.incident.type.value,
                "count": told.incident.count,
            },
        )
        return told

    async def find(self, caller: Caller, incident: str) -> Told:
        """With its measures."""
        async with self._trail.failures(caller, "incident.read", incident):
            caller.permit(Permission.READ_INCIDENT)
            async with transaction(self._engine) as connection:
                found = await self._one(connection, caller, incident)
                measures = await store.measures_of(connection, found.tenant, found.id)
            await self._trail.success(caller, "incident.read", incident)
        return Told(found, measures)

    async def latest(self, caller: Caller, state: IncidentState | None, limit: int) -> Sequence[Incident]:
        """Newest first."""
        async with self._trail.failures(caller, "incident.read"):
            caller.permit(Permission.READ_INCIDENT)
            async with transaction(self._engine) as connection:
                found = await store.latest(connection, caller.principal.tenant, state, limit)
            await self._trail.success(caller, "incident.read")
        return found

    async def acknowledge(self, caller: Caller, incident: str) -> Told:
        """Somebody is at it. Raises ConflictError if somebody was before."""

        def acknowledged(found: Incident) -> Incident:
            if found.state is not IncidentState.OPEN:
                raise ConflictError("somebody is at it already, or it is over")
            return replace(found, state=IncidentState.ACKNOWLEDGED)

        return await self._follow(caller, incident, "incident.acknowledge", acknowledged)

    async def escalate(self, caller: Caller, incident: str, severity: Severity) -> Told:
        """To a higher severity; more people are told. Raises ConflictError for one that is not higher."""

        def escalated(found: Incident) -> Incident:
            if severity.rank <= found.severity.rank:
                raise ConflictError("the severity of an incident only rises; resolve it instead")
            return replace(found, severity=severity)

        return await self._follow(caller, incident, "incident.escalate", escalated, NoticeReason.ESCALATED)

    async def authority(self, caller: Caller, incident: str, decision: ReportDecision, reference: str) -> Told:
        """The supervisory authority was notified, or need not be; with its file number, or why. Once."""

        def reported(found: Incident) -> Incident:
            if found.reported_at is not None:
                raise ConflictError("this was decided before")
            who, now = caller.principal.subject, self._clock()
            return replace(found, decision=decision, reference=reference, reported_by=who, reported_at=now)

        return await self._follow(caller, incident, "incident.report", reported, also_resolved=True)

    async def resolve(self, caller: Caller, incident: str) -> Told:
        """It is over. Raises ConflictError while measures are in force, or the authority has to know and does not."""
        now = self._clock()

        def resolved(found: Incident) -> Incident:
            if found.report_by is not None and found.reported_at is None:
                raise ConflictError("say first whether the authority was notified")
            state, who = IncidentState.RESOLVED, caller.principal.subject
            return replace(found, state=state, resolved_by=who, resolved_at=now)

        def none_in_force(measures: Sequence[Measure]) -> None:
            if any(measure.ended_at is None and measure.ends_at > now for measure in measures):
                raise ConflictError("end its measures first")

        return await self._follow(caller, incident, "incident.resolve", resolved, first=none_in_force)

    async def begin(
        self, caller: Caller, incident: str, kind: MeasureKind, account: Account | None, hours: int
    ) -> Measure:
        """A further measure. Raises InvalidInputError unless a block, and nothing else, is of an account."""
        async with self._trail.failures(caller, "measure.begin", incident):
            caller.permit(Permission.MANAGE_INCIDENTS)
            if (kind is MeasureKind.BLOCK) != (account is not None):
                raise InvalidInputError("a block, and nothing else, is of an account", "account")
            async with transaction(self._engine) as connection:
                found = await self._one(connection, caller, incident)
                if found.state is IncidentState.RESOLVED:
                    raise ConflictError("this incident is over")
                measure = self._measure(caller, found, kind, account, timedelta(hours=hours))
                await self._begin(connection, caller, [measure])
        self._changed(measure.tenant)
        return measure

    async def end(self, caller: Caller, name: str) -> Measure:
        """Before its time, by somebody else than who began it. Raises OwnMeasureError, ConflictError."""
        async with self._trail.failures(caller, "measure.end", name):
            caller.permit(Permission.MANAGE_INCIDENTS)
            tenant, who, now = caller.principal.tenant, caller.principal.subject, self._clock()
            async with transaction(self._engine) as connection:
                found = await store.measure(connection, tenant, name) if is_id(name) else None
                if found is None:
                    raise NotFoundError("there is no such measure")
                if found.begun_by == who:
                    raise OwnMeasureError
                if not await store.end(connection, found, who, now):
                    raise ConflictError("this measure is not in force any more")
                await self._trail.success(caller, "measure.end", name, _words(found))
        self._changed(tenant)
        return replace(found, ended_by=who, ended_at=now)

    async def _open(self, connection: AsyncConnection, caller: Caller, seen: Sighting, aware: datetime) -> Told:
        now = self._clock()
        breach = seen.type is IncidentType.DATA_BREACH
        incident = Incident(
            tenant=caller.principal.tenant,
            id=new_id("inc"),
            type=seen.type,
            severity=seen.severity,
            subject=seen.subject,
            details=seen.details,
            state=IncidentState.OPEN,
            count=1,
            opened_by=caller.principal.subject,
            opened_at=now,
            last_at=now,
            aware_at=aware,
            report_by=aware + REPORT_WITHIN if breach else None,
            sealed=seen.sealed,
        )
        await store.add(connection, incident)
        await self._notify(connection, incident, NoticeReason.OPENED)
        await self._trail.success(caller, "incident.open", incident.id, f"{seen.type.value} {seen.severity.value}")
        return Told(incident, await self._at_once(connection, caller, incident, seen.accounts, ()))

    async def _count(
        self, connection: AsyncConnection, caller: Caller, seen: Sighting, known: Incident, aware: datetime
    ) -> Told:
        """Seen again; perhaps it is worse than it was, or known for longer."""
        worse = seen.severity.rank > known.severity.rank
        earlier = min(known.aware_at, aware)
        incident = replace(
            known,
            count=known.count + 1,
            last_at=self._clock(),
            severity=seen.severity if worse else known.severity,
            aware_at=earlier,
            report_by=earlier + REPORT_WITHIN if known.report_by else None,
        )
        if not await store.change(connection, known, incident):
            raise ConflictError("this incident is being changed; report it again")
        if worse:
            await self._notify(connection, incident, NoticeReason.ESCALATED)
        await self._trail.success(caller, "incident.count", incident.id, f"{incident.count} {incident.severity.value}")
        taken = await store.measures_of(connection, incident.tenant, incident.id)
        return Told(incident, [*taken, *await self._at_once(connection, caller, incident, seen.accounts, taken)])

    async def _at_once(
        self,
        connection: AsyncConnection,
        caller: Caller,
        incident: Incident,
        accounts: Sequence[Account],
        taken: Sequence[Measure],
    ) -> Sequence[Measure]:
        """What is to be done and is not: what a person ended is not begun again by itself."""
        now = self._clock()
        standing = {(one.kind, one.account) for one in taken if one.ended_at is not None or one.ends_at > now}
        wanted: list[tuple[MeasureKind, Account | None]] = [(MeasureKind.BLOCK, one) for one in dict.fromkeys(accounts)]
        if (kind := AT_ONCE.get(incident.type)) is not None:
            wanted.append((kind, None))
        measures = [
            self._measure(caller, incident, kind, account, self._terms.lasts)
            for kind, account in wanted
            if (kind, account) not in standing
        ]
        if measures:
            await self._begin(connection, caller, measures)
        return measures

    async def _follow(
        self,
        caller: Caller,
        name: str,
        action: str,
        changed: Callable[[Incident], Incident],
        notice: NoticeReason | None = None,
        *,
        first: Callable[[Sequence[Measure]], None] = lambda _: None,
        also_resolved: bool = False,
    ) -> Told:
        async with self._trail.failures(caller, action, name):
            caller.permit(Permission.MANAGE_INCIDENTS)
            async with transaction(self._engine) as connection:
                found = await self._one(connection, caller, name)
                if found.state is IncidentState.RESOLVED and not also_resolved:
                    raise ConflictError("this incident is over")
                measures = await store.measures_of(connection, found.tenant, found.id)
                first(measures)
                incident = changed(found)
                if not await store.change(connection, found, incident):
                    raise ConflictError("somebody else has just changed this incident")
                if notice is not None:
                    await self._notify(connection, incident, notice)
                said = incident.decision.value if incident.decision and action == "incident.report" else ""
                await self._trail.success(caller, action, name, said or incident.severity.value)
        return Told(incident, measures)

    async def _notify(self, connection: AsyncConnection, incident: Incident, reason: NoticeReason) -> None:
        """With a breach, also before the 72 hours are over, and when they are; those are moot once it is reported."""
        now = self._clock()
        when = [(reason, now)]
        if reason is NoticeReason.OPENED and incident.report_by is not None:
            when.append((NoticeReason.REPORT_DUE, incident.report_by - REMIND_BEFORE))
            when.append((NoticeReason.REPORT_OVERDUE, incident.report_by))
        await notice_store.add(
            connection, [Notice(incident.tenant, new_id("ntc"), incident.id, each, at, at) for each, at in when]
        )

    async def _begin(self, connection: AsyncConnection, caller: Caller, measures: Sequence[Measure]) -> None:
        await store.begin(connection, measures)
        events = [self._begun(caller, measure) for measure in measures]
        await self._audit.append(events)

    def _begun(self, caller: Caller, measure: Measure) -> Event:
        words = f"{_words(measure)} until {measure.ends_at.isoformat(timespec='seconds')}"
        return caller.event("measure.begin", f"measure:{measure.id}", self._clock(), Outcome.SUCCESS, words)

    def _measure(
        self, caller: Caller, incident: Incident, kind: MeasureKind, account: Account | None, lasts: timedelta
    ) -> Measure:
        now, who = self._clock(), caller.principal.subject
        return Measure(incident.tenant, new_id("msr"), incident.id, kind, account, who, now, now + lasts)

    async def _one(self, connection: AsyncConnection, caller: Caller, name: str) -> Incident:
        found = await store.find(connection, caller.principal.tenant, name) if is_id(name) else None
        if found is None:
            raise NotFoundError("there is no such incident")
        return found


def _words(measure: Measure) -> str:
    """For the record, which is to say what was blocked."""
    return (
        measure.kind.value if measure.account is None else f"block {measure.account.kind.value}:{measure.account.name}"
    )
