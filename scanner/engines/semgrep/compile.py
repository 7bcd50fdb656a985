"""Semgrep rules as the core wants them: one JSON text with the rules for the languages at hand, and nothing else.

Parsing rules is most of what a scan of one file costs, so the core gets no rule it cannot use.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from scanner.engines.semgrep.languages import ANY_TEXT, analysed_with, canonical
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


def rules_for(rules: Iterable[Rule], language: str | None) -> list[Rule]:
    """The rules that may say something about a file of this language (`analyzer` tells it), or of none."""
    analysed = analysed_with(language)
    return [rule for rule in rules if analysed & _languages(rule)]


def _languages(rule: Rule) -> frozenset[str]:
    return frozenset(canonical(name, rule.id) for name in rule.languages)


def mark(pattern: str) -> str:
    """The folder name that stands for a pattern."""
    return f"={hashlib.sha256(pattern.encode()).hexdigest()[:12]}="


class RuleSet:
    """Rules ready to be sent. Raises RuleError for a body that is no Semgrep rule."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.languages: dict[str, frozenset[str]] = {rule.id: _languages(rule) for rule in rules}
        self.spoken = frozenset[str]().union(*self.languages.values())
        self._sources = {rule.id: rule.source for rule in rules}
        self._bodies = {rule.id: _body(rule) for rule in rules}
        self._mentions = {rule.id: rule.mentions for rule in rules}
        self._has_paths = any("paths" in body for body in self._bodies.values())

    def text(self, languages: Iterable[str], *, marked: bool) -> str:
        """The JSON of all rules for these languages, in the order they came.

        `marked`: a rule that needs a mention looks only at paths with its `mark`, as `marked_path` makes them.
        """
        wanted = frozenset(languages)
        chosen = [name for name in self._bodies if self.languages[name] & wanted]
        return json.dumps({"rules": [self._marked(name) if marked else self._bodies[name] for name in chosen]})

    def _marked(self, name: str) -> Json:
        if not self._mentions[name] or self._has_paths:
            return self._bodies[name]
        return {**self._bodies[name], "paths": {"include": [f"**/{mark(self._mentions[name])}/**"]}}

    def marked_path(self, path: str, mentions: Iterable[str]) -> str:
        """The path `paths:` speak about. No marks where rules have paths of their own, which may count from the top."""
        marks = "" if self._has_paths else "".join(f"/{mark(pattern)}" for pattern in sorted(mentions))
        return f"{marks}/{path}"

    def known(self, reported: str) -> str | None:
        """The rule Semgrep means: it puts folder names before the id. None for a stranger."""
        parts = reported.split(".")
        suffixes = (".".join(parts[start:]) for start in range(len(parts)))
        return next((suffix for suffix in suffixes if suffix in self._bodies), None)

    def error(self, reported: str, message: str) -> RuleError:
        """What to raise for a rule Semgrep refuses."""
        name = self.known(reported) or reported
        return RuleError(f"{self._sources.get(name, 'Semgrep rule')}: rule {name}: {message.strip()}")


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
    languages = _languages(rule)
    if not languages:
        raise RuleError(f"{rule.source}: rule {rule.id}: it names no language")
    if len(languages) > 1 and languages & frozenset(ANY_TEXT):
        raise RuleError(f"{rule.source}: rule {rule.id}: {' and '.join(ANY_TEXT)} go with no other language")
    kept = {key: value for key, value in body.items() if key not in _UNUSED}
    return kept | {"id": rule.id, "languages": sorted(languages)}
