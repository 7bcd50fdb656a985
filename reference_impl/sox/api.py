"""`/v1/finances`, `/v1/approvals` and `/v1/changes`: reports of periods, and what another person approves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from reference_impl.auth.model import Caller, Permission
from reference_impl.cards.api_model import STRICT
from reference_impl.cards.redaction import no_long_number
from reference_impl.clock import in_a_year
from reference_impl.events.model import Time
from reference_impl.sox.approvals import FourEyes
from reference_impl.sox.changes import Changes
from reference_impl.sox.periods import Periods
from reference_impl.sox.store import Approval, Change, Period

_LISTED = 200
_Text = Annotated[
    str,
    Field(min_length=1, max_length=2000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f]+$"),
    AfterValidator(no_long_number),
]


class PeriodBody(BaseModel):
    """`since` is in it, `until` is not."""

    model_config = STRICT

    since: Time
    until: Time


class PeriodQuery(BaseModel):
    """The same."""

    model_config = ConfigDict(extra="forbid")

    since: Annotated[AwareDatetime, AfterValidator(in_a_year)]
    until: Annotated[AwareDatetime, AfterValidator(in_a_year)]


class ClosingBody(BaseModel):
    """`explanation`: of what differs, where something does."""

    model_config = STRICT

    explanation: _Text | None = None


class DecisionBody(BaseModel):
    """Yes or no."""

    model_config = STRICT

    approved: bool


class ChainView(BaseModel):
    """The audit log up to `last`, verified: no record is missing in it, or was changed."""

    log: str
    first: int
    last: int
    mac: str
    anchored: int | None


class RecordsView(BaseModel):
    """Numbers of the first and last financial record of the period; none: there is none."""

    count: int
    first: int | None
    last: int | None


class TotalView(BaseModel):
    """`times`: how many; `amount`: their sum in minor units."""

    action: str
    outcome: str
    currency: str
    times: int
    amount: int


class DifferenceView(BaseModel):
    """`number`: of the record, if there is one."""

    resource: str
    problem: str
    number: int | None


class ReportView(BaseModel):
    """As it is signed: canonical JSON of it (keys sorted, no spaces) after `sox report 1` and a line break."""

    tenant: str
    since: datetime
    until: datetime
    made_by: str
    made_at: datetime
    chain: ChainView
    financial_records: RecordsView
    totals: Sequence[TotalView]
    people: Sequence[str]
    compared: int
    differences: Sequence[DifferenceView]
    differing: int


class PeriodView(BaseModel):
    """`document`: the report, as it is signed; `signature`: Ed25519, Base64, of the key of the audit log's heads."""

    id: str
    report: ReportView
    document: str
    signature: str
    prepared_by: str
    prepared_at: datetime
    closed_by: str | None
    closed_at: datetime | None
    explanation: str | None

    @classmethod
    def of(cls, period: Period) -> PeriodView:
        """Of one that was made."""
        names = set(cls.model_fields) - {"report", "document"}
        shown = {name: getattr(period, name) for name in names}
        return cls(report=ReportView.model_validate(period.report), document=period.document, **shown)


class ApprovalView(BaseModel):
    """What somebody asked for. `amount`: minor units."""

    id: str
    subject: str
    amount: int
    currency: str
    asked_by: str
    asked_at: datetime
    decision: str | None
    decided_by: str | None
    decided_at: datetime | None

    @classmethod
    def of(cls, approval: Approval) -> ApprovalView:
        """Of one that is stored."""
        names, money = set(cls.model_fields) - {"amount", "currency"}, approval.money
        shown = {name: getattr(approval, name) for name in names}
        return cls(amount=money.amount, currency=money.currency, **shown)


class ApprovalList(BaseModel):
    """The oldest first."""

    approvals: Sequence[ApprovalView]


class ChangeView(BaseModel):
    """What was changed. `old`, `new`: digests or versions."""

    id: str
    what: str
    old: str
    new: str
    changed_by: str
    changed_at: datetime
    approved_by: str | None
    approved_at: datetime | None

    @classmethod
    def of(cls, change: Change) -> ChangeView:
        """Of one that is stored."""
        return cls(**{name: getattr(change, name) for name in cls.model_fields})


class ChangeList(BaseModel):
    """The latest first."""

    changes: Sequence[ChangeView]


def router(periods: Periods, four_eyes: FourEyes, changes: Changes, require: Callable[[Permission], Any]) -> APIRouter:
    """`require`: gives the dependency that lets a caller with this permission through."""
    routes = APIRouter(prefix="/v1", tags=["finances"])
    reports, closes = Depends(require(Permission.REPORT_FINANCES)), Depends(require(Permission.CLOSE_PERIOD))
    approves = Depends(require(Permission.APPROVE))

    @routes.get("/finances/report", summary="A report of a period, signed, that is not kept")
    async def report(query: Annotated[PeriodQuery, Query()], caller: Caller = reports) -> PeriodView:
        return PeriodView.of(await periods.report(caller, query.since, query.until))

    @routes.post("/finances/periods", status_code=201, summary="Prepare a period, for another person to close")
    async def prepare(body: PeriodBody, caller: Caller = reports) -> PeriodView:
        return PeriodView.of(await periods.prepare(caller, body.since, body.until))

    @routes.get("/finances/periods/{period_id}", summary="A period, as it was prepared")
    async def find(period_id: str, caller: Caller = reports) -> PeriodView:
        return PeriodView.of(await periods.find(caller, period_id))

    @routes.post("/finances/periods/{period_id}/close", summary="Close a period that another person prepared")
    async def close(period_id: str, body: ClosingBody, caller: Caller = closes) -> PeriodView:
        return PeriodView.of(await periods.close(caller, period_id, body.explanation))

    @routes.get("/approvals", summary="What waits for another person")
    async def waiting(caller: Caller = approves) -> ApprovalList:
        found = await four_eyes.waiting(caller, _LISTED)
        return ApprovalList(approvals=[ApprovalView.of(one) for one in found])

    @routes.post("/approvals/{approval_id}/decide", summary="Approve or refuse what another person asked for")
    async def decide(approval_id: str, body: DecisionBody, caller: Caller = approves) -> ApprovalView:
        return ApprovalView.of(await four_eyes.decide(caller, approval_id, approved=body.approved))

    @routes.get("/changes", summary="Changes of your keys, and who approved them")
    async def latest(caller: Caller = approves) -> ChangeList:
        return ChangeList(changes=[ChangeView.of(one) for one in await changes.latest(caller, _LISTED)])

    @routes.post("/changes/{change_id}/approve", summary="Approve a change that another person made")
    async def approve(change_id: str, caller: Caller = approves) -> ChangeView:
        return ChangeView.of(await changes.approve(caller, change_id))

    return routes
