"""How fast payments are assessed over HTTP: `python benchmarks/reference_fraud_http.py [rate] [seconds] [workers]`

An open loop: requests are due on a schedule that waits for no answer, and the time of each counts from when it was
due, so that a service that falls behind shows it. The service is as the command line starts it, with so many workers,
PostgreSQL (fsync and all), Redis and the audit log on this disk; this process and both servers share its cores.
`late`: how far this process itself was behind the schedule, which is in the latencies too. `incomplete`: payments for
which an engine was late or left out. `cpu`: of the service's processes, for one payment.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from reference_fraud_scoring import redis_server
from reference_http import Served, request, service, up

from tests.reference.described import assessment
from tests.reference.services import new_postgres

RATE, SECONDS, WORKERS, WARM = 500, 20, 1, 3
CONNECTIONS = 64
"""A request that finds all of them in use waits, which counts."""


@dataclass
class Seen:
    """Milliseconds of each answer from when it was due; of each request how late it left."""

    took: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    recommended: Counter[str] = field(default_factory=Counter)
    incomplete: int = 0


async def answer(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Status and body."""
    head, body = await reader.readuntil(b"\r\n\r\n"), b""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            body = await reader.readexactly(int(line.partition(b":")[2]))
    return head[9:12], body


async def load(port: int, requests: list[bytes], rate: int) -> Seen:
    """Requests at that rate. Raises RuntimeError for an answer that is no assessment."""
    seen, due = Seen(), asyncio.Queue[tuple[float, bytes] | None]()

    async def ask() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (one := await due.get()) is not None:
            scheduled, text = one
            writer.write(text)
            status, body = await answer(reader)
            seen.took.append((time.perf_counter() - scheduled) * 1000)
            if status != b"201":
                raise RuntimeError(f"answered {status.decode()}: {body.decode()}")
            made = json.loads(body)
            seen.recommended[made["recommendation"]] += 1
            seen.incomplete += any(why != "silent" for why in made["left_out"].values())
        writer.close()

    async def schedule() -> None:
        begun = time.perf_counter()
        for number, text in enumerate(requests):
            scheduled = begun + number / rate
            while (left := scheduled - time.perf_counter()) > 0:
                await asyncio.sleep(left)
            seen.late.append((time.perf_counter() - scheduled) * 1000)
            due.put_nowait((scheduled, text))
        for _ in range(CONNECTIONS):
            due.put_nowait(None)

    await asyncio.gather(schedule(), *(ask() for _ in range(CONNECTIONS)))
    return seen


def say(name: str, value: float, unit: str, better: str) -> None:
    """One line."""
    print(json.dumps({"name": f"fraud_http.{name}", "value": round(value, 3), "unit": unit, "better": better}))


def part(values: list[float], share: float) -> float:
    """The value below which that share of them lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def measure(served: Served, rate: int, seconds: int) -> None:
    """Everything, in one run."""
    await up(served.port)

    def requests(count: int) -> list[bytes]:
        made = (json.dumps(assessment()).encode() for _ in range(count))
        return [request("POST", "/v1/fraud/assessments", served.token, body) for body in made]

    await load(served.port, requests(rate * WARM), rate)
    ready = requests(rate * seconds)
    before, begun = served.cpu(), time.perf_counter()
    seen = await load(served.port, ready, rate)
    spent, lasted = served.cpu() - before, time.perf_counter() - begun
    say(f"{rate}.rate", len(seen.took) / lasted, "1/s", "higher")
    say(f"{rate}.cpu", spent / len(seen.took) * 1000, "ms", "lower")
    say(f"{rate}.p50", statistics.median(seen.took), "ms", "lower")
    for name, share in (("p99", 0.99), ("max", 1.0)):
        say(f"{rate}.{name}", part(seen.took, share), "ms", "lower")
    say(f"{rate}.late_p99", part(seen.late, 0.99), "ms", "lower")
    say(f"{rate}.incomplete", seen.incomplete, "payments", "lower")
    say(f"{rate}.approved", seen.recommended["approve"], "payments", "higher")


def main(rate: int, seconds: int, workers: int) -> None:
    """On servers and in folders of its own."""
    server = new_postgres()
    folder = Path(tempfile.mkdtemp(prefix="pl-"))
    try:
        with (
            redis_server(folder) as redis,
            service(folder, server.database(), workers, PAYMENT_REDIS_URL=redis) as served,
        ):
            asyncio.run(measure(served, rate, seconds))
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]), *(RATE, SECONDS, WORKERS)[len(sys.argv) - 1 :])
