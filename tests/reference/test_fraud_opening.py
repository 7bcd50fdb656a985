"""Scoring as it is started: from the settings, on real servers, with the models of this package."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import pytest

from reference_impl import folder
from reference_impl.database import connect
from reference_impl.errors import ConfigurationError
from reference_impl.fraud import manifest, shipped
from reference_impl.fraud.opening import Fraud, fraud_of
from reference_impl.fraud.scoring import Counts
from reference_impl.fraud.settings import DEFAULT, load
from reference_impl.migrations import upgrade
from reference_impl.redis_client import Scripts
from reference_impl.redis_client import connect as connect_redis
from reference_impl.settings import Settings
from tests.opa import free_port
from tests.reference import mmdb
from tests.reference.app import caller
from tests.reference.fraud_parts import Counted, facts, patient_policy
from tests.reference.memory_log import MemoryLog
from tests.reference.people import People
from tests.reference.running import settings_in


@pytest.fixture
def made(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "place").model_copy(update={"fraud_policy_file": patient_policy(tmp_path)})


def run(settings: Settings, test: Callable[[Fraud], Awaitable[None]], counts: Counts | None = None) -> None:
    async def main() -> None:
        database = connect(folder.database_url(settings))
        redis = connect_redis(settings.redis_url) if settings.redis_url else None
        try:
            await upgrade(database)
            wrapper = folder.wrapper_of(settings)
            scripts = Scripts(redis) if redis else None
            async with fraud_of(
                settings, wrapper, database, MemoryLog(), scripts, people=People(), counts=counts
            ) as fraud:
                await test(fraud)
        finally:
            if redis:
                await redis.aclose()
            await database.dispose()

    asyncio.run(main())


def test_all_five_answer(postgres_url: str, redis_url: str, made: Settings, tmp_path: Path) -> None:
    place = mmdb.write(tmp_path / "city.mmdb", {"8.8.8.0/24": {"country": {"iso_code": "DE"}}})
    system = mmdb.write(tmp_path / "asn.mmdb", {"8.8.8.0/24": {"autonomous_system_number": 64512}})
    changed = {"database_url": postgres_url, "redis_url": redis_url}
    changed |= {"fraud_city_database": place, "fraud_asn_database": system}
    counts, who = Counted(), uuid4().hex

    async def test(fraud: Fraud) -> None:
        paid = [facts(number, customer=who) for number in range(12)]
        for one in paid[:6]:
            await fraud.decisions.assess(caller(), one)
            await fraud.windows.fail("m1", one.transaction.id)
        last = await fraud.decisions.assess(caller(), paid[6])
        assert last.assessment.signals_processed == 5 and last.assessment.left_out == {}
        assert {"customer_payments", "customer_amount", "customer_failed"} <= {*last.assessment.risk_factors}
        assert last.policy_version == load(made.fraud_policy_file or DEFAULT).version
        assert last.model_version == manifest.unsigned(shipped.FOLDER).manifest.version
        assert len(counts.engines) == 5 * 7 and {outcome for _, outcome in counts.engines} == {"answered"}

    run(made.model_copy(update=changed), test, counts)


def test_a_redis_that_is_away_leaves_the_decision_to_people(made: Settings) -> None:
    async def test(fraud: Fraud) -> None:
        last = (await fraud.decisions.assess(caller(), facts())).assessment
        assert last.recommendation.value == "review"
        assert {engine for engine, why in last.left_out.items() if why == "failed"} == {"velocity", "rule_engine"}

    run(made.model_copy(update={"redis_url": f"redis://127.0.0.1:{free_port()}/0"}), test)


def test_a_wrong_policy_stops_the_start(made: Settings, tmp_path: Path) -> None:
    async def test(_: Fraud) -> None:
        raise AssertionError("started")

    (tmp_path / "policy.yaml").write_text("version: '1'", "utf-8")
    with pytest.raises(ConfigurationError, match="policy"):
        run(made, test)
