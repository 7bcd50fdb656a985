"""What inventories say, out of what engines report: their messages are lines `name: value`.

A last line `digest of name: value` is what is too long to be quoted, over as many lines as it takes: of it there is its
SHA-256, of the masked text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from scanner.catalog import Catalog
from scanner.findings import Draft
from scanner.model import Observed

_LINE = re.compile(r"([a-z][a-z0-9 _-]{0,40}):[ \t]*(.*)")
_UNBOUND = re.compile(r"\$[A-Z_][A-Z_0-9]*")
_DIGEST = "digest of "
_LONGEST = 400
"""Of a value: an expression may be any."""


def apart(drafts: Iterable[Draft], catalog: Catalog) -> tuple[list[Draft], tuple[Observed, ...]]:
    """The violations, and what there is: all of it, also several at one place, sorted, without duplicates."""
    inventories = {name for name, rule in catalog.rules.items() if catalog.policies[rule.policy].inventory}
    violations: list[Draft] = []
    said: set[tuple[str, str, Draft]] = set()
    for item in drafts:
        if item.rule in inventories:
            plain = item._replace(snippet="", trace=())
            said.add((catalog.rules[item.rule].policy, item.message, plain))
        else:
            violations.append(item)
    return violations, tuple(
        _observed(item, inventory)
        for inventory, _, item in sorted(said, key=lambda one: (one[2].place, one[0], one[2].rule, one[1]))
    )


def _observed(item: Draft, inventory: str) -> Observed:
    values = _values(item.message)
    return Observed(item.rule, inventory, item.place, values.pop("subject", ""), values)


def _unquoted(value: str) -> str:
    """A literal's text: metavariables come with quotes and without."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'`" else value


def _values(message: str) -> dict[str, str]:
    """By name, as they stand: the first of a name counts, what a rule quotes of code may hold lines of its own.

    A metavariable that is bound to nothing says nothing.
    """
    found: dict[str, list[str]] = {}
    name = ""
    told, _, hashed = message.partition(f"\n{_DIGEST}")
    for line in told.split("\n"):
        match = _LINE.fullmatch(line.strip())
        if match and match[1] not in found:
            name = match[1]
            found[name] = [match[2]]
        elif name:
            found[name].append(line.strip())
    values = {name: _unquoted(" ".join(" ".join(parts).split()))[:_LONGEST] for name, parts in found.items()}
    return {
        name: value for name, value in (values | _digest(hashed)).items() if value and not _UNBOUND.fullmatch(value)
    }


def _digest(line: str) -> dict[str, str]:
    name, _, text = line.partition(":")
    text = text.strip()
    if not text or _UNBOUND.fullmatch(text):
        return {}
    return {_DIGEST + name: f"sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"}
