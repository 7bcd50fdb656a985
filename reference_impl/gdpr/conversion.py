"""Rows from before customers were stored by the subjects of their keys: converted once, before anything is served.

The map says what is to be done: the name becomes the subject, `keyed` columns are hidden and `sealed` ones sealed under
the person's key. Each person is one transaction with all of their rows, so that it goes on wherever it was stopped; a
note says that all is done. An instance of an older version must not run beside it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.envelope import place_of, seal
from reference_impl.database import METADATA, overwritten, transaction
from reference_impl.gdpr.datamap import DataMap, Whose
from reference_impl.gdpr.persons import Person, row_name, table_of, theirs
from reference_impl.gdpr.store import CONVERSIONS
from reference_impl.keys.model import ERASED, SUBJECT_KEY_VERSION, SubjectKey, SubjectKeys, is_subject

SUBJECTS = "subjects"
"""Of the note."""
_AT_ONCE = 200
_PROCESSORS = re.compile(r"cust_[A-Za-z0-9_-]{22}")
"""Ids of customers at the processor, which say nothing: a measure may be of one."""
_LOG = logging.getLogger(__name__)


async def converted(engine: AsyncEngine, held: DataMap, subjects: SubjectKeys, clock: Clock = utc_now) -> int:
    """How many persons were converted; none where it was done before. Raises UnavailableError, IntegrityError."""
    async with transaction(engine) as connection:
        if await connection.scalar(select(CONVERSIONS.c.name).where(CONVERSIONS.c.name == SUBJECTS)):
            return 0
    done = 0
    for table in held.order:
        for column in _naming(held, table):
            done += await _by_column(engine, held, subjects, table, column)
    await overwritten(engine)
    async with transaction(engine) as connection:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        note = {"name": SUBJECTS, "at": clock()}
        await connection.execute(insert(CONVERSIONS).values(note).on_conflict_do_nothing())
    if done:
        _LOG.info("customers are stored by the subjects of their keys", extra={"count": done})
    return done


def _naming(held: DataMap, table: str) -> list[str]:
    """Columns that had a customer's name in them; tables of this part never had."""
    ours = METADATA.tables[table].name.startswith("gdpr_")
    return [] if ours else [whose.column for whose in held.tables[table].whose if whose.is_]


async def _by_column(engine: AsyncEngine, held: DataMap, subjects: SubjectKeys, name: str, column: str) -> int:
    table, done = table_of(name), 0
    whose = next(one for one in held.tables[name].whose if one.is_ and one.column == column)
    which = [table.c[column].is_not(None), *(table.c[other] == value for other, value in whose.where.items())]
    names = select(table.c.tenant, table.c[column]).where(*which).distinct()
    names = names.order_by(table.c.tenant, table.c[column]).limit(_AT_ONCE)
    after: tuple[str, str] | None = None
    while True:
        query = names if after is None else names.where(tuple_(table.c.tenant, table.c[column]) > after)
        async with transaction(engine) as connection:
            found = [(tenant, customer) for tenant, customer in (await connection.execute(query)).all()]
        if not found:
            return done
        after = found[-1]
        old = [one for one in found if not is_subject(one[1]) and one[1] != ERASED]
        customers = [one for one in old if _is_customer(whose, one[1]) or await subjects.find(*one)]
        keys = await subjects.of_tenants(customers) if customers else {}
        for (tenant, customer), key in keys.items():
            async with transaction(engine) as connection:
                await _person(connection, held, tenant, customer, key)
            done += 1


def _is_customer(whose: Whose, name: str) -> bool:
    return not (whose.others or _PROCESSORS.fullmatch(name))


async def _person(connection: AsyncConnection, held: DataMap, tenant: str, customer: str, key: SubjectKey) -> None:
    """All rows that are found by the name, those first that are found through others."""
    before = Person(tenant, customer, customer)
    for name in held.order:
        table, said = table_of(name), held.tables[name]
        changed = {one: "sealed" for group in said.columns if group.sealed for one in group.names}
        changed |= {one: "keyed" for group in said.columns if group.keyed for one in group.names}
        changed |= dict.fromkeys(_naming(held, name), "name")
        if not changed:
            continue
        rows = (await connection.execute(select(table).where(theirs(held, name, before)))).mappings().all()
        await _write(connection, table, [(row, _new(table, row, key, changed, customer)) for row in rows])


def _new(table: Table, row: Mapping[Any, Any], key: SubjectKey, changed: Mapping[str, str], old: str) -> dict[str, Any]:
    new: dict[str, Any] = {}
    for column, how in changed.items():
        value = row[column]
        if how == "name" and value == old:
            new[column] = key.subject
        elif how == "keyed" and value:
            new[column] = key.hidden(f"{table.name}.{column}", value)
    for column, how in changed.items():
        if how == "sealed" and row[column]:
            place = place_of(row["tenant"], key.subject, table.name, row_name(table, {**row, **new}))
            new[column] = seal(key.cipher, SUBJECT_KEY_VERSION, row[column], place)
    return {column: new.get(column, row[column]) for column in changed}


async def _write(
    connection: AsyncConnection, table: Table, rows: Sequence[tuple[Mapping[Any, Any], Mapping[str, Any]]]
) -> None:
    if not rows:
        return
    key = list(table.primary_key.columns)
    this = (column == bindparam(f"key_{column.name}") for column in key)
    change = update(table).where(*this).values({name: bindparam(f"new_{name}") for name in rows[0][1]})
    values = [
        {f"key_{column.name}": row[column.name] for column in key} | {f"new_{name}": to for name, to in new.items()}
        for row, new in rows
    ]
    await connection.execute(change, values)
