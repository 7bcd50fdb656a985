"""The table of notices that are to be sent, or were. An outbox: written with what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, Integer, String, Table, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from reference_impl.database import METADATA, UtcTime, row_of
from reference_impl.incident.model import NoticeReason

NOTICES = Table(
    "incident_notices",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("incident", String(32), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("next_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("ended_at", UtcTime),
    Index("ix_incident_notices_ended_at_next_at", "ended_at", "next_at"),
)
_NOTICE = NOTICES.c


@dataclass(frozen=True, slots=True)
class Notice:
    """`due_at`: when somebody is to be told; `next_at`: when it is tried (again); `ended_at`: when it was delivered, or
    there was nothing left to say.
    """

    tenant: str
    id: str
    incident: str
    reason: NoticeReason
    due_at: datetime
    next_at: datetime
    attempts: int = 0
    ended_at: datetime | None = None


async def add(connection: AsyncConnection, notices: Iterable[Notice]) -> None:
    """In the transaction of what they are about; one at least."""
    await connection.execute(
        insert(NOTICES), [row_of(NOTICES, notice, reason=notice.reason.value) for notice in notices]
    )


async def due(connection: AsyncConnection, now: datetime, limit: int) -> Sequence[Notice]:
    """Of all tenants: whoever sends them works for all. The longest waiting first."""
    wanted = select(NOTICES).where(_NOTICE.ended_at.is_(None), _NOTICE.next_at <= now)
    rows = await connection.execute(wanted.order_by(_NOTICE.next_at).limit(limit))
    return [Notice(**dict(row._mapping) | {"reason": NoticeReason(row.reason)}) for row in rows]


async def claim(connection: AsyncConnection, notice: Notice, next_at: datetime) -> bool:
    """Whether this process sends it now; nobody tries again before `next_at`."""
    this = and_(
        _NOTICE.tenant == notice.tenant,
        _NOTICE.id == notice.id,
        _NOTICE.attempts == notice.attempts,
        _NOTICE.ended_at.is_(None),
    )
    values = {"next_at": next_at, "attempts": notice.attempts + 1}
    return (await connection.execute(update(NOTICES).where(this).values(values))).rowcount == 1


async def ended(connection: AsyncConnection, notice: Notice, now: datetime) -> None:
    """Delivered, or moot."""
    this = and_(_NOTICE.tenant == notice.tenant, _NOTICE.id == notice.id)
    await connection.execute(update(NOTICES).where(this).values(ended_at=now))


async def late(connection: AsyncConnection, due_before: datetime) -> int:
    """How many should have been delivered by then and were not."""
    which = and_(_NOTICE.ended_at.is_(None), _NOTICE.due_at < due_before)
    return await connection.scalar(select(func.count()).select_from(NOTICES).where(which)) or 0
