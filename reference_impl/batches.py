"""Group commit: what arrives while a batch is written makes up the next one."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_PATIENCE = 0.25


class Batches(Generic[Item, Result]):
    """`write`: gives a result, or an error to raise, for each item in their order; an error it raises is everybody's.

    One batch is under way at once, of at most `most` items. A caller that is cancelled before its batch began is left
    out of it. A batch waits for as many items as there were last, a quarter of the time that took and no longer:
    callers come back once they are answered, and else they would make two half batches by turns, which cost more in
    all. Whoever is alone waits for nobody.
    """

    def __init__(
        self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Result | BaseException]]], *, most: int = 128
    ) -> None:
        self._write = write
        self._most = most
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._lane: asyncio.Task[None] | None = None
        self._expected, self._took, self._ended = 0, 0.0, 0.0
        self._enough: asyncio.Event | None = None

    async def submit(self, item: Item) -> Result:
        """The result of this item, once its batch is done."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._lane is None:
            self._lane = asyncio.create_task(self._run_all())
        elif self._enough is not None and len(self._waiting) >= self._expected:
            self._enough.set()
        return await future

    async def _run_all(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                if batch := self._next():
                    await self._run(batch)
        finally:
            self._lane = None

    async def _gather(self) -> None:
        """Until as many wait as were written or waiting when the last batch ended, or the time for it is over."""
        left = self._ended + self._took * _PATIENCE - time.monotonic()
        if len(self._waiting) >= self._expected or left <= 0:
            return
        self._enough = asyncio.Event()
        timer = asyncio.get_running_loop().call_later(left, self._enough.set)
        try:
            await self._enough.wait()
        finally:
            timer.cancel()
            self._enough = None

    def _next(self) -> list[tuple[Item, asyncio.Future[Result]]]:
        batch: list[tuple[Item, asyncio.Future[Result]]] = []
        while self._waiting and len(batch) < self._most:
            item, future = self._waiting.popleft()
            if not future.done():
                batch.append((item, future))
        return batch

    async def _run(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        """Whatever the writing ends with reaches those who wait, a bug included: nobody waits forever."""
        began = time.monotonic()
        (written,) = await asyncio.gather(self._write([item for item, _ in batch]), return_exceptions=True)
        self._ended = time.monotonic()
        self._took = self._ended - began
        self._expected = min(len(batch) + len(self._waiting), self._most)
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
