"""Group commit: what arrives while a batch is written makes up the next one. Nobody waits for a clock."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Batches(Generic[Item, Result]):
    """`write`: gives a result, or an error to raise, for each item in their order; an error it raises is everybody's.

    At most `lanes` batches are under way at once, of at most `most` items each: more lanes make smaller batches, which
    cost more in all. A caller that is cancelled before its batch began is left out of it.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Item]], Awaitable[Sequence[Result | BaseException]]],
        *,
        lanes: int = 1,
        most: int = 128,
    ) -> None:
        self._write = write
        self._most = most
        self._idle = lanes
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._running: set[asyncio.Task[None]] = set()

    async def submit(self, item: Item) -> Result:
        """The result of this item, once its batch is done."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._idle:
            self._idle -= 1
            lane = asyncio.create_task(self._lane())
            self._running.add(lane)
            lane.add_done_callback(self._running.discard)
        return await future

    async def _lane(self) -> None:
        try:
            while batch := self._next():
                await self._run(batch)
        finally:
            self._idle += 1

    def _next(self) -> list[tuple[Item, asyncio.Future[Result]]]:
        batch: list[tuple[Item, asyncio.Future[Result]]] = []
        while self._waiting and len(batch) < self._most:
            item, future = self._waiting.popleft()
            if not future.done():
                batch.append((item, future))
        return batch

    async def _run(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        """Whatever the writing ends with reaches those who wait, a bug included: nobody waits forever."""
        (written,) = await asyncio.gather(self._write([item for item, _ in batch]), return_exceptions=True)
        results = [written] * len(batch) if isinstance(written, BaseException) else written
        for (_, future), result in zip(batch, results, strict=True):
            if future.done():
                continue
            if isinstance(result, asyncio.CancelledError):
                future.cancel()
            elif isinstance(result, BaseException):
                future.set_exception(result)
            else:
                future.set_result(result)
