"""A payment to assess, and parts of it."""

from __future__ import annotations

from datetime import datetime, timezone

from reference_impl.fraud.model import CustomerHistory, Facts, Funding, MerchantProfile, PaymentMethod, Transaction
from reference_impl.money import Money

SATURDAY = datetime(2025, 3, 1, 22, 30, tzinfo=timezone.utc)


def transaction(money: Money | None = None, at: datetime = SATURDAY) -> Transaction:
    return Transaction(
        id="payment-1",
        tenant="shop-1",
        customer="customer-1",
        card="card-1",
        merchant="merchant-1",
        money=money or Money(1234, "EUR"),
        description="twelve chars",
        at=at,
    )


def facts(money: Money | None = None, average: float = 5000.0) -> Facts:
    return Facts(
        transaction(money),
        CustomerHistory(average, 3, 100.0, 0.25, 0.5, 2, 1),
        MerchantProfile(2000.0, 0.01, 0.02, 365.0, 0.7),
        PaymentMethod(Funding.DEBIT, 0.6, country_differs=True),
    )
