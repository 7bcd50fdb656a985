"""The result that is kept beside the rules: a rule that loses ground fails, and SARIF's precision comes from it.

`validation.json`: {"rules": {id: {"fixtures", "mutants": [killed, total], "astray", "silent"}}}, a line each, so that
a diff shows what changed; with "equivalence": [held, edits] where edits that mean nothing were made, too.
`VALIDATION.md`: the table for people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from scanner.errors import UsageError
from scanner.model import Json
from scanner.proof import KEPT, records
from scanner.validation.result import Equivalence, RuleResult, Validation
from scanner.validation.table import markdown

PAGE = "VALIDATION.md"
_ANEW = "`paylint rules validate --update` keeps it, if that is meant"


def write(folder: Path, result: Validation) -> None:
    """Keeps a result. UsageError: it cannot be written, or not everything was looked at."""
    if result.errors:
        raise UsageError(f"an incomplete result is not kept: {result.errors[0]}")
    try:
        (folder / KEPT).write_text(to_text(result), encoding="utf-8", newline="\n")
        (folder / PAGE).write_text(markdown(result), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from None


def to_text(result: Validation) -> str:
    """What is kept of a result."""
    rules = {rule.rule: _kept(rule, result.equivalence) for policy in result.policies for rule in policy.rules}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(rules[name])}" for name in sorted(rules))
    return f'{{"rules": {{\n{lines}\n}}}}\n'


def _kept(rule: RuleResult, same: Equivalence | None) -> Json:
    record: dict[str, Json] = {
        "fixtures": rule.fixtures,
        "mutants": [rule.killed, rule.total],
        "astray": rule.astray,
        "silent": rule.silent,
    }
    if same and rule.rule in same.rules:
        edits, held = same.rules[rule.rule]
        record["equivalence"] = [held, edits]
    return record


def compared(folder: Path, result: Validation) -> Validation:
    """The result, with a failure for every rule that lost ground since it was kept."""
    return replace(result, failures=(*result.failures, *_lost(records(folder), result)))


def _lost(before: Mapping[str, Json], result: Validation) -> Iterator[str]:
    for policy in result.policies:
        for rule in policy.rules:
            was = before.get(rule.rule)
            if was is not None:
                for text in _losses(was, _kept(rule, result.equivalence)):
                    yield f"{rule.rule} lost ground: {text}; {_ANEW}"


def _losses(was: Json, now: Json) -> Iterator[str]:
    if now["mutants"][0] < was["mutants"][0]:
        yield f"it killed {was['mutants'][0]} mutants, now {now['mutants'][0]}"
    if now["fixtures"] < was["fixtures"]:
        yield f"its fixtures had {was['fixtures']} lines to report, now {now['fixtures']}"
    was_broken, broken = (edits - held for held, edits in (each.get("equivalence", (0, 0)) for each in (was, now)))
    if broken > was_broken:
        yield f"{was_broken} edits that mean nothing changed its findings, now {broken}"
    if was["silent"] and not now["silent"]:
        yield "it was silent on sound services"
    if now["astray"] > was["astray"]:
        yield f"it reported something in {was['astray']} mutants of other policies, now in {now['astray']}"
