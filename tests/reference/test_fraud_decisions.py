"""Decisions: kept, explained, contested, and what the API takes and gives."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import MetaData, select
from sqlalchemy.exc import DBAPIError

from reference_impl.audit.model import Outcome
from reference_impl.cards.redaction import MASK
from reference_impl.database import METADATA, connect, transaction
from reference_impl.errors import ConflictError, ForbiddenError, NotFoundError, UnavailableError
from reference_impl.fraud.api import router
from reference_impl.fraud.decisions import Decisions
from reference_impl.fraud.engines.device import DeviceEngine
from reference_impl.fraud.engines.ml import MlEngine
from reference_impl.fraud.engines.network import NetworkEngine
from reference_impl.fraud.engines.rules import RuleEngine
from reference_impl.fraud.engines.velocity import VelocityEngine
from reference_impl.fraud.explain import explain
from reference_impl.fraud.model import Device, Recommendation, RiskSignal
from reference_impl.fraud.network import Networks
from reference_impl.fraud.records import Decision, ReviewState, packed, unpacked
from reference_impl.fraud.scoring import Scorer
from reference_impl.fraud.store import DecisionStore, DeviceStore
from reference_impl.fraud.velocity.memory import MemoryWindows
from reference_impl.fraud.velocity.model import Span
from reference_impl.fraud.workers import Workers
from tests.reference.app import application, caller, require
from tests.reference.fraud_parts import CARD, ENGINES, LAPTOP, NOW, POLICY, Logistic, Says, all_say, facts, features
from tests.reference.memory_log import MemoryLog
from tests.reference.people import People

ALL = caller("m1", "checkout", "support", "fraud_analyst")

PATIENT = POLICY.model_copy(
    update={"deadline": POLICY.deadline.model_copy(update={"total_ms": 20_000.0})}
)  # these are not about time


class Here:
    """Decisions with the real engines, on a database."""

    def __init__(self, url: str, engines: list[Any] | None = None) -> None:
        self.database, self.audit = connect(url), MemoryLog()
        self.store, self.devices = DecisionStore(self.database, People()), DeviceStore(self.database, 3, People())
        self.workers = Workers("test", POLICY.threads)
        windows = MemoryWindows(Span(3600, 86_400))
        self.scorer = Scorer(
            engines
            or [
                MlEngine(Logistic(), features, PATIENT, self.workers),
                RuleEngine(windows, POLICY),
                VelocityEngine(windows, POLICY),
                DeviceEngine(self.devices, POLICY),
                NetworkEngine(Networks(None, None), POLICY),
            ],
            PATIENT,
        )
        self.now = NOW
        self.decisions = Decisions(
            self.scorer, self.store, self.audit, model_version="m-1", policy_version="p-1", clock=lambda: self.now
        )


def run(url: str, test: Callable[[Here], Awaitable[None]], engines: list[Any] | None = None) -> None:
    async def main() -> None:
        here = Here(url, engines)
        try:
            async with here.database.begin() as connection:
                await connection.run_sync(METADATA.create_all)
            await test(here)
        finally:
            here.workers.close()
            await here.database.dispose()

    asyncio.run(main())


def test_a_decision_is_kept_with_all_that_it_was_made_of(database_url: str) -> None:
    async def test(here: Here) -> None:
        made = await here.decisions.assess(ALL, facts(amount=5_000_000, at=NOW.replace(hour=3)))
        assert (made.model_version, made.policy_version, made.at) == ("m-1", "p-1", NOW)
        kept, _ = await here.decisions.explained(ALL, made.id)
        assert kept == made
        assert {signal.engine for signal in kept.assessment.signals} == {*ENGINES} - {"network"}
        by_model = next(signal for signal in kept.assessment.signals if signal.engine == "ml_model")
        assert {*by_model.contributions} == {"amount", "chargebacks", "base"}
        for tenant, name in (("m2", made.id), ("m1", "frd_nothing")):
            with pytest.raises(NotFoundError):
                await here.decisions.explained(caller(tenant), name)

    run(database_url, test)


def test_the_same_payment_has_one_decision(database_url: str) -> None:
    async def test(here: Here) -> None:
        many = await asyncio.gather(*(here.decisions.assess(ALL, facts()) for _ in range(8)))
        assert len({made.id for made in many}) == 1
        with pytest.raises(ConflictError):
            await here.decisions.assess(ALL, facts(amount=1))
        other = replace(facts().transaction, tenant="m2")
        assert (await here.decisions.assess(caller("m2"), replace(facts(), transaction=other))).id != many[0].id

    run(database_url, test)


def test_many_at_once_are_written_together_and_one_that_the_database_refuses_fails_alone(database_url: str) -> None:
    async def test(here: Here) -> None:
        here.decisions._scorer = Scorer(all_say(), PATIENT)
        paid = [facts(number % 20) for number in range(40)]  # each twice, all with one device
        strange = facts(99, customer=None)
        made = await asyncio.gather(
            *(here.decisions.assess(ALL, one) for one in (*paid, strange)), return_exceptions=True
        )
        kept = [one for one in made if isinstance(one, Decision)]
        assert len(kept) == 40 and len({one.id for one in kept}) == 20
        assert isinstance(made[-1], DBAPIError)
        assert len(await here.devices.of("m1", "customer-1")) == 1

    run(database_url, test)


def test_a_device_is_the_customers_after_a_payment_that_passed(database_url: str) -> None:
    async def test(here: Here) -> None:
        assert "first_device" in (await here.decisions.assess(ALL, facts(1))).assessment.risk_factors
        here.now += timedelta(seconds=1)
        assert (await here.decisions.assess(ALL, facts(2))).assessment.risk_factors == ()
        robot = Device("device-9", {**LAPTOP, "webdriver": "true", "screen": "800x600"})
        assert (
            await here.decisions.assess(ALL, facts(3, device=robot))
        ).assessment.recommendation is Recommendation.BLOCK
        (known,) = await here.devices.of("m1", "customer-1")
        assert (known.id, known.fingerprint.browser, known.last_seen) == ("device-1", "Chrome", here.now)
        assert await here.devices.of("m2", "customer-1") == []

    run(database_url, test)


def test_the_latest_devices_are_remembered(database_url: str) -> None:
    async def test(here: Here) -> None:
        here.decisions._scorer = Scorer(all_say(), PATIENT)
        for number in range(5):
            here.now += timedelta(seconds=1)
            await here.decisions.assess(ALL, facts(number, device=Device(f"device-{number}")))
        assert [one.id for one in await here.devices.of("m1", "customer-1")] == ["device-4", "device-3", "device-2"]

    run(database_url, test)


def test_nothing_of_the_payment_itself_is_kept(database_url: str) -> None:
    async def test(here: Here) -> None:
        await here.decisions.assess(ALL, facts(description="a secret present"))
        async with transaction(here.database) as connection:
            tables = MetaData()
            await connection.run_sync(tables.reflect)
            rows = [tuple(row) for table in tables.tables.values() for row in await connection.execute(select(table))]
        assert rows and not any(text in str(rows) for text in (CARD, "a secret present", "8.8.8.8"))

    run(database_url, test)


def test_an_appeal_goes_to_another_person(database_url: str) -> None:
    async def test(here: Here) -> None:
        made, who = await here.decisions.assess(ALL, facts()), ALL
        other = replace(who, principal=replace(who.principal, subject="user-2"))
        with pytest.raises(NotFoundError):
            await here.decisions.conclude(other, made.id, overturned=True)
        review = await here.decisions.contest(who, made.id, "it was me")
        assert (review.state, review.ground, review.opened_by) == (ReviewState.OPEN, "it was me", "user-1")
        for wrong, error in ((who, ForbiddenError), (caller("m2", "fraud_analyst"), NotFoundError)):
            with pytest.raises(error):
                await here.decisions.conclude(wrong, made.id, overturned=True)
        with pytest.raises(ConflictError):
            await here.decisions.contest(other, made.id, "again")
        closed = await here.decisions.conclude(other, made.id, overturned=True)
        assert (closed.state, closed.closed_by, closed.closed_at) == (ReviewState.OVERTURNED, "user-2", NOW)
        assert await here.store.review_of("m1", made.id) == closed
        with pytest.raises(ConflictError):
            await here.decisions.conclude(other, made.id, overturned=False)
        told = [(event.action, event.user, event.tenant, event.outcome, event.reason) for event in here.audit.events]
        assert told == [
            ("fraud.assess", "user-1", "m1", Outcome.SUCCESS, "approve"),
            ("fraud.conclude", "user-2", "m1", Outcome.FAILURE, "not_found"),
            ("fraud.contest", "user-1", "m1", Outcome.SUCCESS, ""),
            ("fraud.conclude", "user-1", "m1", Outcome.DENIED, "own_appeal"),
            ("fraud.conclude", "user-1", "m2", Outcome.FAILURE, "not_found"),
            ("fraud.contest", "user-2", "m1", Outcome.FAILURE, "conflict"),
            ("fraud.conclude", "user-2", "m1", Outcome.SUCCESS, "overturned"),
            ("fraud.conclude", "user-2", "m1", Outcome.FAILURE, "conflict"),
        ]
        assert {event.resource for event in here.audit.events} == {f"assessment:{made.id}"}
        assert (await here.store.by_id("m1", made.id)) == made  # the decision itself stays what it was

    run(database_url, test)


def test_of_many_appeals_and_conclusions_at_once_one_counts(database_url: str) -> None:
    async def test(here: Here) -> None:
        made, who = await here.decisions.assess(ALL, facts()), ALL
        other = replace(who, principal=replace(who.principal, subject="user-2"))
        appeals = [here.decisions.contest(who, made.id, "it was me") for _ in range(6)]
        assert _failures(await asyncio.gather(*appeals, return_exceptions=True)) == [ConflictError] * 5
        ends = [here.decisions.conclude(other, made.id, overturned=bool(n % 2)) for n in range(6)]
        assert _failures(await asyncio.gather(*ends, return_exceptions=True)) == [ConflictError] * 5

    run(database_url, test)


def _failures(answers: list[Any]) -> list[type]:
    return [type(answer) for answer in answers if isinstance(answer, BaseException)]


def test_what_cannot_be_audited_or_stored_is_not_done(database_url: str) -> None:
    async def test(here: Here) -> None:
        made = await here.decisions.assess(ALL, facts())
        here.audit.failing = True
        with pytest.raises(UnavailableError):
            await here.decisions.contest(ALL, made.id, "it was me")
        assert await here.store.review_of("m1", made.id) is None
        with pytest.raises(UnavailableError):
            await here.decisions.assess(ALL, facts(2))
        assert await here.store.by_transaction("m1", "tx-2") is None
        with pytest.raises(UnavailableError):
            await here.decisions.explained(ALL, made.id)

    run(database_url, test)

    async def away() -> None:
        here = Here("postgresql+asyncpg://payment@127.0.0.1:1/nothing", all_say())
        with pytest.raises(UnavailableError):
            await here.decisions.assess(ALL, facts())
        here.workers.close()
        await here.database.dispose()

    asyncio.run(away())


def test_an_explanation_for_people() -> None:
    async def main() -> None:
        hot = RiskSignal("velocity", 0.8, 1.0, True, reasons=("impossible_travel", "of_a_later_version"))
        scorer = Scorer(
            all_say(0.1, velocity=Says("velocity", hot), network=Says("network", UnavailableError("x"))), PATIENT
        )
        assessment = await scorer.assess(facts())
        assert unpacked(json.loads(json.dumps(packed(assessment)))) == assessment
        told = explain(assessment)
        assert told.sentences[0] == "Automatic checks advised against the payment."
        assert "too far apart" in told.sentences[1] and "did not answer in time" in told.sentences[3]
        assert "contest" in told.sentences[-1] and "recent payments" in told.sentences[-2]
        assert told.contributions == {"velocity": 1.0}  # the others did not make it any less
        mean = explain(await Scorer(all_say(0.1), PATIENT).assess(facts()))
        assert sum(mean.contributions.values()) == pytest.approx(1) and "past payments" in mean.sentences[-2]
        nothing = await Scorer([Says(name, None) for name in ENGINES], PATIENT).assess(facts())
        assert explain(nothing).contributions == {} and "a person decides" in " ".join(explain(nothing).sentences)

    asyncio.run(main())


BODY: dict[str, Any] = {
    "transaction": "order-77",
    "customer": "customer-1",
    "card": CARD,
    "merchant": "shop-1",
    "amount": 2_500,
    "currency": "EUR",
    "description": "two books",
    "at": "2026-11-22T12:00:00Z",
    "source": "8.8.8.8",
    "device": {"id": "device-1", "fingerprint": LAPTOP},
    "place": {"latitude": 52.52, "longitude": 13.405, "country": "DE"},
    "history": {"average_amount": 2_000.0, "payments": 40},
    "merchant_profile": {"risk": 0.1},
    "method": {"funding": "debit"},
}


def asked(
    url: str, test: Callable[[Here, httpx.AsyncClient], Awaitable[None]], engines: list[Any] | None = None
) -> None:
    async def inner(here: Here) -> None:
        app = application(router(here.decisions, require, lambda: NOW))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            await test(here, client)

    run(url, inner, engines)


def test_over_http(database_url: str) -> None:
    async def test(here: Here, client: httpx.AsyncClient) -> None:
        made = await client.post("/v1/fraud/assessments", json=BODY)
        assert made.status_code == 201
        view = made.json()
        assert (view["recommendation"], view["risk_level"], view["transaction"]) == ("approve", "minimal", "order-77")
        assert view["risk_factors"] == ["first_device"] and view["signals_processed"] == 4
        assert view["left_out"] == {"network": "silent"} and view["required_actions"] == []
        assert 0 < view["fraud_probability"] < 0.1 and view["is_anomaly"] is False and view["processing_time_ms"] > 0
        place = f"/v1/fraud/assessments/{view['id']}"
        shown = (await client.get(place)).json()
        assert {**shown, **view} == shown and shown["model_version"] == "m-1"
        assert shown["explanation"][0].startswith("Automatic checks found no objection")
        assert shown["details"]["ml_model"].keys() == {"amount", "chargebacks", "base"}
        support, analyst = {"x-role": "support"}, {"x-role": "fraud_analyst"}
        appeal = await client.post(f"{place}/appeal", json={"ground": "it was me"}, headers=support)
        assert (appeal.status_code, appeal.json()["state"]) == (201, "open")
        assert (await client.post(f"{place}/appeal", json={"ground": "it was me"}, headers=support)).status_code == 409
        assert (await client.post(f"{place}/conclusion", json={"overturned": True})).status_code == 403
        own = await client.post(f"{place}/conclusion", json={"overturned": True}, headers=analyst)
        assert own.status_code == 403  # the same subject
        again = await client.post("/v1/fraud/assessments", json=BODY)
        assert again.json() == view
        least = {name: BODY[name] for name in ("transaction", "customer", "card", "merchant", "amount", "currency")}
        assert (
            await client.post("/v1/fraud/assessments", json={**least, "transaction": "order-78"})
        ).status_code == 201

    asked(database_url, test)


def test_permissions_and_tenants(database_url: str) -> None:
    async def test(here: Here, client: httpx.AsyncClient) -> None:
        name = (await client.post("/v1/fraud/assessments", json=BODY)).json()["id"]
        place = f"/v1/fraud/assessments/{name}"
        support = {"x-role": "support"}
        for headers, status in (({**support, "x-tenant": "m2"}, 404), ({"x-role": "auditor"}, 403)):
            assert (await client.get(place, headers=headers)).status_code == status
            answer = await client.post(f"{place}/appeal", json={"ground": "x"}, headers=headers)
            assert answer.status_code == status
        for role in ("auditor", "support", "fraud_analyst"):
            denied = await client.post("/v1/fraud/assessments", json=BODY, headers={"x-role": role})
            assert denied.status_code == 403, role

    asked(database_url, test)


NUMBER = "4" + "1" * 15
REFUSED: list[dict[str, Any]] = [
    {"card": NUMBER},
    {"card": "4111-1111-1111-1111"},
    {"transaction": NUMBER},
    {"customer": "4111-1111-1111-1111"},
    {"customer": "4111.1111.1111.1111"},
    {"merchant": "shop-1700000000000"},
    {"device": {"id": NUMBER}},
    {"device": {"fingerprint": {"font": "Arial"}}},
    {"number": NUMBER},
    {"verification_code": "737"},
    {"amount": 25.0},
    {"amount": "2500"},
    {"amount": 0},
    {"currency": "EURO"},
    {"currency": "eur"},
    {"source": "example.com"},
    {"at": "2026-11-22T12:00:00"},
    {"place": {"latitude": 91, "longitude": 0}},
    {"place": {"latitude": 0}},
    {"place": {"latitude": 0, "longitude": 0, "country": "Germany"}},
    {"history": {"failed_rate": 1.5}},
    {"history": {"payments": -1}},
    {"merchant_profile": {"risk": None}},
    {"method": {"funding": "gold"}},
    {"tenant": "m2"},
]


def test_what_is_refused_says_nothing_of_it(tmp_path: Any) -> None:
    async def test(here: Here, client: httpx.AsyncClient) -> None:
        for change in REFUSED:
            answer = await client.post("/v1/fraud/assessments", json={**BODY, **change})
            assert answer.status_code == 422, change
            assert NUMBER not in answer.text and "1111" not in answer.text
        bare = await client.post(
            "/v1/fraud/assessments",
            content=json.dumps({**BODY, "history": {"average_amount": float("nan")}}),
            headers={"content-type": "application/json"},
        )
        assert bare.status_code == 422
        name = (await client.post("/v1/fraud/assessments", json=BODY)).json()["id"]
        for ground in ("", "x" * 2001, 7):
            place, who = f"/v1/fraud/assessments/{name}/appeal", {"x-role": "support"}
            refused = await client.post(place, json={"ground": ground}, headers=who)
            assert refused.status_code == 422

    asked(f"sqlite+aiosqlite:///{tmp_path / 'service.db'}", test)


def test_card_numbers_in_peoples_words_go_nowhere(database_url: str) -> None:
    async def test(here: Here, client: httpx.AsyncClient) -> None:
        name = (await client.post("/v1/fraud/assessments", json=BODY)).json()["id"]
        ground = {"ground": f"my card {NUMBER} is fine, 4111 1111 1111 1111"}
        place, who = f"/v1/fraud/assessments/{name}/appeal", {"x-role": "support"}
        assert (await client.post(place, json=ground, headers=who)).status_code == 201
        review = await here.store.review_of("m1", name)
        assert review is not None and review.ground == f"my card {MASK} is fine, {MASK}"

    asked(database_url, test)
