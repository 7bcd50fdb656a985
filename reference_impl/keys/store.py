"""Wrapped keys in the database. Each method is one transaction: done as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    func,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError as ConstraintError
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.crypto.wrapped_rows import WrappedRows
from reference_impl.database import METADATA, UtcTime, transaction
from reference_impl.keys.model import KeyName, KeyStatus, Purpose, State, context
from reference_impl.swap import in_turn

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
    postgresql_with={"fillfactor": 50},
)
"""Pages are half empty in PostgreSQL: a re-wrapped row finds room beside the old one, and no index has to change.

`wrapped`: see `crypto.wrapping`, empty once destroyed; `seals`: reserved, of which those made are a part."""

_C = DATA_KEYS.c
_NOTHING = {_C.wrapped: b"", _C.wrapped_by: "", _C.state: State.DESTROYED.value}


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A row. `created_at`: aware, UTC."""

    name: KeyName
    wrapped: bytes
    wrapped_by: str
    created_at: datetime


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
            await in_turn(connection)
            wanted = update(DATA_KEYS).where(_C.tenant == tenant, _C.state != State.DESTROYED.value)
            gone = wanted.values(_NOTHING)
            return (await connection.execute(gone)).rowcount

    async def destroy_version(self, name: KeyName) -> bool:
        """Overwrites the wrapped key of that version, if it is retired. Whether it did."""
        ours = (*_of(name.tenant, name.purpose), _C.version == name.version, _C.state == State.RETIRED.value)
        async with transaction(self._engine) as connection:
            return (await connection.execute(update(DATA_KEYS).where(*ours).values(_NOTHING))).rowcount == 1

    async def status(self, tenant: str) -> Sequence[KeyStatus]:
        """Of every key of a tenant, destroyed ones too, in the order of purposes and versions."""
        query = select(_C.purpose, _C.version, _C.state, _C.seals, _C.created_at).where(_C.tenant == tenant)
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(query.order_by(_C.purpose, _C.version))).all()
        return [
            KeyStatus(KeyName(tenant, Purpose(purpose), version), State(state), seals, created_at)
            for purpose, version, state, seals, created_at in rows
        ]

    async def tenants(self) -> Sequence[str]:
        """All who have a key, in order."""
        query = select(_C.tenant).where(_C.state != State.DESTROYED.value).distinct().order_by(_C.tenant)
        async with transaction(self._engine) as connection:
            return list(await connection.scalars(query))

    async def oldest(self) -> Mapping[Purpose, datetime]:
        """When the oldest key that still seals was made, of all tenants; nothing for a purpose without keys."""
        query = select(_C.purpose, func.min(_C.created_at)).where(_C.state == State.CURRENT.value).group_by(_C.purpose)
        async with transaction(self._engine) as connection:
            return {Purpose(purpose): created for purpose, created in (await connection.execute(query)).all()}

    def wrappings(self) -> WrappedRows:
        """What is wrapped, to be re-wrapped."""
        return WrappedRows(self._engine, (_C.tenant, _C.purpose, _C.version), _C.wrapped, _C.wrapped_by, context)

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
