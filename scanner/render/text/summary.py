"""The end of a text report: what went wrong, then what could not be decided, the counts, and one line of verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from scanner.model import ScanResult, Severity, Status
from scanner.printable import printable
from scanner.render.text.ink import Ink, counted, labelled, listed, paragraph

_INDENT = 2
_HANG = len("coverage:") + 1
_PLACES_PER_ERROR = 10
_REASONS = 5
_EXAMPLES = 2
_PARTIAL_FILES = 5
_UNSAID = "no reason given"
_ALL = "(--format json lists them all)"


def summary(result: ScanResult, ink: Ink) -> Iterator[str]:
    """The lines below the findings; the last one is the verdict."""
    if _is_incomplete(result):
        yield from _incomplete(result, ink)
    if result.count(Status.UNKNOWN):
        yield from _undecided(result, ink)
    yield from labelled(ink, "findings:", _findings(result), indent=0, hang=_HANG)
    yield from labelled(ink, "checks:", _checks(result), indent=0, hang=_HANG)
    yield from labelled(ink, "coverage:", _coverage(result), indent=0, hang=_HANG)
    yield from _partial(result)
    yield ""
    yield _verdict(result, ink)


def _is_incomplete(result: ScanResult) -> bool:
    return result.exit_code == 3 or bool(result.errors) or result.count(Status.ERROR) > 0


def _incomplete(result: ScanResult, ink: Ink) -> Iterator[str]:
    """What was not checked and why, equal reasons together."""
    yield ink("alarm", "INCOMPLETE:") + ink("bad", " nothing can be said about")
    places: dict[str, list[str]] = {}
    for error in result.errors:
        places.setdefault(f"{error.engine}: {error.message or _UNSAID}", []).append(error.path or "the scan as a whole")
    told = {error.message for error in result.errors}
    for check in result.checks:
        if check.status is Status.ERROR and check.reason not in told:
            places.setdefault(f"{check.rule}: {check.reason or _UNSAID}", []).append(check.subject)
    for reason, paths in places.items():
        yield from (" " * _INDENT + ink("strong", printable(path)) for path in paths[:_PLACES_PER_ERROR])
        if len(paths) > _PLACES_PER_ERROR:
            yield " " * _INDENT + f"and {len(paths) - _PLACES_PER_ERROR} more {_ALL}"
        yield from paragraph(reason, _INDENT * 3)
    if not places:
        yield from paragraph("what the coverage below names as analysed in part or skipped", _INDENT)
    yield ""


def _undecided(result: ScanResult, ink: Ink) -> Iterator[str]:
    """The reasons that stand behind most unknown checks, with examples."""
    subjects: dict[str, list[str]] = {}
    for check in result.checks:
        if check.status is Status.UNKNOWN:
            subjects.setdefault(check.reason or _UNSAID, []).append(f"{check.subject} ({check.rule})")
    total = result.count(Status.UNKNOWN)
    yield ink("strong", "UNKNOWN:") + f" {counted(total, 'check')} could be decided neither way"
    shown = _most_common(Counter({reason: len(names) for reason, names in subjects.items()}))[:_REASONS]
    for reason, number in shown:
        yield from paragraph(f"{number} x {reason}", _INDENT, _INDENT)
        yield from (ink("dim", line) for line in paragraph(listed(sorted(subjects[reason]), _EXAMPLES), _INDENT * 3))
    rest = total - sum(number for _, number in shown)
    if rest:
        yield " " * _INDENT + f"{rest} x other reasons {_ALL}"
    yield ""


def _most_common(counts: Counter[str]) -> list[tuple[str, int]]:
    """Most frequent first, equals by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _findings(result: ScanResult) -> str:
    shown = [found.severity for found in result.findings if not found.excepted]
    parts = _by_severity(shown) or ["none"]
    return "; ".join((", ".join(parts), *_excepted(result, "suppressed by inline ignores")))


def _excepted(result: ScanResult, suppressed: str) -> list[str]:
    """How many are left out and why, without zeros."""
    ignored = sum(found.suppressed is not None for found in result.findings)
    waived = sum(found.excepted for found in result.findings) - ignored
    return [f"{count} {why}" for count, why in ((ignored, suppressed), (waived, "waived")) if count]


def _checks(result: ScanResult) -> str:
    statuses = (Status.PASS, Status.FAIL, Status.UNKNOWN, Status.ERROR)
    return ", ".join(f"{result.count(status)} {status.value}" for status in statuses)


def _by_severity(severities: Iterable[Severity]) -> list[str]:
    """["1 critical", "2 high"], without zeros."""
    counts = Counter(severities)
    return [f"{counts[severity]} {severity.value}" for severity in Severity if counts[severity]]


def _coverage(result: ScanResult) -> str:
    partial = sum(1 for file in result.analysed if file.partial)
    analysed = f"{counted(len(result.analysed), 'file')} analysed" + (f" ({partial} in part)" if partial else "")
    if not result.skipped:
        return analysed
    reasons = _most_common(Counter(entry.reason for entry in result.skipped))
    named = ", ".join(f"{number} {reason or _UNSAID}" for reason, number in reasons[:_REASONS])
    rest = sum(number for _, number in reasons[_REASONS:])
    return f"{analysed}, {len(result.skipped)} skipped: {named}" + (f", {rest} for other reasons" if rest else "")


def _partial(result: ScanResult) -> Iterator[str]:
    """The files that were analysed in part, and which part was not."""
    partial = [file for file in result.analysed if file.partial]
    for file in partial[:_PARTIAL_FILES]:
        yield from paragraph(f"in part: {printable(file.path)}: {file.partial}", _HANG, _INDENT)
    if len(partial) > _PARTIAL_FILES:
        yield " " * _HANG + f"and {len(partial) - _PARTIAL_FILES} more in part {_ALL}"


def _verdict(result: ScanResult, ink: Ink) -> str:
    """One line that never promises more than was checked."""
    violations = _violations(result)
    if _is_incomplete(result):
        reason = counted(len(result.errors), "error") if result.errors else "not everything was checked"
        checked = ", ".join(_by_severity(violations)) or "no"
        noun = "violation" if len(violations) == 1 else "violations"
        return ink("alarm", "INCOMPLETE:") + ink("bad", f" {reason}; {checked} {noun} in what was checked")
    if violations:
        gate = "" if result.exit_code else f" (none of them fails the scan: it fails on {result.fail_on.value})"
        return ink("bad", f"violations found: {', '.join(_by_severity(violations))}{gate}")
    if not result.analysed:
        return ink("strong", "nothing to check: no file here concerns the rules")
    return ink("good", f"no violation found in what was checked ({_checked(result)})")


def _violations(result: ScanResult) -> list[Severity]:
    """Severities of what counts as a violation: not what has an exception, and notes only if the user gates on them."""
    shown = [found.severity for found in result.findings if not found.excepted]
    return [severity for severity in shown if severity is not Severity.INFO or result.fail_on is Severity.INFO]


def _checked(result: ScanResult) -> str:
    """Code rules report no passes, so a scan of code alone has files but no checks."""
    checks = result.count(Status.PASS) + result.count(Status.FAIL)
    parts = [counted(len(result.analysed), "file")]
    parts += [counted(checks, "check")] if checks else []
    return ", ".join([*parts, *_excepted(result, "suppressed")])
