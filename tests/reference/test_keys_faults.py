"""Interrupted by force: processes and databases killed, connections cut, at every step of a rotation."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.auth.model import Principal
from reference_impl.auth.store import TOTP, TotpStore, context
from reference_impl.crypto.envelope import Place, key_version, seal, unseal
from reference_impl.crypto.sealed_file import SealedFile
from reference_impl.database import METADATA, connect, transaction
from reference_impl.errors import UnavailableError
from reference_impl.keys.rewrapping import Rewrapping
from reference_impl.keys.service import KeyRing, Policy
from reference_impl.keys.store import DATA_KEYS, KeyStore
from reference_impl.secret import Secret
from tests.reference.services import Postgres
from tests.reference.test_keys_ring import wrapper

__all__ = ["wrapper"]

PLACE = Place("a", "tok_1", "payment_processing")
TENANTS = "abcde"
POLICY = Policy(seals_per_key=500, seals_per_block=10)
Sealed = list[tuple[str, bytes]]


async def _with_engine(url: str, work: Callable[[AsyncEngine], Awaitable[Any]]) -> Any:
    engine = connect(url)
    try:
        return await work(engine)
    finally:
        await engine.dispose()


async def _fill(engine: AsyncEngine, wrapper: SealedFile) -> Sealed:
    async with transaction(engine) as connection:
        await connection.run_sync(METADATA.create_all)
    ring, sealed = KeyRing(KeyStore(engine), wrapper, POLICY), []
    for tenant in TENANTS:
        key = await ring.for_sealing(tenant)
        sealed.append((tenant, seal(key.cipher, key.version, tenant.encode(), PLACE)))
        await ring.for_fingerprints(tenant)
        factor = wrapper.wrap(Secret(tenant.encode() * 20), context(tenant, "ada"))
        await TotpStore(engine).enrol(_ada(tenant), factor, wrapper.wrapped_by(factor))
    return sealed


def _ada(tenant: str) -> Principal:
    return Principal("ada", tenant, frozenset(), "session")


async def _rotate(engine: AsyncEngine, wrapper: SealedFile) -> None:
    ring = KeyRing(KeyStore(engine), wrapper, POLICY)
    for tenant in TENANTS[:2]:
        await ring.rotate(tenant)
        await ring.for_sealing(tenant)


async def _rewrap(engine: AsyncEngine, wrapper: SealedFile) -> None:
    rewrapping = Rewrapping([KeyStore(engine).wrappings(), TotpStore(engine).wrappings()], wrapper)
    await rewrapping.rotate()
    async for _ in rewrapping.run(4):
        pass
    async with transaction(engine) as connection:
        for column in (DATA_KEYS.c.wrapped_by, TOTP.c.wrapped_by):
            assert set(await connection.scalars(select(column))) == {wrapper.current}


Work = Callable[[AsyncEngine, SealedFile], Awaitable[None]]


async def _check(engine: AsyncEngine, wrapper: SealedFile, sealed: Sealed) -> None:
    """Everything opens, one key of each tenant and purpose is current, and traffic goes on."""
    ring = KeyRing(KeyStore(engine), wrapper, POLICY)
    for tenant, value in sealed:
        assert unseal(await ring.for_opening(tenant, key_version(value)), value, PLACE) == tenant.encode()
    async with transaction(engine) as connection:
        rows = (await connection.execute(select(DATA_KEYS))).all()
    current = Counter((row.tenant, row.purpose) for row in rows if row.state == "current")
    assert set(current.values()) == {1}
    assert len(current) == 2 * len(TENANTS)
    for tenant in TENANTS:
        await ring.for_sealing(tenant)
        await ring.for_fingerprints(tenant)
        factor = await TotpStore(engine).enrolled(_ada(tenant))
        assert factor and wrapper.unwrap(factor.wrapped_secret, context(tenant, "ada")).reveal() == tenant.encode() * 20


def _at_step(engine: AsyncEngine, step: int, what: Callable[[Any], None]) -> None:
    """Does `what` with the connection just before the statement or commit of that number."""
    steps = itertools.count(1)

    def count(connection: Any, *_: Any) -> None:
        if next(steps) == step:
            what(connection)

    event.listen(engine.sync_engine, "before_cursor_execute", count)
    event.listen(engine.sync_engine, "commit", count)


def _die(_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed_at(url: str, wrapper: SealedFile, interrupted: Work, step: int) -> None:
    async def work(engine: AsyncEngine) -> None:
        _at_step(engine, step, _die)
        await interrupted(engine, wrapper)

    asyncio.run(_with_engine(url, work))


@pytest.mark.parametrize("interrupted", [_rotate, _rewrap])
def test_a_process_killed_at_any_step_leaves_what_the_next_one_finishes(
    database_url: str, wrapper: SealedFile, interrupted: Work
) -> None:
    sealed = asyncio.run(_with_engine(database_url, lambda engine: _fill(engine, wrapper)))
    context = multiprocessing.get_context("fork")
    for step in itertools.count(1):
        child = context.Process(target=_killed_at, args=(database_url, wrapper, interrupted, step))
        child.start()
        child.join()
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
        asyncio.run(_with_engine(database_url, lambda engine: _check(engine, wrapper, sealed)))
    assert step > 15
    asyncio.run(_with_engine(database_url, lambda engine: _check(engine, wrapper, sealed)))


@pytest.mark.parametrize("interrupted", [_rotate, _rewrap])
def test_a_connection_cut_at_any_step_is_an_outage_and_the_next_try_finishes(
    postgres: Postgres, wrapper: SealedFile, interrupted: Work
) -> None:
    url = postgres.database()

    def cut(connection: Any) -> None:
        pid = connection.connection.dbapi_connection.driver_connection.get_server_pid()
        assert postgres.sql(f"SELECT pg_terminate_backend({pid}, 10000)") == "t\n"

    async def test(engine: AsyncEngine) -> None:
        sealed = await _fill(engine, wrapper)
        for step in itertools.count(1):
            cutting = connect(url)
            _at_step(cutting, step, cut)
            try:
                await interrupted(cutting, wrapper)
            except UnavailableError:
                await _check(cutting, wrapper, sealed)  # the same pool, with new connections
            else:
                assert step > 15
                break
            finally:
                await cutting.dispose()
        await _check(engine, wrapper, sealed)

    asyncio.run(_with_engine(url, test))


def test_a_database_killed_under_load_counts_no_seal_too_few(own_postgres: Postgres, wrapper: SealedFile) -> None:
    url = own_postgres.database()
    made: Counter[tuple[str, int]] = Counter()

    async def traffic(ring: KeyRing, tenant: str, enough: asyncio.Event) -> None:
        while True:
            try:
                key = await ring.for_sealing(tenant, 3)
            except UnavailableError:
                return
            made[tenant, key.version] += 3
            if sum(made.values()) > 2000:
                enough.set()
            await asyncio.sleep(0)

    async def test(engine: AsyncEngine) -> None:
        sealed = await _fill(engine, wrapper)
        rings = [KeyRing(KeyStore(engine), wrapper, POLICY) for _ in range(3)]
        for _ in range(3):
            enough = asyncio.Event()
            running = [asyncio.create_task(traffic(ring, tenant, enough)) for ring in rings for tenant in TENANTS]
            await enough.wait()
            await asyncio.to_thread(own_postgres.kill)
            await asyncio.gather(*running)
            await asyncio.to_thread(own_postgres.start)
            async with transaction(engine) as connection:
                counted = {
                    (row.tenant, row.version): row.seals
                    for row in await connection.execute(select(DATA_KEYS))
                    if row.purpose == "data"
                }
            assert all(count <= counted[place] <= POLICY.seals_per_key for place, count in made.items())
            await _check(engine, wrapper, sealed)
            made.clear()

    asyncio.run(_with_engine(url, test))
