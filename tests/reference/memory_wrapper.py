"""A key wrapper that keeps its key in memory, for tests of parts that only need one."""

from __future__ import annotations

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.errors import IntegrityError
from reference_impl.secret import Secret


class MemoryWrapper:
    """Implements `crypto.wrapping.KeyWrapper`: id (1 byte), nonce, AES-256-GCM with the context as associated data."""

    def __init__(self, secret: bytes | None = None) -> None:
        """`secret`: the first key, 32 bytes, where several processes have it."""
        self._keys = [AESGCM(secret or os.urandom(32))]

    @property
    def current(self) -> str:
        return f"memory-{len(self._keys) - 1}"

    def wrap(self, key: Secret[bytes], context: bytes) -> bytes:
        nonce = os.urandom(12)
        return bytes([len(self._keys) - 1]) + nonce + self._keys[-1].encrypt(nonce, key.reveal(), context)

    def unwrap(self, wrapped: bytes, context: bytes) -> Secret[bytes]:
        try:
            return Secret(self._keys[wrapped[0]].decrypt(wrapped[1:13], wrapped[13:], context))
        except InvalidTag:
            raise IntegrityError("a wrapped key does not open") from None

    def rewrap_many(self, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes | None]:
        return [self.wrap(self.unwrap(wrapped, context), context) for wrapped, context in keys]

    def wrapped_by(self, wrapped: bytes) -> str:
        return f"memory-{wrapped[0]}"

    def rotate(self) -> str:
        self._keys.append(AESGCM(os.urandom(32)))
        return self.current
