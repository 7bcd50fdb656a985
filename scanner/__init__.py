"""paylint: policy-as-code scanner for teams that handle card payments."""

from __future__ import annotations

__version__ = "0.1.0"
