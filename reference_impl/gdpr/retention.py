"""Deletes what is over its retention, as the map says: from the date of the event, of all tenants.

A row whose time is over stays where a newer one still needs it (a card that is paid with), where its person is still a
customer (profiles), and where its person had processing restricted (Art. 18(2)). What a law wants kept longer than what
it refers to goes on without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, delete, exists, literal, not_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.clock import Clock, utc_now
from reference_impl.database import METADATA, transaction
from reference_impl.gdpr.datamap import DataMap, Erased, Erasure
from reference_impl.gdpr.persons import Person, stand_in, table_of, theirs
from reference_impl.gdpr.store import SUBJECTS
from reference_impl.keys.model import ERASED, SubjectKeys

_AT_ONCE = 1000
"""Rows of a transaction; with each batch the next run has less to do."""


class Retention:
    """Every method raises UnavailableError: what was deleted stays deleted, and the next run goes on."""

    def __init__(self, engine: AsyncEngine, held: DataMap, subjects: SubjectKeys, clock: Clock = utc_now) -> None:
        self._engine, self._map, self._subjects, self._clock = engine, held, subjects, clock

    async def run(self) -> Mapping[str, int]:
        """How many rows went, by table."""
        now, restricted = self._clock(), await self._restricted()
        names = [name for name in self._map.order if self._map.tables[name].since]
        followers = [name for name in self._map.order if self._map.tables[name].follows]
        return {name: await self._table(name, now, restricted) for name in (*names, *followers)}

    async def _table(self, name: str, now: datetime, restricted: Sequence[Person]) -> int:
        said, table, done = self._map.tables[name], table_of(name), 0
        over = self._over(name, now) if said.since else self._left_alone(name)
        which = and_(over, *(not_(theirs(self._map, name, person)) for person in restricted))
        if said.active:
            return await self._inactive(name, which, now)
        key = list(table.primary_key.columns)
        while True:
            async with transaction(self._engine) as connection:
                rows = (await connection.execute(select(*key).where(which).limit(_AT_ONCE))).all()
                if rows:
                    found = tuple_(*key).in_([tuple(row) for row in rows])
                    await self._let_go(connection, table, found)
                    done += (await connection.execute(delete(table).where(found))).rowcount
            if len(rows) < _AT_ONCE:
                return done

    def _over(self, name: str, now: datetime) -> ColumnElement[bool]:
        said, table = self._map.tables[name], table_of(name)
        before = self._map.over(said, now)
        wanted = [table.c[said.since] < before, *(table.c[key] != ERASED for key in _referred_to(table))]
        for reference in said.used:
            other, _, column = reference.partition(".")
            users = table_of(other)
            since = users.c[self._map.tables[other].since]
            same = users.c.tenant == table.c.tenant, users.c[column] == table.c[said.key]
            wanted.append(not_(exists(select(literal(1)).select_from(users).where(*same, since >= before))))
        for child, pairs in _children(table):
            if not self._may_let_go(child, pairs):
                refers = (child.c[theirs_] == table.c[ours] for theirs_, ours in pairs)
                wanted.append(not_(exists(select(literal(1)).select_from(child).where(*refers))))
        return and_(*wanted)

    def _left_alone(self, name: str) -> ColumnElement[bool]:
        table = table_of(name)
        other, _, column = (self._map.tables[name].follows or "").partition(".")
        leader = table_of(other)
        same = leader.c.tenant == table.c.tenant, leader.c[column] == table.c[column]
        return not_(exists(select(literal(1)).select_from(leader).where(*same)))

    async def _let_go(self, connection: AsyncConnection, table: Table, going: ColumnElement[bool]) -> None:
        """Rows that stay no longer refer to those that go."""
        for other, pairs in _children(table):
            if not self._may_let_go(other, pairs):
                continue
            theirs_ = tuple_(*(other.c[column] for column, _ in pairs))
            referring = theirs_.in_(select(*(table.c[column] for _, column in pairs)).where(going))
            for tenant in (await connection.scalars(select(other.c.tenant).where(referring).distinct())).all():
                await stand_in(connection, self._map, other.name, tenant)
            gone = {column: ERASED for column, _ in pairs if column != "tenant"}
            await connection.execute(update(other).where(referring).values(gone))

    def _may_let_go(self, other: Table, pairs: Sequence[tuple[str, str]]) -> bool:
        said = self._map.tables[other.name]
        own = [column for column, _ in pairs if column != "tenant"]
        return said.erasure is Erasure.REDUCE and all(said.becomes(column) is Erased.ERASED for column in own)

    async def _inactive(self, name: str, which: ColumnElement[bool], now: datetime) -> int:
        """Of people who have nothing newer: each is looked at, as the name they order under is with their key."""
        table, done = table_of(name), 0
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(select(table.c.tenant, table.c.subject).where(which))).all()
        for tenant, subject in rows:
            customer = await self._subjects.customer(tenant, subject)
            async with transaction(self._engine) as connection:
                if customer is not None and await self._active(connection, Person(tenant, customer, subject), now):
                    continue
                gone = delete(table).where(table.c.tenant == tenant, table.c.subject == subject, which)
                done += (await connection.execute(gone)).rowcount
        return done

    async def _active(self, connection: AsyncConnection, person: Person, now: datetime) -> bool:
        before = self._map.over(self._map.tables["gdpr_profiles"], now)
        for name in self._map.order:
            said, table = self._map.tables[name], table_of(name)
            if said.active or not said.since or said.section not in {"transactions", "behavioural_data"}:
                continue
            newer = theirs(self._map, name, person), table.c[said.since] >= before
            if (await connection.execute(select(literal(1)).select_from(table).where(*newer).limit(1))).first():
                return True
        return False

    async def _restricted(self) -> Sequence[Person]:
        query = select(SUBJECTS.c.tenant, SUBJECTS.c.subject).where(SUBJECTS.c.restricted_at.is_not(None))
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(query)).all()
        found = [(tenant, await self._subjects.customer(tenant, subject), subject) for tenant, subject in rows]
        return [Person(tenant, customer, subject) for tenant, customer, subject in found if customer is not None]


def _children(table: Table) -> list[tuple[Table, list[tuple[str, str]]]]:
    """Tables that refer to this one, and by which columns: theirs, ours."""
    found = []
    for other in METADATA.tables.values():
        for key in other.foreign_key_constraints:
            if key.referred_table is table:
                pairs: list[tuple[str, str]] = [(one.parent.name, one.column.name) for one in key.elements]
                found.append((other, pairs))
    return found


def _referred_to(table: Table) -> set[str]:
    """Our columns by which others refer to us: a row that stands in for what was erased is no one's."""
    return {ours for _, pairs in _children(table) for _, ours in pairs if ours != "tenant"}
