"""Puts the parts together: the one place that knows all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Depends, FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.types import ASGIApp

from reference_impl import folder
from reference_impl.audit import api as audit_api
from reference_impl.audit.anchor import DatabaseAnchor
from reference_impl.audit.log import FileAuditLog
from reference_impl.audit.model import ReadableLog
from reference_impl.audit.service import AuditTrail
from reference_impl.auth import access_api
from reference_impl.auth import routes as auth_routes
from reference_impl.auth.access import AccessReviews
from reference_impl.auth.api import Authenticator, check_routes, public
from reference_impl.auth.jwks import Jwks, issuer_client
from reference_impl.auth.local_keys import LocalKeys
from reference_impl.auth.model import Register
from reference_impl.auth.origin import TrustedProxies
from reference_impl.auth.stepup import StepUp
from reference_impl.auth.store import TotpStore
from reference_impl.auth.tokens import KeySource, TokenVerifier
from reference_impl.auth.watch import FailedSignIns
from reference_impl.books import evidence, ledgers
from reference_impl.client_encryption import api as client_api
from reference_impl.client_encryption.service import ClientKeys
from reference_impl.client_encryption.store import ClientKeyStore
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.database import connect
from reference_impl.errors import ConfigurationError
from reference_impl.events.flow import Flow
from reference_impl.events.model import Watch
from reference_impl.events.opening import Follower, running
from reference_impl.events.outbox import Outbox
from reference_impl.events.sealing import Sealer
from reference_impl.fraud import api as fraud_api
from reference_impl.fraud.named import NamedDecisions
from reference_impl.fraud.of_orders import OrderScorer
from reference_impl.fraud.of_persons import Forgetting
from reference_impl.fraud.opening import fraud_of
from reference_impl.gateway.opening import gateway_of
from reference_impl.gdpr import api as gdpr_api
from reference_impl.gdpr.cards import binding
from reference_impl.gdpr.conversion import converted
from reference_impl.gdpr.datamap import DataMap
from reference_impl.gdpr.opening import bind, checked_map, going_on, privacy_of
from reference_impl.gdpr.request_store import RequestStore
from reference_impl.guarding import guard
from reference_impl.incident import api as incident_api
from reference_impl.incident.guard import Guard
from reference_impl.incident.guarded import Admission, GuardedCharges, GuardedOrders, GuardedTokens
from reference_impl.incident.named import NamedIncidents
from reference_impl.incident.opening import Handling, handling_of
from reference_impl.keys import api as keys_api
from reference_impl.keys.retries import DailySecrets
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.keys.subject_store import SubjectKeyStore
from reference_impl.keys.subjects import SubjectKeys
from reference_impl.keys.tenant import TenantKeys
from reference_impl.limits.fallback import LocalWhenUnavailable
from reference_impl.limits.memory import MemoryLimits
from reference_impl.limits.model import Limits, Lockouts, Rate
from reference_impl.limits.redis import RedisLimits
from reference_impl.migrations import revisions, upgrade
from reference_impl.observability.ages import keys_told, tell_certificates
from reference_impl.observability.ground import ObservedAudit, ObservedKeyWrapper, ObservedLimits
from reference_impl.observability.instruments import Instruments
from reference_impl.observability.opening import exposition_of, instruments_of
from reference_impl.observability.parts import (
    ObservedCharges,
    ObservedGateway,
    ObservedPayments,
    ObservedScoring,
    ObservedTokens,
)
from reference_impl.observability.requests import Observed, templates
from reference_impl.operating import KEY_FAMILIES, redis_of
from reference_impl.orders import api as orders_api
from reference_impl.orders.named import NamedOrders
from reference_impl.orders.service import FOLLOWED, Orders
from reference_impl.orders.service import GROUP as ORDERS
from reference_impl.payments import api as payments_api
from reference_impl.payments.service import PaymentService
from reference_impl.payments.store import PaymentStore
from reference_impl.policy.opening import gate_of
from reference_impl.policy.refusals import Refusals
from reference_impl.processor import api as processor_api
from reference_impl.processor.client import ProcessorClient
from reference_impl.processor.opening import Processor, processor_of
from reference_impl.processor.service import HostedPayments
from reference_impl.processor.store import ProcessorStore
from reference_impl.processor.webhook import MAX_EVENT
from reference_impl.redis_client import Scripts
from reference_impl.settings import Settings
from reference_impl.sox import api as sox_api
from reference_impl.sox.opening import Finances, configuration_of, finances_of, who_started
from reference_impl.vault import api as vault_api
from reference_impl.vault.binding import Binding
from reference_impl.vault.resealing import Resealing
from reference_impl.vault.service import Vault
from reference_impl.web.app import application
from reference_impl.web.middleware import protect
from reference_impl.web.running import beside
from reference_impl.web.server import Certificate

LOG = "audit"
"""The audit log's name in the anchor."""


@dataclass(frozen=True, slots=True)
class Service:
    """`routes`: the application, which describes itself; `served`: the same with everything that stands before it;
    `ready`: each raises UnavailableError while it is not; `audit`, `watch`: for processes beside this one.
    """

    routes: FastAPI
    served: ASGIApp
    ready: list[Callable[[], None]]
    audit: ReadableLog
    watch: Watch


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all parts stand on. `audit`: the `log`, measured."""

    seen: Instruments
    wrapper: KeyWrapper
    engine: AsyncEngine
    audit_keys: folder.AuditKeys
    log: ReadableLog
    audit: ReadableLog
    redis: Scripts | None
    limits: Limits
    lockouts: Lockouts


@asynccontextmanager
async def started(
    settings: Settings, certificate: Certificate | None = None, first: ReadableLog | None = None
) -> AsyncIterator[Service]:
    """The service, everything in it running; ended in order. Without a gateway or processor there are no routes for it.

    `certificate`: what it is served with. Its metrics are served here, where a port is set for them. `first`: the audit
    log of the process which this one stands beside; what runs once for all of them runs there.

    Raises ConfigurationError, IntegrityError (keys or audit log are not as they were left), UnavailableError.
    """
    async with AsyncExitStack() as stack:
        ground = await _ground(settings, certificate, first, stack)
        engine, audit, seen = ground.engine, ground.audit, ground.seen
        handling = await stack.enter_async_context(
            handling_of(settings, engine, audit, ground.limits, seen.metrics, once=first is None)
        )
        accounts = handling.guard
        access = AccessReviews(engine, audit)
        auth, step_up = await _authenticator(settings, ground, handling, access, stack)
        ring = KeyRing(key_store := KeyStore(engine), ground.wrapper)
        held, once = checked_map(KEY_FAMILIES), first is None
        subjects, retries = await _subjects(settings, engine, held, ring, stack, once=once)
        vault = ObservedTokens(GuardedTokens(Vault(engine, ring, audit, people=subjects), accounts), seen)
        chain = evidence(settings, ground.audit_keys, audit.acknowledged, DatabaseAnchor(engine, LOG))
        finances = finances_of(
            settings, engine, audit, signing=ground.audit_keys.signing, chain=chain, ledgers=ledgers(engine)
        )
        tenant_keys = TenantKeys(ring, Resealing(engine, ring, ring, [subjects]), audit, witness=finances.changes)
        client_keys = ClientKeys(
            ClientKeyStore(engine), ground.wrapper, period=timedelta(days=settings.client_key_days)
        )

        app = application("payment-service")
        ready: list[Callable[[], None]] = []
        for routes in (
            _health(ready),
            vault_api.router(vault, client_keys, auth.require, subjects),
            auth_routes.router(auth, step_up),
            keys_api.router(tenant_keys, auth.require),
            *_oversight(settings, ground, auth, NamedIncidents(handling.incidents, subjects), finances, access=access),
        ):
            app.include_router(routes)
        fraud = await stack.enter_async_context(
            fraud_of(
                settings,
                ground.wrapper,
                engine,
                audit,
                ground.redis,
                people=subjects,
                counts=ObservedScoring(seen),
                sensitivity=handling.sensitivity,
                suspicious=handling.monitor,
            )
        )
        app.include_router(fraud_api.router(NamedDecisions(fraud.decisions, subjects), auth.require))
        privacy = privacy_of(
            settings, held, engine, subjects, tokens=vault, counts=Forgetting(fraud.windows), audit=audit
        )
        if first is None:
            await client_keys.start()
            versions = {**fraud.versions, "tables": revisions(), "key_encryption_key": ground.wrapper.current}
            await finances.changes.started(configuration_of(settings, versions), who_started())
            await stack.enter_async_context(keys_told(key_store.oldest, seen))
            await stack.enter_async_context(going_on(privacy.requests, RequestStore(engine), seen.metrics.overdue))
        app.include_router(gdpr_api.router(privacy.profiles, privacy.requests, auth.require))
        app.include_router(gdpr_api.public_router(privacy.exports), dependencies=[Depends(public)])
        if (gateway := gateway_of(settings, ground.wrapper)) is not None:
            await stack.enter_async_context(gateway)
            payment_store = PaymentStore(engine)
            payments = PaymentService(
                payment_store,
                vault,
                ObservedGateway(gateway, seen),
                audit,
                merchant=settings.gateway_merchant,
                failures=fraud.windows,
                abandoned_after=timedelta(seconds=4 * settings.gateway_seconds),
            )
            observed = ObservedPayments(payments, seen)
            app.include_router(payments_api.router(observed, auth.require))
            announce = Outbox(Sealer(ring, subjects)).add
            orders = Orders(engine, vault, client_keys, announce, people=subjects, retries=retries, audit=audit)
            app.include_router(orders_api.router(NamedOrders(GuardedOrders(orders, accounts), subjects), auth.require))
            if first is None:
                flow = running(
                    settings,
                    engine,
                    keys=ring,
                    subjects=subjects,
                    orders=orders,
                    signing=ground.audit_keys.signing,
                    flow=Flow(
                        orders,
                        observed,
                        OrderScorer(fraud.decisions, fraud.windows),
                        announce,
                        admission=Admission(accounts, payment_store),
                    ),
                    followers={ORDERS: Follower(FOLLOWED, orders.follow)},
                    watch=seen.metrics,
                )
                ready.append((await stack.enter_async_context(flow)).check)
        if (processor := processor_of(settings)) is not None:
            await stack.enter_async_context(processor.http)
            hosted_routes, forms = _hosted(ground, auth, processor, accounts, finances)
            app.include_router(hosted_routes)
            app.include_router(forms, dependencies=[Depends(public)])
        app.include_router(client_api.router(client_keys), dependencies=[Depends(public)])
        check_routes(app)
        yield Service(app, _before(app, settings, ground, handling.edge), ready, ground.log, seen.metrics)


async def _ground(
    settings: Settings, certificate: Certificate | None, first: ReadableLog | None, stack: AsyncExitStack
) -> _Ground:
    seen = await stack.enter_async_context(instruments_of(settings))
    shown = _metrics_certificate(settings) or certificate
    served = certificate or shown
    tell_certificates(settings, served.chain if served else None, seen)
    if (figures := exposition_of(settings, seen)) is not None:
        place = settings.metrics_host, settings.metrics_port
        await stack.enter_async_context(beside(figures, "metrics_port", *place, shown))
    wrapper = ObservedKeyWrapper(folder.wrapper_of(settings), seen)
    engine = connect(folder.database_url(settings))
    stack.push_async_callback(engine.dispose)
    refusals = Refusals()
    if (gate := gate_of(settings, refusals)) is not None:
        guard(engine, gate)
    await upgrade(engine)
    keys = folder.audit_keys(settings, wrapper)
    audit = first or await _own_log(settings, keys, DatabaseAnchor(engine, LOG), stack)
    await stack.enter_async_context(refusals.recorded(audit))
    redis = redis_of(settings, stack)
    limits, lockouts = _limits(redis)
    return _Ground(
        seen, wrapper, engine, keys, audit, ObservedAudit(audit, seen), redis, ObservedLimits(limits, seen), lockouts
    )


async def _own_log(
    settings: Settings, keys: folder.AuditKeys, anchor: DatabaseAnchor, stack: AsyncExitStack
) -> ReadableLog:
    log = await FileAuditLog.open(settings.data_folder / "audit", keys.mac, keys.signing, name=LOG, anchor=anchor)
    stack.push_async_callback(log.aclose)
    return log


def _hosted(
    ground: _Ground, auth: Authenticator, processor: Processor, accounts: Guard, finances: Finances
) -> tuple[APIRouter, APIRouter]:
    """Routes of the processor's hosted fields: those with access tokens, and those for everybody."""
    store = ProcessorStore(ground.engine)
    client, secrets = ProcessorClient(processor.http), processor.webhook_secrets
    hosted = HostedPayments(store, client, ground.audit, secrets, approvals=finances.four_eyes)
    charges = ObservedCharges(GuardedCharges(hosted, store, accounts), ground.seen)
    return processor_api.router(hosted, charges, auth.require), processor_api.public_router(hosted, processor.form)


def _oversight(
    settings: Settings,
    ground: _Ground,
    auth: Authenticator,
    incidents: NamedIncidents,
    finances: Finances,
    *,
    access: AccessReviews,
) -> Iterator[APIRouter]:
    """Of people who look at what others do."""
    trail = AuditTrail(ground.audit, settings.data_folder / "audit", ground.audit_keys.mac)
    yield audit_api.router(trail, auth.require)
    yield incident_api.router(incidents, auth.require)
    yield sox_api.router(finances.periods, finances.four_eyes, finances.changes, auth.require)
    yield access_api.router(access, auth.require)


async def _authenticator(
    settings: Settings, ground: _Ground, handling: Handling, register: Register, stack: AsyncExitStack
) -> tuple[Authenticator, StepUp]:
    engine, audit = ground.engine, ground.audit
    sign_ins = Rate(settings.failed_sign_ins, settings.failed_sign_in_seconds)
    failures = FailedSignIns(ground.limits, sign_ins, handling.monitor)
    step_up = StepUp(TotpStore(engine), ground.wrapper, ground.lockouts, audit=audit, failures=failures)
    verifier = TokenVerifier(settings.issuer, settings.audience, await _keys(settings, stack))
    return Authenticator(
        verifier, step_up, audit=audit, failures=failures, gate=handling.gate, register=register
    ), step_up


async def _subjects(
    settings: Settings, engine: AsyncEngine, held: DataMap, keys: KeyRing, stack: AsyncExitStack, *, once: bool
) -> tuple[SubjectKeys, DailySecrets]:
    """Keys of persons and secrets of days, from the store that belongs to this database; `once`: binds cards."""
    store = await stack.enter_async_context(SubjectKeyStore.open(folder.subject_keys_url(settings)))
    await bind(engine, store.name)
    subjects = SubjectKeys(store, keys)
    await converted(engine, held, subjects)
    if once:
        await stack.enter_async_context(binding(engine, held, Binding(engine, keys, subjects)))
    return subjects, DailySecrets(store)


def _before(app: FastAPI, settings: Settings, ground: _Ground, limits: Limits) -> ASGIApp:
    """The application with what stands before it."""
    edge = protect(
        app,
        proxies=TrustedProxies(settings.trusted_proxies),
        limits=limits,
        rate=Rate(settings.rate_limit_requests, settings.rate_limit_window_seconds),
        max_bytes=settings.max_body_bytes,
        larger={processor_api.EVENTS: MAX_EVENT},
    )
    return Observed(edge, ground.seen, templates(app))


def _metrics_certificate(settings: Settings) -> Certificate | None:
    chain, key = settings.metrics_certificate, settings.metrics_certificate_key
    if (chain is None) != (key is None):
        raise ConfigurationError("metrics_certificate, metrics_certificate_key: both or neither")
    return None if chain is None or key is None else Certificate(chain, key)


def _limits(redis: Scripts | None) -> tuple[Limits, Lockouts]:
    local = MemoryLimits()
    if redis is None:
        return local, local
    shared = RedisLimits(redis)
    return LocalWhenUnavailable(shared, local), shared


async def _keys(settings: Settings, stack: AsyncExitStack) -> KeySource:
    if settings.jwks_file is not None:
        return LocalKeys(settings.jwks_file)
    client = await stack.enter_async_context(issuer_client())
    jwks = Jwks(settings.jwks_url, client)
    stack.push_async_callback(jwks.aclose)
    return jwks


def _health(ready: Iterable[Callable[[], None]]) -> APIRouter:
    """`ready`: each raises UnavailableError while it is not."""
    routes = APIRouter(prefix="/health", dependencies=[Depends(public)])

    @routes.get("/live", status_code=204, summary="Whether the service answers at all")
    async def live() -> None:
        return

    @routes.get("/ready", status_code=204, summary="Whether everything in it runs")
    async def is_ready() -> None:
        for check in ready:
            check()

    return routes
