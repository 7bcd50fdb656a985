"""How fast the vault is: PostgreSQL with fsync, the audit log synced, keys from a sealed file, all on this machine.

Beside it, in the same run on the same server, what a program does that stores a row and commits it: the ratio to that
travels better between machines than the rates do.

python benchmarks/reference_vault.py
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import shutil
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import uvloop
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).parents[1]))

from reference_impl.audit.log import FileAuditLog
from reference_impl.cards.model import Card, CardNumber, Expiry
from reference_impl.crypto.sealed_file import SealedFile
from reference_impl.database import connect
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.migrations import upgrade
from reference_impl.secret import Secret
from reference_impl.vault.model import Purpose
from reference_impl.vault.service import Vault
from tests.reference.services import Postgres, new_postgres
from tests.reference.vault_doubles import caller

CALLS = 10_000
CONCURRENT = (16, 32, 64)
Call = Callable[[int], Awaitable[object]]


def tell(name: str, value: float, unit: str, better: str) -> None:
    """One figure."""
    print(json.dumps({"name": f"vault.{name}", "value": round(value, 2), "unit": unit, "better": better}), flush=True)


async def measure(name: str, concurrent: int, call: Call) -> float:
    """Tells rate and 99th percentile of the latency with so many callers, each waiting for its answer; the rate."""
    calls, seconds = iter(range(CALLS)), []

    async def ask() -> None:
        for number in calls:
            start = time.perf_counter()
            await call(number)
            seconds.append(time.perf_counter() - start)

    start = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(concurrent)))
    rate = CALLS / (time.perf_counter() - start)
    tell(f"{name}.{concurrent}.rate", rate, "1/s", "higher")
    tell(f"{name}.{concurrent}.p99", sorted(seconds)[int(len(seconds) * 0.99)] * 1000, "ms", "lower")
    return rate


async def plain(server: Postgres) -> Call:
    """A row and a commit a call, with as many connections as there are callers."""
    url = server.database().replace("+asyncpg", "")
    pool = await asyncpg.create_pool(url, min_size=max(CONCURRENT), max_size=max(CONCURRENT))
    await pool.execute("CREATE TABLE plain (token text PRIMARY KEY, sealed bytea)")

    async def call(_: int) -> None:
        await pool.execute("INSERT INTO plain VALUES ($1, $2)", os.urandom(32).hex(), os.urandom(100))

    return call


async def run(server: Postgres, folder: Path) -> None:
    """Tokenises, then detokenises what it stored."""
    engine = connect(server.database())
    await upgrade(engine)
    SealedFile.create(folder / "keys.json", Secret("passphrase of a benchmark"))
    wrapper = SealedFile(folder / "keys.json", Secret("passphrase of a benchmark"))
    log = await FileAuditLog.open(folder / "audit", Secret(os.urandom(32)), Ed25519PrivateKey.generate())
    vault = Vault(engine, KeyRing(KeyStore(engine), wrapper), log)
    who = caller()
    cards = iter([Card(CardNumber(f"{number:016}"), Expiry(12, 2030)) for number in range(CALLS * 6)])
    tokens: list[str] = []

    async def tokenize(_: int) -> None:
        tokens.append((await vault.tokenize(who, next(cards))).token)

    async def detokenize(number: int) -> None:
        await vault.detokenize(who, tokens[number], Purpose.REFUND)

    store = await plain(server)
    await asyncio.gather(*map(tokenize, range(CALLS)))
    server.sql("CHECKPOINT")  # write-ahead log files are recycled from here on, as on a server that runs for a while
    gc.collect()
    gc.freeze()  # as `paylint-reference serve` does
    for concurrent in CONCURRENT:
        rate = await measure("tokenize", concurrent, tokenize)
        beside = await measure("plain_insert", concurrent, store)
        tell(f"tokenize.{concurrent}.ratio", rate / beside, "of plain_insert", "higher")
    for concurrent in CONCURRENT:
        await measure("detokenize_audited", concurrent, detokenize)
    await log.aclose()
    await engine.dispose()


def main() -> None:
    """On a server of its own."""
    server = new_postgres()
    folder = Path(server.folder) / "service"
    folder.mkdir(mode=0o700)
    try:
        uvloop.run(run(server, folder))
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
