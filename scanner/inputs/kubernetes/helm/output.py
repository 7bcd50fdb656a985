"""Text that remembers where it was written: what templates print.

A piece is a stretch of printed text and the spot it comes from. Literal text of a template is `exact`: its characters
are those of the spot. What an action prints has the whole action as its spot, and `source`: where in the values the
printed value is written. A spot stands in a frame: one execution of a template. A frame that an action called
(`include`) knows that action as `caller`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scanner.model import Place, Span


@dataclass(frozen=True, eq=False)
class Template:
    """The text of one template file."""

    path: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both 1-based."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The inverse."""
        return self._starts[line - 1] + column - 1

    def place(self, start: int, end: int) -> Place:
        """A stretch of the text as a place."""
        return Place(self.path, Span(*self.position(start), *self.position(end)))


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """One execution of a template. `opaque`: its text is no file's but some value's (`tpl`)."""

    template: Template
    caller: Spot | None = None
    opaque: bool = False


class Spot(NamedTuple):
    """A stretch of a frame's template."""

    frame: Frame
    start: int
    end: int

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.frame.template.place(self.start, self.end)


class Piece(NamedTuple):
    """A stretch of printed text."""

    text: str
    spot: Spot
    exact: bool = False
    source: Place | None = None

    def part(self, start: int, end: int) -> Piece:
        """Some of it."""
        spot = self.spot
        if self.exact:
            spot = Spot(spot.frame, spot.start + start, spot.start + end)
        return Piece(self.text[start:end], spot, self.exact, self.source)


class Traced(str):
    """Text in pieces. Whatever makes another string of it loses them."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Traced:
        """The text of some pieces."""
        kept = tuple(piece for piece in pieces if piece.text)
        traced = cls("".join(piece.text for piece in kept))
        traced.pieces = kept
        return traced


def pieces_of(text: str, spot: Spot, source: Place | None = None) -> tuple[Piece, ...]:
    """A string's pieces; one with this spot for a string that has none."""
    return text.pieces if isinstance(text, Traced) else (Piece(text, spot, False, source),)


def indented(text: str, width: int, spot: Spot) -> str:
    """Blanks before every line, as `indent` does; pieces are kept."""
    pad = " " * width
    if not isinstance(text, Traced):
        return pad + text.replace("\n", "\n" + pad)
    return Traced.of(_indented(text.pieces, Piece(pad, spot)))


def _indented(pieces: Iterable[Piece], pad: Piece) -> Iterator[Piece]:
    yield pad
    for piece in pieces:
        start = 0
        while (end := piece.text.find("\n", start) + 1) > 0:
            yield piece.part(start, end)
            yield pad
            start = end
        yield piece.part(start, len(piece.text))


def cut(text: str, start: int, end: int) -> str:
    """A part of a text, with its pieces."""
    if not isinstance(text, Traced):
        return text[start:end]
    kept, at = [], 0
    for piece in text.pieces:
        size = len(piece.text)
        if at < end and at + size > start:
            kept.append(piece.part(max(start - at, 0), min(end - at, size)))
        at += size
    return Traced.of(kept)


def joined(parts: Iterable[str], spot: Spot) -> str:
    """Texts in a row; plain where none has pieces."""
    parts = list(parts)
    if not any(isinstance(part, Traced) for part in parts):
        return "".join(parts)
    return Traced.of(piece for part in parts if part for piece in pieces_of(part, spot))
