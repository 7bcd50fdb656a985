"""Puts scoring together from its settings, for whoever starts the service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import AuditLog
from reference_impl.clock import Clock, utc_now
from reference_impl.fraud.decisions import Decisions
from reference_impl.fraud.engines.device import DeviceEngine
from reference_impl.fraud.engines.ml import Features, MlEngine
from reference_impl.fraud.engines.network import NetworkEngine
from reference_impl.fraud.engines.rules import RuleEngine
from reference_impl.fraud.engines.velocity import VelocityEngine
from reference_impl.fraud.model import Predictor
from reference_impl.fraud.network import Networks
from reference_impl.fraud.scoring import Counts, Scorer
from reference_impl.fraud.settings import FraudSettings, load
from reference_impl.fraud.store import DecisionStore, DeviceStore
from reference_impl.fraud.velocity.memory import MemoryWindows
from reference_impl.fraud.velocity.model import Span, Windows
from reference_impl.fraud.velocity.redis import RedisWindows
from reference_impl.fraud.workers import Workers
from reference_impl.redis_client import connect


@dataclass(frozen=True, slots=True)
class Models:
    """What was trained: `features` makes what `predictor` takes; `version` is stored with every decision."""

    predictor: Predictor
    features: Features
    version: str


@dataclass(frozen=True, slots=True)
class Fraud:
    """`windows`: for whoever learns that a payment failed (`Windows.fail`)."""

    decisions: Decisions
    windows: Windows


@asynccontextmanager
async def started(
    settings: FraudSettings,
    database: AsyncEngine,
    models: Models,
    audit: AuditLog,
    *,
    counts: Counts | None = None,
    clock: Clock = utc_now,
) -> AsyncIterator[Fraud]:
    """Everything that assesses payments; ended in order. Raises ConfigurationError."""
    loaded = load(settings.policy_file)
    policy = loaded.policy
    async with AsyncExitStack() as stack:
        span = Span(policy.velocity.window_seconds, policy.velocity.place_seconds)
        windows: Windows = MemoryWindows(span)
        if settings.redis_url:
            client = connect(settings.redis_url)
            stack.push_async_callback(client.aclose)
            windows = RedisWindows(client, span)
        networks = Networks(settings.city_database, settings.asn_database)
        stack.callback(networks.close)
        workers = Workers("ml_model", policy.threads)
        stack.callback(workers.close)
        engines = (
            MlEngine(models.predictor, models.features, policy, workers),
            RuleEngine(windows, policy),
            VelocityEngine(windows, policy),
            DeviceEngine(DeviceStore(database, policy.device.remembered), policy),
            NetworkEngine(networks, policy),
        )
        decisions = Decisions(
            Scorer(engines, policy, counts),
            DecisionStore(database),
            audit,
            model_version=models.version,
            policy_version=loaded.version,
            clock=clock,
        )
        yield Fraud(decisions, windows)
