"""Too much too fast, or at two places at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from reference_impl.fraud.model import Facts, RiskSignal
from reference_impl.fraud.reasons import Reason
from reference_impl.fraud.settings import Limit, Policy
from reference_impl.fraud.velocity.model import Entry, Kind, Subject, Tally, Windows, subjects_of
from reference_impl.fraud.velocity.travel import impossible

_TRAVEL = (Kind.CUSTOMER, Kind.CARD)
"""What is at one place at a time: not a source of many, nor a device, which says where it is by itself."""

_PAYMENTS, _AMOUNT, _FAILED = "payments", "amount", "failed"


class VelocityEngine:
    """`velocity`: the same for every kind of excess (payments, amount, failed, travel), however many subjects have it.

    Counting and reading are one step in `Windows`, the payment itself included: no two payments miss each other.
    """

    name = "velocity"

    def __init__(self, windows: Windows, policy: Policy) -> None:
        self._windows, self._policy = windows, policy

    async def assess(self, facts: Facts) -> RiskSignal:
        """Raises UnavailableError."""
        subjects = subjects_of(facts.transaction)
        entry = Entry.of(facts.transaction)
        tallies = await self._windows.add(subjects, entry)
        reasons, kinds = self._exceeded(subjects, tallies, entry)
        each = self._policy.velocity.each
        return RiskSignal(
            self.name,
            round(min(1.0, each * len(kinds)), 6),
            self._policy.engines.velocity.confidence,
            reasons=tuple(reasons),
            contributions=dict.fromkeys(kinds, each),
        )

    def _exceeded(
        self, subjects: Sequence[Subject], tallies: Sequence[Tally], entry: Entry
    ) -> tuple[Sequence[Reason], Sequence[str]]:
        policy = self._policy.velocity
        reasons, kinds = list[Reason](), dict[str, None]()
        for subject, tally in zip(subjects, tallies, strict=True):
            for kind in _excess(tally, getattr(policy.limits, subject.kind.value)):
                kinds[kind] = None
                reasons.append(_REASONS[subject.kind, kind])
        travelled = [tally for subject, tally in zip(subjects, tallies, strict=True) if subject.kind in _TRAVEL]
        if any(impossible(tally.before, entry.seen, policy.travel) for tally in travelled):
            kinds["travel"] = None
            reasons.append(Reason.IMPOSSIBLE_TRAVEL)
        return reasons, tuple(kinds)


_REASONS = {
    (subject, kind): Reason(f"{subject.value}_{kind}")  # type: ignore[call-arg]
    for subject, kind in product(Kind, (_PAYMENTS, _AMOUNT, _FAILED))
}


def _excess(tally: Tally, limit: Limit) -> Sequence[str]:
    over = {
        _PAYMENTS: tally.payments > limit.payments,
        _AMOUNT: tally.amount > limit.amount,
        _FAILED: tally.failed > limit.failed,
    }
    return [kind for kind, true in over.items() if true]
