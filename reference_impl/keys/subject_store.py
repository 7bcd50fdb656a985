"""Keys of persons, in a database of their own: no backup of the service's data has them, so that a key that is removed
is gone everywhere.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    delete,
    func,
    select,
    text,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import UtcTime, connect, overwritten, transaction
from reference_impl.swap import Swap, in_turn

_TABLES = MetaData()
_KEYS = Table(
    "subject_keys",
    _TABLES,
    Column("tenant", String(128), primary_key=True),
    Column("customer", String(64), primary_key=True),
    Column("subject", String(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_version", BigInteger, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("tenant", "subject"),
)
_SECRETS = Table(
    "retry_secrets",
    _TABLES,
    Column("day", Date, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
)
_STORE = Table("store", _TABLES, Column("id", String(32), primary_key=True))
_LOCK = 0x7375_626A
_RESEAL = Swap([_KEYS.c.tenant, _KEYS.c.subject, _KEYS.c.sealed], [_KEYS.c.sealed, _KEYS.c.key_version])


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A row. `sealed`: an envelope (`crypto.envelope`) under that version of the tenant's data key."""

    tenant: str
    customer: str
    subject: str
    sealed: bytes
    key_version: int
    created_at: datetime


class SubjectKeyStore:
    """`SubjectKeyStore.open(…)` makes it. Every method raises UnavailableError."""

    def __init__(self, engine: AsyncEngine, name: str) -> None:
        """`name`: of this store, random: another database is not taken for it."""
        self._engine, self.name = engine, name

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator[SubjectKeyStore]:
        """Its tables are made if they are not there. Raises ConfigurationError, UnavailableError."""
        engine = connect(url)
        try:
            async with transaction(engine) as connection:
                if connection.dialect.name == "postgresql":
                    await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                await connection.run_sync(_TABLES.create_all)
                name = await connection.scalar(select(_STORE.c.id))
                if name is None:
                    name = secrets.token_hex(16)
                    await connection.execute(_STORE.insert(), {"id": name})
            yield cls(engine, name)
        finally:
            await engine.dispose()

    async def of_customers(self, customers: Collection[tuple[str, str]]) -> dict[tuple[str, str], SealedKey]:
        """By tenant and customer, those there are."""
        found = await self._find(tuple_(_KEYS.c.tenant, _KEYS.c.customer).in_(customers))
        return {(key.tenant, key.customer): key for key in found}

    async def of_subjects(self, tenant: str, subjects: Collection[str]) -> Sequence[SealedKey]:
        """The same by their ids."""
        return await self._find(_KEYS.c.tenant == tenant, _KEYS.c.subject.in_(subjects))

    async def of_names(self, subjects: Collection[tuple[str, str]]) -> Sequence[SealedKey]:
        """The same by tenant and id."""
        return await self._find(tuple_(_KEYS.c.tenant, _KEYS.c.subject).in_(subjects))

    async def add(self, keys: Sequence[SealedKey]) -> dict[tuple[str, str], SealedKey]:
        """Those whose customer has none yet, one or more; which they were."""
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        names = [column.name for column in _KEYS.columns]
        rows = [{name: getattr(key, name) for name in names} for key in keys]
        new = insert(_KEYS).on_conflict_do_nothing().returning(_KEYS.c.subject)
        async with transaction(self._engine) as connection:
            added = set(await connection.scalars(new, rows))
        return {(key.tenant, key.customer): key for key in keys if key.subject in added}

    async def remove(self, tenant: str, subject: str) -> bool:
        """Whether there was one. In SQLite nothing of it is left in the files either."""
        which = _KEYS.c.tenant == tenant, _KEYS.c.subject == subject
        async with transaction(self._engine) as connection:
            gone = (await connection.execute(delete(_KEYS).where(*which))).rowcount == 1
        await overwritten(self._engine)
        return gone

    async def retry_secrets(self, today: date, fresh: bytes) -> Sequence[bytes]:
        """Today's, which is `fresh` if there was none, and yesterday's; older ones are destroyed."""
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        new = insert(_SECRETS).values(day=today, secret=fresh).on_conflict_do_nothing()
        yesterday = today - timedelta(days=1)
        query = select(_SECRETS.c.secret).where(_SECRETS.c.day >= yesterday, _SECRETS.c.day <= today)
        async with transaction(self._engine) as connection:
            gone = (await connection.execute(delete(_SECRETS).where(_SECRETS.c.day < yesterday))).rowcount
            await connection.execute(new)
            found = list(await connection.scalars(query.order_by(_SECRETS.c.day.desc())))
        if gone:
            await overwritten(self._engine)
        return found

    async def older(self, tenant: str, version: int, most: int) -> Sequence[SealedKey]:
        """Some that an older version of the tenant's key seals."""
        return await self._find(_KEYS.c.tenant == tenant, _KEYS.c.key_version < version, most=most)

    async def reseal(self, tenant: str, keys: Sequence[tuple[str, bytes, bytes, int]]) -> int:
        """Subject, envelope that was read, new envelope and its version; how many were changed."""
        async with transaction(self._engine) as connection:
            await in_turn(connection)
            return await _RESEAL(connection, [(tenant, *key) for key in keys], {})

    async def count(self, tenant: str, version: int) -> int:
        """How many this version of the tenant's key seals."""
        query = select(func.count()).where(_KEYS.c.tenant == tenant, _KEYS.c.key_version == version)
        async with transaction(self._engine) as connection:
            return int(await connection.scalar(query) or 0)

    async def _find(self, *which: Any, most: int | None = None) -> Sequence[SealedKey]:
        query = select(_KEYS).where(*which).order_by(_KEYS.c.subject).limit(most)
        async with transaction(self._engine) as connection:
            return [SealedKey(*row) for row in (await connection.execute(query)).all()]
