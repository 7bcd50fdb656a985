"""Whole bundles from an Evidence by hand, without a scan."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from scanner.evidence.bundle import write
from scanner.evidence.model import Revision
from scanner.model import Finding
from tests.evidence.described import evidence

START = datetime(2026, 9, 1, tzinfo=timezone.utc)


def commit(digit: str, *, dirty: bool = False) -> Revision:
    return Revision(digit * 40, "main", dirty=dirty, committed="2026-09-20T10:00:00+00:00")


def written(folder: Path, *findings: Finding, day: int = 0, of: str = "a", result: Any = None, **changed: Any) -> Path:
    """A bundle of that day. `result`: fields of the ScanResult; `changed`: fields of the Evidence."""
    made = evidence(*findings, at=START + timedelta(days=day), revision=commit(of))._replace(**changed)
    write(made._replace(result=made.result._replace(**(result or {}))), folder)
    return folder
