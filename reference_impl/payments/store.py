"""Where payments are kept: the idempotency record and its outcome, in one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    not_,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.batches import Batches
from reference_impl.database import METADATA, UtcTime, row_of, transaction
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
    Index(None, "tenant", "token"),
)
_OPEN = or_(*(PAYMENTS.c.state == state.value for state in (PaymentState.STARTED, PaymentState.UNKNOWN)))

_OUTCOME = ("state", "authorization_id", "decline_code", "updated_at")
_BEGIN = {
    "postgresql": postgresql.insert(PAYMENTS).on_conflict_do_nothing().returning(PAYMENTS.c.id),
    "sqlite": sqlite.insert(PAYMENTS).on_conflict_do_nothing().returning(PAYMENTS.c.id),
}
_SETTLE = (
    update(PAYMENTS)
    .where(PAYMENTS.c.tenant == bindparam("new_tenant"), PAYMENTS.c.id == bindparam("new_id"), _OPEN)
    .values({name: bindparam(f"new_{name}") for name in _OUTCOME})
)


def _find(column: Column[Any]) -> Any:
    return select(PAYMENTS).where(tuple_(PAYMENTS.c.tenant, column).in_(bindparam("names", expanding=True)))


_BY_ID, _BY_KEY = _find(PAYMENTS.c.id), _find(PAYMENTS.c.idempotency_key)


class PaymentStore:
    """Table `payments`. Raises UnavailableError when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._begun, self._settled = Batches(self._begin), Batches(self._settle)
        self._found = Batches(self._find)

    async def begin(self, payment: Payment) -> bool:
        """False if the tenant has used this idempotency key before. Committed when this returns."""
        return await self._begun.submit(payment)

    async def by_key(self, tenant: str, idempotency_key: str) -> Payment | None:
        """What is known under this key."""
        return await self._found.submit((tenant, idempotency_key))

    async def by_id(self, tenant: str, payment_id: str) -> Payment | None:
        """A payment of this tenant."""
        return await self._one(and_(PAYMENTS.c.tenant == tenant, PAYMENTS.c.id == payment_id))

    async def settled_between(self, tenant: str, since: datetime, until: datetime) -> Sequence[Payment]:
        """Those of this tenant that got their outcome in that time; `until` is not in it."""
        when = and_(PAYMENTS.c.updated_at >= since, PAYMENTS.c.updated_at < until)
        return await self._all(and_(PAYMENTS.c.tenant == tenant, not_(_OPEN), when))

    async def of_ids(self, tenant: str, payments: Sequence[str]) -> Sequence[Payment]:
        """Those of this tenant that there are."""
        return await self._all(and_(PAYMENTS.c.tenant == tenant, PAYMENTS.c.id.in_(payments)))

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
        outcome = replace(
            payment, state=state, updated_at=now, authorization_id=authorization_id, decline_code=decline_code
        )
        return await self._settled.submit(outcome)

    async def _begin(self, payments: Sequence[Payment]) -> list[bool]:
        async with transaction(self._engine) as connection:
            new = set(await connection.scalars(_BEGIN[connection.dialect.name], list(map(_row, payments))))
        return [payment.id in new for payment in payments]

    async def _find(self, keys: Sequence[tuple[str, str]]) -> list[Payment | None]:
        size = 1 << (len(keys) - 1).bit_length()  # rounded up, so that few statements have to be prepared
        async with transaction(self._engine) as connection:
            rows = await connection.execute(_BY_KEY, {"names": [*keys, *[keys[-1]] * (size - len(keys))]})
            found = {(row.tenant, row.idempotency_key): _payment(row) for row in rows}
        return [found.get(key) for key in keys]

    async def _settle(self, payments: Sequence[Payment]) -> list[Payment]:
        """As each is then: another attempt may have been first."""
        rows = [
            {f"new_{name}": value for name, value in _row(payment).items() if name in (*_OUTCOME, "tenant", "id")}
            for payment in sorted(payments, key=lambda payment: (payment.tenant, payment.id))  # as everywhere
        ]
        names = [(payment.tenant, payment.id) for payment in payments]
        size = 1 << (len(names) - 1).bit_length()
        async with transaction(self._engine) as connection:
            await connection.execute(_SETTLE, rows)
            stored = await connection.execute(_BY_ID, {"names": [*names, *[names[-1]] * (size - len(names))]})
            found = {(row.tenant, row.id): _payment(row) for row in stored}
        return [found.get(name, payment) for name, payment in zip(names, payments, strict=True)]

    async def _change(self, payment: Payment, which: Any, values: dict[str, Any]) -> bool:
        this = and_(PAYMENTS.c.tenant == payment.tenant, PAYMENTS.c.id == payment.id)
        async with transaction(self._engine) as connection:
            return (await connection.execute(update(PAYMENTS).where(this, which).values(values))).rowcount == 1

    async def _all(self, which: Any) -> Sequence[Payment]:
        async with transaction(self._engine) as connection:
            return [_payment(row) for row in await connection.execute(select(PAYMENTS).where(which))]

    async def _one(self, which: Any) -> Payment | None:
        async with transaction(self._engine) as connection:
            row = (await connection.execute(select(PAYMENTS).where(which))).one_or_none()
        return None if row is None else _payment(row)


def _row(payment: Payment) -> dict[str, Any]:
    money = {"amount": payment.money.amount, "currency": payment.money.currency}
    return row_of(PAYMENTS, payment, state=payment.state.value, **money)


def _payment(row: Row[Any]) -> Payment:
    fields = dict(row._mapping)
    money = Money(fields.pop("amount"), fields.pop("currency"))
    return Payment(**fields | {"money": money, "state": PaymentState(fields["state"])})
