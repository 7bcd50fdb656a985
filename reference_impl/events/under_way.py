"""Messages that were taken and not yet committed: in order where they share a key, side by side where not."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from reference_impl.events.log import Position, Received

Process = Callable[[Received], Awaitable[bool]]
"""Whether it is done with a message; if not, nothing behind it under its key is begun."""


class UnderWay:
    """Of one member."""

    def __init__(self) -> None:
        self._last: dict[str, asyncio.Task[bool]] = {}
        self._running: set[asyncio.Task[bool]] = set()
        self._partitions: dict[tuple[str, int], deque[tuple[Position, asyncio.Task[bool]]]] = {}
        self.error: BaseException | None = None
        """What was raised first."""

    def __len__(self) -> int:
        """How many are being processed."""
        return len(self._running)

    def add(self, received: Received, process: Process) -> None:
        """Begins with it, once what came before it under its key is done with."""
        key, position = received.message.key, received.position
        task = asyncio.create_task(self._after(self._last.get(key), received, process))
        self._last[key] = task
        self._running.add(task)
        task.add_done_callback(lambda ended: self._ended(key, ended))
        self._partitions.setdefault(position[:2], deque()).append((position, task))

    async def fewer(self, most: int, seconds: float) -> None:
        """Waits until at most so many are being processed; not longer than that."""
        deadline = asyncio.get_running_loop().time() + seconds
        while len(self._running) > most and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(self._running, timeout=left, return_when=asyncio.FIRST_COMPLETED)

    async def end(self) -> None:
        """Waits for all of them."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def done(self) -> list[Position]:
        """The last one of each partition up to which all are done with, where it has moved since this was asked."""
        moved = {}
        for place, messages in self._partitions.items():
            while messages and _done(messages[0][1]):
                moved[place] = messages.popleft()[0]
        return list(moved.values())

    async def _after(self, before: asyncio.Task[bool] | None, received: Received, process: Process) -> bool:
        return (before is None or await before) and await process(received)

    def _ended(self, key: str, task: asyncio.Task[bool]) -> None:
        self._running.discard(task)
        if self._last.get(key) is task and _done(task):
            del self._last[key]
        if not task.cancelled():
            self.error = self.error or task.exception()


def _done(task: asyncio.Task[bool]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None and task.result()
