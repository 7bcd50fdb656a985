"""What became of a mutant: killed by a rule of its policy and by relevant ones only, or why not.

It is reported at the changed lines (by the finding or a step of its trace); at what encloses them (a resource, a
manifest, the head of a call, function or class; where there are no blocks, as in SQL and settings, the file); in code,
where what they assign or work on is made or used; or at the line that the mutant names, and there alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scanner.model import Finding, Span
from scanner.validation.lay_out import Laid

_WORD = re.compile(r"[$\w]+")
_SHOWN = 60
"""Characters of a line, in what is said of a mutant."""
_FLAT = (".sql", ".cnf", ".conf", ".cfg", ".properties", ".env", ".ini", ".json")
_WORKED_ON = re.compile(
    r"\s*(?:(?:[A-Za-z_][\w<>,.\[\]?]*\s+)*?([$\w]+)(?:\s*:\s*[\w<>,.\[\]?]+)?\s*:?=(?!=)|([$\w]+)(?:\.|->|\[))"
)
"""What a line of code assigns, or calls a method of."""
_BLOCKS = (".tf", ".tofu", ".hcl", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Known:
    """What is reported where nothing was edited. `counts`: (rule, path, snippet) -> times; `lines`: (policy, path,
    line); paths as they are scanned."""

    counts: Counter[tuple[str, str, str]]
    lines: frozenset[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`why`: why it is not killed, "" if it is. `rules`: those of its policy that reported the place; `astray`: those
    that reported something which has nothing to do with it."""

    laid: Laid
    why: str
    rules: tuple[str, ...]
    astray: tuple[str, ...]


def known(findings: Iterable[Finding]) -> Known:
    """What a scan of the unedited files reports."""
    placed = [(found, found.place.path.split("/", 1)[1], found.place.span) for found in findings]
    return Known(
        Counter((found.rule, path, found.snippet) for found, path, _ in placed),
        frozenset((found.policy, path, line) for found, path, at in placed for line in range(at.line, at.end_line + 1)),
    )


def judge(laid: Laid, findings: Sequence[Finding], before: Known, optional: frozenset[str], partial: str) -> Verdict:
    """`findings`: those in its folder; `optional`: policies nobody is bothered with unasked; `partial`: what of the
    edited file could not be understood."""
    mutant = laid.mutant
    new = _new(laid, findings, before)
    relevant = mutant.also | {mutant.policy}
    astray = tuple(sorted({found.rule for found in new if found.policy not in relevant | optional}))
    own = [found for found in new if found.policy == mutant.policy]
    placed = [found for found in own if _there(laid, found)]
    rules = tuple(sorted({found.rule for found in placed}))
    at = range(mutant.edit.at, mutant.edit.at + mutant.edit.taken)
    if any((mutant.policy, laid.file, line) in before.lines for line in at):
        why = "it is reported without the edit as well"
    elif not own:
        why = "nothing reports it" + (f" (understood in part: {partial})" if partial else "")
    elif not placed:
        why = f"{own[0].rule} reports it elsewhere ({_shown(own[0])}): name a stretch of that line with `reported`"
    elif astray:
        first = next(found for found in new if found.rule == astray[0])
        why = (
            f"{', '.join(astray)} reports something, too ({_shown(first)}): if it is right, name its policy with `also`"
        )
    else:
        why = ""
    return Verdict(laid, why, rules, astray)


def _shown(found: Finding) -> str:
    return f"{found.place.path.split('/', 1)[1]}:{found.place.span.line}, {found.snippet.strip()[:_SHOWN]!r}"


def _new(laid: Laid, findings: Sequence[Finding], before: Known) -> list[Finding]:
    """Those that are not there without the edit; of like ones those that are nearest to it."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for found in findings:
        alike.setdefault((found.rule, found.place.path.split("/", 1)[1], found.snippet), []).append(found)
    new = []
    for key, several in alike.items():
        near = sorted(several, key=lambda found: abs(found.place.span.line - laid.edited.first))
        new += near[: max(0, len(near) - before.counts[key])]
    return new


def _there(laid: Laid, found: Finding) -> bool:
    mutant, file = laid.mutant, f"{laid.folder}/{laid.file}"
    if mutant.reported and mutant.reported in found.snippet:
        return True
    first, last = laid.edited.first, laid.edited.last
    spans = [place.span for place in (found.place, *(step.place for step in found.trace)) if place.path == file]
    if any(span.line <= last and first <= span.end_line for span in spans):
        return True
    lines = laid.edited.text.split("\n")
    names = _names([*lines[first - 1 : last], *laid.taken])
    return any(
        _encloses(span, laid.file, lines, first, last) or not names.isdisjoint(_WORD.findall(lines[span.line - 1]))
        for span in spans
    )


def _names(lines: Iterable[str]) -> set[str]:
    return {match[1] or match[2] for line in lines if (match := _WORKED_ON.match(line))} - {"this", "self", "return"}


def _encloses(span: Span, file: str, lines: Sequence[str], first: int, last: int) -> bool:
    """Whether a finding stands in the block of the changed lines, or, in code, at the head of what they are part of."""
    if file.endswith(_FLAT) or "." not in file.rpartition("/")[2]:
        return True
    if file.endswith(_BLOCKS):
        start, end = _block(lines, first, last, ".y" in file)
        return start <= span.line <= end
    return span.line in _ancestors(lines, first)


def _block(lines: Sequence[str], first: int, last: int, documents: bool) -> tuple[int, int]:
    """The YAML document, or the lines up to the next ones without indentation."""

    def opens(line: str) -> bool:
        return line.startswith("---") if documents else line[:1].isalnum()

    start = next((number for number in range(first, 0, -1) if opens(lines[number - 1])), 1)
    end = next((number for number in range(last + 1, len(lines) + 1) if opens(lines[number - 1])), len(lines) + 1)
    return start, end - 1


def _ancestors(lines: Sequence[str], first: int) -> set[int]:
    """Numbers of the lines above that are indented less, each less than the one below it."""
    found, depth = set(), _depth(lines[first - 1])
    for number in range(first - 1, 0, -1):
        line = lines[number - 1]
        if line.strip() and _depth(line) < depth:
            found.add(number)
            depth = _depth(line)
    return found


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def by_folder(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    """The findings of a scan of laid out mutants, by the folder of the mutant."""
    found: dict[str, list[Finding]] = {}
    for item in findings:
        found.setdefault(item.place.path.split("/", 1)[0], []).append(item)
    return found
