"""The audit sink: everything that is in the log, into segments that nobody can change (PCI DSS v4.0.1, 10.3.4, 10.5.1).

A segment is there before its offsets are committed, and says how far it goes: after a crash the sink goes on where the
last segment ends, with nothing lost and nothing twice. Two sinks on one store write alternately: each segment is put by
one of them, the other reads it and goes on behind it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.errors import ConfigurationError, ConflictError, IntegrityError, InvalidInputError, UnavailableError
from reference_impl.events import segments, store
from reference_impl.events.log import EventLog, Received, Subscription
from reference_impl.events.model import EventType
from reference_impl.events.sealing import Sealer
from reference_impl.events.waiting import pause

NAME = "audit-sink"
_LOG = logging.getLogger(__name__)
_LEAST = timedelta(days=365)
"""The audit trail is kept for at least twelve months (PCI DSS v4.0.1, 10.5.1)."""
_AGAIN_SECONDS = 0.5


class _Reached(NamedTuple):
    """Where the trail ends."""

    number: int
    digest: str
    ends: dict[str, int]


class AuditSink:
    """Of the events of all types. `name`: of this trail, and of the group that reads for it."""

    def __init__(
        self,
        log: EventLog,
        sealer: Sealer,
        engine: AsyncEngine,
        kept: segments.SegmentStore,
        key: Ed25519PrivateKey,
        *,
        name: str = NAME,
        retention: timedelta = _LEAST,
        segment_events: int = 1000,
        linger_seconds: float = 1.0,
        clock: Clock = utc_now,
    ) -> None:
        """A segment is written when it has `segment_events`, or `linger_seconds` after its first.

        Raises ConfigurationError for a retention of less than a year.
        """
        if retention < _LEAST:
            raise ConfigurationError("the audit trail is kept for at least twelve months")
        self._log, self._sealer, self._engine = log, sealer, engine
        self._kept, self._key, self._clock = kept, key, clock
        self._name, self._retention = name, retention
        self._size, self._linger = segment_events, linger_seconds
        self._reached: _Reached | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Until it is told to stop; what does not answer is asked again.

        Raises IntegrityError if the trail's end is not what was written: nothing is put behind that; ConfigurationError
        for a place that locks nothing.
        """
        while not stop.is_set():
            await self._member(stop)

    async def _member(self, stop: asyncio.Event) -> None:
        try:
            await self._kept.check()
            self._reached = await self._resumed()
            async with self._log.subscribe([type_.value for type_ in EventType], self._name) as subscription:
                while not stop.is_set():
                    if received := await self._collected(subscription, stop):
                        await self._write(received)
                        await subscription.commit([each.position for each in received])
        except UnavailableError:
            _LOG.warning("the audit trail of events is not written now")
            await pause(stop, _AGAIN_SECONDS)

    async def _collected(self, subscription: Subscription, stop: asyncio.Event) -> list[Received]:
        clock = asyncio.get_running_loop().time
        received = list(await subscription.take(self._size, self._linger))
        deadline = clock() + self._linger
        while received and len(received) < self._size and (left := deadline - clock()) > 0 and not stop.is_set():
            received += await subscription.take(self._size - len(received), left)
        return received

    async def _write(self, received: Sequence[Received]) -> None:
        """Puts what the trail does not have yet behind its end, wherever that is by then."""
        reached = self._reached or await self._resumed()
        while fresh := await self._fresh(reached, received):
            now, lines = self._clock(), segments.lines_of([each for each, _ in fresh])
            until = now + self._retention
            ends = _advanced(reached.ends, [each for each, _ in fresh])
            place = (self._name, reached.number + 1, reached.digest, segments.digest(lines), len(fresh))
            manifest = segments.Manifest(*place, ends, now.isoformat(), until.isoformat())
            data = segments.write(manifest, lines, self._key)
            try:
                await self._kept.put(segments.name_of(manifest.number), data, until)
            except ConflictError:  # by another sink, or by this one without an answer
                reached = self._reached = await self._resumed()
                continue
            reached = _Reached(manifest.number, segments.digest(data), ends)
            await self._note(reached, [event for _, event in fresh if event])
            self._reached = reached

    async def _fresh(self, reached: _Reached, received: Sequence[Received]) -> list[tuple[Received, str]]:
        """What is behind the end of the trail and no event that it has; with its id, if it is an event at all."""
        behind = [each for each in received if each.position.offset >= reached.ends.get(_place(each), 0)]
        named = [(each, await self._event(each)) for each in behind]
        async with transaction(self._engine) as connection:
            seen = await store.known(connection, self._name, [event for _, event in named if event])
        fresh = []
        for each, event in named:
            if not event or event not in seen:
                fresh.append((each, event))
                seen.add(event)
        return fresh

    async def _event(self, received: Received) -> str:
        """Its id, if it can be believed: what does not open is kept, and cannot pass for an event."""
        try:
            return (await self._sealer.open(received.message)).id
        except (IntegrityError, InvalidInputError):
            return ""

    async def _resumed(self) -> _Reached:
        """Where the trail ends: at the last segment that was noted, or at those that were put after it."""
        async with transaction(self._engine) as connection:
            noted = await store.reached(connection, self._name)
        last = max(noted, default=0)
        reached = _Reached(0, segments.GENESIS, {})
        if last:
            segment = await self._segment(last)
            if segment is None or segment.digest != noted[last]:
                raise IntegrityError("the end of the audit trail of events is not what was written")
            reached = _Reached(last, segment.digest, dict(segment.manifest.ends))
        while segment := await self._segment(reached.number + 1):
            if segment.manifest.previous != reached.digest:
                raise IntegrityError("the audit trail of events goes on with a segment of another place")
            reached = _Reached(segment.manifest.number, segment.digest, dict(segment.manifest.ends))
            events = [await self._event(each) for each in segment.received]
            await self._note(reached, [event for event in events if event])
        return reached

    async def _segment(self, number: int) -> segments.Segment | None:
        data = await self._kept.get(segments.name_of(number))
        if data is None:
            return None
        segment = segments.read(data, self._key.public_key())
        if (segment.manifest.sink, segment.manifest.number) != (self._name, number):
            raise IntegrityError("a segment of the audit trail of events is in another's place")
        return segment

    async def _note(self, reached: _Reached, events: Sequence[str]) -> None:
        now = self._clock()
        async with transaction(self._engine) as connection:
            await store.reach(connection, self._name, reached.number, reached.digest, now)
            if events:
                await store.process(connection, self._name, events, now)


def _place(received: Received) -> str:
    return segments.place_of(received.position)


def _advanced(ends: dict[str, int], received: Sequence[Received]) -> dict[str, int]:
    return ends | {_place(each): each.position.offset + 1 for each in received}
