"""The audit log on disk, for callers in an event loop: what they append at the same time shares one sync."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.audit.anchoring import Anchoring
from reference_impl.audit.chain import Chainer
from reference_impl.audit.model import Anchor, Event, Head
from reference_impl.audit.opening import Opened, own_event, take_over
from reference_impl.audit.record import checked
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.secret import Secret

SEGMENT_BYTES = 16 * 1024 * 1024
"""About 50,000 records."""
HEAD_SECONDS = 0.05
"""How long the signed head may lag behind: what is cut off the end of a log that was killed shows up to this."""
_BATCH_EVENTS = 2048
_MIN_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What one call appends. A caller that gives up has its events written all the same."""

    events: list[Event]
    done: asyncio.Future[None]

    def settle(self, error: UnavailableError | None) -> None:
        if self.done.done():
            return
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(UnavailableError(str(error)))


class FileAuditLog:
    """Implements `AuditLog`. `FileAuditLog.open(…)` makes it; `aclose()` ends it, in the same event loop."""

    def __init__(self, opened: Opened, anchoring: Anchoring | None, clock: Clock, head_every: float) -> None:
        self._writer, self._head, self._locked = opened
        self._anchoring = anchoring
        self._clock = clock
        self._waiting: deque[_Waiting] = deque()
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self._head_every = head_every
        self._head_due: asyncio.TimerHandle | None = None
        self._thread = ThreadPoolExecutor(1, "audit-log")
        if anchoring:
            anchoring.advance(self._head)

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
        head_every: float = HEAD_SECONDS,
        segment_bytes: int = SEGMENT_BYTES,
        clock: Clock = utc_now,
    ) -> FileAuditLog:
        """Finds out where the log ended, and begins with a record of that.

        `key`: of the MACs, 32 bytes at least; `signing_key`: of the heads, another one; `name`: of the log, different
        for each one that shares an anchor. Raises ConfigurationError (key too short, folder open to others, somebody
        else writes to it), IntegrityError (the log is not as it was left), UnavailableError (anchor or disk).
        """
        if len(key.reveal()) < _MIN_KEY_BYTES:
            raise ConfigurationError("the MAC key of the audit log has 32 bytes at least")
        opened = await asyncio.to_thread(
            take_over,
            folder,
            Chainer(key),
            signing_key,
            name=name,
            anchored=await anchor.latest() if anchor else None,
            segment_bytes=segment_bytes,
            now=clock(),
        )
        return cls(opened, Anchoring(anchor, anchor_every) if anchor else None, clock, head_every)

    async def acknowledged(self) -> Head:
        """As `ReadableLog.acknowledged`."""
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
            await self._enqueue([own_event("audit.stop", self._clock())])
        finally:
            if self._task:
                await self._task
            if self._head_due:
                self._head_due.cancel()
                self._store_head()
            if self._anchoring:
                await self._anchoring.aclose()
            self._thread.shutdown()
            self._writer.close()
            os.close(self._locked)

    def _enqueue(self, events: list[Event]) -> asyncio.Future[None]:
        waiting = _Waiting(events, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._task is None:
            self._task = asyncio.create_task(self._write())
        return waiting.done

    async def _write(self) -> None:
        """Runs while something waits: what comes during one sync is the next batch."""
        run = asyncio.get_running_loop().run_in_executor
        while self._waiting:
            batch = self._next_batch()
            events = [event for waiting in batch for event in waiting.events]
            try:
                self._head = await run(self._thread, self._writer.commit, events, self._clock())
            except UnavailableError as error:
                for waiting in batch:
                    waiting.settle(error)
                continue
            for waiting in batch:
                waiting.settle(None)
            if self._head_due is None:
                self._head_due = asyncio.get_running_loop().call_later(self._head_every, self._store_head)
            if self._anchoring:
                self._anchoring.advance(self._head)
        self._task = None

    def _store_head(self) -> None:
        """Some time after a batch: its records are on disk, and a sync of the head would be in the way of others."""
        self._head_due = None
        self._thread.submit(self._writer.store_head, self._head)

    def _next_batch(self) -> list[_Waiting]:
        """The oldest, about so many events."""
        batch: list[_Waiting] = []
        events = 0
        while self._waiting and events < _BATCH_EVENTS:
            batch.append(self._waiting.popleft())
            events += len(batch[-1].events)
        return batch
