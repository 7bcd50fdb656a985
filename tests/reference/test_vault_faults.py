"""What is killed, lost, full, moved or damaged: no acknowledged card is lost, none is half there, nothing leaks."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl import database
from reference_impl.database import connect, transaction
from reference_impl.errors import IntegrityError, ServiceError, UnavailableError
from reference_impl.migrations import migrate
from reference_impl.vault.model import Purpose
from reference_impl.vault.service import Vault
from reference_impl.vault.store import FINGERPRINTS, TOKENS
from tests.reference.services import Postgres, new_postgres
from tests.reference.vault_child import SECRET
from tests.reference.vault_doubles import NUMBERS, DerivedKeys, MemoryLog, caller, card, plain, same

ROOT = Path(__file__).parents[2]
T = TypeVar("T")


@asynccontextmanager
async def vault_on(url: str, secret: bytes = SECRET) -> AsyncIterator[tuple[Vault, AsyncEngine, MemoryLog]]:
    engine, log = connect(url), MemoryLog()
    yield Vault(engine, DerivedKeys(secret), log), engine, log
    await engine.dispose()


@pytest.fixture
def server() -> Iterator[Postgres]:
    own = new_postgres()
    try:
        yield own
    finally:
        own.stop()
        shutil.rmtree(own.folder, ignore_errors=True)


async def recovered(call: Callable[[], Awaitable[T]]) -> T:
    """Its answer, once there is one."""

    async def ask() -> T:
        while True:
            with suppress(UnavailableError):
                return await call()
            await asyncio.sleep(0.05)

    return await asyncio.wait_for(ask(), 60)


async def check_all(url: str, acknowledged: dict[str, int], recorded: set[str] | None = None) -> int:
    """Every acknowledged card is there, and every card that is there is whole. How many there are."""
    async with vault_on(url) as (vault, engine, _):
        async with transaction(engine) as connection:
            rows = (await connection.execute(select(TOKENS))).all()
            marks = (await connection.execute(select(FINGERPRINTS))).all()
        names = {(row.tenant, row.token) for row in rows}
        assert set(acknowledged) <= {row.token for row in rows}
        assert {(mark.tenant, mark.token) for mark in marks} <= names
        assert recorded is None or {row.token for row in rows} <= recorded
        opened = await asyncio.gather(
            *(vault.detokenize(caller(row.tenant), row.token, Purpose.REFUND) for row in rows)
        )
        for row, one in zip(rows, opened, strict=True):
            number, _, _, holder = plain(one)
            assert number.endswith(row.last_four)
            if row.token in acknowledged:
                n = acknowledged[row.token]
                assert (number, holder, row.tenant) == (NUMBERS[n % 5], f"Holder {n}", f"tenant {n % 3}")
        return len(rows)


def test_a_service_that_is_killed_loses_nothing_it_acknowledged(database_url: str, tmp_path: Path) -> None:
    asyncio.run(migrate(database_url))
    acknowledged: dict[str, int] = {}
    log = tmp_path / "audit.log"
    for kill in range(5):
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
    assert len(acknowledged) >= 150 * 5
    assert asyncio.run(check_all(database_url, acknowledged, recorded)) >= len(acknowledged)


def test_a_database_that_is_killed_loses_nothing_that_was_acknowledged(server: Postgres) -> None:
    url = server.database()
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
                server.kill()
                await until(lambda before=before: len(failed) > before + 32)
                await asyncio.to_thread(server.start)
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


def test_a_database_that_hangs_is_given_up(server: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_WAIT_SECONDS", 1)
    url = server.database()

    def stop_or_go(what: signal.Signals) -> None:
        assert server.process
        command = ["ps", "-o", "pid=", "--ppid", str(server.process.pid)]
        children = subprocess.run(command, capture_output=True, check=False, text=True).stdout
        for pid in (server.process.pid, *map(int, children.split())):
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


def test_another_key_opens_nothing(database_url: str) -> None:
    async def run() -> None:
        await migrate(database_url)
        async with vault_on(database_url) as (vault, _, _log):
            stored = await vault.tokenize(caller(), card())
        async with vault_on(database_url, b"another secret") as (vault, _, log):
            await refused(vault, log, "acme", stored.token)

    asyncio.run(run())


async def refused(vault: Vault, log: MemoryLog, tenant: str, token: str) -> None:
    """It does not open, that is recorded, and the error says nothing."""
    for call in (vault.detokenize, vault.charge_card):
        with pytest.raises(IntegrityError) as caught:
            await call(caller(tenant), token, Purpose.REFUND)
        assert log.last[1:] == ("failure", token, "integrity_error")
        said = repr(caught.value) + str(caught.value.__cause__)
        assert not any(number in said for number in NUMBERS)
        assert "Lovelace" not in said


def test_a_row_that_was_moved_does_not_open(database_url: str) -> None:
    async def run() -> None:
        await migrate(database_url)
        async with vault_on(database_url) as (vault, engine, log):
            ours, other = [await vault.tokenize(caller(), card(number)) for number in NUMBERS[:2]]
            theirs = await vault.tokenize(caller("other"), card(NUMBERS[2]))
            spare = await vault.tokenize(caller("other"), card(NUMBERS[3]))

            async def change(token: str, **values: object) -> None:
                async with transaction(engine) as connection:
                    await connection.execute(update(TOKENS).where(TOKENS.c.token == token).values(values))

            async def sealed(token: str) -> Any:
                async with transaction(engine) as connection:
                    return await connection.scalar(select(TOKENS.c.sealed_card).where(TOKENS.c.token == token))

            await change(ours.token, tenant="other")  # a row of one tenant made another's
            await refused(vault, log, "other", ours.token)
            await change(other.token, sealed_card=await sealed(theirs.token))  # a card put under one's own token
            await refused(vault, log, "acme", other.token)
            await change(theirs.token, sealed_card=await sealed(spare.token))  # exchanged in one tenant
            await refused(vault, log, "other", theirs.token)
            await change(spare.token, key_version=2)
            await refused(vault, log, "other", spare.token)

    asyncio.run(run())


def test_no_damage_to_a_row_goes_unnoticed(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"
    loop = asyncio.new_event_loop()
    loop.run_until_complete(migrate(url))
    engine, log = connect(url), MemoryLog()
    vault = Vault(engine, DerivedKeys(SECRET), log)

    async def damage(places: list[int], cut: int) -> None:
        token = (await vault.tokenize(caller(), card())).token
        this = TOKENS.c.token == token
        async with transaction(engine) as connection:
            before = await connection.scalar(select(TOKENS.c.sealed_card).where(this))
            assert before
            after = bytearray(before)
            for place in places:
                after[place // 8 % len(after)] ^= 1 << place % 8
            after = after[: len(after) - cut]
            await connection.execute(update(TOKENS).where(this).values(sealed_card=bytes(after)))
        if bytes(after) == before:
            assert same(await vault.detokenize(caller(), token, Purpose.REFUND), card())
        else:
            await refused(vault, log, "acme", token)

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.integers(0, 8 * 97 - 1), max_size=3), st.sampled_from((0, 0, 0, 1, 16, 64, 80, 96, 97)))
    def any_damage(places: list[int], cut: int) -> None:
        loop.run_until_complete(damage(places, cut))

    any_damage()
    loop.run_until_complete(engine.dispose())
    loop.close()


def test_a_damaged_file_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "service.db"
    url = f"sqlite+aiosqlite:///{path}"

    async def store() -> str:
        await migrate(url)
        async with vault_on(url) as (vault, engine, _):
            stored = [await vault.tokenize(caller(), card()) for _ in range(50)]
            async with engine.connect() as connection:
                await connection.exec_driver_sql("ROLLBACK")
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return stored[0].token

    token = asyncio.run(store())
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = os.urandom(200)
    path.write_bytes(data)

    async def read() -> None:
        async with vault_on(url) as (vault, _, _log):
            with pytest.raises(ServiceError) as caught:
                await vault.describe(caller(), token)
            assert isinstance(caught.value, IntegrityError)

    asyncio.run(read())


def test_nothing_of_a_card_is_in_the_files_of_a_database(
    server: Postgres, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    canary = "Canary Holder-Name"

    async def use(url: str) -> None:
        await migrate(url)
        async with vault_on(url) as (vault, _, log):
            for number in NUMBERS:
                stored = await vault.tokenize(caller(), card(number, canary))
                await vault.tokenize(caller(), card(number, canary), reuse=True)
                await vault.detokenize(caller(), stored.token, Purpose.REFUND)
                with pytest.raises(ServiceError):
                    await vault.describe(caller(), number)
            await vault.delete(caller(), stored.token)
            assert not any(secret in repr(log.events) for secret in (*NUMBERS, canary))

    asyncio.run(use(f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"))
    asyncio.run(use(server.database()))
    server.sql("CHECKPOINT")
    files = [path for folder in (tmp_path, server.folder) for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "service.db" for path in files)
    assert any("pg_wal" in path.parts for path in files)
    for path in files:
        data = path.read_bytes()
        assert not any(secret.encode() in data for secret in (*NUMBERS, canary)), path.name
    assert not any(secret in caplog.text for secret in (*NUMBERS, canary))
