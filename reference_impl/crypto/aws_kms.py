"""Key-encryption keys in AWS KMS, which never leave it; the current one is what an alias points to.

The context goes along as encryption context, which KMS authenticates and writes to CloudTrail: it names tenant,
purpose and version, nothing secret. Re-wrapping is ReEncrypt: the data key does not come out of KMS for it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from reference_impl.crypto.aws_client import KmsError
from reference_impl.crypto.wrapping import join, openable, split
from reference_impl.errors import ConfigurationError, IntegrityError, UnavailableError
from reference_impl.secret import Secret

_DOES_NOT_OPEN = frozenset({"InvalidCiphertextException", "IncorrectKeyException"})
_AT_ONCE = 8
_MAX_CIPHERTEXT = 6144
"""Bytes Decrypt takes; what is longer is none of ours."""


class KmsClient(Protocol):
    """What is used of KMS. `boto3.client("kms")` has these methods, and so has `aws_client.KmsHttpClient`."""

    def encrypt(self, **request: Any) -> Mapping[str, Any]:
        """KeyId, Plaintext, EncryptionContext -> CiphertextBlob, KeyId."""
        ...

    def decrypt(self, **request: Any) -> Mapping[str, Any]:
        """KeyId, CiphertextBlob, EncryptionContext -> Plaintext."""
        ...

    def re_encrypt(self, **request: Any) -> Mapping[str, Any]:
        """CiphertextBlob, Source… and Destination… KeyId and EncryptionContext -> CiphertextBlob, KeyId."""
        ...

    def describe_key(self, **request: Any) -> Mapping[str, Any]:
        """KeyId -> KeyMetadata."""
        ...

    def create_key(self, **request: Any) -> Mapping[str, Any]:
        """Description -> KeyMetadata."""
        ...

    def update_alias(self, **request: Any) -> Mapping[str, Any] | None:
        """AliasName, TargetKeyId."""
        ...


class AwsKms:
    """A KeyWrapper (see there). The alias is made with the account's infrastructure, never by this service."""

    def __init__(self, client: KmsClient, alias: str, failures: tuple[type[Exception], ...] = (KmsError,)) -> None:
        """`alias`: `alias/NAME`. `failures`: what the client raises; with boto3 `(ClientError, BotoCoreError)`.

        Raises ConfigurationError if the alias does not exist or may not be used, UnavailableError.
        """
        if not alias.startswith("alias/"):
            raise ConfigurationError("kms_key_id: alias/NAME, so that keys can be rotated behind it")
        self._client = client
        self._alias = alias
        self._failures = failures
        try:
            _ = self.current
        except IntegrityError as error:
            raise ConfigurationError("the KMS alias does not exist or may not be used") from error

    @property
    def current(self) -> str:
        """The id of the key the alias points to now."""
        return str(self._call("describe_key", KeyId=self._alias)["KeyMetadata"]["KeyId"])

    def wrap(self, key: Secret[bytes], context: bytes) -> bytes:
        """Encrypt, by the current key."""
        key_id = self.current
        answer = self._call(
            "encrypt", KeyId=key_id, Plaintext=key.reveal(), EncryptionContext=_encryption_context(context)
        )
        return join(key_id, answer["CiphertextBlob"])

    def unwrap(self, wrapped: bytes, context: bytes) -> Secret[bytes]:
        """Decrypt, by the key it names and no other."""
        key_id, blob = _split(wrapped)
        answer = self._call(
            "decrypt", KeyId=key_id, CiphertextBlob=blob, EncryptionContext=_encryption_context(context)
        )
        return Secret(answer["Plaintext"])

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes:
        """ReEncrypt: within KMS."""
        key_id, blob = _split(wrapped)
        new = self.current
        answer = self._call(
            "re_encrypt",
            CiphertextBlob=blob,
            SourceKeyId=key_id,
            SourceEncryptionContext=_encryption_context(context),
            DestinationKeyId=new,
            DestinationEncryptionContext=_encryption_context(context),
        )
        return join(new, answer["CiphertextBlob"])

    def rewrap_many(self, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes | None]:
        """Several at a time: each takes as long as the way to KMS and back."""
        with ThreadPoolExecutor(_AT_ONCE, "kms") as threads:
            return list(threads.map(lambda key: openable(self.rewrap, *key), keys))

    def wrapped_by(self, wrapped: bytes) -> str:
        """As it says itself."""
        return split(wrapped)[0]

    def rotate(self) -> str:
        """CreateKey, then the alias points to it. Interrupted between the two it leaves a key that is not used."""
        made = str(self._call("create_key", Description=f"key-encryption key of {self._alias}")["KeyMetadata"]["KeyId"])
        self._call("update_alias", AliasName=self._alias, TargetKeyId=made)
        return made

    def _call(self, action: str, **request: Any) -> Mapping[str, Any]:
        try:
            return getattr(self._client, action)(**request) or {}
        except self._failures as error:
            code = getattr(error, "response", {}).get("Error", {}).get("Code", "")
            if code in _DOES_NOT_OPEN:
                raise IntegrityError("a wrapped key does not open: changed, or moved to another place") from None
            if code == "NotFoundException":
                raise IntegrityError("a key-encryption key does not exist in KMS") from None
            raise UnavailableError("KMS does not answer, or refuses") from error


def _encryption_context(context: bytes) -> dict[str, str]:
    return {"context": b64encode(context).decode()}


def _split(wrapped: bytes) -> tuple[str, bytes]:
    key_id, blob = split(wrapped)
    if len(blob) > _MAX_CIPHERTEXT:
        raise IntegrityError("a wrapped key is too long")
    return key_id, blob
