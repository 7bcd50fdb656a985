"""No card number, verification code, track or PIN gets through `mask`."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.masking import TRACK_REMOVED, mask, mask_json, mask_path, mask_strictly, tells

VISA = "4111111111111111"
AMEX = "378282246310005"
SHOWN = "411111******1111"

SEPARATORS = [" ", "-", ".", "/", "_", "\t", "  ", " - ", "\u00a0", "\u2009", "\u202f", "\u3000", "\u200b", "\u00ad"]
SEPARATORS += ["\u2010", "\u2013", "\u2014", "\u2212", "\uff0d", "\uff0e", "\u00b7", "\ufeff", "\udca0", "\u2060", "+"]
SEPARATORS += ["%20", "%2D", "%C2%A0", "%A0", "%E2%80%93", "&nbsp;", "&#160;", "&#xA0;", "&ndash;", "&shy;"]
SEPARATORS += ["\\u00a0", "\\u2011", "\\x20", "\\t", "\\n", "\\ ", "'", "</b> <b>", "<wbr>"]
SEPARATORS += [
    '" "',
    '" + "',
    "' . '",
    '" & "',
    '" || "',
    '"\n    "',
    '" +\n "',
    '\\" + \\"',
    '" \\\n "',
    '" f"',
    '" .. "',
]


def luhn_digit(body: str) -> str:
    total = sum(sum(divmod(int(digit) * (2 - i % 2), 10)) for i, digit in enumerate(reversed(body)))
    return str(-total % 10)


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    length = draw(st.integers(12, 19))
    first = draw(
        st.sampled_from(["4", "51", "55", "2221", "2720", "34", "37", "36", "6011", "65", "3528", "62", "50", "9792"])
    )
    body = first + draw(st.text("0123456789", min_size=length - 1 - len(first), max_size=length - 1 - len(first)))
    return body + luhn_digit(body)


SCRIPTS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]
ESCAPES = ["\\u003{}", "\\x3{}", "%3{}", "&#x3{};", "\\u{{3{}}}"]


@st.composite
def written(draw: st.DrawFn) -> str:
    """A card number in any grouping, script and escape."""
    number = draw(card_numbers())
    script, escape = draw(st.sampled_from(SCRIPTS)), draw(st.sampled_from(ESCAPES))
    escaped = draw(st.sets(st.integers(0, 18), max_size=4))
    cuts = draw(st.sets(st.integers(1, len(number) - 1), max_size=8))
    between = st.just(draw(st.sampled_from(SEPARATORS))) if draw(st.booleans()) else st.sampled_from(SEPARATORS)
    parts = []
    for i, digit in enumerate(number):
        parts.append(draw(between) if i in cuts else "")
        parts.append(escape.format(digit) if i in escaped else script[int(digit)])
    return "".join(parts)


words = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=20)


def digits_of(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdecimal())


@settings(deadline=None, max_examples=400)
@given(words, written(), words)
def test_at_most_ten_digits_of_a_number_are_left(before: str, number: str, after: str) -> None:
    masked = mask(before + number + after)
    assert len(digits_of(masked)) <= 10
    assert mask(masked) == masked


@settings(deadline=None)
@given(words, st.lists(written(), min_size=2, max_size=4), st.sampled_from([", ", "\n", " and ", "; ", " ", ""]))
def test_at_most_ten_digits_of_each_of_several(before: str, numbers: list[str], joint: str) -> None:
    masked = mask(before + joint.join(numbers))
    assert max(map(len, re.findall(r"\d+", masked)), default=0) <= 6
    assert len(digits_of(masked)) <= 10 * len(numbers)
    assert mask(masked) == masked


codes = st.text("0123456789", min_size=3, max_size=4)
CODE_FORMS = [
    "cvv={}",
    '"cvc": "{}"',
    'cvv: str = "{}"',
    "<cvv>{}</cvv>",
    "--cvv {}",
    'setCvv("{}")',
    "CVV {}",
    "cvv{}",
]
CODE_FORMS += ["card.cvv2 => '{}'", "cvv%3D{}", '\\"cvv\\":\\"{}\\"', '<input name="cvv" value="{}">', "cvvCode := {}"]
CODE_FORMS += ["[cvv] [{}]", "card_security_code: {}", "cc-csc: {}", "verification_value={}", 'cid = "{}"', "csc={}"]
CODE_FORMS += [
    "CVN_NUMBER='{}'",
    '"cvv":\n  "{}"',
    "cvv = (\n    '{}'\n)",
    "<cvv>\n{}\n</cvv>",
    "cvv is {}",
    "pin = {}",
]
CODE_FORMS += ['userPin: String = "{}"']


@given(words, st.sampled_from(CODE_FORMS), codes)
def test_a_named_code_is_masked_alone(before: str, form: str, code: str) -> None:
    masked = mask(f"{before}\n{form.format(code)}")
    assert code not in masked
    assert mask(masked) == masked


@settings(deadline=None)
@given(
    card_numbers(), codes, st.sampled_from([" ", ",", ";", "|", "\t", ", cvc ", " / ", '", "', ":", " x", "   ", "-"])
)
def test_a_code_beside_a_number_is_masked(number: str, code: str, joint: str) -> None:
    for text in (number + joint + code, code + joint + number, f"{number}{joint}12/28{joint}{code}"):
        masked = mask(text)
        assert not re.search(rf"(?<!\d){code}(?!\d)", masked.replace(number[-4:], "", 1)), masked
        assert mask(masked) == masked


@given(st.text())
def test_idempotent_on_any_text(text: str) -> None:
    assert mask(mask(text)) == mask(text)


PIECES = [*"0123456789 -.,:*\n\"'=", "cvv", "pin", "track2", "%B", "^", SHOWN, "x", "123", "2512101100000"]
numeric = st.lists(st.sampled_from(PIECES)).map("".join)


@settings(max_examples=500)
@given(numeric)
def test_idempotent_on_numeric_text(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (VISA, SHOWN),
        (f"x{VISA}y", f"x{SHOWN}y"),
        ("4111 1111 1111 1111", SHOWN),
        ("3782-822463-10005", "378282*****0005"),
        ('"4111" + "1111" + "1111" + "1111"', f'"{SHOWN}"'),
        ("4111,1111,1111,1111", SHOWN),
        ("4111:1111:1111:1111", SHOWN),
        (f"[{', '.join(VISA)}]", f"[{', '.join('*' * 16)}]"),
        ("&#52;" + VISA[1:], SHOWN),
        ("arn:aws:iam::123456789012:root", "arn:aws:iam::123456**9012:root"),
        ("4111 1111 1111 1111 123", "**** **** **** **** ***"),  # the "last four" would show the code
        (f"{VISA}123", "*" * 19),
        (f"{AMEX} 1234", "*" * 15 + " ****"),
        ("123 " + VISA, "*** " + "*" * 16),
        ("1" * 24, "*" * 24),
        (f"{VISA} line 123, sha256, port 8443", f"{SHOWN} line ***, sha256, port ***"),
        (f"{VISA}\nport 8443", f"{SHOWN}\nport 8443"),
        ("41 11\u00a011-11_1111 1111.11", "** **\u00a0**-**_**** ****.**"),
    ],
)
def test_numbers(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        f"%B{VISA}^DOE/JOHN^2512101100000000000?",
        f";{VISA}=2512101100000000000?",
        f"{VISA}=2512101100000",
        f"{VISA}D2512101100000F",
        f"%25B{VISA}%5EDOE/JOHN%5E2512101100000000000%3F",
        "%B3782 822463 10005^DOE/JOHN^2512101100000000000?",
    ],
)
def test_tracks_are_removed(text: str) -> None:
    masked = mask(f"swiped {text}")
    assert TRACK_REMOVED in masked
    assert digits_of(masked.replace("%25", "").replace("%3F", "")) == ""
    assert "DOE" not in masked
    assert mask(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no digits at all",
        "2026-11-21T10:15:30Z",
        "2026-11-21 to 2026-12-31",
        "listens on 80, 443, 8080 and 8443",
        'ports = ["8080", "8443", "9090"]',
        'cidr_blocks = ["10.0.0.0/16", "10.1.0.0/16", "192.168.100.0/24"]',
        "127.0.0.1:8443",
        "sha256 of cvv",
        "requires cvv of 3 or 4 digits",
        "gpio pin 13",
        "spin = 1234",
        "tracking = 1234",
        "TLS 1.2, AES-256-GCM, RFC 5246",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "d0a1Zm9vYmFyMTIz+/8=",
    ],
)
def test_what_is_no_account_data_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ('pin_block = "0123456789ABCDEF"', 'pin_block = "***"'),
        ("encrypted_pin: 12345678", "encrypted_pin: ***"),
        ("card_pin=123456", "card_pin=***"),
        ("track2 = '12345678'", "track2 = '***'"),
        (f"cvv = {VISA}", f"cvv = {SHOWN}"),
        (f"pin = {VISA}", "pin = " + "*" * 16),
    ],
)
def test_other_sensitive_values(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) == masked


def test_json_is_masked_all_through() -> None:
    value: Any = {
        VISA: {"number": int(VISA), "cvv": 123, "pin": "1234", "cvv_length": 3, "list": [VISA, 1, 2.5, None, True]},
        "share": 0.30000000000000004,
        "name": "a",
        "port": 8443,
    }
    masked = mask_json(value)
    assert masked == {
        SHOWN: {"number": SHOWN, "cvv": "***", "pin": "***", "cvv_length": 3, "list": [SHOWN, 1, 2.5, None, True]},
        "share": 0.30000000000000004,
        "name": "a",
        "port": 8443,
    }
    assert mask_json(masked) == masked


def test_json_keys_that_become_one_are_kept_apart() -> None:
    assert mask_json({VISA: 1, "4111112222221111": 2}) == {SHOWN: 1, f"{SHOWN} #2": 2}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | card_numbers(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6) | card_numbers(), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(json_values)
def test_json_holds_no_number(value: Any) -> None:
    text = json.dumps(mask_json(value), ensure_ascii=False)
    assert not re.search(r"(?<![\d.e+-])\d{12,19}(?![\d.e])", text)


@given(numeric)
def test_lines_stay_lines(text: str) -> None:
    assert mask(text).count("\n") == text.count("\n")


def test_what_is_said_about_a_telling_line_is_masked_strictly() -> None:
    assert [tells(line) for line in ("cvv = x", VISA, f";{VISA}=2512101100000", "x = 8443", "4111 1111", "")] == [
        *(True, True, True),
        *(False, False, False),
    ]
    assert mask_strictly(f"{VISA} is no port 8443 of 12") == f"{SHOWN} is no port *** of 12"


def test_large_texts_take_linear_time() -> None:
    """Not timed: quadratic work on these would not end."""
    for unit in (
        'var a="x",b=123;f(4111111111111111);',
        "cvv=123;",
        "4111 1111 1111 1111, cvv 123\n",
        "1 ",
        "1.5,",
        "%B1",
        "cvv\n",
        "12345678901^",
        "'",
        '"1" + ',
    ):
        mask(unit * (400_000 // len(unit)))


@pytest.mark.parametrize(
    "path",
    [
        "db/migrate/20230115093012_create_orders.rb",
        "V20230115093012__orders.sql",
        "cache/69/6932969296/main.tf",
        "alembic/versions/202301150930_orders.py",
    ],
)
def test_paths_with_times_and_hashes_stay_paths(path: str) -> None:
    assert mask_path(path) == path


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("dump/4111111111111111.txt", "dump/411111******1111.txt"),
        ("4111/1111/1111/1111/a.txt", "411111******1111/a.txt"),
        ("dump/4111-1111-1111-1111", "dump/411111******1111"),
        ("dump/378282246310005.csv", "dump/378282*****0005.csv"),
    ],
)
def test_card_numbers_in_paths_are_masked(path: str, shown: str) -> None:
    assert mask_path(path) == shown


@pytest.mark.parametrize(
    "path", ["x/4111111111111111123", "x/1234111111111111111.txt", "cvv123/a.txt", "x/1%34111111111111111"]
)
def test_what_may_be_a_number_in_a_path_is_masked(path: str) -> None:
    assert mask_path(path) == mask(path) != path
