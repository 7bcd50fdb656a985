"""What the operator does, put together: on the same database and keys, beside the running service or without it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl import folder
from reference_impl.audit.anchor import DatabaseAnchor
from reference_impl.audit.log import FileAuditLog
from reference_impl.auth.store import TotpStore
from reference_impl.client_encryption.store import ClientKeyStore
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.database import connect
from reference_impl.events.opening import log_of, segments_of
from reference_impl.events.operator import OperatorEvents
from reference_impl.keys.operator import OperatorKeys
from reference_impl.keys.rewrapping import Rewrapping
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.migrations import upgrade
from reference_impl.settings import Settings
from reference_impl.vault.resealing import Resealing

LOG = "operator"
"""Folder and name of the operator's audit log. One log has one writer, and the service may be running: so this is one
of its own, with the same keys, and no tenant's auditor reads what is above tenants."""


class _Ground(NamedTuple):
    """What all commands need. `user`: who, for the audit log."""

    settings: Settings
    wrapper: KeyWrapper
    engine: AsyncEngine
    keys: folder.AuditKeys
    audit: FileAuditLog
    user: str


@asynccontextmanager
async def _ground(settings: Callable[[], Settings]) -> AsyncIterator[_Ground]:
    """Raises ConfigurationError (also while another such command runs), IntegrityError, UnavailableError."""
    found = settings()
    async with AsyncExitStack() as stack:
        wrapper = folder.wrapper_of(found)
        engine = connect(folder.database_url(found))
        stack.push_async_callback(engine.dispose)
        await upgrade(engine)
        keys = folder.audit_keys(found, wrapper)
        place, anchor = found.data_folder / LOG, DatabaseAnchor(engine, LOG)
        audit = await FileAuditLog.open(place, keys.mac, keys.signing, name=LOG, anchor=anchor)
        stack.push_async_callback(audit.aclose)
        yield _Ground(found, wrapper, engine, keys, audit, f"uid:{os.geteuid()}")


@asynccontextmanager
async def operator_keys(settings: Callable[[], Settings]) -> AsyncIterator[OperatorKeys]:
    """Raises as `_ground`."""
    async with _ground(settings) as ground:
        engine, wrapper = ground.engine, ground.wrapper
        ring = KeyRing(KeyStore(engine), wrapper)
        resealing = Resealing(engine, ring, ring)
        held = rewrapping(ground.settings, engine, wrapper)
        yield OperatorKeys(ring, held, resealing, ground.audit, ground.user)


@asynccontextmanager
async def operator_events(settings: Callable[[], Settings]) -> AsyncIterator[OperatorEvents]:
    """Raises as `_ground`."""
    async with _ground(settings) as ground, segments_of(ground.settings) as kept:
        public = ground.keys.signing.public_key()
        log = partial(log_of, ground.settings)
        yield OperatorEvents(log, kept, ground.engine, public, ground.audit, ground.user)


def rewrapping(settings: Settings, engine: AsyncEngine, wrapper: KeyWrapper) -> Rewrapping:
    """Of everything the key-encryption key wraps: who wraps something new lists it here."""
    holders = (
        KeyStore(engine).wrappings(),
        TotpStore(engine).wrappings(),
        ClientKeyStore(engine).wrappings(),
        folder.wrapped_audit_keys(settings, wrapper),
    )
    return Rewrapping(holders, wrapper)
