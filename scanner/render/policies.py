"""The catalogue for people: `paylint policies list` and `show`."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Protocol

from scanner.model import Policy, Rule


class Policies(Protocol):
    """What is shown of a catalogue."""

    @property
    def policies(self) -> Mapping[str, Policy]: ...
    @property
    def rules(self) -> Mapping[str, Rule]: ...


def listing(catalog: Policies) -> str:
    """A line per policy, the most severe first: severity, id, number of rules, inputs, title."""
    rows = []
    for policy in sorted(catalog.policies.values(), key=lambda item: (-item.severity.rank, item.id)):
        rules = _rules(catalog, policy.id)
        inputs = ", ".join(sorted({rule.input for rule in rules}))
        if policy.optional:
            inputs += " (only with --policy +)"
        rows.append((policy.severity.value, policy.id, str(len(rules)), inputs, policy.title))
    heads = ("severity", "policy", "rules", "inputs", "title")
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]])
        for row in (heads, *rows)
    ]
    return "\n".join(lines) + f"\n\n{len(rows)} policies, {sum(int(row[2]) for row in rows)} rules\n"


def sheet(catalog: Policies, name: str) -> str:
    """One policy in full."""
    policy = catalog.policies[name]
    parts = [
        f"{policy.id}  {policy.severity.value}",
        policy.title,
        *([f"Reported only with --policy +{policy.id}."] if policy.optional else []),
        "",
        "Why",
        _wrapped(policy.rationale),
        "",
        "Fix",
        _wrapped(policy.remediation),
    ]
    parts += ["", "Controls"]
    parts += [f"  {framework}: {', '.join(ids)}" for framework, ids in sorted(policy.controls.items())] or ["  none"]
    if policy.cwe:
        parts.append(f"  cwe: {', '.join(code.removeprefix('CWE-') for code in policy.cwe)}")
    parts += ["", "Rules", *_table(_rules(catalog, name))]
    if policy.aliases:
        parts += ["", f"Formerly: {', '.join(policy.aliases)}"]
    return "\n".join(parts) + "\n"


def _rules(catalog: Policies, policy: str) -> list[Rule]:
    return [rule for _, rule in sorted(catalog.rules.items()) if rule.policy == policy]


def _table(rules: Sequence[Rule]) -> list[str]:
    if not rules:
        return ["  none"]
    width = max(len(rule.id) for rule in rules)
    return [
        f"  {rule.id.ljust(width)}  {rule.engine}, confidence {rule.confidence.value}: {rule.title}" for rule in rules
    ]


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 98, initial_indent="  ", subsequent_indent="  ")
