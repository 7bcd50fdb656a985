"""How precise a rule is shown to be, from what is kept of its validation (`paylint rules validate`).

    very-high   its author is sure (`confidence: high`); it killed 5 mutants or more, and all that it was to kill
    high        it is silent on sound services, reported nothing astray, and killed 80 % of its mutants or more
    medium      it is silent; or nothing was shown at all
    low         it is not silent, or kills less than half of its mutants

Never more than its author is sure of (`confidence` of the rule: high, medium, low): names and habits of other people's
code are not in our corpora. A rule that no mutant speaks of (a team's own) has at most medium.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from scanner.errors import RuleError
from scanner.model import Confidence, Json

KEPT = "validation.json"
LEVELS = ("low", "medium", "high", "very-high")
"""What GitHub knows as `precision` of a rule, from the least."""
_MANY = 5


def records(folder: Path) -> Mapping[str, Json]:
    """Rule id -> what is kept of it; nothing where nothing is kept. RuleError: it is no such file."""
    return _records(folder, "rules")


def policy_records(folder: Path) -> Mapping[str, Json]:
    """The same of policies."""
    return _records(folder, "policies")


def _records(folder: Path, kind: str) -> Mapping[str, Json]:
    try:
        found = json.loads((folder / KEPT).read_text(encoding="utf-8"))[kind]
        return {str(name): {**record, "mutants": tuple(record["mutants"])} for name, record in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise RuleError(
            f"{KEPT}: cannot be read; `paylint rules validate --equivalence --update` writes it anew"
        ) from None


def precision(declared: Confidence, record: Json | None) -> str:
    """One of LEVELS. `record`: what is kept of the rule, None if nothing is."""
    shown = _shown(record) if record else "medium"
    if shown == "very-high" and declared is Confidence.HIGH:
        return shown
    return min(shown, declared.value, key=LEVELS.index)


def capped(own: Confidence, precision: str) -> Confidence:
    """The lower of what a finding says of itself and of its rule's precision, if that is one."""
    if precision not in LEVELS:
        return own
    return Confidence(min(own.value, precision, key=LEVELS.index))


def _shown(record: Json) -> str:
    killed, total = record["mutants"]
    if not record["silent"]:
        return "low"
    if not total:
        return "medium"
    if record["astray"] or killed < 0.8 * total:
        return "medium" if killed >= 0.5 * total else "low"
    return "very-high" if killed == total >= _MANY else "high"
