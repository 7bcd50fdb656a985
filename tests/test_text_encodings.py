"""A mark of UTF-16 is believed only where UTF-16 follows: recoded by mistake, a card number could not be masked."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.cards import expand_placeholders
from scanner.text import Source, is_utf16, looks_binary
from tests.command import scan


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_read_as_such(encoding: str) -> None:
    data = "\ufeffpan = 1\n".encode(encoding)
    assert is_utf16(data)
    assert not looks_binary(data)
    assert Source("a", data).text == "pan = 1\n"


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_mark_before_other_text_means_nothing(mark: bytes) -> None:
    data = mark + b"pan = 1\n"
    assert not is_utf16(data)
    assert Source("a", data).text.endswith("pan = 1\n")
    assert is_utf16(mark)


def test_a_number_behind_a_false_mark_is_found_and_masked(tmp_path: Path) -> None:
    number = expand_placeholders("{{pan:visa}}", "mark")
    (tmp_path / "a.txt").write_bytes(b"\xff\xfecard " + number.encode() + b"\n")
    answer = scan(tmp_path)
    assert [policy for policy, _, _ in answer.found()] == ["card_number_in_files"]
    assert number not in answer.out
