"""Option files of MySQL and MariaDB: sections, `name = value` or a name alone, quotes, comments after `#` and `;`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scanner.inputs.settings.entries import Entry, Range, Text

_SECTION = re.compile(r"[ \t]*\[([^\]\n]*)\]")
_OPTION = re.compile(r"[ \t]*([A-Za-z][\w.-]*)[ \t]*(?:(=)[ \t]*)?")
_VALUE = re.compile(r"\"([^\"\\]|\\.)*\"(?=[ \t]*(?:#|$))|'([^'\\]|\\.)*'(?=[ \t]*(?:#|$))")
_COMMENT = re.compile(r"#")
_ESCAPE = re.compile(r"\\(.)")


class Section(NamedTuple):
    """A section: its name in lower case, and where its header is."""

    name: str
    at: Range


def read(text: Text) -> Iterator[Section | Entry]:
    """Sections and the options in them, in the order of the file; an option that is given no value has None."""
    section = ""
    for start, end in text.lines():
        header = _SECTION.match(text.text, start, end)
        if header:
            section = header[1].strip().lower()
            yield Section(section, (header.start(1) - 1, header.end()))
            continue
        option = _OPTION.match(text.text, start, end)
        if option:
            yield _entry(text.text, option, end, section)


def _entry(whole: str, option: re.Match[str], end: int, section: str) -> Entry:
    name, name_at, start = option[1], option.span(1), option.end()
    if not option[2]:
        return Entry(name, None, name_at, name_at, section)
    quoted = _VALUE.match(whole, start, end)
    if quoted:
        return Entry(name, _ESCAPE.sub(r"\1", quoted[0][1:-1]), name_at, quoted.span(), section)
    comment = _COMMENT.search(whole, start, end)
    value = whole[start : comment.start() if comment else end].rstrip()
    at = (start, start + len(value)) if value else name_at
    return Entry(name, value, name_at, at, section)
