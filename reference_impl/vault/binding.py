"""Cards that were stored for nobody in particular, put under the key of the person whose they turned out to be.

Whatever is bound stays bound, and what is not yet is found again: it goes on wherever it was stopped. A card is changed
only while its row holds what was read: one that is deleted meanwhile stays deleted.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.crypto.envelope import Place, unseal
from reference_impl.database import transaction
from reference_impl.errors import IntegrityError
from reference_impl.keys.model import Keys, SubjectKey, SubjectKeys
from reference_impl.vault import store
from reference_impl.vault.encoding import decode, fingerprint
from reference_impl.vault.persons import mac_of, sealed_for
from reference_impl.vault.writing import SEALED_AS

_LOG = logging.getLogger(__name__)


class _Bound(NamedTuple):
    """A row as it was read, what it becomes, and the fingerprint that finds it then."""

    was: store.Row
    sealed_card: bytes
    key_version: int
    mark: store.Mark


class Binding:
    """`people`: keys of persons."""

    def __init__(self, engine: AsyncEngine, keys: Keys, people: SubjectKeys) -> None:
        self._engine, self._keys, self._people = engine, keys, people

    async def bind(self, wanted: Collection[tuple[str, str, str]]) -> int:
        """How many are bound now. `wanted`: tenant, token, subject. Cards that do not open stay as they are.

        Raises UnavailableError.
        """
        if not wanted:
            return 0
        people = await self._people.existing({(tenant, subject) for tenant, _, subject in wanted})
        async with transaction(self._engine) as connection:
            rows = await store.find(connection, [store.Name(tenant, token) for tenant, token, _ in wanted])
        made: list[tuple[_Bound, str]] = []
        for tenant, token, subject in wanted:
            row, person = rows.get(store.Name(tenant, token)), people.get((tenant, subject))
            if row is None or person is None or row.subject is not None:
                continue
            try:
                made.append((await self._sealed(row, person), subject))
            except IntegrityError:
                _LOG.warning("a card does not open, and stays under its tenant's key alone")
        async with transaction(self._engine) as connection:
            return sum([await _write(connection, bound, subject) for bound, subject in made])

    async def _sealed(self, row: store.Row, person: SubjectKey) -> _Bound:
        place = Place(row.tenant, row.token, SEALED_AS)
        plain = unseal(await self._keys.for_opening(row.tenant, row.key_version), row.sealed_card, place)
        mac, key = mac_of(person), await self._keys.for_sealing(row.tenant)
        mark = store.Mark(row.tenant, mac.version, fingerprint(mac, decode(plain).number))
        return _Bound(row, sealed_for(person, key, plain, place), key.version, mark)


async def _write(connection: AsyncConnection, bound: _Bound, subject: str) -> int:
    was, table, marks = bound.was, store.TOKENS.c, store.FINGERPRINTS.c
    same = (table.tenant == was.tenant, table.token == was.token, table.sealed_card == was.sealed_card)
    values = {"sealed_card": bound.sealed_card, "key_version": bound.key_version, "subject": subject}
    if (await connection.execute(update(store.TOKENS).where(*same).values(values))).rowcount != 1:
        return 0
    ours = marks.tenant == was.tenant, marks.token == was.token
    await connection.execute(delete(store.FINGERPRINTS).where(*ours))
    await store.mark(connection, {bound.mark: was.token})
    return 1
