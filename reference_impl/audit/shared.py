"""One log for several processes of a service: the one that writes it serves the others, on sockets they inherit.

A question is events, one a line as they are recorded; none asks how far the log goes. Its answer is the head, once they
are on disk, or why they are not. Each goes as its length in four bytes and itself; one at a time in each direction.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from contextlib import suppress

from reference_impl.audit import head as heads
from reference_impl.audit.model import Event, Head, ReadableLog
from reference_impl.audit.record import checked, decode, encode
from reference_impl.batches import Batches
from reference_impl.errors import UnavailableError

_LENGTH = 4
_DONE, _FAILED = b"+", b"-"
_GONE = "the process that writes the audit log is gone"


async def serve(log: ReadableLog, ours: socket.socket) -> None:
    """Until the other process is gone. What it sent in whole before is written."""
    reader, writer = await asyncio.open_connection(sock=ours)
    try:
        while (question := await _received(reader)) is not None:
            _send(writer, await _answer(log, question))
            await writer.drain()
    except ConnectionError:  # it did not wait for the answer
        return
    finally:
        writer.close()


async def _answer(log: ReadableLog, question: bytes) -> bytes:
    try:
        await log.append([decode(line).event for line in question.splitlines()])
        return _DONE + heads.packed(await log.acknowledged())
    except UnavailableError as error:
        return _FAILED + str(error).encode()


class SharedAuditLog:
    """Implements `ReadableLog`, of the other end. What is appended at the same time goes together.

    `SharedAuditLog.connect(…)` makes it; `aclose()` ends it, in the same event loop.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._answer: asyncio.Future[bytes] | None = None
        self._batches: Batches[Sequence[Event], Head] = Batches(self._ask)
        self.gone = asyncio.Event()
        """Set once the first process is, and nothing can be appended any more."""
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def connect(cls, theirs: socket.socket) -> SharedAuditLog:
        """`theirs`: what this process was started with."""
        return cls(*await asyncio.open_connection(sock=theirs))

    async def append(self, events: Sequence[Event]) -> None:
        """As `AuditLog.append`. Raises ValueError for events that say too little, see `record.checked`."""
        if ready := [checked(event) for event in events]:
            await self._batches.submit(ready)

    async def acknowledged(self) -> Head:
        """As `ReadableLog.acknowledged`."""
        return await self._batches.submit([])

    async def aclose(self) -> None:
        """Nothing can be appended from now on."""
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()
        await self._reading

    async def _ask(self, batch: Sequence[Sequence[Event]]) -> list[Head | BaseException]:
        """All of them are on disk or none is known to be, as with a batch of the log itself."""
        self._answer = asyncio.get_running_loop().create_future()
        if self.gone.is_set():
            raise UnavailableError(_GONE)
        _send(self._writer, b"\n".join(encode(event, 0) for events in batch for event in events))
        answer = await self._answer
        if answer[:1] == _FAILED:
            raise UnavailableError(answer[1:].decode())
        return [heads.unpacked(answer[1:])] * len(batch)

    async def _read(self) -> None:
        while (answer := await _received(self._reader)) is not None:
            if self._answer is not None and not self._answer.done():
                self._answer.set_result(answer)
        self.gone.set()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(UnavailableError(_GONE))


def _send(writer: asyncio.StreamWriter, message: bytes) -> None:
    writer.write(len(message).to_bytes(_LENGTH, "big") + message)


async def _received(reader: asyncio.StreamReader) -> bytes | None:
    """None: there is no more."""
    try:
        length = await reader.readexactly(_LENGTH)
        return await reader.readexactly(int.from_bytes(length, "big"))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
