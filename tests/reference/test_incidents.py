"""Incidents and measures, on both databases: what is opened, counted, followed, in force, and refused."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from reference_impl.database import transaction
from reference_impl.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, UnavailableError
from reference_impl.incident.escalation import Escalation
from reference_impl.incident.guard import Guard
from reference_impl.incident.model import (
    EVERYBODY,
    Account,
    AccountBlockedError,
    AccountKind,
    IncidentState,
    IncidentType,
    MeasureKind,
    OwnMeasureError,
    ReportDecision,
    Severity,
)
from reference_impl.incident.monitor import Monitor
from reference_impl.incident.notice_store import NOTICES
from reference_impl.incident.store import INCIDENTS, MEASURES
from reference_impl.limits.memory import MemoryLimits
from reference_impl.limits.model import Rate
from reference_impl.settings import Settings
from tests.reference.incident_parts import NOW, Handled, handled, person, sighting

CUSTOMER = Account(AccountKind.CUSTOMER, "customer-1")


def on(url: str, test: Callable[[Handled], Awaitable[None]]) -> None:
    async def run() -> None:
        async with handled(url) as one:
            await test(one)

    asyncio.run(run())


def test_the_same_is_counted_and_not_told_again(database_url: str) -> None:
    async def test(one: Handled) -> None:
        first = await one.incidents.report(person(), sighting())
        one.later(minutes=59)
        again = await one.incidents.report(person("bert"), sighting())
        other = await one.incidents.report(person(), sighting(subject="desk-2"))
        elsewhere = await one.incidents.report(person(tenant="m2"), sighting())
        assert (again.incident.id, again.incident.count) == (first.incident.id, 2)
        assert len({first.incident.id, other.incident.id, elsewhere.incident.id}) == 3
        one.later(minutes=61)
        assert (await one.incidents.report(person(), sighting())).incident.id != first.incident.id
        assert await notices(one) == 4

    on(database_url, test)


def test_at_the_same_time_there_is_one(database_url: str) -> None:
    async def test(one: Handled) -> None:
        told = await asyncio.gather(*(one.incidents.report(person(), sighting()) for _ in range(12)))
        assert len({each.incident.id for each in told}) == 1
        assert sorted(each.incident.count for each in told) == list(range(1, 13))
        assert await notices(one) == 1

    on(database_url, test)


def test_what_is_worse_than_it_was_is_told_again(database_url: str) -> None:
    async def test(one: Handled) -> None:
        first = (await one.incidents.report(person(), sighting())).incident
        worse = (await one.incidents.report(person(), sighting(severity=Severity.HIGH))).incident
        assert (worse.id, worse.severity) == (first.id, Severity.HIGH)
        milder = (await one.incidents.report(person(), sighting())).incident
        assert milder.severity is Severity.HIGH
        assert (await one.incidents.escalate(person(), first.id, Severity.CRITICAL)).incident.severity.rank == 3
        with pytest.raises(ConflictError):
            await one.incidents.escalate(person(), first.id, Severity.CRITICAL)
        assert await notices(one) == 3

    on(database_url, test)


def test_the_72_hours_run_from_when_somebody_was_aware(database_url: str) -> None:
    async def test(one: Handled) -> None:
        breach = {"type": IncidentType.DATA_BREACH, "severity": Severity.CRITICAL}
        aware = NOW - timedelta(hours=5)
        told = await one.incidents.report(person(), sighting(**breach, aware_at=aware))
        assert told.incident.report_by == aware + timedelta(hours=72)
        earlier = NOW - timedelta(hours=9)
        told = await one.incidents.report(person(), sighting(**breach, aware_at=earlier))
        assert told.incident.report_by == earlier + timedelta(hours=72), "somebody had known of it before"
        with pytest.raises(InvalidInputError):
            await one.incidents.report(person(), sighting(**breach, aware_at=NOW + timedelta(seconds=1)))
        name = told.incident.id
        with pytest.raises(ConflictError, match="authority"):
            await one.incidents.resolve(person(), name)
        done = await one.incidents.authority(person(), name, ReportDecision.NOTIFIED, "2026/7")
        assert (done.incident.reported_by, done.incident.reported_at) == ("anna", NOW)
        with pytest.raises(ConflictError):
            await one.incidents.authority(person(), name, ReportDecision.NOT_REQUIRED, "no risk")
        assert (await one.incidents.resolve(person(), name)).incident.state is IncidentState.RESOLVED
        assert (await one.incidents.report(person(), sighting())).incident.report_by is None

    on(database_url, test)


@pytest.mark.parametrize(
    ("type_", "blocked", "sensitive", "protected"),
    [
        (IncidentType.DATA_BREACH, True, False, False),
        (IncidentType.FRAUD_ATTACK, False, True, False),
        (IncidentType.DDOS_ATTACK, False, False, True),
        (IncidentType.OTHER, False, False, False),
    ],
)
def test_what_is_done_at_once(
    database_url: str, type_: IncidentType, blocked: bool, sensitive: bool, protected: bool
) -> None:
    async def test(one: Handled) -> None:
        accounts = [CUSTOMER] if blocked else []
        await one.incidents.report(person(), sighting(type=type_, severity=Severity.HIGH, accounts=accounts))
        standing = await one.measures.of("m1")
        assert standing == (frozenset(accounts), sensitive, protected)
        assert await one.measures.of("m2") == await one.measures.of(EVERYBODY) == (frozenset(), False, False)
        one.later(hours=23, minutes=59)
        assert await one.measures.of("m1") == standing
        one.later(minutes=2)
        assert await one.measures.of("m1") == (frozenset(), False, False), "every measure has an end"

    on(database_url, test)


def test_another_person_ends_a_measure(database_url: str) -> None:
    async def test(one: Handled) -> None:
        seen = sighting(type=IncidentType.DATA_BREACH, severity=Severity.HIGH, accounts=[CUSTOMER])
        told = await one.incidents.report(person(), seen)
        name = told.measures[0].id
        with pytest.raises(ConflictError, match="measures"):
            await one.incidents.authority(person(), told.incident.id, ReportDecision.NOT_REQUIRED, "no risk")
            await one.incidents.resolve(person(), told.incident.id)
        with pytest.raises(OwnMeasureError):
            await one.incidents.end(person(), name)
        assert one.audit.last == ("measure.end", "denied", f"measure:{name}", "own_measure")
        assert (await one.measures.of("m1")).blocked == {CUSTOMER}
        for stranger in (person("bert", "m2"), person("bert", "m1", "support")):
            with pytest.raises((NotFoundError, ForbiddenError)):
                await one.incidents.end(stranger, name)
        ended = await one.incidents.end(person("bert"), name)
        assert (ended.ended_by, (await one.measures.of("m1")).blocked) == ("bert", frozenset())
        with pytest.raises(ConflictError):
            await one.incidents.end(person("carl"), name)
        await one.incidents.report(person(), seen)
        assert not (await one.measures.of("m1")).blocked, "what a person ended does not begin again by itself"

    on(database_url, test)


def test_a_measure_that_is_over_begins_again_when_it_is_seen_again(database_url: str) -> None:
    async def test(one: Handled) -> None:
        seen = sighting(type=IncidentType.FRAUD_ATTACK, severity=Severity.HIGH)
        told = await one.incidents.report(person(), seen)
        for _ in range(25):
            one.later(minutes=59)
            again = await one.incidents.report(person(), seen)
            assert again.incident.id == told.incident.id and (await one.measures.of("m1")).sensitive
        assert len(again.measures) == 2

    on(database_url, test)


def test_further_measures(database_url: str) -> None:
    async def test(one: Handled) -> None:
        name = (await one.incidents.report(person(), sighting())).incident.id
        for kind, account in ((MeasureKind.BLOCK, None), (MeasureKind.PROTECTION, CUSTOMER)):
            with pytest.raises(InvalidInputError):
                await one.incidents.begin(person(), name, kind, account, 1)
        with pytest.raises(NotFoundError):
            await one.incidents.begin(person(tenant="m2"), name, MeasureKind.PROTECTION, None, 1)
        await one.incidents.begin(person(), name, MeasureKind.BLOCK, CUSTOMER, 1)
        assert (await one.measures.of("m1")).blocked == {CUSTOMER}
        one.later(minutes=61)
        await one.incidents.resolve(person(), name)
        with pytest.raises(ConflictError):
            await one.incidents.begin(person(), name, MeasureKind.BLOCK, CUSTOMER, 1)

    on(database_url, test)


def test_blocked_is_refused_and_recorded(database_url: str) -> None:
    async def test(one: Handled) -> None:
        guard = Guard(one.measures, one.audit, one.clock)
        await guard.check(person(), "order.create", CUSTOMER)
        seen = sighting(type=IncidentType.DATA_BREACH, severity=Severity.HIGH, accounts=[CUSTOMER])
        await one.incidents.report(person(), seen)
        with pytest.raises(AccountBlockedError):
            await guard.check(person(), "order.create", Account(AccountKind.MERCHANT, "customer-1"), CUSTOMER)
        assert one.audit.last == ("order.create", "denied", "account:customer:customer-1", "account_blocked")
        await guard.check(person(tenant="m2"), "order.create", CUSTOMER)

    on(database_url, test)


def test_without_the_audit_log_nothing_happens(database_url: str) -> None:
    async def test(one: Handled) -> None:
        one.audit.failing = True
        with pytest.raises(UnavailableError):
            await one.incidents.report(person(), sighting(type=IncidentType.DDOS_ATTACK))
        async with transaction(one.engine) as connection:
            for table in (INCIDENTS, MEASURES, NOTICES):
                assert await connection.scalar(select(func.count()).select_from(table)) == 0

    on(database_url, test)


def test_what_is_done_and_denied_is_recorded(database_url: str) -> None:
    async def test(one: Handled) -> None:
        told = await one.incidents.report(person(), sighting(type=IncidentType.FRAUD_ATTACK, severity=Severity.HIGH))
        actions = [event.action for event in one.audit.events]
        assert sorted(actions) == ["incident.open", "measure.begin"]
        for denied in (
            one.incidents.report(person("eve", "m1", "support"), sighting()),
            one.incidents.find(person("eve", "m1", "support"), told.incident.id),
            one.incidents.acknowledge(person("eve", "m1", "support"), told.incident.id),
        ):
            with pytest.raises(ForbiddenError):
                await denied
            assert one.audit.last[1] == "denied"
        await one.incidents.find(person(), told.incident.id)
        assert one.audit.last[:2] == ("incident.read", "success")
        with pytest.raises(NotFoundError):
            await one.incidents.find(person(), "4111111111111111")
        assert one.audit.last == ("incident.read", "failure", "incident", "not_found")

    on(database_url, test)


def test_a_severity_of_which_nobody_would_hear_stops_the_start() -> None:
    known = dict(Settings.model_fields["incident_escalation"].default)
    heard = Escalation(known)
    assert [len(heard.of(severity)) for severity in Severity] == [1, 2, 3, 4]
    assert heard.of(Severity.CRITICAL) == ("security-team", "engineering-lead", "cto", "ceo")
    for wrong in (
        {name: who for name, who in known.items() if name != "high"},
        known | {"urgent": ("cto",)},
        known | {"low": ()},
        known | {"low": (" ",)},
        known | {"critical": ("ceo",)},
    ):
        with pytest.raises(Exception, match="incident_escalation"):
            Escalation(wrong)
    with pytest.raises(ValueError):
        Severity("urgent")


def test_monitoring_opens_incidents(database_url: str) -> None:
    async def test(one: Handled) -> None:
        monitor = Monitor(one.incidents, MemoryLimits(), Rate(10, 3600))
        for _ in range(9):
            await monitor.suspicious("m1")
        await monitor.write()
        assert await one.incidents.latest(person(), None, 10) == []
        await monitor.suspicious("m1")
        await monitor.suspicious("m2")
        await monitor.write()
        (found,) = await one.incidents.latest(person(), None, 10)
        assert (found.type, found.severity, found.opened_by) == (IncidentType.FRAUD_ATTACK, Severity.HIGH, "monitoring")
        assert (await one.measures.of("m1")).sensitive and not (await one.measures.of("m2")).sensitive
        await monitor.suspicious("m1")
        await monitor.write()
        assert (await one.incidents.latest(person(), None, 10))[0].count == 2

    on(database_url, test)


def test_many_sources_do_not_fill_the_list(sqlite: str) -> None:
    async def test(one: Handled) -> None:
        monitor = Monitor(one.incidents, MemoryLimits(), Rate(10, 3600))
        for number in range(40):
            await monitor.failed_sign_ins("source", f"192.0.2.{number}", EVERYBODY)
            await monitor.write()
        found = await one.incidents.latest(person(tenant=EVERYBODY), None, 100)
        assert len(found) == 21 and {each.type for each in found} == {IncidentType.CREDENTIAL_ATTACK}
        assert max(found, key=lambda each: each.count).subject == "source:many"
        assert max(each.count for each in found) == 20

    on(sqlite, test)


def test_an_incident_waits_for_the_database(sqlite: str) -> None:
    async def test(one: Handled) -> None:
        monitor = Monitor(one.incidents, MemoryLimits(), Rate(1, 3600))
        one.audit.failing = True
        await monitor.suspicious("m1")
        with pytest.raises(UnavailableError):
            await monitor.write()
        one.audit.failing = False
        await monitor.write()
        assert len(await one.incidents.latest(person(), None, 10)) == 1

    on(sqlite, test)


async def notices(one: Handled) -> int:
    async with transaction(one.engine) as connection:
        return await connection.scalar(select(func.count()).select_from(NOTICES)) or 0
