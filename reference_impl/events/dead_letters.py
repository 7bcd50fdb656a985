"""Messages that cannot be processed: kept as they were, sealed, with the reason, until somebody brings them back."""

from __future__ import annotations

from datetime import datetime

from reference_impl.events.log import EventLog, Message, Position, Received

GROUP, REASON, AT = "dead-group", "dead-reason", "dead-at"
"""Headers: who could not process it, why (a code of `errors`), and when."""
_REDRIVE = "redrive"
_TAKE_SECONDS = 2.0


def topic_of(topic: str) -> str:
    """Where what was in a topic goes."""
    return f"{topic}.dead"


async def bury(log: EventLog, received: Received, group: str, reason: str, at: datetime) -> None:
    """Keeps a message. Raises UnavailableError. A crash after it keeps it twice, which does no harm."""
    message = received.message
    marks = {GROUP: group, REASON: reason, AT: at.isoformat()}
    dead = Message(message.key, message.value, {**message.headers, **marks})
    await log.publish({topic_of(received.position.topic): [dead]})


async def redrive(log: EventLog, topic: str, limit: int = 10_000) -> int:
    """Brings the dead letters of a topic back to it, once their reason is gone; how many there were.

    They come after what has been published since: order within a key is lost. Groups that had processed them leave them
    out. Raises UnavailableError: what was not committed will be brought back again.
    """
    taken: list[Received] = []
    async with log.subscribe([topic_of(topic)], _REDRIVE) as subscription:
        while len(taken) < limit and (found := await subscription.take(limit - len(taken), _TAKE_SECONDS)):
            taken += found
        if taken:
            await log.publish({topic: [_revived(received.message) for received in taken]})
            ends: dict[tuple[str, int], Position] = {each.position[:2]: each.position for each in taken}
            await subscription.commit(ends.values())
    return len(taken)


def _revived(message: Message) -> Message:
    marks = {GROUP, REASON, AT}
    return Message(
        message.key, message.value, {name: value for name, value in message.headers.items() if name not in marks}
    )
