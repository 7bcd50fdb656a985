"""From the engines' answers to one assessment: pure arithmetic, and the rules that keep doubt from being approval."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from reference_impl.fraud.model import Assessment, Recommendation, RiskLevel, RiskSignal
from reference_impl.fraud.reasons import Reason
from reference_impl.fraud.settings import Policy

_ORDER = tuple(Recommendation)
_DIGITS = 6


class Outcome(str, Enum):
    """What became of asking an engine. SILENT: it has nothing to say; SKIPPED: its breaker is open."""

    ANSWERED = "answered"
    SILENT = "silent"
    LATE = "late"
    FAILED = "failed"
    SKIPPED = "skipped"
    INVALID = "invalid"


_LOST = frozenset({Outcome.LATE, Outcome.FAILED, Outcome.SKIPPED})


@dataclass(frozen=True, slots=True)
class Answer:
    """Of one engine. `signal`: of one that ANSWERED, and of no other."""

    engine: str
    outcome: Outcome
    signal: RiskSignal | None = None

    @classmethod
    def of(cls, engine: str, signal: RiskSignal) -> Answer:
        """INVALID if a score or confidence is no number from 0 to 1, any figure is not finite, or it is another's."""
        parts = (signal.score, signal.confidence)
        figures = (*signal.contributions.values(), *signal.details.values())
        usable = all(_number(part) and 0 <= part <= 1 for part in parts) and all(map(_number, figures))
        if usable and signal.engine == engine:
            return cls(engine, Outcome.ANSWERED, signal)
        return cls(engine, Outcome.INVALID)


def judge(
    answers: Sequence[Answer], policy: Policy, elapsed_ms: Callable[[], float], factor: float = 1.0
) -> Assessment:
    """The mean of the scores, each with its weight times its confidence; a hard signal that is higher replaces it.

    `factor`: below 1, less is enough for a recommendation, and the assessment says so.
    """
    signals = [answer.signal for answer in answers if answer.signal is not None]
    contributions = _contributions(signals, policy)
    score = _score(signals, contributions, policy)
    recommendation, doubts = _recommended(score, answers, policy, factor)
    figures = {name: figure for signal in signals for name, figure in signal.details.items()}
    anomaly = figures.get("anomaly")
    named = [str(getattr(word, "value", word)) for signal in signals for word in signal.reasons]
    return Assessment(
        risk_score=score,
        risk_level=_level(score, policy),
        recommendation=recommendation,
        required_actions=tuple(getattr(policy.actions, recommendation.value)),
        risk_factors=tuple(dict.fromkeys([*named, *doubts])),
        fraud_probability=figures.get("fraud_probability"),
        is_anomaly=None if anomaly is None else anomaly >= policy.ml.anomaly_from,
        signals=tuple(signals),
        left_out={answer.engine: answer.outcome.value for answer in answers if answer.signal is None},
        contributions=contributions,
        processing_time_ms=round(elapsed_ms(), 3),
    )


def _contributions(signals: Sequence[RiskSignal], policy: Policy) -> Mapping[str, float]:
    """They add up to the mean. Empty when nothing weighs anything."""
    weights = {signal.engine: policy.weights.of(signal.engine) * signal.confidence for signal in signals}
    total = math.fsum(weights.values())
    if total <= 0:
        return {}
    return {signal.engine: weights[signal.engine] / total * signal.score for signal in signals}


def _score(signals: Sequence[RiskSignal], contributions: Mapping[str, float], policy: Policy) -> float | None:
    hard = [signal.score for signal in signals if signal.hard or _is_hard(signal, policy)]
    mean = [math.fsum(contributions.values())] if contributions else []
    return min(1.0, round(max([*mean, *hard]), _DIGITS)) if mean or hard else None


def _is_hard(signal: RiskSignal, policy: Policy) -> bool:
    hard_from = policy.engines.of(signal.engine).hard_from
    return hard_from is not None and signal.score >= hard_from


def _level(score: float | None, policy: Policy) -> RiskLevel:
    if score is None:
        return RiskLevel.UNKNOWN
    for level in (RiskLevel.CRITICAL, RiskLevel.HIGH, RiskLevel.MEDIUM, RiskLevel.LOW):
        if score >= getattr(policy.levels, level.value):
            return level
    return RiskLevel.MINIMAL


def _recommended(
    score: float | None, answers: Sequence[Answer], policy: Policy, factor: float
) -> tuple[Recommendation, Sequence[Reason]]:
    """What the score says, and at least what doubts say: never less than either."""
    said, doubts = [Recommendation.APPROVE], []
    if score is None:
        said, doubts = [Recommendation.REVIEW], [Reason.NO_SCORE]
    else:
        steps = (Recommendation.MONITOR, Recommendation.REVIEW, Recommendation.BLOCK)
        said += [step for step in steps if score >= getattr(policy.recommendations, step.value) * factor]
    if factor < 1:
        doubts.append(Reason.HEIGHTENED)
    if sum(answer.signal is not None for answer in answers) < policy.least_engines:
        said.append(Recommendation.REVIEW)
        doubts.append(Reason.FEW_ENGINES)
    if lost := [answer.engine for answer in answers if answer.outcome in _LOST]:
        said += [policy.engines.of(engine).without for engine in lost]
        doubts.append(Reason.ENGINE_LOST)
    if any(answer.outcome is Outcome.INVALID for answer in answers):
        said.append(Recommendation.REVIEW)
        doubts.append(Reason.INVALID_SIGNAL)
    return max(said, key=_ORDER.index), doubts


def _number(figure: object) -> bool:
    return isinstance(figure, (int, float)) and math.isfinite(figure)
