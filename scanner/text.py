"""A file's bytes, its text, and the way from offsets to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from scanner.model import Place, Span

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SURROGATE = re.compile("[\udc80-\udcff]")
_LONG = 65_536
_TELLING = 4096  # bytes; text of any script has spaces or line ends there, which have a NUL byte in UTF-16


def is_utf16(data: bytes) -> bool:
    """Whether a file says with its first bytes that it is UTF-16, and what follows bears that out."""
    return data.startswith(_UTF16) and (len(data) <= 2 or b"\0" in data[:_TELLING])


def looks_binary(head: bytes) -> bool:
    """Whether a file's first bytes say that it holds no text: a NUL byte and no UTF-16 mark."""
    return b"\0" in head and not is_utf16(head)


def printable(text: str) -> str:
    """Text of `Source.text` with a replacement character for every byte that was no valid UTF-8: as long as before."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _shown(data: bytes) -> str:
    return printable(data.decode("utf-8", errors="surrogateescape"))


@dataclass(frozen=True)
class Source:
    """One file as it was read: `path` relative to the scan root, `data` its bytes."""

    path: str
    data: bytes

    @cached_property
    def text(self) -> str:
        """The decoded text; bytes that are no valid UTF-8 become surrogates, so that nothing is lost or shifted."""
        if self.data.startswith(_BOM):
            return self.data.decode("utf-8-sig", errors="surrogateescape")
        if is_utf16(self.data):
            return self.data.decode("utf-16", errors="replace")
        return self.data.decode("utf-8", errors="surrogateescape")

    @property
    def valid_utf8(self) -> bool:
        """Whether every byte could be decoded."""
        return not any("\udc80" <= char <= "\udcff" for char in self.text) if not self.data.isascii() else True

    @cached_property
    def _line_starts(self) -> list[int]:
        """Byte offset of every line's start in `data`."""
        starts, at = [0], self.data.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.data.find(b"\n", at + 1)
        return starts

    @cached_property
    def _long_lines(self) -> dict[int, str]:
        """Number -> text of the long lines somebody asked for: many findings may stand on one of megabytes."""
        return {}

    @property
    def line_count(self) -> int:
        """Number of lines; a final newline does not open another."""
        return len(self._line_starts) - (1 if self.data.endswith(b"\n") else 0)

    def line(self, number: int) -> str:
        """The text of a line (1-based) without its end; "" past the last."""
        if number in self._long_lines:
            return self._long_lines[number]
        if not 1 <= number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] - 1 if number < len(self._line_starts) else len(self.data)
        text = _shown(self.data[start:end].removesuffix(b"\r")).removeprefix("\ufeff")
        if end - start > _LONG:
            self._long_lines[number] = text
        return text

    def position(self, offset: int) -> tuple[int, int]:
        """(line, column) of a byte offset, both 1-based, the column in code points."""
        index = bisect_right(self._line_starts, offset) - 1
        before = self.data[self._line_starts[index] : offset]
        return index + 1, len(_shown(before)) + 1

    def span(self, start: int, end: int) -> Span:
        """The span between two byte offsets."""
        return Span(*self.position(start), *self.position(end))

    def place(self, start: int, end: int) -> Place:
        """The same as a place in this file."""
        return Place(self.path, self.span(start, end))

    def slice(self, span: Span) -> str:
        """The text a span covers."""
        lines = [self.line(number) for number in range(span.line, span.end_line + 1)]
        if not lines:
            return ""
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        return "\n".join(lines)
