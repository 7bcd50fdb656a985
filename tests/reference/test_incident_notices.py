"""Notices of incidents, to a real HTTPS receiver that fails: signed, none lost, none twice by two senders."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from reference_impl.crypto.client_tls import trusting
from reference_impl.database import transaction
from reference_impl.errors import ConfigurationError
from reference_impl.incident import notice_store
from reference_impl.incident.escalation import Escalation
from reference_impl.incident.model import IncidentType, ReportDecision, Severity
from reference_impl.incident.notices import Notices, Webhook
from reference_impl.secret import Secret
from reference_impl.settings import Settings
from tests.opa import free_port
from tests.reference.incident_parts import Handled, Receiver, handled, person, receiver, sighting
from tests.reference.tls_files import ca_file

SECRET = Secret(b"signs the notices of incidents, 32")
ESCALATION = Escalation(Settings.model_fields["incident_escalation"].default)


@asynccontextmanager
async def sending(one: Handled, to: Receiver, folder: Path, url: str = "") -> AsyncIterator[Notices]:
    tls = trusting(ca_file(to.authority, folder), "incident_webhook_authority")
    async with httpx.AsyncClient(verify=tls, timeout=5, trust_env=False, follow_redirects=False) as http:
        yield Notices(one.engine, Webhook(http, url or to.url, SECRET, one.clock), ESCALATION, one.clock)


def test_it_is_told_until_it_arrives_and_then_never_again(database_url: str, tmp_path: Path) -> None:
    async def test() -> None:
        with receiver(tmp_path) as to:
            to.statuses += [500, 302, 429]
            async with handled(database_url) as one, sending(one, to, tmp_path) as notices:
                seen = sighting(severity=Severity.HIGH, subject="anna@shop.example", details="something personal")
                incident = (await one.incidents.report(person(), seen)).incident
                for seconds in (5, 10, 20):
                    assert await notices.once() == 0
                    assert await notices.once() == 0, "not before its time"
                    one.later(seconds=seconds)
                assert await notices.once() == 1
                one.later(days=1)
                assert await notices.once() == 0
                ((body, signed),) = to.got
                (notice,) = to.notices
                assert (notice["reason"], notice["incident"]["id"]) == ("opened", incident.id)
                assert notice["recipients"] == ["security-team", "engineering-lead", "cto"]
                assert b"anna" not in body and b"personal" not in body
                at, given = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", signed).groups()  # type: ignore[union-attr]
                expected = hmac.new(SECRET.reveal(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
                assert given == expected

    asyncio.run(test())


def test_a_receiver_that_is_away_loses_nothing(sqlite: str, tmp_path: Path) -> None:
    async def test() -> None:
        with receiver(tmp_path) as to:
            async with handled(sqlite) as one:
                await one.incidents.report(person(), sighting())
                async with sending(one, to, tmp_path, f"https://localhost:{free_port()}/") as nowhere:
                    for _ in range(30):
                        assert await nowhere.once() == 0
                        one.later(minutes=5)
                async with transaction(one.engine) as connection:
                    assert await notice_store.late(connection, one.now - timedelta(minutes=5)) == 1
                async with sending(one, to, tmp_path) as back:
                    assert await back.once() == 1
                assert len(to.got) == 1

    asyncio.run(test())


def test_two_senders_send_it_once(database_url: str, tmp_path: Path) -> None:
    async def test() -> None:
        with receiver(tmp_path) as to:
            async with handled(database_url) as one, sending(one, to, tmp_path) as first:
                for number in range(10):
                    await one.incidents.report(person(), sighting(subject=f"desk-{number}"))
                async with sending(one, to, tmp_path) as second:
                    done = await asyncio.gather(first.once(), second.once(), first.once(), second.once())
                assert sum(done) == 10 and len({notice["id"] for notice in to.notices}) == len(to.got) == 10

    asyncio.run(test())


def test_who_was_killed_while_sending_is_followed_by_another(sqlite: str, tmp_path: Path) -> None:
    async def test() -> None:
        with receiver(tmp_path) as to:
            async with handled(sqlite) as one, sending(one, to, tmp_path) as notices:
                await one.incidents.report(person(), sighting())
                async with transaction(one.engine) as connection:
                    (notice,) = await notice_store.due(connection, one.now, 10)
                    assert await notice_store.claim(connection, notice, one.now + timedelta(seconds=5))
                assert await notices.once() == 0
                one.later(seconds=5)
                assert await notices.once() == 1 and len(to.got) == 1

    asyncio.run(test())


def test_before_the_72_hours_are_over_and_when_they_are(sqlite: str, tmp_path: Path) -> None:
    async def test() -> None:
        with receiver(tmp_path) as to:
            async with handled(sqlite) as one, sending(one, to, tmp_path) as notices:
                breach = {"type": IncidentType.DATA_BREACH, "severity": Severity.CRITICAL}
                told = await one.incidents.report(person(), sighting(**breach))
                other = await one.incidents.report(person(), sighting(**breach, subject="desk-2"))
                assert await notices.once() == 2
                one.later(hours=47, minutes=59)
                assert await notices.once() == 0
                await one.incidents.authority(person(), other.incident.id, ReportDecision.NOTIFIED, "2026/7")
                one.later(minutes=1)
                await notices.once()
                one.later(hours=24)
                await notices.once()
                later = [(notice["reason"], notice["incident"]["id"]) for notice in to.notices[2:]]
                assert later == [("report_due", told.incident.id), ("report_overdue", told.incident.id)]
                assert to.notices[-1]["recipients"][-1] == "ceo"

    asyncio.run(test())


def test_a_receiver_nobody_signed_for_gets_nothing(sqlite: str, tmp_path: Path) -> None:
    async def test() -> None:
        with receiver(tmp_path) as to, receiver(tmp_path) as other:
            async with handled(sqlite) as one, sending(one, other, tmp_path, to.url) as notices:
                await one.incidents.report(person(), sighting())
                assert await notices.once() == 0 and not to.got

    asyncio.run(test())
    with pytest.raises(ConfigurationError, match="incident_webhook_authority"):
        trusting(tmp_path / "nothing.pem", "incident_webhook_authority")
