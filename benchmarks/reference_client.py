"""Speed of the parts around cards that come from clients: envelopes opened, payments recorded. One JSON object a line.

    python benchmarks/reference_client.py

On PostgreSQL with fsync, started for this, and on SQLite. The gateway, the vault and the audit log answer at once: what
is measured is this service. Nothing is asserted.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from reference_impl.auth.model import Caller, Principal
from reference_impl.client_encryption.service import ClientKeys
from reference_impl.client_encryption.store import ClientKeyStore
from reference_impl.clock import utc_now
from reference_impl.database import METADATA, connect
from reference_impl.money import Money
from reference_impl.payments.service import PaymentService
from reference_impl.payments.store import PaymentStore
from tests.reference.ledger import TOKEN, Outside
from tests.reference.memory_wrapper import MemoryWrapper
from tests.reference.sealing import content, seal
from tests.reference.services import new_postgres

ENVELOPES, PAYMENTS, AT_ONCE = 500, 500, 16
CALLER = Caller(Principal("user", "m1", frozenset({"checkout"}), "session"), "192.0.2.1", "request", False)


async def measure(name: str, work: Callable[[int], Awaitable[object]], count: int) -> None:
    """Rate and p99 of `count` calls, a few at once."""
    left, times = iter(range(count)), list[float]()

    async def worker() -> None:
        for number in left:
            began = time.perf_counter()
            await work(number)
            times.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    rate = count / (time.perf_counter() - began)
    p99 = sorted(times)[int(count * 0.99)] * 1000
    print(json.dumps({"name": name, "value": round(rate), "unit": "1/s", "better": "higher"}))
    print(json.dumps({"name": f"{name}_p99", "value": round(p99, 2), "unit": "ms", "better": "lower"}))


async def main(database: str, url: str) -> None:
    """All of it."""
    engine, outside = connect(url), Outside()
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
    for kind in ("EC", "RSA"):
        keys = ClientKeys(ClientKeyStore(engine), MemoryWrapper(), kind=kind)
        await (keys.start() if kind == "EC" else _next_kind(keys))
        jwks = await keys.jwks()
        jwk = jwks["keys"][0]
        header = {"alg": jwk["alg"], "enc": "A256GCM", "kid": jwk["kid"]}
        envelopes = [seal(header, content(int(utc_now().timestamp())), jwk) for _ in range(ENVELOPES)]
        await measure(f"{database}_open_{jwk['alg']}", lambda n, k=keys, e=envelopes: k.open(e[n], "m1"), ENVELOPES)
    service = PaymentService(PaymentStore(engine), outside, outside, outside, merchant="m1")
    money = Money(1250, "EUR")
    await measure(f"{database}_pay", lambda n: service.pay(CALLER, TOKEN, money, None, f"order-no-{n}"), PAYMENTS)
    await measure(
        f"{database}_pay_replayed", lambda n: service.pay(CALLER, TOKEN, money, None, f"order-no-{n}"), PAYMENTS
    )
    await engine.dispose()


async def _next_kind(keys: ClientKeys) -> None:
    """Two rotations: the kind of new keys has become the kind of the current one."""
    await keys.rotate()
    await keys.rotate()


if __name__ == "__main__":
    server = new_postgres()
    try:
        asyncio.run(main("postgresql", server.database()))
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(main("sqlite", f"sqlite+aiosqlite:///{folder}/service.db"))
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
