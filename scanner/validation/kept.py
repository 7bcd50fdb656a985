"""The result that is kept beside the rules: what loses ground fails, and SARIF's precision comes from it.

`validation.json`, a line for each policy and rule, so that a diff shows what changed; pairs are [held, of how many]:

    {"policies": {id: {"mutants", "generated", "silent", "equivalence"}},
     "rules": {id: {"fixtures", "mutants", "astray", "silent", "equivalence"}}}

`equivalence`: edits that mean nothing; not there where none touches a rule. `VALIDATION.md`: the table for people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from scanner.errors import UsageError
from scanner.model import Json
from scanner.proof import KEPT, policy_records, records
from scanner.validation.result import Equivalence, PolicyResult, RuleResult, Validation
from scanner.validation.table import markdown

PAGE = "VALIDATION.md"
_ANEW = "`paylint rules validate --equivalence --update` keeps it, if that is meant"


def write(folder: Path, result: Validation) -> None:
    """Keeps a result. UsageError: it cannot be written, or not everything was looked at."""
    if result.equivalence is None:
        raise UsageError("a result is kept whole: edits that mean nothing belong to it (`--equivalence`)")
    if result.errors:
        raise UsageError(f"an incomplete result is not kept: {result.errors[0]}")
    try:
        (folder / KEPT).write_text(to_text(result), encoding="utf-8", newline="\n")
        (folder / PAGE).write_text(markdown(result), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from None


def to_text(result: Validation) -> str:
    """What is kept of a result."""
    same = result.equivalence
    policies = {policy.policy: _kept_policy(policy, same) for policy in result.policies}
    rules = {rule.rule: _kept(rule, same) for policy in result.policies for rule in policy.rules}
    return f'{{"policies": {{\n{_lines(policies)}\n}},\n"rules": {{\n{_lines(rules)}\n}}}}\n'


def _lines(records: Mapping[str, Json]) -> str:
    return ",\n".join(f"{json.dumps(name)}: {json.dumps(records[name])}" for name in sorted(records))


def _kept_policy(policy: PolicyResult, same: Equivalence | None) -> Json:
    return {
        "mutants": [policy.killed, policy.total],
        "generated": [policy.generated_killed, policy.generated],
        "silent": policy.silent,
        **_same(policy.rules, same),
    }


def _kept(rule: RuleResult, same: Equivalence | None) -> Json:
    return {
        "fixtures": rule.fixtures,
        "mutants": [rule.killed, rule.total],
        "astray": rule.astray,
        "silent": rule.silent,
        **_same([rule], same),
    }


def _same(rules: Sequence[RuleResult], same: Equivalence | None) -> dict[str, Json]:
    edits, held = same.of(rule.rule for rule in rules) if same else (0, 0)
    return {"equivalence": [held, edits]} if edits else {}


def compared(folder: Path, result: Validation) -> Validation:
    """The result, with a failure for everything that lost ground since it was kept. RuleError: that cannot be read."""
    return replace(result, failures=(*result.failures, *_lost(folder, result)))


def _lost(folder: Path, result: Validation) -> Iterator[str]:
    """Of some policies alone, fewer edits are tried on their rules: then only what they change is compared."""
    policies, rules, same = policy_records(folder), records(folder), result.equivalence
    whole = policies.keys() <= {policy.policy for policy in result.policies}
    pairs = [(policy.policy, policies.get(policy.policy), _kept_policy(policy, same)) for policy in result.policies]
    pairs += [
        (rule.rule, rules.get(rule.rule), _kept(rule, same)) for policy in result.policies for rule in policy.rules
    ]
    for name, was, now in pairs:
        if was is not None:
            told = [*_losses(was, now), *(_changed(was, now, whole) if same else ())]
            yield from (f"{name} lost ground: {text}; {_ANEW}" for text in told)


def _losses(was: Json, now: Json) -> Iterator[str]:
    if now["mutants"][0] < was["mutants"][0]:
        yield f"it killed {was['mutants'][0]} mutants, now {now['mutants'][0]}"
    if now.get("fixtures", 0) < was.get("fixtures", 0):
        yield f"its fixtures had {was['fixtures']} lines to report, now {now['fixtures']}"
    if was["silent"] and not now["silent"]:
        yield "it was silent on sound services"
    if now.get("astray", 0) > was.get("astray", 0):
        yield f"it reported something in {was['astray']} mutants of other policies, now in {now['astray']}"


def _changed(was: Json, now: Json, whole: bool) -> Iterator[str]:
    (held_before, edits_before), (held, edits) = (each.get("equivalence", (0, 0)) for each in (was, now))
    if edits - held > edits_before - held_before:
        yield f"{edits_before - held_before} edits that mean nothing changed its findings, now {edits - held}"
    elif whole and held < held_before:
        yield f"{held_before} edits that mean nothing left its findings as they were, now {held}"
