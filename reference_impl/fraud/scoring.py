"""Asks all engines at once, under one deadline, and makes one assessment of what they answer in time.

Guaranteed: an assessment is there at the deadline, whatever engines do, and nothing but answers of working engines
makes it "approve": no answer, an answer that is no number, and an engine that is late or broken each raise it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from reference_impl.errors import ConfigurationError
from reference_impl.fraud.breaker import Breaker
from reference_impl.fraud.model import Assessment, Engine, Facts, RiskSignal, Sensitivity
from reference_impl.fraud.settings import Engines, Policy
from reference_impl.fraud.verdict import Answer, Outcome, judge

_log = logging.getLogger(__name__)


class Counts(Protocol):
    """What becomes figures for monitoring. Labels are words of a short list: no customer, no payment."""

    def engine(self, engine: str, outcome: str, seconds: float) -> None:
        """One engine was asked. `outcome`: of `verdict.Outcome`."""
        ...

    def assessment(self, recommendation: str, seconds: float) -> None:
        """One payment was assessed."""
        ...


class NotCounted:
    """`Counts` that nobody looks at."""

    def engine(self, engine: str, outcome: str, seconds: float) -> None:
        """See `Counts`."""

    def assessment(self, recommendation: str, seconds: float) -> None:
        """See `Counts`."""


CAUTIOUS = 0.5
"""The factor where nobody can say in time which one is in force."""


@dataclass(slots=True)
class _Asked:
    """One engine, asked for one payment. `seconds`: how long it took, when it has answered."""

    engine: Engine
    breaker: Breaker
    entered: int | None
    task: asyncio.Task[RiskSignal | None] | None = None
    seconds: float = 0.0

    async def run(self, facts: Facts) -> RiskSignal | None:
        """Asks it."""
        began = time.monotonic()
        try:
            return await self.engine.assess(facts)
        finally:
            self.seconds = time.monotonic() - began


class Scorer:
    """All engines of the policy, each with a breaker of its own. For one event loop.

    An engine must not compute for long in the event loop: nothing can end that. `workers.Workers` are there for it.

    Raises ConfigurationError if the engines are not those of the policy: one that is missing must not be missed.
    """

    def __init__(
        self,
        engines: Collection[Engine],
        policy: Policy,
        counts: Counts | None = None,
        now: Callable[[], float] = time.monotonic,
        sensitivity: Sensitivity | None = None,
    ) -> None:
        if sorted(engine.name for engine in engines) != sorted(Engines.model_fields):
            raise ConfigurationError(f"fraud engines: there must be one each of {', '.join(Engines.model_fields)}")
        self._engines = [(engine, Breaker(policy.breaker, now)) for engine in engines]
        self._policy = policy
        self._counts = counts or NotCounted()
        self._sensitivity = sensitivity
        self._stray: set[asyncio.Task[RiskSignal | None]] = set()

    async def assess(self, facts: Facts) -> Assessment:
        """Within `policy.deadline`. Nobody waits for engines that are late."""
        began = time.monotonic()
        asked = [_Asked(engine, breaker, breaker.enter()) for engine, breaker in self._engines]
        for one in asked:
            if one.entered is not None:
                one.task = asyncio.create_task(one.run(facts))
        tasks = [one.task for one in asked if one.task]
        factor = asyncio.create_task(self._factor(facts.transaction.tenant))
        try:
            left = self._policy.deadline.engines_seconds - (time.monotonic() - began)
            await asyncio.wait([factor, *tasks], timeout=left)
        except asyncio.CancelledError:
            factor.cancel()
            for one in asked:
                if one.entered is not None:
                    one.breaker.abandoned(one.entered)
            raise
        finally:
            self._leave(tasks)
        waited = time.monotonic() - began
        answers = [self._answer(one, waited) for one in asked]
        assessment = judge(answers, self._policy, lambda: (time.monotonic() - began) * 1000, _factor(factor))
        self._counts.assessment(assessment.recommendation.value, time.monotonic() - began)
        return assessment

    async def _factor(self, tenant: str) -> float:
        return 1.0 if self._sensitivity is None else await self._sensitivity.of(tenant)

    def _leave(self, tasks: Sequence[asyncio.Task[RiskSignal | None]]) -> None:
        """Late ones may come to an end by themselves for a while: a database or Redis that is slow would get slower yet
        by connections that are broken off and made again. How many there are is bounded by the breaker.
        """
        for task in tasks:
            if not task.done():
                self._stray.add(task)  # the loop itself would forget it
                task.add_done_callback(self._gone)
                task.get_loop().call_later(self._policy.deadline.grace_ms / 1000, task.cancel)

    def _gone(self, task: asyncio.Task[RiskSignal | None]) -> None:
        self._stray.discard(task)
        if not task.cancelled():
            task.exception()  # nobody else will ask for it

    def _answer(self, one: _Asked, waited: float) -> Answer:
        answer = _answer(one.engine.name, one.task)
        error = _error(one.task)
        if one.entered is not None:
            lost = answer.outcome in (Outcome.LATE, Outcome.FAILED)
            (one.breaker.failed if lost else one.breaker.succeeded)(one.entered)
        if answer.outcome not in (Outcome.ANSWERED, Outcome.SILENT, Outcome.SKIPPED):
            _log.warning(
                "a fraud engine is left out",
                extra={"engine": one.engine.name, "outcome": answer.outcome.value, "error": error},
            )
        self._counts.engine(one.engine.name, answer.outcome.value, one.seconds or (waited if one.task else 0.0))
        return answer


def _answer(engine: str, task: asyncio.Task[RiskSignal | None] | None) -> Answer:
    if task is None:
        return Answer(engine, Outcome.SKIPPED)
    if not task.done():
        return Answer(engine, Outcome.LATE)
    if task.cancelled() or task.exception() is not None:
        return Answer(engine, Outcome.FAILED)
    signal = task.result()
    return Answer(engine, Outcome.SILENT) if signal is None else Answer.of(engine, signal)


def _factor(task: asyncio.Task[float]) -> float:
    if task.done() and not task.cancelled() and task.exception() is None:
        return task.result()
    task.cancel()
    return CAUTIOUS


def _error(task: asyncio.Task[RiskSignal | None] | None) -> str | None:
    """Its type: the text may quote what it failed at."""
    if task is None or not task.done() or task.cancelled() or (error := task.exception()) is None:
        return None
    return type(error).__name__
