"""Windows in this process: for one instance, whose restart forgets them."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from reference_impl.fraud.velocity.model import Entry, Sighting, Span, Subject, Tally

_LOOKED_AT = 2


@dataclass(slots=True)
class _Window:
    """`arrived`: times and ids, oldest first; `amounts`: of those; `failed`: which of them."""

    arrived: deque[tuple[float, str]] = field(default_factory=deque)
    amounts: dict[str, int] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    total: int = 0
    last: tuple[str, Sighting] | None = None
    before: Sighting | None = None
    place_until: float = 0.0

    def drop(self, until: float) -> None:
        """What arrived then or earlier."""
        while self.arrived and self.arrived[0][0] <= until:
            _, entry_id = self.arrived.popleft()
            self.total -= self.amounts.pop(entry_id)
            self.failed.discard(entry_id)

    def forget_place(self, now: float) -> None:
        """When its time is over."""
        if self.place_until <= now:
            self.last = self.before = None


@dataclass(frozen=True, slots=True)
class _Counted:
    """An entry: when it was added last, and for whom."""

    last: float
    subjects: set[Subject]


class MemoryWindows:
    """`Windows` for one event loop: nothing is awaited between counting and reading, which makes each call atomic.

    `now`: seconds on a clock that is never set back.
    """

    def __init__(self, span: Span, now: Callable[[], float] = time.monotonic) -> None:
        self._span, self._now = span, now
        self._windows: dict[Subject, _Window] = {}
        self._entries: dict[tuple[str, str], _Counted] = {}
        self._in_turn: deque[Subject] = deque()

    async def add(self, subjects: Sequence[Subject], entry: Entry) -> Sequence[Tally]:
        """See `Windows`."""
        now = self._now()
        if subjects:
            self._note(subjects, entry.id, now)
        return [self._add(self._window(subject, now), entry, now) for subject in subjects]

    async def fail(self, tenant: str, entry_id: str) -> None:
        """See `Windows`."""
        counted = self._entries.get((tenant, entry_id))
        for subject in counted.subjects if counted else ():
            window = self._windows.get(subject, _Window())
            window.drop(self._now() - self._span.window_seconds)
            if entry_id in window.amounts:
                window.failed.add(entry_id)

    async def forget(self, subjects: Sequence[Subject]) -> None:
        """See `Windows`."""
        gone = set(subjects)
        for counted in self._entries.values():
            counted.subjects.difference_update(gone)
        for subject in gone & self._windows.keys():
            del self._windows[subject]
        self._in_turn = deque(subject for subject in self._in_turn if subject not in gone)

    def _note(self, subjects: Sequence[Subject], entry_id: str, now: float) -> None:
        """Whom the entry counts for. Those that have left every window are at the front: a few are forgotten."""
        name = subjects[0].tenant, entry_id
        before = self._entries.pop(name, None)
        self._entries[name] = _Counted(now, {*subjects, *(before.subjects if before else ())})
        past = now - self._span.window_seconds
        for oldest in list(islice(self._entries, _LOOKED_AT)):
            if self._entries[oldest].last <= past:
                del self._entries[oldest]

    def _add(self, window: _Window, entry: Entry, now: float) -> Tally:
        window.drop(now - self._span.window_seconds)
        window.forget_place(now)
        if entry.id not in window.amounts:
            window.arrived.append((now, entry.id))
            window.amounts[entry.id] = entry.hundredths
            window.total += entry.hundredths
        again = window.last is not None and window.last[0] == entry.id
        before = window.before if again else window.last and window.last[1]
        if entry.seen is not None and not again:
            window.last, window.before = (entry.id, entry.seen), before
            window.place_until = now + self._span.place_seconds
        return Tally(len(window.amounts), window.total, len(window.failed), before)

    def _window(self, subject: Subject, now: float) -> _Window:
        window = self._windows.get(subject)
        if window is None:
            self._sweep(now)
            window = self._windows[subject] = _Window()
            self._in_turn.append(subject)
        return window

    def _sweep(self, now: float) -> None:
        """Drops what no longer counts: names are free to make up. For every new subject two others are looked at, in
        turn, so that there are soon no more than twice as many as count, and no payment waits for all of them.
        """
        for _ in range(min(_LOOKED_AT, len(self._in_turn))):
            window = self._windows[self._in_turn[0]]
            window.drop(now - self._span.window_seconds)
            if window.arrived or window.place_until > now:
                self._in_turn.rotate(-1)
            else:
                del self._windows[self._in_turn.popleft()]
