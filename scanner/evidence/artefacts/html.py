"""report.html: the whole for a reader, in one file that loads nothing and works without script."""

from __future__ import annotations

from scanner.evidence.model import Evidence
from scanner.evidence.report.document import document
from scanner.evidence.report.view import Bounds, view

BOUNDS = Bounds(full=20, rows=300, places=10, table=5000)
"""10,000 findings of 40 policies, and 5,000 files that were not analysed, stay a page a browser scrolls smoothly."""


def report(evidence: Evidence) -> bytes:
    """UTF-8; ASCII characters, and what of others can be seen. findings.csv and coverage.csv have what is left out."""
    return document(view(evidence, BOUNDS), "screen").encode()
