"""How fast the payment service's event flow is: `python benchmarks/reference_events.py [FOLDER]`, one figure a line.

Everything on one machine: the local event log and SQLite, both synced to disk; the gateway is a table.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).parent.parent))

from reference_impl.database import connect, transaction
from reference_impl.events import outbox
from reference_impl.events.applying import Effect
from reference_impl.events.consumer import Consumer
from reference_impl.events.flow import GROUP, Flow
from reference_impl.events.local import LocalLog
from reference_impl.events.model import OUTCOMES, Event
from reference_impl.events.outbox import Relay
from reference_impl.events.sealing import Sealer
from reference_impl.events.sink import AuditSink
from reference_impl.events.verify import verify
from reference_impl.events.worm import WormFolder
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.migrations import migrate
from tests.reference.event_doubles import Cards, Charging, Scores, make_tables
from tests.reference.event_logs import order
from tests.reference.memory_wrapper import MemoryWrapper

ORDERS = 500
PUBLISHED = 20_000


def say(name: str, value: float, unit: str, better: str) -> None:
    """One line."""
    print(json.dumps({"name": f"events_{name}", "value": round(value, 3), "unit": unit, "better": better}), flush=True)


async def publish(log: LocalLog, sealer: Sealer) -> None:
    """Sealing, and publishing in batches of a hundred."""
    events = [order(f"shop-{number % 7}") for number in range(PUBLISHED)]
    begun = time.perf_counter()
    messages = [await sealer.seal(event) for event in events]
    say("sealed", PUBLISHED / (time.perf_counter() - begun), "events/s", "higher")
    begun = time.perf_counter()
    for start in range(0, PUBLISHED, 100):
        await log.publish({"published": messages[start : start + 100]})
    say("published", PUBLISHED / (time.perf_counter() - begun), "events/s", "higher")


async def main(folder: Path) -> None:
    """All of it."""
    url = f"sqlite+aiosqlite:///{folder / 'service.db'}"
    await migrate(url)
    ended: dict[str, float] = {}
    done, stop = asyncio.Event(), asyncio.Event()

    async def outcome(event: Event) -> Effect:
        async def effect(_: object) -> None:
            ended[event.order] = time.perf_counter()
            if len(ended) == ORDERS:
                done.set()

        return effect

    async with AsyncExitStack() as stack:
        engine = connect(url)
        stack.push_async_callback(engine.dispose)
        log = await stack.enter_async_context(LocalLog.open(folder / "log"))
        sealer = Sealer(KeyRing(KeyStore(engine), MemoryWrapper()))
        await make_tables(engine)
        await publish(log, sealer)
        key, kept = Ed25519PrivateKey.generate(), WormFolder(folder / "trail")
        flow = Flow(Cards(), Charging(engine), Scores())
        parts = [
            Relay(engine, log, sealer).run(stop),
            Consumer(log, sealer, engine, GROUP, flow.handlers).run(stop),
            Consumer(log, sealer, engine, "outcomes", dict.fromkeys(OUTCOMES, outcome)).run(stop),
            AuditSink(log, sealer, engine, kept, key).run(stop),
        ]
        running = asyncio.gather(*parts)
        begun: dict[str, float] = {}
        for number in range(ORDERS):
            one = order(f"shop-{number % 7}")
            begun[one.order] = time.perf_counter()
            async with transaction(engine) as connection:
                await outbox.add(connection, one)
        await done.wait()
        whole = max(ended.values()) - min(begun.values())
        waits = sorted(ended[name] - at for name, at in begun.items())
        say("orders", ORDERS / whole, "orders/s", "higher")
        say("order_to_outcome_p50", statistics.median(waits) * 1000, "ms", "lower")
        say("order_to_outcome_p99", waits[int(len(waits) * 0.99)] * 1000, "ms", "lower")
        while (verdict := await verify(kept, engine, key.public_key(), "audit-sink")).events < 3 * ORDERS:
            await asyncio.sleep(0.1)
        assert not verdict.findings
        start = time.perf_counter()
        await verify(kept, engine, key.public_key(), "audit-sink")
        say("verified", verdict.events / (time.perf_counter() - start), "events/s", "higher")
        stop.set()
        await running


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as place:
        asyncio.run(main(Path(place)))
