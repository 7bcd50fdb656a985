"""Where payments are kept: the idempotency record and its outcome, in one row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    and_,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import METADATA, UtcTime, added, row_of, transaction
from reference_impl.money import Money
from reference_impl.payments.model import Payment, PaymentState

PAYMENTS = Table(
    "payments",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("idempotency_key", String(64), nullable=False),
    Column("request_digest", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("token", String(64), nullable=False),
    Column("authorization_id", String(128)),
    Column("decline_code", String(64)),
    Column("attempt", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    UniqueConstraint("tenant", "idempotency_key"),
)
_OPEN = PAYMENTS.c.state.in_((PaymentState.STARTED.value, PaymentState.UNKNOWN.value))


class PaymentStore:
    """Table `payments`. Raises UnavailableError when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def begin(self, payment: Payment) -> bool:
        """False if the tenant has used this idempotency key before. Committed when this returns."""
        money = {"amount": payment.money.amount, "currency": payment.money.currency}
        return await added(self._engine, PAYMENTS, row_of(PAYMENTS, payment, state=payment.state.value, **money))

    async def by_key(self, tenant: str, idempotency_key: str) -> Payment | None:
        """What is known under this key."""
        return await self._one(and_(PAYMENTS.c.tenant == tenant, PAYMENTS.c.idempotency_key == idempotency_key))

    async def by_id(self, tenant: str, payment_id: str) -> Payment | None:
        """A payment of this tenant."""
        return await self._one(and_(PAYMENTS.c.tenant == tenant, PAYMENTS.c.id == payment_id))

    async def claim(self, payment: Payment, now: datetime, abandoned_before: datetime) -> bool:
        """Starts the next attempt, for one of those who try: at once after an unknown outcome, and where nobody has
        moved for long.
        """
        free = or_(PAYMENTS.c.state == PaymentState.UNKNOWN.value, PAYMENTS.c.updated_at < abandoned_before)
        values = {"state": PaymentState.STARTED.value, "attempt": payment.attempt + 1, "updated_at": now}
        return await self._change(payment, and_(_OPEN, free, PAYMENTS.c.attempt == payment.attempt), values)

    async def unknown(self, payment: Payment, now: datetime) -> None:
        """This attempt ended without an answer; a later one is not touched."""
        values = {"state": PaymentState.UNKNOWN.value, "updated_at": now}
        await self._change(payment, and_(_OPEN, PAYMENTS.c.attempt == payment.attempt), values)

    async def settle(
        self, payment: Payment, now: datetime, authorization_id: str | None, decline_code: str | None
    ) -> Payment:
        """The outcome, whichever attempt learned of it: the gateway has one for each payment."""
        state = PaymentState.DECLINED if authorization_id is None else PaymentState.AUTHORIZED
        outcome = {"authorization_id": authorization_id, "decline_code": decline_code}
        if not await self._change(payment, _OPEN, {"state": state.value, "updated_at": now} | outcome):
            return await self.by_id(payment.tenant, payment.id) or payment  # another attempt was first
        return replace(
            payment, state=state, updated_at=now, authorization_id=authorization_id, decline_code=decline_code
        )

    async def _change(self, payment: Payment, which: Any, values: dict[str, Any]) -> bool:
        this = and_(PAYMENTS.c.tenant == payment.tenant, PAYMENTS.c.id == payment.id)
        async with transaction(self._engine) as connection:
            return (await connection.execute(update(PAYMENTS).where(this, which).values(values))).rowcount == 1

    async def _one(self, which: Any) -> Payment | None:
        async with transaction(self._engine) as connection:
            row = (await connection.execute(select(PAYMENTS).where(which))).one_or_none()
        return None if row is None else _payment(row)


def _payment(row: Row[Any]) -> Payment:
    fields = dict(row._mapping)
    money = Money(fields.pop("amount"), fields.pop("currency"))
    return Payment(**fields | {"money": money, "state": PaymentState(fields["state"])})
