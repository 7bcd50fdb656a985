"""Keys of persons: what is sealed with one can be read as long as the person is known, and by nobody afterwards.

A key is random, sealed with the tenant's data key, and lies in a store of its own (`subject_store`), beside the name of
a customer: all else knows the person by the name of the key, which is random too. Removing it is what reaches copies
that nobody can change: backups, logs, locked segments (NIST SP 800-88 Rev. 1, 2.5, cryptographic erase).
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reference_impl.batches import Batches
from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.envelope import KEY_BYTES, Place, seal, unseal
from reference_impl.errors import IntegrityError
from reference_impl.keys.cache import Cache
from reference_impl.keys.model import KeyName, Keys, Purpose, SubjectKey, new_subject
from reference_impl.keys.subject_store import SealedKey, SubjectKeyStore
from reference_impl.secret import Secret

_SEALED_AS = "subject-key"
_REMEMBERED = 10_000
_RESEALED_AT_ONCE = 500


class SubjectKeys:
    """Implements `keys.model.SubjectKeys` and `SealedKeys`.

    `memory_seconds`: how long an unsealed key stays in memory, and so how long other processes read what they were
    given after `destroy`; whether a key still exists is asked anew whenever something is sealed with it.
    """

    def __init__(
        self,
        store: SubjectKeyStore,
        keys: Keys,
        clock: Clock = utc_now,
        *,
        memory_seconds: float = 300,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._keys, self._clock = store, keys, clock
        self._opened: Cache[tuple[str, str], SubjectKey] = Cache(memory_seconds, _REMEMBERED, monotonic)
        self._named: Cache[tuple[str, str], SubjectKey] = Cache(memory_seconds, _REMEMBERED, monotonic)
        self._asked = Batches(self._of_each)
        self._lock = asyncio.Lock()

    async def for_sealing(self, tenant: str, customers: Collection[str]) -> Mapping[str, SubjectKey]:
        """See `SubjectKeys`."""
        found = await self.of_tenants([(tenant, customer) for customer in customers])
        return {customer: key for (_, customer), key in found.items()}

    async def of_tenants(self, customers: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], SubjectKey]:
        """See `SubjectKeys`."""
        async with self._lock:
            found = await self._store.of_customers(customers)
            while fresh := sorted({*customers} - found.keys()):
                made = await self._made(fresh)
                found |= await self._store.add(made)
                if late := {*fresh} - found.keys():  # another process was faster
                    found |= await self._store.of_customers(late)
            return {name: await self._opened_of(key) for name, key in found.items()}

    async def of(self, tenant: str, customer: str) -> SubjectKey:
        """See `SubjectKeys`."""
        return await self._asked.submit((tenant, customer))

    async def remembered(self, tenant: str, customer: str) -> SubjectKey:
        """See `SubjectKeys`."""
        return self._named.get((tenant, customer)) or await self.of(tenant, customer)

    async def existing(self, subjects: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], SubjectKey]:
        """See `SubjectKeys`."""
        async with self._lock:
            found = await self._store.of_names(subjects)
            return {(key.tenant, key.subject): await self._opened_of(key) for key in found}

    async def for_opening(self, tenant: str, subject: str) -> SubjectKey:
        """See `SubjectKeys`."""
        if (known := self._opened.get((tenant, subject))) is not None:
            return known
        async with self._lock:  # a key that is destroyed meanwhile must not come back into memory
            if (found := await self._one(tenant, subject)) is None:
                raise IntegrityError("a value was sealed with the key of a person who was erased")
            return await self._opened_of(found)

    async def find(self, tenant: str, customer: str) -> str | None:
        """See `SubjectKeys`."""
        return next((key.subject for key in (await self._store.of_customers([(tenant, customer)])).values()), None)

    async def customer(self, tenant: str, subject: str) -> str | None:
        """See `SubjectKeys`."""
        found = await self._one(tenant, subject)
        return None if found is None else found.customer

    async def destroy(self, tenant: str, subject: str) -> bool:
        """See `SubjectKeys`."""
        async with self._lock:
            gone = await self._store.remove(tenant, subject)
            self._opened.forget(lambda place: place == (tenant, subject))
            self._named.forget(lambda place: place[0] == tenant)
        return gone

    async def reseal(self, tenant: str) -> int:
        """See `SealedKeys`."""
        done, current = 0, await self._keys.for_sealing(tenant)
        while page := await self._store.older(tenant, current.version, _RESEALED_AT_ONCE):
            key = await self._keys.for_sealing(tenant, len(page))
            rows = []
            for old in page:
                place = Place(tenant, old.subject, _SEALED_AS)
                cipher = await self._keys.for_opening(tenant, old.key_version)
                plain = unseal(cipher, old.sealed, place)
                rows.append((old.subject, old.sealed, seal(key.cipher, key.version, plain, place), key.version))
            done += await self._store.reseal(tenant, rows)
        return done

    async def in_use(self, name: KeyName) -> bool:
        """See `Uses`."""
        return name.purpose is Purpose.DATA and await self._store.count(name.tenant, name.version) > 0

    async def _of_each(self, customers: Sequence[tuple[str, str]]) -> Sequence[SubjectKey | BaseException]:
        """All together; if a key does not open, each alone."""
        try:
            found = await self.of_tenants({*customers})
        except IntegrityError as error:
            if len(customers) == 1:
                return [error]
            return [outcome for one in customers for outcome in await self._of_each([one])]
        return [found[name] for name in customers]

    async def _made(self, customers: Sequence[tuple[str, str]]) -> Sequence[SealedKey]:
        now, made = self._clock(), []
        counts = Counter(tenant for tenant, _ in customers)
        keys = {tenant: await self._keys.for_sealing(tenant, count) for tenant, count in counts.items()}
        for tenant, customer in customers:
            key, place = keys[tenant], Place(tenant, new_subject(), _SEALED_AS)
            sealed = seal(key.cipher, key.version, AESGCM.generate_key(KEY_BYTES * 8), place)
            made.append(SealedKey(tenant, customer, place.name, sealed, key.version, now))
        return made

    async def _one(self, tenant: str, subject: str) -> SealedKey | None:
        return next(iter(await self._store.of_subjects(tenant, [subject])), None)

    async def _opened_of(self, key: SealedKey) -> SubjectKey:
        place = key.tenant, key.subject
        if (known := self._opened.get(place)) is not None:
            return known
        cipher = await self._keys.for_opening(key.tenant, key.key_version)
        secret = unseal(cipher, key.sealed, Place(key.tenant, key.subject, _SEALED_AS))
        opened = SubjectKey(
            key.subject,
            AESGCM(_derived(secret, b"seal")),
            Secret(_derived(secret, b"sign")),
            Secret(_derived(secret, b"blind")),
            key.customer,
        )
        self._opened.put(place, opened)
        self._named.put((key.tenant, key.customer), opened)
        return opened


def _derived(secret: bytes, purpose: bytes) -> bytes:
    """A key has one purpose (RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, None, b"subject key: " + purpose).derive(secret)
