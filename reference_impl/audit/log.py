"""The audit log on disk, for callers in an event loop: what they append at the same time shares one sync."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.audit import head as heads
from reference_impl.audit.anchoring import Anchoring
from reference_impl.audit.chain import GENESIS, Chainer
from reference_impl.audit.model import Anchor, Event, Head, Outcome
from reference_impl.audit.record import checked
from reference_impl.audit.recovery import Recovered, lock, prepare_folder, recover
from reference_impl.audit.writer import SegmentWriter
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.secret import Secret

SEGMENT_BYTES = 16 * 1024 * 1024
"""About 50,000 records."""
_BATCH_EVENTS = 2048
_MIN_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class _Waiting:
    events: list[Event]
    done: asyncio.Future[None]


class FileAuditLog:
    """Implements `AuditLog`. `FileAuditLog.open(…)` makes it; `aclose()` ends it, in the same event loop."""

    def __init__(self, writer: SegmentWriter, locked: int, anchoring: Anchoring | None, clock: Clock) -> None:
        self._writer = writer
        self._locked = locked
        self._anchoring = anchoring
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self._head: Head | None = None
        self._thread = ThreadPoolExecutor(1, "audit-log")

    @classmethod
    async def open(
        cls,
        folder: Path,
        key: Secret[bytes],
        signing_key: Ed25519PrivateKey,
        *,
        name: str = "audit",
        anchor: Anchor | None = None,
        anchor_every: float = 10.0,
        segment_bytes: int = SEGMENT_BYTES,
        clock: Clock = utc_now,
    ) -> FileAuditLog:
        """Finds out where the log ended, and begins with a record of that (10.2.1.6).

        `key`: of the MACs, 32 bytes at least; `signing_key`: of the heads, another one; `name`: of the log, different
        for each one that shares an anchor. Raises ConfigurationError (key too short, folder open to others, somebody
        else writes to it), IntegrityError (the log is not as it was left), UnavailableError (anchor or disk).
        """
        if len(key.reveal()) < _MIN_KEY_BYTES:
            raise ConfigurationError("the MAC key of the audit log has 32 bytes at least")
        anchored = await anchor.latest() if anchor else None
        chainer = Chainer(key)
        try:
            prepare_folder(folder)
            locked = lock(folder)
            try:
                found = await asyncio.to_thread(recover, folder, name, chainer, signing_key.public_key(), anchored)
                if found.new:
                    heads.store(folder, heads.sign(Head(name, 0, GENESIS, clock()), signing_key))
                writer = SegmentWriter(
                    folder,
                    chainer,
                    signing_key,
                    name=name,
                    count=found.count,
                    mac=found.mac,
                    segment=found.segment,
                    segment_bytes=segment_bytes,
                )
            except BaseException:
                os.close(locked)
                raise
        except OSError as error:
            raise UnavailableError("the folder of the audit log cannot be used") from error
        log = cls(writer, locked, Anchoring(anchor, anchor_every) if anchor else None, clock)
        try:
            await log.append(log._started(found))
        except UnavailableError:
            await log._end()
            raise
        return log

    @property
    def head(self) -> Head:
        """Of what was acknowledged so far."""
        assert self._head is not None  # noqa: S101  # open() has appended
        return self._head

    async def append(self, events: Sequence[Event]) -> None:
        """As `AuditLog.append`. Raises ValueError for events that say too little, see `record.checked`."""
        ready = [checked(event) for event in events]
        if self._closed:
            raise UnavailableError("the audit log is closed")
        if ready:
            await self._enqueue(ready)

    async def aclose(self) -> None:
        """Writes what waits, records the end, anchors it and gives the folder free."""
        if self._closed:
            return
        self._closed = True
        try:
            await self._enqueue([self._own("audit.stop", Outcome.SUCCESS, "audit_log")])
        finally:
            await self._end()

    def _enqueue(self, events: list[Event]) -> asyncio.Future[None]:
        waiting = _Waiting(events, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._task is None:
            self._task = asyncio.create_task(self._write())
        return waiting.done

    async def _end(self) -> None:
        self._closed = True
        if self._task:
            await self._task
        if self._anchoring:
            await self._anchoring.aclose()
        self._thread.shutdown()
        self._writer.close()
        os.close(self._locked)

    async def _write(self) -> None:
        """Runs while something waits: what comes during one sync is the next batch."""
        while self._waiting:
            batch, events = self._next_batch()
            try:
                commit = self._writer.commit
                head = await asyncio.get_running_loop().run_in_executor(self._thread, commit, events, self._clock())
            except UnavailableError as error:
                for waiting in batch:
                    if not waiting.done.done():
                        waiting.done.set_exception(UnavailableError(str(error)))
                continue
            self._head = head
            if self._anchoring:
                self._anchoring.advance(head)
            for waiting in batch:
                if not waiting.done.done():
                    waiting.done.set_result(None)
        self._task = None

    def _next_batch(self) -> tuple[list[_Waiting], list[Event]]:
        events: list[Event] = []
        taken = 0
        while taken < len(self._waiting) and len(events) < _BATCH_EVENTS:
            events += self._waiting[taken].events
            taken += 1
        batch, self._waiting = self._waiting[:taken], self._waiting[taken:]
        return batch, events

    def _started(self, found: Recovered) -> list[Event]:
        """The first events of this run: that it began, and what was found."""
        events = [self._own("audit.start", Outcome.SUCCESS, "audit_log")]
        if found.adopted:
            resource = f"records/{found.count - found.adopted + 1}-{found.count}"
            events.append(self._own("audit.adopt", Outcome.SUCCESS, resource, "written_after_last_head"))
        if found.torn:
            events.append(self._own("audit.set_aside", Outcome.FAILURE, found.torn.name, "unfinished_line"))
        return events

    def _own(self, action: str, outcome: Outcome, resource: str, reason: str = "") -> Event:
        return Event("service", action, self._clock(), outcome, "local", resource, reason=reason)
