"""The report as JSON, `paylint/1`: reports/schemas/paylint-1.schema.json says what is in it.

A key is never renamed, dropped or given another meaning under this name; new keys may appear with a new minor version
of paylint, and the schema that ships with it names them all.
"""

from __future__ import annotations

from scanner.model import Analysed, Finding, Json, Place, ScanResult, Status, Step, Suppression, Waiver
from scanner.printable import json_text
from scanner.render import headline

SCHEMA = "paylint/1"


def render(result: ScanResult, _color: bool = False, /) -> str:
    """Valid UTF-8, indented, the same bytes for the same result."""
    return json_text(
        {
            "schema": SCHEMA,
            "tool": {
                "name": result.tool.name,
                "version": result.tool.version,
                "rules_digest": result.tool.rules_digest,
            },
            "findings": [_finding(result, found) for found in result.findings],
            "checks": {status.value: result.count(status) for status in _STATUSES},
            "unknown": _unknown(result),
            "coverage": {
                "files": len(result.analysed),
                "analysed": [_analysed(file) for file in result.analysed],
                "skipped": [{"path": entry.path, "reason": entry.reason} for entry in result.skipped],
            },
            "errors": [{"path": e.path, "engine": e.engine, "message": e.message} for e in result.errors],
            "exit_code": result.exit_code,
        }
    )


_STATUSES = (Status.PASS, Status.FAIL, Status.UNKNOWN, Status.ERROR)


def _finding(result: ScanResult, found: Finding) -> Json:
    return {
        "policy": found.policy,
        "rule": found.rule,
        "title": headline(result, found),
        "severity": found.severity.value,
        "confidence": found.confidence.value,
        "message": found.message,
        **_place(found.place),
        "snippet": found.snippet,
        "remediation": found.remediation,
        "controls": {framework: list(found.controls[framework]) for framework in sorted(found.controls)},
        "cwe": list(found.cwe),
        "fingerprint": found.fingerprint,
        "trace": [_step(step) for step in found.trace],
        "suppressed": _suppressed(found.suppressed),
        "waived": _waived(found.waived),
    }


def _place(place: Place) -> dict[str, Json]:
    span = place.span
    return {
        "path": place.path,
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
    }


def _step(step: Step) -> Json:
    return {**_place(step.place), "message": step.message, "snippet": step.snippet}


def _suppressed(by: Suppression | None) -> Json:
    return by and {"reason": by.reason, "until": by.until, "path": by.path, "line": by.line}


def _waived(by: Waiver | None) -> Json:
    return by and {
        "id": by.id,
        "type": by.type.value,
        "justification": by.justification,
        "owner": by.owner,
        "approver": by.approver,
        "expires": by.expires.isoformat(),
        "ticket": by.ticket,
    }


def _unknown(result: ScanResult) -> Json:
    """The checks nobody could decide, sorted."""
    checks = [(check.rule, check.subject, check.reason) for check in result.checks if check.status is Status.UNKNOWN]
    return [{"rule": rule, "subject": subject, "reason": reason} for rule, subject, reason in sorted(checks)]


def _analysed(file: Analysed) -> Json:
    entry = {"path": file.path, "engines": list(file.engines), "partial": bool(file.partial)}
    return {**entry, "partial_reason": file.partial} if file.partial else entry
