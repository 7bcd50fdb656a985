"""Not asking for a while what does not answer: the circuit breaker (Nygard, "Release It!")."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum

from reference_impl.fraud.settings import BreakerPolicy


class _State(Enum):
    CLOSED = "closed"
    OPEN = "open"
    PROBING = "probing"


class Breaker:
    """Closed: everybody may ask. After `failures` in a row it is open: nobody may for `open_seconds`, then one may.

    That one's success closes it, its failure opens it again. Every change starts a new round; what is reported of a
    call of an earlier round is too old to count. For one event loop.
    """

    def __init__(self, policy: BreakerPolicy, now: Callable[[], float] = time.monotonic) -> None:
        self._policy, self._now = policy, now
        self._state, self._round, self._failures, self._until = _State.CLOSED, 0, 0, 0.0

    def enter(self) -> int | None:
        """The round in which to report what became of the call; None: do not ask."""
        if self._state is _State.OPEN and self._now() >= self._until:
            self._become(_State.PROBING)
            return self._round
        return self._round if self._state is _State.CLOSED else None

    def succeeded(self, entered: int) -> None:
        """It answered."""
        if entered != self._round:
            return
        self._failures = 0
        if self._state is _State.PROBING:
            self._become(_State.CLOSED)

    def failed(self, entered: int) -> None:
        """It did not, in time."""
        if entered != self._round:
            return
        self._failures += 1
        if self._state is _State.PROBING or self._failures >= self._policy.failures:
            self._until = self._now() + self._policy.open_seconds
            self._become(_State.OPEN)

    def abandoned(self, entered: int) -> None:
        """Nobody waited for the answer: that says nothing, and the next one may probe."""
        if entered == self._round and self._state is _State.PROBING:
            self._become(_State.OPEN)

    def _become(self, state: _State) -> None:
        self._state = state
        self._round += 1
        self._failures = 0
