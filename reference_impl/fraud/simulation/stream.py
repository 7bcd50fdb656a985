"""The payments in the order they come, each with what was known then, and with what came out later."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from reference_impl.fraud.model import Facts, Transaction
from reference_impl.fraud.simulation import scenarios
from reference_impl.fraud.simulation.draws import Draws
from reference_impl.fraud.simulation.genuine import DAY, Attempt, Genuine
from reference_impl.fraud.simulation.history import Histories
from reference_impl.fraud.simulation.world import Size, World, build
from reference_impl.money import Money

BEGIN = datetime(2025, 1, 6, tzinfo=timezone.utc)
"""A Monday."""

HOLIDAYS = frozenset({date(2025, 1, 6), date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 1), date(2025, 12, 25)})
"""Of the simulated world."""

_REPORT_DAYS = {
    "": 6.0,
    "compromised_terminal": 4.0,
    "leaked_card": 4.0,
    "takeover": 4.0,
    "impossible_travel": 3.0,
    "card_testing": 3.0,
}
_REPORT_SIGMA = 0.7
_NEVER = 0.04
_DISPUTED = 0.0003


@dataclass(frozen=True, slots=True)
class Simulated:
    """`facts`: as the service knew them; `declined`: by the issuer, so that nobody ever hears whether it was a fraud.

    `scenario`: the truth, empty if genuine; `reported`: when a chargeback for it arrived, if ever. Some frauds are
    never reported, and some genuine payments are.
    """

    facts: Facts
    declined: bool
    scenario: str
    reported: datetime | None

    @property
    def fraud(self) -> bool:
        """The truth."""
        return bool(self.scenario)


def simulate(size: Size, seed: int) -> Iterator[Simulated]:
    """The same payments for the same size and seed, on every machine."""
    world = build(size, seed)
    people, thieves = Genuine(world, seed), scenarios.all_of(world, seed)
    reports = _Reports(Draws(seed, "reports"))
    histories = Histories()
    number = 0
    for day in range(size.days):
        for attempt in _of_day(day, people, thieves):
            for reported in reports.until(attempt.second):
                histories.charged_back(reported, attempt.second // DAY)
            facts = _facts(attempt, number, histories, world)
            histories.paid(attempt)
            yield Simulated(facts, attempt.declined, attempt.scenario, reports.expect(attempt))
            number += 1


def _of_day(day: int, people: Genuine, thieves: Sequence[scenarios.Scenario]) -> list[Attempt]:
    attempts = list(people.attempts(day))
    for thief in thieves:
        attempts = list(thief.attempts(day, attempts))
    return sorted(attempts, key=lambda attempt: attempt.second)


def _facts(attempt: Attempt, number: int, histories: Histories, world: World) -> Facts:
    merchant = world.merchants[attempt.merchant]
    transaction = Transaction(
        id=f"payment-{number}",
        tenant="simulated",
        customer=attempt.account,
        card=attempt.card.id,
        merchant=merchant.id,
        money=Money(attempt.cents, "EUR"),
        description=attempt.description,
        at=BEGIN + timedelta(seconds=attempt.second),
        source=attempt.source,
        device=attempt.device,
        place=attempt.place,
    )
    return Facts(
        transaction, histories.customer(attempt), histories.merchant(attempt, merchant), histories.method(attempt)
    )


class _Reports:
    """Chargebacks on their way."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._coming: list[tuple[int, int, Attempt]] = []
        self._count = 0

    def expect(self, attempt: Attempt) -> datetime | None:
        """When one will arrive, if ever."""
        probability = 1 - _NEVER if attempt.scenario else _DISPUTED
        if attempt.declined or not self._draws.chance(probability):
            return None
        days = self._draws.lognormal(_REPORT_DAYS[attempt.scenario], _REPORT_SIGMA)
        second = attempt.second + round(days * DAY)
        self._count += 1
        heapq.heappush(self._coming, (second, self._count, attempt))
        return BEGIN + timedelta(seconds=second)

    def until(self, second: int) -> Iterator[Attempt]:
        """Those that have arrived."""
        while self._coming and self._coming[0][0] <= second:
            yield heapq.heappop(self._coming)[2]
