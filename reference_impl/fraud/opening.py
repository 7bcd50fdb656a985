"""Puts scoring together from the settings, for whoever starts the service."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import AuditLog
from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.fraud.decisions import Decisions
from reference_impl.fraud.engines.device import DeviceEngine
from reference_impl.fraud.engines.ml import MlEngine
from reference_impl.fraud.engines.network import NetworkEngine
from reference_impl.fraud.engines.rules import RuleEngine
from reference_impl.fraud.engines.velocity import VelocityEngine
from reference_impl.fraud.features import features_of
from reference_impl.fraud.installed import InstalledModels
from reference_impl.fraud.model import Sensitivity, Suspicious
from reference_impl.fraud.network import Networks
from reference_impl.fraud.predictor import OnnxPredictor
from reference_impl.fraud.scoring import Counts, Scorer
from reference_impl.fraud.settings import DEFAULT, load
from reference_impl.fraud.store import DecisionStore, DeviceStore
from reference_impl.fraud.velocity.model import Windows
from reference_impl.fraud.velocity.opening import windows_of
from reference_impl.fraud.workers import Workers
from reference_impl.keys.model import SubjectKeys
from reference_impl.redis_client import Scripts
from reference_impl.settings import Settings


@dataclass(frozen=True, slots=True)
class Fraud:
    """`windows`: for whoever learns that a payment failed (`Windows.fail`); `versions`: of policy and models."""

    decisions: Decisions
    windows: Windows
    versions: Mapping[str, str]


@asynccontextmanager
async def fraud_of(
    settings: Settings,
    wrapper: KeyWrapper,
    database: AsyncEngine,
    audit: AuditLog,
    redis: Scripts | None,
    *,
    people: SubjectKeys,
    counts: Counts | None = None,
    sensitivity: Sensitivity | None = None,
    suspicious: Suspicious | None = None,
    clock: Clock = utc_now,
) -> AsyncIterator[Fraud]:
    """Everything that assesses payments; ended in order. `people`: keys of customers, who are known by their subjects.

    Without Redis payments are counted in this process.

    Raises ConfigurationError (also where no models are installed), IntegrityError (they are not those that were
    installed), UnavailableError.
    """
    loaded = load(settings.fraud_policy_file or DEFAULT)
    policy = loaded.policy
    predictor = OnnxPredictor(InstalledModels(settings.data_folder, wrapper).verified())
    with ExitStack() as stack:
        windows = windows_of(settings, redis)
        networks = Networks(settings.fraud_city_database, settings.fraud_asn_database)
        stack.callback(networks.close)
        workers = Workers("ml_model", policy.threads)
        stack.callback(workers.close)
        engines = (
            MlEngine(predictor, partial(features_of, holidays=frozenset(policy.ml.holidays)), policy, workers),
            RuleEngine(windows, policy),
            VelocityEngine(windows, policy),
            DeviceEngine(DeviceStore(database, policy.device.remembered, people), policy),
            NetworkEngine(networks, policy),
        )
        decisions = Decisions(
            Scorer(engines, policy, counts, sensitivity=sensitivity),
            DecisionStore(database, people),
            audit,
            model_version=predictor.version,
            policy_version=loaded.version,
            suspicious=suspicious,
            clock=clock,
        )
        yield Fraud(decisions, windows, {"fraud_policy": loaded.version, "fraud_models": predictor.version})
