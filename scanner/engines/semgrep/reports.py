"""From Semgrep's answers to one report per target. No finding is dropped: `nosemgrep` comments mean nothing here."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from scanner.engines.semgrep.answer import Answer, Complaint, Fault, Match, Stretch
from scanner.engines.semgrep.compile import RuleSet
from scanner.engines.semgrep.targets import Prepared
from scanner.model import Hit, Place, Problem, Report, Span, Step
from scanner.text import Source

_ROLES = {
    "source": "the value comes from here",
    "through": "it is passed on here",
    "call": "it goes through this call",
    "sink": "it ends here",
}
_STRICT = ("terraform", "yaml")  # what does not parse makes the scan incomplete; of code it is only noted
_NAMED = 5
_UNBOUND = re.compile(r"\$[A-Z_][A-Z_0-9]*")


class Reports:
    """Collects what runs of Semgrep say about the targets. `seconds`: what each rule is given for a file."""

    def __init__(self, paths: Iterable[str], rules: RuleSet, seconds: float) -> None:
        self._rules, self.seconds = rules, seconds
        self._hits: dict[str, dict[tuple[Place, str], Hit]] = {path: {} for path in paths}
        self._problems: dict[str, set[Problem]] = defaultdict(set)
        self._late: dict[Prepared, list[str]] = {}

    def problem(self, problem: Problem) -> None:
        """Notes that something about a target could not be done."""
        self._problems[problem.path].add(problem)

    def lost(self, items: Iterable[Prepared], why: str) -> None:
        """Notes that these were not analysed at all."""
        for item in items:
            self.problem(Problem(item.path, f"not analysed: {why}"))

    def add(self, answer: Answer, items: Sequence[Prepared]) -> None:
        """Takes over a run's answer about these targets. Raises RuleError for a rule Semgrep refuses."""
        for complaint in answer.complaints:
            if complaint.fault is Fault.RULE:
                raise self._rules.error(complaint.rule, complaint.message or complaint.name)
        matches: dict[str, list[Match]] = defaultdict(list)
        for match in answer.matches:
            matches[match.at.path].append(match)
        complaints: dict[str, list[Complaint]] = defaultdict(list)
        for complaint in answer.complaints:
            complaints[complaint.path].append(complaint)
        files = {file for item in items for _, file in item.reads}
        general = [complaint for path in complaints.keys() - files for complaint in complaints[path]]
        for item in items:
            own = {file: complaints[file] for _, file in item.reads if file in complaints}
            self._take_hits(item, matches)
            self._take_complaints(item, [complaint for found in own.values() for complaint in found], general)
            seen = any(file in answer.scanned or file in matches or file in own for _, file in item.reads)
            if not seen and not os.path.isfile(item.source):
                self.problem(Problem(item.path, "disappeared during the scan"))

    def late(self) -> dict[Prepared, list[str]]:
        """The rules that took too long, by target, which from now on are no longer noted as such."""
        late, self._late = self._late, {}
        return late

    def too_late(self, item: Prepared, rules: Sequence[str], seconds: float) -> None:
        """Notes that these took longer than that on a target."""
        self.problem(Problem(item.path, f"{_names(rules)} timed out after {seconds:g} s"))

    def result(self) -> dict[str, Report]:
        """Path -> report, sorted, one for each of the paths."""
        for item, rules in self.late().items():
            self.too_late(item, rules, self.seconds)
        return {
            path: Report(
                hits=tuple(hits[key] for key in sorted(hits)),
                problems=tuple(sorted(self._problems[path], key=lambda problem: (problem.line, problem.message))),
            )
            for path, hits in self._hits.items()
        }

    def _take_hits(self, item: Prepared, matches: dict[str, list[Match]]) -> None:
        found = [
            (rule, match)
            for file in dict.fromkeys(file for _, file in item.reads)
            for match in matches.get(file, ())
            if (rule := self._rules.known(match.rule)) is not None
            and not self._rules.languages[rule].isdisjoint(language for language, read in item.reads if read == file)
        ]
        if not found:
            return
        places = _Places(item)
        for rule, match in found:
            trace = tuple(Step(places(step), _ROLES[step.role], step.content) for step in match.trace)
            hit = Hit(rule, places(match.at), match.message.strip(), trace)
            same = self._hits[item.path].setdefault((hit.place, rule), hit)
            if _telling(hit) > _telling(same):  # the pattern fits in two ways, or two values end here
                self._hits[item.path][hit.place, rule] = hit

    def _take_complaints(self, item: Prepared, own: list[Complaint], general: list[Complaint]) -> None:
        kinds: dict[Fault, list[Complaint]] = defaultdict(list)
        for complaint in own:
            kinds[complaint.fault].append(complaint)
        for fault, complaints in kinds.items():
            self._take(item, fault, complaints)
        for complaint in general:
            if complaint.fault is not Fault.UNSUPPORTED:
                self._take(item, Fault.FATAL, [complaint])
            elif self._concerns(item, complaint):
                self.problem(Problem(item.path, f"rule {complaint.rule} did not run: {_line(complaint.message)}"))

    def _concerns(self, item: Prepared, complaint: Complaint) -> bool:
        languages = self._rules.languages.get(self._rules.known(complaint.rule) or "", frozenset[str]())
        return any(language in languages for language, _ in item.reads)

    def _take(self, item: Prepared, fault: Fault, complaints: list[Complaint]) -> None:
        rules = sorted({self._rules.known(complaint.rule) or complaint.rule for complaint in complaints} - {""})
        strict = any(language in _STRICT for language, _ in item.reads)
        first = min((start for complaint in complaints for start, _ in complaint.lines), default=0)
        if fault is Fault.TIMEOUT:
            self._late[item] = rules
        elif fault is Fault.TOO_MANY:
            self.problem(Problem(item.path, f"{_names(rules)} matched too often: Semgrep drops what it found here"))
        elif fault is Fault.UNFINISHED:
            message = "analysed in part: following values through a function took too long"
            self.problem(Problem(item.path, message, fatal=False, line=first))
        elif fault is Fault.PARTIAL:
            self.problem(_partly(item, [lines for complaint in complaints for lines in complaint.lines], strict))
        elif fault is Fault.UNPARSED:
            message = "not parsed: Semgrep understood nothing of it, so no rule for its language was applied"
            self.problem(Problem(item.path, message, fatal=strict, line=first))
        else:
            for complaint in complaints:
                told = f"{complaint.name}: {_line(complaint.message)}" if complaint.message else complaint.name
                where = f" in {_names(rules)}" if rules else ""
                self.problem(Problem(item.path, f"Semgrep failed{where}: {told}"))


def _telling(hit: Hit) -> tuple[object, ...]:
    """Orders hits of one rule at one place, the one to keep last: the message that has the most of its parts."""
    parts = -len(_UNBOUND.findall(hit.message))
    return parts, len(hit.message), hit.message, len(hit.trace), [(step.place, step.snippet) for step in hit.trace]


class _Places:
    """Offsets to places in one target; read again, since holding all targets would take their size in memory."""

    def __init__(self, item: Prepared) -> None:
        self._path = item.path
        try:
            with open(item.source, "rb") as stream:
                self._source: Source | None = Source(item.path, stream.read())
        except OSError:
            self._source = None

    def __call__(self, at: Stretch) -> Place:
        if self._source is None:  # it is gone: the lines have to do
            return Place(self._path, Span(at.line, 1, at.end_line + 1, 1))
        return self._source.place(at.start, at.end)


def _partly(item: Prepared, lines: Sequence[tuple[int, int]], strict: bool) -> Problem:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(lines):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    if len(merged) == 1 and merged[0][0] == 1 and merged[0][1] >= _line_count(item):
        message = "not parsed: syntax errors from the first line to the last"
        return Problem(item.path, message, fatal=strict)
    shown = ", ".join(f"{start}-{end}" if end > start else str(start) for start, end in merged[:_NAMED])
    more = f" and {len(merged) - _NAMED} more stretches" if len(merged) > _NAMED else ""
    word = "lines" if more or len(merged) > 1 or merged[0][0] != merged[0][1] else "line"
    return Problem(item.path, f"parsed in part: {word} {shown}{more} not understood", fatal=strict)


def _line_count(item: Prepared) -> int:
    try:
        with open(item.source, "rb") as stream:
            return Source(item.path, stream.read()).line_count
    except OSError:
        return 0


def _names(rules: Sequence[str]) -> str:
    more = f" and {len(rules) - _NAMED} more" if len(rules) > _NAMED else ""
    if not rules:
        return "the analysis"
    return f"{'rule' if len(rules) == 1 else 'rules'} {', '.join(rules[:_NAMED])}{more}"


def _line(text: str) -> str:
    """The first line of a message, cut to a sentence's length."""
    return text.strip().split("\n", 1)[0][:200]
