"""Keys that sign bundles, and those that are trusted: ed25519 (RFC 8032).

A key is named by the SHA-256 of its SubjectPublicKeyInfo in DER. `paylint[evidence]` brings what this needs.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from scanner.errors import UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PASSPHRASE = "PAYLINT_SIGNING_PASSPHRASE"  # noqa: S105 - the name of a variable
_LARGEST = 64 * 1024


class Signer(Protocol):
    """Whoever signs."""

    @property
    def key_id(self) -> str:
        """Of the public key, hex."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        ...


class TrustedKey(NamedTuple):
    """A public key somebody trusts. `source`: where it was given."""

    key: Ed25519PublicKey
    key_id: str
    source: str

    def made(self, signature: bytes, message: bytes) -> bool:
        """Whether it made this signature."""
        from cryptography.exceptions import InvalidSignature

        try:
            self.key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class LocalKey:
    """A private key in memory."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.key_id = key_id(key.public_key())

    def sign(self, message: bytes) -> bytes:
        """See `Signer`."""
        return self._key.sign(message)


def key_id(key: Ed25519PublicKey) -> str:
    """Hex."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def signer(where: str, environment: Mapping[str, str] = os.environ) -> Signer:
    """`where`: a PEM file (PKCS #8), `env:NAME` whose value is one, or a `pkcs11:` URI (RFC 7512).

    Raises UsageError, which shows nothing of the key.
    """
    _needed()
    if where.startswith("pkcs11:"):
        from scanner.evidence.signing.token import TokenKey

        return TokenKey(where, environment)
    if where.startswith("env:"):
        name = where.removeprefix("env:")
        if not environment.get(name):
            raise UsageError(f"--sign-key {where}: the variable is not set")
        return LocalKey(_private(environment[name].encode(), f"--sign-key {where}", environment))
    file = Path(where)
    content = _content(file, "--sign-key")
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise UsageError(
            f"--sign-key {file}: others may read this key; run `chmod 600 {file}`, and replace it if they did"
        )
    return LocalKey(_private(content, f"--sign-key {file}", environment))


def trusted(file: Path) -> TrustedKey:
    """A PEM file with an ed25519 public key. Raises UsageError."""
    _needed()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(_content(file, "--key"))
    except (ValueError, UnsupportedAlgorithm):
        raise UsageError(f"--key {file}: expected a public key in PEM (`openssl pkey -pubout`)") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(f"--key {file}: expected an ed25519 key, as bundles are signed with")
    return TrustedKey(key, key_id(key), str(file))


def _private(pem: bytes, source: str, environment: Mapping[str, str]) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    passphrase = environment.get(PASSPHRASE, "").encode() if b"ENCRYPTED" in pem else None
    if passphrase == b"":
        raise UsageError(f"{source}: the key is encrypted; set {PASSPHRASE}")
    try:
        key = load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise UsageError(
            f"{source}: no private key in PEM can be read there, or {PASSPHRASE} does not open it"
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(f"{source}: expected an ed25519 key (`openssl genpkey -algorithm ed25519`)")
    return key


def _content(file: Path, option: str) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_LARGEST)
    except OSError as error:
        raise UsageError(f"{option} {file}: cannot be read: {error.strerror}") from None


def _needed() -> None:
    try:
        import cryptography  # noqa: F401 - whether it is there
    except ImportError:
        raise UsageError("signatures need more packages: `pip install paylint[evidence]`") from None
