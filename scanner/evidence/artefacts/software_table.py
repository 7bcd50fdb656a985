"""software.csv: the software inventory (6.3.2), one row for a component and the file that names it."""

from __future__ import annotations

import csv
import io

from scanner.evidence.model import Evidence
from scanner.printable import printable

_COLUMNS = ("component", "version", "version range", "package URL", "scope", "bespoke", "licence", "locked digests")
_PLACE = ("file", "line")


def write(evidence: Evidence) -> bytes:
    """RFC 4180, UTF-8; no cell is a formula (OWASP, CSV injection). Limits follow as rows of their own."""
    stream = io.StringIO()
    table = csv.writer(stream)
    table.writerow((*_COLUMNS, *_PLACE))
    for item in evidence.software:
        own = "yes" if item.bespoke else "no"
        row = (item.name, item.version, item.constraint, item.purl, item.scope, own, item.licence, item.digests)
        table.writerow([_cell(str(value)) for value in (*row, item.place.path, item.place.span.line)])
    for limit in evidence.software_limits:
        cells = ("not known", "", limit.message, "", "", "", "", "", limit.path, limit.line or "")
        table.writerow([_cell(str(value)) for value in cells])
    return stream.getvalue().encode("utf-8", "replace")


def _cell(value: str) -> str:
    shown = printable(value)
    return f"'{shown}" if value.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) else shown
