"""Payments, and what they need from other parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from reference_impl.auth.model import Caller
from reference_impl.cards.model import Card, VerificationCode
from reference_impl.errors import InvalidInputError
from reference_impl.gateway.model import Authorization, Charge, Settlement
from reference_impl.money import Money
from reference_impl.vault.model import Purpose

PURPOSE = Purpose.PAYMENT_PROCESSING
"""What a card is taken out of the vault for."""

_TOKEN = re.compile(r"tok_[A-Za-z0-9_-]{43}")


class PaymentState(str, Enum):
    """STARTED: somebody is at it, or was when it died. UNKNOWN: the gateway was asked and did not answer."""

    STARTED = "started"
    UNKNOWN = "unknown"
    AUTHORIZED = "authorized"
    DECLINED = "declined"


SETTLED = frozenset({PaymentState.AUTHORIZED, PaymentState.DECLINED})


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a tenant, as it is stored. `attempt`: how often the gateway may have been asked."""

    tenant: str
    id: str
    idempotency_key: str
    request_digest: str
    state: PaymentState
    money: Money
    token: str
    authorization_id: str | None
    decline_code: str | None
    attempt: int
    created_at: datetime
    updated_at: datetime


class CardSource(Protocol):
    """The vault, as payments see it."""

    async def charge_card(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        """Audited before it returns. Raises NotFoundError, ForbiddenError, UnavailableError, IntegrityError."""
        ...


class Gateway(Protocol):
    """The way to the card's issuer. Both raise DeclinedError when the issuer said no.

    Any other ServiceError leaves it open whether the card was charged.
    """

    async def authorize(self, charge: Charge, card: Card, code: VerificationCode | None) -> Authorization:
        """Once for each idempotency key, however often it is called."""
        ...

    async def lookup(self, idempotency_key: str) -> Authorization | Settlement | None:
        """What became of it; None if nothing was ever asked under this key."""
        ...


class Failures(Protocol):
    """Whoever counts payments that failed; see `fraud.velocity.model.Windows`."""

    async def fail(self, tenant: str, payment: str, /) -> None:
        """`payment`: as the tenant names it. Raises UnavailableError."""
        ...


def checked_token(text: str) -> str:
    """Raises InvalidInputError."""
    if not _TOKEN.fullmatch(text):
        raise InvalidInputError("a token is tok_ and 43 letters, digits, - or _", "token")
    return text
