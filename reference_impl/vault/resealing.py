"""Seals cards anew with the current data key, and finds them by the newest fingerprint, while traffic runs.

Without it a rotated key opens its cards for ever and can never be destroyed. A card is opened and sealed in memory, and
replaces the envelope that was read and no other: a card that is deleted meanwhile stays deleted. Begun again after any
interruption it goes on where it was; an older process seals with the key before for minutes, and the next run finds
what it sealed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.crypto.envelope import Place, seal, unseal
from reference_impl.database import transaction
from reference_impl.errors import ConflictError, IntegrityError
from reference_impl.keys.model import DataKey, KeyName, Keys, MacKey, Purpose, Resealed, RetiredKeys, SealedKeys
from reference_impl.vault import outdated
from reference_impl.vault.encoding import decode, fingerprint
from reference_impl.vault.persons import is_enclosed
from reference_impl.vault.store import Mark
from reference_impl.vault.writing import SEALED_AS

BATCH = 500
_PASSES = 2


class _Renewed(NamedTuple):
    """A page, sealed anew."""

    cards: list[outdated.Resealing]
    marks: dict[Mark, str]
    unreadable: list[str]


class Resealing:
    """Implements `keys.model.Resealer`. `retired`: where keys end; `others`: what else data keys seal."""

    def __init__(
        self, engine: AsyncEngine, keys: Keys, retired: RetiredKeys, others: Sequence[SealedKeys] = ()
    ) -> None:
        self._engine, self._keys, self._retired, self._others = engine, keys, retired, others

    async def left(self, tenant: str) -> int:
        """See `Resealer`."""
        newest, _ = await self._newest(tenant)
        async with transaction(self._engine) as connection:
            return await outdated.count(connection, newest)

    async def run(self, tenant: str, batch: int = BATCH) -> AsyncGenerator[Resealed, None]:
        """See `Resealer`. Twice over the tenant's cards, once if there was nothing to do: what other processes go on
        sealing with the key before is for the next run.
        """
        done, changed = 0, True
        for _ in range(_PASSES):
            if not changed:
                return
            changed, after, unreadable = False, "", list[str]()
            left = await self.left(tenant)
            while True:
                newest, mac = await self._newest(tenant)
                async with transaction(self._engine) as connection:
                    page = await outdated.page(connection, newest, after, batch)
                if not page:
                    break
                after = page[-1].token
                renewed, bad = await self._renew(newest, mac, page)
                done, left, changed = done + renewed, max(0, left - len(page)), changed or renewed > 0
                unreadable += bad
                yield Resealed(done, left, tuple(unreadable))

    async def retire(self, tenant: str) -> Sequence[KeyName]:
        """See `Resealer`. Fingerprints go before the key they were made with."""
        gone: list[KeyName] = []
        for other in self._others:
            await other.reseal(tenant)
        for purpose in Purpose:
            for name in await self._retired.retired(tenant, purpose):
                if await self.in_use(name):
                    continue
                if purpose is Purpose.FINGERPRINT:
                    async with transaction(self._engine) as connection:
                        await outdated.forget(connection, tenant, name.version)
                with suppress(ConflictError):  # another process was faster
                    await self._retired.destroy_version(name, self)
                    gone.append(name)
        return gone

    async def in_use(self, name: KeyName) -> bool:
        """See `keys.model.Uses`."""
        for other in self._others:
            if await other.in_use(name):
                return True
        async with transaction(self._engine) as connection:
            if name.purpose is Purpose.DATA:
                return await outdated.seals(connection, name.tenant, name.version)
            return await outdated.finds(connection, name.tenant, name.version)

    async def _newest(self, tenant: str) -> tuple[outdated.Newest, MacKey]:
        """Versions that this process knows of; one seal is counted to learn the first."""
        data = (await self._keys.for_sealing(tenant)).version
        mac = (await self._keys.for_fingerprints(tenant))[0]
        return outdated.Newest(tenant, data, mac.version), mac

    async def _renew(
        self, newest: outdated.Newest, mac: MacKey, page: Sequence[outdated.Old]
    ) -> tuple[int, Sequence[str]]:
        """How many cards of a page are up to date now, and which do not open."""
        tenant = newest.tenant
        ciphers, old = await self._ciphers(tenant, page), [card for card in page if card.key_version < newest.data]
        key = await self._keys.for_sealing(tenant, max(1, len(old)))
        renewed = await asyncio.to_thread(_renewed, newest, page, ciphers, key, mac)
        async with transaction(self._engine) as connection:
            alive = await outdated.lock(connection, tenant, [card.token for card in page])
            cards = [card for card in renewed.cards if card.token in alive]
            marks = {each: token for each, token in renewed.marks.items() if token in alive}
            changed = await outdated.reseal(connection, tenant, key.version, cards)
            if marks:
                await outdated.remark(connection, marks)
        return changed + len(set(marks.values()) - {card.token for card in cards}), renewed.unreadable

    async def _ciphers(self, tenant: str, page: Sequence[outdated.Old]) -> Mapping[int, AESGCM]:
        """Of the versions that there are."""
        found: dict[int, AESGCM] = {}
        for version in {card.key_version for card in page}:
            with suppress(IntegrityError):
                found[version] = await self._keys.for_opening(tenant, version)
        return found


def _renewed(
    newest: outdated.Newest,
    page: Sequence[outdated.Old],
    ciphers: Mapping[int, AESGCM],
    key: DataKey,
    mac: MacKey,
) -> _Renewed:
    """Computes: run it in a thread."""
    renewed = _Renewed([], {}, [])
    for old in page:
        place = Place(newest.tenant, old.token, SEALED_AS)
        try:
            plain = unseal(_of(ciphers, old.key_version), old.sealed_card, place)
            number = None if is_enclosed(plain) else decode(plain).number  # who re-seals needs no person's key
        except IntegrityError:
            renewed.unreadable.append(old.token)
            continue
        if old.key_version < newest.data:
            anew = seal(key.cipher, key.version, plain, place)
            renewed.cards.append(outdated.Resealing(old.token, old.sealed_card, anew))
        if old.marked and number is not None:
            mark = Mark(newest.tenant, newest.fingerprint, fingerprint(mac, number))
            renewed.marks.setdefault(mark, old.token)
    return renewed


def _of(ciphers: Mapping[int, AESGCM], version: int) -> AESGCM:
    if version not in ciphers:
        raise IntegrityError("a card was sealed with a key that does not exist (any more)")
    return ciphers[version]
