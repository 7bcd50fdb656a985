"""What the models see of a payment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf, isfinite, isinf, isnan, log1p, nan

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reference_impl.fraud import features
from reference_impl.fraud.features import NAMES, features_of
from reference_impl.fraud.model import CustomerHistory, Facts, Funding, PaymentMethod
from reference_impl.money import MAX_MAJOR, Money
from tests.reference.fraud_facts import facts, transaction


def named(of: Facts, holidays: frozenset[date] = frozenset()) -> dict[str, float]:
    return dict(zip(NAMES, features_of(of, holidays), strict=True))


def test_there_are_23_in_four_groups() -> None:
    groups = (features.TRANSACTION, features.CUSTOMER, features.MERCHANT, features.METHOD)
    assert [len(group) for group in groups] == [6, 7, 5, 5]
    assert len(set(NAMES)) == 23


def test_each_is_what_its_name_says() -> None:
    assert named(facts(), frozenset({date(2025, 3, 1)})) == {
        "amount": log1p(12.34),
        "description_length": 12.0,
        "hour": 22.0,
        "weekday": 5.0,
        "weekend": 1.0,
        "holiday": 1.0,
        "customer_average_amount": log1p(50.0),
        "customer_payments": log1p(3),
        "customer_days_since_first": log1p(100.0),
        "customer_failed_rate": 0.25,
        "customer_chargeback_rate": 0.5,
        "customer_payment_methods": 2.0,
        "customer_shipping_addresses": 1.0,
        "merchant_average_amount": log1p(20.0),
        "merchant_chargeback_rate": 0.01,
        "merchant_refund_rate": 0.02,
        "merchant_days_since_registration": log1p(365.0),
        "merchant_risk": 0.7,
        "credit": 0.0,
        "debit": 1.0,
        "prepaid": 0.0,
        "issuer_risk": 0.6,
        "country_differs": 1.0,
    }


def test_amounts_are_in_major_units_whatever_the_currency() -> None:
    same = [Money(1234, "EUR"), Money(12340, "KWD")]
    assert {named(facts(money))["amount"] for money in same} == {log1p(12.34)}
    assert named(facts(Money(12, "JPY"), average=12.0))["customer_average_amount"] == log1p(12.0)


def test_a_new_customer_is_zeros_and_the_usual_risks_are_a_half() -> None:
    found = named(Facts(transaction()))
    assert {found[name] for name in features.CUSTOMER} == {0.0}
    assert (found["merchant_risk"], found["issuer_risk"]) == (0.5, 0.5)


@pytest.mark.parametrize("funding", Funding)
def test_a_kind_is_one_number_each_and_never_a_number_of_its_own(funding: Funding) -> None:
    found = named(Facts(transaction(), method=PaymentMethod(funding)))
    assert {name: found[name] for name in ("credit", "debit", "prepaid")} == {
        name: float(name == funding.value) for name in ("credit", "debit", "prepaid")
    }


def test_ids_are_not_among_them() -> None:
    other = replace(transaction(), id="9", tenant="9", customer="9", card="9", merchant="9")
    assert features_of(Facts(other), ()) == features_of(Facts(transaction()), ())


@pytest.mark.parametrize(
    "name", [field for field in CustomerHistory.__dataclass_fields__ if "rate" in field or "average" in field]
)
def test_no_number_stays_none(name: str) -> None:
    found = named(replace(facts(), customer=replace(facts().customer, **{name: nan})))
    assert [key for key, value in found.items() if isnan(value)] == [f"customer_{name}"]


def test_what_cannot_be_is_no_number_either() -> None:
    assert isnan(named(facts(average=-1.0))["customer_average_amount"])
    assert isinf(named(facts(average=inf))["customer_average_amount"])


@given(
    some.integers(1, MAX_MAJOR * 100),
    some.floats(0, 1e12),
    some.integers(0, 10**9),
    some.datetimes().map(lambda at: at.replace(tzinfo=transaction().at.tzinfo)),
)
def test_facts_that_are_numbers_give_numbers(amount: int, average: float, payments: int, at: object) -> None:
    of = Facts(
        replace(transaction(Money(amount, "EUR")), at=at),
        CustomerHistory(average_amount=average, payments=payments),
    )
    assert all(isfinite(value) for value in features_of(of, ()))
