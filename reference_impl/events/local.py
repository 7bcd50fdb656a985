"""An event log of one process, in an SQLite file: what is published or committed survives a power cut."""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
import zlib
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.clock import Clock, utc_now
from reference_impl.database import UtcTime, connect, transaction
from reference_impl.errors import ConfigurationError
from reference_impl.events.log import PARTITIONS, RETENTION, Message, Position, Received

_TABLES = MetaData()
_MESSAGES = Table(
    "messages",
    _TABLES,
    Column("topic", String(128), primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("offset", BigInteger, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("key", String(256), nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("headers", JSON, nullable=False),
)
_ENDS = Table(
    "ends",
    _TABLES,
    Column("topic", String(128), primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next", BigInteger, nullable=False),
)
_COMMITTED = Table(
    "committed",
    _TABLES,
    Column("group", String(128), primary_key=True),
    Column("topic", String(128), primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next", BigInteger, nullable=False),
)
_READ = (
    select(_MESSAGES)
    .where(
        _MESSAGES.c.topic == bindparam("topic"),
        _MESSAGES.c.partition == bindparam("partition"),
        _MESSAGES.c.offset >= bindparam("start"),
    )
    .order_by(_MESSAGES.c.offset)
    .limit(bindparam("most"))
)
_PRUNE_SECONDS = 3600.0

Partition = tuple[str, int]


class LocalLog:
    """Implements `EventLog`. `LocalLog.open(…)` makes it."""

    def __init__(self, engine: AsyncEngine, ends: dict[Partition, int], partitions: int, clock: Clock) -> None:
        self._engine = engine
        self._ends = ends
        self._partitions = partitions
        self._clock = clock
        self._publishing = asyncio.Lock()
        self._news = asyncio.Event()
        self._groups: dict[str, Group] = {}
        self._pruned = float("-inf")

    @classmethod
    @asynccontextmanager
    async def open(
        cls, folder: Path, *, partitions: int = PARTITIONS, clock: Clock = utc_now
    ) -> AsyncIterator[LocalLog]:
        """`folder`: made if it is not there. Raises ConfigurationError while another process has it open."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        async with AsyncExitStack() as stack:
            stack.enter_context(_locked(folder / "events.lock"))
            engine = connect(f"sqlite+aiosqlite:///{(folder / 'events.db').absolute()}")
            stack.push_async_callback(engine.dispose)
            async with transaction(engine) as connection:
                await connection.run_sync(_TABLES.create_all)
                rows = (await connection.execute(select(_ENDS))).all()
            yield cls(engine, {(row.topic, row.partition): row.next for row in rows}, partitions, clock)

    async def publish(self, messages: Mapping[str, Sequence[Message]]) -> None:
        """See `EventLog`."""
        async with self._publishing:
            ends, rows = dict(self._ends), []
            for topic, message in ((topic, message) for topic, of_topic in messages.items() for message in of_topic):
                place = (topic, zlib.crc32(message.key.encode()) % self._partitions)
                offset = ends.get(place, 0)
                ends[place] = offset + 1
                rows.append(self._row(place, offset, message))
            moved = {place: end for place, end in ends.items() if self._ends.get(place) != end}
            async with transaction(self._engine) as connection:
                await connection.execute(insert(_MESSAGES), rows)
                await _keep(connection, _ENDS, moved)
                await self._prune(connection)
            self._ends = ends
        self.wake()

    @asynccontextmanager
    async def subscribe(self, topics: Collection[str], group: str) -> AsyncIterator[LocalSubscription]:
        """See `EventLog`."""
        members = self._groups.setdefault(group, Group(group, self._partitions))
        member = LocalSubscription(self, members, frozenset(topics))
        members.change((*members.members, member))
        self.wake()
        try:
            yield member
        finally:
            members.change(tuple(each for each in members.members if each is not member))
            self.wake()

    def news(self) -> asyncio.Event:
        """Set when there is something to look at again."""
        return self._news

    def wake(self) -> None:
        """Whoever waits for messages looks again."""
        self._news.set()
        self._news = asyncio.Event()

    async def committed(self, group: str) -> dict[Partition, int]:
        """Where a group goes on after a restart; nothing for what it has not begun with."""
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(select(_COMMITTED).where(_COMMITTED.c.group == group))).all()
        return {(row.topic, row.partition): row.next for row in rows}

    async def commit(self, group: str, ends: Mapping[Partition, int]) -> None:
        """Never goes back."""
        async with transaction(self._engine) as connection:
            await _keep(connection, _COMMITTED, ends, group=group)

    async def read(self, starts: Mapping[Partition, int], limit: int) -> dict[Partition, list[Received]]:
        """Of some partitions, each from an offset on; of those that have something, until there are so many."""
        found: dict[Partition, list[Received]] = {}
        fresh = {place: start for place, start in starts.items() if self._ends.get(place, 0) > start}
        if fresh:
            async with transaction(self._engine) as connection:
                for (topic, partition), start in fresh.items():
                    if limit <= 0:
                        break
                    values = {"topic": topic, "partition": partition, "start": start, "most": limit}
                    rows = (await connection.execute(_READ, values)).all()
                    found[topic, partition] = [_received(row) for row in rows]
                    limit -= len(rows)
        return found

    def _row(self, place: Partition, offset: int, message: Message) -> dict[str, Any]:
        content = {"key": message.key, "value": message.value, "headers": dict(message.headers)}
        return {"topic": place[0], "partition": place[1], "offset": offset, "at": self._clock()} | content

    async def _prune(self, connection: AsyncConnection, keep: timedelta = RETENTION) -> None:
        if time.monotonic() - self._pruned > _PRUNE_SECONDS:
            await connection.execute(delete(_MESSAGES).where(_MESSAGES.c.at < self._clock() - keep))
            self._pruned = time.monotonic()


class Group:
    """Who reads, and how far each partition was handed out. A partition that moves goes back to what was committed."""

    def __init__(self, name: str, partitions: int) -> None:
        self.name = name
        self._partitions = partitions
        self.members: tuple[LocalSubscription, ...] = ()
        self.owners: dict[Partition, LocalSubscription] = {}
        self.positions: dict[Partition, int] = {}

    def change(self, members: tuple[LocalSubscription, ...]) -> None:
        """Shares the partitions among those."""
        self.members = members
        owners: dict[Partition, LocalSubscription] = {}
        for topic in sorted(frozenset().union(*(member.topics for member in members))):
            readers = [member for member in members if topic in member.topics]
            owners |= {(topic, number): readers[number % len(readers)] for number in range(self._partitions)}
        for place in [place for place in self.positions if owners.get(place) is not self.owners.get(place)]:
            del self.positions[place]
        self.owners = owners


class LocalSubscription:
    """Implements `Subscription`."""

    def __init__(self, log: LocalLog, group: Group, topics: frozenset[str]) -> None:
        self.topics = topics
        self._log = log
        self._group = group

    async def take(self, limit: int, seconds: float) -> Sequence[Received]:
        """See `Subscription`."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + seconds
        while True:
            news = self._log.news()
            found = await self._read(limit)
            left = deadline - clock()
            if found or left <= 0:
                return found
            try:
                await asyncio.wait_for(news.wait(), left)
            except asyncio.TimeoutError:
                return []

    async def commit(self, positions: Collection[Position]) -> None:
        """See `Subscription`."""
        ends: dict[Partition, int] = {}
        for topic, partition, offset in positions:
            if self._mine((topic, partition)):
                ends[topic, partition] = max(offset + 1, ends.get((topic, partition), 0))
        if ends:
            await self._log.commit(self._group.name, ends)

    async def _read(self, limit: int) -> list[Received]:
        positions, mine = self._group.positions, [place for place in self._group.owners if self._mine(place)]
        if new := [place for place in mine if place not in positions]:
            committed = await self._log.committed(self._group.name)
            positions |= {place: committed.get(place, 0) for place in new if self._mine(place)}
        starts = {place: positions[place] for place in mine if place in positions}
        found: list[Received] = []
        for place, messages in (await self._log.read(starts, limit)).items():
            # it may have moved while it was read
            if messages and self._mine(place) and positions.get(place) == starts[place]:
                positions[place] = messages[-1].position.offset + 1
                found += messages
        return found

    def _mine(self, place: Partition) -> bool:
        return self._group.owners.get(place) is self


def _received(row: Row[Any]) -> Received:
    return Received(Position(row.topic, row.partition, row.offset), Message(row.key, row.value, row.headers))


async def _keep(connection: AsyncConnection, table: Table, ends: Mapping[Partition, int], **more: str) -> None:
    """Writes ends that have moved on."""
    rows = [{"topic": topic, "partition": partition, "next": end} | more for (topic, partition), end in ends.items()]
    if rows:
        statement = upsert(table)
        later = statement.excluded.next
        await connection.execute(
            statement.on_conflict_do_update(set_={"next": later}, where=table.c.next < later), rows
        )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise ConfigurationError("the event log is in use by another process") from None
    finally:
        os.close(descriptor)
