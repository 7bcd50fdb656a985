"""Line hashes must be CodeQL's, bit for bit; the published expectations of github/codeql-action say what those are."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanner.line_hash import hashes_of_lines

GREETINGS = [
    "e9496ae3ebfced30:1",
    "fb7c023a8b9ccb3f:1",
    "ce8ba1a563dcdaca:1",
    "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1",
    "c8e28b0b4002a3a0:1",
    "c129715d7a2bc9a3:1",
]
TEXTS = st.text(st.characters(exclude_categories=()) | st.sampled_from(" \t\r\n\nab\U0001f4b3"))


def line_hashes(text: str) -> list[str]:
    """Those of all lines."""
    return list(hashes_of_lines(text, range(1, len(text) + 2)).values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        ),
        (
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
            [
                "8b7cf3e952e7aeb2:1",
                "b1ae1287ec4718d9:1",
                "bff680108adb0fcc:1",
                "c6805c5e1288b612:1",
                "b86d3392aea1be30:1",
                "e6ceba753e1a442:1",
            ],
        ),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS),
        (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS),
        (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS),
        (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETINGS),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            [
                *(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)),
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1",
            ],
        ),
        (
            "x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n",
            [
                "e54938cc54b302f1:1",
                "bb609acbe9138d60:1",
                "1131fd5871777f34:1",
                "5c482a0f8b35ea28:1",
                "54517377da7028d2:1",
                "2c644846cb18d53e:1",
                "f1b89f20de0d133:1",
                "c129715d7a2bc9a3:1",
            ],
        ),
    ],
)
def test_published_expectations(text: str, expected: list[str]) -> None:
    assert line_hashes(text) == expected


def naive(text: str) -> list[str]:
    """The definition, read off the module's docstring and computed the slow way."""
    data = text.encode("utf-16-le", errors="surrogatepass")
    units = [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]
    kept: list[int] = []
    starts, after_return = [0], False
    for unit in units:
        if unit in (0x20, 0x09) or (unit == 0x0A and after_return):
            after_return = False
            continue
        after_return = unit == 0x0D
        kept.append(0x0A if after_return else unit)
        if kept[-1] == 0x0A:
            starts.append(len(kept))
    kept += [0xFFFF, *[0] * 100]
    seen: dict[int, int] = {}
    hashes = []
    for start in starts:
        value = 0
        for unit in kept[start : start + 100]:
            value = (value * 37 + unit) % 2**64
        seen[value] = seen.get(value, 0) + 1
        hashes.append(f"{value:x}:{seen[value]}")
    return hashes


@given(TEXTS.map(lambda text: re.sub("[\ud800-\udfff]", "", text)))
@example("x\r \n\r\n\ty\U0001f4b3" + "z" * 120 + "\n\n")
def test_agrees_with_the_definition(text: str) -> None:
    assert line_hashes(text) == naive(text)


@given(TEXTS, st.sets(st.integers(-3, 30)))
def test_some_lines_get_what_all_lines_get(text: str, lines: set[int]) -> None:
    everything = line_hashes(text)
    wanted = {line: everything[line - 1] for line in lines if 1 <= line <= len(everything)}
    assert hashes_of_lines(text, lines) == wanted


def test_blanks_do_not_count_and_the_hundredth_character_is_the_last() -> None:
    line = "a" * 100
    assert line_hashes(line) == line_hashes(" a\t" + "a " * 99 + "  and more")
    assert line_hashes(line[:-1] + "b") != line_hashes(line)


def test_bytes_that_are_no_text_count_as_replacement_characters() -> None:
    data = b"caf\xe9 \xe2\x82 = 1\n\xff"
    assert line_hashes(data.decode("utf-8", "surrogateescape")) == line_hashes(data.decode("utf-8", "replace"))
    assert line_hashes("\ud800") == line_hashes("\ufffd")
