"""Events of orders and their payments: types, versions, and fields in which no card number has a place.

Every text is of a narrow form (ids, tokens, codes) and refuses what passes as a card number; there is no free text, no
fraction, and amounts have too few digits. A published version never changes: a new one is added beside it in `SCHEMAS`,
so that what was written years ago is understood.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, ClassVar, Protocol

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from typing_extensions import Self

from reference_impl.cards.model import luhn_valid
from reference_impl.clock import in_a_year
from reference_impl.errors import InvalidInputError
from reference_impl.money import MAX_MAJOR, Money

_RUN = re.compile(r"[0-9](?:[ ._-]?[0-9]){12,}")
_LENGTHS = range(13, 20)
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T")


class EventType(str, Enum):
    """What happened. Each type has a topic of its own, of the same name."""

    ORDER_CREATED = "order.created"
    PAYMENT_TOKENIZED = "payment.tokenized"
    PAYMENT_AUTHORIZED = "payment.authorized"
    PAYMENT_FAILED = "payment.failed"
    PAYMENT_FLAGGED = "payment.flagged"


OUTCOMES = (EventType.PAYMENT_AUTHORIZED, EventType.PAYMENT_FAILED, EventType.PAYMENT_FLAGGED)
"""Every order ends in exactly one of these."""


def holds_card_number(text: str) -> bool:
    """Whether 13 to 19 digits in it, separated or not, have a right check digit (ISO/IEC 7812-1)."""
    for run in _RUN.finditer(text):
        digits = re.sub(r"[^0-9]", "", run[0])
        places = ((start, start + length) for start in range(len(digits)) for length in _LENGTHS)
        if any(end <= len(digits) and luhn_valid(digits[start:end]) for start, end in places):
            return True
    return False


def _without_card_number(text: str) -> str:
    if holds_card_number(text):
        raise ValueError("passes as a card number")
    return text


def _written_out(value: object) -> object:
    if isinstance(value, (int, float)) or (isinstance(value, str) and not _TIME.match(value)):
        raise ValueError("a time is written out, never a number")  # in which anything could be hidden
    return value


def _without_zone(value: object) -> object:
    if not isinstance(value, (str, IPv4Address, IPv6Address)) or "%" in str(value):
        raise ValueError("an address is written out, without a zone")  # in a number or a zone anything could be hidden
    return value


_CODE = r"^[a-z][a-z0-9_.]{0,63}$"
_CHECKED = AfterValidator(_without_card_number)
_EVENT_ID = r"^evt_[A-Za-z0-9_-]{22}$"
_NAME = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"
EventId = Annotated[str, Field(pattern=_EVENT_ID), _CHECKED]
OrderId = Annotated[str, Field(pattern=r"^ord_[A-Za-z0-9_-]{16,43}$"), _CHECKED]
PaymentId = Annotated[str, Field(pattern=r"^pay_[A-Za-z0-9_-]{22}$"), _CHECKED]
CardToken = Annotated[str, Field(pattern=r"^tok_[A-Za-z0-9_-]{43}$"), _CHECKED]
CardReference = Annotated[str, Field(pattern=r"^(tok|chk)_[A-Za-z0-9_-]{43}$"), _CHECKED]
"""A token of the vault, or a checkout whose card is still to become one."""
Name = Annotated[str, Field(pattern=_NAME), _CHECKED]
"""What another system calls a tenant, merchant or device; a customer by the name of their key (`keys.model`)."""
Code = Annotated[str, Field(pattern=_CODE), _CHECKED]
"""A stable word, for programs."""
Amount = Annotated[int, Field(ge=1, le=MAX_MAJOR * 1000)]
"""In minor units."""
Time = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_written_out), AfterValidator(in_a_year)]
"""With its zone (RFC 3339)."""
Address = Annotated[IPv4Address | IPv6Address, BeforeValidator(_without_zone)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
MAX_REASONS = 32
Risk = Annotated[int, Field(ge=0, le=1000)]
"""Of an assessment, in thousandths."""


def is_code(text: str) -> bool:
    """Whether it is a `Code`."""
    return _fits(_CODE, text)


def is_event_id(text: str) -> bool:
    """Whether it is an `EventId`. What others put into a header is asked before anything is done with it."""
    return _fits(_EVENT_ID, text)


def is_name(text: str) -> bool:
    """Whether it is a `Name`."""
    return _fits(_NAME, text)


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern[1:-1], text) is not None and not holds_card_number(text)


class Event(BaseModel):
    """What all events have in common. `at`: when it happened, aware.

    Raises pydantic's ValidationError, which does not repeat what was given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    type: ClassVar[EventType]
    version: ClassVar[int]

    id: EventId
    tenant: Name
    order: OrderId
    at: Time

    @property
    def key(self) -> str:
        """Events with the same key stay in order."""
        return f"{self.tenant}/{self.order}"


class _Priced(Event):
    amount: Amount
    currency: Currency

    @model_validator(mode="after")
    def _payable(self) -> Self:
        try:
            Money(self.amount, self.currency)
        except InvalidInputError as error:
            raise ValueError(str(error)) from None
        return self

    @property
    def money(self) -> Money:
        """What is paid."""
        return Money(self.amount, self.currency)


class OrderCreated(_Priced):
    """Somebody wants to pay. `source`, `device`: the payer's address and device, where they are known."""

    type = EventType.ORDER_CREATED
    version = 1

    customer: Name
    merchant: Name
    card: CardReference
    source: Address | None = None
    device: Name | None = None


class PaymentTokenized(_Priced):
    """The order has a card in the vault."""

    type = EventType.PAYMENT_TOKENIZED
    version = 1

    customer: Name
    merchant: Name
    token: CardToken
    source: Address | None = None
    device: Name | None = None


class PaymentAuthorized(_Priced):
    """The issuer holds the money, and nothing speaks against the payment."""

    type = EventType.PAYMENT_AUTHORIZED
    version = 1

    payment: PaymentId
    risk: Risk


class PaymentFailed(_Priced):
    """No money. `reason`: why, as `errors` and `gateway.model.Reason` have it."""

    type = EventType.PAYMENT_FAILED
    version = 1

    reason: Code


class PaymentFlagged(_Priced):
    """The issuer holds the money; somebody has to look before it is taken. `risk`: None if it could not be assessed."""

    type = EventType.PAYMENT_FLAGGED
    version = 1

    payment: PaymentId
    recommendation: Code
    risk: Risk | None
    reasons: Annotated[tuple[Code, ...], Field(max_length=MAX_REASONS)] = ()


SCHEMAS: Mapping[tuple[EventType, int], type[Event]] = {
    (schema.type, schema.version): schema
    for schema in (OrderCreated, PaymentTokenized, PaymentAuthorized, PaymentFailed, PaymentFlagged)
}
"""Every version that was ever published."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of an assessment. `recommendation`: approve, monitor, review or block; `risk`: 0 to 1; None: there is no score,
    and whatever is recommended, somebody looks; `reasons`: codes.

    Raises InvalidInputError for anything else: no assessment that cannot be told is one.
    """

    recommendation: str
    risk: float | None
    reasons: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.risk is not None and not 0 <= self.risk <= 1:  # nor is that so of what is no number
            raise InvalidInputError("a risk is 0 to 1", "risk")
        if len(self.reasons) > MAX_REASONS or not all(map(is_code, (self.recommendation, *self.reasons))):
            raise InvalidInputError("reasons are up to 32 codes", "reasons")


class Watch(Protocol):
    """Is told what becomes of events and of those who process them, for whoever counts them."""

    def ended(self, group: str, topic: str, outcome: str) -> None:
        """`outcome`: done, doubled (it had been processed before), retried, or dead."""
        ...

    def part(self, name: str, state: str) -> None:
        """A relay, consumer or sink is running, restarting (it died, and is begun again), failed (it cannot go on and
        somebody has to look), or ended.
        """
        ...


class Unwatched:
    """Implements `Watch`."""

    def ended(self, group: str, topic: str, outcome: str) -> None:
        """Forgets it."""

    def part(self, name: str, state: str) -> None:
        """Forgets it."""


def new_id() -> str:
    """Of an event: 16 random bytes."""
    return f"evt_{secrets.token_urlsafe(16)}"


def new_order_id() -> str:
    """Of an order: 16 random bytes."""
    return f"ord_{secrets.token_urlsafe(16)}"


def encode(event: Event) -> bytes:
    """JSON that fits its schema. Raises InvalidInputError for what does not, however the object came about."""
    data = event.model_dump_json(warnings="none").encode()
    decode(event.type.value, event.version, data)
    return data


def decode(type_: str, version: int, data: bytes) -> Event:
    """Raises InvalidInputError: no such schema, or the data do not fit it."""
    try:
        return SCHEMAS[EventType(type_), version].model_validate_json(data)
    except (ValueError, KeyError):
        raise InvalidInputError("an event does not fit a schema", "event") from None
