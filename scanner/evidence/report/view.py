"""The evidence as a report shows it: grouped, worst first, bounded. Knows nothing of HTML but anchors."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from scanner.evidence.artefacts.findings import exception
from scanner.evidence.artefacts.markdown import examined
from scanner.evidence.model import Evidence, Requirement, State
from scanner.evidence.summary import completeness, severities, states
from scanner.model import Finding, Policy, Severity, Waiver
from scanner.render import headline

T = TypeVar("T")

NAMES = {"pci-dss-4.0.1": "PCI DSS v4.0.1", "gdpr": "GDPR", "six-areas": "Six areas", "sox": "SOX"}
_CHAPTERS = ("pci-dss-4.0.1",)


class Bounds(NamedTuple):
    """How much of it is shown; what is left out is counted, and is in the bundle's tables.

    `full`: findings of a policy with snippet and trace; `rows`: those after them, a line each; `places`: of a policy
    under a requirement; `table`: lines of any other table. `quiet`: requirements nothing was found for as a line each.
    """

    full: int
    rows: int
    places: int
    table: int
    quiet: bool = False


class Some(NamedTuple, Generic[T]):
    """The first of many. `more`: how many were left out."""

    shown: tuple[T, ...]
    more: int

    @property
    def total(self) -> int:
        """With those that are left out."""
        return len(self.shown) + self.more


class Shown(NamedTuple):
    """A finding. `anchor`: "" where another with the same fingerprint has it."""

    anchor: str
    finding: Finding
    exception: str


class Group(NamedTuple):
    """The findings of one policy, worst first."""

    anchor: str
    title: str
    name: str
    policy: Policy | None
    severity: Severity
    accepted: int
    requirements: tuple[tuple[str, str], ...]
    full: tuple[Shown, ...]
    rows: Some[Shown]

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.full) + self.rows.total


class Against(NamedTuple):
    """What one policy says against a requirement. `anchor`: of the policy's findings."""

    anchor: str
    title: str
    places: Some[Shown]


class Card(NamedTuple):
    """One requirement."""

    anchor: str
    made: Requirement
    examined: str
    accepted: int
    against: tuple[Against, ...]


class Chapter(NamedTuple):
    """Requirements that belong together: "Requirement 3" of PCI DSS, or all of a framework."""

    anchor: str
    title: str
    cards: tuple[Card, ...]

    def count(self, state: State) -> int:
        """Requirements in that state."""
        return sum(card.made.state is state for card in self.cards)


class Framework(NamedTuple):
    """One framework. `states`: how many requirements are in each."""

    anchor: str
    name: str
    states: Mapping[State, int]
    chapters: tuple[Chapter, ...]

    @property
    def total(self) -> int:
        """Requirements."""
        return sum(self.states.values())


class View(NamedTuple):
    """All that the template needs. `unread`: (path, why) of what was not analysed, or in part; worst first."""

    evidence: Evidence
    bounds: Bounds
    completeness: str
    severities: Mapping[Severity, int]
    frameworks: tuple[Framework, ...]
    groups: tuple[Group, ...]
    accepted: Some[Shown]
    waivers: Some[Waiver]
    unread: Some[tuple[str, str, str]]
    undecided: Some[tuple[str, str, str]]


def view(evidence: Evidence, bounds: Bounds) -> View:
    """The same evidence gives the same view."""
    titles = {made.control.reference: _anchor("r", made.control.reference) for made in evidence.requirements}
    shown = _anchored(sorted(evidence.result.findings, key=_worst_first))
    accepted = [one for one in shown.values() if one.exception]
    return View(
        evidence=evidence,
        bounds=bounds,
        completeness=completeness(evidence),
        severities=severities(evidence),
        frameworks=tuple(_frameworks(evidence, bounds, shown)),
        groups=tuple(_groups(evidence, bounds, shown, titles)),
        accepted=some(accepted, bounds.table),
        waivers=some(evidence.result.waivers, bounds.table),
        unread=some(_unread(evidence), bounds.table),
        undecided=some(_undecided(evidence), bounds.table),
    )


def some(items: Iterable[T], most: int) -> Some[T]:
    """The first of them, and how many more there are."""
    every = tuple(items)
    return Some(every[:most], max(0, len(every) - most))


def _worst_first(found: Finding) -> tuple[int, str, int, int, str]:
    span = found.place.span
    return (-found.severity.rank, found.place.path, span.line, span.column, found.rule)


def _anchor(kind: str, name: str) -> str:
    return f"{kind}-" + re.sub(r"[^A-Za-z0-9._]+", "-", name).strip("-")


def _anchored(found: Sequence[Finding]) -> dict[int, Shown]:
    """By identity of the finding: two may be equal."""
    taken: set[str] = set()
    shown = {}
    for one in found:
        anchor = "" if not one.fingerprint or one.fingerprint in taken else _anchor("f", one.fingerprint)
        taken.add(one.fingerprint)
        shown[id(one)] = Shown(anchor, one, exception(one))
    return shown


def _groups(
    evidence: Evidence, bounds: Bounds, shown: Mapping[int, Shown], anchors: Mapping[str, str]
) -> Iterator[Group]:
    by_policy: defaultdict[str, list[Shown]] = defaultdict(list)
    for one in shown.values():
        by_policy[one.finding.policy].append(one)
    for name, found in sorted(by_policy.items(), key=lambda item: (-item[1][0].finding.severity.rank, item[0])):
        worst = found[0].finding
        yield Group(
            anchor=_anchor("p", name),
            title=headline(evidence.result, worst),
            name=name,
            policy=evidence.result.policies.get(name),
            severity=worst.severity,
            accepted=sum(bool(one.exception) for one in found),
            requirements=tuple(_named(worst, anchors)),
            full=tuple(found[: bounds.full]),
            rows=some(found[bounds.full :], bounds.rows),
        )


def _named(found: Finding, anchors: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for framework, names in sorted(found.controls.items()):
        for name in names:
            yield f"{NAMES.get(framework, framework)} {name}", anchors.get(f"{framework}:{name}", "")


def _frameworks(evidence: Evidence, bounds: Bounds, shown: Mapping[int, Shown]) -> Iterator[Framework]:
    by_framework: defaultdict[str, list[Requirement]] = defaultdict(list)
    for made in evidence.requirements:
        by_framework[made.control.framework].append(made)
    for name in sorted(by_framework, key=lambda name: (name not in _CHAPTERS, name)):
        cards = [_card(evidence, made, bounds, shown) for made in by_framework[name]]
        yield Framework(
            anchor=_anchor("framework", name),
            name=NAMES.get(name, name),
            states=states(evidence, name),
            chapters=tuple(_chapters(name, cards)),
        )


def _chapters(framework: str, cards: list[Card]) -> Iterator[Chapter]:
    if framework not in _CHAPTERS:
        yield Chapter(_anchor("all", framework), "All of it", tuple(cards))
        return
    for number, members in groupby(cards, lambda card: card.made.control.id.partition(".")[0]):
        title = f"Requirement {number}" if number.isdigit() else f"Appendix {number}"
        yield Chapter(_anchor("c", f"{framework}-{number}"), title, tuple(members))


def _card(evidence: Evidence, made: Requirement, bounds: Bounds, shown: Mapping[int, Shown]) -> Card:
    by_policy: defaultdict[str, list[Finding]] = defaultdict(list)
    for found in sorted(made.findings, key=_worst_first):
        by_policy[found.policy].append(found)
    against = (
        Against(
            anchor=_anchor("p", name),
            title=headline(evidence.result, found[0]),
            places=some((shown.get(id(one)) or Shown("", one, exception(one)) for one in found), bounds.places),
        )
        for name, found in by_policy.items()
    )
    return Card(
        anchor=_anchor("r", made.control.reference),
        made=made,
        examined=examined(made),
        accepted=sum(bool(exception(found)) for found in made.findings),
        against=tuple(against),
    )


def _unread(evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    result = evidence.result
    for error in result.errors:
        yield "missing", error.path, f"{error.engine}: {error.message}"
    for file in result.analysed:
        if file.partial:
            yield "in part", file.path, file.partial
    for left in result.skipped:
        yield "left out", left.path, left.reason


def _undecided(evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    for check in evidence.result.checks:
        if check.status.value in ("unknown", "error"):
            yield check.rule, check.subject, check.reason


def by_engine(evidence: Evidence) -> list[tuple[str, int]]:
    """How many files each engine analysed."""
    return sorted(Counter(engine for file in evidence.result.analysed for engine in file.engines).items())
