"""Re-wrapping every key with a new key-encryption key: online, resumable, the same however often it is begun."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import update

from reference_impl.crypto.aws_kms import AwsKms
from reference_impl.crypto.pkcs11 import Pkcs11
from reference_impl.crypto.rewrappable import Place, Rewrappable, Rewrapped, Wrapping
from reference_impl.crypto.sealed_file import SealedFile
from reference_impl.crypto.wrapped_rows import WrappedRows
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.database import transaction
from reference_impl.errors import IntegrityError, UnavailableError
from reference_impl.keys.model import KeyName, Progress, Purpose, Unreadable
from reference_impl.keys.rewrapping import Rewrapping
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import DATA_KEYS, KeyStore
from tests.reference.key_places import application, sealed_file, token
from tests.reference.kms_double import ALIAS, kms
from tests.reference.test_keys_ring import Run, World, run, wrapper

__all__ = ["run", "wrapper"]

TENANTS = [f"tenant-{number:02}" for number in range(25)]


async def _fill(world: World) -> dict[tuple[str, int], bytes]:
    """Keys of many tenants, and something each has sealed."""
    ring, sealed = world.ring(), {}
    for tenant in TENANTS:
        for _ in range(2):
            key = await ring.for_sealing(tenant)
            sealed[tenant, key.version] = b"n" * 12 + key.cipher.encrypt(b"n" * 12, tenant.encode(), b"")
            await ring.rotate(tenant)
        await ring.for_fingerprints(tenant)
    return sealed


async def _check(world: World, sealed: dict[tuple[str, int], bytes]) -> None:
    ring = world.ring()
    for (tenant, version), value in sealed.items():
        cipher = await ring.for_opening(tenant, version)
        assert cipher.decrypt(value[:12], value[12:], b"") == tenant.encode()


def _holder(world: World) -> WrappedRows:
    return KeyStore(world.engine).wrappings()


async def _all(rewrapping: Rewrapping, batch: int = 1000) -> list[Progress]:
    return [progress async for progress in rewrapping.run(batch)]


async def _wrapped_by(world: World) -> set[str]:
    return {row.wrapped_by for row in await world.rows() if row.state != "destroyed"}


def test_all_keys_are_rewrapped_and_what_they_sealed_still_opens(run: Run) -> None:
    async def test(world: World) -> None:
        sealed = await _fill(world)
        rewrapping = Rewrapping([_holder(world)], world.wrapper)
        before = {row.wrapped for row in await world.rows()}
        new = await rewrapping.rotate()
        progress = await _all(rewrapping, 30)
        assert [step.done for step in progress] == [30, 60, 90, 100]
        assert [step.left for step in progress] == [70, 40, 10, 0]
        assert await _wrapped_by(world) == {new}
        assert not before & {row.wrapped for row in await world.rows()}
        assert await _all(rewrapping) == []
        await _check(world, sealed)

    run(test)


class Failing:
    """Loses its connection before or after the step that `fail_at` counts down to."""

    def __init__(self, real: Rewrappable, fail_at: int) -> None:
        self.real, self.name, self.fail_at = real, real.name, fail_at

    async def count_not_wrapped_by(self, key_id: str) -> int:
        return await self.real.count_not_wrapped_by(key_id)

    async def rewrap(self, keys: Sequence[Rewrapped]) -> int:
        self.fail_at -= 1
        if self.fail_at == 0:
            raise UnavailableError("before it was written")
        changed = await self.real.rewrap(keys)
        if self.fail_at == 1:
            raise UnavailableError("after it was written, before the answer")
        return changed

    async def not_wrapped_by(self, key_id: str, after: Place | None, most: int) -> Sequence[Wrapping]:
        if self.fail_at == 1 and after is not None:
            raise UnavailableError("before it was read")
        return await self.real.not_wrapped_by(key_id, after, most)


@pytest.mark.parametrize("fail_at", range(1, 12))
def test_interrupted_at_any_step_it_resumes(run: Run, fail_at: int) -> None:
    async def test(world: World) -> None:
        sealed = await _fill(world)
        rewrapping = Rewrapping([Failing(_holder(world), fail_at)], world.wrapper)
        new = await rewrapping.rotate()
        with pytest.raises(UnavailableError):
            await _all(rewrapping, 10)
        await _check(world, sealed)
        await _all(Rewrapping([_holder(world)], world.wrapper), 10)
        assert await _wrapped_by(world) == {new}
        await _check(world, sealed)

    run(test)


def test_stopped_by_its_caller_it_resumes(run: Run) -> None:
    async def test(world: World) -> None:
        sealed = await _fill(world)
        rewrapping = Rewrapping([_holder(world)], world.wrapper)
        new = await rewrapping.rotate()
        async for progress in rewrapping.run(10):
            if progress.done >= 50:
                break
        assert len(await _wrapped_by(world)) > 1
        await _check(world, sealed)
        assert (await _all(rewrapping, 10))[-1].done == 50
        assert await _wrapped_by(world) == {new}

    run(test)


def test_several_at_once_while_keys_are_used_made_and_rotated(run: Run) -> None:
    async def test(world: World) -> None:
        sealed, store = await _fill(world), [_holder(world)]
        await Rewrapping(store, world.wrapper).rotate()

        async def traffic(ring: KeyRing) -> None:
            for tenant in TENANTS:
                await ring.for_sealing(tenant, 7)
                await ring.for_sealing(f"new-{tenant}")
                await ring.rotate(tenant)

        rewrappings = [_all(Rewrapping(store, world.wrapper), 9) for _ in range(3)]
        await asyncio.gather(*rewrappings, traffic(world.ring()))
        new = await Rewrapping(store, world.wrapper).rotate()
        await _all(Rewrapping(store, world.wrapper))
        assert await _wrapped_by(world) == {new}
        await _check(world, sealed)

    run(test)


def test_a_key_destroyed_meanwhile_does_not_come_back(run: Run) -> None:
    async def test(world: World) -> None:
        await _fill(world)
        destroyed = asyncio.Event()

        class Slow(Failing):
            async def rewrap(self, keys: Sequence[Rewrapped]) -> int:
                if not destroyed.is_set():
                    await world.ring().destroy(TENANTS[0])
                    destroyed.set()
                return await super().rewrap(keys)

        rewrapping = Rewrapping([Slow(_holder(world), -1)], world.wrapper)
        await rewrapping.rotate()
        await _all(rewrapping)
        gone = [row for row in await world.rows() if row.tenant == TENANTS[0]]
        assert {(row.state, row.wrapped, row.wrapped_by) for row in gone} == {("destroyed", b"", "")}
        for version in (1, 2):
            with pytest.raises(IntegrityError):
                await world.ring().for_opening(TENANTS[0], version)

    run(test)


def test_a_key_that_does_not_open_is_reported_and_holds_nobody_up(run: Run) -> None:
    async def test(world: World) -> None:
        await _fill(world)
        name = KeyName(TENANTS[3], Purpose.DATA, 2)
        same = (DATA_KEYS.c.tenant == name.tenant, DATA_KEYS.c.version == 2, DATA_KEYS.c.purpose == "data")
        async with transaction(world.engine) as connection:
            await connection.execute(update(DATA_KEYS).where(*same).values(wrapped=b"changed"))
        rewrapping = Rewrapping([_holder(world)], world.wrapper)
        new = await rewrapping.rotate()
        progress = await _all(rewrapping, 10)
        assert progress[-1].unreadable == (Unreadable("data_keys", name),)
        assert max(step.done for step in progress) == 99
        bad = [row for row in await world.rows() if row.wrapped_by != new]
        assert [(row.tenant, row.version, row.wrapped) for row in bad] == [(name.tenant, 2, b"changed")]

    run(test)


def test_a_place_that_does_not_answer_interrupts_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    async def test(world: World) -> None:
        folder = tmp_path / os.urandom(4).hex()
        folder.mkdir()
        world.wrapper = sealed_file(folder)
        await _fill(world)
        before = await world.rows()
        (folder / "keys.json").rename(folder / "away.json")
        with pytest.raises(UnavailableError):
            await _all(Rewrapping([_holder(world)], world.wrapper))
        assert await world.rows() == before
        (folder / "away.json").rename(folder / "keys.json")
        await Rewrapping([_holder(world)], world.wrapper).rotate()
        assert (await _all(Rewrapping([_holder(world)], world.wrapper)))[-1].done == 100

    run(test)


def test_it_works_alike_with_an_hsm_and_a_kms(run: Run) -> None:
    async def through(world: World, place: KeyWrapper) -> None:
        async with transaction(world.engine) as connection:
            await connection.execute(DATA_KEYS.delete())
        ring = KeyRing(KeyStore(world.engine), place)
        key = await ring.for_sealing("a")
        value = key.cipher.encrypt(b"n" * 12, b"value", b"")
        rewrapping = Rewrapping([_holder(world)], place)
        new = await rewrapping.rotate()
        assert await _all(rewrapping) == [Progress(1, 0)]
        assert await _wrapped_by(world) == {new}
        again = await KeyRing(KeyStore(world.engine), place).for_opening("a", key.version)
        assert again.decrypt(b"n" * 12, value, b"") == b"value"

    async def test(world: World) -> None:
        with kms() as (_, client):
            await through(world, AwsKms(client, ALIAS))
        opened = token()
        await through(world, Pkcs11.create(opened, application()))
        opened.close()

    run(test)


def test_keys_of_a_lost_file_are_named_and_kept(run: Run, tmp_path: Path) -> None:
    async def test(world: World) -> None:
        await _fill(world)
        before = await world.rows()
        folder = tmp_path / os.urandom(4).hex()
        folder.mkdir()
        other: SealedFile = sealed_file(folder)
        progress = await _all(Rewrapping([_holder(world)], other))
        assert (progress[-1].done, len(progress[-1].unreadable)) == (0, 100)
        assert await world.rows() == before

    run(test)
