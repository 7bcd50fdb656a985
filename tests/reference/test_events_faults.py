"""What is killed under load: the broker, a consumer, the sink, a writer. Nothing is lost, nothing is doubled."""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import connect, transaction
from reference_impl.errors import UnavailableError
from reference_impl.events.consumer import Consumer
from reference_impl.events.flow import Flow
from reference_impl.events.local import LocalLog
from reference_impl.events.outbox import Outbox, Relay
from reference_impl.events.sealing import Sealer
from reference_impl.events.segments import name_of, read
from reference_impl.events.verify import Verdict, verify
from reference_impl.events.waiting import Retries
from reference_impl.events.worm import WormFolder
from reference_impl.migrations import migrate
from tests.reference.event_doubles import (
    DECLINED,
    PASSES,
    RISKY,
    Cards,
    Charging,
    Scores,
    charged,
    effects,
    make_tables,
    seen,
)
from tests.reference.event_logs import DerivedKeys, name, order, running, taken, until, values
from tests.reference.events_child import SEED
from tests.reference.kafka_broker import Broker
from tests.reference.services import new_postgres

ROOT = Path(__file__).parents[2]
KEY = Ed25519PrivateKey.from_private_bytes(SEED)


def child(role: str, place: dict[str, Any]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.reference.events_child", role, json.dumps(place)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


@contextmanager
def children() -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Ended in good order, in the end: with SIGTERM, and with no error."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        yield running
        for each in running.values():
            assert each.stdout is not None
            assert each.stdout.readline() == b"ready\n"  # one started a moment ago does not listen to SIGTERM yet
            each.terminate()
        assert {who: each.wait(30) for who, each in running.items()} == dict.fromkeys(running, 0)
    finally:
        for each in running.values():
            if each.poll() is None:
                each.kill()
                each.wait()


class Load:
    """Orders that are written, a few at a time, until it is told to stop; `most` in all."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._amounts = itertools.cycle((PASSES, RISKY, PASSES, DECLINED))
        self.orders: list[str] = []
        self.most = 50
        self.stop = asyncio.Event()

    async def run(self) -> None:
        while not self.stop.is_set():
            await asyncio.sleep(0.1)
            if len(self.orders) >= self.most:
                continue
            few = [order(f"tenant-{n}", amount=next(self._amounts)) for n in range(5)]
            async with transaction(self._engine) as connection:
                await Outbox(Sealer(DerivedKeys())).add(connection, few)
            self.orders += [each.order for each in few]


def test_killing_broker_consumer_and_sink_under_load_loses_and_doubles_nothing(
    kafka_broker: Broker, postgres_url: str, tmp_path: Path
) -> None:
    trail = tmp_path / "trail"
    place = {
        "database": postgres_url,
        "broker": kafka_broker.servers,
        "prefix": f"{name()}.",
        "trail": str(trail),
    }

    async def run(processes: dict[str, subprocess.Popen[bytes]]) -> None:
        await migrate(postgres_url)
        engine = connect(postgres_url)
        await make_tables(engine)
        load = Load(engine)
        loading = asyncio.create_task(load.run())

        async def effects(more: int) -> None:
            before = len(await seen(engine))
            load.most = before + more + 50  # always some under way, never a backlog

            async def reached() -> bool:
                return len(await seen(engine)) >= before + more

            await until(reached)

        async def sunk(count: int) -> None:
            async def reached() -> bool:
                return (await trail_of(engine)).events >= count

            await until(reached)

        def kill(who: str) -> None:
            processes[who].send_signal(signal.SIGKILL)
            processes[who].wait()

        await effects(20)
        kill("first")
        await effects(20)  # the second goes on, with all partitions
        processes["first"] = child("flow", place)
        await sunk(40)
        kill("sink")
        await effects(10)
        processes["sink"] = child("sink", place)
        kafka_broker.kill()
        load.most += 50
        await until(lambda: len(load.orders) >= load.most)  # orders are taken all the same
        await asyncio.to_thread(kafka_broker.start)
        kill("second")
        processes["second"] = child("flow", place)
        await effects(20)
        load.stop.set()
        await loading
        assert len(load.orders) > 150

        async def all_done() -> bool:
            return len({found[0] for found in await seen(engine)}) == len(load.orders)

        await until(all_done)
        await sunk(3 * len(load.orders))
        await engine.dispose()

    async def trail_of(engine: AsyncEngine) -> Verdict:
        return await verify(WormFolder(trail), engine, KEY.public_key(), "audit-sink")

    async def check() -> None:
        engine = connect(postgres_url)
        outcomes = Counter(found[0] for found in await seen(engine))
        assert set(outcomes.values()) == {1}
        types = {found[0]: found[1] for found in await seen(engine)}
        money = await charged(engine)
        assert len(money) == len(set(money))
        assert set(money) == {who for who, type_ in types.items() if type_ != "payment.failed"}
        verdict = await trail_of(engine)
        assert verdict.findings == ()
        kept: list[str] = []
        for number in range(1, verdict.segments + 1):
            data = await WormFolder(trail).get(name_of(number))
            assert data is not None
            kept += [each.message.headers["event"] for each in read(data, KEY.public_key()).received]
        assert len(kept) == len(set(kept)) == 3 * len(outcomes)
        await engine.dispose()

    with children() as processes:
        processes |= {
            who: child(role, place) for who, role in (("first", "flow"), ("second", "flow"), ("sink", "sink"))
        }
        asyncio.run(run(processes))
    asyncio.run(check())


def test_killing_the_database_under_load_loses_and_doubles_nothing(tmp_path: Path) -> None:
    server = new_postgres()
    orders = [order(f"tenant-{n % 3}") for n in range(120)]

    async def run() -> None:
        url, sealer = server.database(), Sealer(DerivedKeys())
        await migrate(url)
        engine = connect(url)
        await make_tables(engine)
        async with transaction(engine) as connection:
            await Outbox(Sealer(DerivedKeys())).add(connection, orders)
        quick = Retries(attempts=1000, first_seconds=0.05, longest_seconds=0.1)
        handlers = Flow(Cards(), Charging(engine), Scores(), Outbox(sealer).add).handlers
        async with LocalLog.open(tmp_path / "log", partitions=3) as log:
            parts = (
                Relay(engine, log, sealer, batch=20).run,
                Consumer(log, sealer, engine, "flow", handlers, retries=quick, at_once=20).run,
                Consumer(log, sealer, engine, "effects", effects(), retries=quick, at_once=20).run,
            )
            async with running(*parts):

                async def reached(count: int) -> bool:
                    try:
                        return len(await seen(engine)) >= count
                    except UnavailableError:
                        return False

                for count in (10, 60):
                    await until(partial(reached, count))
                    server.kill()
                    await asyncio.to_thread(server.start)
                await until(partial(reached, len(orders)))
        assert sorted(found[0] for found in await seen(engine)) == sorted(each.order for each in orders)
        assert sorted(await charged(engine)) == sorted(each.order for each in orders)
        await engine.dispose()

    try:
        asyncio.run(run())
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def test_a_writer_that_is_killed_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    folder, acknowledged = tmp_path / "log", set[int]()
    for kill in range(3):
        place = {"log": str(folder), "start": kill * 100_000}
        with child("publish", place) as writer:
            assert writer.stdout
            lines = list(itertools.islice(writer.stdout, 60 + 37 * kill))
            writer.send_signal(signal.SIGKILL)
            lines += list(writer.stdout)
        acknowledged |= {int(line) for line in lines}

    async def run() -> None:
        async with LocalLog.open(folder, partitions=3) as log, log.subscribe(["numbers"], "reader") as subscription:
            received = await taken(subscription, len(acknowledged))
            received += await subscription.take(10, 0.05)  # one a kill may have been written and not acknowledged
        found = values(received)
        assert acknowledged <= set(found)
        assert len(found) == len(set(found)) <= len(acknowledged) + 3

    asyncio.run(run())
