"""How fast a payment is assessed by all five engines: with everything in this process, and with Redis and PostgreSQL.

python benchmarks/reference_fraud_scoring.py

With the models that come with the service and with its event loop. `scored.….paced`: as many payments a second as the
service has to bear, each counted from when it was due; the others: so many callers that each wait for their answer,
which says what can be borne. `incomplete`: payments for which an engine was late or left out. `approved` of the runs
with a hung engine says how many payments passed without it; it has to be 0. `hung.models_loop`: the models compute for
ever in their threads; the other hung engines wait for ever. `cpu`, of this process for one payment, says more than the
latencies do on a machine with other work; it means little where payments are incomplete.
"""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import uvloop

sys.path.insert(0, str(Path(__file__).parents[1]))

from reference_impl import redis_client
from reference_impl.database import connect
from reference_impl.fraud import manifest, shipped
from reference_impl.fraud.decisions import Decisions
from reference_impl.fraud.device import KnownDevice, KnownDevices, parse
from reference_impl.fraud.engines.device import DeviceEngine
from reference_impl.fraud.engines.ml import MlEngine
from reference_impl.fraud.engines.network import NetworkEngine
from reference_impl.fraud.engines.rules import RuleEngine
from reference_impl.fraud.engines.velocity import VelocityEngine
from reference_impl.fraud.features import features_of
from reference_impl.fraud.model import Facts, Prediction, Predictor, Recommendation
from reference_impl.fraud.network import Networks
from reference_impl.fraud.predictor import OnnxPredictor
from reference_impl.fraud.scoring import Scorer
from reference_impl.fraud.settings import load
from reference_impl.fraud.store import DecisionStore, DeviceStore
from reference_impl.fraud.velocity import redis
from reference_impl.fraud.velocity.memory import MemoryWindows
from reference_impl.fraud.velocity.model import Span, Windows
from reference_impl.fraud.velocity.shared import SharedWindows
from reference_impl.fraud.workers import Workers
from reference_impl.migrations import upgrade
from reference_impl.web import process
from tests.opa import free_port
from tests.reference import mmdb
from tests.reference.app import caller
from tests.reference.fraud_parts import ENGINES, LAPTOP, NOW, Hangs, facts
from tests.reference.memory_log import MemoryLog
from tests.reference.people import People
from tests.reference.services import new_postgres

CALLS, HUNG = 2_000, 100
CONCURRENT = (1, 8, 32)
A_SECOND = 500
POLICY = load().policy
SPAN = Span(POLICY.velocity.window_seconds, POLICY.velocity.place_seconds)
Assess = Callable[[Facts], Awaitable[Any]]


class Devices:
    """`KnownDevices`: everybody has two."""

    def __init__(self) -> None:
        said = (LAPTOP, {**LAPTOP, "screen": "1280x720"})
        self._known = [KnownDevice(f"device-{number}", parse(one), NOW) for number, one in enumerate(said)]

    async def of(self, *_: str) -> list[KnownDevice]:
        """The same for all."""
        return self._known


def figure(name: str, value: float, unit: str, better: str) -> None:
    """Prints it."""
    print(json.dumps({"name": f"fraud.{name}", "value": round(value, 3), "unit": unit, "better": better}), flush=True)


def payments(run: str) -> Iterator[Facts]:
    """Of customers that each pay once, at the same shop."""
    for number in range(10**9):
        who = f"{run}-{number}"
        yield facts(
            number, id=who, customer=who, card=f"card-of-{who}", source=f"8.8.{number % 256}.{number // 256 % 256}"
        )


async def measure(name: str, assess: Assess, concurrent: int, calls: int = CALLS) -> list[Any]:
    """Prints the rate and percentiles, with so many callers that each wait for their answer; gives the answers."""
    given, seconds, answers = payments(f"{name}-{concurrent}"), list[float](), list[Any]()
    for _ in range(3):  # connections and scripts are there from now on
        await asyncio.gather(*(assess(next(given)) for _ in range(concurrent)))

    async def ask() -> None:
        while len(seconds) + concurrent <= calls:
            one = next(given)
            start = time.perf_counter()
            answers.append(await assess(one))
            seconds.append(time.perf_counter() - start)

    start, computed = time.perf_counter(), time.process_time()
    await asyncio.gather(*(ask() for _ in range(concurrent)))
    figure(f"{name}.{concurrent}.rate", len(seconds) / (time.perf_counter() - start), "1/s", "higher")
    say(f"{name}.{concurrent}", seconds, answers, time.process_time() - computed)
    return answers


async def paced(name: str, assess: Assess, a_second: int, calls: int = CALLS) -> list[Any]:
    """Prints percentiles, with payments that come whether or not others are answered; gives the answers."""
    seconds, answers = list[float](), list[Any]()
    given = list(islice(payments(f"{name}-paced"), calls))

    async def ask(one: Facts, due: float) -> None:
        answers.append(await assess(one))
        seconds.append(time.perf_counter() - due)

    start, computed, tasks = time.perf_counter(), time.process_time(), []
    for number, one in enumerate(given):
        due = start + number / a_second
        if (early := due - time.perf_counter()) > 0:
            await asyncio.sleep(early)
        tasks.append(asyncio.create_task(ask(one, due)))
    await asyncio.gather(*tasks)
    say(f"{name}.paced", seconds, answers, time.process_time() - computed)
    return answers


def say(name: str, seconds: Sequence[float], answers: Sequence[Any], computed: float) -> None:
    """Prints what both have in common. `computed`: seconds of processor time."""
    figure(f"{name}.cpu", computed / len(seconds) * 1000, "ms", "lower")
    ordered = sorted(seconds)
    for words, part in (("p50", 0.5), ("p99", 0.99), ("max", 1.0)):
        figure(f"{name}.{words}", ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000, "ms", "lower")
    made = [getattr(one, "assessment", one) for one in answers]
    figure(f"{name}.incomplete", sum(bool(one.left_out) for one in made), "payments", "lower")


class Loops:
    """`Predictor` that never comes to an end by itself, and computes all the while."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def predict_many(self, rows: Sequence[Sequence[float]]) -> list[Prediction]:
        """Holds on to the interpreter as much as it is let."""
        while not self.over.is_set():
            pass
        return [Prediction(1.0, 1.0, {}) for _ in rows]


async def hung(name: str, engines: list[Any], instead: Any) -> None:
    """With an engine that never answers, asked every time: the breaker, which would skip it, never opens."""
    patient = POLICY.model_copy(update={"breaker": POLICY.breaker.model_copy(update={"failures": 10**9})})
    scorer = Scorer([instead if engine.name == instead.name else engine for engine in engines], patient)
    answers = await measure(f"hung.{name}", scorer.assess, 8, HUNG)
    approved = [one for one in answers if one.recommendation is Recommendation.APPROVE]
    figure(f"hung.{name}.approved", len(approved), "payments", "lower")


async def run(database: str, redis_url: str, folder: Path) -> None:
    """Everything, in one event loop."""
    database_engine = connect(database)
    await upgrade(database_engine)
    client = redis_client.connect(redis_url)
    cities = mmdb.write(folder / "city.mmdb", {"8.0.0.0/8": {"country": {"iso_code": "DE"}}})
    systems = mmdb.write(folder / "asn.mmdb", {"8.0.0.0/8": {"autonomous_system_number": 3320}})
    networks, workers = Networks(cities, systems), Workers("ml_model", POLICY.threads)
    predictor = OnnxPredictor(manifest.unsigned(shipped.FOLDER))

    def ml(predictor: Predictor, workers: Workers) -> MlEngine:
        return MlEngine(predictor, lambda given: features_of(given, ()), POLICY, workers)

    def engines(windows: Windows, devices: KnownDevices) -> list[Any]:
        return [
            ml(predictor, workers),
            RuleEngine(windows, POLICY),
            VelocityEngine(windows, POLICY),
            DeviceEngine(devices, POLICY),
            NetworkEngine(networks, POLICY),
        ]

    def here() -> list[Any]:
        return engines(SharedWindows(MemoryWindows(SPAN)), Devices())

    kept_devices = DeviceStore(database_engine, POLICY.device.remembered, People())
    scorers = {
        "scored.in_process": Scorer(here(), POLICY),
        "scored.servers": Scorer(
            engines(SharedWindows(redis.RedisWindows(redis_client.Scripts(client), SPAN)), kept_devices), POLICY
        ),
    }
    process.settle()  # as the service does
    for name, scorer in scorers.items():
        for concurrent in CONCURRENT:
            await measure(name, scorer.assess, concurrent)
        await paced(name, scorer.assess, A_SECOND)
    store = DecisionStore(database_engine, People())
    kept = Decisions(scorers["scored.servers"], store, MemoryLog(), model_version="none", policy_version="none")
    for concurrent in CONCURRENT:
        await measure("decided.servers", partial(kept.assess, caller()), concurrent, CALLS // 5)
    for name in ENGINES:
        await hung(name, here(), Hangs(name))
    loops = Loops()
    await hung("models_loop", here(), ml(loops, Workers("loops", POLICY.threads)))
    loops.over.set()
    await client.aclose()
    await database_engine.dispose()


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """One of this run's own."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while (
            b"PONG"
            not in subprocess.run(["redis-cli", "-p", str(port), "ping"], check=False, capture_output=True).stdout
        ):
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


def main() -> None:
    """On servers of its own."""
    logging.disable(logging.WARNING)  # every engine that is left out is logged, and here that is on purpose
    server = new_postgres()
    folder = Path(tempfile.mkdtemp(prefix="pl-"))
    try:
        with redis_server(folder) as url:
            uvloop.run(run(server.database(), url, folder))
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
