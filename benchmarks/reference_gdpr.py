"""How long a person with 10,000 rows waits: `python benchmarks/reference_gdpr.py`, one figure a line.

Access makes the document, encrypts it and stores it; erasure is the whole saga over payments, vault, users, analytics,
events and caches, with its notes synced to disk. Another 40,000 rows are of others, in the same tenant. On SQLite with
counts in memory, and on PostgreSQL with counts in Redis, where they are installed.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reference_impl.crypto.envelope import place_of, seal
from reference_impl.database import transaction
from reference_impl.fraud.of_persons import Forgetting
from reference_impl.fraud.velocity.memory import MemoryWindows
from reference_impl.fraud.velocity.model import Entry, Kind, Span, Subject, Windows
from reference_impl.fraud.velocity.redis import RedisWindows
from reference_impl.gdpr.erasure import Erasures
from reference_impl.gdpr.model import RequestKind
from reference_impl.gdpr.persons import Person
from reference_impl.keys.model import SUBJECT_KEY_VERSION
from reference_impl.redis_client import Scripts
from reference_impl.redis_client import connect as connect_redis
from tests.reference.gdpr_parts import AT, CANARY, METADATA, Office, office, settle, verified
from tests.reference.services import new_postgres, redis_url

ORDERS, OTHERS, TURNS = 2_475, 10, 3
"""An order has a payment, an assessment and a record of behaviour: with what `settle` adds, 10,000 rows."""


def say(name: str, value: float, unit: str, better: str) -> None:
    """One line."""
    print(json.dumps({"name": f"gdpr_{name}", "value": round(value, 3), "unit": unit, "better": better}), flush=True)


async def fill(place: Office, customer: str, orders: int) -> Person:
    """Somebody with so many orders."""
    await settle(place, "m1", customer, CANARY)
    key = (await place.subjects.for_sealing("m1", [customer]))[customer]
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("orders", "payments", "fraud_decisions", "gdpr_behaviour")
    }
    for number in range(orders):
        at, tag = AT + timedelta(seconds=number), f"{number}-{customer}"
        money = {"tenant": "m1", "amount": 1000 + number, "currency": "EUR", "created_at": at, "updated_at": at}
        paid = money | {"token": f"tok_many_{customer}", "request_digest": "f" * 64}
        order = {"id": f"ord_{tag}", "idempotency_key": f"many-{tag}", "customer": key.subject, "merchant": "shop-1"}
        rows["orders"].append(paid | order | {"state": "authorized", "payment": f"pay_{tag}", "reasons": []})
        state = {"state": "authorized", "attempt": 1, "authorization_id": f"auth-{tag}"}
        rows["payments"].append(paid | {"id": f"pay_{tag}", "idempotency_key": f"ord_{tag}"} | state)
        made = {
            "recommendation": "approve",
            "risk_score": 0.1,
            "assessment": {"risk_factors": []},
            "model_version": "1",
        }
        whose = {"tenant": "m1", "id": f"frd_{tag}", "transaction": f"ord_{tag}", "customer": key.subject, "at": at}
        rows["fraud_decisions"].append(whose | made | {"policy_version": "1", "request_digest": "g" * 64})
        name = f"b{tag}"
        plain = json.dumps({"details": {"product": tag}}).encode()
        sealed = seal(key.cipher, SUBJECT_KEY_VERSION, plain, place_of("m1", key.subject, "gdpr_behaviour", name))
        seen = {"tenant": "m1", "id": name, "subject": key.subject, "kind": "product.viewed", "at": at}
        rows["gdpr_behaviour"].append(seen | {"sealed": sealed})
    async with transaction(place.engine) as connection:
        for table, values in rows.items():
            for start in range(0, len(values), 500):
                await connection.execute(insert(METADATA.tables[table]), values[start : start + 500])
    return Person("m1", customer, key.subject)


async def count(windows: Windows, customers: Sequence[str]) -> None:
    """Payments in the counters."""
    for customer in customers:
        subjects = [Subject("m1", Kind.CUSTOMER, customer), Subject("m1", Kind.DEVICE, f"dev-{customer}")]
        for number in range(50):
            await windows.add(subjects, Entry(f"{customer}-{number}", 100))


async def measure(name: str, url: str, place: Path, windows: Windows) -> None:
    """Several people, one after the other; the median and the slowest."""
    access, erasure = list[float](), list[float]()
    async with office(url, place) as one:
        one.erasures = Erasures(one.engine, one.held, one.subjects, Forgetting(windows), one.clock)
        one.requests._erasures = one.erasures
        people = [f"person{chr(97 + turn)}" for turn in range(TURNS)]
        for other in range(OTHERS):
            await fill(one, f"other{chr(97 + other)}", 1_000)
        for customer in people:
            person = await fill(one, customer, ORDERS)
            await count(windows, [person.subject])
            start = time.perf_counter()
            document = await one.collecting.everything(person)
            await one.exports.add("m1", person.subject, document)
            access.append(time.perf_counter() - start)
            found = sum(len(rows) for section in document["sections"].values() for rows in section.values())
            request = await verified(one, RequestKind.ERASURE, customer)
            start = time.perf_counter()
            report = await one.erasures.run("m1", request, person.subject)
            erasure.append(time.perf_counter() - start)
            gone = sum(each["rows"] for each in [*report["deleted"], *report["retained"]])
            assert found >= 9_900 and gone >= 9_900, (found, gone)
    say(f"{name}_access_10k_median", statistics.median(access), "s", "lower")
    say(f"{name}_access_10k_slowest", max(access), "s", "lower")
    say(f"{name}_erasure_10k_median", statistics.median(erasure), "s", "lower")
    say(f"{name}_erasure_10k_slowest", max(erasure), "s", "lower")


async def on_redis(url: str, database: str, place: Path) -> None:
    """PostgreSQL, and counts in Redis."""
    client = connect_redis(url, 5)
    await measure("postgresql_redis", database, place, RedisWindows(Scripts(client), Span(3600, 3600)))
    await client.aclose()


def main() -> None:
    """Everything."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "a").mkdir()
        sqlite = f"sqlite+aiosqlite:///{place / 'service.db'}"
        asyncio.run(measure("sqlite", sqlite, place / "a", MemoryWindows(Span(3600, 3600))))
        if shutil.which("redis-server") is None:
            return
        (place / "b").mkdir()
        server = new_postgres()
        counters = redis_url.__wrapped__()
        try:
            asyncio.run(on_redis(next(counters), server.database(), place / "b"))
        finally:
            counters.close()
            server.stop()
            shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
