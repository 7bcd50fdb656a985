"""waivers.json, waivers.csv, worksheets.md: exceptions that were asked for, and drafts of what PCI DSS wants written.

The worksheets follow PCI DSS v4.0.1, Appendix C (compensating controls) and Appendix E (customized approach), in our
own words; what only an assessor may say is left blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.evidence.about import about
from scanner.evidence.artefacts.csv_table import table
from scanner.evidence.artefacts.markdown import text
from scanner.evidence.model import Evidence
from scanner.model import Finding, Json, Waiver, WaiverType
from scanner.printable import json_text

_COLUMNS = (
    "id",
    "type",
    "policy",
    "path or fingerprint",
    "findings",
    "requirements",
    "in force",
    "justification",
    "owner",
    "approver",
    "approved on",
    "expires on",
    "ticket",
    "written by (git)",
    "reviewed by",
    "date of review",
)
_UNKNOWN_AUTHOR = "git cannot tell"
_COMPENSATING = (
    ("1. Constraints", "constraints", "What stands in the way of meeting the requirement as it is written."),
    ("2. Definition of the compensating controls", "definition", "What is done instead, and how it meets the aim."),
    ("3. Objective", "objective", "What the requirement is for, and what the control does for that."),
    ("4. Identified risk", "risk", "What remains, or comes with the control."),
    ("5. Validation", "validation", "How the control was tried, and with what result."),
    ("6. Maintenance", "maintenance", "What keeps the control working, and who looks after it."),
)
_CUSTOMIZED = (
    ("Customized approach objective", "objective", "What the requirement is for, and how the controls meet it."),
    ("What is implemented", "controls", ""),
    ("Where it is implemented", "where", ""),
    ("When it is performed", "when", ""),
    ("Who is responsible", "responsible", ""),
    ("How it is tested, and the results", "testing", ""),
    ("What keeps it working", "maintenance", ""),
    ("Targeted risk analysis (12.3.2)", "risk_analysis", ""),
)
_FIELDS = {WaiverType.COMPENSATING_CONTROL: _COMPENSATING, WaiverType.CUSTOMIZED_APPROACH: _CUSTOMIZED}
_TITLES = {
    WaiverType.COMPENSATING_CONTROL: "Compensating control (Appendix C)",
    WaiverType.CUSTOMIZED_APPROACH: "Customized approach (Appendix E)",
}
_BLANK = "______________________________"


def as_json(evidence: Evidence) -> bytes:
    """All waivers, those that waive nothing with the reason."""
    entries = [_entry(evidence, waiver) for waiver in _all(evidence)]
    return json_text({"schema": "paylint-waivers/1", **about(evidence), "waivers": entries}).encode()


def _entry(evidence: Evidence, waiver: Waiver) -> Json:
    return {
        "id": waiver.id,
        "type": waiver.type.value,
        "policy": waiver.policy,
        "path": waiver.path,
        "fingerprint": waiver.fingerprint,
        "requirements": _requirements(evidence, waiver),
        "justification": waiver.justification,
        "owner": waiver.owner,
        "approver": waiver.approver,
        "approved_at": waiver.approved_at.isoformat(),
        "expires": waiver.expires.isoformat(),
        "ticket": waiver.ticket,
        "worksheet": dict(waiver.worksheet),
        "authors": None if waiver.authors is None else list(waiver.authors),
        "in_force": not waiver.problem,
        "problem": waiver.problem,
        "findings": [found.fingerprint for found in _covered(evidence, waiver)],
        "line": waiver.place.span.line,
    }


def as_csv(evidence: Evidence) -> bytes:
    """A waiver a line, with empty cells for who reviews it."""
    return table(_COLUMNS, (_row(evidence, waiver) for waiver in _all(evidence)))


def _row(evidence: Evidence, waiver: Waiver) -> tuple[object, ...]:
    return (
        waiver.id,
        waiver.type.value,
        waiver.policy,
        waiver.path or waiver.fingerprint,
        len(_covered(evidence, waiver)),
        "; ".join(_requirements(evidence, waiver)),
        f"no: {waiver.problem}" if waiver.problem else "yes",
        waiver.justification,
        waiver.owner,
        waiver.approver,
        waiver.approved_at.isoformat(),
        waiver.expires.isoformat(),
        waiver.ticket,
        _authors(waiver),
        "",
        "",
    )


def worksheets(evidence: Evidence) -> bytes:
    """One draft for each compensating control and each customized approach."""
    return ("\n".join(_drafts(evidence)) + "\n").encode("utf-8", "replace")


def _drafts(evidence: Evidence) -> Iterator[str]:
    yield "# Drafts of worksheets"
    yield ""
    yield "Made from the waivers in the code's repository. A waiver changes nothing of what is said of a requirement:"
    yield "only an assessor can accept a compensating control or a customized approach."
    waivers = [waiver for waiver in _all(evidence) if waiver.type in _FIELDS]
    if not waivers:
        yield ""
        yield "No waiver is about a compensating control or a customized approach."
    for waiver in waivers:
        yield from _draft(evidence, waiver)


def _draft(evidence: Evidence, waiver: Waiver) -> Iterator[str]:
    yield ""
    yield f"## {_TITLES[waiver.type]}: {text(waiver.id)}"
    yield ""
    if waiver.problem:
        yield f"**Not in force: {text(waiver.problem)}.**"
        yield ""
    titles = {made.control.reference: made.control.title for made in evidence.requirements}
    yield "Requirements:"
    yield ""
    for name in _requirements(evidence, waiver) or ["none named, and none of a finding"]:
        yield f"- {text(name)}" + (f": {text(titles[name])}" if name in titles else "")
    for heading, field, asks in _FIELDS[waiver.type]:
        yield from ("", f"### {heading}", "")
        if asks:
            yield from (f"*{asks}*", "")
        yield text(waiver.worksheet[field])
    yield from ("", "### What it covers in the code", "")
    covered = _covered(evidence, waiver)
    for found in covered:
        yield f"- {text(f'{found.place.path}:{found.place.span.line}')}: {text(found.message)}"
    if not covered:
        yield "Nothing that was found."
    yield from ("", "### Agreed by", "")
    yield f"- Owner: {text(waiver.owner)}"
    yield f"- Approver: {text(waiver.approver)}, on {waiver.approved_at.isoformat()}"
    yield f"- Holds until: {waiver.expires.isoformat()}; ticket {text(waiver.ticket)}"
    yield f"- Written by, as git has it: {text(_authors(waiver))}"
    yield f"- Assessor, date: {_BLANK}"
    yield f"- Assessor's conclusion: {_BLANK}"


def _all(evidence: Evidence) -> Iterable[Waiver]:
    return evidence.result.waivers


def _covered(evidence: Evidence, waiver: Waiver) -> list[Finding]:
    """An id is one of its file: files of other folders may have it too."""
    here = waiver.id, waiver.place
    return [one for one in evidence.result.findings if one.waived and (one.waived.id, one.waived.place) == here]


def _requirements(evidence: Evidence, waiver: Waiver) -> list[str]:
    """Those it names, and those that its findings speak against."""
    found = {
        f"{framework}:{name}"
        for finding in _covered(evidence, waiver)
        for framework, names in finding.controls.items()
        for name in names
    }
    return sorted({*waiver.requirements, *found})


def _authors(waiver: Waiver) -> str:
    return _UNKNOWN_AUTHOR if waiver.authors is None else "; ".join(waiver.authors)
