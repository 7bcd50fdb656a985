"""report.pdf (PDF/UA-1): what is signed off and filed. An extra, since WeasyPrint needs Pango."""

from __future__ import annotations

import hashlib
import logging

from scanner.errors import UsageError
from scanner.evidence.model import Evidence
from scanner.evidence.report.document import document
from scanner.evidence.report.view import Bounds, view

BOUNDS = Bounds(full=3, rows=20, places=5, table=60, quiet=True)
"""A page takes a tenth of a second to lay out, and nobody reads thousands of them."""


def report(evidence: Evidence) -> bytes:
    """The same evidence and fonts give the same bytes. Raises UsageError where WeasyPrint cannot be had."""
    available()
    import weasyprint
    from weasyprint.urls import URLFetcher

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    text = document(view(evidence, BOUNDS), "pdf")
    made: bytes = weasyprint.HTML(string=text, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=hashlib.sha256(text.encode()).digest()[:16]
    )
    return made


def available() -> None:
    """Raises UsageError saying what is missing."""
    try:
        import weasyprint  # noqa: F401 - whether it can be had
    except ImportError:
        raise UsageError("--pdf: WeasyPrint is not installed: `pip install paylint[pdf]`") from None
    except OSError:
        raise UsageError("--pdf: WeasyPrint does not find Pango: install the system's libpango") from None
