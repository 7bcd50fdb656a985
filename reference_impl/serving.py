"""The started service behind its port: one process, or several that share the port."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from reference_impl.audit.shared import SharedAuditLog
from reference_impl.errors import ConfigurationError
from reference_impl.settings import Settings
from reference_impl.web import process, running, server
from reference_impl.workers import workers


@dataclass(frozen=True, slots=True)
class Where:
    """What the service listens on, and with what certificate."""

    host: str
    port: int
    certificate: server.Certificate | None = None


async def serve_alone(settings: Settings, where: Where) -> None:
    """One process. Raises as `bootstrap.started`."""
    from reference_impl.bootstrap import started  # all of the service: other commands do without

    async with started(settings, where.certificate) as service:
        process.settle()
        await running.serve(_config(service.served, where))


async def serve_together(settings: Settings, where: Where, count: int) -> None:
    """The first of `count` processes, which begins and ends the others. Raises as `bootstrap.started`."""
    from reference_impl.bootstrap import started

    if not settings.redis_url:
        raise ConfigurationError("redis_url: several workers count requests and payments together, in Redis")
    ending = asyncio.Event()
    async with started(settings, where.certificate) as service:
        config = _config(service.served, where)
        process.settle()
        with running.listening("port", where.host, where.port, shared=True) as listener:
            port = listener.getsockname()[1]

            def command(number: int, descriptor: int) -> Sequence[str]:
                return _command(settings, Where(where.host, port, where.certificate), number, descriptor)

            async with workers(count - 1, command, service.audit, service.watch, ending) as health:
                service.ready.append(health.check)
                await running.serve(config, listener, ending)


async def serve_beside(settings: Settings, where: Where, descriptor: int) -> None:
    """One of the others. `descriptor`: of its socket to the first, whose end is its own. Raises as `started`."""
    from reference_impl.bootstrap import started

    log = await SharedAuditLog.connect(socket.socket(fileno=descriptor))
    async with aclosing(log), started(settings, where.certificate, log) as service:
        config = _config(service.served, where)
        process.settle()
        with running.listening("port", where.host, where.port, shared=True) as listener:
            await running.serve(config, listener, log.gone)


def _config(served: ASGIApp, where: Where) -> uvicorn.Config:
    return server.config(served, where.host, where.port, where.certificate)


def _command(settings: Settings, where: Where, number: int, descriptor: int) -> Sequence[str]:
    """Of a worker: as this process was started, with the same environment."""
    given = {"--host": where.host, "--port": where.port, "--audit-socket": descriptor}
    if where.certificate is not None:
        given |= {"--certificate": where.certificate.chain, "--certificate-key": where.certificate.key}
    if settings.metrics_port:
        given["--metrics-port"] = settings.metrics_port + number
    return sys.executable, "-m", "reference_impl", "serve", *(str(word) for pair in given.items() for word in pair)
