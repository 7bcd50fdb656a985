"""Files of environment variables (.env), in the dialect that the common readers share.

`export`, values in single, double or back quotes that may go over lines, escapes in double quotes, ` #` before a
comment. A quote that is never closed is an ordinary character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.inputs.settings.entries import Entry, Text

_NAME = re.compile(r"[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:=|:[ \t])[ \t]*")
_QUOTED = {
    "'": re.compile(r"'([^']*)'"),
    "`": re.compile(r"`([^`]*)`"),
    '"': re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL),
}
_COMMENT = re.compile(r"[ \t]#")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t"}
_LONGEST = 20_000


def read(text: Text) -> Iterator[Entry]:
    """Every variable, in the order of the file."""
    whole, reached = text.text, 0
    unclosed: set[str] = set()
    for start, end in text.lines():
        if start < reached:
            continue
        name = _NAME.match(whole, start, end)
        if not name:
            continue
        entry = _quoted(whole, name, unclosed) or _bare(whole, name, end)
        reached = entry.at[1]
        yield entry


def _quoted(whole: str, name: re.Match[str], unclosed: set[str]) -> Entry | None:
    quote = whole[name.end() : name.end() + 1]
    if quote not in _QUOTED or not quote or quote in unclosed:
        return None
    match = _QUOTED[quote].match(whole, name.end(), min(len(whole), name.end() + _LONGEST))
    if not match:
        if len(whole) - name.end() <= _LONGEST:
            unclosed.add(quote)
        return None
    value = _ESCAPE.sub(lambda found: _LETTERS.get(found[1], found[1]), match[1]) if quote == '"' else match[1]
    return Entry(name[1], value, name.span(1), match.span(), raw=quote == "'")


def _bare(whole: str, name: re.Match[str], end: int) -> Entry:
    start = name.end()
    if whole[start : start + 1] == "#":
        return Entry(name[1], "", name.span(1), name.span(1))
    comment = _COMMENT.search(whole, start, end)
    stop = comment.start() if comment else end
    value = whole[start:stop].rstrip()
    at = (start, start + len(value)) if value else name.span(1)
    return Entry(name[1], value, name.span(1), at)
