"""Payments as arrays: what was seen of each, what it really was, and when anybody came to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference_impl.fraud.features import features_of
from reference_impl.fraud.simulation.stream import BEGIN, HOLIDAYS, Simulated

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One row a payment, in the order of time.

    `features`: n × 23; `day`: since the simulation began, with fraction; `card`: numbered; `fraud`: the truth;
    `reported`: the day of the chargeback, infinite if there never was one; `scenario`: empty if genuine.
    """

    features: Floats
    day: Doubles
    card: NDArray[np.int64]
    fraud: Bools
    reported: Doubles
    scenario: NDArray[np.str_]

    def where(self, kept: Bools) -> Dataset:
        """Some of the rows."""
        return Dataset(
            self.features[kept],
            self.day[kept],
            self.card[kept],
            self.fraud[kept],
            self.reported[kept],
            self.scenario[kept],
        )

    def known(self, day: float) -> Bools:
        """The labels there are on that day: a fraud nobody has reported yet passes for genuine."""
        return self.reported <= day


def of(payments: Iterable[Simulated]) -> Dataset:
    """Without what issuers declined: nobody hears what those were."""
    features, days, cards, frauds, reports, scenarios = [], [], [], [], [], []
    numbers: dict[str, int] = {}
    for payment in payments:
        if payment.declined:
            continue
        transaction = payment.facts.transaction
        features.append(np.array(features_of(payment.facts, HOLIDAYS), np.float32))
        days.append((transaction.at - BEGIN).total_seconds() / 86_400)
        cards.append(numbers.setdefault(transaction.card, len(numbers)))
        frauds.append(payment.fraud)
        reports.append((payment.reported - BEGIN).total_seconds() / 86_400 if payment.reported else np.inf)
        scenarios.append(payment.scenario)
    return Dataset(
        np.array(features, np.float32),
        np.array(days),
        np.array(cards, np.int64),
        np.array(frauds, np.bool_),
        np.array(reports),
        np.array(scenarios, np.str_),
    )
