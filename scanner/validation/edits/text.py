"""A text that was edited, and where each of its lines comes from.

Lines are 1-based and end at "\\n" alone, as a scan counts them. An edited line may hold several lines of the original
(they were joined), several may hold one (it was wrapped), and a line that was put in holds the one it stands before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Lines = frozenset[int]


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """What takes the place of the text between two offsets; put in where they are equal.

    `of`: an offset in the line that the new text is of, where it is not of those whose place it takes.
    """

    start: int
    end: int
    text: str
    of: int = -1


@dataclass(frozen=True, slots=True)
class Edited:
    """A text after an edit. `origins`: for each of its lines, the lines of the original that it holds."""

    text: str
    origins: tuple[Lines, ...]


def unchanged(text: str) -> Edited:
    """The text as it is."""
    return Edited(text, tuple(frozenset((number,)) for number in range(1, text.count("\n") + 2)))


def line_starts(text: str) -> list[int]:
    """The offset at which each line starts."""
    starts = [0]
    while (at := text.find("\n", starts[-1])) >= 0:
        starts.append(at + 1)
    return starts


def apply(text: str, changes: Iterable[Change]) -> Edited:
    """The text with the changes in it. Of changes that overlap, only the first is made."""
    starts = line_starts(text)
    pieces: list[str] = []
    origins: list[set[int]] = [set()]
    at = 0

    def keep(stop: int) -> None:
        if stop > at:
            first = bisect_right(starts, at)
            origins[-1].add(first)
            origins.extend({first + step} for step in range(1, text.count("\n", at, stop) + 1))
            pieces.append(text[at:stop])

    for change in sorted(changes):
        if change.start < at:
            continue
        keep(change.start)
        held = set(range(bisect_right(starts, change.start), bisect_right(starts, change.end) + 1))
        if change.of >= 0:
            held = {bisect_right(starts, change.of)}
        origins[-1] |= held
        origins.extend(set(held) for _ in range(change.text.count("\n")))
        pieces.append(change.text)
        at = change.end
    keep(len(text))
    return Edited("".join(pieces), tuple(map(frozenset, origins)))


def rearranged(text: str, order: Sequence[tuple[int, int]]) -> Edited:
    """The lines of a text in another order: stretches of 1-based line numbers, first and last, that hold them all."""
    lines = text.split("\n")
    numbers = [number for first, last in order for number in range(first, last + 1)]
    return Edited("\n".join(lines[number - 1] for number in numbers), tuple(frozenset((n,)) for n in numbers))


def then(first: Edited, second: Edited) -> Edited:
    """Two edits after one another, the second of the first one's text."""
    return Edited(
        second.text, tuple(frozenset().union(*(first.origins[line - 1] for line in held)) for held in second.origins)
    )


def offset(starts: Sequence[int], line: int, column: int) -> int:
    """The offset of a 1-based line and a 0-based column."""
    return starts[line - 1] + column
