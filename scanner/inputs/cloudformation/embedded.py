"""JSON inside a string: a policy document that is written as text, with the place of every value in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from scanner.errors import ParseError
from scanner.inputs.cloudformation.values import Spot, Val
from scanner.model import Json, Keys, Place, Span
from scanner.text import Source

_NAMES = (
    "Policy",
    "Policies",
    "PolicyText",
    "PolicyBody",
    "Document",
    "Definition",
    "DefinitionString",
    "Settings",
    "Content",
)
"""How the names end of properties that take JSON as text."""
_MAX_DEPTH = 40


def is_expected(key: str) -> bool:
    """Whether a property of this name takes JSON as text."""
    return key.endswith(_NAMES)


def meaning(text: str, at: Spot, source: Source, leaf: Callable[[str, Spot], Val]) -> Val | None:
    """The object or list that a text at `at` is as JSON, each string of it handed to `leaf`; None if it is neither."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return None
    from scanner.yaml_tree import parse

    try:
        (document,) = parse(Source("embedded.json", text.encode("utf-8", "surrogatepass")))
    except (ParseError, ValueError):
        return None
    if not isinstance(document.data, dict | list):
        return None
    return _value(document.data, (), Shifted(document.places, at.place, *_shift(text, at.place, source)), leaf)


def _value(data: Json, keys: Keys, places: Mapping[Keys, Place], leaf: Callable[[str, Spot], Val]) -> Val | None:
    at = Spot(places, keys)
    if isinstance(data, str):
        return leaf(data, at)
    if not isinstance(data, dict | list):
        return Val(data, at)
    if len(keys) > _MAX_DEPTH:
        return None
    pairs = list(data.items() if isinstance(data, dict) else enumerate(data))
    values = {key: _value(item, (*keys, key), places, leaf) for key, item in pairs}
    if None in values.values():
        return None
    return Val(values if isinstance(data, dict) else list(values.values()), at)


class Shifted(Mapping[Keys, Place]):
    """Places in an embedded text, as places in the file around it. Without a shift all are the text's own."""

    __slots__ = ("_columns", "_lines", "_places", "_whole")

    def __init__(self, places: Mapping[Keys, Place], whole: Place, lines: int, columns: int) -> None:
        self._places, self._whole, self._lines, self._columns = places, whole, lines, columns

    def __getitem__(self, keys: Keys) -> Place:
        line, column, end_line, end_column = self._places[keys].span
        if self._columns < 0:
            return self._whole
        lines, columns = self._lines, self._columns
        return Place(self._whole.path, Span(line + lines, column + columns, end_line + lines, end_column + columns))

    def __iter__(self) -> Iterator[Keys]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _shift(text: str, whole: Place, source: Source) -> tuple[int, int]:
    """By how many lines and columns to move; the columns are -1 where the text is not written as it reads."""
    span = whole.span
    if span.line == span.end_line:
        start = source.slice(span).find(text)
        return (span.line - 1, span.column - 1 + start) if start >= 0 and "\n" not in text else (0, -1)
    lines = text.rstrip("\n").split("\n")
    first = source.line(span.line + 1)
    indent = len(first) - len(first.lstrip(" "))
    for number, line in enumerate(lines):
        written = source.line(span.line + 1 + number)
        if written[indent:] != line or written[:indent].strip(" "):
            return 0, -1
    return span.line, indent
