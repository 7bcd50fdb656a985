"""Findings as SARIF results."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.model import Finding, Json, Place, ScanResult, Span, Step, Suppression, Waiver
from scanner.proof import capped
from scanner.render import headline
from scanner.render.sarif.parts import message, physical
from scanner.render.sarif.rules import LEVELS, Catalog


def results(result: ScanResult, known: Catalog) -> list[Json]:
    """One result for each finding, in their order."""
    return [_result(result, known, found) for found in result.findings]


def _result(result: ScanResult, known: Catalog, found: Finding) -> Json:
    rule = known.rule_id(found)
    entry: dict[str, Json] = {
        "ruleId": rule,
        "ruleIndex": known.index[rule],
        "level": LEVELS[found.severity],
        "message": message(found.message or headline(result, found)),
        "locations": [{"physicalLocation": physical(found.place, found.snippet)}],
        "partialFingerprints": _fingerprints(result, found),
        "suppressions": [*_suppressions(found)],
        "properties": {
            "policy": found.policy,
            "severity": found.severity.value,
            "confidence": _confidence(result, found),
        },
    }
    if found.trace:
        entry["relatedLocations"] = [{"id": n, **_step(step)} for n, step in enumerate(found.trace, start=1)]
        entry["codeFlows"] = [{"threadFlows": [{"locations": _flow(found)}]}]
    return entry


def _confidence(result: ScanResult, found: Finding) -> str:
    """What the finding says of itself, but no more than its rule was shown to deserve."""
    rule = result.rules.get(found.rule)
    return capped(found.confidence, rule.precision).value if rule and rule.precision else found.confidence.value


def _fingerprints(result: ScanResult, found: Finding) -> dict[str, str]:
    line = result.line_hashes.get((found.place.path, found.place.span.line), "")
    prints = {"primaryLocationLineHash": line, "paylint/v1": found.fingerprint}
    return {name: value for name, value in prints.items() if value}


def _suppressions(found: Finding) -> Iterator[Json]:
    if found.suppressed is not None:
        yield _suppression(found.suppressed)
    if found.waived is not None:
        yield _waiver(found.waived)


def _waiver(by: Waiver) -> Json:
    """Approved, and kept outside of the code."""
    return {
        "kind": "external",
        "status": "accepted",
        "justification": f"{by.type.value}: {by.justification}",
        "location": {"physicalLocation": physical(by.place, "")},
        "properties": {"id": by.id, "approver": by.approver, "ticket": by.ticket, "until": by.expires.isoformat()},
    }


def _suppression(by: Suppression) -> Json:
    """An inline ignore. `until` has no place in SARIF but the property bag."""
    place = Place(by.path, Span(by.line, 1, by.line, 1))
    entry = {"kind": "inSource", "justification": by.reason, "location": {"physicalLocation": physical(place, "")}}
    return {**entry, "properties": {"until": by.until}} if by.until else entry


def _flow(found: Finding) -> list[Json]:
    """The trace, ending at the finding itself."""
    steps = [*found.trace]
    if steps[-1].place != found.place:
        steps.append(Step(found.place, found.message, found.snippet))
    return [{"location": _step(step)} for step in steps]


def _step(step: Step) -> dict[str, Json]:
    return {"physicalLocation": physical(step.place, step.snippet), "message": message(step.message)}
