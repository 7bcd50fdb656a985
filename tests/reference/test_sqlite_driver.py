"""Statements past the layers above SQLite's driver."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from reference_impl.database import connect, transaction
from reference_impl.errors import IntegrityError, UnavailableError
from reference_impl.sqlite_driver import SqliteDriver

MAKE, ADD = "CREATE TABLE counted (one integer)", "INSERT INTO counted VALUES (?)"
COUNT = "SELECT count(*) FROM counted"


@asynccontextmanager
async def opened(file: Path) -> AsyncIterator[SqliteDriver]:
    engine = connect(f"sqlite+aiosqlite:///{file}")
    driver = SqliteDriver(engine)
    try:
        yield driver
    finally:
        await driver.close()
        await engine.dispose()


def counted(file: Path) -> int:
    with sqlite3.connect(file) as connection:
        ((count,),) = connection.execute(COUNT).fetchall()
    return int(count)


def test_a_statement_is_on_disk_when_it_is_done_and_locks_nobody_out(tmp_path: Path) -> None:
    file = tmp_path / "counted.db"

    async def run() -> None:
        engine = connect(f"sqlite+aiosqlite:///{file}")
        async with opened(file) as driver:
            await driver.fetch(MAKE, [])
            for number in range(3):
                await driver.fetch(ADD, [number])
                assert counted(file) == 2 * number + 1
                async with transaction(engine) as connection:  # asks for the write lock
                    await connection.exec_driver_sql("INSERT INTO counted VALUES (0)")
            assert await driver.fetch("SELECT one FROM counted WHERE one > ?", [0]) == [(1,), (2,)]
        await engine.dispose()

    asyncio.run(run())


def test_a_cancelled_caller_leaves_it_usable(tmp_path: Path) -> None:
    async def run() -> None:
        async with opened(tmp_path / "counted.db") as driver:
            await driver.fetch(MAKE, [])
            for number in range(60):
                task = asyncio.create_task(driver.fetch(ADD, [number]))
                await asyncio.sleep((number % 6) / 5000)
                task.cancel()
                await asyncio.wait([task])
                before = await driver.fetch(COUNT, [])
                await driver.fetch(ADD, [number])
                assert await driver.fetch(COUNT, []) == [(before[0][0] + 1,)]

    asyncio.run(run())


def test_a_statement_that_is_refused_says_so_and_the_next_one_works(tmp_path: Path) -> None:
    async def run() -> None:
        async with opened(tmp_path / "counted.db") as driver:
            with pytest.raises((sqlite3.OperationalError, UnavailableError)):  # Python 3.10 cannot tell them apart
                await driver.fetch(COUNT, [])
            await driver.fetch(MAKE, [])
            assert await driver.fetch(COUNT, []) == [(0,)]

    asyncio.run(run())


def test_damaged_files_are_said_to_be_damaged(tmp_path: Path) -> None:
    async def run() -> None:
        (tmp_path / "damaged.db").write_bytes(b"no database " * 400)
        async with opened(tmp_path / "damaged.db") as driver:
            with pytest.raises(IntegrityError):
                await driver.fetch(MAKE, [])

    asyncio.run(run())
