"""Work that goes on beside other work, and ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

from reference_impl.errors import UnavailableError


@asynccontextmanager
async def background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Runs it as a task; left, it is cancelled and has ended."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def repeated(
    work: Callable[[], Awaitable[None]], every_seconds: float, away: Callable[[], None]
) -> AsyncIterator[None]:
    """Now, and again and again until left. Raises UnavailableError now; later `away` is called instead."""

    async def run() -> None:
        while True:
            await asyncio.sleep(every_seconds)
            try:
                await work()
            except UnavailableError:
                away()

    await work()
    async with background(run()):
        yield
