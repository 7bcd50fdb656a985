"""Orders in the database: many at once, one for each key, and the first outcome stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from sqlalchemy.ext.asyncio import AsyncConnection

from reference_impl.database import connect, transaction
from reference_impl.events.model import new_order_id
from reference_impl.migrations import migrate
from reference_impl.money import Money
from reference_impl.orders import store
from reference_impl.orders.model import Order, OrderState, Wish
from reference_impl.orders.store import Asked, Change, Name

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
LATER = NOW + timedelta(seconds=5)


def order(key: str, tenant: str = "m1") -> Order:
    return Order(
        tenant,
        new_order_id(),
        key,
        "0" * 64,
        OrderState.CREATED,
        Money(1250, "EUR"),
        "customer-1",
        "shop-1",
        "tok_" + "a" * 43,
        payment=None,
        recommendation=None,
        reasons=(),
        created_at=NOW,
        updated_at=NOW,
    )


def change(of: Order, state: str, *reasons: str, payment: str | None = None) -> Change:
    return Change(of.tenant, of.id, state, payment, "review" if state == "flagged" else None, reasons, LATER)


@asynccontextmanager
async def database(url: str) -> AsyncIterator[AsyncConnection]:
    await migrate(url)
    engine = connect(url)
    async with transaction(engine) as connection:
        yield connection
    await engine.dispose()


def test_one_order_for_each_key_of_a_tenant(database_url: str) -> None:
    orders = [order("first-key"), order("other-key"), order("first-key"), order("first-key", "m2")]

    async def run() -> None:
        async with database(database_url) as connection:
            new = await store.add(connection, orders)
            assert new == {orders[0].id, orders[1].id, orders[3].id}
            assert await store.add(connection, [order("other-key")]) == set()
            wanted = [Name("m1", "first-key"), Name("m2", "first-key"), Name("m2", "other-key")]
            assert await store.by_key(connection, [Asked(name) for name in wanted]) == [orders[0], orders[3], None]
            names = [Name("m1", orders[0].id), Name("m2", orders[0].id)]
            assert await store.by_id(connection, names) == {names[0]: orders[0]}

    asyncio.run(run())


def test_a_key_of_another_customer_is_found_by_what_both_have_of_the_day(database_url: str) -> None:
    first = replace(order("one-customers"), retry_digest="of the day")
    later = [replace(order("another-customers"), retry_digest=digest) for digest in ("of the day", "of the next")]

    async def run() -> None:
        async with database(database_url) as connection:
            assert await store.add(connection, [first, later[0]]) == {first.id}
            retries = tuple(Name("m1", digest) for digest in ("of the next", "of the day"))
            asked = Asked(Name("m1", "another-customers"), retries)
            assert await store.by_key(connection, [asked]) == [first]
            assert await store.add(connection, [later[1]]) == {later[1].id}
            assert await store.by_key(connection, [asked]) == [later[1]], "their own comes first"

    asyncio.run(run())


def test_the_first_outcome_stands_and_nothing_comes_after_it(database_url: str) -> None:
    orders = [order(f"order-key-{number}") for number in range(4)]
    first, second, third, fourth = orders

    async def run() -> None:
        async with database(database_url) as connection:
            await store.add(connection, orders)
            tokenized = [change(each, "tokenized") for each in (first, second)]
            await store.reach(connection, [*tokenized, change(third, "failed", "not_found")])
            late = [change(third, "tokenized"), change(third, "authorized", payment="pay_x")]
            flagged = change(second, "flagged", "velocity", "engine_lost", payment="pay_2")
            foreign = change(replace(fourth, tenant="m2"), "failed", "declined")
            await store.reach(connection, [*late, flagged, foreign])
            found = await store.by_id(connection, [Name("m1", each.id) for each in orders])
            told = [found["m1", each.id] for each in orders]
            assert [each.state.value for each in told] == ["tokenized", "flagged", "failed", "created"]
            assert [tuple(each.reasons) for each in told] == [(), ("velocity", "engine_lost"), ("not_found",), ()]
            assert [each.payment for each in told] == [None, "pay_2", None, None]
            assert (told[1].recommendation, told[1].updated_at, told[3].updated_at) == ("review", LATER, NOW)

    asyncio.run(run())


def test_a_digest_is_of_all_that_is_ordered() -> None:
    wish = Wish(Money(1250, "EUR"), "customer-1", "shop-1", token="tok_" + "a" * 43, device="device-1")
    others = [
        replace(wish, **{name: value})
        for name, value in {
            "money": Money(1251, "EUR"),
            "customer": "customer-2",
            "merchant": "shop-2",
            "token": "tok_" + "b" * 43,
            "envelope": "a.b.c.d.e",
            "device": None,
        }.items()
    ]
    assert len({each.digest for each in (wish, *others)}) == 7
    assert replace(wish).digest == wish.digest
