"""The database: SQLite beside the service, PostgreSQL where it has to scale; the parts' stores declare the tables."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import MetaData, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from reference_impl.errors import ConfigurationError, UnavailableError

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

_POOL = 16
_WAIT_SECONDS = 5


def connect(url: str, *, pool: int = _POOL) -> AsyncEngine:
    """For `sqlite+aiosqlite:///FILE` or `postgresql+asyncpg://…`. No connection is made yet.

    Raises ConfigurationError for any other database, and for one that would not be durable.
    """
    if url.startswith("postgresql+asyncpg:"):
        return create_async_engine(
            url, pool_size=pool, max_overflow=0, pool_timeout=_WAIT_SECONDS, pool_pre_ping=False, hide_parameters=True
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


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Commits at the end, rolls back on any error.

    Raises UnavailableError when the database does not answer or the connection is lost: whether a commit that was
    under way took place is then not known.
    """
    try:
        async with engine.begin() as connection:
            yield connection
    except (OperationalError, InterfaceError, OSError, TimeoutError) as error:
        raise UnavailableError("the database does not answer") from error
    except DBAPIError as error:
        if error.connection_invalidated or _cannot_serve(error):
            raise UnavailableError("the connection to the database was lost") from error
        raise


def _cannot_serve(error: DBAPIError) -> bool:
    """SQLSTATE classes 08 (connection), 53 (out of disk, memory, connections), 57 (shutting down, starting up)."""
    return str(getattr(error.orig, "sqlstate", None) or "")[:2] in {"08", "53", "57"}
