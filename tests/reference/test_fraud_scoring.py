"""One assessment of what engines answer in time, and what happens when they do not."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.fraud.model import Assessment, Recommendation, RiskLevel, RiskSignal
from reference_impl.fraud.scoring import Scorer
from reference_impl.fraud.verdict import Answer, Outcome, judge
from tests.reference.fraud_parts import ENGINES, POLICY, Counted, Hangs, Says, all_say, changed, facts, run, signal

APPROVE, MONITOR, REVIEW, BLOCK = Recommendation


def assessed(engines: list[Any], policy: Any = POLICY, counts: Counted | None = None) -> Assessment:
    async def main() -> Assessment:
        return await Scorer(engines, policy, counts).assess(facts())

    return asyncio.run(main())


@pytest.mark.parametrize(
    ("score", "level", "recommendation"),
    [
        (0.0, RiskLevel.MINIMAL, APPROVE),
        (0.2, RiskLevel.LOW, APPROVE),
        (0.3, RiskLevel.LOW, MONITOR),
        (0.5, RiskLevel.MEDIUM, MONITOR),
        (0.6, RiskLevel.MEDIUM, REVIEW),
        (0.8, RiskLevel.HIGH, BLOCK),
        (0.95, RiskLevel.CRITICAL, BLOCK),
        (1.0, RiskLevel.CRITICAL, BLOCK),
    ],
)
def test_every_level_can_be_reached(score: float, level: RiskLevel, recommendation: Recommendation) -> None:
    made = assessed(all_say(score))
    assert (made.risk_score, made.risk_level, made.recommendation) == (pytest.approx(score), level, recommendation)
    assert made.signals_processed == 5 and made.left_out == {}
    assert list(made.required_actions) == getattr(POLICY.actions, recommendation.value)


def test_the_mean_is_weighted_by_confidence() -> None:
    sure = RiskSignal("ml_model", 0.5, 1.0, details={"fraud_probability": 0.5, "anomaly": 0.96})
    unsure = Says("velocity", signal("velocity", 0.7, 0.5))
    made = assessed(all_say(ml_model=Says("ml_model", sure), velocity=unsure))
    weights = (0.8, 0.1, 0.05, 0.05, 0.05)  # the model, rules, half of velocity's, device, network
    assert made.risk_score == pytest.approx((0.8 * 0.5 + 0.05 * 0.7) / sum(weights), abs=1e-6)
    assert sum(made.contributions.values()) == pytest.approx(made.risk_score, abs=1e-6)
    assert (made.fraud_probability, made.is_anomaly) == (0.5, True)


@pytest.mark.parametrize("name", ENGINES)
def test_a_hard_signal_is_not_averaged_away(name: str) -> None:
    made = assessed(all_say(**{name: Says(name, signal(name, 0.97, 0.01, hard=True))}))
    assert (made.risk_score, made.recommendation) == (0.97, BLOCK)
    by_policy = POLICY.engines.of(name).hard_from
    if by_policy is not None:
        assert assessed(all_say(**{name: Says(name, signal(name, by_policy, 0.01))})).risk_score == by_policy


def test_nothing_said_goes_to_a_person() -> None:
    for engines in (
        [Says(name, None) for name in ENGINES],
        [Says(name, UnavailableError("gone")) for name in ENGINES],
        [Says(name, signal(name, 0.0, 0.0)) for name in ENGINES],
    ):
        made = assessed(engines)
        assert (made.risk_score, made.risk_level, made.recommendation) == (None, RiskLevel.UNKNOWN, REVIEW)
        assert "no_score" in made.risk_factors
    few = assessed([*all_say()[:2], *(Says(name, None) for name in ENGINES[2:])])
    assert few.recommendation is REVIEW and "few_engines" in few.risk_factors


NOT_FIGURES: list[Any] = [math.nan, math.inf, -math.inf, -0.01, 1.01, None, "0", 1e308]


@pytest.mark.parametrize("figure", NOT_FIGURES, ids=str)
@pytest.mark.parametrize("name", ENGINES)
def test_what_is_no_score_goes_to_a_person(name: str, figure: Any) -> None:
    for bad in (RiskSignal(name, figure, 1.0), RiskSignal(name, 0.0, figure)):
        made = assessed(all_say(**{name: Says(name, bad)}))
        assert made.recommendation is REVIEW and made.left_out == {name: "invalid"}
        assert "invalid_signal" in made.risk_factors
    for details in ({"contributions": {"amount": math.nan}}, {"details": {"anomaly": math.inf}}):
        assert assessed(all_say(**{name: Says(name, RiskSignal(name, 0.0, 1.0, **details))})).recommendation is REVIEW


def test_an_answer_in_another_engines_name_does_not_count() -> None:
    made = assessed(all_say(network=Says("network", signal("ml_model"))))
    assert made.left_out == {"network": "invalid"} and made.recommendation is REVIEW


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize(
    "error", [UnavailableError("x"), ZeroDivisionError(), asyncio.CancelledError(), TimeoutError()]
)
def test_an_engine_that_fails_is_left_out(name: str, error: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    counts = Counted()
    made = assessed(all_say(**{name: Says(name, error)}), counts=counts)
    assert made.left_out == {name: "failed"} and made.signals_processed == 4
    assert made.recommendation in (MONITOR, REVIEW) and "engine_lost" in made.risk_factors
    assert (name, "failed") in counts.engines and len(counts.engines) == 5 and counts.assessments
    (record,) = caplog.records
    assert (record.msg, record.__dict__["engine"]) == ("a fraud engine is left out", name)
    assert "x" not in record.getMessage()


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("stubborn", [False, True])
def test_one_deadline_for_all_and_never_approved_by_accident(name: str, stubborn: bool) -> None:
    counts = Counted()

    async def test() -> None:
        hangs = Hangs(name, stubborn)
        scorer = Scorer(all_say(**{name: hangs}), POLICY, counts)
        made = await scorer.assess(facts())
        assert made.left_out == {name: "late"} and made.recommendation is not APPROVE
        assert made.processing_time_ms >= POLICY.deadline.engines_seconds * 1000 - 1  # it was given all the time
        hangs.over.set()

    run(test)
    assert (name, "late") in counts.engines


def test_the_deadline_is_not_divided_by_the_engines() -> None:
    """All slow by most of the deadline, all in time: side by side, not one after the other with a fifth each."""
    policy = changed(deadline={"total_ms": 10_100.0, "reserve_ms": 100.0})

    async def test() -> None:
        waiting, go = asyncio.Semaphore(0), asyncio.Event()

        class Slow(Says):
            async def assess(self, given: Any) -> RiskSignal | None:
                waiting.release()
                await go.wait()
                return await super().assess(given)

        scorer = Scorer([Slow(name, signal(name)) for name in ENGINES], policy)
        task = asyncio.create_task(scorer.assess(facts()))
        for _ in ENGINES:
            await waiting.acquire()
        assert not task.done()
        go.set()
        assert (await task).signals_processed == 5

    run(test)


def test_all_hang() -> None:
    made = assessed([Hangs(name) for name in ENGINES])
    assert made.recommendation is REVIEW and set(made.left_out.values()) == {"late"}


def test_after_some_time_outs_it_is_not_asked_and_later_probed_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    now = [0.0]
    policy = changed(deadline={"total_ms": 30.0, "reserve_ms": 20.0})

    async def test() -> None:
        hangs = Hangs("device")
        scorer = Scorer(all_say(device=hangs), policy, now=lambda: now[0])
        for _ in range(policy.breaker.failures):
            assert (await scorer.assess(facts())).left_out == {"device": "late"}
        for _ in range(3):
            made = await scorer.assess(facts())
            assert made.left_out == {"device": "skipped"} and made.recommendation is MONITOR
        assert hangs.calls == policy.breaker.failures
        now[0] += policy.breaker.open_seconds
        made = await asyncio.gather(*(scorer.assess(facts()) for _ in range(5)))
        assert sorted(one.left_out["device"] for one in made) == ["late"] + ["skipped"] * 4
        now[0] += policy.breaker.open_seconds
        hangs.over.set()
        assert (await scorer.assess(facts())).left_out == {"device": "silent"}
        assert (await scorer.assess(facts())).left_out == {"device": "silent"}  # closed again

    run(test)


def test_a_caller_who_leaves_takes_everything_along_and_blames_nobody() -> None:
    async def test() -> None:
        hangs = Hangs("device")
        scorer = Scorer(all_say(device=hangs), POLICY)
        for _ in range(POLICY.breaker.failures + 1):
            task = asyncio.create_task(scorer.assess(facts()))
            before = hangs.calls
            while hangs.calls == before:
                await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        hangs.over.set()
        assert (await scorer.assess(facts())).left_out == {"device": "silent"}
        assert not scorer._stray

    run(test)


@pytest.mark.parametrize("names", [ENGINES[1:], (*ENGINES, "device"), (*ENGINES[:4], "hope"), ()])
def test_no_engine_may_be_missing(names: tuple[str, ...]) -> None:
    with pytest.raises(ConfigurationError):
        Scorer([Says(name, None) for name in names], POLICY)


ANSWERS = st.one_of(
    st.sampled_from([None, UnavailableError("x")]),
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.booleans()),
    st.tuples(st.floats(), st.floats(), st.booleans()),
)


@settings(max_examples=300, deadline=None)
@given(st.tuples(*[ANSWERS] * len(ENGINES)))
@example(((0.75, 5e-324, False), None, None, None, None))
def test_whatever_engines_say_doubt_is_never_approval(said: tuple[Any, ...]) -> None:
    answers = []
    for name, one in zip(ENGINES, said, strict=True):
        if one is None:
            answers.append(Answer(name, Outcome.SILENT))
        elif isinstance(one, Exception):
            answers.append(Answer(name, Outcome.FAILED))
        else:
            answers.append(Answer.of(name, signal(name, one[0], one[1], hard=one[2])))
    began = time.monotonic()
    made = judge(answers, POLICY, lambda: time.monotonic() - began)
    valid = [answer.signal for answer in answers if answer.signal]
    if made.recommendation is APPROVE:
        assert made.risk_score is not None and made.risk_score < POLICY.recommendations.monitor
        assert {answer.outcome for answer in answers} <= {Outcome.ANSWERED, Outcome.SILENT}
        assert len(valid) >= POLICY.least_engines
    if made.risk_score is not None:
        assert 0 <= made.risk_score <= 1
        assert made.risk_score >= round(max((one.score for one in valid if one.hard), default=0.0), 6)
        assert made.risk_score <= max(one.score for one in valid) + 1e-6
