"""Scoring as it is started: from settings, on real servers."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from reference_impl.database import connect
from reference_impl.errors import ConfigurationError
from reference_impl.fraud.assembly import Models, started
from reference_impl.fraud.settings import DEFAULT, FraudSettings, load
from reference_impl.fraud.velocity.model import subjects_of
from reference_impl.migrations import upgrade
from tests.opa import free_port
from tests.reference import mmdb
from tests.reference.fraud_parts import Counted, Logistic, facts, features
from tests.reference.memory_log import MemoryLog

MODELS = Models(Logistic(), features, "m-1")


@pytest.fixture
def policy_file(tmp_path: Path) -> Path:
    """With all the time in the world: this is not about time."""
    file = tmp_path / "policy.yaml"
    file.write_text(DEFAULT.read_text("utf-8").replace("total_ms: 100", "total_ms: 20000"), "utf-8")
    return file


def test_all_five_answer(postgres_url: str, redis_url: str, policy_file: Path, tmp_path: Path) -> None:
    place = mmdb.write(tmp_path / "city.mmdb", {"8.8.8.0/24": {"country": {"iso_code": "DE"}}})
    system = mmdb.write(tmp_path / "asn.mmdb", {"8.8.8.0/24": {"autonomous_system_number": 64512}})
    settings = FraudSettings(policy_file, place, system, redis_url)
    counts, who = Counted(), uuid4().hex

    async def main() -> None:
        database = connect(postgres_url)
        await upgrade(database)
        async with started(settings, database, MODELS, MemoryLog(), counts=counts) as fraud:
            paid = [facts(number, customer=who) for number in range(12)]
            for one in paid[:6]:
                await fraud.decisions.assess(one)
                await fraud.windows.fail(subjects_of(one.transaction), one.transaction.id)
            made = await fraud.decisions.assess(paid[6])
            assert made.assessment.signals_processed == 5 and made.assessment.left_out == {}
            assert {"customer_payments", "customer_amount", "customer_failed"} <= {*made.assessment.risk_factors}
            assert made.policy_version == load(policy_file).version
            assert len(counts.engines) == 5 * 7 and {outcome for _, outcome in counts.engines} == {"answered"}
        await database.dispose()

    asyncio.run(main())


def test_a_redis_that_is_away_leaves_the_decision_to_people(tmp_path: Path, policy_file: Path) -> None:
    settings = FraudSettings(policy_file, redis_url=f"redis://127.0.0.1:{free_port()}/0")

    async def main() -> None:
        database = connect(f"sqlite+aiosqlite:///{tmp_path / 'service.db'}")
        await upgrade(database)
        async with started(settings, database, MODELS, MemoryLog()) as fraud:
            made = (await fraud.decisions.assess(facts())).assessment
            assert made.recommendation.value == "review"
            assert {engine for engine, why in made.left_out.items() if why == "failed"} == {"velocity", "rule_engine"}
        await database.dispose()

    asyncio.run(main())


def test_a_wrong_policy_stops_the_start(tmp_path: Path) -> None:
    async def main() -> None:
        database = connect(f"sqlite+aiosqlite:///{tmp_path / 'service.db'}")
        (tmp_path / "policy.yaml").write_text("version: '1'", "utf-8")
        with pytest.raises(ConfigurationError):
            async with started(FraudSettings(tmp_path / "policy.yaml"), database, MODELS, MemoryLog()):
                pass
        await database.dispose()

    asyncio.run(main())
