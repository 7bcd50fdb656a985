"""rule-validation.json, rule-validation.csv: how well each rule of the scan is proven (`paylint rules validate`)."""

from __future__ import annotations

from collections.abc import Iterator

from scanner import proof
from scanner.bundled import bundled
from scanner.evidence.artefacts.csv_table import table
from scanner.evidence.model import Evidence
from scanner.model import Json, Rule
from scanner.printable import json_text

_COLUMNS = ("policy", "rule", "input", "fixtures", "mutants killed", "mutants", "silent on sound services", "precision")


def as_json(evidence: Evidence) -> bytes:
    """The same as data; `null` for a rule that nothing is kept of, as of a team's own."""
    rules = [
        {"policy": rule.policy, "rule": rule.id, "input": rule.input, "precision": rule.precision, "validation": kept}
        for rule, kept in _rules(evidence)
    ]
    return json_text({"schema": "paylint-rule-validation/1", "rules": rules}).encode()


def as_csv(evidence: Evidence) -> bytes:
    """A rule a line."""
    return table(_COLUMNS, (_row(rule, kept) for rule, kept in _rules(evidence)))


def _rules(evidence: Evidence) -> Iterator[tuple[Rule, Json]]:
    kept = proof.records(bundled("rules"))
    for rule in sorted(evidence.result.rules.values(), key=lambda rule: (rule.policy, rule.id)):
        yield rule, kept.get(rule.id)


def _row(rule: Rule, kept: Json) -> tuple[object, ...]:
    if kept is None:
        return rule.policy, rule.id, rule.input, "", "", "", "not validated", rule.precision
    killed, total = kept["mutants"]
    silent = "yes" if kept["silent"] else "no"
    return rule.policy, rule.id, rule.input, kept["fixtures"], killed, total, silent, rule.precision
