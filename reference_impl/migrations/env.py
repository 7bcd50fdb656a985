"""What Alembic runs: on the connection `migrate` hands over, or on one of its own for Alembic's commands."""

from __future__ import annotations

import asyncio

from alembic import context
from sqlalchemy import Connection

from reference_impl.database import connect, transaction
from reference_impl.migrations import metadata


def _run(connection: Connection) -> None:
    # No transaction of Alembic's own: there is one already, with the lock in it.
    context.configure(connection=connection, target_metadata=metadata(), render_as_batch=True, transactional_ddl=False)
    context.run_migrations()


async def _connect(url: str) -> None:
    engine = connect(url)
    async with transaction(engine) as connection:
        await connection.run_sync(_run)
    await engine.dispose()


given = context.config.attributes
if "connection" in given:
    _run(given["connection"])
else:
    asyncio.run(_connect(given["url"]))
