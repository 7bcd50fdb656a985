"""How fast the payment service is over HTTP, one figure a line: `python benchmarks/reference_http.py [sqlite]`.

The service is a process of its own with one worker, as the command line starts it; PostgreSQL with fsync, the audit
log synced, everything on this disk. The load comes from this process: connections that are kept alive, each with one
request under way, of which it reads every answer whole and checks the status. It runs on the same processors as the
service and its database, so what it costs itself is a figure, too (`client`). Ratios are against a route of the same
service that does nothing, in the same run.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import uvloop
from typing_extensions import override

sys.path.insert(0, str(Path(__file__).parents[1]))

from reference_impl.demo import ISSUER, access_token, settings_of
from tests.opa import free_port
from tests.reference.services import new_postgres

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = (8, 16, 32)
REQUESTS = 4_000
WARM = 500
PREFIX = "400005"
"""Of published test numbers; the rest counts up, with its check digit."""
LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


def card_number(number: int) -> str:
    """A number nobody was given, right by its check digit (ISO/IEC 7812-1, annex B)."""
    digits = f"{PREFIX}{number:09}"
    doubled = [int(digit) * (2 - index % 2) for index, digit in enumerate(digits)]
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def request(method: str, path: str, token: str, body: bytes = b"") -> bytes:
    """As it goes over the wire."""
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


class Connection(asyncio.Protocol):
    """One that is kept alive: writes a request, reads the whole answer, takes the next from those that wait."""

    def __init__(self, waiting: Iterator[bytes], expected: bytes, took: list[float]) -> None:
        self._waiting, self._expected, self._took = waiting, expected, took
        self._received = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begins."""
        self._transport = cast(asyncio.Transport, transport)
        self._ask()

    @override
    def data_received(self, data: bytes) -> None:
        """A part of an answer, nearly always the whole."""
        received = self._received = self._received + data
        end = received.find(b"\r\n\r\n") + 4
        if end < 4:
            return
        length = LENGTH.search(received, 0, end)
        if len(received) < end + (int(length[1]) if length else 0):
            return
        self._took.append((time.perf_counter() - self._begun) * 1000)
        self._received = b""
        if received[9:12] == self._expected:
            self._ask()
        else:
            self._end(RuntimeError(f"answered {received[9:12].decode()}"))

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """By us, or too early."""
        self._end(RuntimeError("the service closed a connection"))

    def _ask(self) -> None:
        request = next(self._waiting, None)
        if request is None:
            self._end(None)
        else:
            self._begun = time.perf_counter()
            self._transport.write(request)

    def _end(self, error: Exception | None) -> None:
        if self.done.done():
            return
        self._transport.close()
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)


@dataclass(frozen=True)
class Load:
    """Requests a second, the milliseconds of each, sorted, and the milliseconds this process worked for one."""

    rate: float
    took: list[float]
    client: float


async def load(port: int, connections: int, requests: list[bytes], expected: bytes) -> Load:
    """Raises RuntimeError for any other answer than the expected status."""
    loop, waiting, took = asyncio.get_running_loop(), iter(requests), list[float]()
    worked, begun = time.process_time(), time.perf_counter()
    made = [
        await loop.create_connection(lambda: Connection(waiting, expected, took), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.done for _, connection in made))
    rate = len(requests) / (time.perf_counter() - begun)
    return Load(rate, sorted(took), (time.process_time() - worked) / len(requests) * 1000)


@dataclass(frozen=True)
class Served:
    """A running service, and an access token for it."""

    port: int
    pid: int
    token: str

    def cpu(self) -> float:
        """Seconds its processes have worked: says more than the rate when others work on the machine, too."""
        others = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii").split()
        ticks = 0
        for pid in (self.pid, *others):
            user, system = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]
            ticks += int(user) + int(system)
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def service(folder: Path, database: str, workers: int = 1, **more: str) -> Iterator[Served]:
    """The running service. `more`: settings by the names of their variables."""
    place = folder / "place"
    settings = settings_of(place)
    assert settings.key_passphrase is not None
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PAYMENT_DATA_FOLDER": str(settings.data_folder),
        "PAYMENT_KEY_PASSPHRASE": settings.key_passphrase.get_secret_value(),
        "PAYMENT_ISSUER": ISSUER,
        "PAYMENT_JWKS_FILE": str(settings.jwks_file),
        "PAYMENT_DATABASE_URL": database,
        "PAYMENT_RATE_LIMIT_REQUESTS": "100000000",
        "PAYMENT_RATE_LIMIT_WINDOW_SECONDS": "1",
        **more,
    }
    port = free_port()
    command = [sys.executable, "-m", "reference_impl", "serve", "--port", str(port), "--workers", str(workers)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=log)
    try:
        yield Served(port, process.pid, access_token(place))
    finally:
        process.terminate()
        process.wait(30)


async def up(port: int) -> None:
    """Waits for the service."""
    deadline = time.monotonic() + 60
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", port)):
            if time.monotonic() > deadline:
                raise RuntimeError("the service does not start")
            await asyncio.sleep(0.05)


def say(name: str, value: float, unit: str, better: str) -> None:
    """One line."""
    print(json.dumps({"name": f"http.{name}", "value": round(value, 3), "unit": unit, "better": better}), flush=True)


async def measure(served: Served, kind: str) -> None:
    """Everything, in one run."""
    port, token = served.port, served.token
    await up(port)
    numbers = iter(range(10**9))
    expiry = {"month": 12, "year": date.today().year + 2}

    def tokenize() -> bytes:
        card = {"number": card_number(next(numbers)), "expiry": expiry, "holder": "Ada Quixote"}
        return request("POST", "/v1/tokens", token, json.dumps({"card": card}).encode())

    await load(port, 8, [tokenize() for _ in range(WARM)], b"201")
    nothing = request("GET", "/health/live", token)
    for connections in CONNECTIONS:
        before = served.cpu()
        empty = await load(port, connections, [nothing] * REQUESTS, b"204")
        between = served.cpu()
        stored = await load(port, connections, [tokenize() for _ in range(REQUESTS)], b"201")
        after = served.cpu()
        name = f"{kind}.tokenize.{connections}"
        say(f"{name}.rate", stored.rate, "1/s", "higher")
        say(f"{name}.p50", statistics.median(stored.took), "ms", "lower")
        say(f"{name}.p99", stored.took[len(stored.took) * 99 // 100], "ms", "lower")
        say(f"{name}.cpu", (after - between) / REQUESTS * 1000, "ms", "lower")
        say(f"{name}.client", stored.client, "ms", "lower")
        say(f"{kind}.empty.{connections}.rate", empty.rate, "1/s", "higher")
        say(f"{kind}.empty.{connections}.cpu", (between - before) / REQUESTS * 1000, "ms", "lower")
        say(f"{kind}.empty.{connections}.client", empty.client, "ms", "lower")
        say(f"{name}.of_empty", stored.rate / empty.rate, "ratio", "higher")


def main(kind: str) -> None:
    """On a server and in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        server = new_postgres() if kind == "postgresql" else None
        try:
            with service(Path(name), server.database() if server else "") as served:
                uvloop.run(measure(served, kind))
        finally:
            if server:
                server.stop()
                shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "postgresql")
