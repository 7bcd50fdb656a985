"""The one place that says which identifier names mean account data.

`rules/vocabulary/account_data.yaml` lists phrases per element; here they become regular expressions. One phrase covers
every identifier style (see the head of that file). Two forms are made of the same phrases and agree on every name:

- `as_data()`: an include and an exclude pattern without lookaround, for RE2 (OPA), Rust (regorus) and Python. They are
  meant for one name: a column, a key, an environment variable.
- `expand()`: one PCRE for Semgrep's `metavariable-regex`, which sees the text of a whole expression. It reads that text
  as chains of member access and judges each by itself, so that `f(masked_pan, pan)` still holds a PAN; words inside
  string literals are prose (`"bad cvv"`), but for a literal that is a name (`row["cvv"]`) and for interpolation.

`Vocabulary.matches` is the second form in Python.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, cast

from scanner.errors import RuleError
from scanner.vocabulary.element import Element, hint, pcre, searcher, source
from scanner.vocabulary.patterns import MARK, NEVER, SEP_PLAIN, SEP_REFUSED, in_text, union, words_of, written_out

__all__ = ["NEVER", "Vocabulary", "load"]

_PLACEHOLDER = re.compile(r"\{\{\s*(name|hint|source|include|exclude):\s*([^{}]*?)\s*\}\}")


def _from_row(row: list[Any]) -> Element:
    *lists, whole, cut = row
    names, refused, refused_after, other_meanings = (tuple(phrases) for phrases in lists)
    return Element(names, refused, refused_after, other_meanings, whole, cut)


class Vocabulary:
    """What `load` makes of the file."""

    def __init__(self, elements: Mapping[str, Element]) -> None:
        self._elements = dict(elements)
        self._expanded: dict[str, str] = {}

    @classmethod
    def from_json(cls, value: Any) -> Vocabulary:
        """What `to_json` was made of."""
        return cls({name: _from_row(row) for name, row in value.items()})

    def to_json(self) -> Any:
        """{element: its fields in a row}."""
        return {
            name: [one.names, one.refused, one.refused_after, one.other_meanings, one.whole, one.cut]
            for name, one in self._elements.items()
        }

    def narrowed(self, text: str) -> Vocabulary:
        """The vocabulary for this text alone: what it takes and refuses there is the same, its patterns are shorter.

        A phrase is made of words that stand in a text as they are, in any case: one that the text lacks cannot match.
        """
        folded = text.casefold()
        words = frozenset(word for word in self._words if word in folded)
        return Vocabulary({name: replace(element, among=words) for name, element in self._elements.items()})

    @cached_property
    def _words(self) -> frozenset[str]:
        phrases = (
            phrase
            for one in self._elements.values()
            for phrase in (*one.names, *one.refused, *one.refused_after, *one.other_meanings)
        )
        return frozenset(option for phrase in phrases for word in words_of(phrase) for option in word.split("|"))

    @property
    def elements(self) -> tuple[str, ...]:
        """The names of the elements."""
        return tuple(self._elements)

    def as_data(self) -> dict[str, dict[str, str]]:
        """{element: {"include": pattern, "exclude": pattern}} for Rego: a name counts if it matches the first only."""
        return {
            name: {
                "include": element.include().replace(MARK, SEP_PLAIN),
                "exclude": element.exclude().replace(MARK, SEP_REFUSED),
            }
            for name, element in self._elements.items()
        }

    def matches(self, element: str, name: str) -> bool:
        """Whether a name, or an expression, holds that element. RuleError: no such element."""
        return searcher(self._element(element)).match(name) is not None

    def explain(self, element: str, name: str) -> str | None:
        """Which phrase took the name, and which refused it; None if none took it. For people: wording may change."""
        whole = self._element(element)
        phrases = [phrase for given in whole.names for phrase in written_out(given)]
        took = [phrase for phrase in phrases if searcher(Element((phrase,), whole=whole.whole)).match(name)]
        if not took:
            return None
        said = f"{name} holds {max(took, key=len)!r}"
        if searcher(whole).match(name):
            return f"{said}: {element}"
        return f"{said}, but is not {element}: {self._refusal(whole, name)}"

    def expand(self, text: str) -> str:
        """A Semgrep regex with its placeholders replaced.

        {{name:pan}} (or {{name:pan|track}}) is a whole pattern for `metavariable-regex`. {{source:pan}} is one for
        `pattern-regex` in an `exact: true` taint source: Semgrep compiles it once for a file, the other for every
        expression it is tried on. {{hint:pan}} is a short pattern for all that may hold the name, to be asked before.
        {{include:pan}} is an RE2 pattern found in every text that names the element: what lacks it needs no closer
        look; {{exclude:pan}} is the pattern of `as_data`.
        RuleError: no such element.
        """
        return _PLACEHOLDER.sub(self._replacement, text)

    def expand_json(self, text: str) -> str:
        """The same in a Json text, whose strings hold the placeholders."""
        return _PLACEHOLDER.sub(lambda match: json.dumps(self._replacement(match))[1:-1], text)

    def check(self, text: str) -> None:
        """Raises RuleError for a placeholder with an element that does not exist."""
        for match in _PLACEHOLDER.finditer(text):
            self._named(match)

    def _named(self, match: re.Match[str]) -> list[Element]:
        return [self._element(name.strip()) for name in match[2].split("|")]

    def _replacement(self, match: re.Match[str]) -> str:
        if match[0] not in self._expanded:
            self._expanded[match[0]] = self._pattern(match)
        return self._expanded[match[0]]

    def _pattern(self, match: re.Match[str]) -> str:
        what, elements = match[1], self._named(match)
        if what == "include":
            return in_text(union(element.include() for element in elements))
        if what == "source":
            return source(elements)
        if what == "hint":
            return hint(elements)
        if what == "exclude":
            return union(element.exclude() for element in elements).replace(MARK, SEP_REFUSED)
        return pcre(union(element.holds for element in elements if element.possible_names))

    def _element(self, name: str) -> Element:
        try:
            return self._elements[name]
        except KeyError:
            known = ", ".join(self._elements)
            raise RuleError(f"no element {name!r} in the vocabulary; there are: {known}") from None

    @staticmethod
    def _refusal(whole: Element, name: str) -> str:
        bare = replace(whole, refused=(), refused_after=(), other_meanings=(), cut=False)
        for kind in ("refused", "refused_after", "other_meanings"):
            given = cast("tuple[str, ...]", getattr(whole, kind))
            for phrase in (phrase for one in given for phrase in written_out(one)):
                if not searcher(replace(bare, **cast("Any", {kind: (phrase,)}))).match(name):
                    return f"refused by {phrase!r}"
        return "refused as a slice" if whole.cut else "refused"


_KEYS = {"names", "not", "not_after", "other_meanings", "whole", "cut"}
_PHRASE = re.compile(r"[a-z][a-z0-9]*(?:\|[a-z][a-z0-9]*)*(?: [a-z0-9]+(?:\|[a-z0-9]+)*)*\*?")


def load(text: str) -> Vocabulary:
    """The vocabulary in the text of `account_data.yaml`. RuleError: it is not as it should be."""
    import yaml

    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise RuleError(f"vocabulary: no YAML: {error}") from None
    if not isinstance(data, dict) or set(data) != {"version", "lists", "elements"} or data["version"] != 1:
        raise RuleError("vocabulary: wants exactly `version: 1`, `lists` and `elements`")
    if not isinstance(data["lists"], dict) or not isinstance(data["elements"], dict) or not data["elements"]:
        raise RuleError("vocabulary: `lists` and `elements` are mappings")
    lists = {str(name): _phrases(value, {}, f"lists.{name}") for name, value in data["lists"].items()}
    return Vocabulary({str(name): _read(value, lists, str(name)) for name, value in data["elements"].items()})


def _read(value: object, lists: Mapping[str, tuple[str, ...]], name: str) -> Element:
    if not isinstance(value, dict):
        raise RuleError(f"vocabulary: elements.{name} is no mapping")
    if surplus := set(value) - _KEYS:
        raise RuleError(f"vocabulary: elements.{name} has unknown keys: {', '.join(sorted(map(str, surplus)))}")
    flags = {key: value.get(key, False) for key in ("whole", "cut")}
    for key, flag in flags.items():
        if not isinstance(flag, bool):
            raise RuleError(f"vocabulary: elements.{name}.{key} is true or false")
    phrases = {
        key: _phrases(value.get(key, []), lists, f"elements.{name}.{key}")
        for key in ("names", "not", "not_after", "other_meanings")
    }
    if not phrases["names"]:
        raise RuleError(f"vocabulary: elements.{name} has no names")
    return Element(phrases["names"], phrases["not"], phrases["not_after"], phrases["other_meanings"], **flags)


def _phrases(value: object, lists: Mapping[str, tuple[str, ...]], where: str) -> tuple[str, ...]:
    """A list of phrases with its @lists put in; each phrase once."""
    if not isinstance(value, list):
        raise RuleError(f"vocabulary: {where} is no list")
    phrases: dict[str, None] = {}
    for item in value:
        if isinstance(item, str) and item.startswith("@"):
            if item[1:] not in lists:
                raise RuleError(f"vocabulary: {where} names the list {item!r}, which does not exist")
            phrases.update(dict.fromkeys(lists[item[1:]]))
        elif isinstance(item, str) and _PHRASE.fullmatch(item):
            phrases[item] = None
        else:
            raise RuleError(f"vocabulary: {where}: {item!r} is no phrase in lower-case words")
    return tuple(phrases)
