"""JSON inside a string: parsed, with the place of every value in the file that holds the string.

Interpolations whose value is known are part of the text. The others are holes: an interpolation that is a value of its
own is what its expression is; a string with a hole in it is unknown, with its known parts as `text`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from scanner.inputs.terraform.budget import Budget
from scanner.inputs.terraform.jsontext import HOLE, JsonNode, NotJsonError, parse_json
from scanner.inputs.terraform.syntax import Embedded, Spot
from scanner.inputs.terraform.values import NO_REFS, Pieces, Unknown, Val, collection, deep_refs, scalar_text


def looks_like_json(pieces: Sequence[tuple[int, int, str | Val]]) -> bool:
    """Whether a text made of these pieces starts as a JSON object or list does."""
    return bool(pieces) and isinstance(pieces[0][2], str) and pieces[0][2].lstrip().startswith(("{", "["))


def meaning(value: Val, budget: Budget, expected: bool = False) -> Val | None:
    """The object or list that the text of a value stands for, seen from where the value stands; None if there is none.

    `expected`: JSON is what belongs here, so any string is tried; else only heredocs, and what was made by a function.
    """
    if value.json is None and (expected or (value.pieces is not None and value.pieces.heredoc)):
        value.json = _parsed(value, budget)
    return None if value.json is None else Val(None, value.at, NO_REFS, value.hops).item(value.json)


def _parsed(value: Val, budget: Budget) -> Val | None:
    """The object or list that a string holds, as it stands where the string is written; None where it holds neither."""
    pieces = value.pieces
    if pieces is None:
        if not isinstance(value.data, str) or not value.data.lstrip().startswith(("{", "[")):
            return None
        file, start, end = value.hops[-1][1] if value.hops else value.at
        pieces = Pieces(file, ((start, end, value.data),), False)
    reader = _Reader(pieces, budget)
    budget.steps -= len(reader.file.text) >> 2
    try:
        node = parse_json(reader.file.text)
    except NotJsonError:
        return None
    return reader.value(node) if isinstance(node.value, list | dict) else None


class _Reader:
    """Turns the nodes of an embedded text into values."""

    def __init__(self, pieces: Pieces, budget: Budget) -> None:
        self._budget = budget
        texts: list[str] = []
        spans: list[tuple[int, int, int, bool]] = []
        self._inserted: list[tuple[int, int, Val]] = []
        here = 0
        for start, end, piece in pieces.parts:
            text = piece if isinstance(piece, str) else _inserted(piece)
            spans.append((here, start, end - start, isinstance(piece, str) and end - start == len(text)))
            if isinstance(piece, Val):
                self._inserted.append((here, here + len(text), piece))
            texts.append(text)
            here += len(text)
        self._starts = [start for start, _, _ in self._inserted]
        self.file = Embedded(pieces.file, "".join(texts), spans)

    def value(self, node: JsonNode) -> Val:
        at = (self.file, node.start, node.end)
        data = node.value
        if isinstance(data, list):
            return collection([self.value(item) for item in data], at)
        if isinstance(data, dict):
            return collection({self._key(key, node): self.value(item) for key, (node, item) in data.items()}, at)
        inserted = self._within(node.start, node.end)
        if len(inserted) == 1 and node.end - node.start - (inserted[0][1] - inserted[0][0]) in (0, 2):
            return self._alone(node, data, inserted[0][2], at)
        if not isinstance(data, str):
            return Val(data, at)
        refs = NO_REFS.union(*(deep_refs(value) for _, _, value in inserted))
        unknown = next((value.data for _, _, value in inserted if isinstance(value.data, Unknown)), None)
        if HOLE in data and unknown:
            return Val(Unknown(unknown.reason, text=self._filled(data, inserted), failed=unknown.failed), at, refs)
        return Val(self._filled(data, inserted), at, refs)

    def _within(self, start: int, end: int) -> list[tuple[int, int, Val]]:
        """The interpolations between two offsets."""
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [item for item in self._inserted[first:last] if item[1] <= end]

    def _alone(self, node: JsonNode, data: str | int | float | bool | None, value: Val, at: Spot) -> Val:
        """A value that is one interpolation, with or without quotes around it."""
        found = meaning(value, self._budget)
        if found and self.file.text[node.start] != '"':
            return found
        if data == HOLE and isinstance(value.data, Unknown):
            return value.standing(at)
        return Val(scalar_text(value.data) if data == HOLE else data, at, deep_refs(value), value.hops)

    def _key(self, key: str, node: JsonNode) -> str:
        return self._filled(key, self._within(node.start, node.end)) if HOLE in key else key

    def _filled(self, text: str, inserted: list[tuple[int, int, Val]]) -> str:
        """A text with its holes filled: with what they are known to be, else with the interpolation itself."""
        parts = text.split(HOLE)
        fillings = [_filling(value) for _, _, value in inserted if _inserted(value) == HOLE]
        return parts[0] + "".join(filling + part for filling, part in zip(fillings, parts[1:], strict=True))


def _inserted(value: Val) -> str:
    text = scalar_text(value.data)
    return HOLE if value.json or text is None else text


def _filling(value: Val) -> str:
    if isinstance(value.data, Unknown) and value.data.text:
        return value.data.text
    text = scalar_text(value.data)
    if text is not None:
        return text
    file, start, end = value.at
    return f"${{{file.text[start:end]}}}"
