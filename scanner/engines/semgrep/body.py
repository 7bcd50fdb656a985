"""A Semgrep rule as the core wants it: checked, and made ready once, when rules are compiled."""

from __future__ import annotations

import json
import re

from scanner.engines.semgrep.languages import ANY_TEXT, TEXTS, core_name, languages_of
from scanner.engines.semgrep.needs import need
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


def ready(rule: Rule) -> Rule:
    """The rule with the body the core is to have, and what a file must hold for it. RuleError: it is no rule."""
    body = _checked(rule)
    needed = need(body)
    if "{{name:" in rule.body:
        body = _hinted(body)
    return rule._replace(body=json.dumps(body, sort_keys=True), needs=json.dumps(needed) if needed else "")


def _checked(rule: Rule) -> Json:
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
    if len(languages) > 1 and (alone := languages & {*ANY_TEXT, *TEXTS}):
        raise RuleError(f"{rule.source}: rule {rule.id}: {' and '.join(sorted(alone))} go with no other language")
    kept = {key: value for key, value in body.items() if key not in _UNUSED}
    return kept | {"id": rule.id, "languages": sorted(map(core_name, languages))}


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
