"""Payments as financial reports compare them with the audit log (`sox.model.Ledger`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from reference_impl.audit.model import Outcome
from reference_impl.payments.model import SETTLED, Payment, PaymentState
from reference_impl.payments.store import PaymentStore
from reference_impl.sox.model import Entry

_OUTCOMES = {PaymentState.AUTHORIZED: Outcome.SUCCESS, PaymentState.DECLINED: Outcome.DENIED}


class PaymentLedger:
    """`Ledger`."""

    kind = "payment"

    def __init__(self, store: PaymentStore) -> None:
        self._store = store

    async def settled(self, tenant: str, since: datetime, until: datetime) -> Sequence[Entry]:
        """See `Ledger`."""
        return [_entry(payment) for payment in await self._store.settled_between(tenant, since, until)]

    async def found(self, tenant: str, resources: Sequence[str]) -> Mapping[str, Entry]:
        """See `Ledger`."""
        names = [resource.partition(":")[2] for resource in resources]
        entries = [_entry(payment) for payment in await self._store.of_ids(tenant, names)]
        return {entry.resource: entry for entry in entries}


def _entry(payment: Payment) -> Entry:
    settled = payment.state in SETTLED
    outcome = _OUTCOMES[payment.state].value if settled else None
    action = "payment.authorize" if settled else None
    return Entry(f"payment:{payment.id}", action, outcome, payment.money, payment.created_at)
