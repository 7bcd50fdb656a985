"""Check digits, issuers, published test numbers and generated ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scanner import cards
from scanner.cards import Cards, grouped, load, luhn_digit, luhn_valid, masked
from scanner.errors import RuleError

FOLDER = Path(__file__).parents[1] / "rules" / "cards"
ISSUERS, TEST_CARDS = ((FOLDER / f"{name}.yaml").read_text("utf-8") for name in ("issuers", "test_cards"))
CARDS = load(ISSUERS, TEST_CARDS)


def number(prefix: str, length: int) -> str:
    """A number of that length: prefix, sevens and threes, check digit."""
    body = (prefix + "73" * 10)[: length - 1]
    return body + luhn_digit(body)


@pytest.mark.parametrize(
    "digits", ["4111111111111111", "378282246310005", "30569309025904", "4222222222222", "0", "18"]
)
def test_luhn_knows_good_numbers(digits: str) -> None:
    assert luhn_valid(digits)


@given(st.text("0123456789", min_size=1, max_size=18))
def test_luhn_digit_is_the_only_one_that_fits(body: str) -> None:
    assert [digit for digit in "0123456789" if luhn_valid(body + digit)] == [luhn_digit(body)]


@given(st.text("0123456789", min_size=2, max_size=18), st.data())
def test_luhn_sees_every_single_wrong_digit(body: str, data: st.DataObject) -> None:
    digits = body + luhn_digit(body)
    at = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from("0123456789".replace(digits[at], "")))
    assert not luhn_valid(digits[:at] + wrong + digits[at + 1 :])


@pytest.mark.parametrize(
    ("prefix", "length", "brand"),
    [
        ("4", 16, "visa"),
        ("4", 13, "visa"),
        ("4", 19, "visa"),
        ("4", 15, None),
        ("51", 16, "mastercard"),
        ("55", 16, "mastercard"),
        ("56", 16, None),
        ("2221", 16, "mastercard"),
        ("2720", 16, "mastercard"),
        ("2220", 16, None),
        ("2721", 16, None),
        ("34", 15, "amex"),
        ("37", 15, "amex"),
        ("37", 16, None),
        ("6011", 16, "discover"),
        ("644", 16, "discover"),
        ("643", 16, None),
        ("65", 19, "discover"),
        ("300", 14, "diners"),
        ("305", 14, "diners"),
        ("306", 14, None),
        ("36", 14, "diners"),
        ("3528", 16, "jcb"),
        ("3589", 16, "jcb"),
        ("3590", 16, None),
        ("62", 16, "unionpay"),
        ("62", 19, "unionpay"),
        ("6759", 13, "maestro"),
        ("5018", 19, "maestro"),
        ("401178", 16, "elo"),
        ("509123", 16, "elo"),
        ("606282", 16, "hipercard"),
        ("2200", 16, "mir"),
        ("2204", 19, "mir"),
        ("2205", 16, None),
        ("508512", 16, "rupay"),
        ("652155", 16, "rupay"),
        ("506100", 18, "verve"),
        ("9792", 16, "troy"),
        ("1", 16, None),
        ("0", 16, None),
        ("7", 16, None),
    ],
)
def test_brand(prefix: str, length: int, brand: str | None) -> None:
    assert CARDS.brand(number(prefix, length)) == brand


def test_brand_of_nothing() -> None:
    assert CARDS.brand("") is None


def test_published_test_numbers() -> None:
    assert CARDS.is_test_card("4242424242424242")
    assert CARDS.processors("4242424242424242") == ("checkout_com", "stripe")
    assert "adyen" in CARDS.processors("4111111111111111")
    assert not CARDS.is_test_card(number("4", 16))
    assert CARDS.processors(number("4", 16)) == ()


def test_nearly_every_test_number_is_one_of_a_brand() -> None:
    numbers = yaml.safe_load(TEST_CARDS)["cards"]
    assert len(numbers) > 200
    unknown = [digits for digits in numbers if CARDS.brand(digits) is None]
    assert len(unknown) <= 2  # schemes that are no more: Bankcard and Solo


@pytest.mark.parametrize("brand", CARDS.brands)
@pytest.mark.parametrize("seed", ["", "a", "b:1"])
def test_generated_numbers_pass_and_are_nobodys_test_number(brand: str, seed: str) -> None:
    digits = CARDS.generate(brand, seed)
    assert luhn_valid(digits)
    assert CARDS.brand(digits) == brand
    assert len(digits) == CARDS.brands[brand].lengths[0]
    assert not CARDS.is_test_card(digits)
    assert digits == load(ISSUERS, TEST_CARDS).generate(brand, seed)


def test_seeds_and_brands_differ() -> None:
    made = {CARDS.generate(brand, str(seed)) for brand in ("visa", "amex") for seed in range(50)}
    assert len(made) == 100


def test_generate_wants_a_known_brand() -> None:
    with pytest.raises(RuleError, match="'visas'"):
        CARDS.generate("visas", "")


def test_placeholders() -> None:
    text = CARDS.expand_placeholders(
        "a={{pan:visa}} b={{pan:visa}} c={{pan:visa:2}} d={{ pan:amex:1:- }} e={{pan:visa:1: }}", "s"
    )
    found = dict(part.split("=") for part in text.replace(" ", "\n", 4).split("\n"))
    assert found["a"] == found["b"] != found["c"]
    assert [len(part) for part in found["d"].split("-")] == [4, 6, 5]
    assert found["e"].replace(" ", "") == found["a"]
    assert CARDS.expand_placeholders("{{pan:visa}}", "t") != found["a"]


def test_placeholders_leave_other_braces_alone() -> None:
    assert CARDS.expand_placeholders("{{ value }} {{pan}} {pan:visa}", "s") == "{{ value }} {{pan}} {pan:visa}"
    with pytest.raises(RuleError, match="'nope'"):
        CARDS.expand_placeholders("{{pan:nope}}", "s")


def test_placeholders_with_the_bundled_data() -> None:
    assert cards.expand_placeholders("x {{pan:visa}}", "s") == CARDS.expand_placeholders("x {{pan:visa}}", "s")
    assert cards.expand_placeholders("none", "s") == "none"


@pytest.mark.parametrize(
    ("length", "sizes"),
    [(13, [4, 4, 4, 1]), (14, [4, 6, 4]), (15, [4, 6, 5]), (16, [4] * 4), (17, [4, 4, 4, 4, 1]), (19, [4, 4, 4, 4, 3])],
)
def test_groups(length: int, sizes: list[int]) -> None:
    assert [len(group) for group in grouped("4" * length, " ").split(" ")] == sizes


def test_masked_shows_ten_digits() -> None:
    assert masked("4111111111111111") == "411111******1111"
    assert masked("378282246310005") == "378282*****0005"


def issuers(**changes: Any) -> str:
    brand = {"id": "visa", "name": "Visa", "lengths": [16], "ranges": ["4"], **changes}
    return json.dumps({"version": 1, "brands": [brand]})


def published(cards: Any) -> str:
    return json.dumps({"version": 1, "cards": cards})


@pytest.mark.parametrize(
    ("issuer_text", "test_text"),
    [
        ("[", published({})),
        ("[]", published({})),
        ("version: 2\nbrands: []", published({})),
        ("version: 1\nbrands: {}", published({})),
        (issuers(colour="blue"), published({})),
        (issuers(ranges=[]), published({})),
        (issuers(ranges=["5-4"]), published({})),
        (issuers(ranges=["51-555"]), published({})),
        (issuers(ranges=["x"]), published({})),
        (issuers(ranges=[51]), published({})),
        (issuers(lengths=[11]), published({})),
        (issuers(lengths=["16"]), published({})),
        (issuers(), "version: 1\ncards: []"),
        (issuers(), "version: 1\ncards: {4111111111111111: [adyen]}"),
        (issuers(), published({"4111111111111112": ["adyen"]})),
        (issuers(), published({"4111111111111111": []})),
        (issuers(), published({"4111111111111111": "adyen"})),
    ],
)
def test_load_refuses_without_quoting_a_number(issuer_text: str, test_text: str) -> None:
    with pytest.raises(RuleError, match="cards") as caught:
        load(issuer_text, test_text)
    assert "41111111" not in str(caught.value)


def test_data_as_the_catalogue_keeps_it() -> None:
    data = {"issuers": yaml.safe_load(ISSUERS), "test_cards": yaml.safe_load(TEST_CARDS)}
    assert Cards(json.loads(json.dumps(data))).brand("4111111111111111") == "visa"
