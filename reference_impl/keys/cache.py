"""Things that are kept in memory for a while and then forgotten."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Cache(Generic[K, V]):
    """At most `size` entries, each for at most `seconds` since it was put in; the least recently used goes first.

    Time limits what a process that has not heard of a rotation or destruction still uses, and what its memory holds.
    """

    def __init__(self, seconds: float, size: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._size = size
        self._monotonic = monotonic
        self._entries: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """None: not in it, or no longer."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if self._monotonic() >= entry[0]:
            del self._entries[key]
            return None
        self._entries.move_to_end(key)
        return entry[1]

    def put(self, key: K, value: V) -> None:
        """Its time starts anew."""
        self._entries[key] = (self._monotonic() + self._seconds, value)
        self._entries.move_to_end(key)
        if len(self._entries) > self._size:
            self._entries.popitem(last=False)

    def forget(self, which: Callable[[K], bool]) -> None:
        """Every entry whose key `which` says."""
        for key in [key for key in self._entries if which(key)]:
            del self._entries[key]
