"""What lies between those who write events and those who read them; `local` and `kafka` implement it alike.

A topic has partitions; messages of one key are in one of them, in order. The members of a group share the partitions of
a topic among them: each message reaches one member, again until it is committed (at least once). A message is there for
`RETENTION`; a group that begins reads from the oldest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple, Protocol

PARTITIONS = 12
RETENTION = timedelta(days=7)
"""Of the topics. The audit trail is the sink's, which keeps it for a year."""


@dataclass(frozen=True, slots=True)
class Message:
    """`key`: what stays in order; `value`: sealed; `headers`: readable on the way."""

    key: str
    value: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Position(NamedTuple):
    """Where a message is. Offsets grow; there may be gaps."""

    topic: str
    partition: int
    offset: int


class Received(NamedTuple):
    """A message, and where it was."""

    position: Position
    message: Message


class Subscription(Protocol):
    """One member of a group. Not for several tasks at a time."""

    async def take(self, limit: int, seconds: float) -> Sequence[Received]:
        """The next messages, in order for each partition; nothing if none came within the time.

        Raises UnavailableError; it may be called again then. What was taken and not committed comes again after a
        restart, and when partitions move to another member.
        """
        ...

    async def commit(self, positions: Collection[Position]) -> None:
        """These and all before them in their partitions are done with. Durable when this returns.

        A partition that has moved to another member is left out: that one gets its messages again. UnavailableError.
        """
        ...


class EventLog(Protocol):
    """Where events are."""

    async def publish(self, messages: Mapping[str, Sequence[Message]]) -> None:
        """By topic. Durable, each topic's in their order, when this returns: one wait for the disk for all of them.

        Raises UnavailableError: some may be there, publish all again.
        """
        ...

    def subscribe(self, topics: Collection[str], group: str) -> AbstractAsyncContextManager[Subscription]:
        """Joins a group. Raises UnavailableError."""
        ...
