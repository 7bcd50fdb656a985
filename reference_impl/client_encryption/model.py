"""Keys that clients encrypt card data to, and the envelopes that they make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Literal

KeyKind = Literal["EC", "RSA"]
"""`kty` of RFC 7518, 6.1."""

ALGORITHMS: dict[str, tuple[str, ...]] = {"EC": ("ECDH-ES", "ECDH-ES+A256KW"), "RSA": ("RSA-OAEP-256",)}
"""By kind of key, what may be said in `alg`; the first one is published (RFC 7518, 4.1)."""

CONTENT_ENCRYPTION = "A256GCM"
MAX_ENVELOPE = 8 * 1024
"""Characters; one with a card in it has about 900."""

KID = re.compile(r"[A-Za-z0-9_-]{8,64}")
NONCE = re.compile(r"[A-Za-z0-9_-]{22,64}")
"""Base64url of 16 random bytes at least."""


class KeyState(str, Enum):
    """What a key is for at the moment."""

    NEXT = "next"
    CURRENT = "current"
    RETIRING = "retiring"


@dataclass(frozen=True, slots=True)
class ClientKey:
    """A key pair as it is stored.

    `wrapped_private`: PKCS #8, sealed (`crypto.envelope`) with a key of its own, which is `wrapped_key`: key providers
    wrap 32 bytes, an RSA key is longer. `retires_at`: from then on it opens nothing; only retiring keys have one.
    """

    kid: str
    kind: KeyKind
    public_jwk: dict[str, str]
    wrapped_private: bytes
    wrapped_key: bytes
    wrapped_by: str
    created_at: datetime
    retires_at: datetime | None
    state: KeyState

    def opens(self, now: datetime) -> bool:
        """Whether it still does."""
        return self.retires_at is None or now < self.retires_at
