"""Cards are sealed anew after a rotation, online, and older keys end once nothing needs them."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.cards.model import Card
from reference_impl.database import connect, transaction
from reference_impl.errors import ConflictError, IntegrityError, NotFoundError
from reference_impl.keys.model import KeyName, Resealed, State
from reference_impl.keys.model import Purpose as KeyPurpose
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.migrations import upgrade
from reference_impl.vault.model import Purpose
from reference_impl.vault.resealing import Resealing
from reference_impl.vault.service import Vault
from reference_impl.vault.store import FINGERPRINTS, TOKENS
from tests.reference.memory_log import MemoryLog
from tests.reference.memory_wrapper import MemoryWrapper
from tests.reference.vault_doubles import NUMBERS, caller, card, same

DATA, FINGERPRINT = KeyPurpose.DATA, KeyPurpose.FINGERPRINT
LATER = timedelta(minutes=11)
"""After which no process has an older key in its memory."""


@dataclass
class World:
    engine: AsyncEngine
    wrapper: MemoryWrapper
    now: datetime = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)

    def __post_init__(self) -> None:
        self.ring = self.another()
        self.vault = Vault(self.engine, self.ring, MemoryLog())
        self.resealing = Resealing(self.engine, self.ring, self.ring)

    def another(self) -> KeyRing:
        """As another process has it."""
        return KeyRing(KeyStore(self.engine), self.wrapper, clock=lambda: self.now, monotonic=self.seconds)

    def seconds(self) -> float:
        return self.now.timestamp()

    async def fill(self, count: int = 20, tenant: str = "acme") -> dict[str, Card]:
        stored = {}
        for number in range(count):
            one = card(NUMBERS[number % len(NUMBERS)], f"Holder {number}")
            stored[(await self.vault.tokenize(caller(tenant), one)).token] = one
        return stored

    async def check(self, stored: dict[str, Card], tenant: str = "acme") -> None:
        """Everything opens, in this process and in one that begins now."""
        for vault in (self.vault, Vault(self.engine, self.another(), MemoryLog())):
            for token, one in stored.items():
                assert same(await vault.detokenize(caller(tenant), token, Purpose.DISPUTE), one)

    async def versions(self, tenant: str = "acme") -> set[int]:
        query = select(TOKENS.c.key_version).where(TOKENS.c.tenant == tenant, TOKENS.c.deleted_at.is_(None))
        async with transaction(self.engine) as connection:
            return set(await connection.scalars(query))

    async def marks(self) -> list[tuple[int, str]]:
        async with transaction(self.engine) as connection:
            rows = await connection.execute(select(FINGERPRINTS.c.key_version, FINGERPRINTS.c.token))
            return sorted((version, token) for version, token in rows)

    async def reseal(self, batch: int = 500, tenant: str = "acme") -> list[Resealed]:
        return [progress async for progress in self.resealing.run(tenant, batch)]


@asynccontextmanager
async def world(url: str, wrapper: MemoryWrapper | None = None) -> AsyncIterator[World]:
    engine = connect(url)
    try:
        await upgrade(engine)
        yield World(engine, wrapper or MemoryWrapper())
    finally:
        await engine.dispose()


def run(url: str, test: Callable[[World], Awaitable[None]]) -> None:
    async def all_of_it() -> None:
        async with world(url) as w:
            await test(w)

    asyncio.run(all_of_it())


def test_after_a_rotation_every_card_is_sealed_anew_and_the_old_key_goes(database_url: str) -> None:
    async def test(w: World) -> None:
        stored, other = await w.fill(), await w.fill(3, "other")
        assert await w.resealing.left("acme") == 0
        assert await w.reseal() == []
        await w.ring.rotate("acme")
        assert await w.resealing.left("acme") == 20
        progress = await w.reseal(8)
        assert [(one.done, one.left) for one in progress] == [(8, 12), (16, 4), (20, 0)]
        assert await w.versions() == {2} and await w.versions("other") == {1}
        await w.check(stored)
        assert await w.resealing.retire("acme") == [], "another process may still seal with it"
        w.now += LATER
        assert await w.resealing.retire("acme") == [KeyName("acme", DATA, 1)]
        assert await w.resealing.retire("acme") == []
        await w.check(stored)
        await w.check(other, "other")
        for ring in (w.ring, w.another()):
            with pytest.raises(IntegrityError):
                await ring.for_opening("acme", 1)
        states = {key.name.version: key.state for key in await w.ring.status("acme") if key.name.purpose is DATA}
        assert states == {1: State.DESTROYED, 2: State.CURRENT}

    run(database_url, test)


def test_a_key_that_is_needed_is_not_destroyed(database_url: str) -> None:
    async def test(w: World) -> None:
        await w.fill(2)
        first = KeyName("acme", DATA, 1)
        for moment in (timedelta(), LATER):
            w.now += moment
            with pytest.raises(ConflictError):  # the current one
                await w.ring.destroy_version(first, w.resealing)
        await w.ring.rotate("acme")
        with pytest.raises(ConflictError, match="moment ago"):
            await w.ring.destroy_version(first, w.resealing)
        w.now += LATER
        with pytest.raises(ConflictError, match="in use"):
            await w.ring.destroy_version(first, w.resealing)
        await w.reseal()
        await w.ring.destroy_version(first, w.resealing)
        with pytest.raises(ConflictError, match="gone"):
            await w.ring.destroy_version(first, w.resealing)
        with pytest.raises(ConflictError):
            await w.ring.destroy_version(KeyName("nobody", DATA, 1), w.resealing)

    run(database_url, test)


def test_fingerprints_follow_their_key(database_url: str) -> None:
    """A card is found by the newest fingerprint, its first token stays its first, and the old key goes."""

    async def test(w: World) -> None:
        stored = await w.fill(12)  # five cards: seven tokens are second ones, which no fingerprint leads to
        first = {token for _, token in await w.marks()}
        assert len(first) == len(NUMBERS)
        await w.ring.rotate("acme", FINGERPRINT)
        assert await w.resealing.left("acme") == len(NUMBERS)
        assert (await w.reseal(2))[-1].done == len(NUMBERS)
        assert await w.marks() == sorted((version, token) for version in (1, 2) for token in first)
        assert await w.resealing.retire("acme") == []
        w.now += LATER
        assert await w.resealing.retire("acme") == [KeyName("acme", FINGERPRINT, 1)]
        assert await w.marks() == sorted((2, token) for token in first)
        for number in NUMBERS:
            assert (await w.vault.tokenize(caller(), card(number), reuse=True)).token in first
        await w.check(stored)

    run(database_url, test)


def test_a_card_that_got_a_second_first_token_has_one_again(database_url: str) -> None:
    """Processes that knew different fingerprint keys may each have given the card a first token."""

    async def test(w: World) -> None:
        (old,) = await w.fill(1)
        await w.ring.rotate("acme", FINGERPRINT)
        async with transaction(w.engine) as connection:
            kept = (await connection.execute(select(FINGERPRINTS))).one()
            await connection.execute(FINGERPRINTS.delete())
        new = (await w.vault.tokenize(caller(), card(), reuse=True)).token
        async with transaction(w.engine) as connection:
            await connection.execute(FINGERPRINTS.insert(), [dict(kept._mapping)])
        assert await w.marks() == sorted([(1, old), (2, new)])
        await w.reseal()
        assert await w.marks() == [(2, new)]
        assert await w.resealing.left("acme") == 0

    run(database_url, test)


def test_a_card_deleted_meanwhile_stays_deleted(database_url: str) -> None:
    async def test(w: World) -> None:
        stored = await w.fill(5)
        await w.ring.rotate("acme")
        await w.ring.rotate("acme", FINGERPRINT)
        gone = next(iter(stored))
        for_sealing = w.ring.for_sealing

        async def deleting(tenant: str, seals: int = 1) -> Any:
            if seals > 1 and gone in stored:  # the page was read, and is not written yet
                del stored[gone]
                await w.vault.delete(caller(), gone)
            return await for_sealing(tenant, seals)

        w.ring.for_sealing = deleting  # type: ignore[method-assign]
        assert (await w.reseal())[-1].done == 4
        with pytest.raises(NotFoundError):
            await w.vault.describe(caller(), gone)
        async with transaction(w.engine) as connection:
            row = (await connection.execute(select(TOKENS).where(TOKENS.c.token == gone))).one()
        assert (row.sealed_card, row.key_version) == (b"", 1)
        assert gone not in {token for _, token in await w.marks()}
        w.now += LATER
        assert len(await w.resealing.retire("acme")) == 2
        await w.check(stored)

    run(database_url, test)


def test_a_card_that_does_not_open_is_reported_left_and_keeps_its_key(database_url: str) -> None:
    async def test(w: World) -> None:
        stored = await w.fill(9)
        changed, missing, short = list(stored)[:3]
        async with transaction(w.engine) as connection:
            for token, values in (
                (changed, {"sealed_card": b"\x01\0\0\0\x01" + b"x" * 80}),
                (missing, {"key_version": 0}),
                (short, {"sealed_card": b"short"}),
            ):
                await connection.execute(update(TOKENS).where(TOKENS.c.token == token).values(values))
        await w.ring.rotate("acme")
        progress = (await w.reseal(2))[-1]
        assert set(progress.unreadable) == {changed, missing, short} and progress.done == 6
        assert await w.resealing.left("acme") == 3
        w.now += LATER
        assert await w.resealing.retire("acme") == []
        await w.check({token: one for token, one in stored.items() if token not in (changed, missing, short)})

    run(database_url, test)


def test_seals_are_counted(database_url: str) -> None:
    async def test(w: World) -> None:
        await w.fill(5)
        await w.ring.rotate("acme")
        asked: list[int] = []
        for_sealing = w.ring.for_sealing

        async def counting(tenant: str, seals: int = 1) -> Any:
            asked.append(seals)
            return await for_sealing(tenant, seals)

        w.ring.for_sealing = counting  # type: ignore[method-assign]
        await w.reseal(3)
        assert sum(asked) >= 5 and {3, 2} <= set(asked)

    run(database_url, test)


def test_a_process_that_has_not_heard_of_the_rotation_undoes_nothing(database_url: str) -> None:
    async def test(w: World) -> None:
        stored = await w.fill(4)
        late = w.another()
        await late.for_sealing("acme")
        await late.for_fingerprints("acme")
        await w.ring.rotate("acme")
        await w.ring.rotate("acme", FINGERPRINT)
        await w.reseal()
        assert [one async for one in Resealing(w.engine, late, late).run("acme")] == []
        assert await w.versions() == {2}
        token = (await Vault(w.engine, late, MemoryLog()).tokenize(caller(), card())).token
        stored[token] = card()
        assert await w.versions() == {1, 2}
        assert (await w.reseal())[-1].done == 1
        assert await w.versions() == {2}
        await w.check(stored)

    run(database_url, test)


def test_traffic_goes_on_while_keys_are_rotated_and_cards_resealed(database_url: str) -> None:
    async def test(w: World) -> None:
        stored = await w.fill(30)
        over = asyncio.Event()
        vaults = [w.vault, Vault(w.engine, w.another(), MemoryLog())]

        async def traffic(vault: Vault, worker: int) -> None:
            for number in itertools.count():
                one = card(NUMBERS[(worker + number) % len(NUMBERS)], f"Worker {worker} {number}")
                token = (await vault.tokenize(caller(), one)).token
                assert same(await vault.detokenize(caller(), token, Purpose.REFUND), one)
                if number % 3 == 0:
                    await vault.delete(caller(), token)
                else:
                    stored[token] = one
                if over.is_set():
                    return

        async def upkeep() -> None:
            for _ in range(3):
                await w.ring.rotate("acme")
                await w.ring.rotate("acme", FINGERPRINT)
                rivals = Resealing(w.engine, w.ring, w.ring)
                await asyncio.gather(w.reseal(7), _drain(rivals.run("acme", 5)))
                await w.resealing.retire("acme")
            over.set()

        await asyncio.gather(upkeep(), *(traffic(vault, number) for number, vault in enumerate(vaults * 2)))
        w.now += LATER
        await w.reseal()
        assert len(await w.versions()) == 1
        assert {name.version for name in await w.resealing.retire("acme")} == {1, 2, 3}
        await w.check(stored)

    run(database_url, test)


async def _drain(progress: AsyncIterator[Any]) -> None:
    async for _ in progress:
        pass
