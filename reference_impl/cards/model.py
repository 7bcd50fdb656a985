"""Card numbers, expiry dates and verification codes: checked when they come in, secret from then on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from reference_impl.errors import ConflictError, InvalidInputError
from reference_impl.secret import Secret

_SEPARATORS = re.compile(r"[ -]")
_DIGITS = re.compile(r"[0-9]+")
_BRANDS = re.compile(
    "(?P<visa>4)"
    "|(?P<mastercard>5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)"
    "|(?P<amex>3[47])"
    "|(?P<discover>6011|65|64[4-9]|622)"
    "|(?P<jcb>35(?:2[89]|[3-8]))"
    "|(?P<diners>3(?:0[0-5]|[689]))"
    "|(?P<unionpay>62|81)"
    "|(?P<maestro>5[06-9]|6)"
)


def luhn_valid(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = ord(digit) - 48
        if place % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


class CardNumber(Secret[str]):
    """A primary account number: 13 to 19 ASCII digits with a valid check digit."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, field: str = "number") -> CardNumber:
        """Of what a person typed; spaces and dashes between digits are no part of it. Raises InvalidInputError."""
        digits = _SEPARATORS.sub("", text)
        if not _DIGITS.fullmatch(digits) or not 13 <= len(digits) <= 19:
            raise InvalidInputError("a card number has 13 to 19 digits", field)
        if not luhn_valid(digits):
            raise InvalidInputError("the check digit of the card number is wrong", field)
        return cls(digits)

    @property
    def last_four(self) -> str:
        """What may be shown to anybody (3.4.1)."""
        return self._value[-4:]

    @property
    def brand(self) -> str:
        """The card scheme by its number range, "unknown" for others."""
        start = _BRANDS.match(self._value)
        return str(start.lastgroup) if start else "unknown"


class VerificationCode(Secret[str]):
    """A card verification code: sensitive authentication data, gone once the payment is authorised (3.3.1.2)."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, field: str = "verification_code") -> VerificationCode:
        """Raises InvalidInputError."""
        if not re.fullmatch(r"[0-9]{3,4}", text):
            raise InvalidInputError("a verification code has three or four digits", field)
        return cls(text)

    def reveal(self) -> str:
        """The code. Raises ConflictError once it was forgotten."""
        if not self._value:
            raise ConflictError("the verification code has served its one authorisation")
        return self._value

    def forget(self) -> None:
        """Lets go of the code, whoever else still holds this object. Python does not overwrite what lay in memory."""
        self._value = ""


@dataclass(frozen=True, slots=True)
class Expiry:
    """The month after whose last day a card is no longer valid. Cardholder data beside a PAN: stored encrypted."""

    month: int
    year: int

    @classmethod
    def parse(cls, month: int, year: int, today: date, field: str = "expiry") -> Expiry:
        """Raises InvalidInputError for a month that does not exist, one that is past and one twenty years ahead."""
        if not 1 <= month <= 12:
            raise InvalidInputError("a month is 1 to 12", f"{field}.month")
        if not today.year <= year <= today.year + 20:
            raise InvalidInputError("the year has four digits and is at most twenty years ahead", f"{field}.year")
        if (year, month) < (today.year, today.month):
            raise InvalidInputError("the card has expired", field)
        return cls(month, year)

    def __repr__(self) -> str:
        return "Expiry(…)"


@dataclass(frozen=True, slots=True)
class Card:
    """What may be kept of a card, encrypted: no verification code has a place in it."""

    number: CardNumber
    expiry: Expiry
    holder: Secret[str] | None = None


@dataclass(frozen=True, slots=True)
class CardInput:
    """A card as its holder gave it, with the verification code until the payment is authorised: never stored whole."""

    card: Card
    code: VerificationCode | None = None
