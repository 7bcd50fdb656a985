"""Keys and an audit log on disk for tests of the vault: small, but honest about what they promise."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.audit.model import Event
from reference_impl.auth.model import PCI_ACCESS, Caller, Principal
from reference_impl.batches import Batches
from reference_impl.cards.model import Card, CardNumber, Expiry
from reference_impl.errors import IntegrityError, UnavailableError
from reference_impl.keys.model import DataKey, MacKey
from reference_impl.secret import Secret

NUMBERS = ("4111111111111111", "5555555555554444", "378282246310005", "4242424242424242", "6011111111111117")
EVERYTHING = frozenset({"checkout", PCI_ACCESS, "vault_admin"})


def caller(tenant: str = "acme", *, roles: frozenset[str] = EVERYTHING, stepped_up: bool = True) -> Caller:
    return Caller(Principal("ada", tenant, roles, "session-1"), "192.0.2.7", "request-1", stepped_up)


def card(number: str = NUMBERS[0], holder: str | None = "Ada Lovelace") -> Card:
    return Card(CardNumber.parse(number), Expiry(12, 2030), None if holder is None else Secret(holder))


def same(one: Card, other: Card) -> bool:
    return plain(one) == plain(other)


def plain(one: Card) -> tuple[str, int, int, str | None]:
    return one.number.reveal(), one.expiry.month, one.expiry.year, None if one.holder is None else one.holder.reveal()


class DerivedKeys:
    """Keys that are computed from a secret: a child process and its parent have the same."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.version = 1
        self.fingerprint_version = 1
        self.seals = 0
        self.destroyed: set[str] = set()
        self.failing: set[str] = set()
        self._ciphers: dict[tuple[str, int], AESGCM] = {}

    async def for_sealing(self, tenant: str, seals: int = 1) -> DataKey:
        cipher = await self.for_opening(tenant, self.version)
        self.seals += seals
        return DataKey(self.version, cipher)

    async def for_opening(self, tenant: str, version: int) -> AESGCM:
        self._check(tenant)
        if tenant in self.destroyed or not 1 <= version <= self.version:
            raise IntegrityError("there is no such key")
        if (tenant, version) not in self._ciphers:
            self._ciphers[tenant, version] = AESGCM(self._derive("data", tenant, version))
        return self._ciphers[tenant, version]

    async def for_fingerprints(self, tenant: str) -> Sequence[MacKey]:
        self._check(tenant)
        versions = range(self.fingerprint_version, 0, -1)
        return [MacKey(each, Secret(self._derive("fingerprint", tenant, each))) for each in versions]

    async def destroy(self, tenant: str) -> int:
        self.destroyed.add(tenant)
        return self.version

    def _check(self, tenant: str) -> None:
        if tenant in self.failing:
            raise UnavailableError("the key store does not answer")

    def _derive(self, *what: object) -> bytes:
        return hashlib.sha256(self._secret + repr(what).encode("utf-8", "surrogatepass")).digest()


class FileLog:
    """Lines of JSON on disk, one sync for all that come at once."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._batches = Batches(self._write, most=1000)

    async def append(self, events: Sequence[Event]) -> None:
        await self._batches.submit(events)

    async def _write(self, batches: Sequence[Sequence[Event]]) -> list[None]:
        lines = [_line(event) for events in batches for event in events]
        await asyncio.to_thread(self._sync, "".join(lines).encode())
        return [None] * len(batches)

    def _sync(self, data: bytes) -> None:
        os.write(self._file, data)
        os.fdatasync(self._file)


def _line(event: Event) -> str:
    said = (event.user, event.action, event.at.isoformat(), event.outcome.value, event.origin, event.resource)
    return json.dumps([*said, event.tenant, event.request_id, event.reason]) + "\n"
