"""Exported trees reach the very leaves of the trained ones."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, ulp

import lightgbm
import numpy as np
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reference_impl.fraud.features import NAMES
from reference_impl.fraud.training import anomaly, classifier
from reference_impl.fraud.training.trees import Branch, Leaf, floor32, to_onnx

NUMBERS = some.floats(-1e6, 1e6)
NODES = some.recursive(
    some.builds(Leaf, some.dictionaries(some.integers(0, 1), some.floats(-10, 10, width=32), max_size=2)),
    lambda inner: some.builds(Branch, some.integers(0, 2), NUMBERS, inner, inner),
    max_leaves=12,
)


def run(model: bytes, rows: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, {"features": rows.astype(np.float32)})[0]


def walked(node: Branch | Leaf, row: list[float]) -> Mapping[int, float]:
    while isinstance(node, Branch):
        node = node.low if row[node.feature] <= node.threshold else node.high
    return node.targets


def thresholds(node: Branch | Leaf) -> list[float]:
    return [] if isinstance(node, Leaf) else [node.threshold, *thresholds(node.low), *thresholds(node.high)]


@given(some.floats(-1e30, 1e30))
def test_a_threshold_is_rounded_down_by_less_than_one_step(value: float) -> None:
    below = floor32(value)
    assert float(np.float32(below)) == below <= value
    assert float(np.nextafter(np.float32(below), np.float32(np.inf))) > value


@given(some.floats(-(2.0**99), 2.0**99, width=32), some.floats(-1e30, 1e30))
def test_the_same_side_of_it(x: float, threshold: float) -> None:
    for near in (threshold, x, x - ulp(x), x + ulp(x)):
        assert not isfinite(near) or (x <= near) == (x <= floor32(near))


@settings(max_examples=40, deadline=None)
@given(some.lists(NODES, min_size=1, max_size=4), some.data())
def test_any_trees_add_up(trees: list[Branch | Leaf], data: some.DataObject) -> None:
    trees = [Branch(0, 0.0, Leaf({0: 1.0, 1: 1.0}), Leaf({0: 2.0})), *trees]
    at = some.sampled_from([value for tree in trees for value in thresholds(tree)])
    row = [float(np.float32(data.draw(NUMBERS | at))) for _ in range(3)]
    reached = [walked(tree, row) for tree in trees]
    expected = [sum(targets.get(output, 0.0) for targets in reached) for output in (0, 1)]
    assert run(to_onnx("any", trees, 3, 2), np.array([row]))[0] == pytest.approx(expected, abs=1e-4)


def test_lightgbm_and_its_export_agree_also_on_the_thresholds() -> None:
    draws = np.random.default_rng(1)
    rows = draws.normal(size=(8000, len(NAMES))).astype(np.float32)
    amount, usual, risk = (
        rows[:, NAMES.index(name)] for name in ("amount", "customer_average_amount", "merchant_risk")
    )
    labels = (amount - usual + amount * risk + draws.normal(size=8000)) > 1
    made = classifier.calibrate(classifier.fit(rows, labels, 1), rows, labels)
    sums = run(classifier.export(made), rows)
    assert 1 / (1 + np.exp(-sums.sum(axis=1))) == pytest.approx(made.probabilities(rows), abs=1e-5)
    assert np.ptp(sums[:, -1]) == 0, "the base is the same for every row"
    agreement = classifier.agreement(made, sums[:200, :-1].astype(np.float64), rows[:200])
    assert agreement.correlation > 0.8
    assert isinstance(made.booster, lightgbm.Booster)


def test_an_isolation_forest_and_its_export_agree() -> None:
    rows = np.random.default_rng(1).normal(size=(1000, 4)).astype(np.float32)
    forest = anomaly.fit(rows, 1)
    lengths = run(anomaly.export(forest, 4), rows)[:, 0]
    assert lengths == pytest.approx(anomaly.path_lengths(forest, rows), abs=1e-4)
    scale = anomaly.scale(forest, rows)
    assert scale == sorted(scale, reverse=True)
    strange = anomaly.percentiles(forest, scale, np.array([[50, -50, 50, -50], [0, 0, 0, 0]], np.float32))
    assert strange[0] == 1.0 and strange[1] < 0.3
