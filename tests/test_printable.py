"""What is shown to people cannot steer their terminal; what is written for machines is valid and means the same."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.printable import glyph, json_text, printable, prose, width

ANY = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – 日本 é", "plain – 日本 é"),
        ("\x1b[2J\x07", "\\x1b[2J\\x07"),
        ("a\tb\r\n", "a\\tb\\r\\n"),
        ("user\u202etxt.exe", "user\\u202etxt.exe"),
        ("\u2066\u2069\u200b\ufeff", "\\u2066\\u2069\\u200b\\ufeff"),
        ("\x9b31m", "\\x9b31m"),
        ("\udcff\ud800", "\\udcff\\ud800"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_unprintable_characters_are_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(ANY)
def test_everything_shown_is_printable(text: str) -> None:
    assert printable(text).isprintable()
    assert prose(text).isprintable()
    assert printable(text) == "".join(map(glyph, text))


def test_prose_is_one_paragraph() -> None:
    assert prose("  two\n\n\twords \u2028 here ") == "two words here"


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("\U0001f4b3", 2), ("", 0)])
def test_width_counts_terminal_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@given(ANY)
def test_json_is_printable_and_valid_and_changes_nothing_else(text: str) -> None:
    written = json_text({"key": [text, 1, None, True]})
    assert all(char == "\n" or char.isprintable() for char in written)
    assert written.encode("utf-8").endswith(b"}\n")
    sound = "".join("\ufffd" if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in text)
    assert json.loads(written) == {"key": [sound, 1, None, True]}


def test_json_stays_readable() -> None:
    assert json_text({"é": "日本"}) == '{\n  "é": "日本"\n}\n'
