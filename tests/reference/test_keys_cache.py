"""Keys are forgotten in time."""

from __future__ import annotations

from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import integers

from reference_impl.keys.cache import Cache

SECONDS, SIZE = 10, 4
KEYS = integers(0, 7)


class Caches(RuleBasedStateMachine):
    """Beside a plain list of what was put in, newest use last."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0
        self.cache: Cache[int, int] = Cache(SECONDS, SIZE, lambda: self.now)
        self.model: list[tuple[int, int, int]] = []

    @rule(key=KEYS, value=integers())
    def put(self, key: int, value: int) -> None:
        self.cache.put(key, value)
        self.model = [entry for entry in self.model if entry[0] != key] + [(key, value, self.now + SECONDS)]
        self.model = self.model[-SIZE:]

    @rule(key=KEYS)
    def get(self, key: int) -> None:
        found = next((entry for entry in self.model if entry[0] == key), None)
        if found and found[2] <= self.now:
            self.model.remove(found)
            found = None
        assert self.cache.get(key) == (found[1] if found else None)
        if found:
            self.model.remove(found)
            self.model.append(found)

    @rule(seconds=integers(1, 6))
    def wait(self, seconds: int) -> None:
        self.now += seconds

    @rule(parity=integers(0, 1))
    def forget(self, parity: int) -> None:
        self.cache.forget(lambda key: key % 2 == parity)
        self.model = [entry for entry in self.model if entry[0] % 2 != parity]

    @invariant()
    def never_too_many(self) -> None:
        assert len(self.cache._entries) <= SIZE


TestCache = Caches.TestCase
