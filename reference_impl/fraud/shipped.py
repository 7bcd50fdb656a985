"""The models that come with this package, so that the service runs before anybody has trained any.

They were made by `python -m reference_impl.fraud.training FOLDER` with its defaults, which makes the same bytes again
with the library versions their manifest names. They are trained on simulated payments, as `trained/card.md` says, and
bear no signature: whoever runs the service answers for the models it serves, and signs them.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.fraud import manifest

FOLDER = Path(__file__).parent / "trained"
"""Unsigned: `OnnxPredictor.load` refuses it."""


def install(folder: Path, key: Ed25519PrivateKey) -> None:
    """Copies them to `folder`, signed with `key`. Raises IntegrityError if a file here is damaged or missing."""
    models = manifest.unsigned(FOLDER)
    manifest.write(folder, models.manifest, models.files)
    manifest.sign(folder, key)
