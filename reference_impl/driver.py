"""PostgreSQL's driver itself, where the layers above it would cost more than the statement."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import meaning_of, told
from reference_impl.errors import ServiceError
from reference_impl.guarding import passed


@asynccontextmanager
async def driver(engine: AsyncEngine) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    """A connection of the engine's. Without `connection.transaction()` each statement is a transaction of its own.

    Raises as `database.transaction`.
    """
    with told():
        async with engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
            if raw is None or raw.is_closed():  # the server was started anew since
                await connection.invalidate()
                raw = (await connection.get_raw_connection()).driver_connection
            try:
                yield raw
            except ServiceError:
                raise  # of what ran in there beside the statement
            except BaseException as error:
                if isinstance(error, asyncpg.PostgresError) and meaning_of(error.sqlstate) is None:
                    raise DBAPIError(None, None, error) from error
                await connection.invalidate()  # nobody can tell what state it is in
                raise


class DriverStatement:
    """A statement as the driver takes it, made once. Values are given by the names of their parameters, as the driver
    wants them: times are aware.
    """

    def __init__(self, statement: Executable) -> None:
        compiled = statement.compile(dialect=dialect())  # type: ignore[no-untyped-call, attr-defined]
        self._text: str = str(compiled)
        self._order: Sequence[str] = compiled.positiontup or ()

    async def fetch(
        self, connection: asyncpg.Connection[asyncpg.Record], values: Mapping[str, Any]
    ) -> Sequence[asyncpg.Record]:
        """The rows it returns. Raises asyncpg's errors, and what the engine's guard raises."""
        given = [values[name] for name in self._order]
        await passed(connection, self._text, given)
        rows: Sequence[asyncpg.Record] = await connection.fetch(self._text, *given)
        return rows
