"""report.md: the whole as Markdown, for a ticket or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from scanner.evidence.artefacts.findings import exception
from scanner.evidence.model import Evidence, Requirement, State
from scanner.evidence.summary import completeness, severities, states
from scanner.model import Finding, Place
from scanner.printable import prose
from scanner.render import headline

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&:@])")
_MANY = 200


def report(evidence: Evidence) -> bytes:
    """All text that comes from a scanned file, or from settings, is escaped."""
    return ("\n".join(_lines(evidence)) + "\n").encode("utf-8", "replace")


def _lines(evidence: Evidence) -> Iterator[str]:
    yield from _head(evidence)
    for framework in dict.fromkeys(made.control.framework for made in evidence.requirements):
        of_it = [made for made in evidence.requirements if made.control.framework == framework]
        yield from _framework(evidence, framework, of_it)
    yield from _findings(evidence)
    yield from _account_data(evidence)
    yield from _scripts(evidence)
    yield from _adviser(evidence)
    yield from _coverage(evidence)


def _head(evidence: Evidence) -> Iterator[str]:
    profile, revision, tool = evidence.profile, evidence.revision, evidence.result.tool
    yield "# Evidence from code and declared configuration"
    yield ""
    yield f"**{text(completeness(evidence))}**"
    yield ""
    yield "A requirement is *violated*, *no violation found* in what was checked, or *not checked*. None of the three"
    yield "says that it is met: that is for an assessor to judge."
    yield ""
    facts = [
        ("Entity", profile.entity or "not stated"),
        ("Assessment", profile.assessment or "not stated"),
        ("Merchant level", str(profile.merchant_level) if profile.merchant_level else "not stated"),
        ("SAQ", profile.saq or "not stated"),
        ("Date", evidence.at.strftime("%Y-%m-%d %H:%M UTC")),
        ("Revision", _revision(evidence) if revision else "not under version control"),
        ("Tool", f"{tool.name} {tool.version}, rules {tool.rules_digest}"),
    ]
    yield from _table(("", ""), facts)


def _revision(evidence: Evidence) -> str:
    revision = evidence.revision
    if revision is None:
        return ""
    return revision.commit + (" with uncommitted changes" if revision.dirty else "")


def _framework(evidence: Evidence, framework: str, requirements: list[Requirement]) -> Iterator[str]:
    yield f"## {text(framework)}"
    yield ""
    yield ", ".join(f"{count} {state.value}" for state, count in states(evidence, framework).items())
    yield ""
    spoken_of = [made for made in requirements if made.state is not State.NOT_CHECKED or made.findings]
    yield from _table(("Requirement", "State", "Examined", "Findings", "Limits"), map(_requirement, spoken_of))
    others = [made.control.id for made in requirements if made not in spoken_of]
    if others:
        yield f"Not checked: {text(', '.join(others))}."
        yield ""


def _requirement(made: Requirement) -> tuple[str, ...]:
    return (
        f"{made.control.id} {made.control.title}",
        made.state.value,
        examined(made),
        str(len(made.findings)),
        " ".join(made.limits),
    )


def examined(made: Requirement) -> str:
    """The counts in words."""
    subjects = made.passed + made.failed + made.unknown
    parts = [f"{subjects} checks ({made.failed} failed, {made.unknown} undecided)"] if subjects else []
    parts += [f"{made.files} files"] if made.files else []
    return ", ".join(parts) or "nothing"


def _findings(evidence: Evidence) -> Iterator[str]:
    found = sorted(evidence.result.findings, key=lambda one: -one.severity.rank)
    yield "## Findings"
    yield ""
    yield ", ".join(f"{count} {severity.value}" for severity, count in severities(evidence).items())
    yield ""
    rows = ((headline(evidence.result, one), one.severity.value, _place(one), exception(one)) for one in found[:_MANY])
    yield from _table(("What", "Severity", "Where", "Exception"), rows)
    if len(found) > _MANY:
        yield f"{len(found) - _MANY} more are in findings.csv."
        yield ""


def _account_data(evidence: Evidence) -> Iterator[str]:
    listed = evidence.account_data
    yield "## Account data"
    yield ""
    rows = (
        (item.store, item.kind, ", ".join(item.elements), item.unreadable, _at(item.place)) for item in listed[:_MANY]
    )
    yield from _table(("Where", "Kind", "Elements", "Made unreadable by", "Seen in"), rows)
    if len(listed) > _MANY:
        yield f"{len(listed) - _MANY} more are in account_data.csv."
        yield ""


def _scripts(evidence: Evidence) -> Iterator[str]:
    listed = evidence.scripts
    yield "## Scripts of payment pages"
    yield ""
    yield "This satisfies neither 6.4.3 nor 11.6.1: what browsers receive is not in here."
    yield ""
    rows = (
        (item.page, item.source, item.integrity or "none", item.authorised or "nothing seen", _at(item.place))
        for item in listed[:_MANY]
    )
    yield from _table(("Page", "Script", "Integrity", "Allowed by", "Seen in"), rows)
    if len(listed) > _MANY:
        yield f"{len(listed) - _MANY} more are in payment_page_scripts.csv."


def _adviser(evidence: Evidence) -> Iterator[str]:
    yield "## SAQ eligibility"
    yield ""
    yield "Criteria that the code contradicts, or puts in doubt. That nothing does makes no entity eligible."
    yield ""
    rows = [
        (one.saq, verdict, criterion, f"{place.path}:{place.span.line}")
        for one in evidence.adviser
        for verdict, lines in (("contradicted", one.contradicted), ("to look at", one.doubted))
        for criterion, place, _ in lines
    ]
    yield from _table(("SAQ", "Criterion is", "Criterion", "Where"), rows[:_MANY])
    if len(rows) > _MANY:
        yield f"{len(rows) - _MANY} more are in saq.json."
        yield ""


def _place(found: Finding) -> str:
    return _at(found.place)


def _at(place: Place) -> str:
    return f"{place.path}:{place.span.line}"


def _coverage(evidence: Evidence) -> Iterator[str]:
    result = evidence.result
    yield "## What was not analysed"
    yield ""
    rows = [(error.path, f"{error.engine}: {error.message}") for error in result.errors]
    rows += [(file.path, f"in part: {file.partial}") for file in result.analysed if file.partial]
    rows += [(left.path, left.reason) for left in result.skipped]
    yield from _table(("Path", "Why"), rows[:_MANY])
    if len(rows) > _MANY:
        yield f"{len(rows) - _MANY} more are in coverage.csv."


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(map(text, row))} |"
    yield ""


def text(value: str) -> str:
    """Plain text as Markdown, on one line."""
    return _MARKS.sub(r"\\\1", prose(value))
