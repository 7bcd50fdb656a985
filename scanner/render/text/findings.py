"""The findings of a text report: file by file, in the order of their lines, every explanation given once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from scanner.model import Confidence, Finding, Place, ScanResult, Severity, Step
from scanner.printable import printable, prose, width
from scanner.render import headline
from scanner.render.text.excerpt import excerpt
from scanner.render.text.ink import WIDTH, Ink, labelled, listed, paragraph

_INDENT = 2
_HANG = len("control:") + 1
_CODE = _INDENT + _HANG
_LINES_NAMED = 5
_FRAMEWORKS = {"pci-dss-4.0.1": "PCI DSS v4.0.1", "gdpr": "GDPR", "sox": "SOX"}


@dataclass(frozen=True, slots=True)
class _Page:
    """`explains`: by policy, the finding that tells why. `advises`: by file and advice, the finding that gives it."""

    result: ScanResult
    ink: Ink
    explains: dict[str, Finding]
    advises: dict[tuple[str, str, str], Finding]


def findings(result: ScanResult, ink: Ink) -> Iterator[str]:
    """The lines of all findings but those with an exception; each block ends in an empty line."""
    shown = [found for found in result.findings if not found.excepted]
    detailed = [found for found in shown if not _is_note(result, found)]
    page = _Page(result, ink, {}, {})
    for found in detailed:
        page.explains.setdefault(found.policy, found)
        page.advises.setdefault(_advice(found), found)
    for path, group in groupby(sorted(shown, key=lambda found: found.place), key=lambda found: found.place.path):
        members = list(group)
        for found in members:
            if not _is_note(result, found):
                yield from _block(page, found)
        yield from _notes(page, path, [found for found in members if _is_note(result, found)])


def _is_note(result: ScanResult, found: Finding) -> bool:
    """Whether a finding is only worth a mention: a published test card, say, unless the user gates on those."""
    return found.severity is Severity.INFO and result.fail_on is not Severity.INFO


def _advice(found: Finding) -> tuple[str, str, str]:
    return found.place.path, found.policy, found.remediation


def _block(page: _Page, found: Finding) -> Iterator[str]:
    ink = page.ink
    yield from _header(page, found)
    yield from excerpt(ink, found.snippet, found.place.span, found.severity, _CODE)
    yield from labelled(ink, "why:", found.message, indent=_INDENT, hang=_HANG)
    policy = page.result.policies.get(found.policy)
    if policy and page.explains[found.policy] is found:
        yield from paragraph(policy.rationale, _CODE)
    yield from _trace(ink, found.trace, found.severity)
    if page.advises[_advice(found)] is found:
        yield from labelled(ink, "fix:", found.remediation, indent=_INDENT, hang=_HANG)
        yield from labelled(ink, "control:", _controls(found), indent=_INDENT, hang=_HANG)
    yield ""


def _header(page: _Page, found: Finding) -> Iterator[str]:
    """`path:line:column  SEVERITY  title  (policy / rule)`, on as few lines as it fits."""
    where, level = _where(found.place), found.severity.value.upper()
    title = prose(headline(page.result, found))
    doubt = ", low confidence" if found.confidence is Confidence.LOW else ""
    ids = f"({prose(found.policy)} / {prose(found.rule)}{doubt})"
    start = f"{page.ink('strong', where)}  {page.ink(found.severity, level)}"
    used = width(where) + 2 + len(level)
    if used + 2 + width(title) + 2 + width(ids) <= WIDTH:
        yield f"{start}  {page.ink('strong', title)}  {page.ink('dim', ids)}"
        return
    if used + 2 + width(title) <= WIDTH:
        yield f"{start}  {page.ink('strong', title)}"
    else:
        yield start
        yield from (page.ink("strong", line) for line in paragraph(title, _INDENT))
    yield from (page.ink("dim", line) for line in paragraph(ids, _INDENT))


def _where(place: Place) -> str:
    return f"{printable(place.path)}:{place.span.line}:{place.span.column}"


def _trace(ink: Ink, steps: tuple[Step, ...], severity: Severity) -> Iterator[str]:
    for number, step in enumerate(steps, start=1):
        label = ink("label", "trace:" if number == 1 else "")
        margin = " " * _INDENT + label + " " * (_HANG - (len("trace:") if number == 1 else 0))
        where, message = f"{number}. {_where(step.place)}", prose(step.message)
        if message and _CODE + width(where) + 2 + width(message) <= WIDTH:
            yield f"{margin}{ink('strong', where)}  {message}"
        else:
            yield f"{margin}{ink('strong', where)}"
            yield from paragraph(message, _CODE + 3)
        yield from excerpt(ink, step.snippet, step.place.span, severity, _CODE + 3)


def _controls(found: Finding) -> str:
    frameworks = [f"{_FRAMEWORKS.get(name, name)} {', '.join(found.controls[name])}" for name in _frameworks(found)]
    return "; ".join([*frameworks, *found.cwe])


def _frameworks(found: Finding) -> list[str]:
    """Known frameworks first, in the order of the table above."""
    return [name for name in _FRAMEWORKS if name in found.controls] + sorted(set(found.controls) - set(_FRAMEWORKS))


def _notes(page: _Page, path: str, notes: list[Finding]) -> Iterator[str]:
    """All notes of a file in one line, or as few as they fit."""
    if not notes:
        return
    start, text = f"{printable(path)}  {len(notes)} INFO", prose("; ".join(_kinds(page, notes)))
    if width(start) + 2 + width(text) <= WIDTH:
        yield page.ink("dim", f"{start}  {text}")
    else:
        yield from (page.ink("dim", line) for line in (start, *paragraph(text, _INDENT)))
    yield ""


def _kinds(page: _Page, notes: list[Finding]) -> Iterator[str]:
    """By policy: "a published test card number (pan_in_source, lines 3, 9)"; its title where the messages differ."""
    for policy in sorted({found.policy for found in notes}):
        same = [found for found in notes if found.policy == policy]
        messages = {found.message for found in same}
        lines = sorted({found.place.span.line for found in same})
        what = messages.pop() if len(messages) == 1 else headline(page.result, same[0])
        where = ("line " if len(lines) == 1 else "lines ") + listed(map(str, lines), _LINES_NAMED)
        yield f"{what} ({policy}, {where})"
