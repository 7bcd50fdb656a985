"""From verdicts to the result: counts for each policy and rule, and what must not be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from scanner.catalog import Catalog
from scanner.model import Finding, Rule
from scanner.rule_tests import Outcome
from scanner.validation.judge import Verdict
from scanner.validation.result import Defect, Equivalence, PolicyResult, RuleResult, Survivor, Validation

ENOUGH = 0.95
"""The share of generated mutants that each policy is to kill."""
STEADY = 0.98
"""The share of edits that mean nothing which are to leave findings as they are."""


class Shown(NamedTuple):
    """What a validation is about: the policies, and the folder if the rules are a team's own."""

    catalog: Catalog
    policies: Collection[str]
    custom: Path | None


def summary(
    shown: Shown,
    fixtures: Outcome,
    loud: Sequence[tuple[Finding, str]],
    verdicts: Sequence[Verdict],
    *,
    defects: tuple[Defect, ...] = (),
    errors: tuple[str, ...] = (),
) -> Validation:
    """`loud`: what is reported in sound services, with its path; `errors`: why a scan is not complete."""
    rules = [
        rule for rule in shown.catalog.rules.values() if rule.policy in shown.policies and _own(rule, shown.custom)
    ]
    own = {rule.id for rule in rules}
    loud = [(found, path) for found, path in loud if found.rule in own]
    named = {rule.policy for rule in rules} | {verdict.laid.mutant.policy for verdict in verdicts}
    policies = tuple(
        _policy(name, [rule for rule in rules if rule.policy == name], fixtures, loud, verdicts)
        for name in sorted(named)
    )
    failures = [
        *fixtures.failures,
        *(_loud(found, path) for found, path in loud if not _unasked(shown.catalog, found.policy)),
        *(fault for policy in policies for fault in _faults(policy, shown.custom is None)),
        *_stale(verdicts),
        *(f"{defect.id}: {text}" for defect in defects for text in defect.open),
    ]
    return Validation(policies, defects, tuple(failures), errors, fixtures.fixtures)


def with_equivalence(result: Validation, same: Equivalence) -> Validation:
    """The result, with what edits that mean nothing showed."""
    few = same.held < STEADY * same.edits
    told = f"{same.held} of {same.edits} edits that mean nothing left findings as they were, less than {STEADY:.0%}"
    return replace(result, equivalence=same, failures=(*result.failures, *((told, *same.broken) if few else ())))


def _own(rule: Rule, custom: Path | None) -> bool:
    return custom is None or (custom / rule.source).is_file()


def _unasked(catalog: Catalog, policy: str) -> bool:
    """Whether it is reported only where somebody asks for it: then nobody is bothered on sound services."""
    return catalog.policies[policy].optional


def _policy(
    name: str,
    rules: Sequence[Rule],
    fixtures: Outcome,
    loud: Sequence[tuple[Finding, str]],
    verdicts: Sequence[Verdict],
) -> PolicyResult:
    own = [verdict for verdict in verdicts if verdict.laid.mutant.policy == name]
    made = [verdict for verdict in own if verdict.laid.mutant.generated]
    heard = {found.rule for found, _ in loud}
    return PolicyResult(
        policy=name,
        total=len(own),
        killed=_killed(own),
        generated=len(made),
        generated_killed=_killed(made),
        survivors=tuple(
            Survivor(item.name, f"{item.edit.file}:{item.edit.at}", verdict.why, item.survives)
            for verdict in own
            if verdict.why and (item := verdict.laid.mutant)
        ),
        silent=not any(found.policy == name for found, _ in loud),
        rules=tuple(
            _rule(rule, own, verdicts, fixtures, rule.id not in heard) for rule in sorted(rules, key=lambda r: r.id)
        ),
    )


def _killed(verdicts: Sequence[Verdict]) -> int:
    return sum(not verdict.why for verdict in verdicts)


def _rule(rule: Rule, own: Sequence[Verdict], every: Sequence[Verdict], fixtures: Outcome, silent: bool) -> RuleResult:
    concerned = [verdict for verdict in own if verdict.laid.mutant.rule == rule.id or rule.id in verdict.rules]
    return RuleResult(
        rule=rule.id,
        fixtures=fixtures.lines_of.get(rule.id, 0),
        total=len(concerned),
        killed=sum(not verdict.why and rule.id in verdict.rules for verdict in concerned),
        astray=sum(rule.id in verdict.astray for verdict in every),
        silent=silent,
    )


def _loud(found: Finding, path: str) -> str:
    return f"{path}:{found.place.span.line}: {found.rule} is not silent: {found.message.split('. ')[0]}"


def _faults(policy: PolicyResult, complete: bool) -> Iterator[str]:
    """What is wrong with a policy's mutants; `complete`: it must have some."""
    if complete and not policy.total:
        yield f"{policy.policy}: has no mutant: write one in mutants/{policy.policy}.yaml"
    for survivor in policy.survivors:
        if not survivor.reviewed:
            yield f"{survivor.place}: {survivor.name} survives: {survivor.why}"
    if policy.generated_killed < ENOUGH * policy.generated:
        share = f"{policy.generated_killed} of {policy.generated}"
        yield f"{policy.policy}: kills {share} generated mutants, less than {ENOUGH:.0%}"


def _stale(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """What is killed one day is no survivor."""
    for verdict in verdicts:
        mutant = verdict.laid.mutant
        if mutant.survives and not verdict.why:
            yield f"{mutant.edit.file}:{mutant.edit.at}: {mutant.name} is killed now: take its reason to survive away"
