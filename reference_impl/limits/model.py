"""What is asked of a counter, whatever it counts in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Decision:
    """`remaining`: hits that would still pass now; `retry_after`: seconds until one may, 0 if this one did."""

    allowed: bool
    remaining: int
    retry_after: int


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many in any stretch of so many seconds."""

    limit: int
    window_seconds: int


class Limits(Protocol):
    """Sliding windows. A hit that is refused does not count."""

    async def hit(self, key: str, limit: int, window_seconds: int) -> Decision:
        """Counts one, if fewer than `limit` were counted in the last `window_seconds`; atomic.

        Raises UnavailableError when the counter does not answer.
        """
        ...


class Lockouts(Protocol):
    """Wrong passwords and codes. Every method raises UnavailableError: then nobody is let in."""

    async def attempt(self, key: str, limit: int, lock_seconds: int) -> Decision:
        """Counts an attempt before it is checked; atomic.

        After `limit` attempts without `lock_seconds` of quiet between them, all are refused for `lock_seconds` from
        the last that was counted.
        """
        ...

    async def forgive(self, key: str, attempts: int | None = None) -> None:
        """Gives back so many attempts, None: all of them, because the last one was right."""
        ...
