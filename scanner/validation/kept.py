"""The result that is kept beside the rules: a rule that loses ground fails, and SARIF's precision comes from it.

`validation.json`: {"rules": {id: {"fixtures", "mutants": [killed, total], "astray", "silent"}}}, a line each, so that
a diff shows what changed. `VALIDATION.md`: the table for people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from scanner.errors import RuleError, UsageError
from scanner.model import Json
from scanner.proof import KEPT
from scanner.validation.result import RuleResult, Validation
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
    rules = sorted((rule.rule, _kept(rule)) for policy in result.policies for rule in policy.rules)
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(record)}" for name, record in rules)
    return f'{{"rules": {{\n{lines}\n}}}}\n'


def _kept(rule: RuleResult) -> Json:
    return {
        "fixtures": rule.fixtures,
        "mutants": [rule.killed, rule.total],
        "astray": rule.astray,
        "silent": rule.silent,
    }


def compared(folder: Path, result: Validation) -> Validation:
    """The result, with a failure for every rule that lost ground since it was kept."""
    return replace(result, failures=(*result.failures, *_lost(_read(folder), result)))


def _read(folder: Path) -> dict[str, Json]:
    file = folder / KEPT
    try:
        rules = json.loads(file.read_text(encoding="utf-8"))["rules"]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError):
        raise RuleError(f"{KEPT}: cannot be read; `paylint rules validate --update` writes it anew") from None
    return dict(rules)


def _lost(before: dict[str, Json], result: Validation) -> Iterator[str]:
    for policy in result.policies:
        for rule in policy.rules:
            was = before.get(rule.rule)
            if was is not None:
                for text in _losses(was, _kept(rule)):
                    yield f"{rule.rule} lost ground: {text}; {_ANEW}"


def _losses(was: Json, now: Json) -> Iterator[str]:
    if now["mutants"][0] < was["mutants"][0]:
        yield f"it killed {was['mutants'][0]} mutants, now {now['mutants'][0]}"
    if now["fixtures"] < was["fixtures"]:
        yield f"its fixtures had {was['fixtures']} lines to report, now {now['fixtures']}"
    if was["silent"] and not now["silent"]:
        yield "it was silent on sound services"
    if now["astray"] > was["astray"]:
        yield f"it reported something in {was['astray']} mutants of other policies, now in {now['astray']}"
