"""Java's *.properties, as `java.util.Properties` reads them, without the blanks at the end of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.inputs.settings.entries import Entry, Range, Text

_KEY = re.compile(r"(?:[^\\=: \t\f]|\\.)*")
_BETWEEN = re.compile(r"[ \t\f]*[=:]?[ \t\f]*")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.)|$)", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


def read(text: Text) -> Iterator[Entry]:
    """Every setting, in the order of the file."""
    lines = iter(text.lines())
    for start, end in lines:
        parts = [_trimmed(text.text, start, end)]
        at, stop = parts[0]
        if at == stop or text.text[at] in "#!":
            continue
        while _goes_on(text.text, *parts[-1]):
            parts[-1] = (parts[-1][0], parts[-1][1] - 1)
            following = next(lines, None)
            if following is None:
                break
            parts.append(_trimmed(text.text, *following))
        yield _entry(text.text, parts)


def _trimmed(text: str, start: int, end: int) -> Range:
    while start < end and text[start] in " \t\f":
        start += 1
    return start, end


def _goes_on(text: str, start: int, end: int) -> bool:
    """An odd number of backslashes stands at the end."""
    at = end
    while at > start and text[at - 1] == "\\":
        at -= 1
    return (end - at) % 2 == 1


def _entry(text: str, parts: list[Range]) -> Entry:
    logical = "".join(text[start:end] for start, end in parts)
    key = _KEY.match(logical)
    key_end = key.end() if key else 0
    between = _BETWEEN.match(logical, key_end)
    value_start = between.end() if between else key_end
    value_end = len(logical.rstrip(" \t\f"))
    name, offset = _meant(logical[:key_end]), _Offsets(parts)
    key_at = (offset.start(0), offset.end(key_end))
    if value_start >= value_end:
        return Entry(name, "", key_at, key_at)
    at = (offset.start(value_start), offset.end(value_end))
    return Entry(name, _meant(logical[value_start:value_end]), key_at, at)


class _Offsets:
    """From offsets in a logical line to offsets in the text. Asked a few times for a line."""

    def __init__(self, parts: list[Range]) -> None:
        self._parts = parts

    def start(self, offset: int) -> int:
        """Where the character at an offset stands."""
        for start, end in self._parts:
            if offset < end - start:
                return start + offset
            offset -= end - start
        return self._parts[-1][1]

    def end(self, offset: int) -> int:
        """Where the character before an offset ends."""
        return self.start(offset - 1) + 1 if offset else self._parts[0][0]


def _meant(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return _LETTERS.get(match[2], match[2]) if match[2] else ""
