"""Hands out data keys and fingerprint keys, and replaces them while traffic runs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from weakref import WeakValueDictionary

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.envelope import KEY_BYTES
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.errors import ConflictError, IntegrityError, InvalidInputError
from reference_impl.keys.cache import Cache
from reference_impl.keys.model import (
    CRYPTOPERIOD,
    SEALS_PER_BLOCK,
    SEALS_PER_KEY,
    DataKey,
    KeyName,
    KeyStatus,
    MacKey,
    Purpose,
    Uses,
)
from reference_impl.keys.store import KeyStore, WrappedKey
from reference_impl.secret import Secret

_REMEMBERED = 10_000
_MEMORIES = 2
"""A key is in use no more after this many times as long as it stays in memory: once until it is forgotten, and once for
clocks that differ and for requests under way."""


@dataclass(frozen=True, slots=True)
class Policy:
    """When keys are replaced and forgotten.

    `seals_per_key`, `seals_per_block`, `cryptoperiod`: see `keys.model`; `memory_seconds`: how long an unwrapped key
    stays in memory, and so how long other processes go on with a key after `rotate` or `destroy`.
    """

    seals_per_key: int = SEALS_PER_KEY
    seals_per_block: int = SEALS_PER_BLOCK
    cryptoperiod: timedelta = CRYPTOPERIOD
    memory_seconds: float = 300


@dataclass(slots=True)
class _Block:
    """A key and how many seals are reserved for this process."""

    key: DataKey
    left: int


class KeyRing:
    """Implements `keys.model.Keys` and `RetiredKeys`. One per process; any number of processes on one database."""

    def __init__(
        self,
        store: KeyStore,
        wrapper: KeyWrapper,
        policy: Policy | None = None,
        clock: Clock = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._wrapper = wrapper
        self._policy = policy or Policy()
        self._clock = clock
        seconds = self._policy.memory_seconds
        self._blocks: Cache[str, _Block] = Cache(seconds, _REMEMBERED, monotonic)
        self._ciphers: Cache[tuple[str, int], AESGCM] = Cache(seconds, _REMEMBERED, monotonic)
        self._macs: Cache[str, tuple[MacKey, ...]] = Cache(seconds, _REMEMBERED, monotonic)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def for_sealing(self, tenant: str, seals: int = 1) -> DataKey:
        """See `Keys`. Raises InvalidInputError for no seals, or for more than a key may make."""
        if not 1 <= seals <= self._policy.seals_per_key:
            raise InvalidInputError("the number of seals is 1 to what one key may make")
        if (key := self._take(tenant, seals)) is not None:
            return key
        async with self._lock(tenant):
            if (key := self._take(tenant, seals)) is not None:  # who waited finds the block of who did not
                return key
            return await self._reserve(tenant, seals)

    async def for_opening(self, tenant: str, version: int) -> AESGCM:
        """See `Keys`."""
        cipher = self._ciphers.get((tenant, version))
        if cipher is None:
            async with self._lock(tenant):  # a key that is destroyed meanwhile must not come back into memory
                found = await self._store.get(KeyName(tenant, Purpose.DATA, version))
                if found is None:
                    raise IntegrityError("a value was sealed with a key that does not exist (any more)")
                cipher = await self._cipher(found)
        return cipher

    async def for_fingerprints(self, tenant: str) -> Sequence[MacKey]:
        """See `Keys`. These are replaced on request only: each version makes each search for duplicates dearer."""
        macs = self._macs.get(tenant)
        if macs is None:
            async with self._lock(tenant):
                await self._current(tenant, Purpose.FINGERPRINT)
                found = await self._store.versions(tenant, Purpose.FINGERPRINT)
                macs = tuple([MacKey(key.name.version, await self._unwrap(key)) for key in found])
                self._macs.put(tenant, macs)
        return macs

    async def rotate(self, tenant: str, purpose: Purpose = Purpose.DATA) -> int:
        """A new key seals from now on; older ones still open. Its version. Other processes follow within minutes.

        When another process does so at the same time, both end with the one that was faster.
        """
        async with self._lock(tenant):
            current = await self._store.current(tenant, purpose)
            if current is not None:
                await self._replace(current.name)
            self._forget(tenant)
            return (await self._current(tenant, purpose)).name.version

    async def destroy(self, tenant: str) -> int:
        """See `Keys`. What other processes seal with a key in their memory is lost with the rest: stop them first.

        Backups and the write-ahead log hold the wrapped keys until they are overwritten; see the package.
        """
        async with self._lock(tenant):
            count = await self._store.destroy(tenant)
            self._forget(tenant)
        return count

    async def retired(self, tenant: str, purpose: Purpose) -> Sequence[KeyName]:
        """See `RetiredKeys`: replaced so long ago that a process which took the key from its memory last is done."""
        found = await self._store.versions(tenant, purpose)
        if not found or self._clock() - found[0].created_at < _MEMORIES * timedelta(
            seconds=self._policy.memory_seconds
        ):
            return ()
        return [key.name for key in reversed(found[1:])]

    async def destroy_version(self, name: KeyName, uses: Uses) -> None:
        """See `RetiredKeys`. Backups hold the wrapped key until they expire; see the package."""
        async with self._lock(name.tenant):
            if name not in await self.retired(name.tenant, name.purpose):
                raise ConflictError("the key is the current one, was that a moment ago, or is gone")
            if await uses.in_use(name):
                raise ConflictError("the key is in use: something was sealed or found with it that is still there")
            await self._store.destroy_version(name)
            self._forget(name.tenant)

    async def status(self, tenant: str) -> Sequence[KeyStatus]:
        """Of every key of a tenant, destroyed ones too."""
        return await self._store.status(tenant)

    async def tenants(self) -> Sequence[str]:
        """All who have a key, in order."""
        return await self._store.tenants()

    def _take(self, tenant: str, seals: int) -> DataKey | None:
        block = self._blocks.get(tenant)
        if block is None or block.left < seals:
            return None
        block.left -= seals
        return block.key

    async def _reserve(self, tenant: str, seals: int) -> DataKey:
        """Counts a block in the database; replaces keys that are used up or too old."""
        limit = self._policy.seals_per_key
        count = min(max(seals, self._policy.seals_per_block), limit)
        while True:
            current = await self._current(tenant, Purpose.DATA)
            name = current.name
            fresh = self._clock() - current.created_at < self._policy.cryptoperiod
            if fresh and await self._store.reserve(tenant, name.version, count, limit):
                break
            await self._replace(name)
        key = DataKey(name.version, await self._cipher(current))
        self._blocks.put(tenant, _Block(key, count - seals))
        return key

    async def _current(self, tenant: str, purpose: Purpose) -> WrappedKey:
        """The current key, made if there is none: by this process or by a faster one."""
        while (current := await self._store.current(tenant, purpose)) is None:
            last = await self._store.last_version(tenant, purpose)
            await self._make(KeyName(tenant, purpose, last + 1), replaces=None)
        return current

    async def _replace(self, name: KeyName) -> None:
        await self._make(name._replace(version=name.version + 1), replaces=name.version)

    async def _make(self, name: KeyName, replaces: int | None) -> None:
        """Wraps before it begins the transaction: an HSM or KMS may take its time. Nothing if another was faster."""
        key = Secret(AESGCM.generate_key(KEY_BYTES * 8))
        wrapped = await asyncio.to_thread(self._wrapper.wrap, key, name.context())
        made = WrappedKey(name, wrapped, self._wrapper.wrapped_by(wrapped), self._clock())
        await self._store.add(made, replaces=replaces)

    async def _cipher(self, key: WrappedKey) -> AESGCM:
        place = (key.name.tenant, key.name.version)
        cipher = self._ciphers.get(place)
        if cipher is None:
            cipher = AESGCM((await self._unwrap(key)).reveal())
            self._ciphers.put(place, cipher)
        return cipher

    async def _unwrap(self, key: WrappedKey) -> Secret[bytes]:
        return await asyncio.to_thread(self._wrapper.unwrap, key.wrapped, key.name.context())

    def _forget(self, tenant: str) -> None:
        self._blocks.forget(lambda key: key == tenant)
        self._ciphers.forget(lambda key: key[0] == tenant)
        self._macs.forget(lambda key: key == tenant)

    def _lock(self, tenant: str) -> asyncio.Lock:
        return self._locks.setdefault(tenant, asyncio.Lock())
