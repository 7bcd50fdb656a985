"""What the migrations make is what the stores declare."""

from __future__ import annotations

import asyncio

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from reference_impl.database import connect, transaction
from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.migrations import configuration, metadata, migrate
from tests.opa import free_port


def _difference(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata()))


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def _ask(url: str, question: object) -> object:
    engine = connect(url)
    async with transaction(engine) as connection:
        answer = await connection.run_sync(question)  # type: ignore[arg-type]
    await engine.dispose()
    return answer


def test_a_migrated_database_is_what_the_stores_declare(database_url: str) -> None:
    asyncio.run(migrate(database_url))
    assert asyncio.run(_ask(database_url, _difference)) == []
    assert asyncio.run(_ask(database_url, _tables)) == {*metadata().tables, "alembic_version"}


def test_a_difference_would_be_found(database_url: str) -> None:
    assert asyncio.run(_ask(database_url, _difference))


def test_services_that_start_together_wait_for_each_other(database_url: str) -> None:
    async def start() -> None:
        await asyncio.gather(*(migrate(database_url) for _ in range(4)))

    asyncio.run(start())
    assert asyncio.run(_ask(database_url, _difference)) == []


def test_alembic_has_it_all_undone_and_done_by_its_own_commands(database_url: str) -> None:
    command.upgrade(configuration(database_url), "heads")
    assert asyncio.run(_ask(database_url, _difference)) == []
    command.downgrade(configuration(database_url), "base")
    assert asyncio.run(_ask(database_url, _tables)) <= {"alembic_version"}


def test_nothing_is_left_of_a_migration_that_fails(database_url: str) -> None:
    def in_the_way(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE fingerprints (something integer)")

    asyncio.run(_ask(database_url, in_the_way))
    with pytest.raises((DBAPIError, UnavailableError)):  # on Python 3.10 SQLite does not say whose fault it is
        asyncio.run(migrate(database_url))
    assert asyncio.run(_ask(database_url, _tables)) == {"fingerprints"}


def test_a_database_that_is_not_there() -> None:
    with pytest.raises(UnavailableError):
        asyncio.run(migrate(f"postgresql+asyncpg://payment@127.0.0.1:{free_port()}/nothing"))
    with pytest.raises(ConfigurationError):
        asyncio.run(migrate("mysql+aiomysql://127.0.0.1/nothing"))
