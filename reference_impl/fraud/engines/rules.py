"""What people wrote down: a large amount, many payments, far from home, at night."""

from __future__ import annotations

from collections.abc import Mapping

from reference_impl.fraud.model import Facts, RiskSignal
from reference_impl.fraud.reasons import Reason
from reference_impl.fraud.settings import Policy, RulesPolicy
from reference_impl.fraud.velocity.model import Entry, Windows, subjects_of
from reference_impl.fraud.velocity.travel import distance_km


class RuleEngine:
    """`rule_engine`. Its arithmetic takes microseconds and stays in the event loop.

    It counts in the windows that the velocity engine counts in: an entry counts once, whichever of them is first.
    """

    name = "rule_engine"

    def __init__(self, windows: Windows, policy: Policy) -> None:
        self._windows, self._policy = windows, policy

    async def assess(self, facts: Facts) -> RiskSignal:
        """Raises UnavailableError."""
        transaction = facts.transaction
        customer, *_ = await self._windows.add(subjects_of(transaction), Entry.of(transaction))
        found = fired(facts, customer.payments, self._policy.rules)
        return RiskSignal(
            self.name,
            round(min(1.0, sum(found.values())), 6),
            self._policy.engines.rule_engine.confidence,
            reasons=tuple(found),
            contributions={reason.value: score for reason, score in found.items()},
        )


def fired(facts: Facts, recent: int, rules: RulesPolicy) -> Mapping[Reason, float]:
    """What each rule that applies adds. `recent`: payments of the customer in the window, this one included."""
    transaction, home = facts.transaction, facts.customer.home
    away = distance_km(home, transaction.place) if home and transaction.place else 0.0
    applies = {
        Reason.LARGE_AMOUNT: (transaction.money.major > rules.large_amount.above, rules.large_amount.score),
        Reason.FREQUENT: (recent > rules.frequent.above, rules.frequent.score),
        Reason.FAR_FROM_HOME: (away > rules.far_from_home.above, rules.far_from_home.score),
        Reason.NIGHT: (rules.night.first_hour <= transaction.at.hour <= rules.night.last_hour, rules.night.score),
    }
    return {reason: score for reason, (true, score) in applies.items() if true}
