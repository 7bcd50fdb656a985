"""software.csv: the software inventory (6.3.2), one row for a component and the file that names it."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.evidence.artefacts.csv_table import table
from scanner.evidence.model import Evidence

_COLUMNS = ("component", "version", "version range", "package URL", "scope", "bespoke", "licence", "locked digests")
_PLACE = ("file", "line")


def write(evidence: Evidence) -> bytes:
    """Limits follow as rows of their own."""
    return table((*_COLUMNS, *_PLACE), _rows(evidence))


def _rows(evidence: Evidence) -> Iterator[tuple[object, ...]]:
    for item in evidence.software:
        own = "yes" if item.bespoke else "no"
        row = (item.name, item.version, item.constraint, item.purl, item.scope, own, item.licence, item.digests)
        yield (*row, item.place.path, item.place.span.line)
    for limit in evidence.software_limits:
        yield ("not known", "", limit.message, "", "", "", "", "", limit.path, limit.line or "")
