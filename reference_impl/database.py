"""The database: SQLite beside the service, PostgreSQL where it has to scale; the parts' stores declare the tables."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime, timezone
from typing import Any

import asyncpg
from sqlalchemy import DateTime, Dialect, MetaData, Table, TypeDecorator, event, insert
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import IntegrityError as AlreadyThereError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from typing_extensions import override

from reference_impl.errors import ConfigurationError, IntegrityError, ServiceError, UnavailableError

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
"""All tables; Alembic makes them (`migrations/`)."""


class UtcTime(TypeDecorator[datetime]):
    """An aware time in UTC, which SQLite keeps without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Raises ValueError for a naive time: nobody knows when that is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(timezone.utc)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware again."""
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


_POOL = 16
_WAIT_SECONDS = 5


def connect(url: str, *, pool: int = _POOL) -> AsyncEngine:
    """For `sqlite+aiosqlite:///FILE` or `postgresql+asyncpg://…`. No connection is made yet.

    Raises ConfigurationError for any other database, and for one that would not be durable.
    """
    if url.startswith("postgresql+asyncpg:"):
        return create_async_engine(
            url,
            pool_size=pool,
            max_overflow=0,
            pool_timeout=_WAIT_SECONDS,
            pool_pre_ping=False,
            hide_parameters=True,
            connect_args={"timeout": _WAIT_SECONDS, "command_timeout": _WAIT_SECONDS},
        )
    if url.startswith("sqlite+aiosqlite:///") and ":memory:" not in url:
        engine = create_async_engine(url, pool_size=4, max_overflow=0, pool_timeout=_WAIT_SECONDS, hide_parameters=True)
        _durable(engine)
        return engine
    raise ConfigurationError("database_url: sqlite+aiosqlite:///FILE or postgresql+asyncpg://…")


def _durable(engine: AsyncEngine) -> None:
    """What is committed survives a power cut, readers do not wait for writers, and writers wait for their turn."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver would begin transactions at moments of its own
        cursor = connection.cursor()
        for setting in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            f"busy_timeout = {_WAIT_SECONDS * 1000}",
        ):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        # IMMEDIATE takes the write lock at once: two that read first and write then would deadlock.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine.sync_engine, "invalidate")
    def on_invalidate(connection: Any, *_: Any) -> None:
        # Of a task that was cancelled: SQLite keeps a closed connection's transaction while a cursor of it lives.
        with suppress(sqlite3.Error):
            connection.rollback()


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Commits at the end, rolls back on any error.

    Raises UnavailableError when the database does not answer, is full, or the connection is lost: whether a commit
    that was under way took place is then not known. IntegrityError: the database says that its files are damaged.
    A statement that the database refuses raises SQLAlchemy's DBAPIError.
    """
    with told():
        async with engine.begin() as connection:
            yield connection


@contextmanager
def told() -> Iterator[None]:
    """Whatever a database and the layers above it raise in there, told as `transaction` says."""
    try:
        yield
    except _AWAY as error:
        raise UnavailableError("the database does not answer") from error
    except DBAPIError as error:
        if meant := _meaning(error):
            raise meant from error
        raise


async def overwritten(engine: AsyncEngine) -> None:
    """In SQLite, what was deleted or changed is in no file any more: its log of pages is written back and emptied.

    Not while somebody reads; the next time then. PostgreSQL does the like by itself (vacuum, recycled segments).
    """
    if engine.dialect.name == "sqlite":
        with told():
            async with engine.connect() as connection:
                await connection.exec_driver_sql("ROLLBACK")  # of what begins by itself: no checkpoint in a transaction
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                await connection.exec_driver_sql("BEGIN")


async def added(engine: AsyncEngine, table: Table, *rows: dict[str, Any]) -> bool:
    """Whether all the rows are new: committed when this returns, or none of them written.

    False says that a constraint refuses one: its key is there already, or a row that it refers to is not.
    """
    try:
        async with transaction(engine) as connection:
            await connection.execute(insert(table), rows)
    except AlreadyThereError:
        return False
    return True


def row_of(table: Table, value: object, **others: Any) -> dict[str, Any]:
    """A value as a row: its attributes by the names of the columns, but for `others`."""
    names = [column.name for column in table.columns if column.name not in others]
    return {name: getattr(value, name) for name in names} | others


_AWAY = (
    PoolTimeoutError,
    OSError,
    asyncio.TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""What the layers above the driver let through, beside their own errors."""
_PASSING = ("08", "25", "40", "53", "55", "57", "58")
"""Classes of SQLSTATE that are no fault of the statement: connection, state (as read-only), deadlock, resources (as a
full disk), locks, shutdown, input and output (PostgreSQL, appendix A)."""


def _meaning(error: DBAPIError) -> ServiceError | None:
    lost = _away() if error.connection_invalidated else None
    if isinstance(error.orig, sqlite3.Error):
        return meaning_of_sqlite(error.orig) or lost
    if type(error) is DatabaseError:
        return _damaged()
    state = getattr(error.orig, "sqlstate", None)
    return meaning_of(state) or (_away() if isinstance(error, OperationalError) else lost)


def meaning_of_sqlite(error: sqlite3.Error) -> ServiceError | None:
    """None: the statement is at fault."""
    if type(error) is sqlite3.DatabaseError:
        return _damaged()
    # everything but code 1, which is for statements (Python 3.10 does not tell the code)
    ill = isinstance(error, sqlite3.OperationalError) and getattr(error, "sqlite_errorcode", None) != 1
    return _away() if ill else None


def meaning_of(state: str | None) -> ServiceError | None:
    """`state`: PostgreSQL's SQLSTATE. None: the statement is at fault."""
    if state in {"XX001", "XX002"}:
        return _damaged()
    return _away() if state and state.startswith(_PASSING) else None


def _damaged() -> IntegrityError:
    return IntegrityError("the database's files are damaged")


def _away() -> UnavailableError:
    return UnavailableError("the database does not answer, or is full")
