"""Messages that cannot be processed: kept as they were, sealed, with the reason, until somebody brings them back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from reference_impl.events.log import EventLog, Message, Position, Received
from reference_impl.events.model import is_code, is_event_id, is_name
from reference_impl.events.sealing import EVENT, TYPE

GROUP, REASON, AT = "dead-group", "dead-reason", "dead-at"
"""Headers: who could not process it, why (a code of `errors`), and when."""
_REDRIVE = "redrive"
_TAKE_SECONDS = 2.0
_TAKE = 1000
_UNKNOWN = "-"


class Letter(NamedTuple):
    """What its headers say; "-": nothing of the form it should have, as anybody may have written it."""

    at: str
    type: str
    event: str
    group: str
    reason: str


def topic_of(topic: str) -> str:
    """Where what was in a topic goes."""
    return f"{topic}.dead"


async def bury(log: EventLog, received: Received, group: str, reason: str, at: datetime) -> None:
    """Keeps a message. Raises UnavailableError. A crash after it keeps it twice, which does no harm."""
    message = received.message
    marks = {GROUP: group, REASON: reason, AT: at.isoformat()}
    dead = Message(message.key, message.value, {**message.headers, **marks})
    await log.publish({topic_of(received.position.topic): [dead]})


async def waiting(log: EventLog, topics: Collection[str], limit: int) -> list[Letter]:
    """What `redrive` would bring back, up to so many. Raises UnavailableError."""
    async with log.subscribe([topic_of(topic) for topic in topics], _REDRIVE) as subscription:
        found: list[Letter] = []
        while len(found) < limit and (taken := await subscription.take(min(_TAKE, limit - len(found)), _TAKE_SECONDS)):
            found += [_letter(received.message) for received in taken]
    return sorted(found)


async def redrive(log: EventLog, topic: str, limit: int) -> int:
    """Brings the dead letters of a topic back to it, once their reason is gone, up to so many; how many there were.

    They come after what has been published since: order within a key is lost. Groups that had processed them leave them
    out. Raises UnavailableError: what was not committed will be brought back again.
    """
    count = 0
    async with log.subscribe([topic_of(topic)], _REDRIVE) as subscription:
        while count < limit and (taken := await subscription.take(min(_TAKE, limit - count), _TAKE_SECONDS)):
            await log.publish({topic: [_revived(received.message) for received in taken]})
            ends: dict[tuple[str, int], Position] = {each.position[:2]: each.position for each in taken}
            await subscription.commit(ends.values())
            count += len(taken)
    return count


def _letter(message: Message) -> Letter:
    headers = message.headers
    codes = {name: headers.get(name, "") for name in (TYPE, REASON)}
    told = {name: text if is_code(text) else _UNKNOWN for name, text in codes.items()}
    event, group = headers.get(EVENT, ""), headers.get(GROUP, "")
    return Letter(
        _time(headers.get(AT, "")),
        told[TYPE],
        event if is_event_id(event) else _UNKNOWN,
        group if is_name(group) else _UNKNOWN,
        told[REASON],
    )


def _time(text: str) -> str:
    try:
        return datetime.fromisoformat(text).isoformat(timespec="seconds")
    except ValueError:
        return _UNKNOWN


def _revived(message: Message) -> Message:
    marks = {GROUP, REASON, AT}
    return Message(
        message.key, message.value, {name: value for name, value in message.headers.items() if name not in marks}
    )
