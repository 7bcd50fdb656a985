"""Idempotent consumers: the effect of an event and the note that it was processed are one transaction.

A handler does what has to be done outside (idempotent by a key made of the event or order) and returns the effect.
Handlers of different keys run side by side, up to `at_once`; their effects share transactions. One that fails for now
is tried again, and what is behind it under its key waits: order within a key is kept. One that fails for good goes to
the dead letters.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.errors import ConflictError, LimitedError, ServiceError, UnavailableError
from reference_impl.events import dead_letters, store
from reference_impl.events.applying import Applying, Effect
from reference_impl.events.log import EventLog, Received, Subscription
from reference_impl.events.model import Event, EventType, Unwatched, Watch, is_event_id
from reference_impl.events.sealing import EVENT, Sealer
from reference_impl.events.under_way import UnderWay
from reference_impl.events.waiting import Retries, pause

Handler = Callable[[Event], Awaitable[Effect]]
"""May be called more than once for an event. Raises ServiceError."""

_LOG = logging.getLogger(__name__)
_PASSING = (UnavailableError, LimitedError, ConflictError)
"""What may be otherwise the next time; a conflict, as another attempt at the same payment may be under way."""
_TAKE_SECONDS = 0.5
_AGAIN_SECONDS = 0.5
_COMMIT_SECONDS = 0.25
"""A restart begins behind what was committed; what was processed since is known and left out."""


class Consumer:
    """Members of one group, in any number of processes, share its events."""

    def __init__(
        self,
        log: EventLog,
        sealer: Sealer,
        engine: AsyncEngine,
        group: str,
        handlers: Mapping[EventType, Handler],
        *,
        retries: Retries | None = None,
        watch: Watch | None = None,
        clock: Clock = utc_now,
        at_once: int = 64,
    ) -> None:
        self._log, self._sealer, self._engine = log, sealer, engine
        self._group, self._handlers = group, handlers
        self._retries = retries or Retries()
        self._watch = watch or Unwatched()
        self._clock = clock
        self._at_once = at_once
        self._applying = Applying(engine, group, clock)

    async def run(self, stop: asyncio.Event) -> None:
        """Until it is told to stop: then what is under way is ended and committed. What does not answer, log or
        database, is asked again for as long as it takes.
        """
        while not stop.is_set():
            await self._member(stop)

    async def _member(self, stop: asyncio.Event) -> None:
        """In the group until it is told to stop, or something does not answer."""
        try:
            async with self._log.subscribe([type_.value for type_ in self._handlers], self._group) as subscription:
                await self._follow(subscription, stop)
        except UnavailableError:
            _LOG.warning("events cannot be processed now")
            await pause(stop, _AGAIN_SECONDS)

    async def _follow(self, subscription: Subscription, stop: asyncio.Event) -> None:
        under_way = UnderWay()
        clock = asyncio.get_running_loop().time
        committed = clock()
        try:
            while not stop.is_set() and under_way.error is None:
                await under_way.fewer(self._at_once // 2, _TAKE_SECONDS)
                if (room := self._at_once - len(under_way)) * 2 >= self._at_once:
                    taken = await subscription.take(room, _TAKE_SECONDS)
                    seen = await self._processed(taken)
                    for received in taken:
                        known = received.message.headers.get(EVENT) in seen
                        under_way.add(received, self._doubled if known else partial(self._new, stop))
                if clock() - committed > _COMMIT_SECONDS:
                    await subscription.commit(under_way.done())
                    committed = clock()
        finally:
            await under_way.end()
        await subscription.commit(under_way.done())
        if under_way.error is not None:
            raise under_way.error

    async def _processed(self, taken: Sequence[Received]) -> set[str]:
        """Which of these, by their headers, this group has processed before: asked once, to spare the handlers."""
        claimed = (received.message.headers.get(EVENT, "") for received in taken)
        if not (events := [event for event in claimed if is_event_id(event)]):
            return set()
        async with transaction(self._engine) as connection:
            return await store.known(connection, self._group, events)

    async def _doubled(self, received: Received) -> bool:
        self._watch.ended(self._group, received.position.topic, "doubled")
        return True

    async def _new(self, stop: asyncio.Event, received: Received) -> bool:
        """Whether nothing is left to do for it. None is begun once it is time to stop."""
        outcome = _INTERRUPTED if stop.is_set() else await self._one(received, stop)
        if outcome == _INTERRUPTED:
            return False
        self._watch.ended(self._group, received.position.topic, outcome)
        return True

    async def _one(self, received: Received, stop: asyncio.Event) -> str:
        try:
            event = await self._sealer.open(received.message)
            effect = await self._handled(event, received, stop)
        except UnavailableError:
            raise
        except ServiceError as error:
            return await self._dead(received, error)
        if effect is None:
            return _INTERRUPTED
        return "done" if await self._applying.apply(event.id, effect) else "doubled"

    async def _handled(self, event: Event, received: Received, stop: asyncio.Event) -> Effect | None:
        """None: it is to be stopped while it fails. Raises ServiceError other than UnavailableError."""
        handler = self._handlers[event.type]
        for delay in self._retries.delays():
            try:
                return await handler(event)
            except _PASSING:
                self._watch.ended(self._group, received.position.topic, "retried")
                await pause(stop, delay)
            if stop.is_set():
                return None
        try:
            return await handler(event)
        except UnavailableError as error:
            raise GivenUpError(error.code) from error

    async def _dead(self, received: Received, error: ServiceError) -> str:
        _LOG.error("an event goes to the dead letters", extra={"error": error.code})
        await dead_letters.bury(self._log, received, self._group, error.code, self._clock())
        return "dead"


_INTERRUPTED = "interrupted"


class GivenUpError(ServiceError):
    """What an event needs did not answer however often it was asked."""

    def __init__(self, code: str) -> None:
        super().__init__("given up")
        self.code = code
