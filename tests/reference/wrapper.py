"""A key wrapper in memory, for parts whose subject is not where keys are kept, and an audit log that remembers."""

from __future__ import annotations

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.audit.model import Event
from reference_impl.errors import IntegrityError, UnavailableError
from reference_impl.secret import Secret


class MemoryWrapper:
    """AES-256-GCM with the context as associated data."""

    def __init__(self) -> None:
        self._keys = [AESGCM(os.urandom(32))]

    @property
    def current(self) -> str:
        return str(len(self._keys) - 1)

    def wrap(self, key: Secret[bytes], context: bytes) -> bytes:
        nonce = os.urandom(12)
        return bytes([len(self._keys) - 1]) + nonce + self._keys[-1].encrypt(nonce, key.reveal(), context)

    def unwrap(self, wrapped: bytes, context: bytes) -> Secret[bytes]:
        try:
            return Secret(self._keys[wrapped[0]].decrypt(wrapped[1:13], wrapped[13:], context))
        except InvalidTag:
            raise IntegrityError("not wrapped by this key for this context") from None

    def wrapped_by(self, wrapped: bytes) -> str:
        return str(wrapped[0])

    def rotate(self) -> str:
        self._keys.append(AESGCM(os.urandom(32)))
        return self.current


class MemoryAudit:
    """`events` in order; `away`: whether appending fails."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.away = False

    async def append(self, events: Sequence[Event]) -> None:
        if self.away:
            raise UnavailableError("the audit log does not answer")
        self.events += events

    def summary(self) -> list[tuple[str, str, str, str]]:
        """User, action, outcome and reason of each."""
        return [(event.user, event.action, event.outcome.value, event.reason) for event in self.events]
