"""The time, as a parameter: tests bring their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, datetime, timezone

Clock = Callable[[], datetime]
"""Gives an aware time in UTC."""


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(timezone.utc)


def in_a_year(at: datetime) -> datetime:
    """The same time. Raises ValueError for one beside which there is no other: what is computed from it (the same time
    in UTC, an hour earlier) would have no year.
    """
    try:
        year = at.astimezone(timezone.utc).year
    except OverflowError:
        year = 0
    if not MINYEAR < year < MAXYEAR:
        raise ValueError("a time before the year 2 or after 9998")
    return at
