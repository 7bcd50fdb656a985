"""What is charged, what came of it, and how it fails. The gateway's outcomes, told apart by what is known of the money:

GatewayDeclinedError, GatewayRefusedError           the gateway said no: nothing was done
GatewayUnreachableError, GatewayUntrustedError      nothing was sent
GatewayTimeoutError, GatewayGarbageError            sent, no usable answer: `lookup` tells, sooner or later
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from reference_impl.cards.model import Card, VerificationCode
from reference_impl.errors import ConflictError, DeclinedError, InvalidInputError, UnavailableError
from reference_impl.money import Money

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
_MERCHANT = re.compile(r"[A-Za-z0-9_-]{1,64}")


def checked_key(key: str) -> str:
    """An idempotency key: 16 to 64 URL-safe characters. Raises InvalidInputError."""
    if not _KEY.fullmatch(key):
        raise InvalidInputError("an idempotency key has 16 to 64 letters, digits, - or _", "idempotency_key")
    return key


@dataclass(frozen=True, slots=True)
class Charge:
    """What is to be paid, to whom. `idempotency_key`: the same for every try of this payment, never for another."""

    money: Money
    merchant: str
    idempotency_key: str

    def __post_init__(self) -> None:
        checked_key(self.idempotency_key)
        if not _MERCHANT.fullmatch(self.merchant):
            raise InvalidInputError("a merchant id has 1 to 64 letters, digits, - or _", "merchant")


class Operation(str, Enum):
    """What a gateway does."""

    AUTHORIZE = "authorize"
    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Authorization:
    """The issuer holds the money. `reference`: the gateway's name for it."""

    reference: str
    charge: Charge
    at: datetime


@dataclass(frozen=True, slots=True)
class Settlement:
    """An authorisation captured, voided or refunded. `authorization`: its reference."""

    reference: str
    operation: Operation
    authorization: str
    charge: Charge
    at: datetime


class Gateway(Protocol):
    """A payment gateway, as the rest of the service sees it.

    Every method raises the errors of this module; each operation happens at most once for its idempotency key. Write
    the key down before the call: whoever is interrupted in the middle of it has nothing else to ask with afterwards.
    """

    async def authorize(self, charge: Charge, card: Card, code: VerificationCode | None) -> Authorization:
        """Asks the issuer for the money. `code` is forgotten when this returns or raises (3.3.1)."""
        ...

    async def capture(self, authorization: Authorization, money: Money, idempotency_key: str) -> Settlement:
        """Takes the money, or a part of it. Raises InvalidInputError for more, or for another currency."""
        ...

    async def void(self, authorization: Authorization, idempotency_key: str) -> Settlement:
        """Lets go of the money."""
        ...

    async def refund(self, authorization: Authorization, money: Money, idempotency_key: str) -> Settlement:
        """Gives captured money back, or a part of it. Raises InvalidInputError for more, or for another currency."""
        ...

    async def lookup(self, idempotency_key: str) -> Authorization | Settlement | None:
        """What came of the operation with that key; None: the gateway has not seen it so far."""
        ...


class Reason(str, Enum):
    """Why an issuer declines, in words that may be shown to the payer; all others are "declined"."""

    INSUFFICIENT_FUNDS = "insufficient_funds"
    EXPIRED_CARD = "expired_card"
    INCORRECT_CODE = "incorrect_verification_code"
    DECLINED = "declined"

    @classmethod
    def of(cls, word: str) -> Reason:
        """Reasons that would help somebody who tries stolen cards (lost, stolen, fraud) are not told apart."""
        return cls(word) if word in set(cls) else cls.DECLINED


class GatewayDeclinedError(DeclinedError):
    """The issuer said no; nothing was charged."""

    def __init__(self, reason: Reason) -> None:
        super().__init__("the payment was declined", reason.value)


class GatewayRefusedError(ConflictError):
    """The gateway does not do this: unknown authorisation, already captured, key used for something else."""

    code = "gateway_refused"

    def __init__(self) -> None:
        super().__init__("the gateway refused the operation; nothing was done")


class GatewayUnreachableError(UnavailableError):
    """No connection came about; nothing was sent."""

    code = "gateway_unreachable"

    def __init__(self, message: str = "the gateway does not answer; nothing was sent") -> None:
        super().__init__(message)


class GatewayUntrustedError(GatewayUnreachableError):
    """Whoever answers there does not prove to be the gateway, or speaks no TLS we accept. Somebody has to look."""

    code = "gateway_untrusted"

    def __init__(self) -> None:
        super().__init__("no trusted connection to the gateway; nothing was sent")


class OutcomeUnknownError(UnavailableError):
    """It may have been done. `lookup(idempotency_key)` tells later; another key would risk a second charge."""

    code = "outcome_unknown"

    def __init__(self, idempotency_key: str) -> None:
        super().__init__("the outcome at the gateway is not known; look it up by its idempotency key")
        self.idempotency_key = idempotency_key


class GatewayTimeoutError(OutcomeUnknownError):
    """No answer in time, to the request or to the look-up after it."""


class GatewayGarbageError(OutcomeUnknownError):
    """An answer that is not signed by the gateway, or not an answer to what was asked."""
