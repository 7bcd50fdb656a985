"""The gate of the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reference_impl.policy.gate import PolicyGate
from reference_impl.policy.opa import OpaDecider
from reference_impl.settings import Settings


def gate_of(settings: Settings, refused: Callable[[Sequence[str]], None]) -> PolicyGate | None:
    """None if no policy server is set. Raises ConfigurationError."""
    if not settings.opa_url:
        return None
    return PolicyGate(OpaDecider(settings.opa_url, settings.opa_seconds), refused)
