"""Events as the bytes that are chained: canonical JSON, one way to write each event."""

from __future__ import annotations

import json
import logging
from dataclasses import fields, replace
from datetime import datetime, timezone
from json.encoder import encode_basestring_ascii as _quote
from operator import attrgetter
from typing import Any

from reference_impl.audit.model import Event, Outcome, Record
from reference_impl.cards.redaction import masked, may_hold_number

_LOG = logging.getLogger(__name__)
_TEXTS = tuple(field.name for field in fields(Event) if field.name not in {"at", "outcome", "amount"})
_TEXTS_OF = attrgetter(*_TEXTS)
_MAX_TEXT = 512
"""Characters of a field: what a client chooses must not fill the disk."""


def checked(event: Event) -> Event:
    """The event as it may be written: account data masked, long fields cut.

    Raises ValueError for an event without one of the six things of 10.2.2, or with a time that is not aware.
    """
    if not (event.user and event.action and event.origin and event.resource):
        raise ValueError("an audit event says who, what, from where and to what (10.2.2)")
    if (event.amount is None) == bool(event.currency):
        raise ValueError("an amount of money has a currency")
    if event.at.tzinfo is None:
        raise ValueError("the time of an audit event is aware")
    if event.at.tzinfo is not timezone.utc:
        event = replace(event, at=event.at.astimezone(timezone.utc))
    texts = _TEXTS_OF(event)
    together = "\n".join(texts)
    if len(together) <= _MAX_TEXT and not may_hold_number(together):
        return event
    clean = tuple(masked(text) for text in texts)
    if clean != texts:
        names = ", ".join(name for name, old, new in zip(_TEXTS, texts, clean, strict=True) if old != new)
        _LOG.warning("account data were masked in an audit event: %s", names)
    shortened: dict[str, Any] = {name: text[:_MAX_TEXT] for name, text in zip(_TEXTS, clean, strict=True)}
    return replace(event, **shortened)


def encode(event: Event, number: int) -> bytes:
    """Of a checked event: ASCII, no line break in it, keys sorted; the time in UTC with microseconds.

    What only events of money have is left out of others.
    """
    agent, amount, currency = "", "", ""
    if event.currency:
        agent, amount = f'"agent":{_quote(event.agent)},', f'"amount":{event.amount},'
        currency = f'"currency":{_quote(event.currency)},'
    return (
        f'{{"action":{_quote(event.action)},{agent}{amount}"at":"{event.at.isoformat(timespec="microseconds")}",'
        f'{currency}"number":{number},'
        f'"origin":{_quote(event.origin)},"outcome":"{event.outcome.value}","reason":{_quote(event.reason)},'
        f'"request_id":{_quote(event.request_id)},"resource":{_quote(event.resource)},'
        f'"tenant":{_quote(event.tenant)},"user":{_quote(event.user)}}}'
    ).encode()


def decode(body: bytes) -> Record:
    """Of bytes whose MAC was checked."""
    values = json.loads(body)
    number = values.pop("number")
    at, outcome = datetime.fromisoformat(values.pop("at")), Outcome(values.pop("outcome"))
    return Record(number, Event(at=at, outcome=outcome, **values))


def needle(name: str, value: str) -> bytes:
    """Bytes that are in a record if and only if its field has that value: quotes inside of values are escaped."""
    return f'"{name}":{_quote(value)}'.encode()
