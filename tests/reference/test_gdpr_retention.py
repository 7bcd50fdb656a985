"""Retention from the date of the event, and what the operator is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from reference_impl import folder
from reference_impl.__main__ import main
from reference_impl.database import connect, transaction
from reference_impl.demo import access_token
from reference_impl.gdpr import datamap
from reference_impl.gdpr.model import Profile, RequestKind
from reference_impl.gdpr.retention import Retention
from reference_impl.gdpr.store import REQUESTS
from reference_impl.keys.model import ERASED
from tests.reference.gdpr_parts import AT, CANARY, METADATA, Office, office, rows, settle, tag_of, verified, who
from tests.reference.running import Shop, environment_of

Work = Callable[[Office], Awaitable[None]]
START = datetime(AT.year, AT.month, AT.day, tzinfo=timezone.utc)


def on(url: str, place: Path, work: Work) -> None:
    async def run() -> None:
        async with office(url, place) as one:
            await work(one)

    asyncio.run(run())


async def run(place: Office, now: datetime) -> dict[str, int]:
    """What went, but for tables of which nothing went."""
    place.clock.now = now
    done = await Retention(place.engine, place.held, place.subjects, place.clock).run()
    return {name: count for name, count in done.items() if count}


def test_each_category_has_its_time(database_url: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        await settle(place, "m1", "canary", CANARY)
        assert await run(place, START + timedelta(days=89)) == {"gdpr_exports": 1}
        assert await run(place, START + timedelta(days=90)) == {"fraud_devices": 1}
        assert await run(place, START + timedelta(days=729)) == {}
        assert await run(place, START + timedelta(days=730)) == {"gdpr_behaviour": 2}
        assert await run(place, START + timedelta(days=1094)) == {}
        gone = await run(place, START + timedelta(days=1095))
        assert gone == {
            "fraud_reviews": 2,
            "fraud_decisions": 2,
            "gdpr_profiles": 1,
            "gdpr_subjects": 1,
            "gdpr_links": 2,
            "tokens": 2,
            "fingerprints": 2,
            "payment_methods": 1,
            "customers": 1,
            "incidents": 1,
            "measures": 2,
        }
        (charge,) = (await rows(place.engine))["hosted_charges"]
        assert charge["payment_method"] == ERASED, "the law wants the charge, and not what is printed on the card"
        assert await run(place, START + timedelta(days=2555)) == {}, "seven years have two leap days"
        assert await run(place, datetime(2033, 11, 21, 23, 59, tzinfo=timezone.utc)) == {}
        gone = await run(place, datetime(2033, 11, 22, tzinfo=timezone.utc))
        assert gone == {"orders": 2, "payments": 3, "hosted_charges": 1, "hosted_refunds": 1}

    on(database_url, tmp_path, work)


def test_an_erasure_does_not_start_the_clock_anew(sqlite: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        await settle(place, "m1", "canary", CANARY)
        place.clock.now = AT + timedelta(days=300)
        await place.requests.fulfil(who(), await verified(place, RequestKind.ERASURE, "canary"))
        gone = await run(place, datetime(2033, 11, 22, tzinfo=timezone.utc))
        assert gone["payments"] == 3 and gone["orders"] == 2

    on(sqlite, tmp_path, work)


def test_what_is_used_and_who_is_a_customer_stays(database_url: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        await settle(place, "m1", "canary", CANARY)
        await settle(place, "m1", "bystander", Profile("Somebody"))
        later, orders = AT + timedelta(days=800), METADATA.tables["orders"]
        async with transaction(place.engine) as connection:
            mine = orders.c.id == f"ord_0{tag_of('canary')}"
            await connection.execute(update(orders).where(mine).values(created_at=later))
        await run(place, START + timedelta(days=1095))
        left = await rows(place.engine)
        assert [row["token"] for row in left["tokens"]] == [f"tok_{tag_of('canary')}"]
        assert len(left["gdpr_profiles"]) == 1 and len(left["gdpr_links"]) == 2 and len(left["fingerprints"]) == 1
        await run(place, later + timedelta(days=1096))
        left = await rows(place.engine)
        assert not left["tokens"] and not left["gdpr_profiles"] and len(left["orders"]) == 4

    on(database_url, tmp_path, work)


def test_what_is_restricted_stays(sqlite: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        await settle(place, "m1", "canary", CANARY)
        await settle(place, "m1", "bystander", Profile("Somebody"))
        await place.requests.fulfil(who(), await verified(place, RequestKind.RESTRICTION, "canary"))
        before = await rows(place.engine)
        await run(place, datetime(2040, 1, 1, tzinfo=timezone.utc))
        after = await rows(place.engine)
        for table in ("orders", "payments", "tokens", "gdpr_profiles", "gdpr_behaviour", "fraud_devices"):
            ours = [row for row in before[table] if "canary" in repr(row) or tag_of("canary") in repr(row)]
            assert len(after[table]) == (len(ours) or 1), table

    on(sqlite, tmp_path, work)


def test_many_rows_go_in_several_transactions(sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reference_impl.gdpr.retention._AT_ONCE", 3)

    async def work(place: Office) -> None:
        await settle(place, "m1", "canary", CANARY, times=10)
        gone = await run(place, datetime(2040, 1, 1, tzinfo=timezone.utc))
        assert gone["orders"] == 10 and gone["payments"] == 11
        left = await rows(place.engine)
        assert not [name for name in place.held.order if left[name] and name != "gdpr_requests"]

    on(sqlite, tmp_path, work)


def privacy(shop: Shop, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["privacy", *words], env=environment_of(shop.settings))
    return done.exit_code, done.output


def test_the_operator_beside_the_running_service(shop: Shop) -> None:
    body = {"kind": "access", "customer": "c1", "received_on": "2026-01-31"}
    made = shop.client.post("/v1/privacy/requests", json=body).raise_for_status().json()
    assert made["due_on"] == "2026-02-28"
    code, said = privacy(shop, "due")
    assert code == 1 and f"2026-02-28\toverdue\tdemo\t{made['id']}\taccess\treceived" in said
    assert "c1" not in said.replace(made["id"], "")
    assert privacy(shop, "resume") == (0, "0 erasures were ended.\n")
    broken_off(shop)
    assert privacy(shop, "resume") == (0, "1 erasures were ended.\n")
    assert privacy(shop, "retention") == (0, "0 rows were over their time and are deleted.\n")
    code, said = privacy(shop, "ropa", "--format", "json")
    record, held = json.loads(said), datamap.load()
    assert code == 0 and record["version"] == held.version and "not set" in record["controller"]
    told = {each["table"] for one in record["activities"] for each in one["data"]}
    assert told == {name for name, table in held.tables.items() if table.category}
    code, said = privacy(shop, "ropa")
    assert code == 0
    for table in told:
        assert f"| {table} |" in said
    for words in ("Art. 6(1)(c)", "2555 days, 7 years at least", "730 days", "Automated decisions", "Measures"):
        assert words in said


def broken_off(shop: Shop) -> None:
    """An erasure that somebody began and nobody ended."""
    asked = (
        shop.client.post("/v1/privacy/requests", json={"kind": "erasure", "customer": "c2"}).raise_for_status().json()
    )
    colleague = {"Authorization": f"Bearer {access_token(shop.place, 'grace')}"}
    proof = {"proof": asked["proof"]}
    path = f"/v1/privacy/requests/{asked['id']}/identity"
    shop.client.post(path, json=proof, headers=colleague).raise_for_status()

    async def begin() -> None:
        engine = connect(folder.database_url(shop.settings))
        async with transaction(engine) as connection:
            begun = update(REQUESTS).where(REQUESTS.c.id == asked["id"]).values(state="running")
            assert (await connection.execute(begun)).rowcount == 1
        await engine.dispose()

    asyncio.run(begin())


def test_the_operator_is_told_what_is_wrong(shop: Shop) -> None:
    away = shop.settings.model_copy(update={"database_url": "postgresql+asyncpg://payment@127.0.0.1:1/none"})
    done = CliRunner().invoke(main, ["privacy", "due"], env=environment_of(away))
    assert done.exit_code == 3 and "does not answer" in done.output
    other = shop.settings.data_folder / "other.db"
    elsewhere = shop.settings.model_copy(update={"subject_keys_url": f"sqlite+aiosqlite:///{other}"})
    done = CliRunner().invoke(main, ["privacy", "due"], env=environment_of(elsewhere))
    assert done.exit_code == 2 and "subject_keys_url" in done.output
