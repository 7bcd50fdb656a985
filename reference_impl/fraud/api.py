"""`/v1/fraud/assessments`: assess a payment, explain what came of it, contest it, and have a person decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from reference_impl.auth.model import Caller, Permission
from reference_impl.cards.api_model import STRICT
from reference_impl.clock import Clock, utc_now
from reference_impl.fraud.api_model import AssessmentBody, Ground
from reference_impl.fraud.decisions import Decisions
from reference_impl.fraud.explain import Explanation
from reference_impl.fraud.model import Recommendation, RiskLevel
from reference_impl.fraud.named import NamedDecisions
from reference_impl.fraud.records import Decision, Review, ReviewState


class AssessmentView(BaseModel):
    """`left_out`: engine to why it did not count."""

    id: str
    transaction: str
    risk_score: float | None
    risk_level: RiskLevel
    fraud_probability: float | None
    is_anomaly: bool | None
    risk_factors: Sequence[str]
    recommendation: Recommendation
    required_actions: Sequence[str]
    processing_time_ms: float
    signals_processed: int
    left_out: Mapping[str, str]
    created_at: datetime

    @classmethod
    def of(cls, decision: Decision) -> AssessmentView:
        """Of a decision that is stored."""
        return cls(**_fields(decision))


class ExplainedView(AssessmentView):
    """`explanation`: sentences for the person it is about; `contributions`: of each engine, adding up to 1;
    `details`: engine to what raised or lowered its own score.
    """

    explanation: Sequence[str]
    contributions: Mapping[str, float]
    details: Mapping[str, Mapping[str, float]]
    model_version: str
    policy_version: str

    @classmethod
    def explained(cls, decision: Decision, explanation: Explanation) -> ExplainedView:
        """With its explanation."""
        return cls(
            **_fields(decision),
            explanation=explanation.sentences,
            contributions=explanation.contributions,
            details={signal.engine: signal.contributions for signal in decision.assessment.signals},
            model_version=decision.model_version,
            policy_version=decision.policy_version,
        )


class AppealBody(BaseModel):
    """`ground`: what the person it is about says."""

    model_config = STRICT

    ground: Ground


class ConclusionBody(BaseModel):
    """`overturned`: the person came to another decision."""

    model_config = STRICT

    overturned: bool


class ReviewView(BaseModel):
    """Where an appeal stands."""

    id: str
    assessment: str
    state: ReviewState
    opened_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, review: Review) -> ReviewView:
        """Of a review that is stored."""
        return cls(
            id=review.id,
            assessment=review.decision,
            state=review.state,
            opened_at=review.opened_at,
            closed_at=review.closed_at,
        )


def router(
    decisions: Decisions | NamedDecisions, require: Callable[[Permission], Any], clock: Clock = utc_now
) -> APIRouter:
    """`require`: gives the dependency that lets a caller with this permission through."""
    routes = APIRouter(prefix="/v1/fraud/assessments")
    may_assess, may_read = Depends(require(Permission.ASSESS)), Depends(require(Permission.READ_ASSESSMENT))
    may_appeal, may_review = Depends(require(Permission.APPEAL)), Depends(require(Permission.REVIEW))

    @routes.post("", status_code=201, summary="Assess a payment")
    async def assess(body: AssessmentBody, caller: Caller = may_assess) -> AssessmentView:
        return AssessmentView.of(await decisions.assess(caller, body.facts(caller.principal.tenant, clock())))

    @routes.get("/{assessment_id}", summary="An assessment, and why it came out like this")
    async def find(assessment_id: str, caller: Caller = may_read) -> ExplainedView:
        return ExplainedView.explained(*await decisions.explained(caller, assessment_id))

    @routes.post("/{assessment_id}/appeal", status_code=201, summary="Contest it: a person decides")
    async def appeal(assessment_id: str, body: AppealBody, caller: Caller = may_appeal) -> ReviewView:
        return ReviewView.of(await decisions.contest(caller, assessment_id, body.ground))

    @routes.post("/{assessment_id}/conclusion", summary="What the person decided")
    async def conclude(assessment_id: str, body: ConclusionBody, caller: Caller = may_review) -> ReviewView:
        return ReviewView.of(await decisions.conclude(caller, assessment_id, overturned=body.overturned))

    return routes


def _fields(decision: Decision) -> dict[str, Any]:
    made = decision.assessment
    return {
        "id": decision.id,
        "transaction": decision.transaction,
        "risk_score": made.risk_score,
        "risk_level": made.risk_level,
        "fraud_probability": made.fraud_probability,
        "is_anomaly": made.is_anomaly,
        "risk_factors": made.risk_factors,
        "recommendation": made.recommendation,
        "required_actions": made.required_actions,
        "processing_time_ms": made.processing_time_ms,
        "signals_processed": made.signals_processed,
        "left_out": made.left_out,
        "created_at": decision.at,
    }
