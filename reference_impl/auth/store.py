"""Tables of second factors and of the sessions in which one was shown."""

from __future__ import annotations

import secrets
import struct
from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError as Duplicate
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.auth.model import Principal
from reference_impl.crypto.wrapped_rows import WrappedRows
from reference_impl.database import METADATA, transaction
from reference_impl.errors import ConflictError

TOTP = Table(
    "totp",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("wrapped_secret", LargeBinary, nullable=False),
    Column("wrapped_by", String(255), nullable=False),
    Column("enrolment", String(32), nullable=False),
    Column("confirmed_at", BigInteger, nullable=True),
    Column("last_counter", BigInteger, nullable=False),
)
"""One per person. `wrapped_by`: see `crypto.wrapping`; `enrolment`: random, another for each.

`confirmed_at`: Unix seconds, null before the first code; `last_counter`: of the last good code.
"""

STEP_UP = Table(
    "step_up",
    METADATA,
    Column("tenant", String(64), primary_key=True),
    Column("session", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("until", BigInteger, nullable=False),
)
"""Until when (Unix seconds) a session counts as stepped up."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A row of `totp`. Which enrolment it is does not change when its secret is wrapped anew."""

    enrolment: str
    wrapped_secret: bytes
    confirmed: bool


def context(tenant: str, subject: str) -> bytes:
    """What a secret is wrapped for: it opens for this person of this tenant only."""
    parts = [b"totp", tenant.encode(), subject.encode()]
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


class TotpStore:
    """Every method is one transaction and raises UnavailableError."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    def wrappings(self) -> WrappedRows:
        """What is wrapped, to be re-wrapped."""
        place = (TOTP.c.tenant, TOTP.c.subject)
        return WrappedRows(self._engine, place, TOTP.c.wrapped_secret, TOTP.c.wrapped_by, context)

    async def enrol(self, principal: Principal, wrapped_secret: bytes, wrapped_by: str) -> None:
        """Replaces an enrolment that was never confirmed. Raises ConflictError for one that was."""
        mine = (TOTP.c.tenant == principal.tenant) & (TOTP.c.subject == principal.subject)
        try:
            async with transaction(self._engine) as connection:
                await connection.execute(delete(TOTP).where(mine, TOTP.c.confirmed_at.is_(None)))
                await connection.execute(
                    insert(TOTP).values(
                        tenant=principal.tenant,
                        subject=principal.subject,
                        wrapped_secret=wrapped_secret,
                        wrapped_by=wrapped_by,
                        enrolment=secrets.token_hex(16),
                        last_counter=-1,
                    )
                )
        except Duplicate:
            raise ConflictError("a second factor is enrolled already") from None

    async def enrolled(self, principal: Principal) -> Enrolled | None:
        """None: there is no second factor."""
        query = select(TOTP.c.enrolment, TOTP.c.wrapped_secret, TOTP.c.confirmed_at).where(
            TOTP.c.tenant == principal.tenant, TOTP.c.subject == principal.subject
        )
        async with transaction(self._engine) as connection:
            row = (await connection.execute(query)).first()
        return None if row is None else Enrolled(row.enrolment, row.wrapped_secret, row.confirmed_at is not None)

    async def use(self, principal: Principal, enrolment: str, counter: int, now: int, until: int) -> bool:
        """Spends the code of a counter and marks the session, both or neither; the first code also confirms.

        False: that code or a later one was spent before, by whoever was faster, or the enrolment was replaced. Sessions
        of this person that are over are forgotten.
        """
        spend = (
            update(TOTP)
            .where(
                TOTP.c.tenant == principal.tenant,
                TOTP.c.subject == principal.subject,
                TOTP.c.enrolment == enrolment,
                TOTP.c.last_counter < counter,
            )
            .values(last_counter=counter)
        )
        confirm = (
            update(TOTP)
            .where(
                TOTP.c.tenant == principal.tenant,
                TOTP.c.subject == principal.subject,
                TOTP.c.confirmed_at.is_(None),
            )
            .values(confirmed_at=now)
        )
        mine = (STEP_UP.c.tenant == principal.tenant) & (STEP_UP.c.subject == principal.subject)
        over = delete(STEP_UP).where(mine, (STEP_UP.c.until <= now) | (STEP_UP.c.session == principal.session))
        async with transaction(self._engine) as connection:
            if (await connection.execute(spend)).rowcount != 1:
                return False
            await connection.execute(confirm)
            await connection.execute(over)
            await connection.execute(
                insert(STEP_UP).values(
                    tenant=principal.tenant, session=principal.session, subject=principal.subject, until=until
                )
            )
        return True

    async def stepped_up(self, principal: Principal, now: int) -> bool:
        """Whether the session of this person still counts as stepped up."""
        query = select(STEP_UP.c.until).where(
            STEP_UP.c.tenant == principal.tenant,
            STEP_UP.c.session == principal.session,
            STEP_UP.c.subject == principal.subject,
            STEP_UP.c.until > now,
        )
        async with transaction(self._engine) as connection:
            return (await connection.execute(query)).first() is not None
