"""Card data as a request carries them. What leaves here are secrets: the text a person typed goes no further.

Pydantic's own errors quote what was sent, so they must not leave either: `invalid_input` says what is wrong in our own
words. A field nobody knows is not named: its name may be a card number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from reference_impl.cards.model import Card, CardInput, CardNumber, Expiry, VerificationCode
from reference_impl.errors import InvalidInputError
from reference_impl.secret import Secret

_MAX_TYPED = 64
_MAX_NAME = 64
_OWN_WORDS = "rule"
_WORDS = {
    "missing": "a field is missing",
    "extra_forbidden": "there is a field that is not known here",
    "json_invalid": "this is not JSON",
}
S = TypeVar("S", bound=Secret[str])

STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)
"""For every model of a request: unknown fields are refused, nothing is converted, errors do not print the input."""


def _secret(parse: Callable[[str], S]) -> PlainValidator:
    def check(value: object) -> S:
        if not isinstance(value, str) or len(value) > _MAX_TYPED:
            raise PydanticCustomError(_OWN_WORDS, "this is a short text")
        try:
            return parse(value)
        except InvalidInputError as error:
            raise PydanticCustomError(_OWN_WORDS, str(error)) from None

    return PlainValidator(check)


def parse_holder(text: str) -> Secret[str]:
    """The name as it was typed, to be encoded by whoever shows it. Raises InvalidInputError.

    Digits are refused: a card number in the wrong field would be kept where nobody looks for one.
    """
    name = text.strip()
    if not 1 <= len(name) <= _MAX_NAME or any(unicodedata.category(letter)[0] in "NC" for letter in name):
        raise InvalidInputError("a name has letters, and no digits or control characters", "holder")
    return Secret(name)


def _schema(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "writeOnly": True})


NumberField = Annotated[CardNumber, _secret(CardNumber.parse), _schema("^[0-9 -]{13,64}$")]
CodeField = Annotated[VerificationCode, _secret(VerificationCode.parse), _schema("^[0-9]{3,4}$")]
HolderField = Annotated[Secret[str], _secret(parse_holder), _schema("^[^0-9]{1,64}$")]


class ExpiryBody(BaseModel):
    """`month` 1 to 12, `year` with four digits."""

    model_config = STRICT

    month: int = Field(ge=1, le=12)
    year: int = Field(ge=2000, le=9999)


class CardBody(BaseModel):
    """A card that came in. The number may be typed with spaces and dashes; its length counts without them."""

    model_config = STRICT

    number: NumberField
    expiry: ExpiryBody
    holder: HolderField | None = None
    verification_code: CodeField | None = None

    def card_input(self, today: date) -> CardInput:
        """Raises InvalidInputError if the card has expired."""
        expiry = Expiry.parse(self.expiry.month, self.expiry.year, today)
        return CardInput(Card(self.number, expiry, self.holder), self.verification_code)


def invalid_input(error: ValidationError) -> InvalidInputError:
    """The first thing that is wrong, without a word of what was sent."""
    first: Any = error.errors(include_url=False, include_context=False, include_input=False)[0]
    unknown = first["type"] == "extra_forbidden"
    path = first["loc"][:-1] if unknown else first["loc"]
    words = first["msg"] if first["type"] == _OWN_WORDS else _WORDS.get(first["type"], "this is not valid here")
    return InvalidInputError(words, ".".join(map(str, path)))
