"""Speed of the payment service's keys: one JSON object a line, {"name", "value", "unit", "better"}, all in one run.

    python benchmarks/reference_keys.py [--keys N]

PostgreSQL is measured where it is installed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reference_impl.clock import utc_now
from reference_impl.crypto.sealed_file import SealedFile
from reference_impl.database import METADATA, connect, transaction
from reference_impl.keys.model import KeyName, Purpose
from reference_impl.keys.rewrapping import BATCH, Rewrapping
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import DATA_KEYS, KeyStore
from reference_impl.secret import Secret
from tests.reference.services import new_postgres

ONE_BY_ONE = 300
PASSPHRASE = Secret("only for measuring, no secret")


def report(name: str, value: float, unit: str, better: str = "more") -> None:
    """One figure."""
    print(json.dumps({"name": name, "value": round(value, 2), "unit": unit, "better": better}), flush=True)


def rate(work: Callable[[int], object], times: int) -> float:
    """How often a second: the best of three."""
    best = 0.0
    for _ in range(3):
        start = time.perf_counter()
        for number in range(times):
            work(number)
        best = max(best, times / (time.perf_counter() - start))
    return best


def wrapping(wrapper: SealedFile) -> None:
    """The sealed file alone."""
    key, context = Secret(bytes(32)), KeyName("tenant-000000", Purpose.DATA, 1).context()
    wrapped = wrapper.wrap(key, context)
    report("keys.sealed_file.wrap", rate(lambda _: wrapper.wrap(key, context), 20_000), "keys/s")
    report("keys.sealed_file.unwrap", rate(lambda _: wrapper.unwrap(wrapped, context), 20_000), "keys/s")


async def one_by_one(rewrapping: Rewrapping) -> float:
    """Keys a second where each is read, wrapped and written for itself."""
    await rewrapping.rotate()
    start = time.perf_counter()
    async for progress in rewrapping.run(1):
        if progress.done == ONE_BY_ONE:
            break
    return ONE_BY_ONE / (time.perf_counter() - start)


async def database(name: str, url: str, wrapper: SealedFile, keys: int) -> None:
    """Re-wrapping of that many keys, and handing keys out."""
    engine = connect(url)
    store = KeyStore(engine)
    async with transaction(engine) as connection:
        await connection.run_sync(METADATA.create_all)
    names = [KeyName(f"tenant-{number:07}", Purpose.DATA, 1) for number in range(keys)]
    now = utc_now()
    rows = [
        {
            "tenant": key.tenant,
            "purpose": key.purpose.value,
            "version": key.version,
            "wrapped": wrapper.wrap(Secret(bytes(32)), key.context()),
            "wrapped_by": wrapper.current,
            "state": "current",
            "seals": 0,
            "created_at": now,
        }
        for key in names
    ]
    async with transaction(engine) as connection:
        await connection.execute(insert(DATA_KEYS), rows)
    rewrapping, best = Rewrapping([store.wrappings()], wrapper), 0.0
    for _ in range(3):
        await rewrapping.rotate()
        start = time.perf_counter()
        done = 0
        async for progress in rewrapping.run(BATCH):
            done = progress.done
        best = max(best, done / (time.perf_counter() - start))
    report(f"keys.rewrap.{name}", best, "keys/s")
    report(f"keys.rewrap.{name}.times_one_by_one", best / await one_by_one(rewrapping), "times")

    ring = KeyRing(store, wrapper)
    start = time.perf_counter()
    for key in names[:500]:
        await ring.for_sealing(key.tenant)
    report(f"keys.for_sealing.first_use.{name}", 500 / (time.perf_counter() - start), "keys/s")
    await ring.for_sealing("one")
    start = time.perf_counter()
    for _ in range(200_000):
        await ring.for_sealing("one")
    report(f"keys.for_sealing.{name}", 200_000 / (time.perf_counter() - start), "keys/s")
    await engine.dispose()


def main() -> None:
    """All figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=50_000, help="how many keys are re-wrapped (50000)")
    keys = parser.parse_args().keys
    folder = Path(tempfile.mkdtemp(prefix="pl-bench-"))
    try:
        start = time.perf_counter()
        wrapper = SealedFile.create(folder / "keys.json", PASSPHRASE)
        report("keys.sealed_file.create_and_open", time.perf_counter() - start, "s", "less")
        wrapping(wrapper)
        asyncio.run(database("sqlite", f"sqlite+aiosqlite:///{folder / 'keys.db'}", wrapper, keys))
        if shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
            server = new_postgres()
            try:
                asyncio.run(database("postgresql", server.database(), wrapper, keys))
            finally:
                server.stop()
                shutil.rmtree(server.folder, ignore_errors=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
