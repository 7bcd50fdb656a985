"""What the operator does, put together: on the same database and keys, beside the running service or without it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl import folder
from reference_impl.audit import head as heads
from reference_impl.audit.anchor import DatabaseAnchor
from reference_impl.audit.log import FileAuditLog
from reference_impl.audit.model import AuditLog
from reference_impl.auth.store import TotpStore
from reference_impl.books import evidence, ledgers
from reference_impl.client_encryption.store import ClientKeyStore
from reference_impl.crypto.rewrappable import Rewrappable
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.database import connect
from reference_impl.events.opening import log_of, segments_of
from reference_impl.events.operator import OperatorEvents
from reference_impl.fraud.installed import InstalledModels
from reference_impl.fraud.of_persons import Forgetting
from reference_impl.fraud.operator import OperatorModels
from reference_impl.fraud.velocity.opening import windows_of
from reference_impl.fraud.velocity.redis import FAMILY
from reference_impl.gateway.opening import answer_keys
from reference_impl.gdpr.conversion import converted
from reference_impl.gdpr.opening import bind, checked_map, privacy_of
from reference_impl.gdpr.operator import OperatorPrivacy
from reference_impl.gdpr.request_store import RequestStore
from reference_impl.gdpr.retention import Retention
from reference_impl.guarding import guard
from reference_impl.incident.named import NamedIncidents
from reference_impl.incident.opening import terms_of
from reference_impl.incident.operator import OperatorIncidents
from reference_impl.incident.service import Incidents
from reference_impl.keys.operator import OperatorKeys
from reference_impl.keys.rewrapping import Rewrapping
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.keys.subject_store import SubjectKeyStore
from reference_impl.keys.subjects import SubjectKeys
from reference_impl.limits.redis import LIMIT, LOCK
from reference_impl.migrations import upgrade
from reference_impl.policy.opening import gate_of
from reference_impl.policy.refusals import Refusals
from reference_impl.redis_client import Scripts
from reference_impl.redis_client import connect as connect_redis
from reference_impl.settings import Settings
from reference_impl.sox.opening import finances_of
from reference_impl.sox.operator import OperatorFinances
from reference_impl.vault.resealing import Resealing
from reference_impl.vault.service import Vault

KEY_FAMILIES = frozenset({FAMILY, LIMIT, LOCK})
"""What keys in Redis begin with: who writes others lists them here, and in the data map."""
LOG = "operator"
"""Folder and name of the operator's audit log. One log has one writer, and the service may be running: so this is one
of its own, with the same keys, and no tenant's auditor reads what is above tenants."""


@asynccontextmanager
async def operator_keys(settings: Callable[[], Settings]) -> AsyncIterator[OperatorKeys]:
    """Raises ConfigurationError (also while another such command runs), IntegrityError, UnavailableError."""
    async with (
        _operator(settings()) as (found, wrapper, engine, audit),
        SubjectKeyStore.open(folder.subject_keys_url(found)) as persons,
    ):
        await bind(engine, persons.name)  # with another store, keys that persons' keys need would be destroyed
        ring = KeyRing(KeyStore(engine), wrapper)
        resealing = Resealing(engine, ring, ring, [SubjectKeys(persons, ring)])
        yield OperatorKeys(ring, rewrapping(found, engine, wrapper), resealing, audit, _user())


@asynccontextmanager
async def operator_models(settings: Callable[[], Settings]) -> AsyncIterator[OperatorModels]:
    """Raises as `operator_keys`."""
    async with _operator(settings()) as (found, wrapper, _, audit):
        yield OperatorModels(InstalledModels(found.data_folder, wrapper), audit, _user())


@asynccontextmanager
async def operator_events(settings: Callable[[], Settings]) -> AsyncIterator[OperatorEvents]:
    """Raises as `operator_keys`."""
    async with _operator(settings()) as (found, wrapper, engine, audit), segments_of(found) as kept:
        public = folder.audit_keys(found, wrapper).signing.public_key()
        yield OperatorEvents(partial(log_of, found), kept, engine, public, audit, _user())


@asynccontextmanager
async def operator_incidents(settings: Callable[[], Settings]) -> AsyncIterator[OperatorIncidents]:
    """Raises as `operator_keys`."""
    async with (
        _operator(settings()) as (found, wrapper, engine, audit),
        SubjectKeyStore.open(folder.subject_keys_url(found)) as persons,
    ):
        await bind(engine, persons.name)
        subjects = SubjectKeys(persons, KeyRing(KeyStore(engine), wrapper))
        incidents = NamedIncidents(Incidents(engine, audit, terms=terms_of(found)), subjects)
        yield OperatorIncidents(incidents, _user())


@asynccontextmanager
async def operator_finances(settings: Callable[[], Settings]) -> AsyncIterator[OperatorFinances]:
    """Raises as `operator_keys`."""
    async with _operator(settings()) as (found, wrapper, engine, audit):
        keys, place = folder.audit_keys(found, wrapper), found.data_folder / "audit"
        chain = evidence(found, keys, partial(asyncio.to_thread, heads.load, place), DatabaseAnchor(engine, "audit"))
        made = finances_of(found, engine, audit, signing=keys.signing, chain=chain, ledgers=ledgers(engine))
        yield OperatorFinances(made, _user())


@asynccontextmanager
async def operator_privacy(settings: Callable[[], Settings]) -> AsyncIterator[OperatorPrivacy]:
    """Raises as `operator_keys`. Payments that the service counts in its own memory are forgotten when it resumes."""
    async with (
        _operator(settings()) as (found, wrapper, engine, audit),
        SubjectKeyStore.open(folder.subject_keys_url(found)) as persons,
        AsyncExitStack() as stack,
    ):
        await bind(engine, persons.name)
        ring = KeyRing(KeyStore(engine), wrapper)
        subjects, held = SubjectKeys(persons, ring), checked_map(KEY_FAMILIES)
        await converted(engine, held, subjects)
        counts = Forgetting(windows_of(found, redis_of(found, stack)))
        tokens = Vault(engine, ring, audit, people=subjects)
        privacy = privacy_of(found, held, engine, subjects, tokens=tokens, counts=counts, audit=audit)
        retention, store = Retention(engine, held, subjects), RequestStore(engine)
        controller = found.privacy_controller
        yield OperatorPrivacy(held, privacy.requests, store, retention, controller, audit, _user())


def redis_of(settings: Settings, stack: AsyncExitStack) -> Scripts | None:
    """If there is a Redis: closed with the stack."""
    if not settings.redis_url:
        return None
    client = connect_redis(settings.redis_url)
    stack.push_async_callback(client.aclose)
    return Scripts(client)


def installed_models(settings: Callable[[], Settings]) -> InstalledModels:
    """To be looked at. Raises ConfigurationError, UnavailableError."""
    found = settings()
    return InstalledModels(found.data_folder, folder.wrapper_of(found))


def rewrapping(settings: Settings, engine: AsyncEngine, wrapper: KeyWrapper) -> Rewrapping:
    """Of everything the key-encryption key wraps: who wraps something new lists it here."""
    holders: tuple[Rewrappable, ...] = (
        KeyStore(engine).wrappings(),
        TotpStore(engine).wrappings(),
        ClientKeyStore(engine).wrappings(),
        folder.wrapped_audit_keys(settings, wrapper),
        answer_keys(settings).wrappings(wrapper),
        *InstalledModels(settings.data_folder, wrapper).wrapped_keys(),
    )
    return Rewrapping(holders, wrapper)


class _Operator(NamedTuple):
    settings: Settings
    wrapper: KeyWrapper
    engine: AsyncEngine
    audit: AuditLog


@asynccontextmanager
async def _operator(settings: Settings) -> AsyncIterator[_Operator]:
    """What every operator's command works with."""
    async with AsyncExitStack() as stack:
        wrapper = folder.wrapper_of(settings)
        engine = connect(folder.database_url(settings))
        stack.push_async_callback(engine.dispose)
        refusals = Refusals()
        if (gate := gate_of(settings, refusals)) is not None:
            guard(engine, gate)
        await upgrade(engine)
        keys = folder.audit_keys(settings, wrapper)
        place, anchor = settings.data_folder / LOG, DatabaseAnchor(engine, LOG)
        audit = await FileAuditLog.open(place, keys.mac, keys.signing, name=LOG, anchor=anchor)
        stack.push_async_callback(audit.aclose)
        await stack.enter_async_context(refusals.recorded(audit))
        yield _Operator(settings, wrapper, engine, audit)


def _user() -> str:
    return f"uid:{os.geteuid()}"
