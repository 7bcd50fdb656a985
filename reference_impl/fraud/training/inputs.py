"""What the classifier splits on, made of the 23 features: what holds of payments it has not seen.

Left out is what merely tells merchants apart. Trees learn by it at which of them terminals were compromised in the
days of training, and weeks later, when they serve, it is at others. Put in is what trees cannot subtract by themselves:
how an amount is to what the customer usually pays, with and without how dear the merchant is (logarithms, so these are
ratios), and how many payments there were for the age of the account.

Serving gives the 23 features and nothing else: this is part of the exported model, two products with constant matrices.
No column adds more than two numbers, so the order of adding changes no bit: trained and served see the same.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from reference_impl.fraud.features import NAMES
from reference_impl.fraud.training.data import Floats

_TELL_MERCHANTS_APART = (
    "description_length",
    "merchant_average_amount",
    "merchant_refund_rate",
    "merchant_days_since_registration",
)
_KEPT = tuple(name for name in NAMES if name not in _TELL_MERCHANTS_APART)

_COLUMNS: Final = (
    *((name,) for name in _KEPT),
    ("amount", "customer_average_amount"),
    ("amount", "customer_average_amount", "merchant_average_amount"),
    ("customer_payments", "customer_days_since_first"),
)
"""Each the first feature, less the others."""

OWNERS: Final = tuple(NAMES.index(column[0]) for column in _COLUMNS)
"""Number of the feature that each input counts as in explanations: an amount compared is still the amount."""


def _matrices() -> tuple[Floats, Floats]:
    """Subtracts the second feature of each column, then the third."""
    first = np.zeros((len(NAMES), len(NAMES) + len(_COLUMNS)), np.float32)
    second = np.zeros((first.shape[1], len(_COLUMNS)), np.float32)
    first[:, : len(NAMES)] = np.eye(len(NAMES))
    for number, (name, *less) in enumerate(_COLUMNS):
        place = len(NAMES) + number
        first[NAMES.index(name), place] = second[place, number] = 1
        for matrix, subtracted in zip((first[:, place], second[:, number]), less, strict=False):
            matrix[NAMES.index(subtracted)] = -1
    return first, second


MATRICES: Final = _matrices()


def inputs_of(features: Floats) -> Floats:
    """n × 23 to n × inputs."""
    first, second = MATRICES
    return np.asarray(features @ first @ second, np.float32)
