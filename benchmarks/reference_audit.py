"""How fast the payment service's audit log is: `python benchmarks/reference_audit.py [FOLDER]`, one figure a line."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).parent.parent))

from reference_impl.audit.log import FileAuditLog
from reference_impl.audit.model import Event, Filter, Outcome
from reference_impl.audit.service import AuditTrail, Reading
from reference_impl.audit.verify import verify
from reference_impl.secret import Secret

EVENTS = 200_000
CLIENTS = 1_000


def say(name: str, value: float, unit: str, better: str) -> None:
    """One line."""
    print(json.dumps({"name": f"audit_{name}", "value": round(value, 3), "unit": unit, "better": better}), flush=True)


def event(number: int) -> Event:
    """As the vault writes it."""
    return Event(
        user="alice@example.com",
        action="token.detokenize",
        at=datetime.now(timezone.utc),
        outcome=Outcome.SUCCESS,
        origin="192.0.2.7",
        resource=f"token/{number}",
        tenant=f"shop-{number % 49}",
        request_id=f"request-{number}",
    )


async def append(log: FileAuditLog, size: int) -> float:
    """Seconds for all events, `size` in each call, by so many clients that each wait for their own."""

    async def client(first: int) -> None:
        for number in range(first, EVENTS, CLIENTS * size):
            await log.append([event(number)] * size)

    begun = time.perf_counter()
    await asyncio.gather(*(client(number * size) for number in range(CLIENTS)))
    return time.perf_counter() - begun


async def alone(log: FileAuditLog) -> list[float]:
    """Milliseconds of single events, one after the other."""
    found = []
    for number in range(500):
        begun = time.perf_counter()
        await log.append([event(number)])
        found.append((time.perf_counter() - begun) * 1000)
    return sorted(found)


async def measure(folder: Path) -> None:
    """Everything, in one run."""
    key, signing_key = Secret(os.urandom(32)), Ed25519PrivateKey.generate()
    log = await FileAuditLog.open(folder, key, signing_key)
    say("append_1", EVENTS / await append(log, 1), "events/s", "higher")
    say("append_10", EVENTS / await append(log, 10), "events/s", "higher")
    times = await alone(log)
    say("append_alone_p50", statistics.median(times), "ms", "lower")
    say("append_alone_p99", times[len(times) * 99 // 100], "ms", "lower")
    trail = AuditTrail(log, folder, key)
    begun = time.perf_counter()
    await trail.page(Filter(), Reading("olga@example.com", "local", "shop-1"), 100)
    say("page_of_100", (time.perf_counter() - begun) * 1000, "ms", "lower")
    await log.aclose()
    begun = time.perf_counter()
    verdict = verify(folder, key, signing_key.public_key())
    say("verify", verdict.records / (time.perf_counter() - begun), "records/s", "higher")
    begun = time.perf_counter()
    await (await FileAuditLog.open(folder, key, signing_key)).aclose()
    say("open", (time.perf_counter() - begun) * 1000, "ms", "lower")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as name:
        asyncio.run(measure(Path(name) / "audit"))
