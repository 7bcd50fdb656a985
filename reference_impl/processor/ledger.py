"""Charges and refunds as financial reports compare them with the audit log (`sox.model.Ledger`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import Outcome
from reference_impl.database import transaction
from reference_impl.money import Money
from reference_impl.processor.model import FINAL, RECORDED, ChargeState
from reference_impl.processor.store import CHARGES, REFUNDS
from reference_impl.sox.model import Entry


class ChargeLedger:
    """`Ledger`."""

    kind = "charge"

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def settled(self, tenant: str, since: datetime, until: datetime) -> Sequence[Entry]:
        """See `Ledger`."""
        final = CHARGES.c.state.in_([state.value for state in FINAL])
        return await self._read(tenant, final, CHARGES.c.updated_at >= since, CHARGES.c.updated_at < until)

    async def found(self, tenant: str, resources: Sequence[str]) -> Mapping[str, Entry]:
        """See `Ledger`."""
        return {entry.resource: entry for entry in await self._read(tenant, CHARGES.c.id.in_(_ids(resources)))}

    async def _read(self, tenant: str, *which: Any) -> Sequence[Entry]:
        async with transaction(self._engine) as connection:
            rows = await connection.execute(select(CHARGES).where(CHARGES.c.tenant == tenant, *which))
            return [_charge(row) for row in rows]


class RefundLedger:
    """`Ledger`. A refund counts from when it was asked for: when the processor took it is in the records alone."""

    kind = "refund"

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def settled(self, tenant: str, since: datetime, until: datetime) -> Sequence[Entry]:
        """See `Ledger`."""
        taken = REFUNDS.c.processor_refund_id.is_not(None)
        return await self._read(tenant, taken, REFUNDS.c.created_at >= since, REFUNDS.c.created_at < until)

    async def found(self, tenant: str, resources: Sequence[str]) -> Mapping[str, Entry]:
        """See `Ledger`."""
        return {entry.resource: entry for entry in await self._read(tenant, REFUNDS.c.id.in_(_ids(resources)))}

    async def _read(self, tenant: str, *which: Any) -> Sequence[Entry]:
        charge = and_(CHARGES.c.tenant == REFUNDS.c.tenant, CHARGES.c.id == REFUNDS.c.charge)
        wanted = select(REFUNDS, CHARGES.c.currency).join(CHARGES, charge).where(REFUNDS.c.tenant == tenant, *which)
        async with transaction(self._engine) as connection:
            return [_refund(row) for row in await connection.execute(wanted)]


def _ids(resources: Sequence[str]) -> list[str]:
    return [resource.partition(":")[2] for resource in resources]


def _charge(row: Row[Any]) -> Entry:
    state = ChargeState(row.state)
    action, outcome = RECORDED[state] if state in FINAL else (None, None)
    money = Money(row.amount, row.currency)
    return Entry(f"charge:{row.id}", action, outcome.value if outcome else None, money, row.created_at)


def _refund(row: Row[Any]) -> Entry:
    taken = row.processor_refund_id is not None
    action, outcome = ("refund.create", Outcome.SUCCESS.value) if taken else (None, None)
    return Entry(f"refund:{row.id}", action, outcome, Money(row.amount, row.currency), row.created_at)
