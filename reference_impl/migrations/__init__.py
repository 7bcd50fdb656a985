"""The tables, made and changed by Alembic: `versions/` holds a line of revisions for each part.

A new part puts its first revision there (`revision` and `branch_labels` its name, `down_revision` None) and its store
into `PARTS`; a later one follows the part's last. `tests/reference/test_migrations.py` compares what they make with
the tables that the stores declare.
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import METADATA, connect, transaction

PARTS = tuple(
    f"reference_impl.{name}"
    for name in (
        "audit.anchor",
        "auth.access",
        "auth.store",
        "client_encryption.store",
        "events.store",
        "fraud.store",
        "incident.notice_store",
        "incident.store",
        "gdpr.store",
        "keys.store",
        "orders.store",
        "payments.store",
        "processor.store",
        "sox.store",
        "vault.store",
    )
)
"""Modules that declare tables."""

_LOCK = 0x7061_796C  # any number that nothing else in the database locks


def metadata() -> MetaData:
    """Every part's tables."""
    for part in PARTS:
        import_module(part)
    return METADATA


def configuration(url: str = "") -> Config:
    """For Alembic's own commands; `url` when it has to connect by itself."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def revisions() -> str:
    """Of this code's tables: another one for any other revisions. SHA-256, in hex."""
    heads = ScriptDirectory.from_config(configuration()).get_heads()
    return hashlib.sha256(",".join(sorted(heads)).encode()).hexdigest()


async def migrate(engine_url: str) -> None:
    """Brings the tables up to date, all or nothing. Services that start at the same time wait for each other.

    Raises UnavailableError and ConfigurationError as `database.connect` does.
    """
    engine = connect(engine_url)
    try:
        await upgrade(engine)
    finally:
        await engine.dispose()


async def upgrade(engine: AsyncEngine) -> None:
    """The same on an engine that is there already."""
    async with transaction(engine) as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "heads")
