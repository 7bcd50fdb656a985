"""The windows of the settings."""

from __future__ import annotations

from reference_impl.fraud.settings import DEFAULT, load
from reference_impl.fraud.velocity.memory import MemoryWindows
from reference_impl.fraud.velocity.model import Span, Windows
from reference_impl.fraud.velocity.redis import RedisWindows
from reference_impl.fraud.velocity.shared import SharedWindows
from reference_impl.redis_client import Scripts
from reference_impl.settings import Settings


def windows_of(settings: Settings, redis: Scripts | None) -> Windows:
    """In which payments are counted: in Redis, or in this process. Raises ConfigurationError."""
    velocity = load(settings.fraud_policy_file or DEFAULT).policy.velocity
    span = Span(velocity.window_seconds, velocity.place_seconds)
    return SharedWindows(MemoryWindows(span) if redis is None else RedisWindows(redis, span))
