"""Semgrep rules as the core gets them: one JSON text with the rules for the files at hand, and nothing else.

Parsing rules is most of what a scan of one file costs, so the core gets no rule it cannot use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from scanner.engines.semgrep.languages import languages_of
from scanner.engines.semgrep.needs import Need
from scanner.errors import RuleError
from scanner.model import Json, Rule

_GATE = re.compile(r"\(\?i?s\)\\A")
_MARK_BITS = (1 << 60) - 1
_GATE_START = r"s)\\A"  # as Json
_METAVARIABLE_GROUP = re.compile(r"\(\?P?<[A-Z_][A-Z0-9_]*>")


class Condition(NamedTuple):
    """What a file must hold before a rule can say anything about it.

    `mentions`, `needs`: those of the rule. `mark`: the folder name that stands for the condition in paths, "" where it
    cannot be told through them.
    """

    mentions: str
    needs: str
    mark: str


class Tried(Protocol):
    """What is known of the files before the core runs."""

    @property
    def met(self) -> Collection[Condition]:
        """The conditions some file meets."""

    def literal(self, written: str) -> str:
        """The expression as plain text where it can be put so, else as it is written."""

    def pruned(self, rule: Json, condition: Condition) -> Json | None:
        """The rule with this condition without what cannot match; None if it cannot match at all."""


class RuleSet:
    """Rules ready to be sent (`body.ready`)."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.languages: dict[str, frozenset[str]] = {rule.id: languages_of(rule) for rule in rules}
        self.spoken = frozenset[str]().union(*self.languages.values())
        self._rules = {rule.id: rule for rule in rules}
        self._bodies: dict[str, Json] = {}
        self._spoken: dict[str, dict[Condition, list[str]]] = {}
        self._needs: dict[str, Need | None] = {}
        self._written: dict[tuple[Condition, str], frozenset[str]] = {}

    @cached_property
    def _conditions(self) -> dict[str, Condition]:
        paths = {name: self._body(name).get("paths") for name, rule in self._rules.items() if '"paths": ' in rule.body}
        anchored = any(map(_anchored, paths.values()))
        return {
            name: _condition(rule, markable=not anchored and not (paths.get(name) or {}).get("include"))
            for name, rule in self._rules.items()
        }

    @property
    def settled(self) -> bool:
        """Whether every condition is told through paths."""
        return all(one.mark or not (one.mentions or one.needs) for one in self._conditions.values())

    def conditions(self, language: str) -> Iterable[Condition]:
        """The conditions of all rules for a language."""
        return self._of(language)

    def need(self, condition: Condition) -> Need | None:
        """What the rules with this condition tell themselves."""
        if condition.needs not in self._needs:
            self._needs[condition.needs] = json.loads(condition.needs) if condition.needs else None
        return self._needs[condition.needs]

    def written(self, condition: Condition, language: str) -> frozenset[str]:
        """The costly expressions, of the rules with this condition, that are matched against whole files."""
        key = condition, language
        if key not in self._written:
            self._written[key] = frozenset[str]().union(*map(self._costly, self._of(language)[condition]))
        return self._written[key]

    def _of(self, language: str) -> dict[Condition, list[str]]:
        """Condition -> the rules for a language that have it."""
        if language not in self._spoken:
            found: dict[Condition, list[str]] = {}
            for name, condition in self._conditions.items():
                if language in self.languages[name]:
                    found.setdefault(condition, []).append(name)
            self._spoken[language] = found
        return self._spoken[language]

    def _body(self, name: str) -> Json:
        if name not in self._bodies:
            self._bodies[name] = json.loads(self._rules[name].body)
        return self._bodies[name]

    def _costly(self, name: str) -> frozenset[str]:
        """The costly expressions that are matched against a whole file; none if a match's groups are used."""
        text = self._rules[name].body
        if not ("{{" in text or _GATE_START in text) or re.search(r"\$[0-9]", text):
            return frozenset()
        return frozenset(_whole_file(self._body(name)))

    def text(self, languages: Iterable[str], *, trial: Tried | None = None) -> str:
        """The JSON of all rules for these languages, in the order they came.

        `trial`: leaves out rules that cannot match, and makes plain text of costly expressions; a rule then looks only
        at paths with the mark of its condition. "" if no rule is left.
        """
        wanted = frozenset(languages)
        chosen = [name for name in self._rules if self.languages[name] & wanted]
        if trial is None:
            return json.dumps({"rules": [self._body(name) for name in chosen]})
        known: dict[str, str] = {}
        met = [name for name in chosen if self._conditions[name] in trial.met]
        fitted = [body for name in met if (body := self._fitted(name, known, trial)) is not None]
        return json.dumps({"rules": fitted}) if fitted else ""

    def _fitted(self, name: str, known: dict[str, str], trial: Tried) -> Json | None:
        body, costly = self._body(name), self._costly(name)
        for written in costly:
            if written not in known:
                known[written] = trial.literal(written)
        condition = self._conditions[name]
        body, mark = trial.pruned(_replaced(body, known) if costly else body, condition), condition.mark
        if body is None or not mark:
            return body
        return {**body, "paths": {**body.get("paths", {}), "include": [f"**/{mark}/**"]}}

    def known(self, reported: str) -> str | None:
        """The rule Semgrep means: it puts folder names before the id. None for a stranger."""
        parts = reported.split(".")
        suffixes = (".".join(parts[start:]) for start in range(len(parts)))
        return next((suffix for suffix in suffixes if suffix in self._rules), None)

    def error(self, reported: str, message: str) -> RuleError:
        """What to raise for a rule Semgrep refuses."""
        name = self.known(reported) or reported
        source = self._rules[name].source if name in self._rules else "Semgrep rule"
        return RuleError(f"{source}: rule {name}: {message.strip()}")


def _anchored(paths: Json) -> bool:
    """Whether patterns for paths count from the top, where marks would stand."""
    if not isinstance(paths, dict):
        return False
    patterns = [str(pattern) for key in ("include", "exclude") for pattern in paths.get(key) or ()]
    return any("/" in pattern.rstrip("/") and not pattern.startswith("**/") for pattern in patterns)


def _condition(rule: Rule, *, markable: bool) -> Condition:
    told = rule.mentions, rule.needs
    mark = f"={hash(told) & _MARK_BITS:x}="
    return Condition(*told, mark if markable and any(told) else "")


def _whole_file(value: Json) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _whole_file(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "pattern-regex":
                if ("{{" in item or _GATE.match(item)) and not _METAVARIABLE_GROUP.search(item):
                    yield item
            elif key != "metavariable-pattern":
                yield from _whole_file(item)


def _replaced(value: Json, known: Mapping[str, str]) -> Json:
    """The same with expressions that are matched against a whole file put as they are known."""
    if isinstance(value, list):
        return [_replaced(item, known) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: known.get(item, item)
        if key == "pattern-regex"
        else item
        if key == "metavariable-pattern"
        else _replaced(item, known)
        for key, item in value.items()
    }
