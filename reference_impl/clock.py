"""The time, as a parameter: tests bring their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

Clock = Callable[[], datetime]
"""Gives an aware time in UTC."""


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(timezone.utc)
