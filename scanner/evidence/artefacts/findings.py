"""findings.json, findings.sarif, findings.csv: every finding, those with an exception as well."""

from __future__ import annotations

from scanner.evidence.artefacts.csv_table import table
from scanner.evidence.model import Evidence
from scanner.model import Finding, Waiver
from scanner.render import headline, render

_COLUMNS = (
    "policy",
    "title",
    "severity",
    "confidence",
    "path",
    "line",
    "column",
    "message",
    "requirements",
    "cwe",
    "exception",
    "rule",
    "fingerprint",
)


def as_json(evidence: Evidence) -> bytes:
    """As `paylint scan --format json` writes it."""
    return render(evidence.result, "json").encode()


def as_sarif(evidence: Evidence) -> bytes:
    """The full archive: suppressed results are in it, marked as such."""
    return render(evidence.result, "sarif").encode()


def as_csv(evidence: Evidence) -> bytes:
    """A finding a line, in the order of places."""
    return table(_COLUMNS, (_row(evidence, found) for found in evidence.result.findings))


def _row(evidence: Evidence, found: Finding) -> tuple[object, ...]:
    named = [f"{framework} {name}" for framework, names in sorted(found.controls.items()) for name in names]
    return (
        found.policy,
        headline(evidence.result, found),
        found.severity.value,
        found.confidence.value,
        found.place.path,
        found.place.span.line,
        found.place.span.column,
        found.message,
        "; ".join(named),
        "; ".join(found.cwe),
        exception(found),
        found.rule,
        found.fingerprint,
    )


def exception(found: Finding) -> str:
    """What says that a finding is accepted, "" if nothing does. An ignore is accepted by nobody but its author."""
    if found.suppressed is None:
        return "" if found.waived is None else _waiver(found.waived)
    until = f" until {found.suppressed.until}" if found.suppressed.until else ""
    return f"inline ignore, not approved{until}: {found.suppressed.reason}"


def _waiver(by: Waiver) -> str:
    how = by.type.value.replace("_", " ")
    return f"waiver {by.id} ({how}), approved by {by.approver} until {by.expires.isoformat()}: {by.justification}"
