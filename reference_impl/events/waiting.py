"""Waiting that ends early when it is time to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Until the time is over, or `stop` is set."""
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


@dataclass(frozen=True, slots=True)
class Retries:
    """How long to wait before each further attempt: doubling up to `longest_seconds`.

    The defaults are three minutes in all: longer than a payment that was interrupted counts as under way, shorter than
    the five minutes after which Kafka gives a silent member's partitions to another.
    """

    attempts: int = 25
    first_seconds: float = 0.1
    longest_seconds: float = 10.0

    def delays(self) -> Iterator[float]:
        """One less than attempts."""
        for attempt in range(self.attempts - 1):
            yield min(self.first_seconds * 2.0**attempt, self.longest_seconds)
