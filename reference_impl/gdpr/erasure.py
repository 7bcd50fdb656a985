"""Erasure (Art. 17) as a saga: a row of steps, each done once, that goes on after any interruption.

caches -> one step for each table of the map, those first that are found through others -> outbox -> left -> key

A step of the database and its note are one transaction; other steps may be done twice, and their notes follow. `left`
looks whether anything came in between and has it done again. The person's key is last: it ends what nobody can delete
(the trail of events, Kafka, backups), and nobody could go on without the name that it leads to.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.clock import Clock, utc_now
from reference_impl.database import overwritten, transaction
from reference_impl.errors import ConflictError, IntegrityError
from reference_impl.gdpr.datamap import DataMap, Erasure
from reference_impl.gdpr.model import Counts
from reference_impl.gdpr.periods import day_of
from reference_impl.gdpr.persons import Person, reduce, stand_in, table_of, theirs, unfinished, unsealed, unsettled
from reference_impl.gdpr.store import STEPS
from reference_impl.keys.model import SubjectKey, SubjectKeys

BACKUP_DAYS = 35
_SEALED = (
    "events, their trail, and backups of profiles, devices, behaviour and what was said: unreadable, as the key is "
    "destroyed"
)
_BACKUPS_HOLD = (
    "orders, payments and assessments under a random name that leads to nobody any more; stored cards, unreadable with "
    "the key (from before they were known to be theirs: under keys of the shop); the last four digits of cards; notes "
    "of incidents: until backups_until"
)
_LOG = logging.getLogger(__name__)
CACHES, OUTBOX, LEFT, KEY = "caches", "outbox", "left", "key"
_BEFORE = "+"
"""What a step that is done again was called, with its rows: its name, this, and something random."""
_AGAIN = 5
"""How often what came in between is erased too; a person who goes on ordering is erased once they pause."""


class Erasures:
    """`counts`: forgets what is counted. Every method raises UnavailableError: what was done stays done."""

    def __init__(
        self,
        engine: AsyncEngine,
        held: DataMap,
        subjects: SubjectKeys,
        counts: Counts,
        clock: Clock = utc_now,
        *,
        backup_days: int = BACKUP_DAYS,
    ) -> None:
        """`backup_days`: after which a backup of the database is gone; until then it has `_BACKUPS_HOLD`."""
        self._engine, self._map, self._subjects = engine, held, subjects
        self._counts, self._clock, self._backups = counts, clock, timedelta(days=backup_days)

    @property
    def steps(self) -> Sequence[str]:
        """In their order."""
        return (CACHES, *self._map.order, OUTBOX, LEFT, KEY)

    async def check(self, person: Person) -> None:
        """Raises ConflictError while something of theirs is under way."""
        async with transaction(self._engine) as connection:
            await self._settled(connection, person)

    async def run(self, tenant: str, request: str, subject: str) -> Mapping[str, Any]:
        """All steps that are not done yet. What was deleted, and what was kept, why and until when.

        Raises ConflictError while something of theirs is under way, or comes in again and again.
        """
        for _ in range(_AGAIN):
            done = await self._done(tenant, request)
            if KEY in done:
                break
            customer = await self._subjects.customer(tenant, subject)
            if customer is None:
                await self._without_key(tenant, request, done)
                break
            person = Person(tenant, customer, subject)
            for step in self.steps:
                if step not in done and not await self._do(person, request, step):
                    break
        else:
            raise ConflictError("something of this person came in meanwhile; ask again when it has ended")
        return await self._report(tenant, request)

    async def _do(self, person: Person, request: str, step: str) -> bool:
        """False: from the start again."""
        if step == CACHES:
            await self._forget(person)
        elif step == KEY:
            await self.check(person)
            await overwritten(self._engine)
            await self._subjects.destroy(person.tenant, person.subject)
        elif step == LEFT:
            return await self._nothing_left(person, request)
        elif step in self._map.tables:
            await self._table(person, request, step)
            return True
        elif step == OUTBOX:
            await self._outbox(person, request)
            return True
        async with transaction(self._engine) as connection:
            await self._note(connection, person.tenant, request, step)
        return True

    async def _forget(self, person: Person) -> None:
        """What is counted is found by the cards and devices in rows that go next."""
        async with transaction(self._engine) as connection:
            query = select(table_of("tokens").c.token).where(theirs(self._map, "tokens", person))
            cards = list(await connection.scalars(query.distinct()))
            which = theirs(self._map, "fraud_devices", person)
            rows = (await connection.execute(select(table_of("fraud_devices")).where(which))).mappings().all()
        key = await self._subjects.for_opening(person.tenant, person.subject)
        devices = {name for row in rows if (name := _device(person, row, key))}
        await self._counts.forget(person.tenant, [person.subject], cards, devices)

    async def _table(self, person: Person, request: str, name: str) -> None:
        """With what is found through it, again: who came in since would be found by nothing once this is done."""
        async with transaction(self._engine) as connection:
            await _one_view(connection)
            if not await self._note(connection, person.tenant, request, name):
                return
            await self._settled(connection, person)
            for each in (*self._map.dependents(name), name):
                await self._rows(connection, person, request, each)

    async def _rows(self, connection: AsyncConnection, person: Person, request: str, name: str) -> None:
        said, until = self._map.tables[name], None
        which = unfinished(self._map, name, person)
        if said.erasure is Erasure.REDUCE:
            until = await self._until(connection, name, which)
            await stand_in(connection, self._map, name, person.tenant)
            rows = await reduce(connection, self._map, name, which)
        else:
            rows = (await connection.execute(delete(table_of(name)).where(which))).rowcount
        await self._count(connection, (person.tenant, request, name), rows, until)

    async def _until(self, connection: AsyncConnection, name: str, which: Any) -> date | None:
        """When the last of what is kept goes."""
        said = self._map.tables[name]
        if not said.since:
            return None
        newest = await connection.scalar(select(func.max(table_of(name).c[said.since])).where(which))
        return None if newest is None else self._map.until(said, newest)

    async def _outbox(self, person: Person, request: str) -> None:
        """Events that were never sent."""
        table = table_of("events_outbox")
        async with transaction(self._engine) as connection:
            if not await self._note(connection, person.tenant, request, OUTBOX):
                return
            columns = table.c.number, table.c.payload, table.c.key, table.c.subject
            rows = (await connection.execute(select(*columns).where(table.c.payload != b""))).all()
            numbers = [row.number for row in rows if _is_of(person, row)]
            for number in numbers:
                await connection.execute(delete(table).where(table.c.number == number))
            await self._count(connection, (person.tenant, request, OUTBOX), len(numbers))

    async def _nothing_left(self, person: Person, request: str) -> bool:
        """Whether all tables are free of the person; those that are not are done again."""
        again = []
        async with transaction(self._engine) as connection:
            for name in self._map.order:
                found = select(literal(1)).select_from(table_of(name)).where(unfinished(self._map, name, person))
                if (await connection.execute(found.limit(1))).first():
                    again.append(name)
            if again:
                ours = STEPS.c.tenant == person.tenant, STEPS.c.request == request
                for step in (*again, CACHES):
                    before = f"{step}{_BEFORE}{secrets.token_hex(8)}"
                    await connection.execute(update(STEPS).where(*ours, STEPS.c.step == step).values(step=before))
                return False
            await self._note(connection, person.tenant, request, LEFT)
        return True

    async def _settled(self, connection: AsyncConnection, person: Person) -> None:
        for name in self._map.order:
            waits = unsettled(self._map, name, person)
            if (
                waits is not None
                and (await connection.execute(select(1).select_from(table_of(name)).where(waits).limit(1))).first()
            ):
                raise ConflictError(f"something of this person in {name} is under way; ask again when it has ended")

    async def _without_key(self, tenant: str, request: str, done: Mapping[str, Any]) -> None:
        """It was killed after the key had gone and before that was noted."""
        if missing := [step for step in self.steps if step != KEY and step not in done]:
            _LOG.error("a person's key is gone before their data", extra={"step": missing[0]})
            raise IntegrityError("the key of a person is gone before their data; restore the store of keys")
        async with transaction(self._engine) as connection:
            await self._note(connection, tenant, request, KEY)

    async def _done(self, tenant: str, request: str) -> dict[str, tuple[int, date | None]]:
        query = select(STEPS.c.step, STEPS.c.rows, STEPS.c.kept_until)
        async with transaction(self._engine) as connection:
            found = await connection.execute(query.where(STEPS.c.tenant == tenant, STEPS.c.request == request))
            return {step: (rows, until) for step, rows, until in found}

    async def _note(self, connection: AsyncConnection, tenant: str, request: str, step: str) -> bool:
        """False: it is done. A second process that does the same waits here for the first."""
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        row = {"tenant": tenant, "request": request, "step": step, "rows": 0, "at": self._clock()}
        return (await connection.execute(insert(STEPS).values(row).on_conflict_do_nothing())).rowcount == 1

    async def _count(
        self, connection: AsyncConnection, at: tuple[str, str, str], rows: int, until: date | None = None
    ) -> None:
        """Adds to what was counted. `at`: tenant, request and step."""
        places = (STEPS.c.tenant, STEPS.c.request, STEPS.c.step)
        which = (column == value for column, value in zip(places, at, strict=True))
        values = {"rows": STEPS.c.rows + rows} | ({} if until is None else {"kept_until": until})
        await connection.execute(update(STEPS).where(*which).values(values))

    async def _report(self, tenant: str, request: str) -> Mapping[str, Any]:
        """For the person: what went, what stays and why, and who else has something."""
        done, held = await self._done(tenant, request), self._map
        deleted, retained = [], []
        for name in held.order:
            times = [each for step, each in done.items() if step.partition(_BEFORE)[0] == name]
            rows, until = sum(rows for rows, _ in times), max((until for _, until in times if until), default=None)
            if not rows:
                continue
            said = held.tables[name]
            category = held.category(said)
            told: dict[str, Any] = {"store": said.store, "holds": said.holds, "category": said.category, "rows": rows}
            if said.erasure is Erasure.DELETE:
                deleted.append(told)
            else:
                until_ = None if until is None else until.isoformat()
                retained.append(told | {"basis": category.basis, "reason": category.reason, "until": until_})
        return {
            "deleted": deleted,
            "retained": retained,
            "sealed_elsewhere": _SEALED,
            "backups_hold": _BACKUPS_HOLD,
            "backups_until": day_of(self._clock() + self._backups).isoformat(),
            "recipients_to_tell": sorted({who for said in held.purposes.values() for who in said.recipients}),
        }


async def _one_view(connection: AsyncConnection) -> None:
    """All statements of the transaction see the same rows; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _device(person: Person, row: Mapping[Any, Any], key: SubjectKey) -> str:
    try:
        return str(unsealed(person, "fraud_devices", row, "sealed", key)["id"])
    except IntegrityError:  # what is counted of it ends by itself, and the row goes all the same
        _LOG.warning("a device of a person does not open")
        return ""


def _is_of(person: Person, unsent: Any) -> bool:
    if unsent.key:
        return bool((unsent.key.partition("/")[0], unsent.subject) == (person.tenant, person.subject))
    try:
        fields: Any = json.loads(unsent.payload)
    except ValueError:
        return False
    return isinstance(fields, dict) and (fields.get("tenant"), fields.get("customer")) == (
        person.tenant,
        person.subject,
    )
