"""Events as messages: schema-checked, sealed, bound to tenant, id, type and version.

An event is sealed with the key of the person whose order it is about, or with the tenant's data key where nobody is
known: what lies where nobody can change it ends with the person's key.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.ext.asyncio import AsyncConnection

from reference_impl.crypto import envelope
from reference_impl.errors import IntegrityError, InvalidInputError
from reference_impl.events.log import Message
from reference_impl.events.model import Event, OrderCreated, PaymentTokenized, decode, encode, is_event_id, is_name
from reference_impl.keys.model import SUBJECT_KEY_VERSION, DataKey, Keys, SubjectKey, SubjectKeys, is_subject

EVENT, TENANT, TYPE, SCHEMA, KEY_VERSION = "event", "tenant", "type", "schema", "key-version"
SUBJECT = "subject"
"""Headers: all that is readable on the way, besides the key (tenant and order). SUBJECT: whose key sealed it."""

Persons = Mapping[str, SubjectKey]
"""Keys by the ids of events."""
Named = Mapping[str, tuple[str, str]]
"""Tenant and person by the ids of events: the subject of their key, or in older events the customer's name."""
_NAMING = (OrderCreated, PaymentTokenized)
"""Events that have the customer in them."""


class Customers(Protocol):
    """Knows whose orders are: the subjects of their keys."""

    async def customers(
        self, connection: AsyncConnection, orders: Collection[tuple[str, str]]
    ) -> Mapping[tuple[str, str], str]:
        """By tenant and order, of those there are."""
        ...


_MAX_KEY_VERSION = 2**31 - 1  # what a database's integer holds: anybody may have written a message


class Sealer:
    """Makes messages of events, and events of messages. In what it opens a customer is the subject of their key."""

    def __init__(self, keys: Keys, subjects: SubjectKeys | None = None, orders: Customers | None = None) -> None:
        """`subjects`: keys of persons; without them everything is sealed with the tenant's. `orders`: say whose events
        are that name an order only.
        """
        self._keys, self._subjects, self._orders = keys, subjects, orders

    async def customers(self, connection: AsyncConnection, events: Sequence[Event]) -> Named:
        """Whose they are, read in this transaction; not of those who are not known any more."""
        asked = {(event.tenant, event.order) for event in events if not isinstance(event, _NAMING)}
        known = await self._orders.customers(connection, asked) if self._orders is not None and asked else {}
        found = {event.id: (event.tenant, known.get((event.tenant, event.order), "")) for event in events}
        return {event: name for event, name in (found | _named(events)).items() if is_name(name[1])}

    async def persons(self, customers: Named) -> Persons:
        """Their keys, at once for many; none of who was erased. Raises UnavailableError, IntegrityError."""
        if self._subjects is None or not customers:
            return {}
        subjects = {name for name in customers.values() if is_subject(name[1])}
        named = {*customers.values()} - subjects
        keys = {**(await self._subjects.existing(subjects) if subjects else {})}
        keys |= await self._subjects.of_tenants(named) if named else {}
        return {event: keys[name] for event, name in customers.items() if name in keys}

    async def seal(self, event: Event, persons: Persons | None = None) -> Message:
        """`persons`: of several events; None: whoever this one names.

        Raises InvalidInputError for an event that does not fit its schema, UnavailableError, IntegrityError.
        """
        plain = encode(event)
        person = (await self.persons(_named([event])) if persons is None else persons).get(event.id)
        return _sealed(event, plain, await self._keys.for_sealing(event.tenant) if person is None else person)

    async def for_person(self, event: Event) -> Message | None:
        """Of an event with a person in it, sealed with their key, which is mostly in memory. None: there is nobody in
        it, or they have no key that opens; `seal` knows what becomes of it.

        Raises InvalidInputError for an event that does not fit its schema, UnavailableError.
        """
        if self._subjects is None or not isinstance(event, _NAMING) or not is_subject(event.customer):
            return None
        try:
            person = await self._subjects.for_opening(event.tenant, event.customer)
        except IntegrityError:
            return None
        return _sealed(event, encode(event), person)

    async def open(self, message: Message) -> Event:
        """Raises IntegrityError if it was changed or is another than its headers say, InvalidInputError if it fits no
        schema, UnavailableError if the keys are away.
        """
        headers = message.headers
        try:
            tenant, name, type_, version = headers[TENANT], headers[EVENT], headers[TYPE], int(headers[SCHEMA])
        except (KeyError, ValueError):
            raise InvalidInputError("a message has no headers of an event", "headers") from None
        key_version = envelope.key_version(message.value)
        if not (is_name(tenant) and is_event_id(name)) or key_version > _MAX_KEY_VERSION:
            raise InvalidInputError("a message has no headers of an event", "headers")
        cipher = await self._cipher(tenant, key_version, headers.get(SUBJECT))
        event = decode(type_, version, envelope.unseal(cipher, message.value, _place(tenant, name, type_, version)))
        if (event.id, event.tenant, event.key) != (name, tenant, message.key):
            raise IntegrityError("a message holds another event than its headers say")
        return _nameless(event, headers.get(SUBJECT))

    async def _cipher(self, tenant: str, version: int, subject: str | None) -> AESGCM:
        if subject is None:
            return await self._keys.for_opening(tenant, version)
        if self._subjects is None or not is_subject(subject):
            raise InvalidInputError("a message names no person whose key is known here", "headers")
        return (await self._subjects.for_opening(tenant, subject)).cipher


def sealed_message(key: str, value: bytes, event: tuple[str, str, int], subject: str = "") -> Message:
    """`key`: tenant and order; `event`: id, type and version; `subject`: whose key sealed it, or nobody's."""
    name, type_, schema = event
    headers = {EVENT: name, TENANT: key.partition("/")[0], TYPE: type_, SCHEMA: str(schema)}
    headers[KEY_VERSION] = str(envelope.key_version(value))
    return Message(key, value, headers | ({SUBJECT: subject} if subject else {}))


def _sealed(event: Event, plain: bytes, with_: DataKey | SubjectKey) -> Message:
    version, subject = (SUBJECT_KEY_VERSION, with_.subject) if isinstance(with_, SubjectKey) else (with_.version, "")
    named = event.id, event.type.value, event.version
    value = envelope.seal(with_.cipher, version, plain, _place(event.tenant, *named))
    return sealed_message(event.key, value, named, subject)


def _nameless(event: Event, subject: str | None) -> Event:
    """Older events have the name that the tenant gave."""
    if subject is None or not isinstance(event, _NAMING) or is_subject(event.customer):
        return event
    return event.model_copy(update={"customer": subject})


def _named(events: Sequence[Event]) -> dict[str, tuple[str, str]]:
    return {event.id: (event.tenant, event.customer) for event in events if isinstance(event, _NAMING)}


def _place(tenant: str, name: str, type_: str, version: int) -> envelope.Place:
    return envelope.Place(tenant, name, f"{type_}/{version}")
