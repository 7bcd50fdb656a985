"""Key-encryption keys in a file that a passphrase opens: for one machine with nothing else installed.

The file is JSON: `format`, `kdf` ("scrypt"), `n`, `r`, `p`, `salt`, `nonce` and `sealed`, bytes in base64. `sealed` is
AES-256-GCM over the list of keys under a key that scrypt (RFC 7914) derives from the passphrase; everything else is
its associated data, so that all that is needed to open it is in the file and none of it can be changed.

Each key in it wraps data keys with AES-256-GCM and random nonces: 2^32 times at most (NIST SP 800-38D, 8.3), which a
key rotated quarterly does not come near. PCI DSS 3.6.1.2 allows a stored key-encryption key when it is encrypted with
a key that is as strong and stored elsewhere: keep the passphrase out of this machine's backups.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from reference_impl.crypto import key_file
from reference_impl.crypto.envelope import KEY_BYTES, NONCE_BYTES
from reference_impl.crypto.wrapping import join, next_key_id, openable, split
from reference_impl.errors import ConfigurationError, IntegrityError
from reference_impl.secret import Secret

MIN_PASSPHRASE = 16
_FORMAT = 1
_SALT_BYTES = 16
_MIN_N, _MAX_N, _R, _P = 2**17, 2**21, 8, 1  # the least costs 128 MiB a guess (OWASP); more than the most, 2 GiB


@dataclass(frozen=True, slots=True)
class _Seal:
    """The key the file is sealed with, and what it was derived from besides the passphrase."""

    cipher: AESGCM
    n: int
    salt: bytes

    @classmethod
    def derive(cls, passphrase: Secret[str], n: int, salt: bytes) -> _Seal:
        derived = Scrypt(salt=salt, length=KEY_BYTES, n=n, r=_R, p=_P).derive(passphrase.reveal().encode())
        return cls(AESGCM(derived), n, salt)

    def header(self, nonce: bytes) -> dict[str, int | str]:
        return {
            "format": _FORMAT,
            "kdf": "scrypt",
            "n": self.n,
            "r": _R,
            "p": _P,
            "salt": b64encode(self.salt).decode(),
            "nonce": b64encode(nonce).decode(),
        }

    def close(self, keys: dict[str, bytes]) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        header = self.header(nonce)
        plain = json.dumps({key_id: b64encode(key).decode() for key_id, key in keys.items()}).encode()
        sealed = self.cipher.encrypt(nonce, plain, json.dumps(header).encode())
        return json.dumps({**header, "sealed": b64encode(sealed).decode()}, indent=1).encode()

    def open(self, nonce: bytes, sealed: bytes) -> dict[str, bytes]:
        try:
            plain = self.cipher.decrypt(nonce, sealed, json.dumps(self.header(nonce)).encode())
        except InvalidTag:
            raise ConfigurationError("the key file does not open: another passphrase, or it was changed") from None
        return {key_id: b64decode(key) for key_id, key in json.loads(plain).items()}


def _parse(content: bytes) -> tuple[int, bytes, bytes, bytes]:
    """Its n, salt, nonce and sealed keys. Raises ConfigurationError."""
    try:
        document = json.loads(content)
        salt, nonce, sealed = (b64decode(document[name], validate=True) for name in ("salt", "nonce", "sealed"))
        parameters = (document["format"], document["kdf"], document["r"], document["p"])
        n = document["n"]
    except (ValueError, TypeError, KeyError) as error:
        raise ConfigurationError("the key file is damaged, or is none") from error
    if parameters != (_FORMAT, "scrypt", _R, _P) or len(salt) != _SALT_BYTES or len(nonce) != NONCE_BYTES:
        raise ConfigurationError("the key file has an unknown format")
    if type(n) is not int or not _MIN_N <= n <= _MAX_N or n & (n - 1):
        raise ConfigurationError("the key file was sealed with a derivation that is too weak or too dear")
    return n, salt, nonce, sealed


@dataclass(frozen=True, slots=True)
class _Keys:
    """What one version of the file holds."""

    raw: dict[str, bytes]
    ciphers: dict[str, AESGCM]
    current: str
    stamp: key_file.Stamp

    @classmethod
    def of(cls, raw: dict[str, bytes], stamp: key_file.Stamp) -> _Keys:
        return cls(raw, {key_id: AESGCM(key) for key_id, key in raw.items()}, max(raw), stamp)

    def __repr__(self) -> str:
        return f"_Keys({self.current})"


class SealedFile:
    """A KeyWrapper (see there). Threads and processes may share one file: each sees what another rotated.

    Wrapping fails when the file is gone: what is wrapped then could never be unwrapped after a restart.
    """

    def __init__(self, path: Path, passphrase: Secret[str]) -> None:
        """Opens what `create` made. Raises ConfigurationError: no such file, not private, or another passphrase."""
        self._path = path
        content, stamp = key_file.read(path)
        n, salt, nonce, sealed = _parse(content)
        self._seal = _Seal.derive(passphrase, n, salt)
        self._keys = _Keys.of(self._seal.open(nonce, sealed), stamp)

    @classmethod
    def create(cls, path: Path, passphrase: Secret[str]) -> SealedFile:
        """Makes the file, with one key. Raises ConfigurationError if there is one, or for a short passphrase."""
        if len(passphrase.reveal()) < MIN_PASSPHRASE:
            raise ConfigurationError(f"the passphrase of the key file has less than {MIN_PASSPHRASE} characters")
        seal = _Seal.derive(passphrase, _MIN_N, os.urandom(_SALT_BYTES))
        first = {next_key_id(()): AESGCM.generate_key(KEY_BYTES * 8)}
        with key_file.locked(path) as folder:
            key_file.write(path, seal.close(first), folder, replace=False)
        return cls(path, passphrase)

    @property
    def current(self) -> str:
        """The newest key of the file as it is now."""
        return self._fresh().current

    def wrap(self, key: Secret[bytes], context: bytes) -> bytes:
        """With the current key."""
        return _seal(self._fresh(), key.reveal(), context)

    def unwrap(self, wrapped: bytes, context: bytes) -> Secret[bytes]:
        """With the key it names, which another process may have made since."""
        return Secret(self._open(wrapped, context))

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Unwraps and wraps, in this process."""
        return _seal(self._fresh(), self._open(wrapped, context), context)

    def rewrap_many(self, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes | None]:
        """In this process; the file is looked at once, and randomness asked for once, for all of them."""
        held = self._fresh()
        encrypt, head = held.ciphers[held.current].encrypt, join(held.current, b"")
        randomness = os.urandom(NONCE_BYTES * len(keys))
        new: list[bytes | None] = []
        for number, (wrapped, context) in enumerate(keys):
            nonce = randomness[number * NONCE_BYTES : (number + 1) * NONCE_BYTES]
            key = openable(self._open, wrapped, context)
            new.append(None if key is None else head + nonce + encrypt(nonce, key, context))
        return new

    def _open(self, wrapped: bytes, context: bytes) -> bytes:
        key_id, payload = split(wrapped)
        cipher = self._keys.ciphers.get(key_id) or self._fresh().ciphers.get(key_id)
        if cipher is None:
            raise IntegrityError("a key was wrapped by a key-encryption key that this file does not hold")
        try:
            return cipher.decrypt(payload[:NONCE_BYTES], payload[NONCE_BYTES:], context)
        except (InvalidTag, ValueError):  # ValueError: too short for a nonce
            raise IntegrityError("a wrapped key does not open: changed, or moved to another place") from None

    def wrapped_by(self, wrapped: bytes) -> str:
        """As it says itself."""
        return split(wrapped)[0]

    def rotate(self) -> str:
        """Adds a key to what the file holds by now."""
        with key_file.locked(self._path) as folder:
            raw = dict(self._fresh().raw)
            new = next_key_id(raw)
            raw[new] = AESGCM.generate_key(KEY_BYTES * 8)
            key_file.write(self._path, self._seal.close(raw), folder, replace=True)
        self._fresh()
        return new

    def _fresh(self) -> _Keys:
        """What the file holds now; read again only if it is another file than before."""
        if key_file.stamp(self._path) != self._keys.stamp:
            content, stamp = key_file.read(self._path)
            _, salt, nonce, sealed = _parse(content)
            if salt != self._seal.salt:
                raise IntegrityError("the key file was replaced by one of another origin")
            self._keys = _Keys.of(self._seal.open(nonce, sealed), stamp)
        return self._keys


def _seal(keys: _Keys, key: bytes, context: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return join(keys.current, nonce + keys.ciphers[keys.current].encrypt(nonce, key, context))
