"""The key ring on real databases: one key per tenant, counted, rotated, forgotten, destroyed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError as ConstraintError
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.crypto.envelope import MAX_SEALS, Place, key_version, seal, unseal
from reference_impl.crypto.sealed_file import SealedFile
from reference_impl.database import METADATA, connect, transaction
from reference_impl.errors import IntegrityError, InvalidInputError, UnavailableError
from reference_impl.keys.model import SEALS_PER_KEY, KeyName, Purpose
from reference_impl.keys.service import KeyRing, Policy
from reference_impl.keys.store import DATA_KEYS, KeyStore
from tests.reference.key_places import sealed_file

SMALL = Policy(seals_per_key=100, seals_per_block=10)


@pytest.fixture(scope="module")
def wrapper(tmp_path_factory: pytest.TempPathFactory) -> SealedFile:
    return sealed_file(tmp_path_factory.mktemp("keys"))


@dataclass
class Time:
    """Stands still until a test moves it."""

    now: datetime = datetime(2026, 1, 1, tzinfo=timezone.utc)

    def clock(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.now.timestamp()


@dataclass
class World:
    engine: AsyncEngine
    wrapper: SealedFile
    time: Time

    def ring(self, policy: Policy = SMALL) -> KeyRing:
        """As another process on the same database."""
        return KeyRing(KeyStore(self.engine), self.wrapper, policy, self.time.clock, self.time.monotonic)

    async def rows(self) -> list[Any]:
        async with transaction(self.engine) as connection:
            return list((await connection.execute(select(DATA_KEYS).order_by(DATA_KEYS.c.version))).all())


@asynccontextmanager
async def world(url: str, wrapper: SealedFile) -> AsyncIterator[World]:
    engine = connect(url)
    try:
        async with transaction(engine) as connection:
            await connection.run_sync(METADATA.create_all)
        yield World(engine, wrapper, Time())
    finally:
        await engine.dispose()


Run = Callable[[Callable[[World], Coroutine[Any, Any, None]]], None]


@pytest.fixture
def run(database_url: str, wrapper: SealedFile) -> Run:
    def runner(test: Callable[[World], Coroutine[Any, Any, None]]) -> None:
        async def go() -> None:
            async with world(database_url, wrapper) as opened:
                await test(opened)

        asyncio.run(go())

    return runner


PLACE = Place("a", "tok_1", "payment_processing")


def test_a_value_sealed_before_a_restart_opens_after_it(run: Run) -> None:
    """Keys that die with the process lose everything they sealed (D01, D11)."""

    async def test(world: World) -> None:
        key = await world.ring().for_sealing("a")
        sealed = seal(key.cipher, key.version, b"value", PLACE)
        assert key_version(sealed) == key.version == 1  # D13: what is sealed says which key opens it
        assert unseal(await world.ring().for_opening("a", key_version(sealed)), sealed, PLACE) == b"value"

    run(test)


def test_a_missing_key_is_an_error_and_never_a_new_one(run: Run) -> None:
    """D10."""

    async def test(world: World) -> None:
        for version in (0, 1, 2**31 - 1):
            with pytest.raises(IntegrityError):
                await world.ring().for_opening("a", version)
        assert await world.rows() == []

    run(test)


def test_two_tenants_share_no_key(run: Run) -> None:
    async def test(world: World) -> None:
        ring = world.ring()
        keys = {tenant: await ring.for_sealing(tenant) for tenant in "ab"}
        sealed = seal(keys["a"].cipher, 1, b"value", PLACE)
        with pytest.raises(IntegrityError):
            unseal(await ring.for_opening("b", 1), sealed, PLACE)
        macs = {tenant: (await ring.for_fingerprints(tenant))[0].key.reveal() for tenant in "ab"}
        assert macs["a"] != macs["b"]
        assert len({row.wrapped for row in await world.rows()}) == 4

    run(test)


@pytest.mark.parametrize("moved", [{"tenant": "b"}, {"purpose": "fingerprint"}, {"version": 2}])
def test_a_wrapped_key_moved_to_another_row_does_not_open(run: Run, moved: dict[str, Any]) -> None:
    async def test(world: World) -> None:
        await world.ring().for_sealing("a")
        async with transaction(world.engine) as connection:
            await connection.execute(update(DATA_KEYS).values(**moved))
        ring = world.ring()
        with pytest.raises(IntegrityError):
            await {
                "tenant": lambda: ring.for_opening("b", 1),
                "purpose": lambda: ring.for_fingerprints("a"),
                "version": lambda: ring.for_sealing("a"),
            }[next(iter(moved))]()

    run(test)


def test_a_key_of_another_tenant_copied_beside_does_not_open(run: Run) -> None:
    async def test(world: World) -> None:
        await world.ring().for_sealing("a")
        await world.ring().for_sealing("b")
        rows = {row.tenant: row for row in await world.rows()}
        async with transaction(world.engine) as connection:
            copied = update(DATA_KEYS).where(DATA_KEYS.c.tenant == "b").values(wrapped=rows["a"].wrapped)
            await connection.execute(copied)
        with pytest.raises(IntegrityError):
            await world.ring().for_opening("b", 1)

    run(test)


@pytest.mark.parametrize("wrapped", [b"", b"\x00", b"\xff" * 90, b"\x05kek-1" + b"x" * 60])
def test_a_corrupted_row_is_a_clear_error_and_stays(run: Run, wrapped: bytes) -> None:
    async def test(world: World) -> None:
        await world.ring().for_sealing("a")
        async with transaction(world.engine) as connection:
            await connection.execute(update(DATA_KEYS).values(wrapped=wrapped))
        with pytest.raises(IntegrityError):
            await world.ring().for_opening("a", 1)
        with pytest.raises(IntegrityError):
            await world.ring().for_sealing("a")
        assert [(row.version, row.wrapped) for row in await world.rows()] == [(1, wrapped)]

    run(test)


def test_many_that_are_first_at_once_get_one_key(run: Run) -> None:
    async def test(world: World) -> None:
        rings = [world.ring(Policy()) for _ in range(8)]
        keys = await asyncio.gather(*(ring.for_sealing("a") for ring in rings for _ in range(5)))
        assert {key.version for key in keys} == {1}
        assert [(row.purpose, row.version, row.state) for row in await world.rows()] == [("data", 1, "current")]
        sealed = seal(keys[0].cipher, 1, b"value", PLACE)
        assert all(unseal(key.cipher, sealed, PLACE) == b"value" for key in keys)
        macs = await asyncio.gather(*(ring.for_fingerprints("a") for ring in rings))
        assert len({found[0].key.reveal() for found in macs}) == 1

    run(test)


def test_seals_are_counted_before_they_are_made(run: Run) -> None:
    async def test(world: World) -> None:
        made = 0
        for _ in range(3):  # each a process that dies without a word
            ring = world.ring()
            for seals in (1, 4, 2, 9):
                await ring.for_sealing("a", seals)
                made += seals
                assert made <= sum(row.seals for row in await world.rows())

    run(test)


def test_one_write_counts_a_block(run: Run) -> None:
    async def test(world: World) -> None:
        ring = world.ring()
        for _ in range(10):
            await ring.for_sealing("a")
            assert [row.seals for row in await world.rows()] == [10]
        await ring.for_sealing("a")
        assert [row.seals for row in await world.rows()] == [20]

    run(test)


def test_a_key_is_replaced_before_its_limit_whoever_used_it_up(run: Run) -> None:
    async def test(world: World) -> None:
        rings = [world.ring() for _ in range(3)]
        made: dict[int, int] = {}
        for turn in range(450):
            key = await rings[turn % 3].for_sealing("a")
            made[key.version] = made.get(key.version, 0) + 1
        assert max(made.values()) <= SMALL.seals_per_key
        assert max(made) == 5
        rows = await world.rows()
        assert all(row.seals <= SMALL.seals_per_key for row in rows)
        assert [row.state for row in rows] == ["retired"] * 4 + ["current"]

    run(test)


def test_the_limit_is_far_below_what_gcm_allows() -> None:
    assert SEALS_PER_KEY <= MAX_SEALS // 4
    assert Policy().seals_per_key == SEALS_PER_KEY


def test_more_than_a_block_is_counted_as_it_is_and_more_than_a_key_refused(run: Run) -> None:
    async def test(world: World) -> None:
        ring = world.ring()
        assert (await ring.for_sealing("a", 100)).version == 1
        assert (await ring.for_sealing("a", 1)).version == 2
        for seals in (101, 0, -5):
            with pytest.raises(InvalidInputError):
                await ring.for_sealing("a", seals)

    run(test)


def test_a_key_older_than_its_cryptoperiod_is_replaced(run: Run) -> None:
    async def test(world: World) -> None:
        ring = world.ring()
        assert (await ring.for_sealing("a")).version == 1
        world.time.now += timedelta(days=89)
        assert (await ring.for_sealing("a")).version == 1
        world.time.now += timedelta(days=1)
        assert (await ring.for_sealing("a")).version == 2
        assert await ring.for_opening("a", 1)

    run(test)


def test_rotation_under_traffic_loses_nothing(run: Run) -> None:
    async def test(world: World) -> None:
        policy = Policy(seals_per_key=1000, seals_per_block=7)
        rings, sealed, over = [world.ring(policy) for _ in range(3)], [], asyncio.Event()

        async def traffic(ring: KeyRing) -> None:
            while not over.is_set():
                key = await ring.for_sealing("a")
                value = os.urandom(16)
                sealed.append((seal(key.cipher, key.version, value, PLACE), value))
                await asyncio.sleep(0)

        async def rotate() -> None:
            for turn in range(12):
                assert await rings[turn % 3].rotate("a")
            over.set()

        await asyncio.gather(rotate(), *map(traffic, rings))
        assert len({key_version(value) for value, _ in sealed}) > 2
        ring = world.ring()
        for value, plain in sealed:
            assert unseal(await ring.for_opening("a", key_version(value)), value, PLACE) == plain
        rows = await world.rows()
        assert [row.state for row in rows] == ["retired"] * (len(rows) - 1) + ["current"]

    run(test)


def test_rotating_at_once_ends_with_one_current_key(run: Run) -> None:
    async def test(world: World) -> None:
        rings = [world.ring() for _ in range(6)]
        versions = await asyncio.gather(*(ring.rotate("a") for ring in rings))
        rows = await world.rows()
        assert [row.state for row in rows].count("current") == 1
        assert max(versions) == rows[-1].version

    run(test)


def test_the_database_allows_one_current_key(run: Run) -> None:
    async def test(world: World) -> None:
        ring = world.ring()
        await ring.for_sealing("a")
        row = (await world.rows())[0]._asdict() | {"version": 2}
        with pytest.raises(ConstraintError):
            async with transaction(world.engine) as connection:
                await connection.execute(insert(DATA_KEYS), row)

    run(test)


def test_other_processes_follow_a_rotation_when_they_have_forgotten(run: Run) -> None:
    async def test(world: World) -> None:
        here, there = world.ring(), world.ring()
        await there.for_sealing("a")
        assert await here.rotate("a") == 2
        assert (await here.for_sealing("a")).version == 2
        assert (await there.for_sealing("a")).version == 1
        world.time.now += timedelta(seconds=SMALL.memory_seconds)
        assert (await there.for_sealing("a")).version == 2

    run(test)


def test_fingerprint_keys_are_versioned_and_newest_first(run: Run) -> None:
    async def test(world: World) -> None:
        ring = world.ring()
        first = await ring.for_fingerprints("a")
        assert [mac.version for mac in first] == [1]
        assert await ring.for_fingerprints("a") is first
        assert await ring.rotate("a", Purpose.FINGERPRINT) == 2
        both = await ring.for_fingerprints("a")
        assert [mac.version for mac in both] == [2, 1]
        assert both[1].key.reveal() == first[0].key.reveal()
        assert both[0].key.reveal() != first[0].key.reveal()
        assert (await ring.for_sealing("a")).version == 1

    run(test)


def test_what_is_destroyed_never_opens_again(run: Run) -> None:
    async def test(world: World) -> None:
        ring = world.ring()
        for tenant in "ab":
            await ring.for_sealing(tenant)
            await ring.rotate(tenant)
            await ring.for_fingerprints(tenant)
        old = {row.wrapped for row in await world.rows() if row.tenant == "a"}
        assert await ring.destroy("a") == 3
        assert await ring.destroy("a") == 0
        for version in (1, 2):
            with pytest.raises(IntegrityError):
                await ring.for_opening("a", version)
            assert await ring.for_opening("b", version)
        assert not old & {row.wrapped for row in await world.rows()}
        assert (await ring.for_sealing("a")).version == 3  # a version that was used once is not used again
        assert [mac.version for mac in await ring.for_fingerprints("a")] == [2]

    run(test)


def test_a_key_destroyed_while_it_is_loaded_does_not_stay_in_memory(run: Run) -> None:
    async def test(world: World) -> None:
        await world.ring().for_sealing("a")
        ring = world.ring()
        await asyncio.gather(ring.for_opening("a", 1), ring.destroy("a"), return_exceptions=True)
        with pytest.raises(IntegrityError):
            await ring.for_opening("a", 1)

    run(test)


def test_a_database_that_is_gone_is_an_outage(tmp_path: Path, wrapper: SealedFile) -> None:
    async def test() -> None:
        for url in (f"sqlite+aiosqlite:///{tmp_path}/none/x.db", "postgresql+asyncpg://payment@127.0.0.1:1/x"):
            engine = connect(url)
            with pytest.raises(UnavailableError):
                await KeyRing(KeyStore(engine), wrapper).for_sealing("a")
            await engine.dispose()

    asyncio.run(test())


def test_contexts_of_different_keys_differ() -> None:
    names = [
        KeyName(tenant, purpose, version)
        for tenant in ("", "a", "ab", "data", "a\0\0\0\4data", "ä")
        for purpose in Purpose
        for version in (1, 2, 256)
    ]
    assert len({name.context() for name in names}) == len(names)
