"""Which rows are a person's, and what becomes of them: SQL made from the data map. Every statement names the tenant."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    and_,
    bindparam,
    exists,
    literal,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from reference_impl.crypto.envelope import place_of, unseal
from reference_impl.database import METADATA, UtcTime
from reference_impl.gdpr.datamap import DataMap, Erased, Erasure, Whose
from reference_impl.keys.model import ERASED, SubjectKey

_RANDOM = "~"
"""What random values begin with, for the same reason."""
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""So that nothing that looks for card numbers takes a random value for one."""
_WHOSE = {"tenant", "subject", "customer"}
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Person(NamedTuple):
    """Somebody of a tenant. `customer`: as the tenant names them; `subject`: their key's name."""

    tenant: str
    customer: str
    subject: str


def table_of(name: str) -> Table:
    """By its name in the map."""
    return METADATA.tables[name]


def row_name(table: Table, row: Mapping[Any, Any]) -> str:
    """What tells a row of a person's from others of theirs, for `place_of`."""
    own = (column.name for column in table.primary_key if column.name not in _WHOSE)
    return "/".join(str(row[name]) for name in own)


def unsealed(person: Person, name: str, row: Mapping[Any, Any], column: str, key: SubjectKey) -> dict[str, Any]:
    """What a column has, sealed with their key. Raises IntegrityError."""
    place = place_of(person.tenant, person.subject, name, row_name(table_of(name), row))
    found: dict[str, Any] = json.loads(unseal(key.cipher, row[column], place))
    return found


def theirs(held: DataMap, name: str, person: Person, *, shared: bool = False) -> ColumnElement[bool]:
    """Whether a row is this person's. `shared`: also if it is another's too, where the map tells them apart."""
    table, said = table_of(name), held.tables[name]
    ways = [_way(held, table, whose, person) for whose in said.whose]
    found = and_(table.c.tenant == person.tenant, or_(*ways))
    if not said.alone or shared:
        return found
    own = [and_(table.c[said.direct].is_not(None), table.c[said.direct] == person.subject)] if said.direct else []
    return and_(found, or_(*own, not_(another(held, name, person))))


def another(held: DataMap, name: str, person: Person) -> ColumnElement[bool]:
    """Whether a row is also of somebody else."""
    table, others = table_of(name), []
    for whose in held.tables[name].whose:
        if whose.is_:
            others.append(and_(table.c[whose.column].is_not(None), table.c[whose.column] != person.subject))
            continue
        other, column = _referred(whose)
        not_theirs = not_(theirs(held, other.name, person))
        same = other.c.tenant == person.tenant, other.c[column] == table.c[whose.column]
        others.append(exists(select(literal(1)).select_from(other).where(*same, *_where(other, whose), not_theirs)))
    return or_(*others)


def unsettled(held: DataMap, name: str, person: Person) -> ColumnElement[bool] | None:
    """Rows of theirs for which an erasure waits; None: this table has no such."""
    waiting = held.tables[name].open
    if waiting is None:
        return None
    return and_(theirs(held, name, person), table_of(name).c[waiting.column].in_(waiting.values))


def unfinished(held: DataMap, name: str, person: Person) -> ColumnElement[bool]:
    """Rows of theirs that an erasure has yet to delete or reduce."""
    said, table = held.tables[name], table_of(name)
    found = theirs(held, name, person)
    if said.erasure is not Erasure.REDUCE:
        return found
    signs: list[ColumnElement[bool]] = []
    for column in table.columns:
        becomes = said.becomes(column.name)
        if becomes is Erased.ERASED:
            signs.append(column != ERASED)
        elif becomes is Erased.RANDOM:
            signs.append(column.not_like(f"{_RANDOM}%"))
        elif becomes is Erased.BLANK and not isinstance(column.type, JSON):
            signs.append(column.is_not(None) if column.nullable else column != _blank(column))
    return and_(found, or_(*signs))


async def reduce(connection: AsyncConnection, held: DataMap, name: str, which: ColumnElement[bool]) -> int:
    """What is needed of rows stays, the rest gets new values. How many rows.

    The values are made here: a policy of statements lets none through that puts values together.
    """
    said, table = held.tables[name], table_of(name)
    becomes = {column: said.becomes(column.name) for column in table.columns}
    changed = [column for column, new in becomes.items() if new is not Erased.KEEP]
    days = [column for column in changed if becomes[column] is Erased.DAY]
    key = list(table.primary_key.columns)
    rows = (await connection.execute(select(*key, *days).where(which))).all()
    if rows:
        one = (column == bindparam(f"key_{column.name}") for column in key)
        change = update(table).where(*one).values({column.name: bindparam(f"new_{column.name}") for column in changed})
        await connection.execute(
            change,
            [
                {f"key_{column.name}": row._mapping[column] for column in key}
                | {f"new_{column.name}": _new(column, becomes[column], row) for column in changed}
                for row in rows
            ],
        )
    return len(rows)


async def stand_in(connection: AsyncConnection, held: DataMap, name: str, tenant: str) -> None:
    """Makes a row for `ERASED` where reduced rows go on to refer to one: the same for all erased of a tenant."""
    said = held.tables[name]
    for key in table_of(name).foreign_key_constraints:
        if any(said.becomes(column) is Erased.ERASED for column in key.column_keys):
            await _stand_in(connection, key.referred_table, tenant)


async def _stand_in(connection: AsyncConnection, table: Table, tenant: str) -> None:
    for key in table.foreign_key_constraints:
        await _stand_in(connection, key.referred_table, tenant)
    row = {column.name: _nothing(column) for column in table.columns} | {"tenant": tenant}
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    await connection.execute(insert(table).values(row).on_conflict_do_nothing())


def _nothing(column: Column[Any]) -> Any:
    if column.nullable:
        return None
    if isinstance(column.type, UtcTime):
        return _EPOCH
    length = column.type.length if isinstance(column.type, String) else None
    return ERASED if length is None or length >= len(ERASED) else ""


def _way(held: DataMap, table: Table, whose: Whose, person: Person) -> ColumnElement[bool]:
    column: Column[Any] = table.c[whose.column]
    if whose.is_:
        return and_(column == person.subject, *_where(table, whose))
    other, referred = _referred(whose)
    found = select(other.c[referred]).where(theirs(held, other.name, person), *_where(other, whose))
    return column.in_(found.where(other.c[referred].is_not(None)).correlate(None))


def _referred(whose: Whose) -> tuple[Table, str]:
    name, _, column = (whose.in_ or "").partition(".")
    return table_of(name), column


def _where(table: Table, whose: Whose) -> list[ColumnElement[bool]]:
    return [table.c[column] == value for column, value in whose.where.items()]


def _new(column: Column[Any], becomes: Erased, row: Row[Any]) -> Any:
    if becomes is Erased.ERASED:
        return ERASED
    if becomes is Erased.BLANK:
        return _blank(column)
    if becomes is Erased.RANDOM:
        return _RANDOM + secrets.token_hex(16).translate(_LETTERS)
    kept: datetime = row._mapping[column]
    return kept.astimezone(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)


def _blank(column: Column[Any]) -> Any:
    if column.nullable:
        return None
    kinds: tuple[tuple[type[Any], Any], ...] = ((JSON, []), (LargeBinary, b""), (String, ""), (Integer, 0))
    return next(empty for kind, empty in kinds if isinstance(column.type, kind))
