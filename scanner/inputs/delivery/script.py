"""A script's text, and where every stretch of it is written: inside a block scalar, or across continued lines."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from scanner.inputs.delivery.tree import Tree
from scanner.model import Place, Span
from scanner.text import Source


class Piece(NamedTuple):
    """From `offset` on the text stands at this line and column, until the next piece."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Script:
    """`pieces` are sorted, and empty where only the place of the whole is known."""

    text: str
    whole: Place
    pieces: tuple[Piece, ...] = ()

    def place(self, start: int, end: int) -> Place:
        """Where text[start:end] is written; of an empty stretch, where it would be."""
        if not self.pieces:
            return self.whole
        line, column = self._position(start)
        end_line, end_column = self._position(end - 1) if end > start else (line, column - 1)
        return Place(self.whole.path, Span(line, column, end_line, end_column + 1))

    def _position(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self.pieces, (offset, 1 << 60, 0)) - 1
        piece = self.pieces[max(index, 0)]
        return piece.line, piece.column + max(offset - piece.offset, 0)


def of_scalar(tree: Tree, source: Source) -> Script:
    """The script that a YAML scalar of this file holds: plain, quoted, literal or folded.

    Every written line is looked up in the value, one after the other. Escapes make them differ: then only the place of
    the whole is known.
    """
    text, span = tree.text or "", tree.place.span
    lines = source.slice(span).split("\n")
    is_block = lines[0].lstrip().startswith(("|", ">", "!", "&")) and len(lines) > 1
    pieces: list[Piece] = []
    at = 0
    for number, line in enumerate(lines):
        if number == 0 and is_block:
            continue
        content = line.strip(" \t\r")
        column = (span.column if number == 0 else 1) + len(line) - len(line.lstrip(" \t\r"))
        if not is_block:
            content, column = _unquoted(content, column, number == 0, number == len(lines) - 1, lines[0][:1])
        if not content:
            continue
        while at < len(text) and text[at] in " \t\r\n" and not text.startswith(content, at):
            at += 1
        if not text.startswith(content, at):
            return Script(text, tree.place)
        pieces.append(Piece(at, span.line + number, column))
        at += len(content)
    return Script(text, tree.place, tuple(pieces) if not text[at:].strip() else ())


def _unquoted(content: str, column: int, first: bool, last: bool, quote: str) -> tuple[str, int]:
    if quote not in ("'", '"'):
        return content, column
    if first:
        content, column = content[1:], column + 1
    if last:
        content = content[:-1]
    return content, column
