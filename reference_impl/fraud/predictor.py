"""The trained models in service: a row in a fraction of a millisecond, with an explanation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import exp

import numpy as np
import onnxruntime

from reference_impl.errors import IntegrityError, InvalidInputError
from reference_impl.fraud.features import NAMES
from reference_impl.fraud.manifest import ANOMALY, CLASSIFIER, Manifest, Models
from reference_impl.fraud.model import Prediction

_QUIET = 3


class OnnxPredictor:
    """Implements `model.Predictor`. Sessions of ONNX Runtime may be run in several threads at once.

    Contributions are the tree paths' own (`training.classifier.export`): they and the base add up to the logit of the
    probability, exactly, for it is computed from them. An amount that is compared with what is usual counts as the
    amount's. They say how this model came to its number; they are no Shapley values and no cause of anything in the
    world.
    """

    def __init__(self, models: Models) -> None:
        """Raises IntegrityError if the models were made for other features."""
        self.manifest: Manifest = models.manifest
        if tuple(self.manifest.features) != NAMES:
            raise IntegrityError("the fraud models were trained on other features than these")
        try:
            self._classifier = _session(models.files[CLASSIFIER])
            self._anomaly = _session(models.files[ANOMALY])
        except KeyError:
            raise IntegrityError("the manifest of the fraud models names no classifier or no anomaly model") from None
        # Rising path lengths: bisect wants them so.
        self._lengths = list(reversed(self.manifest.anomaly_lengths))
        self._percentiles = list(reversed(self.manifest.anomaly_percentiles))
        self.predict_many([[0.0] * len(NAMES)])  # the first takes a hundred times as long: no payment waits for it

    @property
    def version(self) -> str:
        """Of the models, for stored decisions."""
        return self.manifest.version

    def predict_many(self, rows: Sequence[Sequence[float]]) -> list[Prediction]:
        """One a row. Raises InvalidInputError for one of another length, or with what is no finite 32-bit number."""
        names = self.manifest.features
        if any(len(row) != len(names) for row in rows):
            raise InvalidInputError("a row has one number for each feature")
        with np.errstate(over="ignore"):
            given = {"features": np.array(rows, np.float32).reshape(-1, len(names))}
        if not np.isfinite(given["features"]).all():
            raise InvalidInputError("a feature is unknown or out of bounds: no model says anything of it")
        sums = self._classifier.run(None, given)[0].tolist()
        lengths = self._anomaly.run(None, given)[0][:, 0].tolist()
        return [self._prediction(*both) for both in zip(sums, lengths, strict=True)]

    def _prediction(self, sums: list[float], length: float) -> Prediction:
        contributions = dict(zip(self.manifest.features, sums, strict=False))
        return Prediction(1 / (1 + exp(-sum(sums))), self._percentile(length), contributions)

    def _percentile(self, length: float) -> float:
        lengths, percentiles = self._lengths, self._percentiles
        above = bisect_left(lengths, length)
        if above == 0:
            return percentiles[0]
        if above == len(lengths):
            return percentiles[-1]
        share = (length - lengths[above - 1]) / (lengths[above] - lengths[above - 1])
        return percentiles[above - 1] + share * (percentiles[above] - percentiles[above - 1])


def _session(content: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One row is too little work to share: more threads would wait for each other, and take cores from the service.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _QUIET
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
