"""The keys data are sealed with, as the rest of the service sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.secret import Secret


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
