"""Payments, and what they need from other parts."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from reference_impl.auth.model import Caller
from reference_impl.cards.model import Card, CardNumber, VerificationCode
from reference_impl.errors import InvalidInputError
from reference_impl.gateway.model import Authorization, Charge, Settlement
from reference_impl.money import Money
from reference_impl.vault.model import Purpose

PURPOSE = Purpose.PAYMENT_PROCESSING
"""What a card is taken out of the vault for."""

_KEY = re.compile(r"[A-Za-z0-9._:-]{8,64}")
_LONG_NUMBER = re.compile(r"[0-9]{13}")
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


def checked_key(text: str) -> str:
    """An idempotency key, which is stored in clear. Raises InvalidInputError, also for what may be a card number."""
    if not _KEY.fullmatch(text) or _LONG_NUMBER.search(text) or _is_card_number(text):
        raise InvalidInputError(
            "an idempotency key has 8 to 64 letters, digits or .:_- and no long number", "idempotency_key"
        )
    return text


def checked_token(text: str) -> str:
    """Raises InvalidInputError."""
    if not _TOKEN.fullmatch(text):
        raise InvalidInputError("a token is tok_ and 43 letters, digits, - or _", "token")
    return text


def request_digest(token: str, money: Money) -> str:
    """What must be the same under the same key. The verification code is left out: a digest of one gives it away."""
    return hashlib.sha256(json.dumps([token, money.amount, money.currency]).encode()).hexdigest()


def _is_card_number(text: str) -> bool:
    try:
        CardNumber.parse(re.sub(r"[._:]", "-", text))
    except InvalidInputError:
        return False
    return True
