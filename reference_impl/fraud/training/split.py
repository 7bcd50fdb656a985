"""By time, as a model is used: it learns from the past, waits for the labels, and is judged on what comes after."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from reference_impl.fraud.training.data import Bools, Dataset


@dataclass(frozen=True, slots=True)
class Split:
    """Days on which each slice begins; the test lasts until `end`.

    Before `train`, histories only fill. In `delay` most frauds are not reported yet, so nothing is learned from it
    (the Handbook, chapter 5, keeps such a period too). Labels are those known when `test` begins, none later.
    """

    train: int
    calibrate: int
    delay: int
    test: int
    end: int

    @classmethod
    def of(cls, days: int) -> Split:
        """In eighteenths: four to warm up, seven to train, one to calibrate, two of delay, four to test.

        Calibrating takes two numbers from its slice, and needs few days.
        """
        return cls(*(days * parts // 18 for parts in (4, 11, 12, 14, 18)))

    def training(self, data: Dataset) -> tuple[Dataset, Bools]:
        """The rows, and what was known of them."""
        return self._past(data, self.train, self.calibrate)

    def calibration(self, data: Dataset) -> tuple[Dataset, Bools]:
        """Later than all of training."""
        return self._past(data, self.calibrate, self.delay)

    def testing(self, data: Dataset) -> Dataset:
        """Without payments of cards that were known to be compromised when the day began: those are blocked."""
        first: dict[int, float] = {}
        for card, reported in zip(data.card[data.fraud].tolist(), data.reported[data.fraud].tolist(), strict=True):
            first[card] = min(reported, first.get(card, np.inf))
        test = data.where((data.day >= self.test) & (data.day < self.end))
        known = np.array([first.get(card, np.inf) for card in test.card.tolist()])
        return test.where(known >= np.floor(test.day))

    def named(self) -> dict[str, int]:
        """For the model card."""
        return asdict(self)

    def _past(self, data: Dataset, begin: int, end: int) -> tuple[Dataset, Bools]:
        rows = data.where((data.day >= begin) & (data.day < end))
        return rows, rows.known(self.test)
