"""Sends notices until they arrive: at least once, by one of the processes, and none is given up."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from datetime import timedelta

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.signed_webhook import header
from reference_impl.database import transaction
from reference_impl.errors import UnavailableError
from reference_impl.incident import notice_store, store
from reference_impl.incident.escalation import Escalation
from reference_impl.incident.model import Incident, NoticeReason
from reference_impl.incident.notice_store import Notice
from reference_impl.secret import Secret

_log = logging.getLogger(__name__)

SIGNATURE = "X-Payment-Signature"
_FIRST, _LONGEST = timedelta(seconds=5), timedelta(minutes=5)
_AT_ONCE = 20
_OF_REPORTS = frozenset({NoticeReason.REPORT_DUE, NoticeReason.REPORT_OVERDUE})


class Webhook:
    """Where notices go. `http`: https, no redirects; `secret`: signs what is sent."""

    def __init__(self, http: httpx.AsyncClient, url: str, secret: Secret[bytes], clock: Clock = utc_now) -> None:
        self._http, self._url, self._secret, self._clock = http, url, secret, clock

    async def send(self, body: bytes) -> None:
        """Raises UnavailableError unless it was taken (2xx)."""
        headers = {
            "Content-Type": "application/json",
            SIGNATURE: header(body, self._secret, int(self._clock().timestamp())),
        }
        try:
            async with self._http.stream("POST", self._url, content=body, headers=headers) as answer:
                status = answer.status_code
        except httpx.HTTPError as error:
            raise UnavailableError("the receiver of notices does not answer") from error
        if not 200 <= status < 300:
            raise UnavailableError("the receiver of notices did not take one")


class Notices:
    """Looks for notices that are due. A receiver knows by `id` what it has got already.

    Notices hold no account, no subject and no free text: who is told looks it up, which is recorded.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        webhook: Webhook,
        escalation: Escalation,
        clock: Clock = utc_now,
        *,
        every_seconds: float = 1.0,
    ) -> None:
        self._engine, self._webhook, self._escalation, self._clock = engine, webhook, escalation, clock
        self._every = every_seconds

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.once()
            except UnavailableError:
                _log.warning("notices of incidents cannot be looked up now")
            await asyncio.sleep(self._every)

    async def once(self) -> int:
        """Tries those that are due; how many were delivered. Raises UnavailableError for the database."""
        async with transaction(self._engine) as connection:
            found = await notice_store.due(connection, self._clock(), _AT_ONCE)
        return sum([await self._deliver(notice) for notice in found])

    async def _deliver(self, notice: Notice) -> bool:
        wait = min(_LONGEST, _FIRST * 2 ** min(notice.attempts, 16))
        async with transaction(self._engine) as connection:
            if not await notice_store.claim(connection, notice, self._clock() + wait):
                return False
            incident = await store.find(connection, notice.tenant, notice.incident)
        if incident is not None and not _moot(notice, incident):
            contacts = self._escalation.of(incident.severity)
            try:
                await self._webhook.send(_body(notice, incident, contacts))
            except UnavailableError as error:
                _log.warning(
                    "a notice of an incident was not delivered, and is sent again", extra={"error": str(error)}
                )
                return False
        async with transaction(self._engine) as connection:
            await notice_store.ended(connection, notice, self._clock())
        return True


def _moot(notice: Notice, incident: Incident) -> bool:
    """Nobody is reminded of what was done."""
    return notice.reason in _OF_REPORTS and incident.reported_at is not None


def _body(notice: Notice, incident: Incident, contacts: Sequence[str]) -> bytes:
    document = {
        "id": notice.id,
        "reason": notice.reason.value,
        "recipients": list(contacts),
        "incident": {
            "id": incident.id,
            "tenant": incident.tenant,
            "type": incident.type.value,
            "severity": incident.severity.value,
            "state": incident.state.value,
            "count": incident.count,
            "opened_at": incident.opened_at.isoformat(),
            "aware_at": incident.aware_at.isoformat(),
            "report_by": incident.report_by.isoformat() if incident.report_by else None,
        },
    }
    return json.dumps(document, sort_keys=True).encode()
