"""The models' engine, the rules', and the threads in which engines compute."""

from __future__ import annotations

import asyncio
import math
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from reference_impl.errors import UnavailableError
from reference_impl.fraud.engines.ml import MlEngine
from reference_impl.fraud.engines.rules import RuleEngine, fired
from reference_impl.fraud.engines.velocity import VelocityEngine
from reference_impl.fraud.model import CustomerHistory, Facts, Prediction, Recommendation
from reference_impl.fraud.reasons import Reason, sentence_of
from reference_impl.fraud.scoring import Scorer
from reference_impl.fraud.settings import Policy, Threads
from reference_impl.fraud.velocity.memory import MemoryWindows
from reference_impl.fraud.velocity.model import Span
from reference_impl.fraud.workers import Workers
from reference_impl.money import Money
from tests.reference.fraud_parts import (
    LISBON,
    NOW,
    POLICY,
    SYDNEY,
    Blocked,
    Logistic,
    all_say,
    changed,
    facts,
    features,
)

PATIENT = changed(deadline={"total_ms": 20_000.0})
FEW = Threads(each=2, spare=2, waiting=3)


def threaded(test: Callable[[Workers], Awaitable[None]], threads: Threads = FEW) -> None:
    async def main() -> None:
        workers = Workers("test", threads)
        try:
            await test(workers)
        finally:
            workers.close()

    asyncio.run(main())


def engine(workers: Workers, predictor: Any = None, policy: Policy = PATIENT) -> MlEngine:
    return MlEngine(predictor or Logistic(), features, policy, workers)


def test_the_models_by_their_weights() -> None:
    async def test(workers: Workers) -> None:
        suspicious = facts(amount=900_000)
        expected = Logistic().predict(features(suspicious))
        made = await engine(workers).assess(suspicious)
        assert made.score == pytest.approx((0.6 * expected.probability + 0.2 * expected.anomaly) / 0.8)
        assert made.confidence == 1.0 and [*made.reasons] == ["fraud_probable"]
        assert made.contributions == expected.contributions
        assert made.details == {"fraud_probability": expected.probability, "anomaly": expected.anomaly}
        new = await engine(workers).assess(Facts(facts().transaction, CustomerHistory()))
        assert new.confidence == POLICY.ml.new_customer_confidence

    threaded(test)


class Anomalous:
    """Certain that it is strange and not that it is fraud."""

    def predict_many(self, rows: Sequence[Sequence[float]]) -> list[Prediction]:
        return [Prediction(float("nan"), 0.99, {}) for _ in rows]


def test_models_that_give_no_number_and_features_that_fail() -> None:
    def broken(_: Facts) -> Sequence[float]:
        raise KeyError("a feature")

    async def test(workers: Workers) -> None:
        scorer = Scorer(all_say(ml_model=engine(workers, Anomalous())), PATIENT)
        assert (await scorer.assess(facts())).recommendation is Recommendation.REVIEW
        failing = MlEngine(Logistic(), broken, POLICY, workers)
        made = await Scorer(all_say(ml_model=failing), PATIENT).assess(facts())
        assert made.left_out == {"ml_model": "failed"} and made.recommendation is Recommendation.REVIEW
        assert made.fraud_probability is None and made.is_anomaly is None  # not a half

    threaded(test)


def test_a_model_that_computes_for_ever_holds_up_neither_the_loop_nor_the_others() -> None:
    blocked = Blocked()

    class Computes(Logistic):
        def predict(self, given: Sequence[float]) -> Prediction:
            blocked()
            return super().predict(given)

    policy = changed(deadline={"total_ms": 1_000.0, "reserve_ms": 20.0})

    async def test(workers: Workers) -> None:
        scorer = Scorer(all_say(ml_model=engine(workers, Computes(), policy=policy)), policy)
        task = asyncio.create_task(scorer.assess(facts()))
        turns = 0
        while not task.done():
            turns += 1
            await asyncio.sleep(0.001)
        assert turns > 5  # the loop went on
        assert task.result().left_out == {"ml_model": "late"}
        assert task.result().recommendation is Recommendation.REVIEW
        blocked.go.set()

    threaded(test)


def test_who_asks_together_is_answered_together_and_one_that_fails_fails_alone() -> None:
    sizes = []

    class Together(Logistic):
        def predict_many(self, rows: Sequence[Sequence[float]]) -> list[Prediction]:
            sizes.append(len(rows))
            if any(math.isnan(value) for row in rows for value in row):
                raise ValueError("a row that is no row")
            return super().predict_many(rows)

    async def test(workers: Workers) -> None:
        asked = engine(workers, Together())
        payments = [facts(amount=100 * number) for number in range(1, 9)]
        alone = [await asked.assess(payment) for payment in payments]
        strange = replace(facts(), customer=replace(facts().customer, chargeback_rate=math.nan))
        *together, refused = await asyncio.gather(*map(asked.assess, [*payments, strange]), return_exceptions=True)
        assert together == alone
        assert isinstance(refused, ValueError)
        assert sizes == [*[1] * 8, 9, *[1] * 9]

    threaded(test)


def test_models_that_loop_for_ever_take_few_threads_and_short_turns() -> None:
    over = threading.Event()

    class Loops(Logistic):
        def predict(self, given: Sequence[float]) -> Prediction:
            while not over.is_set():
                pass
            return super().predict(given)

    deadline = {"total_ms": 30.0, "reserve_ms": 20.0, "grace_ms": 1.0}
    policy = changed(deadline=deadline, breaker={"failures": 10**9})

    usual = sys.getswitchinterval()

    async def test(workers: Workers) -> None:
        scorer = Scorer(all_say(ml_model=engine(workers, Loops(), policy=policy)), policy)
        while workers.hung < FEW.each + FEW.spare:
            assert (await scorer.assess(facts())).recommendation is Recommendation.REVIEW
        assert sys.getswitchinterval() <= 0.0005
        made = await scorer.assess(facts())
        while made.left_out != {"ml_model": "failed"}:  # at once, when the loop gets its turn in time
            assert (made.recommendation, made.left_out) == (Recommendation.REVIEW, {"ml_model": "late"})
            made = await scorer.assess(facts())
        assert made.recommendation is Recommendation.REVIEW
        over.set()
        while workers.hung:
            await asyncio.sleep(0.001)
        assert sys.getswitchinterval() == usual

    try:
        threaded(test)
    finally:
        over.set()


@pytest.mark.parametrize(
    ("given", "recent", "expected"),
    [
        (facts(), 10, {}),
        (facts(amount=1_000_000), 1, {}),
        (facts(amount=1_000_001), 1, {Reason.LARGE_AMOUNT: 0.3}),
        (facts(money=Money(10_001, "JPY")), 1, {Reason.LARGE_AMOUNT: 0.3}),
        (facts(), 11, {Reason.FREQUENT: 0.4}),
        (facts(place=LISBON), 1, {Reason.FAR_FROM_HOME: 0.2}),
        (facts(place=None), 1, {}),
        (facts(at=NOW.replace(hour=0)), 1, {Reason.NIGHT: 0.1}),
        (facts(at=NOW.replace(hour=5, minute=59)), 1, {Reason.NIGHT: 0.1}),
        (facts(at=NOW.replace(hour=6)), 1, {}),
        (facts(at=NOW - timedelta(hours=13)), 1, {}),
    ],
)
def test_each_rule(given: Facts, recent: int, expected: dict[Reason, float]) -> None:
    assert fired(given, recent, POLICY.rules) == expected


def test_rules_add_up_and_count_with_the_velocity_engine_once() -> None:
    async def main() -> None:
        windows = MemoryWindows(Span(3600, 86_400))
        rules, velocity = RuleEngine(windows, POLICY), VelocityEngine(windows, POLICY)
        for number in range(11):
            last = facts(number, amount=2_000_000, place=SYDNEY, at=NOW.replace(hour=3))
            made, _ = await asyncio.gather(rules.assess(last), velocity.assess(last))
            assert ("frequent_payments" in made.reasons) is (number == 10)
        assert made.score == 1.0 and len(made.reasons) == 4

    asyncio.run(main())


def test_every_reason_has_a_sentence_of_its_own() -> None:
    sentences = [reason.sentence for reason in Reason]
    assert len({*sentences}) == len(sentences) and all(text.endswith(".") for text in sentences)
    assert all(sentence_of(reason.value) == reason.sentence for reason in Reason)
    assert "does not know" in sentence_of("of_a_later_version")


def test_answers_and_errors_come_back() -> None:
    def fails() -> None:
        raise ZeroDivisionError

    async def test(workers: Workers) -> None:
        assert await workers.run(threading.get_ident) != threading.get_ident()
        for kind in (ZeroDivisionError,):
            with pytest.raises(kind):
                await workers.run(fails)
        assert await asyncio.gather(*(workers.run(lambda n=n: n) for n in range(3))) == [0, 1, 2]  # type: ignore[misc]

    threaded(test)


async def _hung(workers: Workers, blocked: Blocked) -> None:
    task = asyncio.create_task(workers.run(blocked))
    await asyncio.to_thread(blocked.entered.acquire)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_hung_threads_are_replaced_up_to_a_bound_and_come_back() -> None:
    async def test(workers: Workers) -> None:
        blocked = Blocked()
        for hung in range(1, FEW.spare + FEW.each):
            await _hung(workers, blocked)
            assert workers.hung == hung
            assert await workers.run(lambda: "goes on") == "goes on"
        await _hung(workers, blocked)
        with pytest.raises(UnavailableError):
            await workers.run(lambda: "nobody is left")
        blocked.go.set()
        while workers.hung:
            await asyncio.sleep(0.001)
        names = [thread for thread in threading.enumerate() if thread.name == "fraud-test" and thread.is_alive()]
        assert await workers.run(lambda: "again") == "again" and len(names) <= FEW.each + FEW.spare

    threaded(test)


def test_what_waits_is_bounded_and_what_was_given_up_is_not_done() -> None:
    done = []

    async def test(workers: Workers) -> None:
        blocked = Blocked()
        busy = [asyncio.create_task(workers.run(blocked)) for _ in range(FEW.each)]
        for _ in busy:
            await asyncio.to_thread(blocked.entered.acquire)
        waiting = [asyncio.create_task(workers.run(lambda: done.append(1))) for _ in range(FEW.waiting)]
        await asyncio.sleep(0)
        with pytest.raises(UnavailableError):
            await workers.run(lambda: 1)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        blocked.go.set()
        assert await asyncio.gather(*busy) == [1, 1]
        assert await workers.run(lambda: 2) == 2
        assert done == [] and workers.hung == 0

    threaded(test)
