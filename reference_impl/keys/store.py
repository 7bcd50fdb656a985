"""Wrapped keys in the database. Each method is one transaction: done as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Update,
    bindparam,
    func,
    literal,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.exc import IntegrityError as ConstraintError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.types import TypeEngine

from reference_impl.database import METADATA, UtcTime, transaction
from reference_impl.keys.model import KeyName, Purpose


class State(str, Enum):
    """Of a key: seals and opens; opens only; is gone, and its row keeps the version from being used again."""

    CURRENT = "current"
    RETIRED = "retired"
    DESTROYED = "destroyed"


DATA_KEYS = Table(
    "data_keys",
    METADATA,
    Column("tenant", String, primary_key=True),
    Column("purpose", String(16), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("wrapped_by", String(255), nullable=False),
    Column("state", String(16), nullable=False),
    Column("seals", BigInteger, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(
        "ix_data_keys_one_current",
        "tenant",
        "purpose",
        unique=True,
        sqlite_where=text("state = 'current'"),
        postgresql_where=text("state = 'current'"),
    ),
)
"""`wrapped`: see `crypto.wrapping`, empty once destroyed; `seals`: reserved, of which those made are a part."""

_C = DATA_KEYS.c
_MANY_ROWS = 0x6B657973  # of the advisory lock; the word "keys"
_PARAMETERS = ("new", "by", "t", "p", "v", "was")
_REWRAP_EACH = (  # for SQLite; as the driver takes it, which is twice as fast as through the expression language
    "UPDATE data_keys SET wrapped = ?, wrapped_by = ?"
    " WHERE tenant = ? AND purpose = ? AND version = ? AND wrapped_by = ?"
)
_PURPOSES = {purpose.value: purpose for purpose in Purpose}
_NAME = tuple_(_C.tenant, _C.purpose, _C.version)


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A row. `created_at`: aware, UTC."""

    name: KeyName
    wrapped: bytes
    wrapped_by: str
    created_at: datetime


class Wrapping(NamedTuple):
    """What a row says of its wrapping; the same of many rows is asked for at once, so it is a light thing."""

    name: KeyName
    wrapped: bytes
    wrapped_by: str


class Rewrapped(NamedTuple):
    """A row's new wrapping, for as long as the row is wrapped by `was`."""

    name: KeyName
    was: str
    wrapped: bytes
    wrapped_by: str


class KeyStore:
    """Every method raises UnavailableError when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def current(self, tenant: str, purpose: Purpose) -> WrappedKey | None:
        """The one that is in use."""
        return next(iter(await self._find(*_of(tenant, purpose), _C.state == State.CURRENT.value)), None)

    async def get(self, name: KeyName) -> WrappedKey | None:
        """Current or retired."""
        return next(iter(await self._find(*_of(name.tenant, name.purpose), _C.version == name.version)), None)

    async def versions(self, tenant: str, purpose: Purpose) -> Sequence[WrappedKey]:
        """Current and retired ones, newest first."""
        return await self._find(*_of(tenant, purpose))

    async def last_version(self, tenant: str, purpose: Purpose) -> int:
        """The highest number that was ever used; 0 before the first."""
        async with transaction(self._engine) as connection:
            found = await connection.scalar(select(func.max(_C.version)).where(*_of(tenant, purpose)))
        return int(found or 0)

    async def add(self, key: WrappedKey, *, replaces: int | None) -> None:
        """Makes it the current one and retires the version that was. Changes nothing if another was faster.

        `replaces`: the version that is current as far as the caller knows, None if there is none.
        """
        try:
            async with transaction(self._engine) as connection:
                before = _C.state == State.CURRENT.value, _C.version == replaces
                retire = update(DATA_KEYS).where(*_of(key.name.tenant, key.name.purpose), *before)
                await connection.execute(retire.values(state=State.RETIRED.value))
                row = {
                    "tenant": key.name.tenant,
                    "purpose": key.name.purpose.value,
                    "version": key.name.version,
                    "wrapped": key.wrapped,
                    "wrapped_by": key.wrapped_by,
                    "state": State.CURRENT.value,
                    "seals": 0,
                    "created_at": key.created_at,
                }
                await connection.execute(DATA_KEYS.insert(), row)
        except ConstraintError:  # that version is there, or another one is current
            return

    async def reserve(self, tenant: str, version: int, seals: int, limit: int) -> bool:
        """Counts seals that are about to be made. False: the key is not current, or would come over the limit."""
        async with transaction(self._engine) as connection:
            wanted = (*_of(tenant, Purpose.DATA), _C.version == version, _C.state == State.CURRENT.value)
            counted = update(DATA_KEYS).where(*wanted, _C.seals + seals <= limit).values(seals=_C.seals + seals)
            return (await connection.execute(counted)).rowcount == 1

    async def destroy(self, tenant: str) -> int:
        """Overwrites every wrapped key of a tenant, of all purposes. How many there were."""
        async with transaction(self._engine) as connection:
            await _in_turn(connection)
            wanted = update(DATA_KEYS).where(_C.tenant == tenant, _C.state != State.DESTROYED.value)
            gone = wanted.values(wrapped=b"", wrapped_by="", state=State.DESTROYED.value)
            return (await connection.execute(gone)).rowcount

    async def count_not_wrapped_by(self, key_id: str) -> int:
        """How many keys another key-encryption key wraps."""
        wanted = (_C.wrapped_by != key_id, _C.state != State.DESTROYED.value)
        async with transaction(self._engine) as connection:
            return int(await connection.scalar(select(func.count()).select_from(DATA_KEYS).where(*wanted)) or 0)

    async def not_wrapped_by(self, key_id: str, after: KeyName | None, most: int) -> Sequence[Wrapping]:
        """Keys another key-encryption key wraps, in the order of their names, from behind `after`."""
        wanted = [_C.wrapped_by != key_id, _C.state != State.DESTROYED.value]
        if after is not None:
            place = (literal(after.tenant), literal(after.purpose.value), literal(after.version))
            wanted.append(tuple_(*place) < _NAME)
        query = select(_C.tenant, _C.purpose, _C.version, _C.wrapped, _C.wrapped_by).where(*wanted).limit(most)
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(query.order_by(_C.tenant, _C.purpose, _C.version))).all()
        return [
            Wrapping(KeyName(tenant, _PURPOSES[purpose], version), wrapped, wrapped_by)
            for tenant, purpose, version, wrapped, wrapped_by in rows
        ]

    async def rewrap(self, keys: Sequence[Rewrapped]) -> int:
        """How many were changed: not those that were destroyed or re-wrapped by somebody else in the meantime."""
        rows = [_row(key) for key in keys]
        async with transaction(self._engine) as connection:
            await _in_turn(connection)
            if connection.dialect.name == "postgresql":
                columns = zip(*rows, strict=True)
                parameters = {name: list(column) for name, column in zip(_PARAMETERS, columns, strict=True)}
                return (await connection.execute(_REWRAP_AT_ONCE, parameters)).rowcount
            return (await connection.exec_driver_sql(_REWRAP_EACH, rows)).rowcount

    async def _find(self, *wanted: Any) -> Sequence[WrappedKey]:
        columns = (_C.tenant, _C.purpose, _C.version, _C.wrapped, _C.wrapped_by, _C.created_at)
        query = select(*columns).where(*wanted, _C.state != State.DESTROYED.value).order_by(_C.version.desc())
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(query)).all()
        return [_key(row) for row in rows]


def _of(tenant: str, purpose: Purpose) -> tuple[Any, Any]:
    return _C.tenant == tenant, _C.purpose == purpose.value


def _key(row: Any) -> WrappedKey:
    tenant, purpose, version, wrapped, wrapped_by, created_at = row
    return WrappedKey(KeyName(tenant, Purpose(purpose), version), wrapped, wrapped_by, created_at)


def _row(key: Rewrapped) -> tuple[bytes, str, str, str, int, str]:
    """In the order of `_PARAMETERS`."""
    return key.wrapped, key.wrapped_by, key.name.tenant, key.name.purpose.value, key.name.version, key.was


async def _in_turn(connection: AsyncConnection) -> None:
    """Who changes many rows at once waits for others who do, before it locks the first: else two could deadlock.

    SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(_MANY_ROWS)))


def _rewrap_at_once() -> Update:
    """For PostgreSQL: one statement for all rows, each column an array."""
    types: tuple[TypeEngine[Any], ...] = (LargeBinary(), String(), String(), String(), Integer(), String())
    named = zip(_PARAMETERS, types, strict=True)
    columns = [func.unnest(bindparam(name, type_=ARRAY(kind)), type_=kind).label(name) for name, kind in named]
    new = select(*columns).subquery("new")
    same = (_C.tenant == new.c.t, _C.purpose == new.c.p, _C.version == new.c.v, _C.wrapped_by == new.c.was)
    return update(DATA_KEYS).where(*same).values(wrapped=new.c.new, wrapped_by=new.c.by)


_REWRAP_AT_ONCE = _rewrap_at_once()
