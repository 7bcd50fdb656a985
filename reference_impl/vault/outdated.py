"""The vault's rows that older keys sealed or marked: found, replaced, and known to be gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from reference_impl.swap import Swap
from reference_impl.vault.persons import MARKED_BY_PERSONS
from reference_impl.vault.store import FINGERPRINTS, TOKENS, Mark, mark, marked

_T, _F = TOKENS.c, FINGERPRINTS.c
_RESEAL = Swap([_T.token, _T.sealed_card], [_T.sealed_card], same_where=[_T.tenant], same_new=[_T.key_version])


class Newest(NamedTuple):
    """Versions of a tenant's keys, beside which all others are old."""

    tenant: str
    data: int
    fingerprint: int


class Old(NamedTuple):
    """A card that is not deleted and that something old belongs to. `marked`: an old fingerprint alone leads to it."""

    token: str
    sealed_card: bytes
    key_version: int
    marked: bool


class Resealing(NamedTuple):
    """A card's new envelope, for as long as the row holds the old one."""

    token: str
    was: bytes
    sealed_card: bytes


async def count(connection: AsyncConnection, newest: Newest) -> int:
    """How many `page` would give in all."""
    query = select(func.count()).select_from(TOKENS).where(*_outdated(newest))
    return int(await connection.scalar(query) or 0)


async def page(connection: AsyncConnection, newest: Newest, after: str, most: int) -> list[Old]:
    """In the order of their tokens, from behind `after`."""
    query = select(_T.token, _T.sealed_card, _T.key_version, _only_old_marks(newest)).where(*_outdated(newest))
    rows = await connection.execute(query.where(_T.token > after).order_by(_T.token).limit(most))
    return [Old(token, sealed, version, bool(only_old)) for token, sealed, version, only_old in rows]


async def lock(connection: AsyncConnection, tenant: str, tokens: Sequence[str]) -> set[str]:
    """Those that are not deleted, and will not be before this transaction ends."""
    query = select(_T.token).where(_T.tenant == tenant, _T.token.in_(tokens), _T.deleted_at.is_(None))
    return set(await connection.scalars(query.order_by(_T.token).with_for_update()))


async def reseal(connection: AsyncConnection, tenant: str, version: int, cards: Sequence[Resealing]) -> int:
    """How many were replaced: not those that somebody else was faster with."""
    rows = [(card.token, card.was, card.sealed_card) for card in cards]
    return await _RESEAL(connection, rows, {"is_tenant": tenant, "becomes_key_version": version})


async def remark(connection: AsyncConnection, marks: Mapping[Mark, str]) -> None:
    """Leads the newest fingerprints to their tokens. Where one leads to another token of the same card already, that
    one is first from now on, and the older fingerprints of this one go.

    Older fingerprints stay otherwise: processes that have not heard of the newest key look for them.
    """
    await mark(connection, marks)
    first = await marked(connection, list(marks))
    if second := [token for each, token in marks.items() if first.get(each, token) != token]:
        (tenant,) = {each.tenant for each in marks}
        await connection.execute(delete(FINGERPRINTS).where(_F.tenant == tenant, _F.token.in_(second)))


async def seals(connection: AsyncConnection, tenant: str, version: int) -> bool:
    """Whether that version of the data key sealed a card that is there."""
    query = select(_T.token).where(_T.tenant == tenant, _T.key_version == version, _T.deleted_at.is_(None))
    return (await connection.execute(query.limit(1))).first() is not None


async def finds(connection: AsyncConnection, tenant: str, version: int) -> bool:
    """Whether that version of the fingerprint key finds a card that no newer one does."""
    newer = FINGERPRINTS.alias("newer")
    same = (newer.c.tenant == tenant, newer.c.token == _F.token, newer.c.key_version > version)
    query = select(_F.token).where(_F.tenant == tenant, _F.key_version == version, ~exists().where(*same))
    return (await connection.execute(query.limit(1))).first() is not None


async def forget(connection: AsyncConnection, tenant: str, version: int) -> None:
    """Deletes the fingerprints of a version of the key."""
    await connection.execute(delete(FINGERPRINTS).where(_F.tenant == tenant, _F.key_version == version))


def _outdated(newest: Newest) -> tuple[ColumnElement[bool], ...]:
    old: Any = or_(_T.key_version < newest.data, _only_old_marks(newest))
    return _T.tenant == newest.tenant, _T.deleted_at.is_(None), old


def _only_old_marks(newest: Newest) -> ColumnElement[bool]:
    ours = (_F.tenant == newest.tenant, _F.token == _T.token)
    older = exists().where(*ours, _F.key_version != MARKED_BY_PERSONS, _F.key_version < newest.fingerprint)
    same = exists().where(*ours, _F.key_version >= newest.fingerprint)
    return older & ~same
