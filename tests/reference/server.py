"""Real uvicorn servers, each in a thread of its own and on a free port, with TLS or without."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import trustme
import uvicorn

from tests.reference.tls_files import pem_files

_PATIENCE = 60


class _Server(uvicorn.Server):
    """Tells its port once it listens."""

    def __init__(self, config: uvicorn.Config, port: Future[int]) -> None:
        super().__init__(config)
        self._port = port

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._port.set_result(self.servers[0].sockets[0].getsockname()[1])


@contextmanager
def served_from(opened: AbstractAsyncContextManager[uvicorn.Config]) -> Iterator[int]:
    """Serves until left, in the event loop in which it was opened; gives the port. Raises what opening it raises."""
    port: Future[int] = Future()
    servers: list[uvicorn.Server] = []

    async def run() -> None:
        try:
            async with opened as config:
                servers.append(_Server(config, port))
                await servers[0].serve()
            assert port.done(), "the server does not start"
        except BaseException as error:
            if port.done():
                raise
            port.set_exception(error)

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    try:
        yield port.result(_PATIENCE)
    finally:
        for one in servers:
            one.should_exit = True
        thread.join(_PATIENCE)


@contextmanager
def served(config: uvicorn.Config) -> Iterator[int]:
    """The same for what needs nothing opened. `config`: with port 0."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[uvicorn.Config]:
        yield config

    with served_from(opened()) as port:
        yield port


@contextmanager
def served_over_tls(app: Any, leaf: trustme.LeafCert, folder: Path) -> Iterator[int]:
    """An ASGI application with that certificate; gives the port. What hangs when it is left, hangs no longer."""
    chain, key = pem_files(leaf, folder)
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=0,
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
        ssl_certfile=chain,
        ssl_keyfile=key,
    )
    with served(config) as port:
        yield port
