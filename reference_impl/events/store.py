"""Tables of the event flow: what is to be sent, what was processed, who relays, and how far the sink has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reference_impl.bulk_insert import BulkInsert, Rows
from reference_impl.database import METADATA, UtcTime

OUTBOX = Table(
    "events_outbox",
    METADATA,
    Column("number", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("type", String(64), nullable=False),
    Column("schema", Integer, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("sent_at", UtcTime),
    Column("refused", String(64)),
    Column("key", String(160), nullable=False, server_default=""),
    Column("subject", String(32), nullable=False, server_default=""),
    Index("ix_events_outbox_sent_at_number", "sent_at", "number"),
)
"""`payload`: sealed with the key of the person in `subject`, ready to publish under `key`; in clear where both are
empty."""
PROCESSED = Table(
    "events_processed",
    METADATA,
    Column("consumer", String(64), primary_key=True),
    Column("event", String(32), primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
)
RELAYS = Table(
    "events_relays",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", UtcTime, nullable=False),
)
SEGMENTS = Table(
    "events_segments",
    METADATA,
    Column("sink", String(64), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
)


_NEW_EVENTS = BulkInsert(Rows(OUTBOX, ("id", "type", "schema", "payload", "key", "subject")))


def _among(column: Column[Any], name: str) -> dict[str, ColumnElement[bool]]:
    """Whether it is one of the values, by dialect: an array where its length would make each statement a new one."""
    array = bindparam(name, type_=ARRAY(column.type))
    return {"postgresql": column == func.any(array), "sqlite": column.in_(bindparam(name, expanding=True))}


_WHY = bindparam("why", type_=String)
_SENT = {
    dialect: update(OUTBOX)
    .where(among)
    .values(
        sent_at=bindparam("at"),
        refused=_WHY,
        payload=case((_WHY.is_(None), b""), else_=OUTBOX.c.payload),
    )
    for dialect, among in _among(OUTBOX.c.number, "numbers").items()
}
_KNOWN = {
    dialect: select(PROCESSED.c.event).where(PROCESSED.c.consumer == bindparam("consumer"), among)
    for dialect, among in _among(PROCESSED.c.event, "events").items()
}
_PROCESS_ROWS = sqlite_insert(PROCESSED).on_conflict_do_nothing().returning(PROCESSED.c.event)
_PROCESS_ARRAY = (
    postgresql_insert(PROCESSED)
    .from_select(
        ["consumer", "event", "at"],
        select(
            bindparam("consumer", type_=PROCESSED.c.consumer.type),
            func.unnest(bindparam("events", type_=ARRAY(PROCESSED.c.event.type))),
            bindparam("at", type_=UtcTime),
        ),
    )
    .on_conflict_do_nothing()
    .returning(PROCESSED.c.event)
)


class Unsent(NamedTuple):
    """A row of the outbox."""

    number: int
    id: str
    type: str
    schema: int
    payload: bytes
    key: str
    subject: str


async def write(connection: AsyncConnection, events: Iterable[tuple[str, str, int, bytes, str, str]]) -> None:
    """Puts events into the outbox, one or more: id, type, schema, payload, key and subject of each."""
    await _NEW_EVENTS.execute(connection, events)


async def unsent(connection: AsyncConnection, limit: int) -> list[Unsent]:
    """The oldest ones, in the order they were written."""
    columns = [OUTBOX.c[name] for name in Unsent._fields]
    which = OUTBOX.c.sent_at.is_(None)
    rows = await connection.execute(select(*columns).where(which).order_by(OUTBOX.c.number).limit(limit))
    return [Unsent(*row) for row in rows]


async def sent(connection: AsyncConnection, numbers: Sequence[int], at: datetime, refused: str | None = None) -> None:
    """They are in the log, and no copy in clear stays; or never will be, for the reason in `refused`."""
    which = _SENT[connection.dialect.name]
    await connection.execute(which, {"numbers": list(numbers), "at": at, "why": refused})


async def process(connection: AsyncConnection, consumer: str, events: Sequence[str], at: datetime) -> set[str]:
    """Notes that they are processed; those that were not before. A second one who notes the same waits for the first,
    and two who note several, in the same order, for each other in one direction only.
    """
    if connection.dialect.name == "postgresql":
        values = {"consumer": consumer, "events": sorted(events), "at": at}
        return set(await connection.scalars(_PROCESS_ARRAY, values))
    rows = [{"consumer": consumer, "event": event, "at": at} for event in events]
    return set(await connection.scalars(_PROCESS_ROWS, rows))


async def known(connection: AsyncConnection, consumer: str, events: Sequence[str]) -> set[str]:
    """Those of them it has processed."""
    which = _KNOWN[connection.dialect.name]
    return set(await connection.scalars(which, {"consumer": consumer, "events": list(events)}))


async def hold(connection: AsyncConnection, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Takes or keeps the right to relay. False: another has it."""
    values = {"name": name, "holder": holder, "until": until}
    free = or_(RELAYS.c.holder == holder, RELAYS.c.until < now)
    changed = {"holder": holder, "until": until}
    statement = (
        _insert(connection)(RELAYS)
        .values(values)
        .on_conflict_do_update(index_elements=[RELAYS.c.name], set_=changed, where=free)
    )
    return int((await connection.execute(statement)).rowcount) == 1


async def release(connection: AsyncConnection, name: str, holder: str) -> None:
    """Lets the next one relay at once."""
    await connection.execute(delete(RELAYS).where(RELAYS.c.name == name, RELAYS.c.holder == holder))


async def prune(connection: AsyncConnection, sent_before: datetime, processed_before: datetime) -> None:
    """Forgets what can not come again."""
    await connection.execute(delete(OUTBOX).where(OUTBOX.c.sent_at < sent_before, OUTBOX.c.refused.is_(None)))
    await connection.execute(delete(PROCESSED).where(PROCESSED.c.at < processed_before))


async def reach(connection: AsyncConnection, sink: str, number: int, digest: str, at: datetime) -> None:
    """A segment is there. Again is fine."""
    row = {"sink": sink, "number": number, "digest": digest, "at": at}
    await connection.execute(_insert(connection)(SEGMENTS).values(row).on_conflict_do_nothing())


async def reached(connection: AsyncConnection, sink: str) -> dict[int, str]:
    """Number and digest of every segment."""
    rows = await connection.execute(select(SEGMENTS.c.number, SEGMENTS.c.digest).where(SEGMENTS.c.sink == sink))
    return {row.number: row.digest for row in rows}


def _insert(connection: AsyncConnection) -> Any:
    return postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
