"""Tables for spreadsheets (RFC 4180, UTF-8, CRLF)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from scanner.printable import printable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """With a line of headings. No cell is a formula (OWASP, CSV injection), none holds a control character."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return stream.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    text = str(value)
    shown = "\n".join(map(printable, text.split("\n")))
    return f"'{shown}" if text.lstrip(" ").startswith(_FORMULA) else shown
