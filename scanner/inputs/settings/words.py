"""Lines of words, as redis.conf has them: a directive and its arguments, which may stand in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scanner.inputs.settings.entries import Range, Text

_WORD = re.compile(r"\"((?:[^\"\\]|\\.)*)\"(?=[ \t]|$)|'((?:[^'\\]|\\')*)'(?=[ \t]|$)|([^ \t]+)")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|(.))")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "a": "\a"}


class Words(NamedTuple):
    """One directive: the words after it with where they are written, quotes included."""

    name: str
    name_at: Range
    arguments: tuple[tuple[str, Range], ...]

    @property
    def at(self) -> Range:
        """From the first argument to the last; the name where there is none."""
        return (self.arguments[0][1][0], self.arguments[-1][1][1]) if self.arguments else self.name_at

    @property
    def value(self) -> str:
        """The arguments with a space between."""
        return " ".join(word for word, _ in self.arguments)


def read(text: Text) -> Iterator[Words]:
    """Every directive, in the order of the file; its name in lower case. Comments stand on lines of their own."""
    for start, end in text.lines():
        words = [(_meant(match), match.span()) for match in _WORD.finditer(text.text[start:end])]
        if words and not words[0][0].startswith("#"):
            shifted = tuple((word, (start + at[0], start + at[1])) for word, at in words)
            yield Words(shifted[0][0].lower(), shifted[0][1], shifted[1:])


def _meant(match: re.Match[str]) -> str:
    if match[1] is not None:
        return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _letter(found[2]), match[1])
    return match[2].replace("\\'", "'") if match[2] is not None else match[3]


def _letter(char: str) -> str:
    return _LETTERS.get(char, char)
