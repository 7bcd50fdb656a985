"""The transactional outbox: an event is written with the change it tells of, and a relay brings it to the log.

An event that names a person is sealed with their key before it is written: what is not sent yet is in backups too.

Several processes may run a relay: one of them holds a lease and relays, in the order of writing; the others take over
when it is gone. What was published and not marked, because of a crash in between, is published again.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.errors import IntegrityError, InvalidInputError, ServiceError, UnavailableError
from reference_impl.events import store
from reference_impl.events.log import RETENTION, EventLog, Message
from reference_impl.events.model import Event, decode, encode
from reference_impl.events.sealing import SUBJECT, Named, Persons, Sealer, sealed_message
from reference_impl.events.waiting import pause

_LOG = logging.getLogger(__name__)
_NAME = "outbox"
_PRUNE_SECONDS = 3600.0
_REMEMBERED = timedelta(days=90)
"""How long a processed event is known: longer than anything lies in the log or the dead letters."""


class Outbox:
    """Where events are written that are to be sent."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    async def add(self, connection: AsyncConnection, events: Sequence[Event]) -> None:
        """To be called in the transaction of the change, with one or more.

        Raises InvalidInputError if one does not fit its schema, UnavailableError.
        """
        await store.write(connection, [await self._row(event) for event in events])

    async def _row(self, event: Event) -> tuple[str, str, int, bytes, str, str]:
        message = await self._sealer.for_person(event)
        named = event.id, event.type.value, event.version
        if message is None:
            return (*named, encode(event), "", "")
        return (*named, message.value, message.key, message.headers[SUBJECT])


class Relay:
    """Brings what is in the outbox to the log, each type to the topic of its name."""

    def __init__(
        self,
        engine: AsyncEngine,
        log: EventLog,
        sealer: Sealer,
        clock: Clock = utc_now,
        *,
        batch: int = 500,
        poll_seconds: float = 0.05,
        lease: timedelta = timedelta(seconds=10),
    ) -> None:
        """`lease`: after which the next one takes over. Should the first still be at it, events are published twice,
        and each for the first time in order all the same.
        """
        self._engine, self._log, self._sealer, self._clock = engine, log, sealer, clock
        self._batch, self._poll, self._lease = batch, poll_seconds, lease
        self._me = secrets.token_hex(8)
        self._pruned = float("-inf")
        self._held: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Until it is told to stop, and has relayed what there is by then; what does not answer is asked again."""
        while not stop.is_set():
            try:
                busy = await self.once()
            except UnavailableError:
                _LOG.warning("events cannot be relayed now")
                busy = False
            if not busy:
                await pause(stop, self._poll)
        try:
            while await self.once():
                pass
            async with transaction(self._engine) as connection:
                await store.release(connection, _NAME, self._me)
        except UnavailableError:
            _LOG.warning("what is left is relayed by the next one, when the lease has run out")

    async def once(self) -> int:
        """Relays one batch, if this one holds the lease. How many events it were. Raises UnavailableError."""
        now = self._clock()
        async with transaction(self._engine) as connection:
            if not await self._leads(connection, now):
                return 0
            rows = [(row, _read(row)) for row in await store.unsent(connection, self._batch)]
            customers = await self._sealer.customers(
                connection, [event for _, event in rows if isinstance(event, Event)]
            )
            if time.monotonic() - self._pruned > _PRUNE_SECONDS:
                await store.prune(connection, now - RETENTION, now - _REMEMBERED)
                self._pruned = time.monotonic()
        if not rows:
            return 0
        persons = await self._persons(customers)
        sealed = [(row, await self._message(event, customers, persons)) for row, event in rows]
        topics: dict[str, list[Message]] = defaultdict(list)
        ended: dict[str | None, list[int]] = defaultdict(list)
        for row, message in sealed:
            if isinstance(message, Message):
                topics[row.type].append(message)
            ended[message if isinstance(message, str) else None].append(row.number)
        if topics:
            await self._log.publish(topics)
        async with transaction(self._engine) as connection:
            for reason, numbers in ended.items():
                await store.sent(connection, numbers, self._clock(), reason)
        return len(rows)

    async def _leads(self, connection: AsyncConnection, now: datetime) -> bool:
        """Whether this one holds the lease, which is written anew after a third of it and not each time."""
        if self._held is not None and self._held <= now < self._held + self._lease / 3:
            return True
        held = await store.hold(connection, _NAME, self._me, now, now + self._lease)
        self._held = now if held else None
        return held

    async def _persons(self, customers: Named) -> Persons | None:
        """None: one of the keys does not open, and each event is on its own."""
        try:
            return await self._sealer.persons(customers)
        except IntegrityError:
            return None

    async def _message(self, event: Event | Message | str, customers: Named, persons: Persons | None) -> Message | str:
        """Ready to publish; or the reason why it never will be, so that it holds up no other."""
        if not isinstance(event, Event):
            return event
        try:
            if persons is None:
                own = {event.id: customers[event.id]} if event.id in customers else {}
                persons = await self._sealer.persons(own)
            return await self._sealer.seal(event, persons)
        except (InvalidInputError, IntegrityError) as error:
            return _refused(error)


def _read(row: store.Unsent) -> Event | Message | str:
    if row.key:
        return sealed_message(row.key, row.payload, (row.id, row.type, row.schema), row.subject)
    try:
        return decode(row.type, row.schema, row.payload)
    except InvalidInputError as error:
        return _refused(error)


def _refused(error: ServiceError) -> str:
    _LOG.error("an event can never be sent", extra={"error": error.code})
    return error.code
