"""Puts data protection together, for whoever starts the service: the map is compared with what there is first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import AuditLog
from reference_impl.background import background
from reference_impl.clock import Clock, utc_now
from reference_impl.database import METADATA, transaction
from reference_impl.errors import ConfigurationError, ServiceError
from reference_impl.events.model import SCHEMAS
from reference_impl.gdpr import datamap
from reference_impl.gdpr.collecting import Collecting
from reference_impl.gdpr.datamap import DataMap
from reference_impl.gdpr.erasure import Erasures
from reference_impl.gdpr.exporting import Exports
from reference_impl.gdpr.model import EXPORT, Counts, Tokens
from reference_impl.gdpr.periods import day_of
from reference_impl.gdpr.profiles import Profiles
from reference_impl.gdpr.request_store import RequestStore
from reference_impl.gdpr.requests import Requests
from reference_impl.gdpr.store import KEY_STORE
from reference_impl.keys.model import SubjectKeys
from reference_impl.settings import Settings

_LOG = logging.getLogger(__name__)
_AGAIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Privacy:
    """What routes are made of."""

    profiles: Profiles
    requests: Requests
    exports: Exports


def checked_map(families: Collection[str]) -> DataMap:
    """The map, compared with every table, event and family of Redis keys. Raises ConfigurationError."""
    held = datamap.load()
    events = {f"{type_.value}/{version}": list(schema.model_fields) for (type_, version), schema in SCHEMAS.items()}
    datamap.check(held, METADATA, events, families)
    return held


async def bind(engine: AsyncEngine, key_store: str) -> None:
    """That the store of persons' keys is this database's: with another, what is sealed would be lost unnoticed.

    Raises ConfigurationError, UnavailableError.
    """
    async with transaction(engine) as connection:
        bound = await connection.scalar(select(KEY_STORE.c.id))
        if bound is None:
            await connection.execute(insert(KEY_STORE).values(id=key_store))
        elif bound != key_store:
            raise ConfigurationError(
                "subject_keys_url: another store of keys than the one that belongs to this database; "
                "all instances share one, and without it nothing sealed for persons opens"
            )


def privacy_of(
    settings: Settings,
    held: DataMap,
    engine: AsyncEngine,
    subjects: SubjectKeys,
    *,
    tokens: Tokens,
    counts: Counts,
    audit: AuditLog,
    clock: Clock = utc_now,
) -> Privacy:
    """`held`: see `checked_map`."""
    profiles, exports = Profiles(engine, subjects, tokens, audit, clock), Exports(engine, subjects, EXPORT, clock)
    requests = Requests(
        RequestStore(engine),
        subjects,
        collecting=Collecting(engine, held, subjects, settings.privacy_controller, clock),
        exports=exports,
        erasures=Erasures(engine, held, subjects, counts, clock),
        profiles=profiles,
        audit=audit,
        clock=clock,
    )
    return Privacy(profiles, requests, exports)


@asynccontextmanager
async def going_on(
    requests: Requests, store: RequestStore, tell: Callable[[int], None], clock: Clock = utc_now
) -> AsyncIterator[None]:
    """Ends what was broken off, now and every minute, and tells how many requests are overdue."""

    async def run() -> None:
        while True:
            try:
                await requests.resume()
                tell(await store.overdue(day_of(clock())))
            except ServiceError as error:
                _LOG.warning("erasures cannot go on now", extra={"error": error.code})
            await asyncio.sleep(_AGAIN_SECONDS)

    async with background(run()):
        yield
