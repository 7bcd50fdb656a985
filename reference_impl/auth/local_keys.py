"""An issuer's public keys from a file instead of an address: for one machine, or where the issuer publishes none."""

from __future__ import annotations

import json
from pathlib import Path

from reference_impl.auth.jwks import KeyId, PublicKey, read_key
from reference_impl.errors import ConfigurationError


class LocalKeys:
    """A `KeySource`. The file is a JWK set (RFC 7517, 5), read once."""

    def __init__(self, file: Path) -> None:
        """Raises ConfigurationError: no such file, or no usable key in it."""
        try:
            entries = json.loads(file.read_bytes())["keys"]
        except (OSError, ValueError, KeyError, TypeError):
            raise ConfigurationError("jwks_file: a file with a JWK set in it") from None
        self._keys: dict[KeyId, PublicKey] = dict(filter(None, map(read_key, entries)))
        if not self._keys:
            raise ConfigurationError("jwks_file: it has no key that access tokens may be signed with")

    async def key(self, kid: str, alg: str) -> PublicKey | None:
        """See `KeySource`."""
        return self._keys.get((kid, alg))
