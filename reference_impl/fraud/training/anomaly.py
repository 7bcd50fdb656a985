"""An isolation forest (Liu, Ting, Zhou, 2008): how unlike others a payment is, whether or not it resembles a fraud.

Its score is a mean path length, which means nothing to anybody; and mapped onto 0 to 1 by its formula, real payments
fill the middle only, so that no threshold near 1 is ever reached. What is served is the percentile instead: .95 is
stranger than 95 % of payments, and the strangest reach 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import IsolationForest

from reference_impl.fraud.training.data import Doubles, Floats
from reference_impl.fraud.training.trees import Branch, Leaf, to_onnx

_TREES, _SAMPLES = 64, 128
_EULER = 0.5772156649015329

PERCENTILES = (0.0, *(step / 20 for step in range(1, 19)), 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 1.0)
"""Where the scale is measured; linear between."""


def fit(features: Floats, seed: int) -> IsolationForest:
    """Sees no labels."""
    return IsolationForest(n_estimators=_TREES, max_samples=min(_SAMPLES, len(features)), random_state=seed).fit(
        features
    )


def scale(forest: IsolationForest, features: Floats) -> list[float]:
    """The mean path length at each of `PERCENTILES`, falling, for the shorter the path the stranger the payment.

    `features`: of payments later than those it was trained on.
    """
    quantiles: Doubles = np.quantile(path_lengths(forest, features), [1 - share for share in PERCENTILES])
    return [float(length) for length in quantiles]


def percentiles(forest: IsolationForest, lengths: Sequence[float], features: Floats) -> Doubles:
    """0 to 1, as served, on the scale of `lengths`."""
    return np.interp(-path_lengths(forest, features), [-length for length in lengths], PERCENTILES)


def path_lengths(forest: IsolationForest, features: Floats) -> Doubles:
    """Mean over the trees, from scikit-learn's score, which is -2 ** (-length / usual)."""
    lengths: Doubles = -np.log2(-forest.score_samples(features)) * _usual(forest.max_samples_)
    return lengths


def export(forest: IsolationForest, features: int) -> bytes:
    """One output: the mean path length."""
    trees = [
        _node(tree.tree_, columns, 0, 0)
        for tree, columns in zip(forest.estimators_, forest.estimators_features_, strict=True)
    ]
    return to_onnx("anomaly", trees, features, 1)


def _node(tree: Any, columns: Any, number: int, depth: int) -> Branch | Leaf:
    low, high = int(tree.children_left[number]), int(tree.children_right[number])
    if low == high:
        return Leaf({0: (depth + _usual(int(tree.n_node_samples[number]))) / _TREES})
    feature, threshold = int(columns[tree.feature[number]]), float(tree.threshold[number])
    return Branch(feature, threshold, _node(tree, columns, low, depth + 1), _node(tree, columns, high, depth + 1))


def _usual(samples: int) -> float:
    """Path length of an unsuccessful search in a binary search tree of so many: equation 1 of the paper."""
    if samples <= 1:
        return 0.0
    if samples == 2:
        return 1.0
    return 2 * (float(np.log(samples - 1)) + _EULER) - 2 * (samples - 1) / samples
