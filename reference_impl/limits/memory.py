"""Counters in this process: for one instance, and as the stand-in while Redis is away."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from reference_impl.limits.model import Decision

_SWEEP_AT = 4096


@dataclass(slots=True)
class _Window:
    """Times of the hits that count, oldest first, and when the last of them stops counting."""

    hits: deque[float] = field(default_factory=deque)
    until: float = 0.0


@dataclass(slots=True)
class _Failures:
    """How many, and until when they count."""

    count: int = 0
    until: float = 0.0


class MemoryLimits:
    """`Limits` and `Lockouts`. Nothing is awaited between reading and writing, which makes each call atomic.

    `now`: seconds on a clock that is never set back. A restart forgets everything: where a restart can be provoked, or
    with more than one instance, use Redis.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._windows: dict[str, _Window] = {}
        self._failures: dict[str, _Failures] = {}
        self._sweep_at = _SWEEP_AT

    async def hit(self, key: str, limit: int, window_seconds: int) -> Decision:
        """See `Limits`."""
        now = self._now()
        self._sweep(now)
        window = self._windows.setdefault(key, _Window())
        while window.hits and window.hits[0] <= now - window_seconds:
            window.hits.popleft()
        if len(window.hits) >= limit:
            return Decision(False, 0, math.ceil(window.hits[0] + window_seconds - now))
        window.hits.append(now)
        window.until = now + window_seconds
        return Decision(True, limit - len(window.hits), 0)

    async def attempt(self, key: str, limit: int, lock_seconds: int) -> Decision:
        """See `Lockouts`."""
        now = self._now()
        self._sweep(now)
        failures = self._failures.setdefault(key, _Failures())
        if failures.until <= now:
            failures.count = 0
        if failures.count >= limit:
            return Decision(False, 0, math.ceil(failures.until - now))
        failures.count += 1
        failures.until = now + lock_seconds
        return Decision(True, limit - failures.count, 0)

    async def forgive(self, key: str, attempts: int | None = None) -> None:
        """See `Lockouts`."""
        failures = self._failures.get(key)
        if failures is not None:
            failures.count = 0 if attempts is None else max(0, failures.count - attempts)

    def _sweep(self, now: float) -> None:
        """Drops what no longer counts whenever the number of keys has doubled: addresses are free to make up."""
        if len(self._windows) + len(self._failures) < self._sweep_at:
            return
        self._windows = {key: window for key, window in self._windows.items() if window.until > now}
        self._failures = {key: failures for key, failures in self._failures.items() if failures.until > now}
        self._sweep_at = max(_SWEEP_AT, 2 * (len(self._windows) + len(self._failures)))
