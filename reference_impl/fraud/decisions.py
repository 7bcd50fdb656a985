"""Decisions about payments: made, kept, explained and contested (GDPR Art. 22)."""

from __future__ import annotations

import secrets
from dataclasses import replace

from reference_impl.audit.model import AuditLog, Event, Outcome
from reference_impl.auth.model import Caller
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import ConflictError, ForbiddenError, NotFoundError, UnavailableError
from reference_impl.fraud.explain import Explanation, explain
from reference_impl.fraud.model import Facts, Recommendation
from reference_impl.fraud.records import Decision, Review, ReviewState, digest_of
from reference_impl.fraud.scoring import Scorer
from reference_impl.fraud.store import DecisionStore

_TRUSTED = frozenset({Recommendation.APPROVE, Recommendation.MONITOR})
"""After these the device counts as the customer's: one that was tried and stopped does not."""


class Decisions:
    """`model_version`, `policy_version`: stored with every decision, so that it can be retraced."""

    def __init__(
        self,
        scorer: Scorer,
        store: DecisionStore,
        audit: AuditLog,
        *,
        model_version: str,
        policy_version: str,
        clock: Clock = utc_now,
    ) -> None:
        self._scorer, self._store, self._audit, self._clock = scorer, store, audit, clock
        self._model_version, self._policy_version = model_version, policy_version

    async def assess(self, facts: Facts) -> Decision:
        """Stored when it returns. The same payment has one decision, however often it is asked for.

        Raises ConflictError if the payment was assessed with other facts, UnavailableError if it cannot be stored:
        there is then no decision, and nothing may be taken for one.
        """
        assessment = await self._scorer.assess(facts)
        paid = facts.transaction
        decision = Decision(
            tenant=paid.tenant,
            id=f"frd_{secrets.token_urlsafe(16)}",
            transaction=paid.id,
            customer=paid.customer,
            request_digest=digest_of(facts),
            assessment=assessment,
            model_version=self._model_version,
            policy_version=self._policy_version,
            at=self._clock(),
        )
        said = bool(paid.device.id or paid.device.fingerprint)
        trusted = said and assessment.recommendation in _TRUSTED
        if await self._store.add(decision, paid.device if trusted else None):
            return decision
        first = await self._store.by_transaction(paid.tenant, paid.id)
        if first is None:
            raise UnavailableError("the decision could not be stored")
        if first.request_digest != decision.request_digest:
            raise ConflictError("this payment was assessed with other facts")
        return first

    async def find(self, caller: Caller, decision_id: str) -> Decision:
        """Raises NotFoundError."""
        found = await self._store.by_id(caller.principal.tenant, decision_id)
        if found is None:
            raise NotFoundError("there is no such assessment")
        return found

    async def explained(self, caller: Caller, decision_id: str) -> tuple[Decision, Explanation]:
        """With the sentences for the person it is about. Raises NotFoundError."""
        decision = await self.find(caller, decision_id)
        return decision, explain(decision.assessment)

    async def contest(self, caller: Caller, decision_id: str, ground: str) -> Review:
        """Puts a decision before a person. Audited before it is stored.

        `ground`: what the person it is about says, without account data. Raises NotFoundError, ConflictError if it is
        contested already, UnavailableError.
        """
        decision = await self.find(caller, decision_id)
        tenant, who = caller.principal.tenant, caller.principal.subject
        review = Review(tenant, f"frr_{secrets.token_urlsafe(16)}", decision.id, ground, who, self._clock())
        if await self._store.review_of(tenant, decision.id) is None:
            await self._record(caller, "fraud.contest", decision.id, Outcome.SUCCESS)
            if await self._store.open_review(review):
                return review
        raise ConflictError("this assessment is contested already")

    async def conclude(self, caller: Caller, decision_id: str, *, overturned: bool) -> Review:
        """What a person decided; somebody else than who contested it. Audited before it is stored.

        Raises NotFoundError, ForbiddenError, ConflictError if it was concluded before, UnavailableError.
        """
        review = await self._store.review_of(caller.principal.tenant, decision_id)
        if review is None:
            raise NotFoundError("there is no such review")
        if review.opened_by == caller.principal.subject:
            await self._record(caller, "fraud.conclude", decision_id, Outcome.DENIED, "own_appeal")
            raise ForbiddenError("somebody else has to look at it")
        if review.state is not ReviewState.OPEN:
            raise ConflictError("this review is concluded")
        state = ReviewState.OVERTURNED if overturned else ReviewState.UPHELD
        closed = replace(review, state=state, closed_by=caller.principal.subject, closed_at=self._clock())
        await self._record(caller, "fraud.conclude", decision_id, Outcome.SUCCESS, state.value)
        if not await self._store.close_review(closed):
            raise ConflictError("this review is concluded")
        return closed

    async def _record(self, caller: Caller, action: str, decision_id: str, outcome: Outcome, reason: str = "") -> None:
        event = Event(
            user=caller.principal.subject,
            action=action,
            at=self._clock(),
            outcome=outcome,
            origin=caller.origin,
            resource=f"assessment:{decision_id}",
            tenant=caller.principal.tenant,
            request_id=caller.request_id,
            reason=reason,
        )
        await self._audit.append([event])
