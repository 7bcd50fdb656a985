"""What the trained models see of a payment: 23 numbers, the same in training and in serving, because it is this code.

Amounts are in major units of the payment's own currency (1 EUR is 1.0, 1 JPY is 1.0, 1 KWD is 1.0), the averages of
customer and merchant in the same: 12.34 EUR and 12.340 KWD are then of one magnitude, where 1234 and 12340 minor units
are not. Nothing is exchanged: a tenant whose currencies differ a hundredfold in worth trains on its own payments.
Amounts, counts and ages are log(1 + x), for they span powers of ten. Kinds are one number each, never an id scaled as a
number. Hour and weekday are those of UTC. What is no number stays NaN, for the caller to refuse: zero means "new".
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from math import log1p, nan
from typing import Final

from reference_impl.fraud.model import Facts, Funding
from reference_impl.money import EXPONENTS

TRANSACTION: Final = ("amount", "description_length", "hour", "weekday", "weekend", "holiday")
CUSTOMER: Final = (
    "customer_average_amount",
    "customer_payments",
    "customer_days_since_first",
    "customer_failed_rate",
    "customer_chargeback_rate",
    "customer_payment_methods",
    "customer_shipping_addresses",
)
MERCHANT: Final = (
    "merchant_average_amount",
    "merchant_chargeback_rate",
    "merchant_refund_rate",
    "merchant_days_since_registration",
    "merchant_risk",
)
METHOD: Final = ("credit", "debit", "prepaid", "issuer_risk", "country_differs")
NAMES: Final = TRANSACTION + CUSTOMER + MERCHANT + METHOD
"""Their order is part of a trained model: its manifest names them, and serving compares."""

_SATURDAY = 5
_MAJOR = {code: 10.0**decimals for code, decimals in EXPONENTS.items()}


def features_of(facts: Facts, holidays: Container[date]) -> tuple[float, ...]:
    """As `NAMES` orders them, in a few microseconds. `holidays`: days of UTC.

    NaN where a fact is NaN, or is negative and cannot be.
    """
    transaction, customer, merchant, method = facts.transaction, facts.customer, facts.merchant, facts.method
    at, money, funding = transaction.at, transaction.money, method.funding
    unit = _MAJOR[money.currency]
    weekday = at.weekday()
    return (
        log1p(money.amount / unit),
        float(len(transaction.description)),
        float(at.hour),
        float(weekday),
        1.0 if weekday >= _SATURDAY else 0.0,
        1.0 if at.date() in holidays else 0.0,
        _log(customer.average_amount / unit),
        _log(customer.payments),
        _log(customer.days_since_first),
        customer.failed_rate,
        customer.chargeback_rate,
        float(customer.payment_methods),
        float(customer.shipping_addresses),
        _log(merchant.average_amount / unit),
        merchant.chargeback_rate,
        merchant.refund_rate,
        _log(merchant.days_since_registration),
        merchant.risk,
        1.0 if funding is Funding.CREDIT else 0.0,
        1.0 if funding is Funding.DEBIT else 0.0,
        1.0 if funding is Funding.PREPAID else 0.0,
        method.issuer_risk,
        1.0 if method.country_differs else 0.0,
    )


def _log(value: float) -> float:
    return log1p(value) if value >= 0 else nan
