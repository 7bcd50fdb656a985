"""How good scores are. Threshold-free figures, and one that counts what people who check alerts can do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from reference_impl.fraud.training.data import Dataset, Doubles

TOP = 100
"""Cards checked in a day."""

_BINS = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.6, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Figures:
    """`auc`: area under the ROC curve; `best_card_precision`: what knowing everything would reach, mostly below 1."""

    auc: float
    average_precision: float
    card_precision: float
    best_card_precision: float
    brier: float


def figures(data: Dataset, scores: Doubles) -> Figures:
    """Of the test period."""
    return Figures(
        auc=float(roc_auc_score(data.fraud, scores)),
        average_precision=float(average_precision_score(data.fraud, scores)),
        card_precision=card_precision(data, scores),
        best_card_precision=card_precision(data, data.fraud.astype(np.float64)),
        brier=float(brier_score_loss(data.fraud, scores)),
    )


def card_precision(data: Dataset, scores: Doubles, top: int = TOP) -> float:
    """The Handbook's card precision top-k (chapter 4.5).

    A day's cards are ranked by their highest score; of the first `top`, how many had a fraud that day. Cards found so
    are blocked, and out of the days after. The mean over days.
    """
    found: set[int] = set()
    precisions = []
    days = data.day.astype(np.int64)
    for day in np.unique(days):
        of_day = days == day
        highest: dict[int, float] = {}
        compromised: set[int] = set()
        rows = zip(data.card[of_day].tolist(), scores[of_day].tolist(), data.fraud[of_day].tolist(), strict=True)
        for card, score, fraud in rows:
            if card not in found:
                highest[card] = max(score, highest.get(card, -np.inf))
                if fraud:
                    compromised.add(card)
        ranked = sorted(highest, key=lambda card: (-highest[card], card))[:top]
        hits = compromised.intersection(ranked)
        precisions.append(len(hits) / top)
        found |= hits
    return float(np.mean(precisions))


@dataclass(frozen=True, slots=True)
class Bin:
    """Of payments given a probability in [low, high): how many, the mean of what was said, and the share that was."""

    low: float
    high: float
    payments: int
    predicted: float
    observed: float


def reliability(data: Dataset, probabilities: Doubles) -> list[Bin]:
    """Bins that hold nothing are left out."""
    which = np.digitize(probabilities, _BINS[1:-1])
    return [
        Bin(
            low,
            high,
            int(inside.sum()),
            float(probabilities[inside].mean()),
            float(data.fraud[inside].mean()),
        )
        for number, (low, high) in enumerate(pairwise(_BINS))
        if (inside := which == number).any()
    ]
