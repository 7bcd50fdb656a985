"""What a folder of models holds, signed: a model that was swapped decides as whoever swapped it likes.

manifest.json        names, digests and what is needed to use the files
manifest.sig         Ed25519 (RFC 8032) over the manifest's bytes, made by whoever answers for the models, in base64
classifier.onnx, anomaly.onnx, card.md, card.json

ONNX is data: loading it runs nothing, which cannot be said of a pickle. The digests and the signature keep it the data
that was approved.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from hmac import compare_digest
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reference_impl.errors import IntegrityError

CLASSIFIER, ANOMALY = "classifier.onnx", "anomaly.onnx"
CARD, CARD_JSON = "card.md", "card.json"

_MANIFEST, _SIGNATURE = "manifest.json", "manifest.sig"
_PURPOSE = b"payment-service|fraud-models|1|"
"""Signed with the manifest: a signature made for something else does not fit."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`version`: names the models in stored decisions; `files`: name to SHA-256, in hex.

    `anomaly_lengths`: falling, the forest's mean path length at each of `anomaly_percentiles`; `data`: what they were
    trained on; `made_with`: versions of the libraries, with which the same data gives the same bytes.
    """

    version: str
    features: Sequence[str]
    files: Mapping[str, str]
    anomaly_percentiles: Sequence[float]
    anomaly_lengths: Sequence[float]
    data: Mapping[str, int]
    made_with: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Models:
    """Verified: `files` are the very bytes whose digests were compared."""

    manifest: Manifest
    files: Mapping[str, bytes]


def digest(content: bytes) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(content).hexdigest()


def write(folder: Path, manifest: Manifest, files: Mapping[str, bytes]) -> None:
    """Unsigned: nothing serves it before `sign`. A signature that was there is taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _SIGNATURE).unlink(missing_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / _MANIFEST).write_bytes(json.dumps(asdict(manifest), indent=1, sort_keys=True).encode() + b"\n")


def sign(folder: Path, key: Ed25519PrivateKey) -> None:
    """Says that these are the models to serve. Raises IntegrityError if the files are not those of the manifest."""
    content = _read(folder, _MANIFEST)
    _files(folder, _parsed(content))
    (folder / _SIGNATURE).write_bytes(b64encode(key.sign(_PURPOSE + content)) + b"\n")


def verified(folder: Path, key: Ed25519PublicKey) -> Models:
    """Raises IntegrityError unless signature and digests are right; nothing is parsed before the signature is."""
    content = _read(folder, _MANIFEST)
    try:
        key.verify(b64decode(_read(folder, _SIGNATURE)), _PURPOSE + content)
    except (InvalidSignature, ValueError):
        raise IntegrityError("the fraud models are not signed by whoever answers for them") from None
    return _of(folder, content)


def unsigned(folder: Path) -> Models:
    """Of a folder that is trusted for another reason, as a part of this package is. Raises IntegrityError."""
    return _of(folder, _read(folder, _MANIFEST))


def _of(folder: Path, content: bytes) -> Models:
    """The files that manifest names. Raises IntegrityError."""
    manifest = _parsed(content)
    return Models(manifest, _files(folder, manifest))


def _parsed(content: bytes) -> Manifest:
    try:
        found = json.loads(content)
        return Manifest(**{field.name: found.pop(field.name) for field in fields(Manifest)}, **found)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise IntegrityError("the manifest of the fraud models cannot be read") from None


def _files(folder: Path, manifest: Manifest) -> dict[str, bytes]:
    files = {name: _read(folder, Path(name).name) for name in manifest.files}
    for name, content in files.items():
        if not compare_digest(digest(content), manifest.files[name]):
            raise IntegrityError("a file of the fraud models is not the one its manifest names")
    return files


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError:
        raise IntegrityError("a file of the fraud models is missing or cannot be read") from None
