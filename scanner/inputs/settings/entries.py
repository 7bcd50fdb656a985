"""One setting of a file, and from offsets in its text to places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scanner.model import Json, Keys, Place, Problem, Span, Subject, Unit
from scanner.text import Source

Range = tuple[int, int]
"""Offsets into the text, in code points: start inclusive, end exclusive."""


class Entry(NamedTuple):
    """One setting: `key` and `value` as they are meant, where they are written, `section` where files have those.

    `at` is the value as it is written, with quotes; the key where no value is given. `raw`: nothing is put in for what
    looks like a variable there.
    """

    key: str
    value: Json
    key_at: Range
    at: Range
    section: str = ""
    raw: bool = False


class Text:
    """The text of a file, and where its offsets are."""

    def __init__(self, source: Source) -> None:
        self.path, self.text = source.path, source.text
        self._starts = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, at: Range) -> Place:
        """The place of a range of offsets."""
        return Place(self.path, Span(*self._position(at[0]), *self._position(at[1])))

    def line(self, offset: int) -> int:
        """The line of an offset."""
        return bisect_right(self._starts, offset)

    def first_line(self) -> Place:
        """The first line of the file: what stands for what is missing."""
        end = self.text.find("\n")
        shown = (self.text if end < 0 else self.text[:end]).rstrip("\r")
        return self.place((0, len(shown)))

    def _position(self, offset: int) -> tuple[int, int]:
        row = bisect_right(self._starts, offset)
        return row, offset - self._starts[row - 1] + 1

    def lines(self) -> Iterable[Range]:
        """Every line without its end."""
        for row, start in enumerate(self._starts):
            end = self._starts[row + 1] - 1 if row + 1 < len(self._starts) else len(self.text)
            while end > start and self.text[end - 1] == "\r":
                end -= 1
            yield start, end


def plain(entries: Iterable[Entry], text: Text) -> tuple[dict[str, Json], dict[Keys, Place]]:
    """{key: value}, the last of a key counts, and the places of the values."""
    config: dict[str, Json] = {}
    places: dict[Keys, Place] = {}
    for entry in entries:
        config[entry.key] = entry.value
        places[(entry.key,)] = text.place(entry.at)
    return config, places


def unit_of(
    kind: str, root: str, paths: Iterable[str], subjects: Sequence[Subject], problems: Sequence[Problem]
) -> Unit:
    """The unit of some subjects, in their order."""
    return Unit(f"{kind}:{root}", kind, tuple(sorted(paths)), tuple(subjects), tuple(problems))


def by_folder(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Files by the folder they lie in ("." is the scan's root)."""
    groups: dict[str, list[str]] = {}
    for path in sorted(paths):
        groups.setdefault(path.rpartition("/")[0] or ".", []).append(path)
    return {root: tuple(members) for root, members in sorted(groups.items())}


def file_name(path: str) -> str:
    """The last part of a path, in lower case."""
    return path.rpartition("/")[2].lower()
