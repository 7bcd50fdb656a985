"""What a file says about one place in it: the name before it, its column, the lines around it.

Windows are short and bytes are read as Latin-1: only ASCII words count.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from functools import cached_property

from scanner.text import Source

_BEFORE, _AFTER, _LEAD = 300, 160, 90
_AROUND_LINES, _AROUND_BYTES = 3, 400
_LONG_LINE = 2_000
_FIELD_END = re.compile(r"[,;{}|\t]")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NOISY_NAMES = re.compile(
    r"(?:^|[.-])(?:lock|min\.js|min\.css|map|svg|css|sum|snap)$|^(?:package-lock|npm-shrinkwrap)\.json$|^pnpm-lock\.yaml$"
)
_TABLE_NAMES = re.compile(r"(?:^[^.]*|\.(?:csv|tsv|psv|tab|txt|dat|log))$")
_ROWS = re.compile(
    rb"(?:insert\s+into|copy)\s+[^()\n;]{1,200}\(([^()]{1,4000})\)\s*(?:values|from\s+stdin[^;\n]*;?)", re.IGNORECASE
)

_ROWS_END = re.compile(rb";\s*\n|\n\\\.")


def words(text: str) -> list[str]:
    """The words of identifiers in a text, in lower case: cardNumber, card_number -> card, number."""
    return [word.lower() for word in _WORD.findall(text)]


class Place:
    """The surroundings of bytes `start` to `end`."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        line_start = data.rfind(b"\n", max(0, start - _LONG_LINE), start) + 1
        line_end = data.find(b"\n", end, end + _LONG_LINE)
        self.in_long_line = (line_start == 0 and start > _LONG_LINE) or (line_end < 0 and len(data) - end > _LONG_LINE)
        self._data, self._start, self._end, self.offset = data, start, end, start
        self._line = (
            max(line_start, start - _LONG_LINE),
            line_end if line_end >= 0 else min(len(data), end + _LONG_LINE),
        )

    @cached_property
    def before(self) -> str:
        """The line up to the number."""
        return _text(self._data[max(self._line[0], self._start - _BEFORE) : self._start])

    @cached_property
    def after(self) -> str:
        """The line behind the number."""
        return _text(self._data[self._end : min(self._line[1], self._end + _AFTER)])

    @cached_property
    def lead(self) -> list[str]:
        """The words of the field the number stands in, nearest last."""
        return words(_FIELD_END.split(self.before[-_LEAD:])[-1])

    @cached_property
    def around(self) -> str:
        """A few lines before and behind, without the number's own."""
        above = _text(self._data[max(0, self._line[0] - _AROUND_BYTES) : self._line[0]]).split("\n")
        below = _text(self._data[self._line[1] : self._line[1] + _AROUND_BYTES]).split("\n")
        return "\n".join([*above[-_AROUND_LINES - 1 :], *below[: _AROUND_LINES + 1]])

    @cached_property
    def row(self) -> str:
        """The whole line up to the number, for counting columns."""
        return _text(self._data[self._line[0] : self._start])


class Places:
    """A file asked about its places."""

    def __init__(self, source: Source) -> None:
        name = posixpath.basename(source.path).lower()
        self.data = source.data
        self.noisy = bool(_NOISY_NAMES.search(name))
        self._is_table = bool(_TABLE_NAMES.search(name))

    def at(self, start: int, end: int) -> Place:
        """The surroundings of a stretch of bytes."""
        return Place(self.data, start, end)

    def column(self, place: Place) -> list[str]:
        """The words of the heading above the number: of a CSV file, an INSERT or a COPY. Empty if there is none."""
        return self._csv_column(place) or self._sql_column(place)

    @cached_property
    def _header(self) -> tuple[str, list[str]]:
        """The delimiter and the headings of the first line; ("", []) if it has none."""
        line = _text(self.data[: self.data.find(b"\n", 0, 4096) + 1]).strip("\r\n")
        for delimiter in "\t;|," if self._is_table else "":
            cells = line.split(delimiter)
            if len(cells) > 1 and all(re.search("[A-Za-z]", cell) and len(cell) < 60 for cell in cells):
                return delimiter, cells
        return "", []

    def _csv_column(self, place: Place) -> list[str]:
        delimiter, cells = self._header
        if not delimiter:
            return []
        behind = place.after[1:] if place.row[-1:] in ('"', "'") else place.after
        index, rest = (_QUOTED.sub("", text).count(delimiter) for text in (place.row, behind))
        fits = index + rest + 1 == len(cells) or (place.in_long_line and index < len(cells))
        return words(cells[index]) if fits else []

    @cached_property
    def _statements(self) -> list[tuple[int, int, list[str]]]:
        """From where to where rows stand, and what their columns are called."""
        found = ((match.end(), _text(match[1]).split(",")) for match in _ROWS.finditer(self.data))
        return [(start, self._end_of_rows(start), cells) for start, cells in found]

    def _end_of_rows(self, start: int) -> int:
        end = _ROWS_END.search(self.data, start)
        return end.start() if end else len(self.data)

    def _sql_column(self, place: Place) -> list[str]:
        at = place.offset
        index = bisect_right(self._statements, at, key=lambda statement: statement[0]) - 1
        if index < 0 or at > self._statements[index][1]:
            return []
        begin, _, cells = self._statements[index]
        text = _QUOTED.sub("", _text(self.data[max(begin, at - _LONG_LINE) : at]))
        values = text.rsplit("(", 1)[-1].count(",") if "(" in text else place.row.count("\t")
        return words(cells[values]) if values < len(cells) else []


def _text(data: bytes) -> str:
    return data.decode("latin-1")
