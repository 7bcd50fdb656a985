"""Orders, what they are made of, and what they need from other parts."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from ipaddress import IPv4Address, IPv6Address
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from reference_impl.auth.model import Caller
from reference_impl.cards.model import Card, CardInput
from reference_impl.events.model import Event
from reference_impl.idempotency.model import request_digest
from reference_impl.money import Money
from reference_impl.vault.model import StoredCard

_ID = re.compile(r"ord_(?!.*[0-9](?:[_-]?[0-9]){12})[A-Za-z0-9_-]{22}")
"""Without a long number: what looks like a card number is neither looked up nor recorded."""


class OrderState(str, Enum):
    """CREATED: written; TOKENIZED: its card is known; the others are outcomes, of which an order has one.

    AUTHORIZED: the issuer holds the money; FAILED: no money; FLAGGED: the issuer holds it, and somebody has to look
    before it is taken (`events.flow`).
    """

    CREATED = "created"
    TOKENIZED = "tokenized"
    AUTHORIZED = "authorized"
    FAILED = "failed"
    FLAGGED = "flagged"


OPEN = frozenset({OrderState.CREATED, OrderState.TOKENIZED})


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be ordered. One of three says with what it is paid: `token`, `card`, or `envelope` (a JWE).

    `customer`, `merchant`, `device`: as the caller names them; `source`: the payer's address.
    """

    money: Money
    customer: str
    merchant: str
    token: str = ""
    card: Card | None = None
    envelope: str = ""
    source: IPv4Address | IPv6Address | None = None
    device: str | None = None

    @property
    def digest(self) -> str:
        """What must be the same under the same key. Of a card it holds what may be shown of one, and no more."""
        shown = None if self.card is None else [self.card.number.brand, self.card.number.last_four]
        card = [self.token, shown, hashlib.sha256(self.envelope.encode()).hexdigest()]
        source = None if self.source is None else str(self.source)
        return request_digest(json.dumps([card, self.customer, self.merchant, source, self.device]), self.money)


@dataclass(frozen=True, slots=True)
class Order:
    """As it is stored. `customer`: the subject of their key (`keys.model`); to the caller, as the caller names them.
    `recommendation`, `reasons`: codes; of what was flagged, or why it failed. The rest: see `store`.
    """

    tenant: str
    id: str
    idempotency_key: str
    request_digest: str
    state: OrderState
    money: Money
    customer: str
    merchant: str
    token: str
    payment: str | None
    recommendation: str | None
    reasons: Sequence[str]
    created_at: datetime
    updated_at: datetime
    retry_digest: str | None = None


def is_order_id(text: str) -> bool:
    """Whether it has the form of one."""
    return _ID.fullmatch(text) is not None


class Tokens(Protocol):
    """The vault, as orders see it. Both raise ForbiddenError, NotFoundError, UnavailableError, IntegrityError."""

    async def tokenize(self, caller: Caller, card: Card, *, reuse: bool = False, subject: str = "") -> StoredCard:
        """Stored for good once this returns."""
        ...

    async def describe(self, caller: Caller, token: str) -> StoredCard:
        """What may be shown of a card of this tenant."""
        ...


class Envelopes(Protocol):
    """Opens what clients encrypted, each once."""

    async def open(self, jwe: str, tenant: str) -> CardInput:
        """Raises InvalidInputError, UnavailableError, IntegrityError."""
        ...


class Announce(Protocol):
    """The outbox of events."""

    async def __call__(self, connection: AsyncConnection, events: Sequence[Event]) -> None:
        """They are sent once this transaction is committed, and only then."""
        ...
