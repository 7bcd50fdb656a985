"""Requests of people, profiles, and what they need from other parts."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple, Protocol

from reference_impl.errors import ConflictError, ForbiddenError, ServiceError

_LONG = "(?!.*[0-9](?:[_-]?[0-9]){12})"
_REQUEST, _EXPORT = (re.compile(rf"{kind}_{_LONG}[A-Za-z0-9_-]{{22}}") for kind in ("prq", "pex"))
EXPORT = "/v1/privacy/export"
"""The route of what links lead to."""
TOKEN, PROCESSOR_CUSTOMER = "token", "processor_customer"
"""Of links between a person and what the vault or the processor has of them."""


class RequestKind(str, Enum):
    """What a person may ask for: Art. 15, 20, 16, 17, 18 and 21."""

    ACCESS = "access"
    PORTABILITY = "portability"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"


class RequestState(str, Enum):
    """RECEIVED: nobody knows yet who asks; VERIFIED: it is the person; RUNNING: an erasure that goes on until it has
    ended; FULFILLED and REFUSED are outcomes.
    """

    RECEIVED = "received"
    VERIFIED = "verified"
    RUNNING = "running"
    FULFILLED = "fulfilled"
    REFUSED = "refused"


OPEN = (RequestState.RECEIVED, RequestState.VERIFIED, RequestState.RUNNING)


class Extension(str, Enum):
    """Why a request takes longer (Art. 12(3))."""

    COMPLEX = "complex"
    MANY_REQUESTS = "many_requests"


class Refusal(str, Enum):
    """Why nothing is done (Art. 12(2), 12(5)). ERASED: the person was, since."""

    NOT_IDENTIFIED = "not_identified"
    MANIFESTLY_UNFOUNDED = "manifestly_unfounded"
    EXCESSIVE = "excessive"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Request:
    """As it is stored. `received_on`, `due_on`: days in UTC; `sealed`: values it brought, under the person's key;
    `outcome`: what was done, without personal data; `proof_digest`: of the code that proves identity.
    """

    tenant: str
    id: str
    subject: str
    kind: RequestKind
    state: RequestState
    received_on: date
    due_on: date
    opened_by: str
    proof_digest: str
    sealed: bytes
    extended_because: str | None = None
    verified_by: str | None = None
    attempts: int = 0
    outcome: Mapping[str, Any] = field(default_factory=dict)
    closed_at: datetime | None = None


class Profile(NamedTuple):
    """What is known of a person. Empty: not known."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    country: str = ""
    birth_date: str = ""


PROFILE_FIELDS = frozenset(Profile._fields)


class Standing(NamedTuple):
    """What a person agreed to, objected to and had restricted, each since when; None: did not."""

    consented_at: datetime | None = None
    objected_at: datetime | None = None
    restricted_at: datetime | None = None

    @property
    def evaluable(self) -> bool:
        """Whether their behaviour may be recorded and evaluated: consent is the only basis for it."""
        return self.consented_at is not None and self.objected_at is None and self.restricted_at is None


class Link(NamedTuple):
    """To where a person's link for an export leads. `key`: opens it; shown once."""

    link: str
    key: str
    expires_at: datetime


class NotIdentifiedError(ForbiddenError):
    """A request whose identity was not proven is not carried out (Art. 12(6))."""

    code = "identity_not_verified"

    def __init__(self, message: str = "the identity of who asks was not proven; see /identity") -> None:
        super().__init__(message)


class RestrictedError(ConflictError):
    """Processing is restricted (Art. 18), objected to (Art. 21), or nobody agreed to it (Art. 6(1)(a))."""

    code = "processing_restricted"


class GoneError(ServiceError):
    """It was there, and its time is over."""

    status = 410
    code = "gone"


class Tokens(Protocol):
    """The vault, as links to cards need it."""

    async def describe(self, caller: Any, token: str) -> object:
        """Raises NotFoundError for what is not this tenant's."""
        ...


class Counts(Protocol):
    """Whoever counts payments by customer, card and device."""

    async def forget(
        self, tenant: str, customers: Collection[str], cards: Collection[str], devices: Collection[str]
    ) -> None:
        """Nothing of them is counted any more. Again is fine. Raises UnavailableError."""
        ...


def new_request_id() -> str:
    """`prq_` and 16 random bytes."""
    return _new("prq", _REQUEST)


def new_export_id() -> str:
    """`pex_` and 16 random bytes."""
    return _new("pex", _EXPORT)


def is_request_id(text: str) -> bool:
    """Whether it has the form of one; what has not may be a card number, and is neither looked up nor recorded."""
    return _REQUEST.fullmatch(text) is not None


def _new(kind: str, form: re.Pattern[str]) -> str:
    while not form.fullmatch(made := f"{kind}_{secrets.token_urlsafe(16)}"):
        pass
    return made
