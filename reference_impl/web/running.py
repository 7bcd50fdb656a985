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

from reference_impl.errors import ConfigurationError
from reference_impl.web import server

_BACKLOG = 128


class _Server(uvicorn.Server):
    """Leaves signals alone: uvicorn's own raises SIGTERM again when it is done, and nothing after it is ended."""

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(config: uvicorn.Config) -> None:
    """Until SIGINT or SIGTERM, whereupon requests under way are answered; whoever called this then ends the rest."""
    one, loop = _Server(config), asyncio.get_running_loop()

    def end() -> None:
        one.force_exit = one.should_exit  # asked a second time: at once
        one.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    try:
        await one.serve()
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


@asynccontextmanager
async def beside(
    app: ASGIApp, setting: str, host: str, port: int, certificate: server.Certificate | None
) -> AsyncIterator[None]:
    """Another server, as `web.server.config` has it, until left. `setting`: what the port is called.

    Raises ConfigurationError, also where something else listens already.
    """
    one = _Server(server.config(app, host, port, certificate))
    try:
        listener = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=_BACKLOG
        )
    except OSError:
        raise ConfigurationError(f"{setting}: {port} on {host} cannot be listened on; is it taken?") from None
    task = asyncio.create_task(one.serve([listener]))
    try:
        yield
    finally:
        one.should_exit = True
        await task
