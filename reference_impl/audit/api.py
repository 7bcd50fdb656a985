"""`GET /v1/audit`: a tenant's own events, newest first, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from reference_impl.audit.model import Filter, Record
from reference_impl.audit.service import AuditTrail, Reading
from reference_impl.auth.model import Caller, Permission
from reference_impl.clock import in_a_year

_MAX_PAGE = 500
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", re.IGNORECASE)


def _written(value: str) -> str:
    """A time as RFC 3339 writes it: pydantic takes a bare number, too, and guesses of which unit it is."""
    if not _WRITTEN.match(value):
        raise ValueError("RFC 3339")
    return value


_Time = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(in_a_year)] | None
_Text = Annotated[str, Field(min_length=1, max_length=200)] | None


class AuditEvent(BaseModel):
    """One event."""

    number: int
    at: datetime
    user: str
    action: str
    outcome: str
    origin: str
    resource: str
    request_id: str
    reason: str

    @classmethod
    def of(cls, record: Record) -> AuditEvent:
        """As it is shown: the tenant is the reader's own."""
        event = record.event
        return cls(
            number=record.number,
            at=event.at,
            user=event.user,
            action=event.action,
            outcome=event.outcome.value,
            origin=event.origin,
            resource=event.resource,
            request_id=event.request_id,
            reason=event.reason,
        )


class AuditPage(BaseModel):
    """`next`: `before` of the next page; None: there is none."""

    events: list[AuditEvent]
    next: int | None


class AuditQuery(BaseModel):
    """Which events. `since` is included; `until` and `before`, a number, are not."""

    model_config = ConfigDict(extra="forbid")

    since: _Time = None
    until: _Time = None
    user: _Text = None
    action: _Text = None
    resource: _Text = None
    before: Annotated[int, Field(ge=1)] | None = None
    limit: Annotated[int, Field(ge=1, le=_MAX_PAGE)] = 100


def router(trail: AuditTrail, require: Callable[[Permission], Any]) -> APIRouter:
    """`require(permission)`: a dependency that gives the `Caller`, or raises and records the denial."""
    routes = APIRouter(prefix="/v1/audit", tags=["audit"])
    reader = Depends(require(Permission.READ_AUDIT))

    @routes.get("")
    async def read(query: Annotated[AuditQuery, Query()], caller: Caller = reader) -> AuditPage:
        """Events of the reader's tenant, newest first; `next` is `before` of the next page."""
        who = caller.principal
        wanted = Filter(query.since, query.until, query.user, query.action, query.resource, who.tenant)
        by = Reading(who.subject, caller.origin, who.tenant, caller.request_id)
        records = await trail.page(wanted, by, query.limit, query.before)
        following = records[-1].number if len(records) == query.limit else None
        return AuditPage(events=[AuditEvent.of(record) for record in records], next=following)

    return routes
