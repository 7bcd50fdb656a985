"""Where client keys are kept, and the nonces that were used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnClause,
    Enum,
    Index,
    LargeBinary,
    Row,
    String,
    Table,
    delete,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.client_encryption.model import ClientKey, KeyState
from reference_impl.crypto.wrapped_rows import WrappedRows
from reference_impl.database import METADATA, UtcTime, added, row_of, transaction
from reference_impl.swap import in_turn

_STATES = Enum(KeyState, native_enum=False, length=16, values_callable=lambda states: [state.value for state in states])

CLIENT_KEYS = Table(
    "client_keys",
    METADATA,
    Column("kid", String(64), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("public_jwk", JSON, nullable=False),
    Column("wrapped_private", LargeBinary, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("wrapped_by", String(128), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("retires_at", UtcTime),
    Column("state", _STATES, nullable=False),
)
_ONE_OF_EACH: ColumnClause[bool] = literal_column("state IN ('current', 'next')")
Index(
    "uq_client_keys_current_next",
    CLIENT_KEYS.c.state,
    unique=True,
    sqlite_where=_ONE_OF_EACH,
    postgresql_where=_ONE_OF_EACH,
)

CLIENT_NONCES = Table(
    "client_nonces",
    METADATA,
    Column("kid", String(64), primary_key=True),
    Column("nonce", String(64), primary_key=True),
    Column("expires_at", UtcTime, nullable=False, index=True),
)


def context(kid: str) -> bytes:
    """What a pair's key is wrapped for."""
    return b"client_encryption|" + kid.encode()


class ClientKeyStore:
    """Tables `client_keys` and `client_nonces`. Raises UnavailableError when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    def wrappings(self) -> WrappedRows:
        """What is wrapped, to be re-wrapped: the keys that the private halves are sealed with."""
        keys = CLIENT_KEYS.c
        return WrappedRows(self._engine, (keys.kid,), keys.wrapped_key, keys.wrapped_by, context)

    async def find(self, kid: str) -> ClientKey | None:
        """The key of that id, in whatever state."""
        async with transaction(self._engine) as connection:
            row = (await connection.execute(select(CLIENT_KEYS).where(CLIENT_KEYS.c.kid == kid))).one_or_none()
        return None if row is None else _key(row)

    async def published(self) -> Sequence[ClientKey]:
        """The current key and the next one, in this order."""
        states = (KeyState.CURRENT, KeyState.NEXT)
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(select(CLIENT_KEYS).where(CLIENT_KEYS.c.state.in_(states)))).all()
        return sorted(map(_key, rows), key=lambda key: states.index(key.state))

    async def begin(self, keys: Sequence[ClientKey]) -> None:
        """The first keys; none if another process was faster."""
        await added(self._engine, CLIENT_KEYS, *(row_of(CLIENT_KEYS, key) for key in keys))

    async def rotate(self, current: str, fresh: ClientKey, retires_at: datetime, now: datetime) -> bool:
        """In one transaction: `current` retires, the next key becomes current, `fresh` is next, retired ones go.

        False, and nothing was done, if `current` is not current any more.
        """
        async with transaction(self._engine) as connection:
            await in_turn(connection)
            if not await _move(
                connection, KeyState.CURRENT, KeyState.RETIRING, CLIENT_KEYS.c.kid == current, retires_at
            ):
                return False
            await _move(connection, KeyState.NEXT, KeyState.CURRENT)
            await connection.execute(insert(CLIENT_KEYS), [row_of(CLIENT_KEYS, fresh)])
            await connection.execute(delete(CLIENT_KEYS).where(CLIENT_KEYS.c.retires_at <= now))
        return True

    async def spend(self, kid: str, nonce: str, expires_at: datetime) -> bool:
        """Whether this is the first time."""
        return await added(self._engine, CLIENT_NONCES, {"kid": kid, "nonce": nonce, "expires_at": expires_at})

    async def forget(self, now: datetime) -> None:
        """Deletes nonces of envelopes that are too old to be opened anyway."""
        async with transaction(self._engine) as connection:
            await connection.execute(delete(CLIENT_NONCES).where(CLIENT_NONCES.c.expires_at <= now))


async def _move(
    connection: AsyncConnection, old: KeyState, new: KeyState, which: Any = True, retires_at: datetime | None = None
) -> bool:
    change = update(CLIENT_KEYS).where(CLIENT_KEYS.c.state == old, which).values(state=new, retires_at=retires_at)
    return (await connection.execute(change)).rowcount == 1


def _key(row: Row[Any]) -> ClientKey:
    return ClientKey(**row._mapping)
