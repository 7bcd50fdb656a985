"""Assesses the payments of orders, as the event flow asks for it (`events.flow.Scorer`)."""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol

from reference_impl.auth.model import Caller
from reference_impl.errors import UnavailableError
from reference_impl.events.model import MAX_REASONS, PaymentTokenized, Verdict
from reference_impl.fraud.model import Device, Facts, Transaction
from reference_impl.fraud.records import Decision
from reference_impl.fraud.velocity.model import Entry, Windows, subjects_of

_LOG = logging.getLogger(__name__)


class Decisions(Protocol):
    """See `decisions.Decisions`."""

    async def assess(self, caller: Caller, facts: Facts) -> Decision:
        """Stored when it returns: one for each payment."""
        ...


class OrderScorer:
    """`windows`: in which payments are counted; `at_once`: a burst waits for its turn, and not in the engines, which
    have a deadline.
    """

    def __init__(self, decisions: Decisions, windows: Windows, at_once: int = 16) -> None:
        self._decisions, self._windows = decisions, windows
        self._turns = asyncio.Semaphore(at_once)

    async def score(self, caller: Caller, payment: PaymentTokenized) -> Verdict:
        """The same for the same order, however often. Raises ServiceError."""
        async with self._turns:
            made = (await self._decisions.assess(caller, Facts(_transaction(payment)))).assessment
        return Verdict(made.recommendation.value, made.risk_score, tuple(made.risk_factors[:MAX_REASONS]))

    async def declined(self, payment: PaymentTokenized) -> None:
        """Counts as a payment that failed: who tries cards is known by those that are refused."""
        transaction = _transaction(payment)
        try:
            await self._windows.add(subjects_of(transaction), Entry.of(transaction))
            await self._windows.fail(transaction.tenant, transaction.id)
        except UnavailableError as error:
            _LOG.warning("a declined payment is not counted", extra={"error": error.code})


def _transaction(payment: PaymentTokenized) -> Transaction:
    """The order stands for the payment: it has one, and repeated events are of the same order."""
    return Transaction(
        id=payment.order,
        tenant=payment.tenant,
        customer=payment.customer,
        card=payment.token,
        merchant=payment.merchant,
        money=payment.money,
        description="",
        at=payment.at,
        source="" if payment.source is None else str(payment.source),
        device=Device(payment.device or ""),
    )
