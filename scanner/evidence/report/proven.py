"""How well the rules of the scan are proven, a line a policy (`rule-validation.csv` has a line a rule)."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from scanner import proof
from scanner.bundled import bundled
from scanner.evidence.model import Evidence
from scanner.model import Json


class Proven(NamedTuple):
    """One policy: of `rules`, `validated` have a record; mutants of those that were killed, and all of them."""

    policy: str
    title: str
    rules: int
    validated: int
    killed: int
    mutants: int
    silent: int


def proven(evidence: Evidence) -> tuple[Proven, ...]:
    """By policy. Raises RuleError: the records are broken."""
    kept = proof.records(bundled("rules"))
    by_policy: defaultdict[str, list[Json]] = defaultdict(list)
    for rule in evidence.result.rules.values():
        by_policy[rule.policy].append(kept.get(rule.id))
    return tuple(_line(evidence, name, records) for name, records in sorted(by_policy.items()))


def _line(evidence: Evidence, name: str, records: list[Json]) -> Proven:
    known = [record for record in records if record is not None]
    policy = evidence.result.policies.get(name)
    return Proven(
        policy=name,
        title=policy.title if policy else "",
        rules=len(records),
        validated=len(known),
        killed=sum(record["mutants"][0] for record in known),
        mutants=sum(record["mutants"][1] for record in known),
        silent=sum(bool(record["silent"]) for record in known),
    )
