"""Profiles and requests as HTTP carries them. Account data are refused wherever people write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from reference_impl.cards.api_model import STRICT
from reference_impl.errors import InvalidInputError
from reference_impl.events.model import CardToken, Code, Name, holds_card_number
from reference_impl.gdpr.model import Extension, Link, Profile, Refusal, Request, RequestKind, RequestState, Standing
from reference_impl.gdpr.requests import Received

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _no_card_number(text: str) -> str:
    if holds_card_number(text):
        raise PydanticCustomError("rule", "this has no card number in it")
    return text


def _written_out(value: object) -> object:
    if value is None or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("a day is written out, as 2026-11-22")


def day(text: str | None) -> date | None:
    """Raises InvalidInputError."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise InvalidInputError("a day is written out, as 2026-11-22", "until") from None


_SAFE = AfterValidator(_no_card_number)
Text = Annotated[str, Field(max_length=200), _SAFE]
Email = Annotated[str, Field(max_length=254, pattern=r"^(?:[^@ ]{1,64}@[^@ ]{1,180})?$"), _SAFE]
Phone = Annotated[str, Field(pattern=r"^[0-9+() .-]{0,32}$"), _SAFE]
Country = Annotated[str, Field(pattern=r"^(?:[A-Z]{2})?$")]
BirthDate = Annotated[str, Field(pattern=r"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?$")]
Day = Annotated[date | None, Field(strict=False), BeforeValidator(_written_out)]
ProcessorCustomer = Annotated[str, Field(pattern=r"^(?:cust_[A-Za-z0-9_-]{22})?$"), _SAFE]


class ProfileBody(BaseModel):
    """`customer`: as you name them in orders; `analytics`: they agreed that their behaviour is evaluated.

    `tokens`, `processor_customer`: cards and the customer at the processor that are theirs, beside those of orders.
    """

    model_config = STRICT

    customer: Name
    name: Text = ""
    email: Email = ""
    phone: Phone = ""
    address: Text = ""
    country: Country = ""
    birth_date: BirthDate = ""
    analytics: bool = False
    tokens: Annotated[list[CardToken], Field(max_length=20)] = []
    processor_customer: ProcessorCustomer = ""

    @property
    def profile(self) -> Profile:
        """What is sealed."""
        return Profile(**{name: getattr(self, name) for name in Profile._fields})


class CreatedView(BaseModel):
    """`id`: what this service calls it."""

    id: str


class ProfileView(BaseModel):
    """A profile, and what the person agreed to."""

    id: str
    customer: str
    name: str
    email: str
    phone: str
    address: str
    country: str
    birth_date: str
    consented_at: datetime | None
    objected_at: datetime | None

    @classmethod
    def of(cls, subject: str, found: tuple[str, Profile, Standing]) -> ProfileView:
        """Of one that is stored."""
        customer, profile, stands = found
        agreed: dict[str, Any] = {"consented_at": stands.consented_at, "objected_at": stands.objected_at}
        return cls(id=subject, customer=customer, **profile._asdict(), **agreed)


class ConsentBody(BaseModel):
    """To analytics."""

    model_config = STRICT

    analytics: bool


class BehaviourBody(BaseModel):
    """What somebody did: `kind`, as `product.viewed`, and some details."""

    model_config = STRICT

    kind: Code
    details: Annotated[dict[Code, Text], Field(max_length=20)] = {}


class FiguresView(BaseModel):
    """How often people who agreed did something; nothing that fewer than five of them did."""

    kinds: Mapping[str, int]


class ValuesBody(BaseModel):
    """New values; what is missing stays."""

    model_config = STRICT

    name: Text | None = None
    email: Email | None = None
    phone: Phone | None = None
    address: Text | None = None
    country: Country | None = None
    birth_date: BirthDate | None = None


class RequestBody(BaseModel):
    """`values`: of a rectification; `lift`: ends a restriction or an objection; `received_on`: if it was earlier."""

    model_config = STRICT

    kind: Annotated[RequestKind, Field(strict=False)]
    customer: Name
    values: ValuesBody | None = None
    lift: bool = False
    received_on: Day = None

    @property
    def new_values(self) -> dict[str, str]:
        """Those that are given."""
        return {} if self.values is None else self.values.model_dump(exclude_none=True)


class RequestView(BaseModel):
    """Where a request stands; `outcome`: what was done, or why nothing."""

    id: str
    kind: RequestKind
    state: RequestState
    received_on: date
    due_on: date
    extended_because: str | None
    closed_at: datetime | None
    outcome: dict[str, Any]

    @classmethod
    def of(cls, request: Request) -> RequestView:
        """Of one that is stored."""
        fields = {name: getattr(request, name) for name in cls.model_fields if name != "outcome"}
        return cls(**fields, outcome=dict(request.outcome))


class ReceivedView(BaseModel):
    """`proof`: the code that proves identity. Send it to an address that was the person's before, show it nobody."""

    id: str
    due_on: date
    proof: str

    @classmethod
    def of(cls, received: Received) -> ReceivedView:
        """Of one that was stored a moment ago."""
        return cls(id=received.request.id, due_on=received.request.due_on, proof=received.proof)


class RequestsView(BaseModel):
    """Open ones, the most urgent first."""

    requests: Sequence[RequestView]


class DueQuery(BaseModel):
    """`until`: a day; None is any."""

    model_config = STRICT

    until: Annotated[str | None, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] = None


class LinkQuery(BaseModel):
    """What a link to an export says."""

    model_config = STRICT

    link: Annotated[str, Field(min_length=1, max_length=1024)]


class IdentityBody(BaseModel):
    """The code that the person has received."""

    model_config = STRICT

    proof: str = Field(pattern=r"^[A-Za-z0-9_-]{22}$", json_schema_extra={"writeOnly": True})


class ExtensionBody(BaseModel):
    """Why it takes longer."""

    model_config = STRICT

    because: Annotated[Extension, Field(strict=False)]


class RefusalBody(BaseModel):
    """Why nothing is done."""

    model_config = STRICT

    because: Annotated[Refusal, Field(strict=False)]


class LinkView(BaseModel):
    """`key`: opens what the link leads to (JWE, A256GCM; base64url), and is shown this once: send it another way."""

    link: str
    key: str
    expires_at: datetime

    @classmethod
    def of(cls, link: Link) -> LinkView:
        """Of one that was made a moment ago."""
        return cls(**link._asdict())


class FulfilledView(BaseModel):
    """What became of it; `export`: of access and portability."""

    request: RequestView
    export: LinkView | None
