"""Card data as requests carry them: what is accepted, what is refused, and that nothing of it is repeated."""

from __future__ import annotations

import logging
import pickle
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from reference_impl.cards.api_model import CardBody, invalid_input
from reference_impl.cards.model import CardNumber, luhn_valid
from reference_impl.errors import InvalidInputError

TODAY = date(2026, 11, 22)
CARD: dict[str, Any] = {
    "number": "4111 1111 1111 1111",
    "expiry": {"month": 12, "year": 2030},
    "holder": "Ada Lovelace",
    "verification_code": "737",
}


def refusal(**changes: Any) -> InvalidInputError:
    with pytest.raises(ValidationError) as caught:
        CardBody.model_validate(CARD | changes)
    return invalid_input(caught.value)


def test_a_card_becomes_secrets() -> None:
    body = CardBody.model_validate(CARD)
    card = body.card_input(TODAY)
    assert card.card.number.reveal() == "4111111111111111"
    assert card.code is not None and card.code.reveal() == "737"
    assert card.card.holder is not None and card.card.holder.reveal() == "Ada Lovelace"
    for shown in (repr(body), str(body), repr(card), f"{card}"):
        assert "4111" not in shown and "737" not in shown and "Ada" not in shown and "2030" not in repr(card)


def test_a_card_is_not_serialised() -> None:
    body = CardBody.model_validate(CARD)
    with pytest.raises(PydanticSerializationError):
        body.model_dump_json()
    with pytest.raises(TypeError):
        pickle.dumps(body)
    with pytest.raises(TypeError):
        _ = body == CardBody.model_validate(CARD)


@pytest.mark.parametrize("typed", ["4111-1111-1111-1111", "4111 1111 1111 1111", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"])
def test_the_length_counts_after_cleaning(typed: str) -> None:
    assert CardBody.model_validate(CARD | {"number": typed}).number.last_four == "1111"


@pytest.mark.parametrize(
    "number",
    [
        "4111111111111112",  # check digit
        "".join(chr(0xFF10 + int(digit)) for digit in "4111111111111111"),  # full-width digits
        "٤" + "111111111111111",
        "4¹11111111111111",  # superscript: isdigit() says yes
        "4111111111111111\n",
        " " * 16,
        "411111111111",
        "4111 1111 1111 1111 1111",
        "4" * 65,
        4111111111111111,
        None,
        ["4111111111111111"],
    ],
)
def test_no_card_number(number: object) -> None:
    assert refusal(number=number).field == "number"


@given(st.text(max_size=70))
def test_only_ascii_digits_with_a_valid_check_digit_pass(text: str) -> None:
    """Luhn the right way round: what passes is valid, and what is valid passes."""
    digits = text.replace(" ", "").replace("-", "")
    valid = digits.isascii() and digits.isdecimal() and 13 <= len(digits) <= 19 and luhn_valid(digits)
    try:
        CardNumber.parse(text)
        assert valid
    except InvalidInputError:
        assert not valid


@given(st.integers(10**11, 10**18 - 1).map(str), st.integers(1, 9))
def test_one_wrong_digit_is_found(start: str, change: int) -> None:
    number = next(start + last for last in "0123456789" if luhn_valid(start + last))
    wrong = number[:-1] + str((int(number[-1]) + change) % 10)
    assert CardNumber.parse(number.rjust(13, "0")).last_four == number[-4:]
    with pytest.raises(InvalidInputError):
        CardNumber.parse(wrong.rjust(13, "0"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"verification_code": "73"}, "verification_code"),
        ({"verification_code": "７３７"}, "verification_code"),
        ({"verification_code": "737\n"}, "verification_code"),
        ({"verification_code": 737}, "verification_code"),
        ({"expiry": {"month": 13, "year": 2030}}, "expiry.month"),
        ({"expiry": {"month": "12", "year": 2030}}, "expiry.month"),
        ({"expiry": {"month": 12, "year": 30}}, "expiry.year"),
        ({"expiry": {"month": 12}}, "expiry.year"),
        ({"holder": "4111 1111 1111 1111"}, "holder"),
        ({"holder": "a\x00b"}, "holder"),
        ({"holder": ""}, "holder"),
        ({"track2": ";4111111111111111=30121010000000000000?"}, ""),
        ({"4111111111111111": "737"}, ""),
    ],
)
def test_refused_without_a_word_of_what_was_sent(
    changes: dict[str, Any], field: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error = refusal(**changes)
    assert error.field == field
    shown = repr(error) + str(error) + error.field + caplog.text
    assert not any(str(value) in shown for value in (*CARD.values(), *changes.values(), "4111111111111111") if value)


def test_names_are_kept_as_they_were_typed() -> None:
    """Nothing is stripped or escaped on the way in: whoever shows it encodes it."""
    body = CardBody.model_validate(CARD | {"holder": "O'Brien <Zoë> & 李"})
    assert body.holder is not None and body.holder.reveal() == "O'Brien <Zoë> & 李"


def test_a_card_that_has_expired() -> None:
    body = CardBody.model_validate(CARD | {"expiry": {"month": 10, "year": 2026}})
    with pytest.raises(InvalidInputError, match="expired"):
        body.card_input(TODAY)
