"""Many rows compared and set in one statement: as fast as the database, and nothing is lost to whoever was faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import ARRAY, Column, Update, bindparam, func, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

_IS, _BECOMES = "is_", "becomes_"
_MANY_ROWS = 0x6B657973  # of the advisory lock; the word "keys"


class Swap:
    """Sets columns of rows that still hold what was read.

    A row in `rows` is the values of `where`, then those of `new`, in the order of the columns. `same_where` and
    `same_new`: columns with one value for all rows of a call, which saves PostgreSQL's driver an array each.
    """

    def __init__(
        self,
        where: Sequence[Column[Any]],
        new: Sequence[Column[Any]],
        same_where: Sequence[Column[Any]] = (),
        same_new: Sequence[Column[Any]] = (),
    ) -> None:
        self._names = [f"{_IS}{column.name}" for column in where] + [f"{_BECOMES}{column.name}" for column in new]
        self._same = [f"{_IS}{column.name}" for column in same_where]
        self._same += [f"{_BECOMES}{column.name}" for column in same_new]
        self._at_once = _at_once(where, new, same_where, same_new)
        self._each, self._ordered = _each([*where, *same_where], [*new, *same_new], self._names + self._same)

    async def __call__(
        self, connection: AsyncConnection, rows: Sequence[tuple[Any, ...]], same: Mapping[str, Any]
    ) -> int:
        """How many rows were changed. `same`: the common values, by `is_COLUMN` and `becomes_COLUMN`."""
        if not rows:
            return 0
        if connection.dialect.name == "postgresql":
            arrays = dict(zip(self._names, map(list, zip(*rows, strict=True)), strict=True))
            return (await connection.execute(self._at_once, {**arrays, **same})).rowcount
        common = tuple(same[name] for name in self._same)
        ordered = [self._ordered(row + common) for row in rows]
        return (await connection.exec_driver_sql(self._each, ordered)).rowcount


async def in_turn(connection: AsyncConnection) -> None:
    """Who changes many rows at once waits for others who do, before it locks the first: else two could deadlock.

    SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(_MANY_ROWS)))


def _at_once(
    where: Sequence[Column[Any]],
    new: Sequence[Column[Any]],
    same_where: Sequence[Column[Any]],
    same_new: Sequence[Column[Any]],
) -> Update:
    """For PostgreSQL: one statement for all rows, each column an array."""
    named = [(f"{_IS}{column.name}", column) for column in where]
    named += [(f"{_BECOMES}{column.name}", column) for column in new]
    arrays = [
        func.unnest(bindparam(name, type_=ARRAY(column.type)), type_=column.type).label(name) for name, column in named
    ]
    rows = select(*arrays).subquery("rows")
    wanted = [column == rows.c[f"{_IS}{column.name}"] for column in where]
    wanted += [column == bindparam(f"{_IS}{column.name}", type_=column.type) for column in same_where]
    values: dict[Any, Any] = {column: rows.c[f"{_BECOMES}{column.name}"] for column in new}
    values |= {column: bindparam(f"{_BECOMES}{column.name}", type_=column.type) for column in same_new}
    return update(where[0].table).where(*wanted).values(values)


def _each(
    where: Sequence[Column[Any]], new: Sequence[Column[Any]], names: Sequence[str]
) -> tuple[str, itemgetter[tuple[Any, ...]]]:
    """For SQLite: a statement for each row, as the driver takes it: twice as fast as through the expression language.

    With it, what puts values in the order of `names` into that of the statement.
    """
    wanted = [column == bindparam(f"{_IS}{column.name}") for column in where]
    values: dict[Any, Any] = {column: bindparam(f"{_BECOMES}{column.name}") for column in new}
    compiled = update(where[0].table).where(*wanted).values(values).compile(dialect=sqlite.dialect(paramstyle="qmark"))
    return str(compiled), itemgetter(*(names.index(name) for name in compiled.positiontup or ()))
