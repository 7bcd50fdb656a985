"""How fast the payment service's event flow is: `python benchmarks/reference_events.py [FOLDER]`, one figure a line.

Everything on one machine: orders that are placed, paid, scored and noted, with the audit log, the vault, the engines
and the audit sink that the service starts with; the gateway is a function that says yes. On SQLite and on PostgreSQL,
with the log in the folder; all synced to disk. Processor time is of this process: the database's is not in it.
"""

from __future__ import annotations

import asyncio
import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path

import uvloop
from sqlalchemy import event as hooks

sys.path.insert(0, str(Path(__file__).parent.parent))

from reference_impl import folder
from reference_impl.audit.log import FileAuditLog
from reference_impl.cards.model import Card, CardNumber, Expiry
from reference_impl.client_encryption.service import ClientKeys
from reference_impl.client_encryption.store import ClientKeyStore
from reference_impl.database import connect
from reference_impl.events.flow import Flow
from reference_impl.events.local import LocalLog
from reference_impl.events.model import OUTCOMES, Event
from reference_impl.events.opening import Follower, running
from reference_impl.events.outbox import Outbox
from reference_impl.events.sealing import Sealer
from reference_impl.events.sink import NAME
from reference_impl.events.verify import verify
from reference_impl.events.worm import WormFolder
from reference_impl.fraud.of_orders import OrderScorer
from reference_impl.fraud.opening import fraud_of
from reference_impl.keys.retries import DailySecrets
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.keys.subject_store import SubjectKeyStore
from reference_impl.keys.subjects import SubjectKeys
from reference_impl.migrations import migrate
from reference_impl.money import Money
from reference_impl.orders.model import Wish
from reference_impl.orders.named import NamedOrders
from reference_impl.orders.service import FOLLOWED, GROUP, Orders
from reference_impl.payments.service import PaymentService
from reference_impl.payments.store import PaymentStore
from reference_impl.vault.service import Vault
from tests.reference.app import caller
from tests.reference.event_logs import DerivedKeys, order
from tests.reference.ledger import Outside
from tests.reference.running import settings_in
from tests.reference.services import new_postgres

ORDERS = 1000
CLIENTS = 64
TENANTS = 7
PUBLISHED = 20_000
TOKENS = 20


def say(name: str, value: float, unit: str, better: str) -> None:
    """One line."""
    print(json.dumps({"name": f"events_{name}", "value": round(value, 3), "unit": unit, "better": better}), flush=True)


async def publish(place: Path) -> None:
    """Sealing, and publishing in batches of a hundred."""
    sealer = Sealer(DerivedKeys())
    events = [order(f"shop-{number % TENANTS}") for number in range(PUBLISHED)]
    async with LocalLog.open(place / "published") as log:
        begun = time.perf_counter()
        messages = [await sealer.seal(event) for event in events]
        say("sealed", PUBLISHED / (time.perf_counter() - begun), "events/s", "higher")
        begun = time.perf_counter()
        for start in range(0, PUBLISHED, 100):
            await log.publish({"published": messages[start : start + 100]})
        say("published", PUBLISHED / (time.perf_counter() - begun), "events/s", "higher")


async def flow(name: str, place: Path, url: str = "") -> None:
    """Orders from many clients at once, until each has its outcome."""
    settings = settings_in(place).model_copy(update={"database_url": url})
    await migrate(folder.database_url(settings))
    ended: dict[str, float] = {}
    asked: Counter[str] = Counter()
    done = asyncio.Event()
    async with AsyncExitStack() as stack:
        wrapper, engine = folder.wrapper_of(settings), connect(folder.database_url(settings))
        stack.push_async_callback(engine.dispose)
        hooks.listen(engine.sync_engine, "begin", lambda _: asked.update(["transactions"]))
        hooks.listen(engine.sync_engine, "before_cursor_execute", lambda *_: asked.update(["statements"]))
        keys = folder.audit_keys(settings, wrapper)
        audit = await FileAuditLog.open(place / "audit", keys.mac, keys.signing, name="audit")
        stack.push_async_callback(audit.aclose)
        ring = KeyRing(KeyStore(engine), wrapper)
        vault = Vault(engine, ring, audit)
        persons = await stack.enter_async_context(SubjectKeyStore.open(folder.subject_keys_url(settings)))
        people = SubjectKeys(persons, ring)
        fraud = await stack.enter_async_context(fraud_of(settings, wrapper, engine, audit, None, people=people))
        client_keys = ClientKeys(ClientKeyStore(engine), wrapper)
        known = {"people": people, "retries": DailySecrets(persons)}
        announce = Outbox(Sealer(ring, people)).add
        orders = Orders(engine, vault, client_keys, announce, **known, audit=audit)
        named = NamedOrders(orders, people)
        payments = PaymentService(PaymentStore(engine), vault, Outside(), audit, merchant="shop-1")

        async def outcomes(_: object, events: list[Event]) -> None:
            now = time.perf_counter()
            ended.update((event.order, now) for event in events)
            if len(ended) == ORDERS:
                done.set()

        parts = {GROUP: Follower(FOLLOWED, orders.follow), "benchmark": Follower(OUTCOMES, outcomes)}
        scorer = OrderScorer(fraud.decisions, fraud.windows)
        started = running(
            settings,
            engine,
            keys=ring,
            subjects=people,
            orders=orders,
            signing=keys.signing,
            flow=Flow(orders, payments, scorer, announce),
            followers=parts,
        )
        card = Card(CardNumber.parse("4111111111111111"), Expiry(12, 2099))
        tokens = {
            tenant: [(await vault.tokenize(caller(tenant), card)).token for _ in range(TOKENS)]
            for tenant in (f"shop-{number}" for number in range(TENANTS))
        }
        async with started:
            numbers, begun = count(), dict[str, float]()

            async def client() -> None:
                while (number := next(numbers)) < ORDERS:
                    tenant = f"shop-{number % TENANTS}"
                    token = tokens[tenant][number % TOKENS]
                    wish = Wish(Money(1250, "EUR"), f"customer-{number}", "shop-1", token=token, device=f"d-{number}")
                    at = time.perf_counter()
                    begun[(await named.place(caller(tenant), wish, f"order-key-{number}")).id] = at

            asked.clear()
            used = resource.getrusage(resource.RUSAGE_SELF)
            await asyncio.gather(*(client() for _ in range(CLIENTS)))
            say(f"{name}_placed", ORDERS / (time.perf_counter() - min(begun.values())), "orders/s", "higher")
            await done.wait()
            now = resource.getrusage(resource.RUSAGE_SELF)
            spent = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
            waits = sorted(ended[order_] - at for order_, at in begun.items())
            say(f"{name}_orders", ORDERS / (max(ended.values()) - min(begun.values())), "orders/s", "higher")
            say(f"{name}_processor_time", spent / ORDERS * 1000, "ms/order", "lower")
            for what in ("transactions", "statements"):
                say(f"{name}_{what}", asked[what] / ORDERS, "an order", "lower")
            say(f"{name}_order_to_outcome_p50", statistics.median(waits) * 1000, "ms", "lower")
            say(f"{name}_order_to_outcome_p99", waits[int(len(waits) * 0.99)] * 1000, "ms", "lower")
        kept = WormFolder(settings.data_folder / "trail")
        start = time.perf_counter()
        verdict = await verify(kept, engine, keys.signing.public_key(), NAME)
        assert not verdict.findings
        say(f"{name}_verified", verdict.events / (time.perf_counter() - start), "events/s", "higher")


def main(place: Path) -> None:
    """All of it."""
    uvloop.run(publish(place))
    server = new_postgres()
    try:
        uvloop.run(flow("postgresql", place / "postgresql", server.database()))
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
    uvloop.run(flow("sqlite", place / "sqlite"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as given:
        main(Path(given))
