"""Chance that comes out the same on every machine and with every version of NumPy."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from math import exp
from statistics import NormalDist
from typing import TypeVar

from numpy import uint64
from numpy.random import PCG64, SeedSequence

T = TypeVar("T")

_BLOCK = 8192
_STANDARD = NormalDist()


class Draws:
    """A stream of its own for every `purpose`: what one part draws moves nothing in another.

    NumPy promises the bits of a bit generator for good (NEP 19), but not what the methods of `Generator` make of them:
    so these do it.
    """

    def __init__(self, seed: int, purpose: str) -> None:
        self._bits = PCG64(SeedSequence([seed, *purpose.encode()]))
        self._block: list[float] = []

    def uniform(self) -> float:
        """Between 0 and 1, neither of them."""
        if not self._block:
            raw = self._bits.random_raw(_BLOCK)
            self._block = (((raw >> uint64(12)) + 0.5) * 2.0**-52).tolist()
        return self._block.pop()

    def chance(self, probability: float) -> bool:
        """Whether it happened."""
        return self.uniform() < probability

    def below(self, bound: int) -> int:
        """0 to bound - 1."""
        return int(self.uniform() * bound)

    def between(self, low: int, high: int) -> int:
        """Both included."""
        return low + self.below(high - low + 1)

    def one_of(self, things: Sequence[T]) -> T:
        """Each as likely."""
        return things[self.below(len(things))]

    def weighted(self, things: Sequence[T], cumulative: Sequence[float]) -> T:
        """`cumulative`: running sums of the weights, the last one 1."""
        return things[bisect(cumulative, self.uniform())]

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        """Gaussian."""
        return mean + deviation * _STANDARD.inv_cdf(self.uniform())

    def lognormal(self, median: float, sigma: float) -> float:
        """`sigma`: of the logarithm."""
        return median * exp(self.normal(0.0, sigma))

    def poisson(self, mean: float) -> int:
        """For means of a few, by Knuth's products."""
        limit, product, count = exp(-mean), self.uniform(), 0
        while product > limit:
            product *= self.uniform()
            count += 1
        return count
