"""What keys are wrapped with: the one interface in front of a sealed key file, an HSM and a cloud KMS.

Layout of a wrapped key, whoever wrapped it: length of the id (1 byte) | id of the key-encryption key | the rest.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from string import ascii_lowercase
from typing import Protocol

from reference_impl.errors import IntegrityError
from reference_impl.secret import Secret


class KeyWrapper(Protocol):
    """A key-encryption key that never leaves its place. Calls may block: run them in a thread.

    Wrapped keys say which key wrapped them (`wrapped_by`), so that old ones open after a rotation.
    Errors: UnavailableError (the place does not answer), IntegrityError (not wrapped by it, or for another context).
    """

    @property
    def current(self) -> str:
        """The id of the key that wraps from now on."""
        ...

    def wrap(self, key: Secret[bytes], context: bytes) -> bytes:
        """`context`: what the key is for; the same bytes are needed to unwrap it."""
        ...

    def unwrap(self, wrapped: bytes, context: bytes) -> Secret[bytes]:
        """The key."""
        ...

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The same key wrapped by the current one; where the place can do it, the key stays inside."""
        ...

    def rewrap_many(self, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes | None]:
        """The same for many, each with its context: in their order, None for those that do not open."""
        ...

    def wrapped_by(self, wrapped: bytes) -> str:
        """The id of the key-encryption key it was wrapped with."""
        ...

    def rotate(self) -> str:
        """Makes a new key-encryption key the current one and returns its id; older ones still unwrap."""
        ...


def join(key_id: str, payload: bytes) -> bytes:
    """A wrapped key that says who wrapped it. `key_id`: of 1 to 255 bytes."""
    name = key_id.encode()
    return bytes((len(name),)) + name + payload


def split(wrapped: bytes) -> tuple[str, bytes]:
    """The id and the rest. Raises IntegrityError for bytes that are no wrapped key."""
    end = 1 + wrapped[0] if wrapped else 0
    name = wrapped[1:end]
    if not 1 < end < len(wrapped) or not name.isascii():
        raise IntegrityError("a wrapped key is cut short or has no key id")
    return name.decode(), wrapped[end:]


def openable(rewrap: Callable[[bytes, bytes], bytes], wrapped: bytes, context: bytes) -> bytes | None:
    """What `rewrap` gives, None for what does not open."""
    with suppress(IntegrityError):
        return rewrap(wrapped, context)
    return None


def next_key_id(known: Iterable[str]) -> str:
    """`kek-NNNNNN-rrrrrrrr`: the greatest one is the newest; two made at once differ in the random part.

    That is of letters: with digits in it, some would look like a card number, and be masked in the audit log.
    """
    number = max((int(key_id.split("-")[1]) for key_id in known), default=0) + 1
    return f"kek-{number:06d}-{''.join(secrets.choice(ascii_lowercase) for _ in range(8))}"
