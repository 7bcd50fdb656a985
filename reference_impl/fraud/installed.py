"""The models this service serves: a part of its data folder, signed with a key of its own.

fraud-models/        as `manifest` says
fraud-keys.json      the key that signs them, wrapped: whoever may write to the folder cannot sign
"""

from __future__ import annotations

import shutil
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.crypto import key_file
from reference_impl.crypto.wrapped_file import WrappedFile
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.errors import ConfigurationError, IntegrityError, UnavailableError
from reference_impl.fraud import manifest
from reference_impl.fraud.manifest import Manifest, Models
from reference_impl.fraud.shipped import FOLDER
from reference_impl.secret import Secret

_FOLDER, _KEYS, _SIGNING = "fraud-models", "fraud-keys.json", "signing"
_CONTEXT = b"fraud_models|signing"
_ANEW = "`paylint-reference models install` puts those of this package there, with a folder yours"


def are_installed(data_folder: Path) -> bool:
    """Whether `install` was ever asked for there."""
    return (data_folder / _KEYS).exists()


class InstalledModels:
    """Of one data folder. Methods may wait for the key provider, and raise ConfigurationError and UnavailableError."""

    def __init__(self, data_folder: Path, wrapper: KeyWrapper) -> None:
        self._data_folder, self._folder = data_folder, data_folder / _FOLDER
        self._key = WrappedFile(data_folder / _KEYS, wrapper, {_SIGNING: _CONTEXT})

    def wrapped_keys(self) -> list[WrappedFile]:
        """To be re-wrapped; none before the first `install`."""
        return [self._key] if are_installed(self._data_folder) else []

    def install(self, source: Path = FOLDER) -> Manifest:
        """Takes what the folder's manifest names, signed from now on by this service; served from the next start on.

        Makes the key if there is none. Raises IntegrityError if files are missing, damaged, or of no use to this
        version: then nothing has changed.
        """
        from reference_impl.fraud.predictor import OnnxPredictor  # ONNX Runtime: nothing else here needs it

        models = manifest.unsigned(source)
        OnnxPredictor(models)
        if not are_installed(self._data_folder):
            self._key.create({_SIGNING: Secret(Ed25519PrivateKey.generate().private_bytes_raw())}, {})
        key = self._signing_key()
        new, old = (self._folder.with_name(f"{self._folder.name}.{word}") for word in ("new", "old"))
        with key_file.locked(self._folder):
            try:
                for left in (new, old):
                    shutil.rmtree(left, ignore_errors=True)
                manifest.write(new, models.manifest, models.files)
                manifest.sign(new, key)
                if self._folder.exists():
                    self._folder.rename(old)
                new.rename(self._folder)
                shutil.rmtree(old, ignore_errors=True)
            except OSError as error:
                raise UnavailableError("the fraud models cannot be written") from error
        return models.manifest

    def verified(self) -> Models:
        """Raises ConfigurationError if none are installed, IntegrityError if they are not those that were."""
        if not self._folder.exists() or not are_installed(self._data_folder):
            raise ConfigurationError(f"there are no fraud models in the data folder; {_ANEW}")
        try:
            return manifest.verified(self._folder, self._signing_key().public_key())
        except IntegrityError as error:
            raise IntegrityError(f"{error}: nothing is served with them; {_ANEW}") from None

    def _signing_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._key.unwrap(_SIGNING).reveal())
