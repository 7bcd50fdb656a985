"""What keys are wrapped with: the one interface in front of a sealed key file, an HSM and a cloud KMS."""

from __future__ import annotations

from typing import Protocol

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

    def wrapped_by(self, wrapped: bytes) -> str:
        """The id of the key-encryption key it was wrapped with."""
        ...

    def rotate(self) -> str:
        """Makes a new key-encryption key the current one and returns its id; older ones still unwrap."""
        ...
