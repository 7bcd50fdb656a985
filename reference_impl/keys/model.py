"""The keys data are sealed with, as the rest of the service sees them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import timedelta
from enum import Enum
from typing import NamedTuple, Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.crypto.envelope import MAX_SEALS
from reference_impl.secret import Secret

SEALS_PER_KEY = MAX_SEALS // 4
"""Then a key is replaced: long before the limit, which counts what crashed processes reserved and never used."""

SEALS_PER_BLOCK = 2**16
"""How many a process reserves at a time: one write to the database for that many seals."""

CRYPTOPERIOD = timedelta(days=90)
"""How long a data key seals before it is replaced (PCI DSS 3.7.4: a period is defined; NIST SP 800-57 part 1, 5.3)."""


class Purpose(str, Enum):
    """What a key is for; a key has one purpose (NIST SP 800-57 part 1, 5.2)."""

    DATA = "data"
    FINGERPRINT = "fingerprint"


class KeyName(NamedTuple):
    """Which key. Holds nothing secret."""

    tenant: str
    purpose: Purpose
    version: int

    def context(self) -> bytes:
        """What its wrapping is bound to. Parts with their lengths: no two names give the same bytes."""
        parts = (self.tenant.encode(), self.purpose.value.encode(), struct.pack(">I", self.version))
        return b"".join(struct.pack(">I", len(part)) + part for part in parts)


class Progress(NamedTuple):
    """Of a re-wrapping. `done`: keys re-wrapped in this run; `left`: keys that are still to be looked at.

    `unreadable`: keys that do not open, and stay as they are: something changed them, or their key is gone.
    """

    done: int
    left: int
    unreadable: tuple[KeyName, ...] = ()


class DataKey(NamedTuple):
    """A data key of one tenant, ready for use. `version`: goes into what it seals, see `crypto.envelope`."""

    version: int
    cipher: AESGCM


class MacKey(NamedTuple):
    """A key for fingerprints. `version`: goes beside each fingerprint."""

    version: int
    key: Secret[bytes]


class Keys(Protocol):
    """The keys of all tenants. Unwrapped ones stay in memory for a few minutes; new tenants get keys by themselves.

    Raises UnavailableError (store or key provider down) and IntegrityError (a wrapped key does not open).
    """

    async def for_sealing(self, tenant: str, seals: int = 1) -> DataKey:
        """The current key, which has been counted for that many seals before it is handed out."""
        ...

    async def for_opening(self, tenant: str, version: int) -> AESGCM:
        """The key of that version, retired or not. IntegrityError: there is none (any more)."""
        ...

    async def for_fingerprints(self, tenant: str) -> Sequence[MacKey]:
        """Newest first. They never seal anything, and data keys never make fingerprints."""
        ...

    async def destroy(self, tenant: str) -> int:
        """Deletes every wrapped key of a tenant: nothing of it opens ever again. How many there were."""
        ...
