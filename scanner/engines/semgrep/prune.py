"""A rule cut down to what can match in a few files: the core parses and tries every pattern it is given.

A pattern that names what no file holds matches nowhere: one of several is left out, a condition that there be no such
match holds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from scanner.engines.semgrep.needs import words_of
from scanner.model import Json
from scanner.vocabulary import NEVER

_NOT = ("pattern-not", "pattern-not-inside", "pattern-not-regex")
_TAINT = ("pattern-sources", "pattern-sinks", "pattern-sanitizers", "pattern-propagators")

_words_of = lru_cache(maxsize=None)(words_of)


class Pruner:
    """For files with these words. `spell`: replaces the vocabulary's placeholders in an expression."""

    def __init__(self, words: frozenset[str], spell: Callable[[str], str]) -> None:
        self._words, self._spell = words, spell

    def pruned(self, rule: Json) -> Json | None:
        """The rule without what cannot match; None if it cannot match at all."""
        if "pattern-sources" not in rule:
            return self._formula(rule)
        kept = dict(rule)
        for key in _TAINT:
            if key in rule:
                kept[key] = self._each(rule[key])
        if not (kept["pattern-sources"] and kept.get("pattern-sinks")):
            return None
        return {key: value for key, value in kept.items() if value != [] or key not in _TAINT}

    def _each(self, formulas: list[Json]) -> list[Json]:
        return [kept for formula in formulas if (kept := self._formula(formula)) is not None]

    def _formula(self, formula: Json) -> Json | None:
        """The formula without what cannot match; None if it cannot match."""
        if isinstance(formula, str):
            return formula if _words_of(formula) <= self._words else None
        kept = dict(formula)
        for key in ("pattern", "pattern-inside"):
            if key in formula:
                kept[key] = self._formula(formula[key])
        if "pattern-regex" in formula:
            kept["pattern-regex"] = self._expression(formula["pattern-regex"])
        if "metavariable-regex" in formula and not self._expression(formula["metavariable-regex"]["regex"]):
            return None
        if "pattern-either" in formula:
            kept["pattern-either"] = self._each(formula["pattern-either"]) or None
        if "patterns" in formula:
            kept["patterns"] = self._all(formula["patterns"])
        return None if None in kept.values() else kept

    def _all(self, formulas: list[Json]) -> list[Json] | None:
        kept: list[Json] = []
        for formula in formulas:
            refused = next((key for key in _NOT if key in formula), None)
            if refused is None:
                kept.append(self._formula(formula))
            elif refused == "pattern-not-regex":
                kept.append(formula)
            elif (inner := self._formula(formula[refused])) is not None:
                kept.append({**formula, refused: inner})
        return None if None in kept else kept

    def _expression(self, written: str) -> str | None:
        return written if written != NEVER and (not written.startswith("{{") or self._spell(written) != NEVER) else None
