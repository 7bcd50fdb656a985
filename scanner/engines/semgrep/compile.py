"""Semgrep rules as the core wants them: one JSON text with the rules for the languages at hand, and nothing else.

Parsing rules is most of what a scan of one file costs, so the core gets no rule it cannot use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from scanner.engines.semgrep.languages import ANY_TEXT, languages_of
from scanner.engines.semgrep.needs import Need, need
from scanner.errors import RuleError
from scanner.model import Json, Rule

_UNUSED = ("metadata", "fix", "fix-regex")
# Semgrep ignores a key it does not know, which turns a misspelt condition into none.
_CONDITIONS = {
    "pattern",
    "patterns",
    "pattern-either",
    "pattern-regex",
    "pattern-sources",
    "pattern-sinks",
    "pattern-sanitizers",
    "pattern-propagators",
}

_NAME = re.compile(r"\{\{name:([^{}]+)\}\}")
_GATE = re.compile(r"\(\?i?s\)\\A")
_MARK_BITS = (1 << 60) - 1
_GATE_START = r"s)\\A"  # as Json
_METAVARIABLE_GROUP = re.compile(r"\(\?P?<[A-Z_][A-Z0-9_]*>")


class Condition(NamedTuple):
    """What a file must hold before a rule can say anything about it.

    `mentions`: the RE2 pattern of `Rule.mentions`. `need`: what the rule itself tells.
    `mark`: the folder name that stands for the condition in paths, "" where it cannot be told through them.
    """

    mentions: str
    need: Need | None
    mark: str


class Tried(Protocol):
    """What is known of the files before the core runs."""

    @property
    def met(self) -> Collection[Condition]:
        """The conditions some file meets."""

    def literal(self, written: str) -> str:
        """The expression as plain text where it can be put so, else as it is written."""


class RuleSet:
    """Rules ready to be sent. Raises RuleError for a body that is no Semgrep rule."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.languages: dict[str, frozenset[str]] = {rule.id: languages_of(rule) for rule in rules}
        self.spoken = frozenset[str]().union(*self.languages.values())
        self._sources = {rule.id: rule.source for rule in rules}
        self._bodies = {rule.id: _body(rule) for rule in rules}
        anchored = any(_anchored(body.get("paths")) for body in self._bodies.values())
        self._conditions = {rule.id: _condition(rule.mentions, self._bodies[rule.id], anchored) for rule in rules}
        self._written = {rule.id: _costly(rule.body, self._bodies[rule.id]) for rule in rules}
        self._spoken: dict[str, dict[Condition, frozenset[str]]] = {}

    @property
    def settled(self) -> bool:
        """Whether every condition is told through paths."""
        return all(one.mark or not (one.mentions or one.need) for one in self._conditions.values())

    def conditions(self, language: str) -> Iterable[Condition]:
        """The conditions of all rules for a language."""
        return self._of(language)

    def written(self, condition: Condition, language: str) -> frozenset[str]:
        """The costly expressions, of the rules with this condition, that are matched against whole files."""
        return self._of(language)[condition]

    def _of(self, language: str) -> dict[Condition, frozenset[str]]:
        if language not in self._spoken:
            found: dict[Condition, frozenset[str]] = {}
            for name, condition in self._conditions.items():
                if language in self.languages[name]:
                    found[condition] = found.get(condition, frozenset()) | self._written[name]
            self._spoken[language] = found
        return self._spoken[language]

    def text(self, languages: Iterable[str], *, trial: Tried | None = None) -> str:
        """The JSON of all rules for these languages, in the order they came.

        `trial`: leaves out rules whose condition no file meets, and makes plain text of costly expressions; a rule then
        looks only at paths with the mark of its condition.
        """
        wanted = frozenset(languages)
        chosen = [name for name in self._bodies if self.languages[name] & wanted]
        if trial is None:
            return json.dumps({"rules": [self._bodies[name] for name in chosen]})
        known: dict[str, str] = {}
        met = [name for name in chosen if self._conditions[name] in trial.met]
        return json.dumps({"rules": [self._marked(name, known, trial.literal) for name in met]})

    def _marked(self, name: str, known: dict[str, str], literal: Callable[[str], str]) -> Json:
        for written in self._written[name]:
            if written not in known:
                known[written] = literal(written)
        body = _replaced(self._bodies[name], known) if self._written[name] else self._bodies[name]
        mark = self._conditions[name].mark
        if not mark:
            return body
        return {**body, "paths": {**body.get("paths", {}), "include": [f"**/{mark}/**"]}}

    def known(self, reported: str) -> str | None:
        """The rule Semgrep means: it puts folder names before the id. None for a stranger."""
        parts = reported.split(".")
        suffixes = (".".join(parts[start:]) for start in range(len(parts)))
        return next((suffix for suffix in suffixes if suffix in self._bodies), None)

    def error(self, reported: str, message: str) -> RuleError:
        """What to raise for a rule Semgrep refuses."""
        name = self.known(reported) or reported
        return RuleError(f"{self._sources.get(name, 'Semgrep rule')}: rule {name}: {message.strip()}")


def _anchored(paths: Json) -> bool:
    """Whether patterns for paths count from the top, where marks would stand."""
    if not isinstance(paths, dict):
        return False
    patterns = [str(pattern) for key in ("include", "exclude") for pattern in paths.get(key) or ()]
    return any("/" in pattern.rstrip("/") and not pattern.startswith("**/") for pattern in patterns)


def _condition(mentions: str, body: Json, anchored: bool) -> Condition:
    needed = need(body)
    markable = (mentions or needed) and not anchored and not (body.get("paths") or {}).get("include")
    mark = f"={hash((mentions, needed)) & _MARK_BITS:x}="
    return Condition(mentions, needed, mark if markable else "")


def _costly(text: str, body: Json) -> frozenset[str]:
    """The costly expressions that are matched against a whole file; none if a match's groups are used."""
    if not ("{{" in text or _GATE_START in text) or re.search(r"\$[0-9]", text):
        return frozenset()
    return frozenset(_whole_file(body))


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


def _body(rule: Rule) -> Json:
    try:
        body = json.loads(rule.body)
    except (ValueError, RecursionError) as error:
        raise RuleError(f"{rule.source}: rule {rule.id}: its body is no JSON: {error}") from None
    if not isinstance(body, dict):
        raise RuleError(f"{rule.source}: rule {rule.id}: its body is no JSON object")
    for key in body:
        if key.startswith("pattern") and key not in _CONDITIONS:
            raise RuleError(f"{rule.source}: rule {rule.id}: Semgrep does not know the key {key!r}")
    languages = languages_of(rule)
    if not languages:
        raise RuleError(f"{rule.source}: rule {rule.id}: it names no language")
    if len(languages) > 1 and languages & frozenset(ANY_TEXT):
        raise RuleError(f"{rule.source}: rule {rule.id}: {' and '.join(ANY_TEXT)} go with no other language")
    kept = {key: value for key, value in body.items() if key not in _UNUSED}
    if "{{name:" in rule.body:
        kept = _hinted(kept)
    return kept | {"id": rule.id, "languages": sorted(languages)}


def _hinted(value: Json) -> Json:
    """The same with a hint before each name of the vocabulary: the core compiles a pattern for each thing it tries."""
    if isinstance(value, dict):
        return {key: _hinted(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    items: list[Json] = []
    for item in value:
        asked = item.get("metavariable-regex") if isinstance(item, dict) else None
        if isinstance(asked, dict) and (name := _NAME.fullmatch(str(asked.get("regex")))):
            items.append({"metavariable-regex": {**asked, "regex": f"{{{{hint:{name[1]}}}}}"}})
        items.append(_hinted(item))
    return items
