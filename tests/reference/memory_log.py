"""An audit log that remembers."""

from __future__ import annotations

from collections.abc import Sequence

from reference_impl.audit.model import Event
from reference_impl.errors import UnavailableError


class MemoryLog:
    """`events` in order; `batches`: how many came in each call; `failing`: it does not answer."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.batches: list[int] = []
        self.failing = False

    async def append(self, events: Sequence[Event]) -> None:
        if self.failing:
            raise UnavailableError("the audit log does not answer")
        self.events.extend(events)
        self.batches.append(len(events))

    @property
    def last(self) -> tuple[str, str, str, str]:
        """Action, outcome, resource and reason."""
        event = self.events[-1]
        return event.action, event.outcome.value, event.resource, event.reason

    def summary(self) -> list[tuple[str, str, str, str]]:
        """User, action, outcome and reason of each."""
        return [(event.user, event.action, event.outcome.value, event.reason) for event in self.events]
