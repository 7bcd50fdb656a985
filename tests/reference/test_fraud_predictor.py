"""The models that come with the service, as they are served."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import islice
from math import inf, log, nan
from pathlib import Path

import pytest

from reference_impl.errors import IntegrityError, InvalidInputError
from reference_impl.fraud import manifest, shipped
from reference_impl.fraud.features import NAMES, features_of
from reference_impl.fraud.model import Prediction, Predictor
from reference_impl.fraud.predictor import OnnxPredictor
from reference_impl.fraud.simulation.stream import HOLIDAYS, Simulated, simulate
from reference_impl.fraud.simulation.world import Size
from tests.reference.fraud_facts import facts

ROOT = Path(__file__).resolve().parent.parent.parent
ROW = features_of(facts(), ())


@cache
def predictor() -> OnnxPredictor:
    return OnnxPredictor(manifest.unsigned(shipped.FOLDER))


def predicted(row: Sequence[float]) -> Prediction:
    [found] = predictor().predict_many([row])
    return found


@cache
def simulated() -> list[Simulated]:
    """Of a seed the models were not trained on, once there are histories."""
    return list(islice(simulate(Size(300, 90, 60), 77), 12_000, None))


def rows() -> list[tuple[float, ...]]:
    return [features_of(payment.facts, HOLIDAYS) for payment in simulated()]


def test_contributions_and_the_base_are_the_logit() -> None:
    served: Predictor = predictor()
    bases = set()
    for row in rows()[:300]:
        found = served.predict_many([row])[0]
        assert tuple(found.contributions) == NAMES
        bases.add(round(log(found.probability / (1 - found.probability)) - sum(found.contributions.values()), 4))
    assert len(bases) == 1, "one base for every payment"


@pytest.mark.parametrize("name", ["description_length", "merchant_refund_rate", "merchant_days_since_registration"])
def test_what_tells_merchants_apart_says_nothing_of_fraud(name: str) -> None:
    before = predicted(ROW)
    moved = [value + 1000.0 if name == other else value for other, value in zip(NAMES, ROW, strict=True)]
    after = predicted(moved)
    assert (after.probability, after.contributions) == (before.probability, before.contributions)
    assert before.contributions[name] == 0.0


def test_an_amount_is_compared_with_what_is_usual() -> None:
    row = dict(zip(NAMES, rows()[0], strict=True)) | {"amount": log(201), "customer_payments": log(51)}
    usual, unusual = (
        predicted(list((row | {"customer_average_amount": log(1 + average)}).values())) for average in (200, 10)
    )
    assert unusual.probability > usual.probability
    assert unusual.contributions["amount"] > usual.contributions["amount"]


@pytest.mark.parametrize("value", [nan, inf, -inf, 1e39])
@pytest.mark.parametrize("place", [0, 11, 22])
def test_what_is_no_number_is_refused(value: float, place: int) -> None:
    row = list(ROW)
    row[place] = value
    with pytest.raises(InvalidInputError):
        predicted(row)


@pytest.mark.parametrize("row", [(), ROW[:-1], (*ROW, 0.0)])
def test_another_number_of_features_is_refused(row: tuple[float, ...]) -> None:
    with pytest.raises(InvalidInputError):
        predicted(row)


def test_without_models_there_is_no_answer(tmp_path: Path) -> None:
    models = manifest.unsigned(shipped.FOLDER)
    kept = {name: content for name, content in models.files.items() if name != manifest.CLASSIFIER}
    with pytest.raises(IntegrityError):
        OnnxPredictor(manifest.Models(models.manifest, kept))
    with pytest.raises(IntegrityError):
        manifest.unsigned(tmp_path)


def test_anomaly_fills_the_whole_scale() -> None:
    anomalies = sorted(found.anomaly for found in predictor().predict_many(rows()))
    assert anomalies[0] >= 0.0 and anomalies[-1] <= 1.0
    assert 0.3 < anomalies[len(anomalies) // 2] < 0.7, "a percentile: about half of all payments are below a half"
    assert anomalies[-1] > 0.99
    absurd = [1e6 if number % 2 else -1e6 for number in range(len(NAMES))]
    assert predicted(absurd).anomaly > 0.95, "the critical level can be reached"


def test_frauds_come_out_above_what_is_genuine() -> None:
    found = predictor().predict_many(rows())
    frauds = [each.probability for each, payment in zip(found, simulated(), strict=True) if payment.fraud]
    genuine = sorted(each.probability for each, payment in zip(found, simulated(), strict=True) if not payment.fraud)
    assert sum(fraud > genuine[len(genuine) // 2] for fraud in frauds) > 0.85 * len(frauds)
    assert sum(frauds) / len(frauds) > 5 * sum(genuine) / len(genuine)


def test_many_threads_get_what_one_gets() -> None:
    asked = rows()[:200]
    alone = [predicted(row) for row in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(predicted, asked)) == alone
    together = predictor().predict_many(asked)
    assert [each.probability for each in together] == pytest.approx([each.probability for each in alone], abs=1e-6)


def test_serving_imports_nothing_of_training() -> None:
    code = (
        "import sys, reference_impl.fraud.predictor, reference_impl.fraud.shipped\n"
        "print(sorted({'sklearn', 'lightgbm', 'onnx', 'scipy', 'skl2onnx', 'joblib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
