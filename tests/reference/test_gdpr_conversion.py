"""A database of the version before: its customers are in clear, and are stored by the subjects of their keys after."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, text

from reference_impl.database import connect, transaction
from reference_impl.gdpr import conversion
from reference_impl.gdpr.conversion import converted
from reference_impl.gdpr.model import RequestKind
from reference_impl.gdpr.persons import Person
from reference_impl.migrations import configuration
from tests.reference.gdpr_parts import AT, Office, office, rows, verified, who

BEFORE = ("orders_2", "fraud_2", "gdpr_1", "incident_1", "payments_2", "keys_1", "vault_1", "processor_1")
PEOPLE = ["quillfeather-a", "quillfeather-b", "sub_of-the-shop"]
"""The last begins as subjects do."""
TABLES = ("orders", "fraud_decisions", "fraud_reviews", "fraud_devices", "incidents", "measures")


def _filled(connection: Connection) -> None:
    """As that version wrote it."""

    def put(table: str, **values: Any) -> None:
        names = ", ".join(f'"{name}"' for name in values)
        places = ", ".join(f":{name}" for name in values)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)  # noqa: S608 - names of this test

    at = AT.isoformat() if connection.dialect.name == "sqlite" else AT
    for customer in PEOPLE:
        same = {"tenant": "m1", "customer": customer}
        paid = {"amount": 5, "currency": "EUR", "token": "tok_a", "created_at": at, "updated_at": at}
        put(
            "orders",
            id=f"ord_{customer}",
            idempotency_key=f"key-of-{customer}",
            request_digest="f" * 64,
            state="authorized",
            merchant="shop-1",
            reasons="[]",
            **same,
            **paid,
        )
        made = {"recommendation": "approve", "assessment": "{}", "model_version": "1", "policy_version": "1", "at": at}
        put(
            "fraud_decisions",
            id=f"frd_{customer}",
            transaction=f"ord_{customer}",
            request_digest="g" * 64,
            **same,
            **made,
        )
        said = {"ground": f"it was I, {customer}", "opened_by": "erin", "opened_at": at, "state": "upheld"}
        put("fraud_reviews", tenant="m1", id=f"frr_{customer}", decision=f"frd_{customer}", **said)
        seen = {"id": f"device-of-{customer}", "fingerprint": json.dumps({"browser": "Firefox"}), "last_seen": at}
        put("fraud_devices", digest=f"digest-{customer}", **same, **seen)
    seen = {
        "type": "data_breach",
        "severity": "high",
        "state": "open",
        "count": 1,
        "opened_by": "grace",
        "details": "-",
    }
    for subject in (PEOPLE[0], "desk-1"):
        times = {"opened_at": at, "last_at": at, "aware_at": at}
        put("incidents", tenant="m1", id=f"inc_{subject}", subject=subject, **seen, **times)
    for account in (PEOPLE[0], "only-blocked", "cust_" + "a" * 22):
        blocked = {"account_kind": "customer", "account": account, "begun_by": "grace", "begun_at": at, "ends_at": at}
        put("measures", tenant="m1", id=f"msr_{account}"[:32], incident="inc", kind="block", **blocked)


async def _before(url: str) -> None:
    engine = connect(url)
    async with transaction(engine) as connection:
        await connection.run_sync(_filled)
    await engine.dispose()


def old(url: str) -> None:
    for revision in BEFORE:
        command.upgrade(configuration(url), revision)
    asyncio.run(_before(url))


async def whole(place: Office) -> None:
    """Everything under the names of keys, to be found and read by who has the keys."""
    found = await rows(place.engine)
    for table in TABLES:
        assert "quillfeather" not in repr(
            [{**row, "id": "", "decision": "", "transaction": ""} for row in found[table]]
        )
    for customer in PEOPLE:
        subject = await place.subjects.find("m1", customer)
        assert subject is not None
        key = await place.subjects.for_opening("m1", subject)
        (order,) = (row for row in found["orders"] if row["customer"] == subject)
        assert order["idempotency_key"] == key.hidden("orders.idempotency_key", f"key-of-{customer}")
        assert order["request_digest"] == key.hidden("orders.request_digest", "f" * 64)
        document = await place.collecting.everything(Person("m1", customer, subject))
        (device,) = document["sections"]["devices"]["fraud_devices"]
        assert (device["id"], device["fingerprint"]) == (f"device-of-{customer}", {"browser": "Firefox"})
        (review,) = document["sections"]["assessments"]["fraud_reviews"]
        assert review["ground"] == f"it was I, {customer}"
    first = await place.subjects.find("m1", PEOPLE[0])
    assert {row["subject"] for row in found["incidents"]} == {first, "desk-1"}
    blocked = await place.subjects.find("m1", "only-blocked")
    assert {row["account"] for row in found["measures"]} == {first, blocked, "cust_" + "a" * 22}


def test_what_was_in_clear_is_under_the_persons_keys(database_url: str, tmp_path: Path) -> None:
    old(database_url)

    async def run() -> None:
        async with office(database_url, tmp_path) as place:
            assert await converted(place.engine, place.held, place.subjects) == len(PEOPLE) + 1
            await whole(place)
            before = await rows(place.engine)
            assert await converted(place.engine, place.held, place.subjects) == 0 and await rows(place.engine) == before
            await place.requests.fulfil(who(), await verified(place, RequestKind.ERASURE, PEOPLE[0]))
            left = await rows(place.engine)
            assert [len(left[table]) for table in ("orders", "fraud_decisions", "fraud_devices")] == [3, 2, 2]

    asyncio.run(run())


def test_stopped_anywhere_it_goes_on(sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old(sqlite)
    real, left = conversion._write, list[int](range(12))

    async def stopping(*args: Any) -> None:
        await real(*args)
        if left and left.pop():
            raise KeyboardInterrupt

    async def run() -> None:
        async with office(sqlite, tmp_path) as place:
            monkeypatch.setattr(conversion, "_write", stopping)
            for _ in range(20):
                try:
                    await converted(place.engine, place.held, place.subjects)
                    break
                except KeyboardInterrupt:
                    continue
            assert not left
            await whole(place)

    asyncio.run(run())
