"""What a person is told of a decision about their payment (GDPR Art. 13 (2) f, 15 (1) h, 22 (3))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reference_impl.fraud.model import Assessment, Recommendation
from reference_impl.fraud.reasons import sentence_of

_OPENING = {
    Recommendation.APPROVE: "Automatic checks found no objection to the payment.",
    Recommendation.MONITOR: "Automatic checks let the payment pass and asked for closer attention.",
    Recommendation.REVIEW: "Automatic checks were in doubt and left the decision to a person.",
    Recommendation.BLOCK: "Automatic checks advised against the payment.",
}
_ROUNDING = 1e-5
_APPEAL = "You can contest this: a person will look at it anew, and you can say what speaks for you."
_CHECKS = {
    "ml_model": "a comparison with past payments",
    "rule_engine": "fixed rules",
    "velocity": "the number and amount of recent payments",
    "device": "the device",
    "network": "the internet address",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """`sentences`: for the person; `contributions`: engine to its share of the score, 0 to 1, which add up to 1."""

    sentences: Sequence[str]
    contributions: Mapping[str, float]


def explain(assessment: Assessment) -> Explanation:
    """In plain words, without thresholds. The largest share is named."""
    shares = _shares(assessment)
    sentences = [_OPENING[assessment.recommendation], *map(sentence_of, assessment.risk_factors)]
    if shares:
        most = max(shares, key=lambda name: shares[name])
        sentences.append(f"What counted most was {_CHECKS[most]}.")
    return Explanation((*sentences, _APPEAL), shares)


def _shares(assessment: Assessment) -> Mapping[str, float]:
    """Of the mean; all of it is one engine's where a hard signal took the place of the mean."""
    total = sum(assessment.contributions.values())
    if assessment.risk_score is not None and assessment.risk_score > total + _ROUNDING:
        score = assessment.risk_score
        return {min(assessment.signals, key=lambda signal: abs(signal.score - score)).engine: 1.0}
    return {name: part / total for name, part in assessment.contributions.items()} if total else {}
