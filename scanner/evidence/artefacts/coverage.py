"""coverage.json, coverage.csv: what was analysed, by which engines, and what was not and why."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.evidence.about import about
from scanner.evidence.artefacts.csv_table import table
from scanner.evidence.model import Evidence
from scanner.model import Status
from scanner.printable import json_text


def as_json(evidence: Evidence) -> bytes:
    """reports/schemas/coverage-1.schema.json describes it."""
    result = evidence.result
    return json_text(
        {
            "schema": "paylint-coverage/1",
            **about(evidence),
            "errors": [
                {"path": error.path, "engine": error.engine, "message": error.message} for error in result.errors
            ],
            "analysed": [
                {"path": file.path, "engines": list(file.engines), "partial": file.partial} for file in result.analysed
            ],
            "not_analysed": [{"path": file.path, "reason": file.reason} for file in result.skipped],
            "undecided": [
                {"rule": check.rule, "subject": check.subject, "reason": check.reason}
                for check in result.checks
                if check.status is Status.UNKNOWN
            ],
        }
    ).encode()


def as_csv(evidence: Evidence) -> bytes:
    """A file a line; what went wrong first."""
    return table(("state", "path", "engines", "why"), _rows(evidence))


def _rows(evidence: Evidence) -> Iterator[tuple[str, str, str, str]]:
    result = evidence.result
    for error in result.errors:
        yield "missing: the scan is incomplete", error.path, error.engine, error.message
    for file in result.analysed:
        state = "analysed in part" if file.partial else "analysed"
        yield state, file.path, ", ".join(file.engines), file.partial
    for left in result.skipped:
        yield "not analysed", left.path, "", left.reason
