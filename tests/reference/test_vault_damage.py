"""Rows and files that were moved, changed or read by others: nothing opens, and nothing is there to be read."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from reference_impl.database import connect, transaction
from reference_impl.errors import IntegrityError, ServiceError
from reference_impl.migrations import migrate
from reference_impl.vault.model import Purpose
from reference_impl.vault.service import Vault
from reference_impl.vault.store import TOKENS
from tests.reference.memory_log import MemoryLog
from tests.reference.services import Postgres
from tests.reference.vault_child import SECRET
from tests.reference.vault_doubles import NUMBERS, DerivedKeys, caller, card, same
from tests.reference.vault_runs import refused, vault_on


def test_another_key_opens_nothing(database_url: str) -> None:
    async def run() -> None:
        await migrate(database_url)
        async with vault_on(database_url) as (vault, _, _log):
            stored = await vault.tokenize(caller(), card())
        async with vault_on(database_url, b"another secret") as (vault, _, log):
            await refused(vault, log, "acme", stored.token)

    asyncio.run(run())


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
    own_postgres: Postgres, tmp_path: Path, caplog: pytest.LogCaptureFixture
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
    asyncio.run(use(own_postgres.database()))
    own_postgres.sql("CHECKPOINT")
    files = [path for folder in (tmp_path, own_postgres.folder) for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "service.db" for path in files)
    assert any("pg_wal" in path.parts for path in files)
    for path in files:
        data = path.read_bytes()
        assert not any(secret.encode() in data for secret in (*NUMBERS, canary)), path.name
    assert not any(secret in caplog.text for secret in (*NUMBERS, canary))
