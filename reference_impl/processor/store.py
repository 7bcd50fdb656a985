"""Where customers, payment methods, charges and refunds at a processor are kept: ids only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import METADATA, UtcTime, added, row_of, transaction
from reference_impl.errors import NotFoundError
from reference_impl.money import Money
from reference_impl.processor.model import FINAL, ChargeState, Customer, HostedCharge, HostedRefund, PaymentMethod

CUSTOMERS = Table(
    "customers",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("processor_customer_id", String(80), nullable=False),
    Column("created_at", UtcTime, nullable=False),
)
PAYMENT_METHODS = Table(
    "payment_methods",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("customer", String(32), nullable=False),
    Column("processor_payment_method_id", String(80), nullable=False),
    Column("brand", String(32), nullable=False),
    Column("last_four", String(4), nullable=False),
    Column("expiry_month", Integer),
    Column("expiry_year", Integer),
    Column("created_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["tenant", "customer"], ["customers.tenant", "customers.id"]),
    UniqueConstraint("tenant", "processor_payment_method_id"),
)
CHARGES = Table(
    "hosted_charges",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("payment_method", String(32), nullable=False),
    Column("idempotency_key", String(64), nullable=False),
    Column("request_digest", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("processor_intent_id", String(80)),
    Column("decline_code", String(64)),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["tenant", "payment_method"], ["payment_methods.tenant", "payment_methods.id"]),
    UniqueConstraint("tenant", "idempotency_key"),
)
REFUNDS = Table(
    "hosted_refunds",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("charge", String(32), nullable=False),
    Column("idempotency_key", String(64), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("processor_refund_id", String(80)),
    Column("created_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["tenant", "charge"], ["hosted_charges.tenant", "hosted_charges.id"]),
    UniqueConstraint("tenant", "idempotency_key"),
)
_OPEN = CHARGES.c.state.not_in([state.value for state in FINAL])


class ProcessorStore:
    """Every query has the tenant in it. Raises UnavailableError when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add_customer(self, customer: Customer) -> None:
        """A new one."""
        await added(self._engine, CUSTOMERS, row_of(CUSTOMERS, customer))

    async def customer(self, tenant: str, customer: str) -> Customer | None:
        """By our id."""
        row = await self._one(CUSTOMERS, tenant, CUSTOMERS.c.id == customer)
        return None if row is None else Customer(**row._mapping)

    async def add_method(self, method: PaymentMethod) -> PaymentMethod:
        """What is there, if the card was added before."""
        await added(self._engine, PAYMENT_METHODS, row_of(PAYMENT_METHODS, method))
        same = PAYMENT_METHODS.c.processor_payment_method_id == method.processor_payment_method_id
        row = await self._there(PAYMENT_METHODS, method.tenant, same)
        return PaymentMethod(**row._mapping)

    async def method(self, tenant: str, method: str) -> PaymentMethod | None:
        """By our id."""
        row = await self._one(PAYMENT_METHODS, tenant, PAYMENT_METHODS.c.id == method)
        return None if row is None else PaymentMethod(**row._mapping)

    async def begin_charge(self, charge: HostedCharge) -> HostedCharge:
        """This one, or the one that has its idempotency key. Committed when this returns."""
        money = {"amount": charge.money.amount, "currency": charge.money.currency, "state": charge.state.value}
        await added(self._engine, CHARGES, row_of(CHARGES, charge, **money))
        row = await self._there(CHARGES, charge.tenant, CHARGES.c.idempotency_key == charge.idempotency_key)
        return _charge(row)

    async def charge(self, tenant: str, charge: str) -> HostedCharge | None:
        """By our id."""
        row = await self._one(CHARGES, tenant, CHARGES.c.id == charge)
        return None if row is None else _charge(row)

    async def settle(
        self, charge: HostedCharge, state: ChargeState, now: datetime, intent: str | None, decline_code: str | None
    ) -> None:
        """How the charge stands; what is final stays."""
        this = (CHARGES.c.tenant == charge.tenant, CHARGES.c.id == charge.id, _OPEN)
        values = {"state": state.value, "updated_at": now, "processor_intent_id": intent, "decline_code": decline_code}
        async with transaction(self._engine) as connection:
            await connection.execute(update(CHARGES).where(*this).values(values))

    async def begin_refund(self, refund: HostedRefund) -> HostedRefund:
        """This one, or the one that has its idempotency key. Committed when this returns."""
        await added(self._engine, REFUNDS, row_of(REFUNDS, refund))
        row = await self._there(REFUNDS, refund.tenant, REFUNDS.c.idempotency_key == refund.idempotency_key)
        return HostedRefund(**row._mapping)

    async def refunded(self, tenant: str, charge: str, but: str) -> int:
        """What was given back of a charge, or is about to be, or was wished to be; without one refund; minor units."""
        others = (REFUNDS.c.tenant == tenant, REFUNDS.c.charge == charge, REFUNDS.c.id != but)
        async with transaction(self._engine) as connection:
            return int(await connection.scalar(select(func.sum(REFUNDS.c.amount)).where(*others)) or 0)

    async def settle_refund(self, refund: HostedRefund, processor_refund_id: str) -> None:
        """The processor took it."""
        this = (REFUNDS.c.tenant == refund.tenant, REFUNDS.c.id == refund.id)
        async with transaction(self._engine) as connection:
            await connection.execute(update(REFUNDS).where(*this).values(processor_refund_id=processor_refund_id))

    async def _there(self, table: Table, tenant: str, which: Any) -> Row[Any]:
        """What was added or found; nothing, if it refers to a row that has gone."""
        row = await self._one(table, tenant, which)
        if row is None:
            raise NotFoundError("what this belongs to is not there any more")
        return row

    async def _one(self, table: Table, tenant: str, which: Any) -> Row[Any] | None:
        async with transaction(self._engine) as connection:
            return (await connection.execute(select(table).where(table.c.tenant == tenant, which))).one_or_none()


def _charge(row: Row[Any]) -> HostedCharge:
    fields = dict(row._mapping)
    money = Money(fields.pop("amount"), fields.pop("currency"))
    return HostedCharge(**fields | {"money": money, "state": ChargeState(fields["state"])})
