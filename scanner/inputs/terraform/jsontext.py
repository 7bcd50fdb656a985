"""JSON text -> values with offsets, for *.tf.json files and for JSON inside strings."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from scanner.inputs.terraform.syntax import MAX_DEPTH

HOLE = "\udc00"
"""Stands for an unknown part of a text: no decoded file holds it. Allowed inside a string, or as a value."""
_TOKEN = re.compile(
    r"""
    [\ \t\r\n]*
    (?: ("[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*")
      | (-?(?:0|[1-9]\d{0,299})(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?(?![\w.]))
      | (true|false|null)(?!\w)
      | ([\[\]{},:])
      | (\udc00)
    )
    """,
    re.VERBOSE,
)
_STRING, _NUMBER, _WORD, _SIGN, _HOLE = range(1, 6)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTENT = re.compile(r"[^ \t\r\n]").search
_WORDS = {"true": True, "false": False, "null": None}


class JsonNode(NamedTuple):
    """A value. `value`: a scalar (a string decoded, HOLE where nothing is known), a list, or a dict of key node and
    value node by key."""

    start: int
    end: int
    value: str | int | float | bool | list[JsonNode] | dict[str, tuple[JsonNode, JsonNode]] | None


class NotJsonError(ValueError):
    """The text is not JSON; `at` is the offset where it stops being."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def parse_json(text: str) -> JsonNode:
    """The value a text holds. NotJsonError where it is none, or nests deeper than MAX_DEPTH."""
    reader = _Reader(text)
    node = reader.value(0)
    rest = _CONTENT(text, reader.at)
    if rest:
        raise NotJsonError("something follows the value", rest.start())
    return node


class _Reader:
    __slots__ = ("at", "text")

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def _token(self) -> re.Match[str]:
        match = _TOKEN.match(self.text, self.at)
        if match is None:
            found = _CONTENT(self.text, self.at)
            at = found.start() if found else len(self.text)
            raise NotJsonError("expected a value, ',', ':', or a closing bracket", at)
        self.at = match.end()
        return match

    def value(self, depth: int, match: re.Match[str] | None = None) -> JsonNode:
        match = match or self._token()
        kind = match.lastindex or 0
        word, (start, end) = match.group(kind), match.span(kind)
        if kind == _SIGN:
            if depth >= MAX_DEPTH:
                raise NotJsonError(f"nested too deeply: paylint reads {MAX_DEPTH} levels", start)
            if word == "{":
                return self._object(start, depth)
            if word == "[":
                return self._list(start, depth)
            raise NotJsonError(f"expected a value, found '{word}'", start)
        if kind == _STRING:
            return JsonNode(start, end, self._string(word, start))
        if kind == _NUMBER:
            return JsonNode(start, end, self._number(word, start))
        return JsonNode(start, end, HOLE if kind == _HOLE else _WORDS[word])

    def _string(self, token: str, start: int) -> str:
        if "\\" not in token:
            return token[1:-1]
        try:
            parts = [json.loads(f'"{part}"') for part in token[1:-1].split(HOLE)]
        except ValueError:
            raise NotJsonError("unknown escape in a string", start) from None
        return HOLE.join(_LONE_SURROGATE.sub("\ufffd", part) for part in parts)

    def _number(self, token: str, start: int) -> int | float:
        if token.lstrip("-").isdecimal():
            return int(token)
        number = float(token)
        if number in (float("inf"), float("-inf")):
            raise NotJsonError("this number is too large", start)
        return number

    def _after_comma(self, match: re.Match[str], closing: str) -> re.Match[str]:
        """The token behind a comma, where there is one and it does not close the collection."""
        if match.group(_SIGN) == ",":
            match = self._token()
            if match.group(_SIGN) != closing:
                return match
        raise NotJsonError(f"expected ',' and another item, or '{closing}'", match.start(match.lastindex or 0))

    def _list(self, start: int, depth: int) -> JsonNode:
        items: list[JsonNode] = []
        match = self._token()
        while match.group(_SIGN) != "]":
            items.append(self.value(depth + 1, match))
            match = self._token()
            if match.group(_SIGN) != "]":
                match = self._after_comma(match, "]")
        return JsonNode(start, self.at, items)

    def _object(self, start: int, depth: int) -> JsonNode:
        entries: dict[str, tuple[JsonNode, JsonNode]] = {}
        match = self._token()
        while match.group(_SIGN) != "}":
            if match.lastindex != _STRING:
                raise NotJsonError("expected a key in double quotes", match.start(match.lastindex or 0))
            key = self.value(depth, match)
            colon = self._token()
            if colon.group(_SIGN) != ":":
                raise NotJsonError("expected ':' after a key", colon.start(colon.lastindex or 0))
            entries[str(key.value)] = (key, self.value(depth + 1))
            match = self._token()
            if match.group(_SIGN) != "}":
                match = self._after_comma(match, "}")
        return JsonNode(start, self.at, entries)
