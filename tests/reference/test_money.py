"""What is money and what is the key of a payment, and what is neither."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import InvalidInputError
from reference_impl.idempotency.model import checked_key
from reference_impl.money import Money


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        (0, "EUR"),
        (-1, "EUR"),
        (100_000_001, "EUR"),
        (1_000_001, "JPY"),
        (12.5, "EUR"),
        (True, "EUR"),
        ("12", "EUR"),
        (float("nan"), "EUR"),
        (1, "eur"),
        (1, "EURO"),
        (1, "XXX"),
        (1, "ＥＵＲ"),
    ],
)
def test_no_money(amount: Any, currency: str) -> None:
    with pytest.raises(InvalidInputError):
        Money(amount, currency)


@pytest.mark.parametrize(("amount", "currency"), [(1, "EUR"), (100_000_000, "EUR"), (1_000_000, "JPY"), (10**9, "KWD")])
def test_money(amount: int, currency: str) -> None:
    assert Money(amount, currency).amount == amount


@pytest.mark.parametrize(
    "key",
    [
        "",
        "short",
        "a" * 65,
        "4111111111111111",
        "4111-1111-1111-1111",
        "x4111111111111111",
        "4111.1111:1111_1111",
        "a b c d e f",
        "über-lange",
    ],
)
def test_no_idempotency_key(key: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        checked_key(key)
    assert not key or key not in repr(caught.value)


@given(st.uuids(version=4))
def test_uuids_are_idempotency_keys(uuid: Any) -> None:
    assert checked_key(str(uuid)) == str(uuid)
