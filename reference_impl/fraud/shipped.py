"""The models that come with this package, so that the service runs before anybody has trained any.

They were made by `python -m reference_impl.fraud.training FOLDER` with its defaults, which makes the same bytes again
with the library versions their manifest names. They are trained on simulated payments, as `trained/card.md` says, and
bear no signature: whoever runs the service answers for the models it serves, and signs them.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "trained"
"""Unsigned: `installed` makes of it what is served."""
