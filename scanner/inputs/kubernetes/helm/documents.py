"""What a template prints, as manifests: every value with its place in the template, and where in the values it is from.

Literal text has its exact place. What an action prints has the action's, up to the quotes around it; what an included
template prints has its place in that template if it brings its keys along, else that of the action that includes it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from scanner.errors import ParseError
from scanner.inputs.kubernetes.helm.execution import Marks
from scanner.inputs.kubernetes.helm.output import Frame, Piece, Spot, Traced
from scanner.inputs.kubernetes.tree import Node
from scanner.model import UNKNOWN, Json, Place, Problem, Span, Step, is_unknown, unknown
from scanner.text import Source
from scanner.yaml_tree import Places, parse

_SEPARATOR = re.compile(r"^---(?=\s|$)", re.MULTILINE)
_STEPS = 3


class Rendered(NamedTuple):
    """The documents of one template, and what could not be read."""

    documents: list[Node]
    problems: list[Problem]


def read(printed: Traced, marks: Marks, path: str) -> Rendered:
    """What a template printed, document by document. `path`: the template's."""
    text = _mended(printed, marks)
    result = Rendered([], [])
    if not text.pieces:
        return result
    layout = _Layout(text)
    bounds = [0, *(match.start() for match in _SEPARATOR.finditer(text) if match.start()), len(text)]
    first = before = 0
    for start, end in pairwise(bounds):
        part, first = text[start:end], first + (text.count("\n", before, start) if start else 0)
        before = start
        if part.strip() in ("", "---"):
            continue
        try:
            documents = parse(Source(path, part.encode("utf-8", "surrogateescape")))
        except (ParseError, UnicodeEncodeError) as error:
            line = layout.place_of_line(first + getattr(error, "line", 1)).span.line
            message = "Helm template: what it renders cannot be read as YAML"
            result.problems.append(Problem(path, message, fatal=False, line=line))
            continue
        for document in documents:
            tree = _Reader(layout, marks, first).node(document.data, document.places)
            if reason := _reason(tree):
                message = f"Helm template: a manifest depends on what is not known: {reason}"
                result.problems.append(Problem(path, message, fatal=False, line=tree.place.span.line))
            elif tree.mapping is not None:
                result.documents.append(tree)
    return result


def _reason(tree: Node) -> str:
    """Why a document, or its kind, is unknown; "" if it is not."""
    kind = tree.get("kind")
    return next((str(node.value[UNKNOWN]) for node in (tree, kind) if node and is_unknown(node.value)), "")


def _mended(printed: Traced, marks: Marks) -> Traced:
    """The text with a mark that has a line of its own made a key, or an item among items, as what it stands for was."""
    if marks.char not in printed:
        return printed
    alone = re.compile(rf"^([ ]*)((?:{marks.pattern.pattern}[ \t]*)+)\r?$", re.MULTILINE)
    parts: list[Piece] = []
    at, source, items = 0, _Cursor(printed.pieces), dict[int, bool]()
    for match in alone.finditer(printed):
        parts += source.until(match.start(2) - at)
        spot = source.spot()
        items[match.start()] = _among_items(printed, match.start(), len(match[1]), items)
        if items[match.start()]:
            parts.append(Piece("- ", spot))
            parts += source.until(match.end(2) - match.start(2))
        else:
            parts += source.until(match.end(2) - match.start(2))
            parts.append(Piece(":", spot))
        at = match.end(2)
    parts += source.until(len(printed) - at)
    return Traced.of(parts)


def _among_items(text: str, line_start: int, indent: int, known: dict[int, bool]) -> bool:
    """Whether the line before is an item of a list at that indentation. `known`: of lines that are marks."""
    end = line_start - 1
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end]
        stripped = line.lstrip(" ")
        if stripped and len(line) - len(stripped) <= indent:
            same = len(line) - len(stripped) == indent
            return same and known.get(start, stripped.startswith("- ") or stripped == "-")
        end = start - 1
    return False


class _Cursor:
    """Hands out pieces by length."""

    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self._pieces, self._index, self._within = pieces, 0, 0

    def spot(self) -> Spot:
        return self._pieces[min(self._index, len(self._pieces) - 1)].spot

    def until(self, length: int) -> Iterator[Piece]:
        while length > 0 and self._index < len(self._pieces):
            piece = self._pieces[self._index]
            take = min(length, len(piece.text) - self._within)
            yield piece.part(self._within, self._within + take)
            self._within += take
            length -= take
            if self._within >= len(piece.text):
                self._index, self._within = self._index + 1, 0


class _Layout:
    """Which piece an offset or a line of the printed text belongs to."""

    def __init__(self, text: Traced) -> None:
        self.text, self._pieces = text, text.pieces
        self._starts: list[int] = []
        at = 0
        for piece in self._pieces:
            self._starts.append(at)
            at += len(piece.text)
        self._begins: dict[int, int] = {}
        self._lines = [0]
        at = text.find("\n")
        while at >= 0:
            self._lines.append(at + 1)
            at = text.find("\n", at + 1)

    def offset(self, line: int, column: int) -> int:
        return min(self._lines[min(line, len(self._lines)) - 1] + column - 1, len(self.text))

    def _first(self, row: int) -> int:
        """Where the first character of a line stands that is no blank."""
        if row not in self._begins:
            begin, end = self._lines[row], self._lines[row + 1] if row + 1 < len(self._lines) else len(self.text)
            while begin < end and self.text[begin] == " ":
                begin += 1
            self._begins[row] = begin
        return self._begins[row]

    def place_of_line(self, line: int) -> Place:
        start = self.offset(max(line, 1), 1)
        return self._written(start, start + 1, None)[0]

    def _at(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)

    def locate(self, start: int, end: int) -> tuple[Place, tuple[Step, ...]]:
        """Where a stretch of the text is written, and where its values come from."""
        begin = self._first(bisect_right(self._lines, start) - 1)
        key = self._pieces[self._at(begin)].spot.frame if begin < start else None
        return self._written(start, end, key)

    def _written(self, start: int, end: int, key: Frame | None) -> tuple[Place, tuple[Step, ...]]:
        first, last = self._at(start), self._at(max(start, end - 1))
        inner = _cut(self._pieces[first], start - self._starts[first], None)
        begin = _lifted(inner, key) or inner
        final = _cut(self._pieces[last], 0, max(start, end) - self._starts[last])
        stop = _lifted(final, begin.frame)
        until = stop.end if stop and stop.end >= begin.start else begin.end
        place = begin.frame.template.place(begin.start, until)
        steps: list[Step] = []
        if begin is not inner and not inner.frame.opaque:
            steps.append(Step(inner.place, "what the template includes here"))
        for piece in self._pieces[first : min(last, first + 50) + 1]:
            step = Step(piece.source, "the chart's value") if piece.source else None
            if step and step not in steps and len(steps) < _STEPS:
                steps.append(step)
        return place, tuple(steps)


def _cut(piece: Piece, start: int, end: int | None) -> Spot:
    return piece.part(start, len(piece.text) if end is None else end).spot if piece.exact else piece.spot


def _lifted(spot: Spot, frame: Frame | None) -> Spot | None:
    """The spot, or the action around it, that stands in a frame."""
    at: Spot | None = spot
    while at is not None and at.frame is not frame:
        at = at.frame.caller
    return at


class _Reader:
    """One printed document as a tree. `first`: how many lines of the text come before it."""

    def __init__(self, layout: _Layout, marks: Marks, first: int) -> None:
        self._layout, self._marks, self._first = layout, marks, first

    def node(self, data: Json, places: Places) -> Node:
        place, steps = self._located(places[()].span, whole=not isinstance(data, (dict, list)))
        if isinstance(data, dict):
            unclear = next((found[0] for key in data if (found := self._marks.of(key))), None)
            if unclear is None:
                inside = {key: self.node(item, places.below((key,))) for key, item in data.items()}
                return Node(place, None, inside, steps)
            return Node(place, unknown(unclear.reason), steps=steps)
        if isinstance(data, list):
            items = [self.node(item, places.below((at,))) for at, item in enumerate(data)]
            return Node(place, None, items, steps)
        if isinstance(data, str) and (found := self._marks.of(data)):
            data = unknown(found[0].reason)
        return Node(place, data, steps=steps)

    def _located(self, span: Span, *, whole: bool) -> tuple[Place, tuple[Step, ...]]:
        start = self._layout.offset(span.line + self._first, span.column)
        end = self._layout.offset(span.end_line + self._first, span.end_column)
        place, steps = self._layout.locate(start, end)
        return place, steps if whole else self._layout.locate(start, start + 1)[1]
