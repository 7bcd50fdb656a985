"""Parts of the event flow in a process of their own, to be killed. Arguments: a role, and JSON of what it needs."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.database import connect
from reference_impl.events.consumer import Consumer
from reference_impl.events.flow import GROUP, Flow
from reference_impl.events.kafka import KafkaLog
from reference_impl.events.kafka_settings import KafkaSettings
from reference_impl.events.local import LocalLog
from reference_impl.events.log import Message
from reference_impl.events.outbox import Outbox, Relay
from reference_impl.events.sealing import Sealer
from reference_impl.events.sink import AuditSink
from reference_impl.events.waiting import Retries
from reference_impl.events.worm import WormFolder
from tests.reference.event_doubles import Cards, Charging, Scores, effects
from tests.reference.event_logs import DerivedKeys

SEED = bytes(range(32))
"""Of the key that signs segments, for parent and child."""


async def flow(place: dict[str, Any]) -> None:
    """A relay and the consumers."""
    engine, sealer, stop = connect(place["database"]), Sealer(DerivedKeys()), _stop()
    handlers = Flow(Cards(), Charging(engine), Scores(), Outbox(sealer).add).handlers
    quick = Retries(attempts=20, first_seconds=0.05, longest_seconds=1)
    async with KafkaLog.open(_kafka(place)) as log:
        await asyncio.gather(
            Relay(engine, log, sealer, lease=timedelta(seconds=2)).run(stop),
            Consumer(log, sealer, engine, GROUP, handlers, retries=quick).run(stop),
            Consumer(log, sealer, engine, "effects", effects(), retries=quick).run(stop),
        )
    await engine.dispose()


async def sink(place: dict[str, Any]) -> None:
    """The audit sink."""
    engine, kept = connect(place["database"]), WormFolder(Path(place["trail"]))
    key = Ed25519PrivateKey.from_private_bytes(SEED)
    async with KafkaLog.open(_kafka(place)) as log:
        part = AuditSink(log, Sealer(DerivedKeys()), engine, kept, key, segment_events=50, linger_seconds=0.1)
        await part.run(_stop())
    await engine.dispose()


async def publish(place: dict[str, Any]) -> None:
    """Writes into a local log, and says what is in it."""
    async with LocalLog.open(Path(place["log"]), partitions=3) as log:
        for number in itertools.count(place["start"]):
            await log.publish({"numbers": [Message(f"key {number % 7}", str(number).encode())]})
            os.write(1, f"{number}\n".encode())


def _kafka(place: dict[str, Any]) -> KafkaSettings:
    how = {"partitions": 3, "replicas": 1, "in_sync": 1, "timeout_seconds": 8, "session_seconds": 1.5}
    return KafkaSettings((place["broker"],), prefix=place["prefix"], **how)


def _stop() -> asyncio.Event:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    os.write(1, b"ready\n")
    return stop


if __name__ == "__main__":
    asyncio.run({"flow": flow, "sink": sink, "publish": publish}[sys.argv[1]](json.loads(sys.argv[2])))
