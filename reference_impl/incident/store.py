"""Tables of incidents, measures and notices. Every query for somebody names the tenant."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Row, String, Table, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from reference_impl.database import METADATA, UtcTime, row_of
from reference_impl.incident.model import (
    Account,
    AccountKind,
    Incident,
    IncidentState,
    IncidentType,
    Measure,
    MeasureKind,
    ReportDecision,
    Severity,
    Standing,
)

INCIDENTS = Table(
    "incidents",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("type", String(32), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("details", String(2000), nullable=False),
    Column("state", String(16), nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("opened_by", String(255), nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("last_at", UtcTime, nullable=False),
    Column("aware_at", UtcTime, nullable=False),
    Column("report_by", UtcTime),
    Column("decision", String(16)),
    Column("reference", String(200)),
    Column("reported_by", String(255)),
    Column("reported_at", UtcTime),
    Column("resolved_by", String(255)),
    Column("resolved_at", UtcTime),
    Column("sealed", LargeBinary),
    Index("ix_incidents_tenant_opened_at", "tenant", "opened_at"),
)
MEASURES = Table(
    "measures",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("incident", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("account_kind", String(16)),
    Column("account", String(128)),
    Column("begun_by", String(255), nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("ended_by", String(255)),
    Column("ended_at", UtcTime),
    Index("ix_measures_tenant_ends_at", "tenant", "ends_at"),
)

_INCIDENT, _MEASURE = INCIDENTS.c, MEASURES.c


async def in_turn(connection: AsyncConnection, tenant: str, type_: IncidentType, subject: str) -> None:
    """Who reports the same at the same time waits: one opens it, the others are counted. SQLite has one writer."""
    if connection.dialect.name == "postgresql":
        key = hashlib.sha256(f"{tenant}|{type_.value}|{subject}".encode()).digest()
        await connection.execute(select(func.pg_advisory_xact_lock(int.from_bytes(key[:8], "big", signed=True))))


async def same(
    connection: AsyncConnection, tenant: str, type_: IncidentType, subject: str, since: datetime
) -> Incident | None:
    """The latest that is not resolved, of that type about that subject, if it was seen since then."""
    which = and_(
        _INCIDENT.tenant == tenant,
        _INCIDENT.type == type_.value,
        _INCIDENT.subject == subject,
        _INCIDENT.state != IncidentState.RESOLVED.value,
        _INCIDENT.last_at >= since,
    )
    found = await connection.execute(select(INCIDENTS).where(which).order_by(_INCIDENT.last_at.desc()).limit(1))
    row = found.one_or_none()
    return None if row is None else _incident(row)


async def add(connection: AsyncConnection, incident: Incident) -> None:
    """A new one."""
    await connection.execute(insert(INCIDENTS).values(_row(incident)))


async def change(connection: AsyncConnection, before: Incident, after: Incident) -> bool:
    """Whether it was still as it had been read."""
    this = and_(
        _INCIDENT.tenant == before.tenant,
        _INCIDENT.id == before.id,
        _INCIDENT.state == before.state.value,
        _INCIDENT.severity == before.severity.value,
        _INCIDENT.count == before.count,
        _INCIDENT.reported_at.is_(None) if before.reported_at is None else _INCIDENT.reported_at.is_not(None),
    )
    values = {name: value for name, value in _row(after).items() if name not in ("tenant", "id")}
    return (await connection.execute(update(INCIDENTS).where(this).values(values))).rowcount == 1


async def find(connection: AsyncConnection, tenant: str, incident: str) -> Incident | None:
    """One of this tenant."""
    row = (
        await connection.execute(select(INCIDENTS).where(_INCIDENT.tenant == tenant, _INCIDENT.id == incident))
    ).one_or_none()
    return None if row is None else _incident(row)


async def latest(
    connection: AsyncConnection, tenant: str, state: IncidentState | None, limit: int
) -> Sequence[Incident]:
    """Newest first."""
    wanted = select(INCIDENTS).where(_INCIDENT.tenant == tenant)
    if state is not None:
        wanted = wanted.where(_INCIDENT.state == state.value)
    rows = await connection.execute(wanted.order_by(_INCIDENT.opened_at.desc(), _INCIDENT.id).limit(limit))
    return [_incident(row) for row in rows]


async def begin(connection: AsyncConnection, measures: Iterable[Measure]) -> None:
    """New ones, one at least."""
    rows = []
    for measure in measures:
        kind, name = measure.account or (None, None)
        accounts = {"account_kind": None if kind is None else kind.value, "account": name}
        rows.append(row_of(MEASURES, measure, kind=measure.kind.value, **accounts))
    await connection.execute(insert(MEASURES), rows)


async def end(connection: AsyncConnection, measure: Measure, by: str, now: datetime) -> bool:
    """Whether it was in force until now."""
    this = and_(_MEASURE.tenant == measure.tenant, _MEASURE.id == measure.id, _in_force(now))
    return (await connection.execute(update(MEASURES).where(this).values(ended_by=by, ended_at=now))).rowcount == 1


async def measure(connection: AsyncConnection, tenant: str, name: str) -> Measure | None:
    """One of this tenant."""
    row = (
        await connection.execute(select(MEASURES).where(_MEASURE.tenant == tenant, _MEASURE.id == name))
    ).one_or_none()
    return None if row is None else _measure(row)


async def measures_of(connection: AsyncConnection, tenant: str, incident: str) -> Sequence[Measure]:
    """All that were taken, oldest first."""
    wanted = select(MEASURES).where(_MEASURE.tenant == tenant, _MEASURE.incident == incident)
    return [_measure(row) for row in await connection.execute(wanted.order_by(_MEASURE.begun_at, _MEASURE.id))]


async def standing(connection: AsyncConnection, tenant: str, now: datetime) -> Standing:
    """What is in force."""
    wanted = select(_MEASURE.kind, _MEASURE.account_kind, _MEASURE.account)
    rows = (await connection.execute(wanted.where(_MEASURE.tenant == tenant, _in_force(now)))).all()
    kinds = {row.kind for row in rows}
    return Standing(
        frozenset(Account(AccountKind(row.account_kind), row.account) for row in rows if row.account is not None),
        MeasureKind.FRAUD_SENSITIVITY.value in kinds,
        MeasureKind.PROTECTION.value in kinds,
    )


async def figures(
    connection: AsyncConnection, now: datetime
) -> tuple[Mapping[str, int], datetime | None, Mapping[str, int]]:
    """Of all tenants together, for monitoring: unresolved incidents by severity, the first report that is due, and
    measures in force by kind.
    """
    unresolved = _INCIDENT.state != IncidentState.RESOLVED.value
    by_severity = await connection.execute(
        select(_INCIDENT.severity, func.count()).where(unresolved).group_by(_INCIDENT.severity)
    )
    due = select(_INCIDENT.report_by).where(_INCIDENT.report_by.is_not(None), _INCIDENT.reported_at.is_(None))
    first = await connection.scalar(due.order_by(_INCIDENT.report_by).limit(1))
    by_kind = await connection.execute(
        select(_MEASURE.kind, func.count()).where(_in_force(now)).group_by(_MEASURE.kind)
    )
    return {row[0]: row[1] for row in by_severity}, first, {row[0]: row[1] for row in by_kind}


def _in_force(now: datetime) -> Any:
    return and_(_MEASURE.ended_at.is_(None), _MEASURE.ends_at > now)


def _row(incident: Incident) -> dict[str, Any]:
    decision = incident.decision
    return row_of(
        INCIDENTS,
        incident,
        type=incident.type.value,
        severity=incident.severity.value,
        state=incident.state.value,
        decision=None if decision is None else decision.value,
    )


def _incident(row: Row[Any]) -> Incident:
    fields = dict(row._mapping)
    decision = fields["decision"]
    return Incident(
        **fields
        | {
            "type": IncidentType(fields["type"]),
            "severity": Severity(fields["severity"]),
            "state": IncidentState(fields["state"]),
            "decision": None if decision is None else ReportDecision(decision),
        }
    )


def _measure(row: Row[Any]) -> Measure:
    fields = dict(row._mapping)
    kind, name = fields.pop("account_kind"), fields.pop("account")
    account = None if kind is None else Account(AccountKind(kind), name)
    return Measure(**fields | {"kind": MeasureKind(fields["kind"]), "account": account})
