"""What the event flow needs of other parts, for tests: cards, payments and scores, all told by the order's amount."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.auth.model import Caller
from reference_impl.cards.model import VerificationCode
from reference_impl.database import transaction
from reference_impl.errors import DeclinedError, NotFoundError, UnavailableError
from reference_impl.events.applying import Effect
from reference_impl.events.consumer import Handler
from reference_impl.events.model import OUTCOMES, Event, EventType, OrderCreated, PaymentTokenized, Verdict
from reference_impl.money import Money
from reference_impl.payments.model import Payment, PaymentState

PASSES, UNKNOWN_CARD, DECLINED, RISKY, NOT_ASSESSED = 1000, 2000, 3000, 4000, 5000
"""Amounts, in cents."""

TABLES = MetaData()
CHARGES = Table("test_charges", TABLES, Column("key", String(64), primary_key=True), Column("payment", String(32)))
EFFECTS = Table(
    "test_effects",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("order", String(64)),
    Column("type", String(64)),
    Column("reason", String(64)),
)
"""One row for each time an outcome took effect: nothing but the consumer keeps it from being doubled."""


async def make_tables(engine: AsyncEngine) -> None:
    async with transaction(engine) as connection:
        await connection.run_sync(TABLES.create_all)


class Cards:
    """Implements `flow.CardSource`."""

    async def token(self, caller: Caller, order: OrderCreated) -> str:
        assert caller.principal.tenant == order.tenant
        if order.amount == UNKNOWN_CARD:
            raise NotFoundError("there is no such card")
        return order.card.replace("chk_", "tok_")


class Charging:
    """Implements `flow.Payments`: once for each key, in a table. `failures`: how often it is away before it answers."""

    def __init__(self, engine: AsyncEngine, failures: int = 0) -> None:
        self._engine, self.failures = engine, failures
        self.asked: list[str] = []

    async def pay(
        self, caller: Caller, token: str, money: Money, code: VerificationCode | None, idempotency_key: str
    ) -> Payment:
        assert code is None
        self.asked.append(idempotency_key)
        if self.failures:
            self.failures -= 1
            raise UnavailableError("the gateway does not answer")
        if money.amount == DECLINED:
            error = DeclinedError("the payment was declined")
            error.code = "insufficient_funds"
            raise error
        name = "pay_" + idempotency_key[4:26]
        async with transaction(self._engine) as connection:
            kind = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
            statement = kind(CHARGES).values(key=idempotency_key, payment=name).on_conflict_do_nothing()
            await connection.execute(statement)
        now = datetime.now(timezone.utc)
        state = PaymentState.AUTHORIZED
        tenant = caller.principal.tenant
        return Payment(tenant, name, idempotency_key, "", state, money, token, "auth", None, 1, now, now)


class Scores:
    """Implements `flow.Scorer`. `told`: orders that were declined."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def declined(self, payment: PaymentTokenized) -> None:
        self.told.append(payment.order)

    async def score(self, caller: Caller, payment: PaymentTokenized) -> Verdict:
        assert caller.principal.tenant == payment.tenant
        if payment.amount == NOT_ASSESSED:
            raise UnavailableError("no engine answers")
        if payment.amount == RISKY:
            return Verdict("block", 0.91, ("velocity", "impossible_travel"))
        return Verdict("approve", 0.04)


async def write_effects(connection: AsyncConnection, rows: Sequence[dict[str, str | None]]) -> None:
    await connection.execute(insert(EFFECTS), list(rows))


def effects() -> dict[EventType, Handler]:
    """Handlers of the outcomes, for a group of their own."""

    async def handle(event: Event) -> Effect:
        reason = getattr(event, "reason", None) or getattr(event, "recommendation", None)
        return Effect(write_effects, {"order": event.order, "type": event.type.value, "reason": reason})

    return dict.fromkeys(OUTCOMES, handle)


async def seen(engine: AsyncEngine) -> list[tuple[str, str, str | None]]:
    """Order, type and reason of every effect, in order."""
    columns = (EFFECTS.c.order, EFFECTS.c.type, EFFECTS.c.reason)
    async with transaction(engine) as connection:
        rows = (await connection.execute(select(*columns).order_by(EFFECTS.c.number))).all()
    return [(row[0], row[1], row[2]) for row in rows]


async def charged(engine: AsyncEngine) -> list[str]:
    async with transaction(engine) as connection:
        return list(await connection.scalars(select(CHARGES.c.key)))
