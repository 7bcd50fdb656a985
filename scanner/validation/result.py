"""What a validation showed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Equivalence:
    """What edits that mean nothing (a new name, another layout) did to the findings.

    `rules`: rule id -> (edits that touch its findings or subjects, of those held); `edits`, `held`: of all rules;
    `broken`: one sentence for each edit that did not hold.
    """

    rules: Mapping[str, tuple[int, int]]
    edits: int
    held: int
    broken: tuple[str, ...]

    def of(self, rules: Iterable[str]) -> tuple[int, int]:
        """(edits that touch these rules, of those held); one that touches several of them counts for each."""
        counts = [self.rules[rule] for rule in rules if rule in self.rules]
        return sum(edits for edits, _ in counts), sum(held for _, held in counts)


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that is not killed: why not, and the reason somebody gave for leaving it so ("" if nobody did)."""

    name: str
    place: str
    why: str
    reviewed: str = ""


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule. `fixtures`: lines of fixtures that it must report. `total`: mutants that name it or that it reported,
    `killed`: those that it killed; `astray`: mutants of other policies in which it reported something that is none."""

    rule: str
    fixtures: int
    total: int
    killed: int
    astray: int
    silent: bool


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """One policy. `generated`, `generated_killed`: those mutants that operators made."""

    policy: str
    total: int
    killed: int
    generated: int
    generated_killed: int
    survivors: tuple[Survivor, ...]
    silent: bool
    rules: tuple[RuleResult, ...]


@dataclass(frozen=True, slots=True)
class Defect:
    """An entry of the list of seed defects. `by`: what shows that it would be noticed; `open`: what does not."""

    id: str
    what: str
    by: tuple[str, ...]
    open: tuple[str, ...] = ()
    runtime: bool = False


@dataclass(frozen=True, slots=True)
class Validation:
    """Everything. `failures`: a sentence each for what must not be; `errors`: why a scan was not complete."""

    policies: tuple[PolicyResult, ...]
    defects: tuple[Defect, ...] = ()
    failures: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    fixtures: int = 0
    equivalence: Equivalence | None = None

    @property
    def total(self) -> int:
        """Mutants of all policies."""
        return sum(item.total for item in self.policies)

    @property
    def killed(self) -> int:
        """Those of them that were killed."""
        return sum(item.killed for item in self.policies)

    @property
    def exit_code(self) -> int:
        """0; 1 when something failed, 3 when not everything was looked at (which wins)."""
        return 3 if self.errors else 1 if self.failures else 0
