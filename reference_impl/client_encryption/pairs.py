"""Key pairs: made, sealed for the database, and opened again."""

from __future__ import annotations

import os
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc.jwk import ECKey, RSAKey

from reference_impl.client_encryption.model import ALGORITHMS, ClientKey, KeyKind, KeyState
from reference_impl.client_encryption.store import context
from reference_impl.crypto import envelope
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.secret import Secret

_RSA_BITS = 3072
"""As strong as AES-128 and P-256 (NIST SP 800-57 part 1, table 2)."""
_VERSION = 1


class KeyPairs:
    """Both methods compute and may wait for the key provider: run them in a thread."""

    def __init__(self, wrapper: KeyWrapper) -> None:
        self._wrapper = wrapper

    def make(self, kind: KeyKind, state: KeyState, now: datetime) -> ClientKey:
        """A new pair, its private half sealed. Raises UnavailableError."""
        kid = secrets.token_urlsafe(16)
        pair = ECKey.generate_key("P-256") if kind == "EC" else RSAKey.generate_key(_RSA_BITS)
        public = {name: str(value) for name, value in pair.as_dict(private=False).items()}
        jwk = public | {"kid": kid, "use": "enc", "alg": ALGORITHMS[kind][0]}
        seal_with = os.urandom(envelope.KEY_BYTES)
        sealed = envelope.seal(AESGCM(seal_with), _VERSION, pair.as_der(private=True), _place(kid))
        wrapped = self._wrapper.wrap(Secret(seal_with), context(kid))
        return ClientKey(kid, kind, jwk, sealed, wrapped, self._wrapper.wrapped_by(wrapped), now, None, state)

    def private(self, key: ClientKey) -> ECKey | RSAKey:
        """The private half. Raises UnavailableError, and IntegrityError for one that was changed or moved."""
        opens_with = AESGCM(self._wrapper.unwrap(key.wrapped_key, context(key.kid)).reveal())
        der = envelope.unseal(opens_with, key.wrapped_private, _place(key.kid))
        pair: ECKey | RSAKey = ECKey.import_key(der) if key.kind == "EC" else RSAKey.import_key(der)
        return pair


def _place(kid: str) -> envelope.Place:
    return envelope.Place("-", kid, "client_encryption")
