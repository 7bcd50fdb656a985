"""New cards, many in one transaction.

A card is acknowledged after its row is committed and its audit record is on disk. The record is written while the
transaction is open, and the commit waits for it: an audit log that fails rolls the rows back, so that no row is without
a record. A record without a row is possible (the database refused it, the commit failed, or the process was killed in
between), and a failure follows it in the log if anybody lives to write it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.audit.model import Outcome
from reference_impl.auth.model import Caller
from reference_impl.cards.model import Card
from reference_impl.crypto.envelope import Place, seal
from reference_impl.database import transaction
from reference_impl.errors import ServiceError
from reference_impl.keys.model import Keys, SubjectKey
from reference_impl.vault import store
from reference_impl.vault.encoding import encode, fingerprint
from reference_impl.vault.model import StoredCard, new_token
from reference_impl.vault.persons import mac_of, sealed_for
from reference_impl.vault.trail import Trail

SEALED_AS = "card"
"""The purpose in the associated data of sealed cards."""


@dataclass(frozen=True, slots=True)
class Wish:
    """To store a card. `reuse`: the card's token, if the tenant has one already, instead of another. `person`: whose
    card it is, and among whose cards it is looked for then.
    """

    caller: Caller
    card: Card
    reuse: bool
    person: SubjectKey | None = None


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A wish, ready to be written. `marks`: the card's fingerprints, that of the newest key first."""

    wish: Wish
    row: store.Row
    marks: Sequence[store.Mark]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes batches."""

    engine: AsyncEngine
    keys: Keys
    trail: Trail

    async def write(self, wishes: Sequence[Wish]) -> list[StoredCard | BaseException]:
        """What became of each. A wish that fails fails alone; what nobody can write fails all that want to be."""
        outcomes: dict[int, StoredCard | BaseException] = {}
        by_tenant: dict[str, list[int]] = defaultdict(list)
        for place, wish in enumerate(wishes):
            by_tenant[wish.caller.principal.tenant].append(place)
        ready: dict[int, _Sealed] = {}
        for tenant, places in by_tenant.items():
            sealed = await self._seal(tenant, [wishes[place] for place in places])
            for place, one in zip(places, sealed, strict=True):
                if isinstance(one, _Sealed):
                    ready[place] = one
                else:
                    outcomes[place] = one
        written = await self._store(list(ready.values()))
        outcomes.update(zip(ready, written, strict=True))
        return [outcomes[place] for place in range(len(wishes))]

    async def _seal(self, tenant: str, wishes: Sequence[Wish]) -> list[_Sealed | ServiceError]:
        try:
            key = await self.keys.for_sealing(tenant, len(wishes))
            of_tenant = await self.keys.for_fingerprints(tenant)
        except ServiceError as error:
            return [error] * len(wishes)
        now = self.trail.clock()
        sealed: list[_Sealed | ServiceError] = []
        for wish in wishes:
            number, token = wish.card.number, new_token()
            person = wish.person
            try:
                if person is None:
                    card = seal(key.cipher, key.version, encode(wish.card), Place(tenant, token, SEALED_AS))
                else:
                    card = sealed_for(person, key, encode(wish.card), Place(tenant, token, SEALED_AS))
            except ServiceError as error:
                sealed.append(error)
                continue
            mac_keys, subject = (of_tenant, None) if person is None else ([mac_of(person)], person.subject)
            row = store.Row(tenant, token, card, key.version, number.last_four, number.brand, now, subject)
            marks = [store.Mark(tenant, mac.version, fingerprint(mac, number)) for mac in mac_keys]
            sealed.append(_Sealed(wish, row, marks))
        return sealed

    async def _store(self, batch: Sequence[_Sealed], *, recorded: bool = False) -> list[StoredCard | BaseException]:
        """All in one transaction; if the database refuses one, each in its own, and that one fails alone.

        `recorded`: it was, when they were tried together.
        """
        if not batch:
            return []
        foreseen = not any(one.wish.reuse for one in batch)
        rows = [one.row for one in batch]
        try:
            if foreseen:
                await self._add(batch, lambda: self._record(() if recorded else zip(batch, rows, strict=True)))
            else:
                async with transaction(self.engine) as connection:
                    rows = await _insert_or_reuse(connection, batch)
                    await self._record(zip(batch, rows, strict=True))
        except DBAPIError:
            if len(batch) == 1:
                return [ServiceError("the database refuses to store this")]
            return [outcome for one in batch for outcome in await self._store([one], recorded=foreseen)]
        except ServiceError as error:
            return [error] * len(batch)
        return [StoredCard(row.token, row.last_four, row.brand, row.created_at) for row in rows]

    async def _add(self, batch: Sequence[_Sealed], record: Callable[[], Awaitable[None]]) -> None:
        """A row of its own for each, written while they are recorded."""
        rows = [one.row for one in batch]
        if all(len(one.marks) == 1 for one in batch):
            tokens = {one.marks[0]: one.row.token for one in reversed(batch)}
            await store.commit_marked(self.engine, rows, tokens, after=record)
            return
        async with transaction(self.engine) as connection:
            await record()
            await store.mark(connection, await _firsts(connection, batch))
            await store.insert(connection, rows)

    async def _record(self, made: Iterable[tuple[_Sealed, store.Row]]) -> None:
        create, done = "token.create", Outcome.SUCCESS
        await self.trail.log.append([self.trail.event(one.wish.caller, create, row.token, done) for one, row in made])


async def _insert_or_reuse(connection: AsyncConnection, batch: Sequence[_Sealed]) -> list[store.Row]:
    """The row of each: its own, or that of the card's first token for those who want it."""
    await store.mark(connection, await _firsts(connection, batch))
    firsts = await store.marked(connection, [one.marks[0] for one in batch if one.wish.reuse])
    names = [
        store.Name(one.row.tenant, firsts.get(one.marks[0], one.row.token)) if one.wish.reuse else one.row.name
        for one in batch
    ]
    rows = {one.row.name: one.row for one, name in zip(batch, names, strict=True) if name == one.row.name}
    if rows:
        await store.insert(connection, rows.values())
    if earlier := [name for name in names if name not in rows]:
        rows |= await store.find(connection, earlier)
    # A first token that was deleted a moment ago has no row any more: then it is a card of its own.
    if alone := [one.row for one, name in zip(batch, names, strict=True) if name not in rows]:
        await store.insert(connection, alone)
    return [rows.get(name, one.row) for one, name in zip(batch, names, strict=True)]


async def _firsts(connection: AsyncConnection, batch: Sequence[_Sealed]) -> dict[store.Mark, str]:
    """Where the newest fingerprint of each card is to lead: to its first token, which an older one may lead to."""
    older = [mark for one in batch for mark in one.marks[1:]]
    known = await store.marked(connection, older) if older else {}
    tokens: dict[store.Mark, str] = {}
    for one in batch:
        first = next((known[mark] for mark in one.marks if mark in known), one.row.token) if known else one.row.token
        tokens.setdefault(one.marks[0], first)
    return tokens
