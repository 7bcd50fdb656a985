"""What a validation showed, as Markdown for the docs, as JSON for evidence, and as text for who ran it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from scanner.masking import mask
from scanner.model import Json
from scanner.printable import json_text
from scanner.validation.result import Defect, Equivalence, PolicyResult, RuleResult, Survivor, Validation

_CAPTION = """# What every rule was tried on

`paylint rules validate` runs the fixtures of every rule; scans the reference implementation and the ports of its key
parts, in which nothing is to be reported; and makes mutants: small edits of those that put a violation in. A mutant is
killed when a rule of its policy, and only a relevant one, reports the changed place. Equivalence: of the edits that
mean nothing (another name, layout, order) and touch a rule, those that left its findings as they were. This page is
written by `paylint rules validate --equivalence --update`.
"""

_REASONS = 20


def json(result: Validation) -> str:
    """The whole result; the same bytes for the same result."""
    return json_text(to_json(result))


def to_json(result: Validation) -> Json:
    """The same as a value."""
    tree: dict[str, Json] = {
        "mutants": {"total": result.total, "killed": result.killed},
        "fixtures": result.fixtures,
        "failures": list(map(mask, result.failures)),
        "errors": list(map(mask, result.errors)),
        "policies": [_policy_json(policy, result.equivalence) for policy in result.policies],
        "defects": [
            {"id": defect.id, "what": defect.what, "by": list(defect.by), "open": list(map(mask, defect.open))}
            for defect in result.defects
        ],
    }
    if result.equivalence:
        same = result.equivalence
        tree["equivalence"] = {"edits": same.edits, "held": same.held, "broken": list(map(mask, same.broken))}
    return tree


def _policy_json(policy: PolicyResult, same: Equivalence | None) -> Json:
    return {
        "policy": policy.policy,
        "mutants": {
            "total": policy.total,
            "killed": policy.killed,
            "generated": policy.generated,
            "generated_killed": policy.generated_killed,
            "survivors": [_survivor_json(survivor) for survivor in policy.survivors],
        },
        "silent_on_reference": policy.silent,
        "rules": [_rule_json(rule, same) for rule in policy.rules],
        **_same_json(policy.rules, same),
    }


def _survivor_json(survivor: Survivor) -> Json:
    return {
        "name": survivor.name,
        "place": survivor.place,
        "why": mask(survivor.why),
        "reviewed": mask(survivor.reviewed),
    }


def _rule_json(rule: RuleResult, same: Equivalence | None) -> Json:
    return {
        "rule": rule.rule,
        "fixtures": rule.fixtures,
        "mutants": {"total": rule.total, "killed": rule.killed},
        "astray": rule.astray,
        "silent_on_reference": rule.silent,
        **_same_json([rule], same),
    }


def _same_json(rules: Sequence[RuleResult], same: Equivalence | None) -> dict[str, Json]:
    edits, held = same.of(rule.rule for rule in rules) if same else (0, 0)
    return {"equivalence": {"edits": edits, "held": held}} if edits else {}


def markdown(result: Validation) -> str:
    """Policies, their rules, survivors, seed defects."""
    same = result.equivalence
    parts = [_CAPTION, f"{len(result.policies)} policies, {result.killed} of {result.total} mutants killed.\n"]
    if same:
        parts.append(f"{same.held} of {same.edits} edits that mean nothing left the findings as they were.\n")
    parts += ["## Policies\n", *_policies(result, same), "\n## Rules\n", *_rules(result, same)]
    survivors = [survivor for policy in result.policies for survivor in policy.survivors]
    if survivors:
        parts += ["\n## Survivors\n", *map(mask, _survivors(survivors))]
    if result.defects:
        parts += ["\n## Seed defects\n", *map(mask, _defects(result.defects))]
    return "\n".join(parts) + "\n"


def _policies(result: Validation, same: Equivalence | None) -> Iterator[str]:
    heads = ["policy", "rules", "lines of fixtures", "mutants killed", "of generated ones", "silent"]
    yield from _table(
        [*heads, *(["equivalence"] if same else [])],
        [
            [
                policy.policy,
                str(len(policy.rules)),
                str(sum(rule.fixtures for rule in policy.rules)),
                share(policy.killed, policy.total),
                share(policy.generated_killed, policy.generated),
                _yes(policy.silent),
                *([_held(policy.rules, same)] if same else []),
            ]
            for policy in result.policies
        ],
    )


def _rules(result: Validation, same: Equivalence | None) -> Iterator[str]:
    heads = ["rule", "lines of fixtures", "mutants killed", "astray", "silent"]
    yield from _table(
        [*heads, *(["equivalence"] if same else [])],
        [
            [
                rule.rule,
                str(rule.fixtures),
                share(rule.killed, rule.total),
                str(rule.astray or "-"),
                _yes(rule.silent),
                *([_held([rule], same)] if same else []),
            ]
            for policy in result.policies
            for rule in policy.rules
        ],
    )


def _survivors(survivors: Sequence[Survivor]) -> Iterator[str]:
    rows = [[item.name, item.why, item.reviewed or "not reviewed"] for item in survivors]
    yield from _table(["mutant", "what became of it", "why it is left so"], rows)


def _defects(defects: Sequence[Defect]) -> Iterator[str]:
    rows = [[item.id, item.what, "<br>".join(item.by)] for item in defects]
    yield from _table(["defect", "what it was", "noticed by"], rows)


def _held(rules: Sequence[RuleResult], same: Equivalence) -> str:
    edits, held = same.of(rule.rule for rule in rules)
    return share(held, edits)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def share(part: int, whole: int) -> str:
    """As it is shown: nothing of nothing is no success."""
    return f"{part}/{whole}" if whole else "-"


def _yes(silent: bool) -> str:
    return "yes" if silent else "**no**"


def text(result: Validation) -> str:
    """A line for each policy, and everything that failed."""
    width = max((len(policy.policy) for policy in result.policies), default=0)
    lines = [f"{'policy':{width}}  rules  mutants killed  generated  silent"]
    for policy in result.policies:
        killed = share(policy.killed, policy.total)
        made = share(policy.generated_killed, policy.generated)
        silent = "yes" if policy.silent else "NO"
        lines.append(f"{policy.policy:{width}}  {len(policy.rules):5}  {killed:>14}  {made:>9}  {silent:>6}")
    reviewed = [item for policy in result.policies for item in policy.survivors if item.reviewed]
    for title, sentences in (
        ("survivors that were reviewed", [f"{item.name}: {item.reviewed}" for item in reviewed]),
        ("failed", result.failures),
        ("INCOMPLETE", result.errors),
    ):
        if sentences:
            lines += ["", f"{title}:", *map(mask, _some(sentences, title))]
    lines += ["", _verdict(result)]
    return "\n".join(lines) + "\n"


def _some(sentences: Sequence[str], title: str) -> list[str]:
    """All of them; of the reasons for an incomplete scan, which may be the same for every mutant, the first."""
    shown = sentences if title != "INCOMPLETE" else sentences[:_REASONS]
    more = [f"and {len(sentences) - len(shown)} more"] if len(shown) < len(sentences) else []
    return [f"  {sentence}" for sentence in (*shown, *more)]


def _verdict(result: Validation) -> str:
    same = result.equivalence
    counts = [
        f"{sum(len(policy.rules) for policy in result.policies)} rules",
        f"{result.fixtures} fixtures",
        f"{result.killed} of {result.total} mutants killed",
        *([f"{same.held} of {same.edits} edits that mean nothing left findings as they were"] if same else []),
        f"{len(result.failures)} failed",
    ]
    return ", ".join(counts) + ("; INCOMPLETE: not everything was looked at" if result.errors else "")


FORMATS: dict[str, Callable[[Validation], str]] = {"text": text, "json": json, "markdown": markdown}
