"""What the trained models say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reference_impl.fraud.model import Facts, Prediction, Predictor, RiskSignal
from reference_impl.fraud.reasons import Reason
from reference_impl.fraud.settings import Policy
from reference_impl.fraud.workers import Workers

Features = Callable[[Facts], Sequence[float]]
"""Makes the numbers the models were trained on, in their order."""


class MlEngine:
    """`ml_model`: probability and anomaly by their weights. Less sure of customers it has seen nothing of."""

    name = "ml_model"

    def __init__(self, predictor: Predictor, features: Features, policy: Policy, workers: Workers) -> None:
        self._predictor, self._features, self._workers = predictor, features, workers
        self._policy = policy

    async def assess(self, facts: Facts) -> RiskSignal:
        """In a thread. Raises UnavailableError when too many wait for one."""
        prediction = await self._workers.run(lambda: self._predictor.predict(self._features(facts)))
        return self._signal(prediction, new=facts.customer.payments == 0)

    def _signal(self, prediction: Prediction, *, new: bool) -> RiskSignal:
        weights, policy = self._policy.weights, self._policy.ml
        weighed = weights.ml * prediction.probability + weights.anomaly * prediction.anomaly
        reasons = []
        if prediction.probability >= policy.probable_from:
            reasons.append(Reason.FRAUD_PROBABLE)
        if prediction.anomaly >= policy.anomaly_from:
            reasons.append(Reason.UNUSUAL)
        sure = self._policy.engines.ml_model.confidence
        return RiskSignal(
            self.name,
            weighed / (weights.ml + weights.anomaly),
            sure * policy.new_customer_confidence if new else sure,
            reasons=tuple(reasons),
            contributions=prediction.contributions,
            details={"fraud_probability": prediction.probability, "anomaly": prediction.anomaly},
        )
