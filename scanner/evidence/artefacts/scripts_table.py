"""payment_page_scripts.csv: scripts of pages that take cards, with columns for what 6.4.3 asks of people.

It satisfies neither 6.4.3 nor 11.6.1: browsers may receive others than the sources of a page show.
"""

from __future__ import annotations

from scanner.evidence.artefacts.csv_table import table
from scanner.evidence.model import Evidence, ScriptItem

_HEAD = ("page", "script", "digest of inline text", "integrity", "crossorigin", "allowed by", "where", "line")
COLUMNS = (*_HEAD, "why it is needed", "authorised by", "authorised on")


def write(evidence: Evidence) -> bytes:
    """UTF-8. A row for each script; empty is what nobody said or what cannot be seen."""
    return table(COLUMNS, map(_row, evidence.scripts))


def _row(item: ScriptItem) -> list[object]:
    told = [item.page, item.source, item.digest, item.integrity, item.crossorigin, item.authorised]
    return [*told, item.place.path, item.place.span.line, item.purpose, "", ""]
