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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import product
from typing import Any, cast

from scanner.errors import RuleError

NEVER = r"[^\s\S]"
"""A pattern that matches nothing, in every dialect."""

_OTHER = "[ -@\\[-`{-~]"  # ASCII that is no letter: a negated class would be large in Rust's UTF-8 automata
_COMP = "[0-9A-Za-z_-]"
_LINK = r"""[.$>\[\]"'`?!:@()-]"""
_GAP = f"{_COMP}*(?:{_LINK}+{_COMP}*)?"
_NEAR = "{0,80}"  # where an engine backtracks, a gap is bounded
# What may stand between the words of a name; while patterns are put together, one character stands for it. Read
# case-insensitively. In one name alone (`_PLAIN`) there are no spaces, commas and operators to stop at.
_MARK = "\x01"
_SEP_PLAIN = "s?[ -@\\[-`{-~]*(?:get[_(\"']*)?"
_SEP_REFUSED = f"{_OTHER}*"
_SEP_TEXT = r"""s?(?:\[[^\]]*\])?[^A-Za-z]*(?:get[_("']*)?"""
_SEP_LOOK = r"""s?(?: |(?:\[[^\]]*\])?[0-9_.$>\[\]"'`?!:@()-]*(?:get[_("']*)?)"""
_TELLING = 4
_PLURAL = "(?i:s?)"
_END_DIGIT = "(?:$|[ -/:-~])"
_END_WHOLE = r"""[0-9]*["'`\])]*(?:\(\))?(?:$|:$|:[^:]|[^A-Za-z0-9_$.\[\]()"'`?!:-])"""
_CUT = (
    r"""["'`\])]*\[(?:\s*[-^]\s*[1-6]|\s*[1-6]\]|\s*:\s*-?\s*[1-6]\s*\]|\s*0\s*(?:[:,]|\.{2,3})\s*[1-6]\s*\]"""
    r"|\s*1[0-9]\s*(?::|\.{2,3})|\s*len\b)"
)

# One step along a chain of member access; brackets and quotes only where they hold a name.
_UNIT = (
    r"""(?:[0-9A-Za-z_$@).-]|::|->|[?!](?=\.)|\[["'`:]?(?=[0-9A-Za-z_.-]*["'`]?\])|["'`]?\]"""
    r"""|\((?=[0-9A-Za-z_$@)])|\(["'`:](?=[0-9A-Za-z_.-]*["'`]?\))|["'`]\))"""
)
_NAME_IN_QUOTES = r"[0-9A-Za-z_.$:\[\]-]*"
# An expression that is a name: `pan`, `self.card.number`, `row["pan"]`, `card->number`, `getPan()`; no other call.
_IDENTIFIER = r"[A-Za-z_$][0-9A-Za-z_$]*+"
_CALLED = r"\s*+\("
_MEMBER = rf"""(?:[?!]?\.{_IDENTIFIER}|->{_IDENTIFIER}|\[\s*["'][0-9A-Za-z_. -]+["']\s*\])"""
_STEP = (
    r"""(?:[0-9A-Za-z_$]|[?!]?\.(?=[A-Za-z_$])|->(?=[A-Za-z_$])|\[\s*["'](?=[0-9A-Za-z_. -]+["']\s*\])"""
    r"""|["']\s*\](?=[.\[]))"""
)
_GETTER = rf"(?:{_IDENTIFIER}[?!]?\.)*(?i:get_?)[0-9A-Za-z_$]++\(\)"
_PLACEHOLDER = re.compile(r"\{\{\s*(name|hint|source|include|exclude):\s*([^{}]*?)\s*\}\}")


@dataclass(slots=True)
class _Node:
    """A node of a trie of phrases. Its symbols are letters, digits, " " for what may separate words, and "a|b"."""

    children: dict[str, _Node] = field(default_factory=dict)
    final: bool = False

    def add(self, phrase: str) -> None:
        node = self
        for i, word in enumerate(phrase.split(" ")):
            for symbol in ([" "] if i else []) + ([word] if "|" in word else list(word)):
                node = node.children.setdefault(symbol, _Node())
        node.final = True

    def pattern(self) -> str:
        """What may follow this node, to be read case-insensitively."""
        parts = [self._symbol(symbol) + child.pattern() for symbol, child in sorted(self.children.items())]
        if not parts:
            return ""
        if len(parts) == 1 and not self.final:
            return parts[0]
        return f"(?:{'|'.join(parts)}){'?' if self.final else ''}"

    @staticmethod
    def _symbol(symbol: str) -> str:
        if "|" in symbol:
            return _trie(symbol.split("|")).pattern()
        return _MARK if symbol == " " else symbol


def _trie(phrases: Iterable[str]) -> _Node:
    root = _Node()
    for phrase in phrases:
        root.add(phrase.rstrip("*"))
    return root


def _written_out(phrase: str) -> list[str]:
    """A phrase for every choice of alternatives."""
    return [" ".join(words) for words in product(*(word.split("|") for word in phrase.split(" ")))]


def _opened(phrases: Iterable[str]) -> list[str]:
    """The phrases with the alternatives of their first word written out."""
    split = (phrase.split(" ") for phrase in phrases)
    return [" ".join([option, *words]) for first, *words in split for option in first.split("|")]


def _union(parts: Iterable[str]) -> str:
    parts = [part for part in parts if part]
    return f"(?:{'|'.join(parts)})" if parts else NEVER


def _words(phrase: str) -> list[str]:
    """A phrase's words, each with its alternatives: "card number|num*" -> ["card", "number|num"]."""
    return phrase.rstrip("*").split(" ")


def _by_end(phrases: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Phrases that end in a letter, in a digit, and in anything."""
    kinds: tuple[list[str], list[str], list[str]] = ([], [], [])
    for phrase in phrases:
        for kind, pick in enumerate((str.isalpha, str.isdigit, "*".__eq__)):
            *words, last = phrase.split(" ")
            if ends := [option for option in last.split("|") if pick(option[-1])]:
                kinds[kind].append(" ".join([*words, "|".join(ends)]))
    return kinds


def _in_text(pattern: str) -> str:
    """A pattern for one name as one for a text of many lines: there a tab and a line break end a word as well."""
    return pattern.replace(_OTHER, "[^A-Za-z]").replace(_END_DIGIT, "(?:$|[^0-9])").replace(_MARK, _SEP_TEXT)


def _ended(phrases: Iterable[str], end: str, digit: str, begin: Callable[[Iterable[str]], str]) -> str:
    """Patterns that `begin` makes of phrases, each kind with the end it wants; "" for no phrase."""
    ends = zip(_by_end(phrases), (_PLURAL + end, digit, ""), strict=True)
    parts = [begin(kind) + after for kind, after in ends if kind]
    return _union(parts) if parts else ""


class _Plain:
    """Words as patterns without lookaround: the boundaries consume a character."""

    end = f"(?:$|{_OTHER}|[A-Z][a-z])"
    end_digit = _END_DIGIT
    gap = _GAP

    def started(self, phrases: Iterable[str]) -> str:
        """The phrases where a word starts; nothing is said about their end."""
        return self._by_first(phrases, lambda low, up: f"(?:^|{_OTHER})[{up}{low}]|[a-z]{up}")

    def words(self, phrases: Iterable[str]) -> str:
        """The phrases as words of an identifier."""
        return _ended(phrases, self.end, self.end_digit, self.started)

    def later(self, phrases: Iterable[str]) -> str:
        """The phrases behind another word: `panLength`, `pan_max_length`, `pan.length`; but not `pan.a.length`."""
        return self.gap + _ended(phrases, self.end, self.end_digit, self._next)

    def _next(self, phrases: Iterable[str]) -> str:
        return self._by_first(phrases, lambda low, up: f"{_OTHER}{low}|{up}")

    @staticmethod
    def _by_first(phrases: Iterable[str], boundary: Callable[[str, str], str]) -> str:
        return _union(
            f"(?:{boundary(first, first.upper())})(?i:{node.pattern()})"
            for first, node in sorted(_trie(_opened(phrases)).children.items())
        )


class _Look(_Plain):
    """The same with lookaround: shorter, and fit to be tried anywhere in a text."""

    end = "(?:(?![A-Za-z])|(?=[A-Z][a-z]))"
    end_digit = "(?![0-9])"
    gap = _GAP.replace("*", _NEAR)
    _start = "(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))"

    def started(self, phrases: Iterable[str]) -> str:
        return f"{self._start}(?i:{_trie(phrases).pattern()})"

    def _next(self, phrases: Iterable[str]) -> str:
        return f"(?:(?<![A-Za-z])|(?=[A-Z]))(?i:{_trie(phrases).pattern()})"


_PLAIN, _LOOK = _Plain(), _Look()


@dataclass(frozen=True)
class Element:
    """One kind of account data and how it is called. The fields are those of the file.

    `among`: the words that occur in the texts its patterns are for; what needs another word is left out of them. None
    is every word.
    """

    names: tuple[str, ...]
    refused: tuple[str, ...] = ()
    refused_after: tuple[str, ...] = ()
    other_meanings: tuple[str, ...] = ()
    whole: bool = False
    cut: bool = False
    among: frozenset[str] | None = None

    def _possible(self, phrases: Iterable[str]) -> list[str]:
        """The phrases that can be met, each without the alternatives that cannot."""
        if self.among is None:
            return list(phrases)
        met = []
        for phrase in phrases:
            words = [[option for option in word.split("|") if option in self.among] for word in _words(phrase)]
            if all(words):
                met.append(" ".join("|".join(options) for options in words) + "*" * phrase.endswith("*"))
        return met

    @property
    def possible_names(self) -> list[str]:
        """The names that can be met."""
        return self._possible(self.names)

    def include(self, dialect: _Plain = _PLAIN) -> str:
        """The pattern of a text that holds the name."""
        names = self.possible_names
        if not names:
            return NEVER
        if self.whole:
            return dialect.started(names) + _PLURAL + _END_WHOLE
        return dialect.words(names)

    def exclude(self, dialect: _Plain = _PLAIN) -> str:
        """The pattern of a text that holds the name, but means something else.

        Of a text with the name in it: what stands for the name here may be less than the name.
        """
        other = dialect.words(self._possible(self.other_meanings))
        if dialect is _PLAIN:  # one name: whatever is refused stands beside it
            before = dialect.words(self._possible(self.refused))
            return _union([before, self._after(dialect, self.refused_after), other])
        return _union([self._before(dialect), self._after(dialect, self.refused + self.refused_after), other])

    def _before(self, dialect: _Plain) -> str:
        """`masked_pan`, `maskedCustomerPan`, `masked.pan`, `mask(user.pan)`; but not `tokenRequest.pan`."""
        refused = self._possible(self.refused)
        first_words = self._possible({phrase.split(" ")[0] for phrase in self.names})
        if not refused or not first_words:
            return ""
        gap = rf"(?:{_COMP}{_NEAR}(?:\([0-9A-Za-z_$.>-]{_NEAR})?|(?:[a-z]{_NEAR}|[A-Z]{_NEAR}){_LINK}+)"
        return f"{dialect.words(refused)}{gap}(?i:{_trie(_opened(first_words)).pattern()})"

    def _after(self, dialect: _Plain, words: Iterable[str]) -> str:
        """`pan_length`, `panOfCustomer.length`, `pan[-4:]`."""
        cut = _CUT if self.cut and dialect is _LOOK else ""
        words = self._possible(words)
        tails = [dialect.later(words) if words and not self.whole else "", cut]
        whole, ends = set(), set()
        for *rest, last in (phrase.split(" ") for name in self.names for phrase in _written_out(name)):
            if not rest:
                whole.add(last)
            else:  # a short word says little without the one before it
                ends.add(last if len(last) >= _TELLING else f"{rest[-1]} {last}")
        whole, ends = set(self._possible(whole)), set(self._possible(ends))
        if not any(tails) or not (whole or ends):
            return ""
        names = [dialect.started(whole) if whole else "", f"(?i:{_trie(ends).pattern()})" if ends else ""]
        return _union(names) + _union(tails)

    @cached_property
    def holds(self) -> str:
        """A pattern, with marks, for the start of a chain that holds the name and is not refused."""
        return f"(?!{_UNIT}*?{self.exclude(_LOOK)})(?={_UNIT}*?{self.include(_LOOK)})"


def _source(elements: Iterable[Element]) -> str:
    """The pattern, for a whole file's text, of expressions that are a name of one of the elements."""
    kinds: list[str] = []
    first_words: set[str] = set()
    for element in elements:
        names = element.possible_names
        if not names:
            continue
        first_words.update(option for phrase in names for option in phrase.split(" ")[0].split("|"))
        refused = rf"(?!{_STEP}*?{element.exclude(_LOOK)})"
        holds = rf"{_STEP}*?{element.include(_LOOK)}"
        end = rf"(?:\(\)|(?!{_CALLED}))"  # an accessor is called, too
        value = rf"(?={holds}[0-9A-Za-z_$]*+{end})(?:{_IDENTIFIER}{_MEMBER}*){end}"
        getter = rf"(?={_GETTER})(?={holds}){_IDENTIFIER}(?:[?!]?\.{_IDENTIFIER})*\(\)"
        kinds.append(f"{refused}(?:{value}|{getter})")
    if not kinds:
        return NEVER
    worthwhile = rf"""(?=[0-9A-Za-z_$.>\[\]"'-]{{0,80}}?(?i:{_trie(first_words).pattern()}))"""
    pattern = rf"(?<![0-9A-Za-z_$.])(?=[A-Za-z_$]){worthwhile}(?:{'|'.join(kinds)})"
    return pattern.replace(_MARK, f"(?i:{_SEP_LOOK})")


def _hint(elements: Iterable[Element]) -> str:
    """The pattern of a text that holds the first word of a name."""
    phrases = (phrase for element in elements for phrase in element.possible_names)
    words = {option for phrase in phrases for option in phrase.split(" ")[0].split("|")}
    return f"(?is).*?{_trie(words).pattern()}" if words else NEVER


def _expression(holds: str, atomic: str, close: str) -> str:
    """The pattern of an expression with a chain that `holds`; `atomic` and `close` enclose what must not be retried."""
    quoted, inside = [], []
    for quote in "\"'`":
        text = rf"(?:[^{quote}\\]|\\.)*"
        quoted.append(f"{quote}{text}{quote}")
        inside.append(rf"{quote}(?:(?={_NAME_IN_QUOTES}{quote})|{text}?(?:[{{$]|[\\%]\()\s*)")
    token = rf"{atomic}{'|'.join(quoted)}|[0-9A-Za-z_$@]{_UNIT}*|.{close}"
    return rf"\A(?:{token})*?(?:{'|'.join(inside)})?{holds}"


def _pcre(holds: str) -> str:
    """The pattern for Semgrep: a PCRE subroutine keeps it short."""
    if holds == NEVER:
        return NEVER
    pattern = _expression(holds, "(?>", ")").replace(_MARK, "(?&paylint_sep)")
    return f"(?s)(?(DEFINE)(?<paylint_sep>(?i:{_SEP_LOOK}))){pattern}"


@lru_cache(maxsize=256)
def _searcher(element: Element) -> re.Pattern[str]:
    # Python 3.10 has no atomic group: a captured lookahead does the same.
    pattern = _expression(element.holds, "(?=(", r"))\1").replace(_MARK, _SEP_LOOK)
    return re.compile(pattern, re.DOTALL)


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
        return frozenset(option for phrase in phrases for word in _words(phrase) for option in word.split("|"))

    @property
    def elements(self) -> tuple[str, ...]:
        """The names of the elements."""
        return tuple(self._elements)

    def as_data(self) -> dict[str, dict[str, str]]:
        """{element: {"include": pattern, "exclude": pattern}} for Rego: a name counts if it matches the first only."""
        return {
            name: {
                "include": element.include().replace(_MARK, _SEP_PLAIN),
                "exclude": element.exclude().replace(_MARK, _SEP_REFUSED),
            }
            for name, element in self._elements.items()
        }

    def mention(self, names: Iterable[str]) -> str:
        """An RE2 pattern found in every text that names one of these elements: what lacks it needs no closer look."""
        return _in_text(_union(self._element(name).include() for name in names))

    def matches(self, element: str, name: str) -> bool:
        """Whether a name, or an expression, holds that element. RuleError: no such element."""
        return _searcher(self._element(element)).match(name) is not None

    def explain(self, element: str, name: str) -> str:
        """Which phrase took the name, and which refused it. For people: the wording may change."""
        whole = self._element(element)
        phrases = [phrase for given in whole.names for phrase in _written_out(given)]
        took = [phrase for phrase in phrases if _searcher(Element((phrase,), whole=whole.whole)).match(name)]
        if not took:
            return f"{name!r} holds no name of {element}"
        said = f"{name!r} holds {max(took, key=len)!r}"
        if _searcher(whole).match(name):
            return f"{said}: {element}"
        return f"{said}, but is not {element}: {self._refusal(whole, name)}"

    def expand(self, text: str) -> str:
        """A Semgrep regex with its placeholders replaced.

        {{name:pan}} (or {{name:pan|track}}) is a whole pattern for `metavariable-regex`. {{source:pan}} is one for
        `pattern-regex` in an `exact: true` taint source: Semgrep compiles it once for a file, the other for every
        expression it is tried on. {{hint:pan}} is a short pattern for all that may hold the name, to be asked before.
        {{include:pan}} is what `mention` gives; {{exclude:pan}} is the pattern of `as_data`.
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
            return _in_text(_union(element.include() for element in elements))
        if what == "source":
            return _source(elements)
        if what == "hint":
            return _hint(elements)
        if what == "exclude":
            return _union(element.exclude() for element in elements).replace(_MARK, _SEP_REFUSED)
        return _pcre(_union(element.holds for element in elements if element.possible_names))

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
            for phrase in (phrase for one in given for phrase in _written_out(one)):
                if not _searcher(replace(bare, **cast("Any", {kind: (phrase,)}))).match(name):
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
