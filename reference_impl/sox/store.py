"""Tables of periods, approvals, changes, and who was seen with which roles. Every query names the tenant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from reference_impl.database import METADATA, UtcTime, row_of
from reference_impl.money import Money
from reference_impl.sox.model import canonical

PERIODS = Table(
    "sox_periods",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("report", Text, nullable=False),
    Column("signature", String(128), nullable=False),
    Column("prepared_by", String(255), nullable=False),
    Column("prepared_at", UtcTime, nullable=False),
    Column("closed_by", String(255)),
    Column("closed_at", UtcTime),
    Column("explanation", String(2000)),
    Index("ix_sox_periods_tenant_until", "tenant", "until"),
)
"""`report`: canonical JSON, as it was signed."""
APPROVALS = Table(
    "sox_approvals",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("subject", String(128), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("asked_by", String(255), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("decision", String(16)),
    Column("decided_by", String(255)),
    Column("decided_at", UtcTime),
    UniqueConstraint("tenant", "subject"),
)
CHANGES = Table(
    "sox_changes",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("what", String(64), nullable=False),
    Column("old", String(128), nullable=False),
    Column("new", String(128), nullable=False),
    Column("changed_by", String(255), nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("approved_by", String(255)),
    Column("approved_at", UtcTime),
    Index("ix_sox_changes_tenant_what_changed_at", "tenant", "what", "changed_at"),
)
_PERIOD, _APPROVAL, _CHANGE = PERIODS.c, APPROVALS.c, CHANGES.c


@dataclass(frozen=True, slots=True)
class Period:
    """A report that is kept: prepared by one person, closed by another. `report`: a `model.Report.document`."""

    tenant: str
    id: str
    since: datetime
    until: datetime
    report: dict[str, Any]
    signature: str
    prepared_by: str
    prepared_at: datetime
    closed_by: str | None = None
    closed_at: datetime | None = None
    explanation: str | None = None

    @property
    def document(self) -> str:
        """The report as canonical JSON, as it is signed."""
        return canonical(self.report)


@dataclass(frozen=True, slots=True)
class Approval:
    """Asked for by one person, decided by another. `decision`: approved, refused, or None."""

    tenant: str
    id: str
    subject: str
    money: Money
    asked_by: str
    asked_at: datetime
    decision: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Of configuration or keys. `old`, `new`: digests or versions."""

    tenant: str
    id: str
    what: str
    old: str
    new: str
    changed_by: str
    changed_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None


_PERIODS = 0x736F78
"""Of the advisory lock; the word "sox"."""


async def periods_in_turn(connection: AsyncConnection) -> None:
    """Two people who close periods that overlap wait for each other. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(_PERIODS)))


async def add_period(connection: AsyncConnection, period: Period) -> None:
    """A new one."""
    await connection.execute(insert(PERIODS).values(row_of(PERIODS, period, report=period.document)))


async def period(connection: AsyncConnection, tenant: str, name: str) -> Period | None:
    """One of this tenant."""
    found = await connection.execute(select(PERIODS).where(_PERIOD.tenant == tenant, _PERIOD.id == name))
    row = found.one_or_none()
    return None if row is None else _period(row)


async def closed_within(connection: AsyncConnection, tenant: str, since: datetime, until: datetime) -> bool:
    """Whether a closed period overlaps that time."""
    which = and_(_PERIOD.tenant == tenant, _PERIOD.closed_at.is_not(None), _PERIOD.since < until, _PERIOD.until > since)
    return (await connection.execute(select(_PERIOD.id).where(which).limit(1))).first() is not None


async def close(connection: AsyncConnection, one: Period, by: str, now: datetime, explanation: str | None) -> bool:
    """Whether it was open."""
    this = and_(_PERIOD.tenant == one.tenant, _PERIOD.id == one.id, _PERIOD.closed_at.is_(None))
    values = {"closed_by": by, "closed_at": now, "explanation": explanation}
    return (await connection.execute(update(PERIODS).where(this).values(values))).rowcount == 1


async def ask(connection: AsyncConnection, approval: Approval) -> None:
    """A new one."""
    money = {"amount": approval.money.amount, "currency": approval.money.currency}
    await connection.execute(insert(APPROVALS).values(row_of(APPROVALS, approval, **money)))


async def approval_of(connection: AsyncConnection, tenant: str, subject: str) -> Approval | None:
    """Of what it is about."""
    return await _one_approval(connection, and_(_APPROVAL.tenant == tenant, _APPROVAL.subject == subject))


async def approval(connection: AsyncConnection, tenant: str, name: str) -> Approval | None:
    """One of this tenant."""
    return await _one_approval(connection, and_(_APPROVAL.tenant == tenant, _APPROVAL.id == name))


async def waiting_approvals(connection: AsyncConnection, tenant: str, limit: int) -> Sequence[Approval]:
    """Not decided, the oldest first."""
    which = and_(_APPROVAL.tenant == tenant, _APPROVAL.decision.is_(None))
    rows = await connection.execute(select(APPROVALS).where(which).order_by(_APPROVAL.asked_at).limit(limit))
    return [_approval(row) for row in rows]


async def decide(connection: AsyncConnection, one: Approval, decision: str, by: str, now: datetime) -> bool:
    """Whether it was open."""
    this = and_(_APPROVAL.tenant == one.tenant, _APPROVAL.id == one.id, _APPROVAL.decision.is_(None))
    values = {"decision": decision, "decided_by": by, "decided_at": now}
    return (await connection.execute(update(APPROVALS).where(this).values(values))).rowcount == 1


async def add_change(connection: AsyncConnection, change: Change) -> None:
    """A new one."""
    await connection.execute(insert(CHANGES).values(row_of(CHANGES, change)))


async def last_change(connection: AsyncConnection, tenant: str, what: str) -> Change | None:
    """The latest of that."""
    which = and_(_CHANGE.tenant == tenant, _CHANGE.what == what)
    found = await connection.execute(
        select(CHANGES).where(which).order_by(_CHANGE.changed_at.desc(), _CHANGE.id.desc()).limit(1)
    )
    row = found.one_or_none()
    return None if row is None else Change(**row._mapping)


async def change(connection: AsyncConnection, tenant: str, name: str) -> Change | None:
    """One of this tenant."""
    found = await connection.execute(select(CHANGES).where(_CHANGE.tenant == tenant, _CHANGE.id == name))
    row = found.one_or_none()
    return None if row is None else Change(**row._mapping)


async def changes(connection: AsyncConnection, tenant: str, limit: int) -> Sequence[Change]:
    """The latest first."""
    wanted = select(CHANGES).where(_CHANGE.tenant == tenant)
    rows = await connection.execute(wanted.order_by(_CHANGE.changed_at.desc(), _CHANGE.id).limit(limit))
    return [Change(**row._mapping) for row in rows]


async def approve_change(connection: AsyncConnection, one: Change, by: str, now: datetime) -> bool:
    """Whether nobody had."""
    this = and_(_CHANGE.tenant == one.tenant, _CHANGE.id == one.id, _CHANGE.approved_at.is_(None))
    values = {"approved_by": by, "approved_at": now}
    return (await connection.execute(update(CHANGES).where(this).values(values))).rowcount == 1


async def _one_approval(connection: AsyncConnection, which: Any) -> Approval | None:
    row = (await connection.execute(select(APPROVALS).where(which))).one_or_none()
    return None if row is None else _approval(row)


def _approval(row: Row[Any]) -> Approval:
    fields = dict(row._mapping)
    money = Money(fields.pop("amount"), fields.pop("currency"))
    return Approval(**fields, money=money)


def _period(row: Row[Any]) -> Period:
    fields = dict(row._mapping)
    return Period(**fields | {"report": json.loads(fields["report"])})
