"""The report as SARIF 2.1.0, for GitHub code scanning and every other reader of that format.

What may be in it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/
What GitHub makes of it: https://docs.github.com/en/code-security/code-scanning (SARIF support for code scanning)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scanner.model import Json, ScanResult, Status
from scanner.printable import json_text
from scanner.render.sarif.parts import ROOT, artifact, message
from scanner.render.sarif.results import results
from scanner.render.sarif.rules import Catalog, catalog

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_NOTIFICATIONS = {
    "incomplete": ("error", "Something that should have been analysed was not"),
    "partial": ("warning", "A file was analysed only in part"),
    "skipped": ("note", "Files or folders no engine looked at"),
    "unknown": ("note", "Checks that could be decided neither way"),
}


def render(result: ScanResult, _color: bool = False, /) -> str:
    """One run with every finding, the suppressed ones marked as such; the same bytes for the same result."""
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(result)]})


def _run(result: ScanResult) -> Json:
    known = catalog(result)
    return {
        "tool": {"driver": _driver(result, known)},
        "automationDetails": {"id": "paylint/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": message("The folder the scan was started for.")}},
        "invocations": [_invocation(result)],
        "taxonomies": known.taxonomies,
        "results": results(result, known),
    }


def _driver(result: ScanResult, known: Catalog) -> Json:
    return {
        "name": result.tool.name,
        "version": result.tool.version,
        "properties": {"rulesDigest": result.tool.rules_digest},
        "rules": known.rules,
        "notifications": [
            {"id": name, "shortDescription": message(text)} for name, (_, text) in _NOTIFICATIONS.items()
        ],
        "supportedTaxonomies": known.supported,
    }


def _invocation(result: ScanResult) -> Json:
    incomplete = result.exit_code == 3 or result.errors or result.count(Status.ERROR)
    return {
        "executionSuccessful": not incomplete,
        "exitCode": result.exit_code,
        "toolExecutionNotifications": list(_notifications(result)),
    }


def _notifications(result: ScanResult) -> Iterator[Json]:
    for error in result.errors:
        yield _notification("incomplete", f"{error.engine}: {error.message}", error.path)
    told = {error.message for error in result.errors}
    for check in result.checks:
        if check.status is Status.ERROR and check.reason not in told:
            yield _notification("incomplete", f"{check.rule} on {check.subject}: {check.reason}")
    for file in result.analysed:
        if file.partial:
            yield _notification("partial", file.partial, file.path)
    for reason, number in sorted(Counter(entry.reason for entry in result.skipped).items()):
        yield _notification("skipped", f"{number} skipped: {reason}")
    unknown = Counter((check.rule, check.reason) for check in result.checks if check.status is Status.UNKNOWN)
    for (rule, reason), number in sorted(unknown.items()):
        yield _notification("unknown", f"{number} of {rule}: {reason}")


def _notification(kind: str, text: str, path: str = "") -> Json:
    entry = {
        "descriptor": {"id": kind, "index": list(_NOTIFICATIONS).index(kind)},
        "level": _NOTIFICATIONS[kind][0],
        "message": message(text),
    }
    return {**entry, "locations": [{"physicalLocation": {"artifactLocation": artifact(path)}}]} if path else entry
