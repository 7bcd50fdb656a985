"""People with something in every table that the data map knows of, for tests of requests and erasure."""

from __future__ import annotations

import codecs
import json
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.audit.model import Event
from reference_impl.auth.model import Caller, Principal
from reference_impl.crypto.envelope import place_of, seal
from reference_impl.database import connect, transaction
from reference_impl.gdpr import datamap
from reference_impl.gdpr.collecting import Collecting
from reference_impl.gdpr.erasure import Erasures
from reference_impl.gdpr.exporting import Exports
from reference_impl.gdpr.model import Profile
from reference_impl.gdpr.profiles import Profiles
from reference_impl.gdpr.request_store import RequestStore
from reference_impl.gdpr.requests import Requests
from reference_impl.keys.model import SUBJECT_KEY_VERSION, SubjectKey
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.keys.subject_store import SubjectKeyStore
from reference_impl.keys.subjects import SubjectKeys
from reference_impl.migrations import metadata, migrate
from tests.reference.memory_wrapper import MemoryWrapper

AT = datetime(2026, 11, 22, 12, 34, 56, 789_000, tzinfo=timezone.utc)
CANARY = Profile(
    "Zephyrine Quillfeather", "zephyrine@quillfeather.example", "+49 30 5550177", "Kanarienweg 7", "DE", "1984-02-29"
)
METADATA = metadata()


class Memory:
    """An audit log that keeps events, and counts that remember what they were told to forget."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.forgotten: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = []

    async def append(self, events: Sequence[Event]) -> None:
        self.events += events

    async def describe(self, caller: Any, token: str) -> object:
        return token

    async def forget(
        self, tenant: str, customers: Collection[str], cards: Collection[str], devices: Collection[str]
    ) -> None:
        self.forgotten.append((tenant, *customers, tuple(sorted(cards)), tuple(sorted(devices))))  # type: ignore[arg-type]


@dataclass
class Time:
    """A clock that is set."""

    now: datetime = AT

    def __call__(self) -> datetime:
        return self.now

    def on(self, year: int, month: int, day: int) -> None:
        self.now = datetime(year, month, day, 12, tzinfo=timezone.utc)


@dataclass
class Office:
    """Everything that answers requests, on one database."""

    engine: AsyncEngine
    subjects: SubjectKeys
    ring: KeyRing
    outside: Memory
    clock: Time
    held: datamap.DataMap = field(default_factory=datamap.load)

    def __post_init__(self) -> None:
        args = self.engine, self.held, self.subjects
        self.erasures = Erasures(*args, self.outside, self.clock)
        self.collecting = Collecting(*args, "Shop Ltd, privacy@shop.example", self.clock)
        self.exports = Exports(self.engine, self.subjects, "/export", self.clock)
        self.profiles = Profiles(self.engine, self.subjects, self.outside, self.outside, self.clock)
        self.store = RequestStore(self.engine)
        self.requests = Requests(
            self.store,
            self.subjects,
            collecting=self.collecting,
            exports=self.exports,
            erasures=self.erasures,
            profiles=self.profiles,
            audit=self.outside,
            clock=self.clock,
        )


def who(name: str = "officer", tenant: str = "m1", *roles: str) -> Caller:
    """Somebody of a tenant who has shown a second factor."""
    held = frozenset(roles or ("checkout", "support", "privacy_officer", "analyst"))
    return Caller(Principal(name, tenant, held, f"session of {name}"), "192.0.2.1", "r1", True)


@asynccontextmanager
async def office(url: str, folder: Path, wrapper: MemoryWrapper | None = None) -> AsyncIterator[Office]:
    """On that database, and a store of keys in the folder."""
    await migrate(url)
    engine = connect(url)
    try:
        async with SubjectKeyStore.open(f"sqlite+aiosqlite:///{folder / 'subject-keys.db'}") as keys:
            ring = KeyRing(KeyStore(engine), wrapper or MemoryWrapper())
            yield Office(engine, SubjectKeys(keys, ring), ring, Memory(), Time())
    finally:
        await engine.dispose()


def tag_of(customer: str) -> str:
    """What is in the ids of what is theirs; the names are not."""
    return codecs.encode(customer, "rot13")[:12]


async def settle(office: Office, tenant: str, customer: str, profile: Profile, *, times: int = 2) -> str:
    """Somebody with rows in every table; their subject. What they named has their name in it, ids their tag."""
    key = (await office.subjects.for_sealing(tenant, [customer]))[customer]
    mine = lambda name: f"{name}-{customer}"  # noqa: E731 - short names for long rows
    tables, tag = METADATA.tables, tag_of(customer)

    async with transaction(office.engine) as connection:

        async def put(table: str, **values: Any) -> None:
            await connection.execute(insert(tables[table]).values(tenant=tenant, **values))

        def sealed(table: str, content: Any, row: str = "") -> bytes:
            place = place_of(tenant, key.subject, table, row)
            return seal(key.cipher, SUBJECT_KEY_VERSION, json.dumps(content).encode(), place)

        profiled = sealed("gdpr_profiles", profile._asdict())
        await put("gdpr_profiles", subject=key.subject, sealed=profiled, updated_at=AT)
        await put("gdpr_subjects", subject=key.subject, consented_at=AT, changed_at=AT)
        await put("gdpr_links", subject=key.subject, kind="processor_customer", value=f"cust_{tag}")
        await put("gdpr_links", subject=key.subject, kind="token", value=f"tok_direct_{tag}")
        for number in range(times):
            behaviour = sealed("gdpr_behaviour", {"details": {"viewed": mine("book")}}, f"b{number}{tag}")
            await put(
                "gdpr_behaviour",
                id=f"b{number}{tag}",
                subject=key.subject,
                kind="product.viewed",
                sealed=behaviour,
                at=AT,
            )
        await put("gdpr_exports", id=f"x{tag}", subject=key.subject, document=b"jwe", created_at=AT, expires_at=AT)
        await put("customers", id=f"cust_{tag}", processor_customer_id=f"cus_{tag}", created_at=AT)
        await put(
            "payment_methods",
            id=f"meth_{tag}",
            customer=f"cust_{tag}",
            processor_payment_method_id=f"pm_{tag}",
            brand="visa",
            last_four="4242",
            created_at=AT,
        )
        same = {"currency": "EUR", "created_at": AT, "updated_at": AT, "amount": 1999}
        await put(
            "hosted_charges",
            id=f"chg_{tag}",
            payment_method=f"meth_{tag}",
            idempotency_key=mine("charge"),
            request_digest="d" * 64,
            state="succeeded",
            processor_intent_id=f"pi_{tag}",
            **same,
        )
        await put(
            "hosted_refunds", id=f"ref_{tag}", charge=f"chg_{tag}", idempotency_key=mine("r"), amount=1, created_at=AT
        )
        for token in (f"tok_{tag}", f"tok_direct_{tag}"):
            await put(
                "tokens",
                token=token,
                sealed_card=b"sealed",
                key_version=1,
                last_four="1111",
                brand="visa",
                created_at=AT,
            )
            await put("fingerprints", key_version=1, fingerprint=token.encode(), token=token)
        for number in range(times):
            await _ordered(put, sealed, (customer, key), number, same | {"amount": 1999 + number})
        direct = same | {"token": f"tok_direct_{tag}", "state": "authorized", "attempt": 1}
        await put("payments", id=f"pay_direct_{tag}", idempotency_key=mine("direct"), request_digest="e" * 64, **direct)
        digest = key.hidden("fraud_devices.digest", mine("d"))
        device = sealed("fraud_devices", {"id": mine("dev"), "fingerprint": {"browser": tag}}, digest)
        await put("fraud_devices", customer=key.subject, digest=digest, sealed=device, last_seen=AT)
        await _blocked(put, customer, key.subject, tag)
    return key.subject


async def _blocked(put: Any, customer: str, subject: str, tag: str) -> None:
    times = {"opened_at": AT, "last_at": AT, "aware_at": AT}
    seen = {"type": "data_breach", "severity": "high", "state": "open", "count": 1, "opened_by": "grace"}
    await put("incidents", id=f"inc_{tag}", subject=subject, details=f"somebody is in {customer}", **seen, **times)
    for kind, account in (("customer", subject), ("card", f"tok_{tag}")):
        blocked = {"account_kind": kind, "account": account, "begun_by": "grace", "begun_at": AT, "ends_at": AT}
        await put("measures", id=f"msr_{kind}_{tag}", incident=f"inc_{tag}", kind="block", **blocked)


async def _ordered(put: Any, sealed: Any, whose: tuple[str, SubjectKey], number: int, same: dict[str, Any]) -> None:
    customer, key = whose
    at, tag = AT + timedelta(hours=number), tag_of(customer)
    paid = same | {"token": f"tok_{tag}", "created_at": at, "updated_at": at, "request_digest": "f" * 64}
    order, payment = f"ord_{number}{tag}", f"pay_{number}{tag}"
    await put(
        "orders",
        id=order,
        idempotency_key=key.hidden("orders.idempotency_key", f"key-{number}-{customer}"),
        retry_digest=f"retry {number} {tag}",
        state="authorized",
        customer=key.subject,
        merchant="shop-1",
        payment=payment,
        recommendation="approve",
        reasons=["velocity"],
        **paid,
    )
    await put(
        "payments", id=payment, idempotency_key=order, state="authorized", attempt=1, authorization_id="a", **paid
    )
    decision = f"frd_{number}{tag}"
    await put(
        "fraud_decisions",
        id=decision,
        transaction=order,
        customer=key.subject,
        request_digest="g" * 64,
        recommendation="approve",
        risk_score=0.1,
        assessment={"device": f"dev-{customer}"},
        model_version="1",
        policy_version="1",
        at=at,
    )
    await put(
        "fraud_reviews",
        id=f"frr_{number}{tag}",
        decision=decision,
        sealed=sealed("fraud_reviews", {"ground": f"it was me, {customer}"}, f"frr_{number}{tag}"),
        opened_by="erin",
        opened_at=at,
        state="upheld",
    )


async def rows(engine: AsyncEngine) -> Mapping[str, list[dict[str, Any]]]:
    """Everything in every table of the service, in a steady order."""
    async with transaction(engine) as connection:
        return {name: await _of_table(connection, name) for name in METADATA.tables}


async def _of_table(connection: AsyncConnection, name: str) -> list[dict[str, Any]]:
    found = (await connection.execute(select(METADATA.tables[name]))).mappings().all()
    return sorted((dict(row) for row in found), key=lambda row: json.dumps(row, default=repr, sort_keys=True))


async def verified(office: Office, kind: Any, customer: str, tenant: str = "m1", **more: Any) -> str:
    """A request whose identity is proven; its id."""
    received = await office.requests.receive(who("erin", tenant), kind, customer, **more)
    await office.requests.verify(who("grace", tenant), received.request.id, received.proof)
    return received.request.id
