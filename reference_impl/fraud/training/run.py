"""Everything in one run: data, split, models, baselines, export, check of the export, card."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from reference_impl.errors import IntegrityError
from reference_impl.fraud import manifest
from reference_impl.fraud.features import NAMES
from reference_impl.fraud.manifest import ANOMALY, CARD, CARD_JSON, CLASSIFIER, Manifest, Models
from reference_impl.fraud.model import Prediction
from reference_impl.fraud.predictor import OnnxPredictor
from reference_impl.fraud.simulation.stream import simulate
from reference_impl.fraud.simulation.world import Size
from reference_impl.fraud.training import anomaly, baselines, card, classifier, data
from reference_impl.fraud.training.metrics import Figures, figures, reliability
from reference_impl.fraud.training.segments import alarms, segments
from reference_impl.fraud.training.split import Split

THRESHOLD, STRANGE = 0.5, 0.95
"""From these on, of the probability and of the percentile, a payment counts as an alarm in the card."""

TOLERANCE = 1e-4
"""Between the probability as trained, in 64 bits, and as served, in 32."""

_EXPLAINED = 1_000
_LIBRARIES = ("lightgbm", "numpy", "onnx", "scikit-learn")


@dataclass(frozen=True, slots=True)
class Trained:
    """What is served, with its card among the files, and how it compares: figures by name, ours first."""

    models: Models
    compared: Mapping[str, Figures]
    largest_difference: float


def train(size: Size, seed: int) -> Trained:
    """The same bytes for the same size, seed and versions of the libraries.

    Raises IntegrityError if what was exported answers otherwise than what was trained.
    """
    payments, split = data.of(simulate(size, seed)), Split.of(size.days)
    rows, known = split.training(payments)
    later, known_later = split.calibration(payments)
    test = split.testing(payments)

    trained = classifier.calibrate(classifier.fit(rows.features, known, seed), later.features, known_later)
    forest = anomaly.fit(rows.features, seed)
    lengths = anomaly.scale(forest, later.features)
    exported = {CLASSIFIER: classifier.export(trained), ANOMALY: anomaly.export(forest, len(NAMES))}
    described = Manifest(
        version=manifest.digest(b"".join(exported.values()))[:12],
        features=NAMES,
        files={name: manifest.digest(content) for name, content in exported.items()},
        anomaly_percentiles=anomaly.PERCENTILES,
        anomaly_lengths=lengths,
        data={"seed": seed, **asdict(size)},
        made_with={name: importlib.metadata.version(name) for name in _LIBRARIES},
    )
    models = Models(described, exported)

    probabilities = trained.probabilities(test.features)
    strange = anomaly.percentiles(forest, lengths, test.features)
    served = OnnxPredictor(models).predict_many(test.features.tolist())
    difference = max(
        float(np.abs(np.array([found.probability for found in served]) - probabilities).max()),
        float(np.abs(np.array([found.anomaly for found in served]) - strange).max()),
    )
    if difference > TOLERANCE:
        raise IntegrityError("the exported models do not answer as the trained ones")
    compared = {
        "gradient-boosted trees": figures(test, probabilities),
        "isolation forest": figures(test, strange),
        **{
            name: figures(test, scores)
            for name, scores in baselines.scores(rows.features, known, test.features, seed).items()
        },
    }
    report = card.Card(
        version=described.version,
        data=described.data,
        made_with=described.made_with,
        split=split.named(),
        payments={"training": len(known), "calibration": len(known_later), "test": len(test.fraud)},
        frauds={"training": int(known.sum()), "calibration": int(known_later.sum()), "test": int(test.fraud.sum())},
        unknown=int(rows.fraud.sum() - (rows.fraud & known).sum()),
        compared=compared,
        reliability=reliability(test, probabilities),
        threshold=THRESHOLD,
        segments=segments(test, probabilities, THRESHOLD),
        largest_difference=difference,
        agreement=_agreement(trained, served, test, probabilities),
        strange=card.Strange(STRANGE, *alarms(test.fraud, strange >= STRANGE)),
    )
    cards = {CARD: card.markdown(report).encode(), CARD_JSON: card.as_json(report).encode()}
    return Trained(with_files(models, cards), compared, difference)


def with_files(models: Models, more: Mapping[str, bytes]) -> Models:
    """The same with other files besides, named in the manifest."""
    described = asdict(models.manifest)
    described["files"] = described["files"] | {name: manifest.digest(content) for name, content in more.items()}
    return Models(Manifest(**described), {**models.files, **more})


def _agreement(
    trained: classifier.Classifier, served: Sequence[Prediction], test: data.Dataset, probabilities: data.Doubles
) -> classifier.Agreement:
    """Of the payments that anybody asks about: the most suspicious."""
    most = np.argsort(-probabilities, kind="stable")[:_EXPLAINED]
    contributions = np.array([list(served[number].contributions.values()) for number in most])
    return classifier.agreement(trained, contributions, test.features[most])
