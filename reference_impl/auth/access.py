"""Who was seen with which roles, and reviews of that (PCI DSS v4.0.1, 7.2.4: every six months).

Roles are the issuer's: this service sees them in access tokens. Who never came is not in the review, and not in danger
of doing anything here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import JSON, Column, String, Table, bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import AuditLog
from reference_impl.auth.duties import conflicts_of
from reference_impl.auth.model import Caller, Permission, Principal
from reference_impl.auth.trail import Trail
from reference_impl.clock import Clock, utc_now
from reference_impl.database import METADATA, UtcTime, transaction

UNUSED = timedelta(days=90)
"""8.2.6: accounts that nobody used for so long are removed or disabled."""
EVERY = timedelta(days=182)
"""Six months."""

ACCESS = Table(
    "access_seen",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("roles", JSON, nullable=False),
    Column("first_at", UtcTime, nullable=False),
    Column("last_at", UtcTime, nullable=False),
)
REVIEWS = Table(
    "access_reviews",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("at", UtcTime, primary_key=True),
    Column("by", String(255), primary_key=True),
)
_VALUES: dict[str, Any] = {column.name: bindparam(column.name) for column in ACCESS.columns}


def _seen(insert_into: Any) -> Any:
    one = insert_into(ACCESS).values(_VALUES)
    changed = {"roles": one.excluded.roles, "last_at": one.excluded.last_at}
    return one.on_conflict_do_update(index_elements=["tenant", "subject"], set_=changed)


_SEEN = {"postgresql": _seen(postgresql.insert), "sqlite": _seen(sqlite.insert)}


class Person(NamedTuple):
    """`roles`: in the access token of the last time; `unused`: for longer than `UNUSED`; `conflicts`: see `duties`."""

    subject: str
    roles: Sequence[str]
    first_at: datetime
    last_at: datetime
    unused: bool
    conflicts: Sequence[str]


class Review(NamedTuple):
    """`reviewed_at`, `reviewed_by`: the last time; `due_at`: the next, at once if there was none."""

    people: Sequence[Person]
    reviewed_at: datetime | None
    reviewed_by: str | None
    due_at: datetime


class AccessReviews:
    """Raises ForbiddenError, UnavailableError; reading and confirming are in the audit log."""

    def __init__(self, engine: AsyncEngine, audit: AuditLog, clock: Clock = utc_now) -> None:
        self._engine, self._clock = engine, clock
        self._trail = Trail(audit, clock, lambda _: False)

    async def seen(self, principal: Principal) -> None:
        """Somebody has come, with these roles."""
        now, roles = self._clock(), sorted(principal.roles)
        row = {
            "tenant": principal.tenant,
            "subject": principal.subject,
            "roles": roles,
            "first_at": now,
            "last_at": now,
        }
        async with transaction(self._engine) as connection:
            await connection.execute(_SEEN[connection.dialect.name], row)

    async def review(self, caller: Caller) -> Review:
        """Of the caller's tenant, by name."""
        async with self._trail.failures(caller, "access.review"):
            caller.permit(Permission.REVIEW_ACCESS)
            found = await self._read(caller.principal.tenant)
            await self._trail.success(caller, "access.review")
        return found

    async def confirm(self, caller: Caller) -> Review:
        """Somebody has looked, and what was wrong is taken away at the issuer."""
        async with self._trail.failures(caller, "access.confirm"):
            caller.permit(Permission.REVIEW_ACCESS)
            who, now = caller.principal, self._clock()
            async with transaction(self._engine) as connection:
                await connection.execute(insert(REVIEWS).values(tenant=who.tenant, at=now, by=who.subject))
                await self._trail.success(caller, "access.confirm")
            return await self._read(who.tenant)

    async def _read(self, tenant: str) -> Review:
        now = self._clock()
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(select(ACCESS).where(ACCESS.c.tenant == tenant))).all()
            wanted = select(REVIEWS).where(REVIEWS.c.tenant == tenant).order_by(REVIEWS.c.at.desc()).limit(1)
            last = (await connection.execute(wanted)).one_or_none()
        people = [
            Person(
                row.subject, row.roles, row.first_at, row.last_at, now - row.last_at > UNUSED, conflicts_of(row.roles)
            )
            for row in sorted(rows, key=lambda row: str(row.subject))
        ]
        if last is None:
            return Review(people, None, None, min((one.first_at for one in people), default=now))
        return Review(people, last.at, last.by, last.at + EVERY)
