"""What a file must hold before a rule can match there: words and expressions, read off the rule itself.

A pattern names functions, arguments, fields and texts; whatever way they are imported or passed on, they stand in the
file. A keyword may be written otherwise (`const`, `let`): it is not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from scanner.model import Json

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|`(?:[^`\\]|\\.)*`')
_COSTS = {"words": 0, "all": 1, "any": 2, "match": 3, "code": 4}
_METAVARIABLE = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z0-9_]*")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_KEYWORDS = frozenset(
    """
    abstract and any as assert async await bool boolean break byte bytes case catch chan class const continue default
    defer def delete do elif else enum error except export extends False final finally float for from func function
    global go goto if implements import in instanceof int interface is lambda let long map match module namespace native
    nil None nonlocal not null number object of or package pass private protected public raise range readonly record
    return select self short static str string String struct super switch synchronized this throw throws transient True
    true False false try type typeof undefined using var void volatile while with yield
    """.split()  # noqa: SIM905 - a hundred lines shorter
)


Need: TypeAlias = "tuple[Any, ...]"
"""A condition, as Json: ["all", need, ...], ["any", need, ...], ["words", word, ...]: all of them are in the text,
["match", expression]: it matches anywhere, ["code", expression]: it matches not just within a comment or a string."""


def met(need: Need, words: frozenset[str], matches: Callable[[str, bool], bool]) -> bool:
    """Whether a text with these words fulfils it.

    `matches`: whether an expression matches in the text; its second argument asks for code.
    """
    kind, *parts = need
    if kind == "words":
        return words.issuperset(parts)
    if kind in ("match", "code"):
        return matches(parts[0], kind == "code")
    fulfilled = (met(part, words, matches) for part in parts)
    return all(fulfilled) if kind == "all" else any(fulfilled)


def need(rule: Json) -> Need | None:
    """The condition of a Semgrep rule (a formula, or a taint rule); None if it may match anywhere."""
    if "pattern-sources" in rule:
        sources = (
            _in_code(need(source)) if source.get("exact") else need(source) for source in rule["pattern-sources"]
        )
        return _joined("all", [_any(sources), _any(need(sink) for sink in rule.get("pattern-sinks") or ())])
    return _joined("all", _parts(rule))


def _parts(formula: Json) -> Iterator[Need | None]:
    for key in ("pattern", "pattern-inside"):
        if key in formula and isinstance(formula[key], str):
            words = words_of(formula[key])
            yield ("words", *sorted(words)) if words else None
    if "pattern-regex" in formula:
        yield ("match", formula["pattern-regex"])
    if "pattern-either" in formula:
        yield _any(need(part) for part in formula["pattern-either"])
    for part in formula.get("patterns") or ():
        yield _joined("all", _parts(part))


def _any(parts: Iterable[Need | None]) -> Need | None:
    known = list(parts)
    return None if None in known else _joined("any", known)


def _in_code(given: Need | None) -> Need | None:
    """For a source that has to be an expression and nothing less: no part of a text is one."""
    if given is None or given[0] in ("words", "code"):
        return given
    kind, *parts = given
    return ("code", *parts) if kind == "match" else _joined(kind, map(_in_code, parts))


def _joined(kind: str, parts: Iterable[Need | None]) -> Need | None:
    """One condition of several, the cheap ones first; None is no condition."""
    told = list(dict.fromkeys(part for part in parts if part is not None))
    if len(told) < 2:
        return told[0] if told else None
    told.sort(key=_cost)
    return (kind, *told)


def _cost(part: Need) -> int:
    return _COSTS[part[0]]


def words_of(pattern: str) -> frozenset[str]:
    """The words every text has in which a pattern matches."""
    strings = (string[1:-1] for string in _STRING.findall(pattern))
    plain = [string for string in strings if not string.startswith("=~/") and not set("$\\") & set(string)]
    bare = _METAVARIABLE.sub(" ", _STRING.sub(" ", pattern))
    return frozenset(_WORD.findall(" ".join([bare, *plain]))) - _KEYWORDS
