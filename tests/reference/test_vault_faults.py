"""What is killed, lost or full: no acknowledged card is lost and none is half there."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from reference_impl import database
from reference_impl.errors import UnavailableError
from reference_impl.migrations import migrate
from reference_impl.vault.model import Purpose
from reference_impl.vault.service import Vault
from tests.reference.services import Postgres, new_postgres
from tests.reference.vault_doubles import NUMBERS, caller, card, same
from tests.reference.vault_runs import check_all, recovered, vault_on

ROOT = Path(__file__).parents[2]


def test_a_service_that_is_killed_loses_nothing_it_acknowledged(database_url: str, tmp_path: Path) -> None:
    asyncio.run(migrate(database_url))
    acknowledged: dict[str, int] = {}
    log = tmp_path / "audit.log"
    for kill in range(3):
        command = [sys.executable, "-m", "tests.reference.vault_child", database_url, str(log), str(kill * 100_000)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
            assert child.stdout
            try:
                lines = list(itertools.islice(child.stdout, 150 + 111 * kill))
            finally:
                child.send_signal(signal.SIGKILL)
            lines += list(child.stdout)
        acknowledged |= {token: int(number) for number, token in (line.decode().split() for line in lines)}
    recorded = {json.loads(line)[5] for line in log.read_text().splitlines() if line.endswith("]")}
    assert len(acknowledged) >= 150 * 3
    assert asyncio.run(check_all(database_url, acknowledged, recorded)) >= len(acknowledged)


def test_a_database_that_is_killed_loses_nothing_that_was_acknowledged(own_postgres: Postgres) -> None:
    url = own_postgres.database()
    acknowledged: dict[str, int] = {}
    failed: list[Exception] = []

    async def load(vault: Vault, numbers: Iterator[int], stop: asyncio.Event) -> None:
        while not stop.is_set():
            n = next(numbers)
            try:
                one = await vault.tokenize(caller(f"tenant {n % 3}"), card(NUMBERS[n % 5], f"Holder {n}"))
                acknowledged[one.token] = n
            except UnavailableError as error:
                failed.append(error)
                await asyncio.sleep(0.02)

    async def until(reached: Any) -> None:
        async def wait() -> None:
            while not reached():
                await asyncio.sleep(0.005)

        await asyncio.wait_for(wait(), 60)

    async def run() -> None:
        await migrate(url)
        async with vault_on(url) as (vault, _, _log):
            stop, numbers = asyncio.Event(), itertools.count()
            tasks = [asyncio.create_task(load(vault, numbers, stop)) for _ in range(32)]
            for _ in range(3):
                before = len(acknowledged)
                await until(lambda before=before: len(acknowledged) > before + 200)
                before = len(failed)
                own_postgres.kill()
                await until(lambda before=before: len(failed) > before + 32)
                await asyncio.to_thread(own_postgres.start)
            before = len(acknowledged)
            await until(lambda: len(acknowledged) > before + 200)  # it has recovered by itself
            stop.set()
            await asyncio.gather(*tasks)

    asyncio.run(run())
    assert asyncio.run(check_all(url, acknowledged)) >= len(acknowledged) >= 800


def test_connections_that_are_cut_are_replaced(postgres: Postgres, postgres_url: str) -> None:
    async def run() -> None:
        await migrate(postgres_url)
        async with vault_on(postgres_url) as (vault, _, log):
            stored = [await vault.tokenize(caller(), card()) for _ in range(3)]
            name = postgres_url.rpartition("/")[2]
            postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()", name)
            with pytest.raises(UnavailableError):
                await vault.detokenize(caller(), stored[0].token, Purpose.REFUND)
            assert log.last[1:] == ("failure", stored[0].token, "unavailable")
            for each in stored:
                assert same(await vault.detokenize(caller(), each.token, Purpose.REFUND), card())

    asyncio.run(run())


def test_a_database_that_hangs_is_given_up(own_postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_WAIT_SECONDS", 1)
    url = own_postgres.database()

    def stop_or_go(what: signal.Signals) -> None:
        assert own_postgres.process
        command = ["ps", "-o", "pid=", "--ppid", str(own_postgres.process.pid)]
        children = subprocess.run(command, capture_output=True, check=False, text=True).stdout
        for pid in (own_postgres.process.pid, *map(int, children.split())):
            os.kill(pid, what)

    async def run() -> None:
        await migrate(url)
        async with vault_on(url) as (vault, _, _log):
            stored = await vault.tokenize(caller(), card())
            stop_or_go(signal.SIGSTOP)
            try:
                with pytest.raises(UnavailableError):
                    await asyncio.wait_for(vault.describe(caller(), stored.token), 30)
                with pytest.raises(UnavailableError):
                    await asyncio.wait_for(vault.tokenize(caller(), card()), 30)
            finally:
                stop_or_go(signal.SIGCONT)
            assert same(await recovered(lambda: vault.detokenize(caller(), stored.token, Purpose.REFUND)), card())

    asyncio.run(run())


@pytest.fixture
def small_disk() -> Iterator[Postgres]:
    """A server on a file system of 100 MB."""
    own = new_postgres(wal_recycle="off", max_wal_size="32MB", min_wal_size="32MB")
    own.stop()
    aside, data = own.folder / "aside", own.folder / "data"
    data.rename(aside)
    data.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", str(data)], capture_output=True, check=False
    )
    try:
        if mounted.returncode:
            pytest.xfail("no file system can be mounted here: it takes CAP_SYS_ADMIN")
        subprocess.run(["cp", "-a", f"{aside}/.", str(data)], check=True)
        shutil.copystat(aside, data)
        owner = aside.stat()
        os.chown(data, owner.st_uid, owner.st_gid)
        own.start()
        yield own
    finally:
        own.stop()
        if not mounted.returncode:
            subprocess.run(["umount", "-l", str(data)], check=True)
        shutil.rmtree(own.folder, ignore_errors=True)


def test_a_full_disk_under_postgresql(small_disk: Postgres) -> None:
    url = small_disk.database()
    filler = small_disk.folder / "data" / "filler"
    acknowledged: dict[str, int] = {}

    async def run() -> None:
        await migrate(url)
        async with vault_on(url) as (vault, _, _log):
            with pytest.raises(UnavailableError):
                for n in itertools.count():
                    holder = f"Holder {n}"
                    stored = await vault.tokenize(caller(f"tenant {n % 3}"), card(NUMBERS[n % 5], holder))
                    acknowledged[stored.token] = n
                    if n == 20:
                        with filler.open("wb") as file, pytest.raises(OSError):
                            while True:
                                file.write(bytes(65536))
                                file.flush()
            filler.unlink()
            assert small_disk.process
            if small_disk.process.poll() is not None:  # it may give up when it cannot write its log
                small_disk.start()
            await recovered(lambda: vault.tokenize(caller(), card()))

    asyncio.run(run())
    assert asyncio.run(check_all(url, acknowledged)) > len(acknowledged) > 20


def test_a_full_disk_under_sqlite(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"
    acknowledged: dict[str, int] = {}

    async def run() -> None:
        await migrate(url)
        async with vault_on(url) as (vault, engine, log):

            async def limit(pages: int) -> None:
                engines = [await engine.connect() for _ in range(4)]  # a setting of each connection
                for connection in engines:
                    await connection.execute(text(f"PRAGMA max_page_count = {pages}"))
                    await connection.rollback()
                for connection in engines:
                    await connection.close()

            await limit(60)
            with pytest.raises(UnavailableError):
                for n in range(10_000):
                    one = card(NUMBERS[n % 5], f"Holder {n}")
                    stored = await vault.tokenize(caller(f"tenant {n % 3}"), one)
                    acknowledged[stored.token] = n
            assert log.last == ("token.create", "failure", "token", "unavailable")
            await limit(1_000_000)
            await vault.tokenize(caller(), card())

    asyncio.run(run())
    assert asyncio.run(check_all(url, acknowledged)) == len(acknowledged) + 1
