"""Events as messages: schema-checked, sealed with the tenant's data key, bound to tenant, id, type and version."""

from __future__ import annotations

from reference_impl.crypto import envelope
from reference_impl.errors import IntegrityError, InvalidInputError
from reference_impl.events.log import Message
from reference_impl.events.model import Event, decode, encode, is_event_id, is_name
from reference_impl.keys.model import Keys

EVENT, TENANT, TYPE, SCHEMA, KEY_VERSION = "event", "tenant", "type", "schema", "key-version"
"""Headers: all that is readable on the way, besides the key (tenant and order)."""

_MAX_KEY_VERSION = 2**31 - 1  # what a database's integer holds: anybody may have written a message


class Sealer:
    """Makes messages of events, and events of messages."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def seal(self, event: Event) -> Message:
        """Raises InvalidInputError for an event that does not fit its schema, UnavailableError, IntegrityError."""
        plain = encode(event)
        key = await self._keys.for_sealing(event.tenant)
        sealed = envelope.seal(
            key.cipher, key.version, plain, _place(event.tenant, event.id, event.type.value, event.version)
        )
        headers = {
            EVENT: event.id,
            TENANT: event.tenant,
            TYPE: event.type.value,
            SCHEMA: str(event.version),
            KEY_VERSION: str(key.version),
        }
        return Message(event.key, sealed, headers)

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
        cipher = await self._keys.for_opening(tenant, key_version)
        event = decode(type_, version, envelope.unseal(cipher, message.value, _place(tenant, name, type_, version)))
        if (event.id, event.tenant, event.key) != (name, tenant, message.key):
            raise IntegrityError("a message holds another event than its headers say")
        return event


def _place(tenant: str, name: str, type_: str, version: int) -> envelope.Place:
    return envelope.Place(tenant, name, f"{type_}/{version}")
