"""Servers of this process: the one for callers, and those beside it for who operates the service."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

from reference_impl.background import background
from reference_impl.errors import ConfigurationError
from reference_impl.web import server

_BACKLOG = 128


class _Server(uvicorn.Server):
    """Leaves signals alone: uvicorn's own raises SIGTERM again when it is done, and nothing after it is ended."""

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(
    config: uvicorn.Config, listener: socket.socket | None = None, ending: asyncio.Event | None = None
) -> None:
    """Until SIGINT or SIGTERM, whereupon requests under way are answered; whoever called this then ends the rest.

    `listener`: instead of one of the configuration's address; `ending`: set by such a signal, or by others, which is
    the same.
    """
    one, loop, asked = _Server(config), asyncio.get_running_loop(), ending or asyncio.Event()

    def end() -> None:
        one.force_exit = asked.is_set()  # asked a second time: at once
        asked.set()

    async def heed() -> None:
        await asked.wait()
        one.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    try:
        async with background(heed()):
            await one.serve(None if listener is None else [listener])
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def listening(setting: str, host: str, port: int, *, shared: bool = False) -> socket.socket:
    """`setting`: what the port is called; `shared`: with other processes of this user, which are given connections by
    turns. Raises ConfigurationError.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG, reuse_port=shared)
    except OSError:
        raise ConfigurationError(f"{setting}: {port} on {host} cannot be listened on; is it taken?") from None


@asynccontextmanager
async def beside(
    app: ASGIApp, setting: str, host: str, port: int, certificate: server.Certificate | None
) -> AsyncIterator[None]:
    """Another server, as `web.server.config` has it, until left. `setting`: what the port is called.

    Raises ConfigurationError, also where something else listens already.
    """
    one = _Server(server.config(app, host, port, certificate))
    listener = listening(setting, host, port)
    task = asyncio.create_task(one.serve([listener]))
    try:
        yield
    finally:
        one.should_exit = True
        await task
