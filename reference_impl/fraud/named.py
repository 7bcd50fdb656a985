"""Assessments by the names that tenants give their customers: engines, counters and tables have the subject instead."""

from __future__ import annotations

from dataclasses import replace

from reference_impl.auth.model import Caller, Permission
from reference_impl.fraud.decisions import Decisions
from reference_impl.fraud.explain import Explanation
from reference_impl.fraud.model import Facts
from reference_impl.fraud.records import Decision, Review
from reference_impl.keys.model import SubjectKeys


class NamedDecisions:
    """`Decisions` for the routes. Payments of orders come with the subject already (`of_orders`)."""

    def __init__(self, decisions: Decisions, people: SubjectKeys) -> None:
        self._decisions, self._people = decisions, people

    async def assess(self, caller: Caller, facts: Facts) -> Decision:
        """See `Decisions`. Nothing is asked for a customer who was here minutes ago; of others the key is looked up, or
        made: UnavailableError while the store of persons' keys does not answer.
        """
        payment = facts.transaction
        if caller.principal.may(Permission.ASSESS):
            key = await self._people.remembered(payment.tenant, payment.customer)
            payment = replace(payment, customer=key.subject)
        return await self._decisions.assess(caller, replace(facts, transaction=payment))

    async def explained(self, caller: Caller, decision_id: str) -> tuple[Decision, Explanation]:
        """See `Decisions`."""
        return await self._decisions.explained(caller, decision_id)

    async def contest(self, caller: Caller, decision_id: str, ground: str) -> Review:
        """See `Decisions`."""
        return await self._decisions.contest(caller, decision_id, ground)

    async def conclude(self, caller: Caller, decision_id: str, *, overturned: bool) -> Review:
        """See `Decisions`."""
        return await self._decisions.conclude(caller, decision_id, overturned=overturned)
