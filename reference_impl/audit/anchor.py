"""Heads in a table of the database: an attacker must own both machines to shorten the log unnoticed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.audit.model import Head
from reference_impl.database import METADATA, transaction
from reference_impl.errors import IntegrityError

AUDIT_HEADS = Table(
    "audit_heads",
    METADATA,
    Column("log", String(100), primary_key=True),
    Column("count", BigInteger, primary_key=True, autoincrement=False),
    Column("mac", LargeBinary(32), nullable=False),
    Column("at", String(40), nullable=False),  # as it was signed: SQLite keeps no time zones
    Column("signature", LargeBinary(64), nullable=False),
)
"""Rows are added and never changed. On PostgreSQL: GRANT SELECT, INSERT and nothing else to the service's role."""


class DatabaseAnchor:
    """The anchor of the log of that name."""

    def __init__(self, engine: AsyncEngine, log: str) -> None:
        self._engine = engine
        self._log = log

    async def publish(self, head: Head) -> None:
        """Twice the same is as good as once. Raises UnavailableError, IntegrityError."""
        async with transaction(self._engine) as connection:
            kept = await self._latest(connection)
            if kept and (kept.count > head.count or (kept.count == head.count and kept.mac != head.mac)):
                raise IntegrityError("the anchor holds a later head of the audit log than the log has")
            if kept is None or kept.count < head.count:
                values = {"log": self._log, "count": head.count, "mac": head.mac}
                values |= {"at": head.at.isoformat(), "signature": head.signature}
                await connection.execute(insert(AUDIT_HEADS).values(values))

    async def latest(self) -> Head | None:
        """Raises UnavailableError."""
        async with transaction(self._engine) as connection:
            return await self._latest(connection)

    async def _latest(self, connection: AsyncConnection) -> Head | None:
        wanted = select(AUDIT_HEADS).where(AUDIT_HEADS.c.log == self._log)
        row = (await connection.execute(wanted.order_by(AUDIT_HEADS.c.count.desc()).limit(1))).first()
        if row is None:
            return None
        log, count, mac, at, signature = row
        return Head(log, count, bytes(mac), datetime.fromisoformat(at), bytes(signature))
