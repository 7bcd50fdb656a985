"""What tests of incidents need: people, sightings, a clock that is set, and a receiver of notices."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import trustme
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from reference_impl.auth.model import Caller, Principal
from reference_impl.database import connect
from reference_impl.incident.in_force import InForce
from reference_impl.incident.model import IncidentType, Severity, Sighting
from reference_impl.incident.service import Incidents
from reference_impl.migrations import upgrade
from tests.reference.memory_log import MemoryLog
from tests.reference.server import served_over_tls

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
ROLES = ("incident_responder",)


def person(name: str = "anna", tenant: str = "m1", *roles: str) -> Caller:
    return Caller(Principal(name, tenant, frozenset(roles or ROLES), "session-1"), "192.0.2.1", "r1", False)


def sighting(**changed: Any) -> Sighting:
    known = {"type": IncidentType.OTHER, "severity": Severity.LOW, "subject": "desk-1", "details": "a laptop is gone"}
    return Sighting(**{**known, **changed})


@dataclass
class Handled:
    """Incidents on a database of their own; `now` is what the clock says."""

    engine: AsyncEngine
    now: datetime = NOW
    audit: MemoryLog = field(default_factory=MemoryLog)

    def __post_init__(self) -> None:
        self.measures = InForce(self.engine, self.clock, now=self.seconds)
        self.incidents = Incidents(self.engine, self.audit, self.measures.forget, clock=self.clock)

    def clock(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)


@asynccontextmanager
async def handled(url: str) -> AsyncIterator[Handled]:
    engine = connect(url)
    try:
        await upgrade(engine)
        yield Handled(engine)
    finally:
        await engine.dispose()


@dataclass
class Receiver:
    """Takes notices over HTTPS. `statuses`: of the next answers; then 204. `got`: bodies with their signatures."""

    url: str = ""
    authority: trustme.CA = field(default_factory=trustme.CA)
    statuses: list[int] = field(default_factory=list)
    got: list[tuple[bytes, str]] = field(default_factory=list)

    @property
    def notices(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body, _ in self.got]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        request = Request(scope, receive)
        body = await request.body()
        status = self.statuses.pop(0) if self.statuses else 204
        if status < 300:
            self.got.append((body, request.headers["x-payment-signature"]))
        headers = [(b"location", b"https://elsewhere.example/")] if status < 400 else []
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


@contextmanager
def receiver(folder: Path) -> Iterator[Receiver]:
    one = Receiver()
    with served_over_tls(one, one.authority.issue_cert("localhost"), folder) as port:
        one.url = f"https://localhost:{port}/notices"
        yield one
