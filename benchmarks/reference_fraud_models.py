"""How good and how fast the payment service's fraud models are: `python benchmarks/reference_fraud_models.py`.

Trains with the defaults of `python -m reference_impl.fraud.training` (two to three minutes on two cores) and prints one
figure a line, ours beside the baselines of the same run; then how fast what comes with the service answers.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from dataclasses import asdict
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from reference_impl.fraud import manifest, shipped
from reference_impl.fraud.features import features_of
from reference_impl.fraud.predictor import OnnxPredictor
from reference_impl.fraud.simulation.stream import HOLIDAYS, simulate
from reference_impl.fraud.simulation.world import Size
from reference_impl.fraud.training.run import train

SEED = 1
PAYMENTS = 20_000
TARGETS = {"auc": 0.885, "average_precision": 0.69, "card_precision": 0.295}
"""For the gradient-boosted trees."""


def say(name: str, value: float, unit: str, better: str) -> None:
    """One line."""
    print(json.dumps({"name": f"fraud_{name}", "value": round(value, 4), "unit": unit, "better": better}), flush=True)


def models() -> None:
    """How good, and whether training makes what is shipped."""
    begun = time.perf_counter()
    trained = train(Size(), SEED)
    say("training", time.perf_counter() - begun, "s", "lower")
    for model, figures in trained.compared.items():
        for figure, value in asdict(figures).items():
            say(f"{model.replace(' ', '_')}_{figure}", value, "", "lower" if figure == "brier" else "higher")
    ours = asdict(trained.compared["gradient-boosted trees"])
    for figure, target in TARGETS.items():
        say(f"over_target_{figure}", ours[figure] - target, "", "higher")
    say("export_difference", trained.largest_difference, "", "lower")
    say("same_bytes_as_shipped", trained.models.files == manifest.unsigned(shipped.FOLDER).files, "", "higher")


def serving() -> None:
    """How fast, one payment at a time."""
    begun = time.perf_counter()
    payments = list(islice(simulate(Size(1000, 300, 60), SEED + 1), PAYMENTS))
    say("simulated", PAYMENTS / (time.perf_counter() - begun), "payments/s", "higher")
    begun = time.perf_counter()
    rows = [features_of(payment.facts, HOLIDAYS) for payment in payments]
    say("features", (time.perf_counter() - begun) / PAYMENTS * 1e6, "µs", "lower")
    begun = time.perf_counter()
    predictor = OnnxPredictor(manifest.unsigned(shipped.FOLDER))
    say("load", (time.perf_counter() - begun) * 1000, "ms", "lower")
    # Processor time besides: on a machine that does other things too, the clock shows those.
    for name, clock in (("", time.perf_counter), ("_processor", time.thread_time)):
        times = []
        for row in rows:
            begun = clock()
            predictor.predict_many([row])
            times.append((clock() - begun) * 1000)
        say(f"predict{name}_p50", statistics.median(times), "ms", "lower")
        say(f"predict{name}_p99", sorted(times)[PAYMENTS * 99 // 100], "ms", "lower")


if __name__ == "__main__":
    serving()
    if "--serving" not in sys.argv:
        models()
