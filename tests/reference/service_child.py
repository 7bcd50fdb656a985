"""The service as a process of its own, with everything logged that can be: prints its port and its description.

Settings come from the environment. SIGUSR1 prints where each thread is.
"""

from __future__ import annotations

import asyncio
import faulthandler
import json
import logging
import signal
import sys

import uvicorn

from reference_impl.bootstrap import started
from reference_impl.settings import Settings
from reference_impl.web import logs, process, server


async def serve() -> None:
    """Until a signal ends it."""
    async with started(Settings()) as service:
        one = uvicorn.Server(server.config(service.served, "127.0.0.1", 0))
        running = asyncio.create_task(one.serve())
        while not one.started:
            await asyncio.sleep(0.01)
        port = one.servers[0].sockets[0].getsockname()[1]
        print(json.dumps({"port": port, "description": service.routes.openapi()}), flush=True)
        await running


if __name__ == "__main__":
    logs.configure(sys.stderr, logging.DEBUG)
    process.harden()
    faulthandler.enable()
    faulthandler.register(signal.SIGUSR1)
    asyncio.run(serve())
