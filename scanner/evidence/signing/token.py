"""An ed25519 key that never leaves its token (PKCS #11), named by a URI (RFC 7512):

pkcs11:token=evidence;object=signing?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=env:TOKEN_PIN
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
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
        except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
            raise _not_there(error) from None
        self._open, self._label = partial(token.open, user_pin=_pin(said, environment)), said["object"]
        with self._session() as session:
            self._private(session)
            public = session.get_key(pkcs11.ObjectClass.PUBLIC_KEY, pkcs11.KeyType.EC_EDWARDS, self._label)
            point = bytes(public[pkcs11.Attribute.EC_POINT])
        self.key_id = key_id(_public(point))

    def sign(self, message: bytes) -> bytes:
        """See `Signer`. Raises UsageError when the token does not sign."""
        from pkcs11 import Mechanism

        with self._session() as session:
            return bytes(self._private(session).sign(message, mechanism=Mechanism.EDDSA))

    @contextmanager
    def _session(self) -> Iterator[Any]:
        """Logged in for one use: a login holds for the whole process, and others may use the token too."""
        from pkcs11 import PKCS11Error

        try:
            with self._open() as session:
                yield session
        except PKCS11Error as error:
            raise _not_there(error) from None

    def _private(self, session: Any) -> Any:
        from pkcs11 import KeyType, ObjectClass

        return session.get_key(ObjectClass.PRIVATE_KEY, KeyType.EC_EDWARDS, self._label)


def _not_there(error: Exception) -> UsageError:
    return UsageError(f"--sign-key: the token has no such key, or does not open: {type(error).__name__}")


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
