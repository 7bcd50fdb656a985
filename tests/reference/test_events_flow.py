"""Orders on their way: out of the outbox once or twice, into effect once, in order; or to the dead letters and back."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import connect, transaction
from reference_impl.errors import ConflictError, InvalidInputError, UnavailableError
from reference_impl.events import dead_letters
from reference_impl.events.applying import Effect
from reference_impl.events.consumer import Consumer
from reference_impl.events.flow import GROUP, Flow
from reference_impl.events.local import LocalLog
from reference_impl.events.log import EventLog, Message
from reference_impl.events.model import Event, EventType, OrderCreated, Verdict
from reference_impl.events.outbox import Outbox, Relay
from reference_impl.events.sealing import Sealer
from reference_impl.events.store import OUTBOX
from reference_impl.events.waiting import Retries
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.migrations import migrate
from tests.reference.event_doubles import (
    DECLINED,
    NOT_ASSESSED,
    PASSES,
    RISKY,
    UNKNOWN_CARD,
    Cards,
    Charging,
    Scores,
    charged,
    effects,
    make_tables,
    seen,
    write_effects,
)
from tests.reference.event_logs import DerivedKeys, Opened, order, running, taken, until
from tests.reference.memory_wrapper import MemoryWrapper

SEALER = Sealer(DerivedKeys())
QUICK = Retries(attempts=4, first_seconds=0.01)


@asynccontextmanager
async def database(url: str) -> AsyncIterator[AsyncEngine]:
    await migrate(url)
    engine = connect(url)
    await make_tables(engine)
    yield engine
    await engine.dispose()


async def add(engine: AsyncEngine, *events: Event) -> None:
    async with transaction(engine) as connection:
        await Outbox(SEALER).add(connection, events)


class Counted:
    """Implements `Watch`."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def ended(self, group: str, topic: str, outcome: str) -> None:
        self.counts[topic, outcome] += 1


def recorder(written: list[Event], failing: Any = None) -> Any:
    """A handler whose effect is a row for each event; `failing`: asked first, raises."""

    async def handle(event: Event) -> Effect:
        written.append(event)
        if failing:
            failing(event)
        return Effect(write_effects, {"order": event.order, "type": event.type.value, "reason": event.id})

    return handle


def consumer(log: EventLog, engine: AsyncEngine, handler: Any, **options: Any) -> Consumer:
    handlers = {EventType.ORDER_CREATED: handler}
    return Consumer(log, SEALER, engine, "test", handlers, **{"retries": QUICK} | options)


def same_order(count: int) -> list[OrderCreated]:
    """Events with one key."""
    first = order()
    return [first, *(order().model_copy(update={"order": first.order}) for _ in range(count - 1))]


@asynccontextmanager
async def local(tmp_path: Path) -> AsyncIterator[EventLog]:
    async with LocalLog.open(tmp_path / "own log", partitions=3) as log:
        yield log


def test_every_order_ends_in_one_outcome(event_log: Opened, database_url: str) -> None:
    amounts = [PASSES, UNKNOWN_CARD, DECLINED, RISKY, NOT_ASSESSED] * 8
    orders = [order(f"tenant-{n % 3}", amount=amount) for n, amount in enumerate(amounts)]

    async def run() -> None:
        async with event_log() as log, database(database_url) as engine:
            charging, scores = Charging(engine, failures=3), Scores()
            flow, watch = Flow(Cards(), charging, scores, Outbox(SEALER).add), Counted()
            parts = (
                Relay(engine, log, SEALER).run,
                Consumer(log, SEALER, engine, GROUP + log_name, flow.handlers, retries=QUICK, watch=watch).run,
                Consumer(log, SEALER, engine, "effects" + log_name, effects(), retries=QUICK).run,
            )
            async with running(*parts):
                await add(engine, *orders)
                ours = {each.order for each in orders}

                async def done() -> bool:
                    return len({found[0] for found in await seen(engine)} & ours) == len(orders)

                await until(done)
            found = [each for each in await seen(engine) if each[0] in ours]
            outcome = {
                PASSES: ("payment.authorized", None),
                UNKNOWN_CARD: ("payment.failed", "not_found"),
                DECLINED: ("payment.failed", "insufficient_funds"),
                RISKY: ("payment.flagged", "block"),
                NOT_ASSESSED: ("payment.flagged", "review"),
            }
            assert sorted(found) == sorted((each.order, *outcome[each.amount]) for each in orders)
            taken_money = {each.order for each in orders if each.amount in (PASSES, RISKY, NOT_ASSESSED)}
            assert set(await charged(engine)) == taken_money
            assert set(scores.told) == {each.order for each in orders if each.amount == DECLINED}
            assert watch.counts["payment.tokenized", "retried"] == 3

    log_name = database_url[:6]
    asyncio.run(run())


def test_a_verdict_that_is_none_lets_nothing_through() -> None:
    for risk, word in ((float("nan"), "approve"), (-0.1, "approve"), (1.1, "block"), (0.5, "Look: 4111"), (0.5, "")):
        with pytest.raises(InvalidInputError):
            Verdict(word, risk)
    with pytest.raises(InvalidInputError):
        Verdict("review", 0.5, ("free text",))


def test_what_is_rolled_back_was_never_announced(database_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with local(tmp_path) as log, database(database_url) as engine:
            with pytest.raises(ZeroDivisionError):
                async with transaction(engine) as connection:
                    await Outbox(SEALER).add(connection, [order()])
                    raise ZeroDivisionError
            kept = order()
            await add(engine, kept)
            with pytest.raises(InvalidInputError):
                await add(engine, kept.model_copy(update={"customer": "4111111111111111"}))
            assert await Relay(engine, log, SEALER).once() == 1
            async with log.subscribe(["order.created"], "reader") as subscription:
                (received,) = await taken(subscription, 1)
                assert (await SEALER.open(received.message)).id == kept.id
                assert await subscription.take(1, 0.05) == []

    asyncio.run(run())


class Crashing:
    """A log that has what was published, and does not live to say so."""

    def __init__(self, log: EventLog, crashes: int) -> None:
        self._log, self._crashes = log, crashes

    async def publish(self, messages: Mapping[str, Sequence[Message]]) -> None:
        await self._log.publish(messages)
        if self._crashes:
            self._crashes -= 1
            raise UnavailableError("crashed")

    def subscribe(self, topics: Collection[str], group: str) -> Any:
        return self._log.subscribe(topics, group)


def test_what_is_published_twice_takes_effect_once(event_log: Opened, database_url: str) -> None:
    orders = [order() for _ in range(30)]

    async def run() -> None:
        async with event_log() as log, database(database_url) as engine:
            relay, watch, written = Relay(engine, Crashing(log, 2), SEALER, poll_seconds=0.01), Counted(), list[Event]()
            await add(engine, *orders)
            group = "twice" + database_url[:6]
            handlers = {EventType.ORDER_CREATED: recorder(written)}
            reader = Consumer(log, SEALER, engine, group, handlers, retries=QUICK, watch=watch)
            async with running(relay.run, reader.run, reader.run):
                await until(lambda: watch.counts["order.created", "doubled"] >= 60)
            ids = [found[2] for found in await seen(engine)]
            assert set(ids) >= {each.id for each in orders}
            assert len(ids) == len(set(ids))

    asyncio.run(run())


def test_one_relay_at_a_time_and_the_next_when_it_is_gone(database_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with local(tmp_path) as log, database(database_url) as engine:
            now = [datetime(2026, 11, 22, 12, tzinfo=timezone.utc)]
            first, second = (Relay(engine, log, SEALER, lambda: now[0]) for _ in range(2))
            await add(engine, order())
            assert await first.once() == 1
            await add(engine, order())
            assert await second.once() == 0
            now[0] += timedelta(seconds=5)
            assert await first.once() == 1
            await add(engine, order())
            now[0] += timedelta(seconds=9)
            assert await second.once() == 0
            now[0] += timedelta(seconds=2)  # the first is gone, and its lease runs out
            assert await second.once() == 1
            await add(engine, order())
            assert await first.once() == 0
            stop = asyncio.Event()
            stop.set()
            await second.run(stop)  # takes along what there is, and leaves in good order
            assert await first.once() == 0
            await add(engine, order())
            assert await first.once() == 1

    asyncio.run(run())


def test_an_event_that_can_never_be_sent_holds_up_no_other(database_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with local(tmp_path) as log, database(database_url) as engine:
            bad, good = order(), order()
            await add(engine, bad, good)
            async with transaction(engine) as connection:
                await connection.execute(update(OUTBOX).where(OUTBOX.c.id == bad.id).values(schema=7))
            relay = Relay(engine, log, SEALER)
            assert await relay.once() == 2
            assert await relay.once() == 0
            async with transaction(engine) as connection:
                rows = (await connection.execute(select(OUTBOX.c.id, OUTBOX.c.refused))).all()
            assert {tuple(row) for row in rows} == {(bad.id, "invalid_input"), (good.id, None)}

    asyncio.run(run())


def test_events_of_one_order_stay_in_order_whatever_fails(database_url: str, tmp_path: Path) -> None:
    chains = [same_order(6) for _ in range(5)]
    written: list[Event] = []

    def failing(event: Event) -> None:
        if written.count(event) < 3 and event in [chain[2] for chain in chains]:
            raise (UnavailableError if written.count(event) == 1 else ConflictError)("not now")

    async def run() -> None:
        async with local(tmp_path) as log, database(database_url) as engine:
            for events in zip(*chains, strict=True):
                await add(engine, *events)
            relay, reader = Relay(engine, log, SEALER, batch=7), consumer(log, engine, recorder(written, failing))
            async with running(relay.run, reader.run):

                async def done() -> bool:
                    return len(await seen(engine)) >= 30

                await until(done)
            found = await seen(engine)
            assert len(found) == 30
            for chain in chains:
                assert [each[2] for each in found if each[0] == chain[0].order] == [each.id for each in chain]

    asyncio.run(run())


def test_what_cannot_be_processed_waits_with_the_dead_and_comes_back(event_log: Opened, database_url: str) -> None:
    events, broken = [order() for _ in range(6)], [True]
    bad = {events[1].id, events[4].id}
    written: list[Event] = []
    group = "dead" + database_url[:6]

    def failing(event: Event) -> None:
        if broken and event.id in bad:
            raise UnavailableError("never") if event.id == events[1].id else InvalidInputError("no")

    async def run() -> None:
        async with event_log() as log, database(database_url) as engine:
            watch = Counted()
            handlers = {EventType.ORDER_CREATED: recorder(written, failing)}
            reader = Consumer(log, SEALER, engine, group, handlers, retries=QUICK, watch=watch)
            await add(engine, *events)
            while await Relay(engine, log, SEALER, lease=timedelta(0)).once():
                pass
            forged = await SEALER.seal(order())
            await log.publish({"order.created": [Message(forged.key, forged.value[:-1], forged.headers)]})
            await log.publish({"order.created": [Message("", b"", {})]})
            async with running(reader.run):
                await until(lambda: watch.counts["order.created", "dead"] >= 4)

                async def others() -> bool:
                    return {each.id for each in events} - bad <= {found[2] for found in await seen(engine)}

                await until(others)
            async with log.subscribe(["order.created.dead"], f"look {group}") as subscription:
                ours = [each.message for each in await taken(subscription, watch.counts["order.created", "dead"])]
            ours = [each for each in ours if each.headers["dead-group"] == group]
            reasons = Counter(each.headers["dead-reason"] for each in ours)
            assert reasons == {"unavailable": 1, "invalid_input": 2, "integrity_error": 1}
            assert all(each.headers.keys() >= {"dead-at", "dead-reason"} for each in ours)
            broken.clear()
            assert await dead_letters.redrive(log, "order.created", 10_000) >= 4
            async with running(reader.run):

                async def all_of_them() -> bool:
                    return {each.id for each in events} <= {found[2] for found in await seen(engine)}

                await until(all_of_them)
            ids = Counter(found[2] for found in await seen(engine))
            assert all(ids[each.id] == 1 for each in events)

    asyncio.run(run())


def test_what_anybody_may_write_stops_nobody(database_url: str, tmp_path: Path) -> None:
    """With the service's own keys, whose store is asked with what a message says."""

    async def run() -> None:
        async with local(tmp_path) as log, database(database_url) as engine:
            sealer, watch, events = Sealer(KeyRing(KeyStore(engine), MemoryWrapper())), Counted(), [order(), order()]
            good = [await sealer.seal(each) for each in events]
            headers, value = dict(good[0].headers), good[0].value
            bad = [headers | {name: text} for name in headers for text in ("\0", "", "\ud7ff" * 300, "9" * 5000)]
            bad += [headers | {"tenant": "nobody"}, headers | {"schema": "-1"}, {}]
            forged = [Message("acme/x", value, each) for each in bad if each.get("key-version") == "1"]
            forged += [Message("acme/x", value[:1] + b"\xff" * 4 + value[5:], headers), Message("", b"", headers)]
            await log.publish({"order.created": [good[0], *forged, good[1]]})
            written: list[Event] = []
            handlers = {EventType.ORDER_CREATED: recorder(written)}
            reader = Consumer(log, sealer, engine, "test", handlers, retries=QUICK, watch=watch)
            async with running(reader.run):
                await until(lambda: sum(watch.counts.values()) == len(forged) + 2)
            assert {each.id for each in written} == {each.id for each in events}
            assert sorted(found[2] or "" for found in await seen(engine)) == sorted(each.id for each in events)
            assert watch.counts["order.created", "dead"] > 10

    asyncio.run(run())


def test_a_consumer_that_stops_leaves_what_it_has_not_done(database_url: str, tmp_path: Path) -> None:
    events = same_order(4)
    written: list[Event] = []
    away = [True]

    def failing(event: Event) -> None:
        if away and event == events[2]:
            raise UnavailableError("not now")

    async def run() -> None:
        async with local(tmp_path) as log, database(database_url) as engine:
            await add(engine, *events)
            await Relay(engine, log, SEALER).once()
            patient = Retries(attempts=1000, first_seconds=0.01, longest_seconds=0.01)
            async with running(consumer(log, engine, recorder(written, failing), retries=patient).run):
                await until(lambda: written.count(events[2]) > 3)
            assert [found[2] for found in await seen(engine)] == [each.id for each in events[:2]]
            away.clear()
            written.clear()
            async with running(consumer(log, engine, recorder(written)).run):
                await until(lambda: len(written) >= 2)
            assert written == events[2:]  # what was done was committed
            assert [found[2] for found in await seen(engine)] == [each.id for each in events]

    asyncio.run(run())


def test_retries_take_longer_than_an_interrupted_payment_and_less_than_a_member_may() -> None:
    total = sum(Retries().delays())
    assert 120 < total < 300
    assert len(list(Retries().delays())) == Retries().attempts - 1
