"""Where the classifier errs: the same figures for parts of the payments, so that no group pays for the mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from reference_impl.fraud.features import NAMES
from reference_impl.fraud.training.data import Bools, Dataset, Doubles

_BANDS = (0.0, 10.0, 50.0, 200.0, 1_000.0, np.inf)
_NEW = 5


@dataclass(frozen=True, slots=True)
class Segment:
    """`false_alarms`: share of genuine payments scored above the threshold; `found`: of frauds. NaN: there are none."""

    name: str
    payments: int
    frauds: int
    auc: float
    average_precision: float
    predicted: float
    false_alarms: float
    found: float


def segments(data: Dataset, probabilities: Doubles, threshold: float) -> list[Segment]:
    """By funding, country, age of the account, amount in major units; and every scenario against what is genuine."""
    return [
        _segment(name, data.where(inside), probabilities[inside], threshold)
        for name, inside in _parts(data).items()
        if inside.any()
    ]


def _parts(data: Dataset) -> Mapping[str, Bools]:
    column = {name: data.features[:, number] for number, name in enumerate(NAMES)}
    amount, payments = np.expm1(column["amount"]), np.expm1(column["customer_payments"])
    bands = pairwise(_BANDS)
    return {
        **{f"funding: {name}": column[name] == 1 for name in ("credit", "debit", "prepaid")},
        "country: the payer's": column["country_differs"] == 0,
        "country: another": column["country_differs"] == 1,
        f"customer: under {_NEW} payments": payments < _NEW - 0.5,
        f"customer: {_NEW} payments and more": payments >= _NEW - 0.5,
        **{f"amount: {low:g} to {high:g}": (amount >= low) & (amount < high) for low, high in bands},
        **{f"scenario: {name}": (data.scenario == name) | ~data.fraud for name in np.unique(data.scenario[data.fraud])},
    }


def _segment(name: str, data: Dataset, probabilities: Doubles, threshold: float) -> Segment:
    both = data.fraud.any() and not data.fraud.all()
    false_alarms, found = alarms(data.fraud, probabilities >= threshold)
    return Segment(
        name=name,
        payments=len(data.fraud),
        frauds=int(data.fraud.sum()),
        auc=float(roc_auc_score(data.fraud, probabilities)) if both else float("nan"),
        average_precision=float(average_precision_score(data.fraud, probabilities)) if both else float("nan"),
        predicted=float(probabilities.mean()),
        false_alarms=false_alarms,
        found=found,
    )


def alarms(fraud: Bools, above: Bools) -> tuple[float, float]:
    """Share of genuine payments and share of frauds that are above the threshold. NaN: there are none."""
    return _share(above, ~fraud), _share(above, fraud)


def _share(above: Bools, of: Bools) -> float:
    return float(above[of].mean()) if of.any() else float("nan")
