"""How fast the vault is: PostgreSQL with fsync, an audit log that is synced, both on this disk, all in one process.

python benchmarks/reference_vault.py
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from reference_impl.cards.model import Card, CardNumber, Expiry
from reference_impl.database import connect
from reference_impl.migrations import upgrade
from reference_impl.vault.model import Purpose
from reference_impl.vault.service import Vault
from tests.reference.services import new_postgres
from tests.reference.vault_doubles import DerivedKeys, FileLog, caller

CALLS = 10_000
CONCURRENT = (16, 32, 64)


async def measure(name: str, concurrent: int, call: Callable[[int], Awaitable[object]]) -> None:
    """Prints the rate and the 99th percentile of the latency, with so many callers that each wait for their answer."""
    calls, seconds = iter(range(CALLS)), []

    async def ask() -> None:
        for number in calls:
            start = time.perf_counter()
            await call(number)
            seconds.append(time.perf_counter() - start)

    start = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(concurrent)))
    rate = CALLS / (time.perf_counter() - start)
    p99 = sorted(seconds)[int(len(seconds) * 0.99)] * 1000
    for what, value, unit, better in (("rate", rate, "1/s", "higher"), ("p99", p99, "ms", "lower")):
        figure = {"name": f"vault.{name}.{concurrent}.{what}", "value": round(value, 2), "unit": unit, "better": better}
        print(json.dumps(figure), flush=True)


async def run(url: str, folder: Path) -> None:
    """Tokenises, then detokenises what it stored."""
    engine = connect(url)
    await upgrade(engine)
    vault = Vault(engine, DerivedKeys(os.urandom(32)), FileLog(folder / "audit.log"))
    who = caller()
    cards = [Card(CardNumber(f"{number:016}"), Expiry(12, 2030)) for number in range(CALLS * len(CONCURRENT))]
    tokens = [(await vault.tokenize(who, cards[0])).token]  # connections, statements and keys are there from now on

    async def tokenize(_: int) -> None:
        tokens.append((await vault.tokenize(who, cards.pop())).token)

    async def detokenize(number: int) -> None:
        await vault.detokenize(who, tokens[number], Purpose.REFUND)

    for concurrent in CONCURRENT:
        await measure("tokenize", concurrent, tokenize)
    for concurrent in CONCURRENT:
        await measure("detokenize_audited", concurrent, detokenize)
    await engine.dispose()


def main() -> None:
    """On a server of its own."""
    server = new_postgres()
    audit = Path(server.folder) / "audit"
    audit.mkdir()
    try:
        asyncio.run(run(server.database(), audit))
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
