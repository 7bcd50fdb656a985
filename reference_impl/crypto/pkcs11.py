"""Key-encryption keys inside a hardware security module, spoken to over PKCS #11 (OASIS, version 2.40 and later).

Keys are made in the token: AES-256, sensitive, not extractable, good for encrypting and decrypting only. Wrapping is
CKM_AES_GCM over the data key with the context as associated data, rather than C_WrapKey: that call has no associated
data with most mechanisms, and wants the data key as an object in the token. Nonces come from this process; a module
that insists on making them itself (some vendors' FIPS mode) is not supported. Tested with SoftHSM 2.6.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pkcs11
from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, ObjectClass
from pkcs11 import exceptions as failures

from reference_impl.crypto.envelope import KEY_BYTES, NONCE_BYTES
from reference_impl.crypto.wrapping import join, next_key_id, openable, split
from reference_impl.errors import ConfigurationError, IntegrityError, UnavailableError
from reference_impl.secret import Secret

_TAG_BITS = 128
_MAX_KEY_BYTES = 64
"""Of what is wrapped: data keys have 32 bytes, the shared secrets of second factors 20."""
_DOES_NOT_OPEN = (failures.EncryptedDataInvalid, failures.EncryptedDataLenRange, failures.GeneralError)
"""What decrypting answers to a wrong tag; SoftHSM says CKR_GENERAL_ERROR."""


class Token:
    """A token with one session, used by one thread at a time as PKCS #11 asks.

    A session that fails is closed, and opened anew for the next call.
    """

    def __init__(self, module: Path, label: str, pin: Secret[str]) -> None:
        """Logs in. Raises ConfigurationError: no such module or token, or a wrong PIN (tokens lock after a few)."""
        try:
            self._token = pkcs11.lib(str(module)).get_token(token_label=label)
        except RuntimeError as error:  # PKCS11Error is one, and what a file that is no module raises
            raise ConfigurationError("the PKCS #11 module or its token cannot be found") from error
        self._pin = pin
        self._session: Any = None
        self._lock = threading.Lock()
        try:
            with self.session():
                pass
        except UnavailableError as error:
            if isinstance(error.__cause__, failures.PinIncorrect | failures.PinLocked):
                raise ConfigurationError("the PIN of the PKCS #11 token is wrong or locked") from error
            raise

    @contextmanager
    def session(self) -> Iterator[Any]:
        """Raises UnavailableError for whatever the token answers that is not handled inside."""
        with self._lock:
            try:
                if self._session is None:
                    self._session = self._token.open(rw=True, user_pin=self._pin.reveal())
                yield self._session
            except failures.PKCS11Error as error:
                self.close()
                raise UnavailableError("the PKCS #11 token does not answer") from error

    def close(self) -> None:
        """Logs out. The next call logs in again."""
        session, self._session = self._session, None
        if session is not None:
            with suppress(failures.PKCS11Error):  # closed by the other side
                session.close()


class Pkcs11:
    """A KeyWrapper (see there). `application`: whose keys of the token these are (their CKA_ID)."""

    def __init__(self, token: Token, application: str = "payment-service") -> None:
        """Raises ConfigurationError if the token holds no key for it: `create` makes the first."""
        self._token = token
        self._application = application.encode()
        with token.session() as session:
            if not self._keys(session):
                raise ConfigurationError("the token holds no key-encryption key; one is made only when asked")

    @classmethod
    def create(cls, token: Token, application: str = "payment-service") -> Pkcs11:
        """Makes the first key in the token. Raises ConfigurationError if there is one."""
        with token.session() as session:
            if _find(session, application.encode()):
                raise ConfigurationError("the token holds a key-encryption key already")
            _generate(session, application.encode(), next_key_id(()))
        return cls(token, application)

    @property
    def current(self) -> str:
        """The newest key in the token, which another process may have made."""
        with self._token.session() as session:
            return max(self._keys(session))

    def wrap(self, key: Secret[bytes], context: bytes) -> bytes:
        """With the current key, in the token."""
        nonce = os.urandom(NONCE_BYTES)
        with self._token.session() as session:
            keys = self._keys(session)
            key_id = max(keys)
            sealed = keys[key_id].encrypt(
                key.reveal(), mechanism=Mechanism.AES_GCM, mechanism_param=GCMParams(nonce, context, _TAG_BITS)
            )
        return join(key_id, nonce + sealed)

    def unwrap(self, wrapped: bytes, context: bytes) -> Secret[bytes]:
        """With the key it names, in the token."""
        key_id, payload = split(wrapped)
        nonce, sealed = payload[:NONCE_BYTES], payload[NONCE_BYTES:]
        if not 0 < len(sealed) - _TAG_BITS // 8 <= _MAX_KEY_BYTES:
            raise IntegrityError("a wrapped key has the wrong length")
        with self._token.session() as session:
            key = self._keys(session).get(key_id)
            if key is None:
                raise IntegrityError("a key was wrapped by a key-encryption key that this token does not hold")
            try:
                return Secret(
                    key.decrypt(
                        sealed, mechanism=Mechanism.AES_GCM, mechanism_param=GCMParams(nonce, context, _TAG_BITS)
                    )
                )
            except _DOES_NOT_OPEN:
                raise IntegrityError("a wrapped key does not open: changed, or moved to another place") from None

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Unwraps and wraps: the data key passes through this process, PKCS #11 has no call that keeps it inside."""
        return self.wrap(self.unwrap(wrapped, context), context)

    def rewrap_many(self, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes | None]:
        """One after another: a token's session is used by one thread at a time."""
        return [openable(self.rewrap, wrapped, context) for wrapped, context in keys]

    def wrapped_by(self, wrapped: bytes) -> str:
        """As it says itself."""
        return split(wrapped)[0]

    def rotate(self) -> str:
        """Makes a key in the token."""
        with self._token.session() as session:
            new = next_key_id(self._keys(session))
            _generate(session, self._application, new)
        return new

    def _keys(self, session: Any) -> dict[str, Any]:
        return _find(session, self._application)


def _find(session: Any, application: bytes) -> dict[str, Any]:
    wanted = {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.KEY_TYPE: KeyType.AES, Attribute.ID: application}
    return {key.label: key for key in session.get_objects(wanted)}


def _generate(session: Any, application: bytes, key_id: str) -> None:
    session.generate_key(
        KeyType.AES,
        KEY_BYTES * 8,
        id=application,
        label=key_id,
        store=True,
        template={
            Attribute.SENSITIVE: True,
            Attribute.EXTRACTABLE: False,
            Attribute.MODIFIABLE: False,
            Attribute.ENCRYPT: True,
            Attribute.DECRYPT: True,
            Attribute.WRAP: False,
            Attribute.UNWRAP: False,
            Attribute.SIGN: False,
            Attribute.VERIFY: False,
            Attribute.DERIVE: False,
        },
    )
