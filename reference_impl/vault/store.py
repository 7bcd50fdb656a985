"""The tables of the vault. Every query names the tenant.

Fingerprints have a table of their own, apart from the last four digits: one who reads either has not both (3.5.1).
The first token of a card is the one its fingerprint leads to.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
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
    bindparam,
    delete,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.bulk_insert import BulkInsert, Rows
from reference_impl.database import METADATA, UtcTime, transaction
from reference_impl.driver import DriverStatement, driver

TOKENS = Table(
    "tokens",
    METADATA,
    Column("tenant", String, primary_key=True),
    Column("token", String, primary_key=True),
    Column("sealed_card", LargeBinary, nullable=False),
    Column("key_version", BigInteger, nullable=False),
    Column("last_four", String(4), nullable=False),
    Column("brand", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("deleted_at", UtcTime),
    Column("subject", String(32)),
    Index(None, "tenant", "subject"),
)
"""`sealed_card`: an envelope (`crypto.envelope`) of `encoding`, empty after a deletion. `subject`: of the person
under whose key it is as well, if it was given for one."""

FINGERPRINTS = Table(
    "fingerprints",
    METADATA,
    Column("tenant", String, primary_key=True),
    Column("key_version", Integer, primary_key=True),
    Column("fingerprint", LargeBinary, primary_key=True),
    Column("token", String, nullable=False),
    Index(None, "tenant", "token"),
)


class Name(NamedTuple):
    """What a stored card is found by."""

    tenant: str
    token: str


class Mark(NamedTuple):
    """What a duplicate is found by."""

    tenant: str
    key_version: int
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """A stored card that is not deleted."""

    tenant: str
    token: str
    sealed_card: bytes
    key_version: int
    last_four: str
    brand: str
    created_at: datetime
    subject: str | None = None

    @property
    def name(self) -> Name:
        """What it is found by."""
        return Name(self.tenant, self.token)


_COLUMNS = ("tenant", "token", "sealed_card", "key_version", "last_four", "brand", "created_at", "subject")
_VALUES = attrgetter(*_COLUMNS)
_ROWS = Rows(TOKENS, _COLUMNS)
_MARKS = Rows(FINGERPRINTS, (*Mark._fields, "token"), keep=True)
_NEW_ROWS, _NEW_MARKS, _NEW_BOTH = BulkInsert(_ROWS), BulkInsert(_MARKS), BulkInsert(_MARKS, _ROWS)
_FOUND = select(*(TOKENS.c[name] for name in _COLUMNS)).where(
    tuple_(TOKENS.c.tenant, TOKENS.c.token).in_(bindparam("names", expanding=True)), TOKENS.c.deleted_at.is_(None)
)
_WANTED = (
    func.unnest(
        bindparam("tenants", type_=ARRAY(String, dimensions=1)), bindparam("tokens", type_=ARRAY(String, dimensions=1))
    )
    .table_valued("tenant", "token")
    .render_derived(name="wanted")
)
_READ = DriverStatement(
    select(*(TOKENS.c[name] for name in _COLUMNS))
    .join(_WANTED, (TOKENS.c.tenant == _WANTED.c.tenant) & (TOKENS.c.token == _WANTED.c.token))
    .where(TOKENS.c.deleted_at.is_(None))
)
_MARKED = select(FINGERPRINTS).where(
    tuple_(FINGERPRINTS.c.tenant, FINGERPRINTS.c.key_version, FINGERPRINTS.c.fingerprint).in_(
        bindparam("marks", expanding=True)
    )
)


async def insert(connection: AsyncConnection, rows: Iterable[Row]) -> None:
    """Raises what the database raises: then none was written."""
    await _NEW_ROWS.execute(connection, map(_VALUES, rows))


async def commit_marked(
    engine: AsyncEngine, rows: Iterable[Row], tokens: Mapping[Mark, str], *, after: Callable[[], Awaitable[None]]
) -> None:
    """`mark` and `insert` in a transaction of its own. `after` and errors: see `BulkInsert.commit`."""
    await _NEW_BOTH.commit(engine, _ordered(tokens), map(_VALUES, rows), after=after)


async def find(connection: AsyncConnection, names: Sequence[Name]) -> dict[Name, Row]:
    """Those there are. The number of names is rounded up, so that few statements have to be prepared."""
    found = await connection.execute(_FOUND, {"names": _rounded(names)})
    rows = (Row(*values) for values in found)
    return {row.name: row for row in rows}


async def read(engine: AsyncEngine, names: Sequence[Name]) -> dict[Name, Row]:
    """`find` in a transaction of its own. Raises as `database.transaction`."""
    if engine.dialect.name != "postgresql":
        async with transaction(engine) as connection:
            return await find(connection, names)
    tenants, tokens = zip(*names, strict=True)
    async with driver(engine) as raw:
        found = await _READ.fetch(raw, {"tenants": tenants, "tokens": tokens})
    return {row.name: row for row in (Row(*values) for values in found)}


async def mark(connection: AsyncConnection, tokens: Mapping[Mark, str]) -> None:
    """Leads each fingerprint to its token, unless it leads to one already."""
    await _NEW_MARKS.execute(connection, _ordered(tokens))


async def marked(connection: AsyncConnection, marks: Sequence[Mark]) -> dict[Mark, str]:
    """The tokens that fingerprints lead to."""
    found = await connection.execute(_MARKED, {"marks": _rounded(marks)})
    return {Mark(row.tenant, row.key_version, row.fingerprint): row.token for row in found}


async def remove(connection: AsyncConnection, name: Name, at: datetime) -> bool:
    """Overwrites the sealed card and what is shown of it with nothing; what stays says that there was one, and when.

    Whether there was one.
    """
    ours = (TOKENS.c.tenant == name.tenant, TOKENS.c.token == name.token, TOKENS.c.deleted_at.is_(None))
    nothing: dict[str, Any] = {"sealed_card": b"", "last_four": "", "brand": "", "deleted_at": at}
    gone = await connection.execute(update(TOKENS).where(*ours).values(nothing))
    marks = (FINGERPRINTS.c.tenant == name.tenant, FINGERPRINTS.c.token == name.token)
    await connection.execute(delete(FINGERPRINTS).where(*marks))
    return gone.rowcount == 1


def _ordered(tokens: Mapping[Mark, str]) -> list[tuple[str, int, bytes, str]]:
    """In one order everywhere: two transactions that mark the same cards wait for each other only in one direction."""
    return [(*mark, tokens[mark]) for mark in sorted(tokens)]


def _rounded(values: Sequence[Any]) -> list[Any]:
    """The last value again and again, up to a power of two."""
    size = 1 << (len(values) - 1).bit_length()
    return [*values, *[values[-1]] * (size - len(values))]
