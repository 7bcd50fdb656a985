"""What rate limits do while Redis is away."""

from __future__ import annotations

import time
from collections.abc import Callable

from reference_impl.errors import UnavailableError
from reference_impl.limits.model import Decision, Limits

_AGAIN_SECONDS = 5.0


class LocalWhenUnavailable:
    """`Limits` counted by `shared`, and by `local` for five seconds after `shared` did not answer.

    The limit then holds per process instead of over all of them: looser, never absent, and no request waits for a
    server that is down. Not for lock-outs: those refuse everybody instead.
    """

    def __init__(self, shared: Limits, local: Limits, now: Callable[[], float] = time.monotonic) -> None:
        self._shared, self._local, self._now = shared, local, now
        self._local_until = 0.0

    async def hit(self, key: str, limit: int, window_seconds: int) -> Decision:
        """See `Limits`; never raises UnavailableError for the shared counter."""
        if self._now() >= self._local_until:
            try:
                return await self._shared.hit(key, limit, window_seconds)
            except UnavailableError:
                self._local_until = self._now() + _AGAIN_SECONDS
        return await self._local.hit(key, limit, window_seconds)
