"""Where requests of people are kept. Every query names the tenant, but for what the service does by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import added, row_of, transaction
from reference_impl.gdpr.model import OPEN, Refusal, Request, RequestKind, RequestState
from reference_impl.gdpr.store import REQUESTS

_UNANSWERED = REQUESTS.c.state.in_([state.value for state in OPEN])


class RequestStore:
    """Table `gdpr_requests`. Raises UnavailableError when the database does not answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, request: Request) -> None:
        """A new one."""
        row = row_of(
            REQUESTS, request, kind=request.kind.value, state=request.state.value, outcome=dict(request.outcome)
        )
        await added(self._engine, REQUESTS, row)

    async def find(self, tenant: str, request_id: str) -> Request | None:
        """One of this tenant's."""
        return next(iter(await self._all(REQUESTS.c.tenant == tenant, REQUESTS.c.id == request_id)), None)

    async def due(self, tenant: str, until: date | None, limit: int) -> Sequence[Request]:
        """Those that are open, the most urgent first. `until`: and due by then."""
        which = [REQUESTS.c.tenant == tenant, _UNANSWERED, *([REQUESTS.c.due_on <= until] if until else [])]
        return await self._all(*which, limit=limit)

    async def all_due(self, until: date) -> Sequence[Request]:
        """Of all tenants: for the operator."""
        return await self._all(_UNANSWERED, REQUESTS.c.due_on <= until)

    async def overdue(self, today: date) -> int:
        """How many of all tenants should have been answered."""
        query = select(func.count()).where(_UNANSWERED, REQUESTS.c.due_on < today)
        async with transaction(self._engine) as connection:
            return int(await connection.scalar(query) or 0)

    async def running(self) -> Sequence[Request]:
        """Erasures of all tenants that have begun and not ended."""
        return await self._all(REQUESTS.c.state == RequestState.RUNNING.value)

    async def attempt(self, request: Request, most: int) -> bool:
        """Counts one before a proof is looked at. False: there were too many, or it is no longer wanted."""
        wanted = REQUESTS.c.state == RequestState.RECEIVED.value, REQUESTS.c.attempts < most
        return await self._change(request, *wanted, attempts=REQUESTS.c.attempts + 1)

    async def change(self, request: Request, was: RequestState, **values: Any) -> bool:
        """False: it is no longer in that state."""
        return await self._change(request, REQUESTS.c.state == was.value, **values)

    async def extend(self, request: Request, due_on: date, because: str) -> bool:
        """False: it was extended before, or has been answered."""
        return await self._change(
            request, _UNANSWERED, REQUESTS.c.extended_because.is_(None), due_on=due_on, extended_because=because
        )

    async def end_others(self, request: Request, now: datetime) -> None:
        """Those of a person who was erased: nobody is left to answer."""
        which = REQUESTS.c.tenant == request.tenant, REQUESTS.c.subject == request.subject, REQUESTS.c.id != request.id
        ended = {"state": RequestState.REFUSED.value, "outcome": {"refused": Refusal.ERASED.value}, "closed_at": now}
        async with transaction(self._engine) as connection:
            await connection.execute(update(REQUESTS).where(*which, _UNANSWERED).values(ended))

    async def _change(self, request: Request, *which: Any, **values: Any) -> bool:
        this = REQUESTS.c.tenant == request.tenant, REQUESTS.c.id == request.id
        async with transaction(self._engine) as connection:
            return (await connection.execute(update(REQUESTS).where(*this, *which).values(values))).rowcount == 1

    async def _all(self, *which: Any, limit: int | None = None) -> list[Request]:
        query = select(REQUESTS).where(*which).order_by(REQUESTS.c.due_on, REQUESTS.c.id).limit(limit)
        async with transaction(self._engine) as connection:
            return [_request(row) for row in (await connection.execute(query)).all()]


def _request(row: Row[Any]) -> Request:
    fields = dict(row._mapping)
    return Request(**fields | {"kind": RequestKind(fields["kind"]), "state": RequestState(fields["state"])})
