"""Text of unknown origin made safe to show: nothing in it may steer a terminal, reorder a line or hide itself.

A scanned file, and a path as well, may hold escape sequences, bidirectional overrides, zero-width characters or bytes
that are no text. Whatever Unicode calls unprintable (controls, formats, surrogates, unassigned, every space but " ")
is shown escaped, as in "\\x1b[2J" or "\\u202e".
"""

from __future__ import annotations

import io
import json
import re
import unicodedata

from scanner.model import Json

_UNSOUND = re.compile(r"[\ud800-\udfff\0]")
_NOT_ASCII = re.compile(r"[^\n -~]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False)


def printable(text: str) -> str:
    """The text on one line, unprintable characters escaped: "a\\tb" for a tab, "\\u202e" for an override."""
    return text if text.isprintable() else "".join(map(glyph, text))


def prose(text: str) -> str:
    """The same for sentences that will be wrapped: any run of white space becomes one space."""
    return printable(" ".join(text.split()))


def glyph(char: str) -> str:
    """What one code point is shown as; it may take several characters."""
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """How many terminal columns printable text takes: two for wide characters and emoji, none for accents."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def json_text(value: Json) -> str:
    """Pretty JSON that is valid UTF-8 and safe to show in a terminal.

    Text stays readable (no ASCII escapes), unprintable characters are JSON-escaped, which changes no value. Only what
    many readers reject is replaced by U+FFFD: lone surrogates, and NUL, on which databases refuse a whole upload.
    """
    text = io.StringIO()  # `json.dumps` keeps a list of all pieces: ten times the text
    text.writelines(_ENCODER.iterencode(_sound(value)))
    text.write("\n")
    return _NOT_ASCII.sub(_escaped, text.getvalue())


def _sound(value: Json) -> Json:
    """The value itself where nothing is to be replaced: a report of ten thousand findings is not built twice."""
    if isinstance(value, str):
        return _UNSOUND.sub("\ufffd", value) if _UNSOUND.search(value) else value
    if isinstance(value, dict):
        sound = [(_sound(key), _sound(item)) for key, item in value.items()]
        same = all(one is key and other is item for (one, other), (key, item) in zip(sound, value.items(), strict=True))
        return value if same else dict(sound)
    if isinstance(value, (list, tuple)):
        items = [_sound(item) for item in value]
        return value if all(one is item for one, item in zip(items, value, strict=True)) else items
    return value


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    return char if char.isprintable() else json.dumps(char)[1:-1]
