"""A line of source as a terminal shows it: numbered, clipped around what matters, that part underlined."""

from __future__ import annotations

from scanner.model import Severity, Span
from scanner.printable import glyph, width
from scanner.render.text.ink import MORE, WIDTH, Ink

_TAB = "    "
_SHOWN_LINES = 3
_BAR = " | "
_MARK = "> "


def excerpt(ink: Ink, snippet: str, span: Span, severity: Severity, indent: int) -> list[str]:
    """The lines of a snippet, the first being line `span.line`, their text in column `indent`; none if all are blank.

    A span within a line is underlined if it fits the line (masked text keeps its length, cut text does not); the lines
    of a longer one are marked at the margin.
    """
    lines = snippet.split("\n")[:_SHOWN_LINES]
    if not any(line.strip() for line in lines):
        return []
    margin = max(indent - len(_BAR), len(str(span.line + len(lines) - 1)) + len(_MARK))
    room = WIDTH - margin - len(_BAR)
    if span.end_line > span.line:
        texts = [_clip(line, 0, 0, room)[0] for line in lines]
        return [_row(ink, margin, str(number), text, severity) for number, text in enumerate(texts, start=span.line)]
    start, end = _stretch(lines[0], span)
    text, before, under = _clip(lines[0], start, end, room)
    rows = [_row(ink, margin, str(span.line), text)]
    if end > start:
        rows.append(_row(ink, margin, "", " " * before + ink(severity, "^" * under)))
    return rows


def _row(ink: Ink, margin: int, number: str, text: str, marked: Severity | None = None) -> str:
    """Code behind its line number, which ends at the margin and may have a mark before it."""
    mark = ink(marked, _MARK) if marked else ""
    blank = " " * (margin - len(number) - (len(_MARK) if marked else 0))
    return blank + mark + ink("label", number + _BAR.rstrip()) + (f" {text}" if text else "")


def _stretch(line: str, span: Span) -> tuple[int, int]:
    """The span as indices into the line; (0, 0) where it does not fit. An empty one gets the character it stands at."""
    start, end = span.column - 1, max(span.end_column - 1, span.column)
    return (start, end) if 0 <= start < end <= len(line) else (0, 0)


def _clip(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The visible part of a line, and of the stretch from start to end: the columns before it and those it takes."""
    cells = [_TAB if char == "\t" else glyph(char) for char in line.rstrip()]
    widths = [width(cell) for cell in cells]
    first, last = 0, len(cells)
    if sum(widths) > room:
        if sum(widths[:end]) > room - len(MORE):
            first = _backwards(widths, start, room // 3)
        last = _forwards(widths, first, room - len(MORE) * 2)
    lead = MORE if first else ""
    text = lead + "".join(cells[first:last]) + (MORE if last < len(cells) else "")
    return text, len(lead) + sum(widths[first:start]), max(1, sum(widths[start : min(end, last)]))


def _backwards(widths: list[int], start: int, room: int) -> int:
    """How far left of `start` one gets within that many columns."""
    while start > 0 and room >= widths[start - 1]:
        start -= 1
        room -= widths[start]
    return start


def _forwards(widths: list[int], start: int, room: int) -> int:
    """How far right of `start` one gets within that many columns."""
    while start < len(widths) and room >= widths[start]:
        room -= widths[start]
        start += 1
    return start
