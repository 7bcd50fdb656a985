"""The time, as a parameter: tests bring their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

Clock = Callable[[], datetime]
"""Gives an aware time in UTC."""


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(timezone.utc)


def in_a_year(at: datetime) -> datetime:
    """The same time. Raises ValueError for one that UTC has no year for, as of the first hour of the year 1 in Rome."""
    try:
        at.astimezone(timezone.utc)
    except OverflowError:
        raise ValueError("a time before the year 1 or after 9999") from None
    return at
