"""Many new rows at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Insert, Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.database import transaction
from reference_impl.driver import DriverStatement, driver


class Rows(NamedTuple):
    """Which rows a `BulkInsert` writes. `keep`: those whose primary key is there already are left as they are."""

    table: Table
    columns: Sequence[str]
    keep: bool = False

    def bound(self, column: str) -> str:
        """The name of its values in a statement that may write other tables too."""
        return f"{self.table.name}_{column}"

    def by_row(self) -> Insert:
        """With a row's values."""
        rows = sqlite.insert(self.table)
        return rows.on_conflict_do_nothing() if self.keep else rows

    def by_column(self) -> Insert:
        """With arrays of values (`unnest`): planned once, whatever the number of rows."""
        arrays = [
            bindparam(self.bound(name), type_=ARRAY(self.table.c[name].type, dimensions=1)) for name in self.columns
        ]
        rows = postgresql.insert(self.table).from_select(list(self.columns), select(*map(func.unnest, arrays)))
        return rows.on_conflict_do_nothing() if self.keep else rows


class BulkInsert:
    """Writes many rows of one or more tables: on PostgreSQL in one statement, in one round trip.

    `rows` are those of each table, one or more, their values in the order of the columns.
    """

    def __init__(self, *parts: Rows) -> None:
        self._parts = parts
        self._by_row = [part.by_row() for part in parts]
        *others, last = [part.by_column() for part in parts]
        self._by_column = last.add_cte(*(other.cte(f"new_{place}") for place, other in enumerate(others)))
        self._for_driver = DriverStatement(self._by_column)

    async def commit(
        self, engine: AsyncEngine, *rows: Iterable[Sequence[Any]], after: Callable[[], Awaitable[None]]
    ) -> None:
        """In a transaction of its own, committed when this returns; `after`: runs meanwhile, and is waited for before
        the commit. If it raises, nothing is written, and this raises that. Else raises as `transaction`.
        """
        if engine.dialect.name == "postgresql":
            arrays = self._arrays(rows)
            async with driver(engine) as connection, connection.transaction():
                await _both(after(), self._for_driver.fetch(connection, arrays))
            return
        async with transaction(engine) as connection:
            await _both(after(), self.execute(connection, *rows))

    async def execute(self, connection: AsyncConnection, *rows: Iterable[Sequence[Any]]) -> None:
        """Raises what the database raises: then none was written."""
        if connection.dialect.name == "postgresql":
            await connection.execute(self._by_column, self._arrays(rows))
            return
        for part, statement, values in zip(self._parts, self._by_row, rows, strict=True):
            await connection.execute(statement, [dict(zip(part.columns, row, strict=True)) for row in values])

    def _arrays(self, rows: Iterable[Iterable[Sequence[Any]]]) -> dict[str, list[Any]]:
        arrays: dict[str, list[Any]] = {}
        for part, values in zip(self._parts, rows, strict=True):
            arrays |= zip(map(part.bound, part.columns), map(list, zip(*values, strict=True)), strict=True)
        return arrays


async def _both(one: Awaitable[object], other: Awaitable[object]) -> None:
    """Waits for both, also when one fails: the other still uses the connection. Raises the error of the first first."""
    for outcome in await asyncio.gather(one, other, return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome
