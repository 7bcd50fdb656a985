"""Erasure: everywhere it should be and nowhere else, whatever step is killed; what stays tells nothing of anybody."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as hooks
from sqlalchemy import update

from reference_impl.database import transaction
from reference_impl.errors import ConflictError, IntegrityError, UnavailableError
from reference_impl.gdpr import datamap
from reference_impl.gdpr.datamap import Erased, Erasure
from reference_impl.gdpr.model import Profile, RequestKind, RequestState
from reference_impl.keys.model import ERASED
from tests.reference.gdpr_parts import CANARY, METADATA, Office, office, rows, settle, tag_of, verified, who

OTHERS = [("m1", "bystander"), ("m2", "canary"), ("m1", "canary-2")]
"""Somebody else, somebody of the same name of another tenant, and one whose name begins alike."""


async def populated(place: Office) -> str:
    for tenant, customer in OTHERS:
        await settle(place, tenant, customer, Profile(f"Somebody {customer}"))
    return await settle(place, "m1", "canary", CANARY)


def canaries(place: Office, found: Any) -> list[str]:
    """Columns with anything in them of the canary of tenant m1, but for ids that are kept; in the other tenant's it
    stays.
    """
    return [
        f"{name}.{column}"
        for name, content in found.items()
        for row in content
        for column, value in row.items()
        if row.get("tenant", "m1") == "m1" and says_canary(value)
        if not (TAG in str(value) and place.held.tables[name].erasure and kept(place, name, column))
    ]


def kept(place: Office, table: str, column: str) -> bool:
    said = place.held.tables[table]
    return said.erasure is Erasure.REDUCE and said.becomes(column) is Erased.KEEP


TAG = tag_of("canary")


def says_canary(value: object) -> bool:
    text = repr(value).replace("canary-2", "").replace(tag_of("canary-2"), "")
    return "canary" in text or TAG in text


def test_the_canary_is_erased_everywhere_and_nobody_else(database_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with office(database_url, tmp_path) as place:
            subject = await populated(place)
            name = await verified(place, RequestKind.ERASURE, "canary")
            before = await rows(place.engine)
            assert {*canaries(place, before)} >= {
                "orders.token",
                "tokens.token",
                "fraud_reviews.id",
                "customers.id",
            }
            for table, said in place.held.tables.items():
                assert before[table] or not said.whose, f"nothing is in {table}: the test would not see it"
            done = (await place.requests.fulfil(who(), name)).request
            after = await rows(place.engine)
            assert done.state is RequestState.FULFILLED
            only_the_canary_changed(place, before, after, subject)
            assert canaries(place, after) == []
            assert await place.subjects.customer("m1", subject) is None
            assert await place.subjects.find("m1", "canary") is None
            assert [each[:2] for each in place.outside.forgotten] == [("m1", subject)]
            assert f"tok_{TAG}" in place.outside.forgotten[0][2] and "dev-canary" in place.outside.forgotten[0][3]
            the_report(place, done.outcome)

    asyncio.run(run())


def only_the_canary_changed(place: Office, before: Any, after: Any, subject: str) -> None:
    """Rows of others are what they were, down to the last column, but for the note of what was done."""
    for table in METADATA.tables:
        if table in {"gdpr_steps", "gdpr_requests", "data_keys"}:
            continue
        others = [row for row in before[table] if not is_canarys(row, subject)]
        assert [row for row in others if row not in after[table]] == [], table
        said = place.held.tables[table]
        mine = len(before[table]) - len(others)
        new = [row for row in after[table] if row not in before[table]]
        if said.erasure is Erasure.DELETE:
            stands_in = [row for row in new if ERASED in row.values()]
            assert len(after[table]) == len(others) + len(stands_in), table
        elif said.erasure is Erasure.REDUCE:
            assert len(new) == mine > 0, table
            for row in new:
                reduced(said, row)


def is_canarys(row: dict[str, Any], subject: str) -> bool:
    if subject in (row.get("subject"), row.get("customer"), row.get("account")):
        return True
    return row.get("tenant") == "m1" and any(map(says_canary, row.values()))


def reduced(said: Any, row: dict[str, Any]) -> None:
    for column, value in row.items():
        becomes = said.becomes(column)
        if becomes is Erased.ERASED:
            assert value == ERASED, column
        elif becomes is Erased.BLANK:
            assert not value, column
        elif becomes is Erased.RANDOM:
            assert value.startswith("~") and len(value) == 33, column
        elif becomes is Erased.DAY:
            assert (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0) and value.tzinfo, column


def the_report(place: Office, outcome: Any) -> None:
    deleted = {each["holds"] for each in outcome["deleted"]}
    assert place.held.tables["fraud_devices"].holds in deleted
    retained = {each["holds"]: each for each in outcome["retained"]}
    orders = retained[place.held.tables["orders"].holds]
    assert (orders["category"], orders["basis"], orders["rows"]) == ("payment", "legal_obligation", 2)
    assert orders["until"] == "2033-11-22" and "17(3)(b)" in orders["reason"], "seven years from the payment's date"
    assert {each["store"] for each in [*outcome["deleted"], *outcome["retained"]]} >= {
        "payments",
        "vault",
        "users",
        "analytics",
    }
    assert "canary" not in repr(outcome)


def test_an_erasure_that_was_not_verified_does_nothing(database_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with office(database_url, tmp_path) as place:
            await populated(place)
            received = await place.requests.receive(who("erin"), RequestKind.ERASURE, "canary")
            before = await rows(place.engine)
            with pytest.raises(Exception, match="identity"):
                await place.requests.fulfil(who(), received.request.id)
            assert await rows(place.engine) == before

    asyncio.run(run())


@pytest.mark.parametrize(
    ("table", "state"),
    [("orders", "tokenized"), ("payments", "unknown"), ("hosted_charges", "started"), ("fraud_reviews", "open")],
)
def test_what_is_under_way_is_waited_for(sqlite: str, tmp_path: Path, table: str, state: str) -> None:
    async def run() -> None:
        async with office(sqlite, tmp_path) as place:
            await populated(place)
            name = await verified(place, RequestKind.ERASURE, "canary")
            which = METADATA.tables[table]
            mine = which.c.tenant == "m1", which.c.id.endswith(TAG)
            async with transaction(place.engine) as connection:
                await connection.execute(update(which).where(*mine).values(state=state))
            before = await rows(place.engine)
            with pytest.raises(ConflictError, match=f"{table} is under way"):
                await place.requests.fulfil(who(), name)
            assert await rows(place.engine) == before
            async with transaction(place.engine) as connection:
                await connection.execute(
                    update(which).where(*mine).values(state="upheld" if "fraud" in table else "failed")
                )
            assert (await place.requests.fulfil(who(), name)).request.state is RequestState.FULFILLED

    asyncio.run(run())


def test_a_card_that_is_also_another_persons_stays(database_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with office(database_url, tmp_path) as place:
            await populated(place)
            orders, tokens = METADATA.tables["orders"], METADATA.tables["tokens"]
            async with transaction(place.engine) as connection:
                shared = update(orders).where(orders.c.id == f"ord_0{tag_of('bystander')}").values(token=f"tok_{TAG}")
                await connection.execute(shared)
            name = await verified(place, RequestKind.ERASURE, "canary")
            await place.requests.fulfil(who(), name)
            left = {row["token"] for row in (await rows(place.engine))[tokens.name] if row["tenant"] == "m1"}
            assert f"tok_{TAG}" in left and f"tok_direct_{TAG}" not in left

    asyncio.run(run())


class Stopped(BaseException):
    """As a kill: nothing catches it."""


@pytest.mark.parametrize("after", [True, False], ids=["after", "before"])
def test_stopped_at_any_step_it_goes_on(sqlite: str, tmp_path: Path, after: bool) -> None:
    """In this process, at every step; `test_gdpr_killed` kills real ones."""

    async def run() -> None:
        async with office(sqlite, tmp_path) as place:
            subject = await populated(place)
            name = await verified(place, RequestKind.ERASURE, "canary")
            before = await rows(place.engine)
            real, stops = place.erasures._do, list(place.erasures.steps)

            async def stopping(person: Any, request: str, step: str) -> bool:
                stop = stops and stops[0] == step
                if stop and not after:
                    stops.pop(0)
                    raise Stopped
                done = await real(person, request, step)
                if stop:
                    stops.pop(0)
                    raise Stopped
                return done

            place.erasures._do = stopping  # type: ignore[method-assign]
            with pytest.raises(Stopped):
                await place.requests.fulfil(who(), name)
            for _ in range(len(place.erasures.steps) + 1):
                try:
                    await place.requests.resume()
                    break
                except Stopped:
                    continue
            assert stops == []
            done = await place.requests.find(who(), name)
            assert done.state is RequestState.FULFILLED
            found = await rows(place.engine)
            only_the_canary_changed(place, before, found, subject)
            assert canaries(place, found) == []
            the_report(place, done.outcome)

    asyncio.run(run())


def test_what_came_in_meanwhile_is_erased_too(sqlite: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with office(sqlite, tmp_path) as place:
            subject = await populated(place)
            name = await verified(place, RequestKind.ERASURE, "canary")
            real, late = place.erasures._do, []

            async def interrupted(person: Any, request: str, step: str) -> bool:
                done = await real(person, request, step)
                if step == "orders" and not late:
                    late.append(step)
                    device = (
                        METADATA.tables["fraud_devices"]
                        .insert()
                        .values(
                            tenant="m1",
                            customer=subject,
                            digest="late",
                            sealed=b"late",
                            last_seen=place.clock(),
                        )
                    )
                    async with transaction(place.engine) as connection:
                        await connection.execute(device)
                return done

            place.erasures._do = interrupted  # type: ignore[method-assign]
            done = (await place.requests.fulfil(who(), name)).request
            assert canaries(place, await rows(place.engine)) == []
            devices = next(one for one in done.outcome["deleted"] if "Devices" in one["holds"])
            assert devices["rows"] == 2

    asyncio.run(run())


def test_an_order_that_ends_between_two_steps_leaves_no_payment(database_url: str, tmp_path: Path) -> None:
    """Payments are found through orders: the step of orders looks for payments once more."""

    async def run() -> None:
        async with office(database_url, tmp_path) as place:
            subject = await populated(place)
            name = await verified(place, RequestKind.ERASURE, "canary")
            real, late = place.erasures._do, list[str]()
            same = {
                "tenant": "m1",
                "amount": 5,
                "currency": "EUR",
                "created_at": place.clock(),
                "updated_at": place.clock(),
            }
            same |= {"token": "tok_late", "request_digest": "h" * 64, "state": "authorized"}
            order = same | {"id": "ord_late", "customer": subject, "idempotency_key": "late", "merchant": "shop-1"}
            payment = same | {"id": "pay_late", "idempotency_key": "ord_late", "attempt": 1}

            async def interrupted(person: Any, request: str, step: str) -> bool:
                done = await real(person, request, step)
                if step == "payments" and not late:
                    late.append(step)
                    async with transaction(place.engine) as connection:
                        rows = order | {"payment": "pay_late", "reasons": []}
                        await connection.execute(METADATA.tables["orders"].insert().values(**rows))
                        await connection.execute(METADATA.tables["payments"].insert().values(**payment))
                return done

            place.erasures._do = interrupted  # type: ignore[method-assign]
            done = (await place.requests.fulfil(who(), name)).request
            (left,) = [row for row in (await rows(place.engine))["payments"] if row["id"] == "pay_late"]
            assert left["token"] == ERASED and left["idempotency_key"].startswith("~")
            paid = next(one for one in done.outcome["retained"] if "stored card" in one["holds"])
            assert paid["rows"] == 4

    asyncio.run(run())


def test_a_key_that_is_gone_too_early_is_told_and_nothing_is_said_to_be_done(sqlite: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with office(sqlite, tmp_path) as place:
            subject = await populated(place)
            await place.subjects.destroy("m1", subject)
            with pytest.raises(IntegrityError, match="gone before"):
                await place.erasures.run("m1", "prq_1", subject)

    asyncio.run(run())


def test_counters_that_do_not_answer_hold_it_up_and_nothing_is_lost(sqlite: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with office(sqlite, tmp_path) as place:
            await populated(place)
            name = await verified(place, RequestKind.ERASURE, "canary")
            real, before = place.outside.forget, await rows(place.engine)

            async def away(*_: Any) -> None:
                raise UnavailableError("the velocity counters do not answer")

            place.outside.forget = away  # type: ignore[method-assign]
            with pytest.raises(UnavailableError):
                await place.requests.fulfil(who(), name)
            with pytest.raises(UnavailableError):
                await place.requests.resume()
            found = await place.requests.find(who(), name)
            assert found.state is RequestState.RUNNING, "it is not said to be done"
            assert (await rows(place.engine))["orders"] == before["orders"]
            place.outside.forget = real  # type: ignore[method-assign]
            assert await place.requests.resume() == 1
            assert canaries(place, await rows(place.engine)) == []

    asyncio.run(run())


def test_every_statement_names_the_tenant(database_url: str, tmp_path: Path) -> None:
    """Of all that answers a person: with each table that has one, the tenant is compared."""
    statements: list[str] = []

    async def run() -> None:
        async with office(database_url, tmp_path) as place:
            subject = await populated(place)
            names = {kind: await verified(place, kind, "canary") for kind in (RequestKind.ACCESS, RequestKind.ERASURE)}

            def noted(*args: Any) -> None:
                statements.append(args[2])

            hooks.listen(place.engine.sync_engine, "before_cursor_execute", noted)
            await place.profiles.read(who(), subject)
            await place.profiles.figures(who())
            await place.requests.due(who(), None)
            for name in names.values():
                await place.requests.fulfil(who(), name)

    asyncio.run(run())
    seen: set[str] = set()
    for statement in statements:
        for part in re.split(r"(?=SELECT |UPDATE |DELETE )", statement):
            found = re.match(r"(?:SELECT .*?FROM|UPDATE|DELETE FROM) (\w+)", part, re.DOTALL)
            if found is None or "tenant" not in getattr(METADATA.tables.get(found[1]), "columns", {}):
                continue
            seen.add(found[1])
            assert re.search(rf"{found[1]}\.tenant(?: AS \w+)? = ", part), part
    assert seen >= {name for name, table in datamap.load().tables.items() if table.whose}
