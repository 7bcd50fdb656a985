"""The data folder: made once by `prepare`, mode 0700; keys in it are wrapped, whoever copies it opens nothing.

keys.json            key-encryption keys, sealed with the passphrase (only with `key_provider = sealed_file`)
audit-keys.json      keys of the audit log, wrapped; the public one is in clear, for `audit verify`
gateway-keys.json    keys for the gateway's answers, the private halves wrapped; `paylint-reference gateway-keys`
fraud-keys.json      the key that signs the fraud models, wrapped
fraud-models/        the fraud models, signed; `paylint-reference models`
audit/               the audit log
operator/            the audit log of what the operator did with `keys …`, `models …`, `events …` and `privacy …`
events/              the event log, unless `kafka_servers` names another
trail/               the segments of the events' audit trail, unless `sink_folder` or `sink_bucket_url` says where
subject-keys.db      keys of persons, sealed, unless `subject_keys_url` names another database; not for backups
service.db           the database, unless `database_url` names another
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from reference_impl.crypto.aws_client import KmsHttpClient
from reference_impl.crypto.aws_kms import AwsKms
from reference_impl.crypto.aws_role import role_of
from reference_impl.crypto.aws_signing import Credentials
from reference_impl.crypto.pkcs11 import Pkcs11, Token
from reference_impl.crypto.sealed_file import SealedFile
from reference_impl.crypto.wrapped_file import WrappedFile
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.errors import ConfigurationError
from reference_impl.fraud.installed import InstalledModels
from reference_impl.secret import Secret
from reference_impl.settings import Settings

_KEY_BYTES = 32
_MAC, _SIGNING = "mac", "signing"
_KMS_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class AuditKeys:
    """Of the audit log: `mac` chains its records, `signing` signs its heads."""

    mac: Secret[bytes]
    signing: Ed25519PrivateKey


def database_url(settings: Settings) -> str:
    """The one that is set, else SQLite in the data folder."""
    return settings.database_url or f"sqlite+aiosqlite:///{settings.data_folder.absolute() / 'service.db'}"


def subject_keys_url(settings: Settings) -> str:
    """The one that is set, else SQLite in the data folder."""
    return settings.subject_keys_url or f"sqlite+aiosqlite:///{settings.data_folder.absolute() / 'subject-keys.db'}"


def prepare(settings: Settings) -> None:
    """Makes the folder, the keys in it, and the fraud models of this package, signed.

    Raises ConfigurationError if it was made before: keys are never replaced.
    """
    folder = settings.data_folder
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise ConfigurationError(f"{folder}: is there already") from None
    if settings.key_provider == "sealed_file":
        SealedFile.create(folder / "keys.json", _passphrase(settings))
    elif settings.key_provider == "pkcs11":
        Pkcs11.create(_token(settings))
    wrapper = wrapper_of(settings)
    signing = Ed25519PrivateKey.generate()
    public = signing.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    keys = {_MAC: Secret(os.urandom(_KEY_BYTES)), _SIGNING: Secret(signing.private_bytes_raw())}
    wrapped_audit_keys(settings, wrapper).create(keys, {"public_key": public})
    InstalledModels(folder, wrapper).install()


def wrapper_of(settings: Settings) -> KeyWrapper:
    """What keys are wrapped with. Raises ConfigurationError, UnavailableError."""
    if settings.key_provider == "sealed_file":
        return SealedFile(settings.data_folder / "keys.json", _passphrase(settings))
    if settings.key_provider == "pkcs11":
        return Pkcs11(_token(settings))
    return AwsKms(_kms(settings), settings.kms_alias)


def audit_keys(settings: Settings, wrapper: KeyWrapper) -> AuditKeys:
    """Raises ConfigurationError, UnavailableError, IntegrityError."""
    held = wrapped_audit_keys(settings, wrapper)
    return AuditKeys(held.unwrap(_MAC), Ed25519PrivateKey.from_private_bytes(held.unwrap(_SIGNING).reveal()))


def wrapped_audit_keys(settings: Settings, wrapper: KeyWrapper) -> WrappedFile:
    """The file they are in, to be re-wrapped."""
    contexts = {name: f"audit|{name}".encode() for name in (_MAC, _SIGNING)}
    return WrappedFile(settings.data_folder / "audit-keys.json", wrapper, contexts)


def _passphrase(settings: Settings) -> Secret[str]:
    if settings.key_passphrase is None:
        raise ConfigurationError("key_passphrase: opens the key file; set PAYMENT_KEY_PASSPHRASE")
    return Secret(settings.key_passphrase.get_secret_value())


def _token(settings: Settings) -> Token:
    if settings.pkcs11_module is None or not settings.pkcs11_token or settings.pkcs11_pin is None:
        raise ConfigurationError("pkcs11_module, pkcs11_token, pkcs11_pin: all three are needed")
    return Token(settings.pkcs11_module, settings.pkcs11_token, Secret(settings.pkcs11_pin.get_secret_value()))


def _kms(settings: Settings) -> KmsHttpClient:
    if not (settings.kms_alias and settings.kms_region):
        raise ConfigurationError("kms_alias, kms_region: both are needed")
    http = httpx.Client(base_url=f"https://kms.{settings.kms_region}.amazonaws.com", timeout=_KMS_SECONDS)
    role = role_of(settings, settings.kms_region)
    return KmsHttpClient(http, settings.kms_region, role or _keys_of_aws(settings))


def _keys_of_aws(settings: Settings) -> Callable[[], Credentials]:
    if not settings.aws_access_key_id or settings.aws_secret_access_key is None:
        raise ConfigurationError("aws_role_arn, or aws_access_key_id and aws_secret_access_key: needed")
    session = settings.aws_session_token.get_secret_value() if settings.aws_session_token else ""
    secret = Secret(settings.aws_secret_access_key.get_secret_value())
    credentials = Credentials(settings.aws_access_key_id, secret, session)
    return lambda: credentials
