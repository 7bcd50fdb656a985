"""Decisions about payments: made, kept, explained and contested (GDPR Art. 22)."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace

from reference_impl.audit.model import AuditLog
from reference_impl.auth.model import Caller, Permission
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import ConflictError, ForbiddenError, NotFoundError, UnavailableError
from reference_impl.fraud.explain import Explanation, explain
from reference_impl.fraud.model import Assessment, Facts, Recommendation, Suspicious
from reference_impl.fraud.records import Decision, Review, ReviewState, digest_of, is_decision_id, new_decision_id
from reference_impl.fraud.scoring import Scorer
from reference_impl.fraud.store import DecisionStore
from reference_impl.fraud.trail import Trail

_log = logging.getLogger(__name__)

_ASSESS, _READ, _CONTEST, _CONCLUDE = "fraud.assess", "fraud.read", "fraud.contest", "fraud.conclude"
_PASSED = frozenset({Recommendation.APPROVE, Recommendation.MONITOR})


class OwnAppealError(ForbiddenError):
    """Whoever raised an appeal does not decide on it."""

    code = "own_appeal"

    def __init__(self) -> None:
        super().__init__("somebody else has to look at it")


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
        suspicious: Suspicious | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._scorer, self._store, self._trail = scorer, store, Trail(audit, clock)
        self._model_version, self._policy_version = model_version, policy_version
        self._suspicious = suspicious

    async def assess(self, caller: Caller, facts: Facts) -> Decision:
        """Stored when it returns, and recorded before. One payment has one decision, however often it is asked for.

        Raises ForbiddenError, ConflictError if the payment was assessed with other facts, UnavailableError if it cannot
        be stored or recorded: there is then no decision, and nothing may be taken for one.
        """
        name = new_decision_id()
        async with self._trail.failures(caller, _ASSESS, name):
            caller.permit(Permission.ASSESS)
            decision = await self._made(name, facts)
            device = facts.transaction.device if _trusted(decision.assessment) else None
            await self._trail.success(caller, _ASSESS, decision.id, decision.assessment.recommendation.value)
            if await self._store.add(decision, device):
                await self._tell(decision)
                return decision
            return await self._earlier(caller, decision)

    async def explained(self, caller: Caller, decision_id: str) -> tuple[Decision, Explanation]:
        """With the sentences for the person it is about. Raises ForbiddenError, NotFoundError, UnavailableError."""
        async with self._trail.failures(caller, _READ, decision_id):
            caller.permit(Permission.READ_ASSESSMENT)
            decision = await self._find(caller, decision_id)
            await self._trail.success(caller, _READ, decision_id)
        return decision, explain(decision.assessment)

    async def contest(self, caller: Caller, decision_id: str, ground: str) -> Review:
        """Puts a decision before a person. Recorded before it is stored.

        `ground`: what the person it is about says, without account data. Raises ForbiddenError, NotFoundError,
        ConflictError if it is contested already, UnavailableError.
        """
        async with self._trail.failures(caller, _CONTEST, decision_id):
            caller.permit(Permission.APPEAL)
            decision = await self._find(caller, decision_id)
            tenant, who = caller.principal.tenant, caller.principal.subject
            review = Review(tenant, f"frr_{secrets.token_urlsafe(16)}", decision.id, ground, who, self._trail.clock())
            if await self._store.review_of(tenant, decision.id) is None:
                await self._trail.success(caller, _CONTEST, decision.id)
                if await self._store.open_review(review, decision.customer):
                    return review
            raise ConflictError("this assessment is contested already")

    async def conclude(self, caller: Caller, decision_id: str, *, overturned: bool) -> Review:
        """What a person decided; somebody else than who contested it. Recorded before it is stored.

        Raises ForbiddenError, NotFoundError, ConflictError if it was concluded before, UnavailableError.
        """
        async with self._trail.failures(caller, _CONCLUDE, decision_id):
            caller.permit(Permission.REVIEW)
            known = is_decision_id(decision_id)
            review = await self._store.review_of(caller.principal.tenant, decision_id) if known else None
            if review is None:
                raise NotFoundError("there is no such review")
            if review.opened_by == caller.principal.subject:
                raise OwnAppealError
            if review.state is not ReviewState.OPEN:
                raise ConflictError("this review is concluded")
            state = ReviewState.OVERTURNED if overturned else ReviewState.UPHELD
            closed = replace(review, state=state, closed_by=caller.principal.subject, closed_at=self._trail.clock())
            await self._trail.success(caller, _CONCLUDE, decision_id, state.value)
            if not await self._store.close_review(closed):
                raise ConflictError("this review is concluded")
            return closed

    async def _tell(self, decision: Decision) -> None:
        if self._suspicious is None or decision.assessment.recommendation in _PASSED:
            return
        try:
            await self._suspicious.suspicious(decision.tenant)
        except UnavailableError:  # the decision stands, whether or not it is counted
            _log.warning("a suspicious payment is not counted")

    async def _made(self, name: str, facts: Facts) -> Decision:
        assessment, payment = await self._scorer.assess(facts), facts.transaction
        return Decision(
            tenant=payment.tenant,
            id=name,
            transaction=payment.id,
            customer=payment.customer,
            request_digest=await self._store.hidden(payment.tenant, payment.customer, digest_of(facts)),
            assessment=assessment,
            model_version=self._model_version,
            policy_version=self._policy_version,
            at=self._trail.clock(),
        )

    async def _earlier(self, caller: Caller, decision: Decision) -> Decision:
        """The one that the payment has already. Of this one there is a record: another says what became of it."""
        await self._trail.failure(caller, _ASSESS, decision.id, "assessed_already")
        first = await self._store.by_transaction(decision.tenant, decision.transaction)
        if first is None:
            raise UnavailableError("the decision could not be stored")
        if first.request_digest != decision.request_digest:
            raise ConflictError("this payment was assessed with other facts")
        await self._trail.success(caller, _READ, first.id)
        return first

    async def _find(self, caller: Caller, decision_id: str) -> Decision:
        found = await self._store.by_id(caller.principal.tenant, decision_id) if is_decision_id(decision_id) else None
        if found is None:
            raise NotFoundError("there is no such assessment")
        return found


def _trusted(assessment: Assessment) -> bool:
    """Whether the device counts as the customer's: one that was tried and stopped does not, nor one nobody compared."""
    compared = any(signal.engine == "device" for signal in assessment.signals)
    return compared and assessment.recommendation in _PASSED
