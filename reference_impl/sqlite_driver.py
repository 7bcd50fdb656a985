"""SQLite's driver itself, for statements that are asked for on the way to an answer.

The layers above it go to the connection's thread and back for each begin, statement, fetch and commit, and each way
back waits for its turn in a busy event loop. Here a statement is a transaction of its own, and one such way.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, cast

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.database import meaning_of_sqlite, told


class SqliteDriver:
    """One connection of an engine (`database.connect`), opened with the first statement."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._opening = asyncio.Lock()

    async def fetch(self, statement: str, values: Iterable[Any]) -> Sequence[tuple[Any, ...]]:
        """The rows it returns; committed, on disk. Raises as `database.transaction`, sqlite3's error for a statement
        that the database refuses.
        """
        with told():
            driver = await self._opened()
            try:
                return [tuple(row) for row in await driver.execute_fetchall(statement, values)]
            except sqlite3.Error as error:
                await self.close()
                raise meaning_of_sqlite(error) or error from error

    async def close(self) -> None:
        """The next statement opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _opened(self) -> aiosqlite.Connection:
        async with self._opening:
            if self._connection is None:
                self._connection = await self._engine.connect()
            fairy = await self._connection.get_raw_connection()
        return cast("aiosqlite.Connection", fairy.driver_connection)
