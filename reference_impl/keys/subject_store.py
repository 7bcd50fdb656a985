"""Keys of persons, in a database of their own: no backup of the service's data has them, so that a key that is removed
is gone everywhere.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Date,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    text,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import UtcTime, connect, overwritten, transaction
from reference_impl.driver import DriverStatement, driver
from reference_impl.sqlite_driver import SqliteDriver
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


def _all_of(column: Column[Any], name: str) -> Any:
    return func.unnest(bindparam(name, type_=ARRAY(column.type, dimensions=1)))


def _find_statement() -> Any:
    names = [bindparam(name, type_=ARRAY(String, dimensions=1)) for name in ("tenants", "customers")]
    wanted = func.unnest(*names).table_valued("tenant", "customer").render_derived("wanted")
    return select(_KEYS).join(wanted, (_KEYS.c.tenant == wanted.c.tenant) & (_KEYS.c.customer == wanted.c.customer))


_FIND = DriverStatement(_find_statement())
_ADD = DriverStatement(
    postgresql.insert(_KEYS)
    .from_select([*_KEYS.columns], select(*(_all_of(column, column.name) for column in _KEYS.columns)))
    .on_conflict_do_nothing()
    .returning(_KEYS.c.subject)
)
"""On PostgreSQL; on SQLite the next two. Both are asked for before each payment of somebody who was not here lately."""
_SQLITE_FIND = """
SELECT k.tenant, k.customer, k.subject, k.sealed, k.key_version, k.created_at
FROM json_each(?) AS wanted JOIN subject_keys AS k
ON k.tenant = json_extract(wanted.value, '$[0]') AND k.customer = json_extract(wanted.value, '$[1]')
"""
_SQLITE_ADD = """
INSERT INTO subject_keys (tenant, customer, subject, sealed, key_version, created_at) VALUES {}
ON CONFLICT DO NOTHING RETURNING subject
"""
_ADDED_AT_ONCE = 500
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


def _row(key: SealedKey) -> tuple[Any, ...]:
    return key.tenant, key.customer, key.subject, key.sealed, key.key_version, key.created_at


def _written(at: datetime) -> str:
    """As SQLAlchemy keeps times in SQLite, and `_utc` reads them."""
    return at.astimezone(timezone.utc).replace(tzinfo=None).isoformat(" ", "microseconds")


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


async def _add_to_sqlite(sqlite: SqliteDriver, keys: Sequence[SealedKey]) -> set[str]:
    values = [value for key in keys for value in (*_row(key)[:-1], _written(key.created_at))]
    places = ", ".join(["(?, ?, ?, ?, ?, ?)"] * len(keys))
    return {subject for (subject,) in await sqlite.fetch(_SQLITE_ADD.format(places), values)}


class SubjectKeyStore:
    """`SubjectKeyStore.open(…)` makes it. Every method raises UnavailableError."""

    def __init__(self, engine: AsyncEngine, name: str) -> None:
        """`name`: of this store, random: another database is not taken for it."""
        self._engine, self.name = engine, name
        self._sqlite = SqliteDriver(engine) if engine.dialect.name == "sqlite" else None

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator[SubjectKeyStore]:
        """Its tables are made if they are not there. Raises ConfigurationError, UnavailableError."""
        engine, store = connect(url), None
        try:
            async with transaction(engine) as connection:
                if connection.dialect.name == "postgresql":
                    await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                await connection.run_sync(_TABLES.create_all)
                name = await connection.scalar(select(_STORE.c.id))
                if name is None:
                    name = secrets.token_hex(16)
                    await connection.execute(_STORE.insert(), {"id": name})
            store = cls(engine, name)
            yield store
        finally:
            if store is not None and store._sqlite is not None:
                await store._sqlite.close()
            await engine.dispose()

    async def of_customers(self, customers: Collection[tuple[str, str]]) -> dict[tuple[str, str], SealedKey]:
        """By tenant and customer, those there are."""
        if self._sqlite is not None:
            rows = await self._sqlite.fetch(_SQLITE_FIND, [json.dumps([*customers])])
            rows = [(*row[:-1], _utc(row[-1])) for row in rows]
        else:
            tenants, names = zip(*customers, strict=True) if customers else ((), ())
            async with driver(self._engine) as connection:
                rows = [tuple(row) for row in await _FIND.fetch(connection, {"tenants": tenants, "customers": names})]
        return {(tenant, customer): SealedKey(tenant, customer, *rest) for tenant, customer, *rest in rows}

    async def of_subjects(self, tenant: str, subjects: Collection[str]) -> Sequence[SealedKey]:
        """The same by their ids."""
        return await self._find(_KEYS.c.tenant == tenant, _KEYS.c.subject.in_(subjects))

    async def of_names(self, subjects: Collection[tuple[str, str]]) -> Sequence[SealedKey]:
        """The same by tenant and id."""
        return await self._find(tuple_(_KEYS.c.tenant, _KEYS.c.subject).in_(subjects))

    async def add(self, keys: Sequence[SealedKey]) -> dict[tuple[str, str], SealedKey]:
        """Those whose customer has none yet, one or more; which they were."""
        added: set[str] = set()
        for start in range(0, len(keys), _ADDED_AT_ONCE):
            some = keys[start : start + _ADDED_AT_ONCE]
            if self._sqlite is not None:
                added |= await _add_to_sqlite(self._sqlite, some)
            else:
                added |= await self._add_to_postgresql(some)
        return {(key.tenant, key.customer): key for key in keys if key.subject in added}

    async def _add_to_postgresql(self, keys: Sequence[SealedKey]) -> set[str]:
        columns = zip(*map(_row, keys), strict=True)
        values = {column.name: given for column, given in zip(_KEYS.columns, columns, strict=True)}
        async with driver(self._engine) as connection:
            return {subject for (subject,) in await _ADD.fetch(connection, values)}

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
