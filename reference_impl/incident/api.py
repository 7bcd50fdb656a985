"""`/v1/incidents` and `/v1/measures`: what happened, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from reference_impl.auth.model import Caller, Permission
from reference_impl.cards.api_model import STRICT
from reference_impl.cards.redaction import no_long_number
from reference_impl.events.model import Time
from reference_impl.incident.model import (
    Account,
    AccountKind,
    Incident,
    IncidentState,
    IncidentType,
    Measure,
    MeasureKind,
    ReportDecision,
    Severity,
    Sighting,
)
from reference_impl.incident.named import NamedIncidents
from reference_impl.incident.service import MAX_HOURS, Told

_MAX_ACCOUNTS, _MAX_PAGE = 100, 200
_CHECKED = AfterValidator(no_long_number)
_Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9@_.:+/-]{0,127}$"), _CHECKED]
_Details = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f]+$"), _CHECKED]
_Reference = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$"), _CHECKED]
_IncidentId = Annotated[str, Field(max_length=32)]


class AccountBody(BaseModel):
    """Of your tenant; see the kinds."""

    model_config = STRICT

    kind: AccountKind = Field(strict=False)
    name: _Name

    def account(self) -> Account:
        """As the parts know it."""
        return Account(self.kind, self.name)


class IncidentBody(BaseModel):
    """`subject`: what it is about, the same for the same; `accounts`: affected ones, blocked at once; `aware_at`: when
    somebody became aware of it, from which the 72 hours run.
    """

    model_config = STRICT

    type: IncidentType = Field(strict=False)
    severity: Severity = Field(strict=False)
    subject: _Name
    details: _Details
    accounts: list[AccountBody] = Field(default_factory=list, max_length=_MAX_ACCOUNTS)
    aware_at: Time | None = None

    def sighting(self) -> Sighting:
        """As it is reported."""
        accounts = [one.account() for one in self.accounts]
        return Sighting(self.type, self.severity, self.subject, self.details, accounts, self.aware_at)


class SeverityBody(BaseModel):
    """A higher one."""

    model_config = STRICT

    severity: Severity = Field(strict=False)


class ReportBody(BaseModel):
    """`reference`: the authority's file number, or why it need not know."""

    model_config = STRICT

    decision: ReportDecision = Field(strict=False)
    reference: _Reference


class MeasureBody(BaseModel):
    """`account`: of a block, and of nothing else."""

    model_config = STRICT

    incident: _IncidentId
    kind: MeasureKind = Field(strict=False)
    account: AccountBody | None = None
    hours: int = Field(ge=1, le=MAX_HOURS)


class AccountView(BaseModel):
    """What is blocked."""

    kind: AccountKind
    name: str


class MeasureView(BaseModel):
    """A measure."""

    id: str
    incident: str
    kind: MeasureKind
    account: AccountView | None
    begun_by: str
    begun_at: datetime
    ends_at: datetime
    ended_by: str | None
    ended_at: datetime | None

    @classmethod
    def of(cls, measure: Measure) -> MeasureView:
        """Of one that is stored."""
        account = None if measure.account is None else AccountView(kind=measure.account.kind, name=measure.account.name)
        names = set(cls.model_fields) - {"account"}
        return cls(account=account, **{name: getattr(measure, name) for name in names})


class IncidentView(BaseModel):
    """An incident. `count`: how often it was seen; `report_by`: until when the authority has to know."""

    id: str
    type: IncidentType
    severity: Severity
    subject: str
    details: str
    state: IncidentState
    count: int
    opened_by: str
    opened_at: datetime
    last_at: datetime
    aware_at: datetime
    report_by: datetime | None
    decision: ReportDecision | None
    reference: str | None
    reported_by: str | None
    reported_at: datetime | None
    resolved_by: str | None
    resolved_at: datetime | None

    @classmethod
    def of(cls, incident: Incident) -> IncidentView:
        """Of one that is stored."""
        return cls(**_fields(incident))


class ToldView(IncidentView):
    """With its measures, oldest first."""

    measures: Sequence[MeasureView]

    @classmethod
    def told(cls, told: Told) -> ToldView:
        """Of one that is stored."""
        return cls(**_fields(told.incident), measures=[MeasureView.of(measure) for measure in told.measures])


class IncidentList(BaseModel):
    """Newest first."""

    incidents: Sequence[IncidentView]


class IncidentQuery(BaseModel):
    """Which."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["open", "acknowledged", "resolved", "any"] = "any"
    limit: Annotated[int, Field(ge=1, le=_MAX_PAGE)] = 50

    @property
    def wanted(self) -> IncidentState | None:
        """None: in any state."""
        return None if self.state == "any" else IncidentState(self.state)


def router(incidents: NamedIncidents, require: Callable[[Permission], Any]) -> APIRouter:
    """`require`: gives the dependency that lets a caller with this permission through."""
    routes = APIRouter(prefix="/v1", tags=["incidents"])
    reads, manages = Depends(require(Permission.READ_INCIDENT)), Depends(require(Permission.MANAGE_INCIDENTS))
    unknown: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such incident in this tenant"}}

    @routes.post("/incidents", status_code=201, summary="Report an incident: opened, or counted with the same")
    async def report(body: IncidentBody, caller: Caller = manages) -> ToldView:
        return ToldView.told(await incidents.report(caller, body.sighting()))

    @routes.get("/incidents", summary="Incidents, newest first")
    async def latest(query: Annotated[IncidentQuery, Query()], caller: Caller = reads) -> IncidentList:
        found = await incidents.latest(caller, query.wanted, query.limit)
        return IncidentList(incidents=[IncidentView.of(one) for one in found])

    @routes.get("/incidents/{incident_id}", summary="One incident, and what was done")
    async def find(incident_id: str, caller: Caller = reads) -> ToldView:
        return ToldView.told(await incidents.find(caller, incident_id))

    @routes.post("/incidents/{incident_id}/acknowledge", summary="Somebody is at it")
    async def acknowledge(incident_id: str, caller: Caller = manages) -> ToldView:
        return ToldView.told(await incidents.acknowledge(caller, incident_id))

    @routes.post("/incidents/{incident_id}/escalate", summary="It is worse: more people are told")
    async def escalate(incident_id: str, body: SeverityBody, caller: Caller = manages) -> ToldView:
        return ToldView.told(await incidents.escalate(caller, incident_id, body.severity))

    @routes.post("/incidents/{incident_id}/report", summary="The authority was notified, or need not be")
    async def authority(incident_id: str, body: ReportBody, caller: Caller = manages) -> ToldView:
        return ToldView.told(await incidents.authority(caller, incident_id, body.decision, body.reference))

    @routes.post("/incidents/{incident_id}/resolve", summary="It is over")
    async def resolve(incident_id: str, caller: Caller = manages) -> ToldView:
        return ToldView.told(await incidents.resolve(caller, incident_id))

    @routes.post("/measures", status_code=201, responses=unknown, summary="Begin a measure against an incident")
    async def begin(body: MeasureBody, caller: Caller = manages) -> MeasureView:
        account = None if body.account is None else body.account.account()
        return MeasureView.of(await incidents.begin(caller, body.incident, body.kind, account, body.hours))

    @routes.post("/measures/{measure_id}/end", summary="End a measure that somebody else began")
    async def end(measure_id: str, caller: Caller = manages) -> MeasureView:
        return MeasureView.of(await incidents.end(caller, measure_id))

    return routes


def _fields(incident: Incident) -> dict[str, Any]:
    return {name: getattr(incident, name) for name in IncidentView.model_fields}
