"""Words of an instruction, and the variables in them, as the builder reads them (not the shell of a RUN)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from scanner.inputs.delivery.script import Script
from scanner.inputs.delivery.tree import Tree
from scanner.model import UNKNOWN, Json, is_unknown, unknown

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
MAX_NESTING = 8
_OUTSIDE = "comes from the base image or the build's command line"


def words(script: Script, escape: str) -> list[tuple[str, int, int]]:
    """(text as written, start, end) of words between blanks; quotes and escapes hold blanks together."""
    text, found, at = script.text, [], 0
    while at < len(text):
        if text[at] in " \t\r\n":
            at += 1
            continue
        start, quote = at, ""
        while at < len(text) and (quote or text[at] not in " \t\r\n"):
            char = text[at]
            if char == escape and quote != "'":
                at += 1
            elif quote:
                quote = "" if char == quote else quote
            elif char in "'\"":
                quote = char
            at += 1
        at = min(at, len(text))
        found.append((text[start:at], start, at))
    return found


def json_words(script: Script) -> list[Tree] | None:
    """The strings of the JSON form (["a", "b"]) with their places; None where it is none."""
    text = script.text
    if not text.startswith("["):
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, list) or not all(isinstance(item, str) for item in data):
        return None
    spots = [match.span() for match in _JSON_STRING.finditer(text)]
    return [Tree(item, script.place(*spot)) for item, spot in zip(data, spots, strict=True)]


class Expander:
    """Puts variables into a text. `known`: name -> value, which may be unknown."""

    def __init__(self, known: Mapping[str, Json], escape: str) -> None:
        self._known, self._escape = known, escape

    def expand(self, text: str) -> Json:
        """The text without quotes and with values; unknown if one of them is."""
        value, _ = self._expand(text, 0, "", 0)
        return value

    def _expand(self, text: str, at: int, closing: str, depth: int) -> tuple[Json, int]:
        parts: list[str] = []
        lost: Json = None
        quote = ""
        while at < len(text):
            char = text[at]
            if not quote and closing and char == closing:
                break
            if char == self._escape and quote != "'":
                following = text[at + 1 : at + 2]
                parts.append(following if not quote or following in ('"', "$", self._escape) else char + following)
                at += 2
            elif quote and char == quote:
                quote, at = "", at + 1
            elif not quote and char in "'\"":
                quote, at = char, at + 1
            elif char == "$" and quote != "'":
                value, at = self._variable(text, at, depth)
                if is_unknown(value):
                    lost = lost or value
                else:
                    parts.append(str(value))
            else:
                parts.append(char)
                at += 1
        return (lost if lost is not None else "".join(parts)), at

    def _variable(self, text: str, at: int, depth: int) -> tuple[Json, int]:
        """The value of what begins with $ at `at`, and where it ends."""
        braced = text.startswith("${", at)
        match = _NAME.match(text, at + (2 if braced else 1))
        if not match:
            return "$", at + 1
        name = match[0]
        if not braced:
            return self._value(name), match.end()
        end = match.end()
        operator = text[end : end + 2] if text[end : end + 1] == ":" else text[end : end + 1]
        if operator in (":-", ":+", ":?", "-", "+", "?") and depth < MAX_NESTING:
            word, end = self._expand(text, end + len(operator), "}", depth + 1)
            return self._chosen(name, operator, word), end + 1
        stop = text.find("}", end)
        stop = len(text) if stop < 0 else stop
        value = self._value(name) if stop == end else unknown(f"`${name}` is cut by a pattern")
        return value, stop + 1

    def _value(self, name: str) -> Json:
        return self._known[name] if name in self._known else unknown(f"`${name}` {_OUTSIDE}")

    def _chosen(self, name: str, operator: str, word: Json) -> Json:
        """${name:-word} and its like. A name that the file does not set has the default that is written."""
        value = self._value(name)
        outside = is_unknown(value) and str(value[UNKNOWN]).endswith(_OUTSIDE)
        if operator.endswith("+") and not is_unknown(value):
            return word if value or operator == "+" else ""
        if operator.endswith("-"):
            return word if outside or (value == "" and operator == ":-") else value
        return value
