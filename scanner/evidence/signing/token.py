"""An ed25519 key that never leaves its token (PKCS #11), named by a URI (RFC 7512):

pkcs11:token=evidence;object=signing?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=env:TOKEN_PIN
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from scanner.errors import UsageError
from scanner.evidence.signing.keys import key_id

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_POINT_PREFIX = b"\x04\x20"
"""The public point is an OCTET STRING of 32 bytes (PKCS #11 3.0, 6.3.5)."""


class TokenKey:
    """Implements `Signer`. Raises UsageError for a token, a key or a PIN that is not there, without showing the PIN."""

    def __init__(self, uri: str, environment: Mapping[str, str] = os.environ) -> None:
        said = _parts(uri)
        try:
            import pkcs11
        except ImportError:
            raise UsageError("keys in tokens need more packages: `pip install paylint[evidence]`") from None
        try:
            token = pkcs11.lib(said["module-path"]).get_token(token_label=said["token"])
            self._session = token.open(user_pin=_pin(said, environment))
            label, kind = said["object"], pkcs11.KeyType.EC_EDWARDS
            self._key: Any = self._session.get_key(pkcs11.ObjectClass.PRIVATE_KEY, kind, label)
            public = self._session.get_key(pkcs11.ObjectClass.PUBLIC_KEY, kind, label)
            point = bytes(public[pkcs11.Attribute.EC_POINT])
        except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
            raise UsageError(
                f"--sign-key: the token has no such key, or does not open: {type(error).__name__}"
            ) from None
        self._mechanism = pkcs11.Mechanism.EDDSA
        self.key_id = key_id(_public(point))

    def sign(self, message: bytes) -> bytes:
        """See `Signer`."""
        return bytes(self._key.sign(message, mechanism=self._mechanism))


def _public(point: bytes) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(point.removeprefix(_POINT_PREFIX))


def _parts(uri: str) -> dict[str, str]:
    path, _, query = uri.removeprefix("pkcs11:").partition("?")
    pairs = [part.partition("=") for part in (*path.split(";"), *query.split("&")) if part]
    said = {name: unquote(value) for name, _, value in pairs}
    for name in ("token", "object", "module-path"):
        if not said.get(name):
            raise UsageError(f"--sign-key: the pkcs11 URI names no {name}")
    if "pin-value" in said:
        raise UsageError("--sign-key: a PIN on a command line is seen by everybody; give pin-source=env:NAME or a file")
    return said


def _pin(said: Mapping[str, str], environment: Mapping[str, str]) -> str:
    source = said.get("pin-source", "")
    if source.startswith("env:"):
        return environment.get(source.removeprefix("env:"), "")
    try:
        with open(source.removeprefix("file:"), encoding="utf-8") as stream:
            return stream.read().strip()
    except OSError:
        raise UsageError("--sign-key: the PIN cannot be read; give pin-source=env:NAME or a file") from None
