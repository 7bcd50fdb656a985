"""Sealed values: AES-256-GCM, bound to where they belong, saying which key opens them.

Layout: format (1 byte, 1) | key version (4 bytes, big-endian) | nonce (12 bytes) | ciphertext and tag.

The associated data are not stored: tenant, name, purpose and key version must be known to open it, so that a value
that was moved to another row, tenant or purpose does not open. Nonces are random: one key seals at most 2^32 values
(NIST SP 800-38D, 8.3), which `keys` counts.
"""

from __future__ import annotations

import os
import struct
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.errors import IntegrityError

FORMAT = 1
KEY_BYTES = 32
NONCE_BYTES = 12
MAX_SEALS = 2**32
_HEAD = struct.Struct(">BI")
_PLACE = struct.Struct(">BIIII")


class Place(NamedTuple):
    """Where a sealed value belongs. `name`: the token, or whatever else is unique in the tenant."""

    tenant: str
    name: str
    purpose: str


def place_of(tenant: str, subject: str, table: str, row: str = "") -> Place:
    """Where what a person's key seals belongs. `subject`: the key's name; `row`: where the table has several."""
    return Place(tenant, f"{subject}/{row}", table)


def associated_data(place: Place, key_version: int) -> bytes:
    """The lengths of all parts, then the parts: no two places give the same bytes."""
    tenant, name, purpose = place.tenant.encode(), place.name.encode(), place.purpose.encode()
    lengths = _PLACE.pack(FORMAT, key_version, len(tenant), len(name), len(purpose))
    return b"".join((lengths, tenant, name, purpose))


def seal(key: AESGCM, key_version: int, plain: bytes, place: Place) -> bytes:
    """`key`: of 32 bytes."""
    nonce = os.urandom(NONCE_BYTES)
    return _HEAD.pack(FORMAT, key_version) + nonce + key.encrypt(nonce, plain, associated_data(place, key_version))


def key_version(sealed: bytes) -> int:
    """The version of the key it was sealed with. Raises IntegrityError for bytes that are no sealed value."""
    if len(sealed) < _HEAD.size + NONCE_BYTES + 16:
        raise IntegrityError("a sealed value is cut short")
    form, version = _HEAD.unpack_from(sealed)
    if form != FORMAT:
        raise IntegrityError("a sealed value has an unknown format")
    return int(version)


def unseal(key: AESGCM, sealed: bytes, place: Place) -> bytes:
    """Raises IntegrityError if it was changed, belongs elsewhere, or was sealed with another key."""
    version = key_version(sealed)
    nonce = sealed[_HEAD.size : _HEAD.size + NONCE_BYTES]
    try:
        return key.decrypt(nonce, sealed[_HEAD.size + NONCE_BYTES :], associated_data(place, version))
    except InvalidTag:
        raise IntegrityError("a sealed value does not open: changed, moved, or another key") from None
