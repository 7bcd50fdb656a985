"""Relays, consumers and the sink, as tasks of the service: begun again when they die, ended in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from reference_impl.errors import ConfigurationError, IntegrityError, UnavailableError
from reference_impl.events.model import Watch
from reference_impl.events.waiting import Retries, pause

_LOG = logging.getLogger(__name__)
_HOPELESS = (IntegrityError, ConfigurationError)
"""Log, database or trail are not what was written, or a topic cannot be made: trying again changes nothing."""
_LIVED_SECONDS = 300.0
"""Who lived so long before it died is begun again at once."""

Run = Callable[[asyncio.Event], Awaitable[None]]
"""Until it is told to stop."""


@asynccontextmanager
async def supervised(name: str, run: Run, watch: Watch, again: Retries | None = None) -> AsyncIterator[None]:
    """Runs until this is left, which waits for it. `again`: how long after each death; then its longest."""
    stop = asyncio.Event()
    task = asyncio.create_task(_kept_running(name, run, stop, watch, again or Retries(first_seconds=0.5)))
    try:
        yield
    finally:
        stop.set()
        await task


async def _kept_running(name: str, run: Run, stop: asyncio.Event, watch: Watch, again: Retries) -> None:
    clock, delays = asyncio.get_running_loop().time, again.delays()
    while not stop.is_set():
        watch.part(name, "running")
        begun = clock()
        (error,) = await asyncio.gather(run(stop), return_exceptions=True)
        if isinstance(error, asyncio.CancelledError):
            raise error
        if isinstance(error, _HOPELESS):
            _LOG.error("a part of the event flow cannot go on", exc_info=error, extra={"part": name})
            watch.part(name, "failed")
            return
        if isinstance(error, BaseException):
            _LOG.error("a part of the event flow died, and is begun again", exc_info=error, extra={"part": name})
            watch.part(name, "restarting")
            if clock() - begun > _LIVED_SECONDS:
                delays = again.delays()
            await pause(stop, next(delays, again.longest_seconds))
    watch.part(name, "ended")


class Health:
    """Passes on to a `Watch` what it is told, and remembers who cannot go on."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.failed: set[str] = set()

    def ended(self, group: str, topic: str, outcome: str) -> None:
        """See `Watch`."""
        self._watch.ended(group, topic, outcome)

    def part(self, name: str, state: str) -> None:
        """See `Watch`."""
        if state == "failed":
            self.failed.add(name)
        self._watch.part(name, state)

    def check(self) -> None:
        """Raises UnavailableError if somebody has to look."""
        if self.failed:
            raise UnavailableError("a part of the event flow cannot go on")
