"""No card number gets past the masks of the logs, and what is none stays readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.cards.redaction import MASK, masked, may_hold_number, without_long_numbers

NUMBERS = ("4111111111111111", "5555555555554444", "378282246310005", "6011111111111117", "3566002020360505")
SEPARATORS = ["", " ", "-", "\u00a0", ".", ",", "/", "_", "  ", " - "]
ZEROS = ["0", "\uff10", "\u0660", "\u0966", "\U0001d7ce"]


@given(
    st.sampled_from(NUMBERS),
    st.sampled_from(ZEROS),
    st.sampled_from(SEPARATORS),
    st.text(max_size=9),
    st.text(max_size=9),
)
def test_no_card_number_stays_in_a_text(number: str, zero: str, between: str, before: str, after: str) -> None:
    written = between.join(chr(ord(zero) + int(digit)) for digit in number)
    text = f"{before}{written}{after}"
    assert may_hold_number(text)
    for mask in (masked, without_long_numbers):
        assert MASK in mask(text)
        assert written not in mask(text)


@pytest.mark.parametrize("form", ["{}123", "{}1226", "7{}", "12 {}", "{} 12/30 737", "1226{}1226"])
@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_with_digits_beside_them(number: str, form: str) -> None:
    assert masked(form.format(number)) == MASK


@pytest.mark.parametrize(
    "text",
    [
        "tok_16570867728950411111111111111111aaaaaaaaaaa",
        "0f8fad5bd9cb469fa16570867728950e",
        "0f8fad5b-1234-4123-8123-165708677289",
        "192.168.100.200",
        "2001:db8:1111:2222:3333:4444:5555:6666",
        "2026-11-22T12:00:00.000000+00:00",
        "order 1234567890 at 2026-11-22, 10:30",
        "token/123456",
        "4111111",
        "411111111111",
        "",
    ],
)
def test_what_is_no_card_number_stays(text: str) -> None:
    assert masked(text) == text


def test_of_texts_of_others_no_long_number_is_left() -> None:
    assert without_long_numbers("order 4111 1111 1111 1112 was 1234567890") == f"order {MASK} was 1234567890"
    assert without_long_numbers("0f8fad5b-1234-4123-8123-165708677289").endswith(MASK)
