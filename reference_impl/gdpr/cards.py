"""Stored cards of which it shows only later whose they are: found by the data map, and bound to the person's key.

A card is given for a customer, and under their key from the start, or for nobody; then it is one person's once nobody
else ordered with it. Until it is bound, backups have it under the tenant's key. A card that several persons ordered
with stays under the tenant's key: it must open for each of them when another is erased.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Protocol

from sqlalchemy import and_, func, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.background import background
from reference_impl.database import transaction
from reference_impl.errors import ServiceError
from reference_impl.gdpr.datamap import DataMap
from reference_impl.gdpr.persons import table_of
from reference_impl.keys.model import ERASED

_AT_ONCE = 200
_AGAIN_SECONDS = 3600.0
_LOG = logging.getLogger(__name__)


class Binder(Protocol):
    """See `vault.binding.Binding`."""

    async def bind(self, wanted: Collection[tuple[str, str, str]]) -> int:
        """How many were bound. `wanted`: tenant, token, subject."""
        ...


async def bound(engine: AsyncEngine, held: DataMap, binder: Binder) -> int:
    """How many cards were put under their persons' keys. Raises UnavailableError: what was done stays done."""
    done, after = 0, ("", "")
    while page := await _unbound(engine, held, after):
        done += await binder.bind(page)
        tenant, token, _ = page[-1]
        after = tenant, token
    if done:
        _LOG.info("cards are under the keys of their persons", extra={"count": done})
    return done


@asynccontextmanager
async def binding(engine: AsyncEngine, held: DataMap, binder: Binder) -> AsyncIterator[None]:
    """Now and every hour, beside what is served."""

    async def run() -> None:
        while True:
            try:
                await bound(engine, held, binder)
            except ServiceError as error:
                _LOG.warning("cards cannot be bound to persons now", extra={"error": error.code})
            await asyncio.sleep(_AGAIN_SECONDS)

    async with background(run()):
        yield


async def _unbound(engine: AsyncEngine, held: DataMap, after: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Tenant, token and subject, in the order of the first two, from behind `after`."""
    tokens, parts = table_of("tokens"), []
    for whose in held.tables["tokens"].whose:
        if whose.in_ is None:
            continue
        name, _, column = whose.in_.partition(".")
        other, subject = table_of(name), held.tables[name].direct
        same = [other.c[key] == value for key, value in whose.where.items()]
        found = select(other.c.tenant, other.c[column].label("token"), other.c[subject].label("subject"))
        parts.append(found.where(other.c[subject] != ERASED, *same))
    named = union_all(*parts).subquery()
    query = (
        select(tokens.c.tenant, tokens.c.token, func.min(named.c.subject))
        .join(named, and_(named.c.tenant == tokens.c.tenant, named.c.token == tokens.c.token))
        .where(tokens.c.subject.is_(None), tokens.c.deleted_at.is_(None))
        .where(tuple_(tokens.c.tenant, tokens.c.token) > after)
        .group_by(tokens.c.tenant, tokens.c.token)
        .having(func.min(named.c.subject) == func.max(named.c.subject))
        .order_by(tokens.c.tenant, tokens.c.token)
        .limit(_AT_ONCE)
    )
    async with transaction(engine) as connection:
        return [(tenant, token, subject) for tenant, token, subject in (await connection.execute(query)).all()]
