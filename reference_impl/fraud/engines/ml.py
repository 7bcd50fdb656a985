"""What the trained models say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from reference_impl.batches import Batches
from reference_impl.fraud.model import Facts, Prediction, Predictor, RiskSignal
from reference_impl.fraud.reasons import Reason
from reference_impl.fraud.settings import Policy
from reference_impl.fraud.workers import Workers

Features = Callable[[Facts], Sequence[float]]
"""Makes the numbers the models were trained on, in their order."""

_GIVEN_UP = 1.25
"""Of the time that engines have: all who asked have gone by then."""


class MlEngine:
    """`ml_model`: probability and anomaly by their weights. Less sure of customers it has seen nothing of."""

    name = "ml_model"

    def __init__(self, predictor: Predictor, features: Features, policy: Policy, workers: Workers) -> None:
        self._predictor, self._features, self._workers = predictor, features, workers
        self._policy = policy
        self._asked: Batches[Facts, Prediction] = Batches(self._predict_all)

    async def assess(self, facts: Facts) -> RiskSignal:
        """In a thread, together with those who ask at the same time. Raises UnavailableError when too many threads hang
        or wait.
        """
        return self._signal(await self._asked.submit(facts), new=facts.customer.payments == 0)

    async def _predict_all(self, asked: Sequence[Facts]) -> Sequence[Prediction | BaseException]:
        """A thread that nobody waits for any more is given up: the next ones get another."""
        answers = self._workers.run(lambda: self._predicted(asked))
        return await asyncio.wait_for(answers, self._policy.deadline.engines_seconds * _GIVEN_UP)

    def _predicted(self, asked: Sequence[Facts]) -> Sequence[Prediction | BaseException]:
        """One that fails fails alone."""
        try:
            return self._predictor.predict_many([self._features(facts) for facts in asked])
        except Exception as error:  # noqa: BLE001 - raised again where the call was made
            if len(asked) == 1:
                return [error]
            return [outcome for facts in asked for outcome in self._predicted([facts])]

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
