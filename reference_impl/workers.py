"""More processes that serve, beside the first one: on the same port, with the same settings and the same audit log.

The first process alone writes the audit log, follows events, sends notices and ends what was broken off; the others
append through it (`audit.shared`) and do nothing but answer. One that dies is begun again.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from reference_impl.audit.model import ReadableLog
from reference_impl.audit.shared import serve
from reference_impl.background import background
from reference_impl.errors import ConfigurationError
from reference_impl.events.model import Watch
from reference_impl.events.supervision import Health, supervised
from reference_impl.exit_codes import USAGE

_GRACE_SECONDS = 25.0
"""Longer than a server waits for its last answers."""
Command = Callable[[int, int], Sequence[str]]
"""Of the worker with that number, from 1, whose socket to the audit log has that descriptor."""


class WorkerDiedError(Exception):
    """A process that serves ended by itself."""


@asynccontextmanager
async def workers(
    count: int, command: Command, log: ReadableLog, watch: Watch, ending: asyncio.Event
) -> AsyncIterator[Health]:
    """So many, until left or `ending` is set, whichever is first; when this is left they have ended."""
    health = Health(watch)
    async with AsyncExitStack() as stack:
        for number in range(1, count + 1):
            run = _Worker(number, command, log, ending).run
            await stack.enter_async_context(supervised(f"worker_{number}", run, health))
        yield health


class _Worker:
    def __init__(self, number: int, command: Command, log: ReadableLog, ending: asyncio.Event) -> None:
        self._number, self._command, self._log, self._ending = number, command, log, ending

    async def run(self, stop: asyncio.Event) -> None:
        """One life of it. Raises WorkerDiedError, ConfigurationError: it did not start, and will not."""
        ours, theirs = socket.socketpair()
        with theirs:
            command = self._command(self._number, theirs.fileno())
            process = await asyncio.create_subprocess_exec(*command, pass_fds=[theirs.fileno()])
        async with background(serve(self._log, ours)):
            if await self._outlives(process, stop):
                process.terminate()
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(process.wait(), _GRACE_SECONDS)
            if process.returncode is None:
                process.kill()
            await process.wait()
        if not self._ending.is_set() and not stop.is_set():
            if process.returncode == USAGE:
                raise ConfigurationError("a worker does not start")
            raise WorkerDiedError
        await stop.wait()

    async def _outlives(self, process: asyncio.subprocess.Process, stop: asyncio.Event) -> bool:
        """Whether it is still there when it is time to end."""
        awaited = [asyncio.ensure_future(one) for one in (process.wait(), stop.wait(), self._ending.wait())]
        try:
            await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in awaited:
                one.cancel()
        return process.returncode is None
