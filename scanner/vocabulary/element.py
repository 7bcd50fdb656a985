"""One kind of account data as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from scanner.vocabulary.patterns import (
    COMP,
    END_WHOLE,
    LINK,
    LOOK,
    MARK,
    NEAR,
    NEVER,
    PLAIN,
    PLURAL,
    SEP_LOOK,
    TELLING,
    Plain,
    opened,
    trie,
    union,
    words_of,
    written_out,
)

_CUT = (
    r"""["'`\])]*\[(?:\s*[-^]\s*[1-6]|\s*[1-6]\]|\s*:\s*-?\s*[1-6]\s*\]|\s*0\s*(?:[:,]|\.{2,3})\s*[1-6]\s*\]"""
    r"|\s*1[0-9]\s*(?::|\.{2,3})|\s*len\b)"
)

# One step along a chain of member access; brackets and quotes only where they hold a name.
_UNIT = (
    r"""(?:[0-9A-Za-z_$@).-]|::|->|[?!&](?=\.)|\[["'`:]?(?=[0-9A-Za-z_.-]*["'`]?\])|["'`]?\]"""
    r"""|\((?=[0-9A-Za-z_$@)])|\(["'`:](?=[0-9A-Za-z_.-]*["'`]?\))|["'`]\))"""
)
_NAME_IN_QUOTES = r"[0-9A-Za-z_.$:\[\]-]*"
# An expression that is a name: `pan`, `self.card.number`, `row["pan"]`, `card->number`, `getPan()`; no other call.
_IDENTIFIER = r"[A-Za-z_$][0-9A-Za-z_$]*+"
_CALLED = r"\s*+\("
_MEMBER = (
    rf"""(?:[?!&]?\.{_IDENTIFIER}|->{_IDENTIFIER}|\[\s*(?:["'][0-9A-Za-z_. -]+["']|:[A-Za-z_][0-9A-Za-z_]*+)\s*\])"""
)
_STEP = (
    r"""(?:[0-9A-Za-z_$]|[?!&]?\.(?=[A-Za-z_$])|->(?=[A-Za-z_$])|\[\s*(?:["'](?=[0-9A-Za-z_. -]+["']\s*\])"""
    r"""|:(?=[A-Za-z_][0-9A-Za-z_]*+\s*\]))|(?:["']\s*|(?<=[0-9A-Za-z_]))\](?=[.\[&]))"""
)
_GETTER = rf"(?:{_IDENTIFIER}[?!]?\.)*(?i:get_?)[0-9A-Za-z_$]++\(\)"


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
            words = [[option for option in word.split("|") if option in self.among] for word in words_of(phrase)]
            if all(words):
                met.append(" ".join("|".join(options) for options in words) + "*" * phrase.endswith("*"))
        return met

    @property
    def possible_names(self) -> list[str]:
        """The names that can be met."""
        return self._possible(self.names)

    def include(self, dialect: Plain = PLAIN) -> str:
        """The pattern of a text that holds the name."""
        names = self.possible_names
        if not names:
            return NEVER
        if self.whole:
            return dialect.started(names) + PLURAL + END_WHOLE
        return dialect.words(names)

    def exclude(self, dialect: Plain = PLAIN) -> str:
        """The pattern of a text that holds the name, but means something else.

        Of a text with the name in it: what stands for the name here may be less than the name.
        """
        other = dialect.words(self._possible(self.other_meanings))
        if dialect is PLAIN:  # one name: whatever is refused stands beside it
            before = dialect.words(self._possible(self.refused))
            return union([before, self._after(dialect, self.refused_after), other])
        return union([self._before(dialect), self._after(dialect, self.refused + self.refused_after), other])

    def _before(self, dialect: Plain) -> str:
        """`masked_pan`, `maskedCustomerPan`, `masked.pan`, `mask(user.pan)`; but not `tokenRequest.pan`."""
        refused = self._possible(self.refused)
        first_words = self._possible({phrase.split(" ")[0] for phrase in self.names})
        if not refused or not first_words:
            return ""
        gap = rf"(?:{COMP}{NEAR}(?:\([0-9A-Za-z_$.>-]{NEAR})?|(?:[a-z]{NEAR}|[A-Z]{NEAR}){LINK}+)"
        return f"{dialect.words(refused)}{gap}(?i:{trie(opened(first_words)).pattern()})"

    def _after(self, dialect: Plain, words: Iterable[str]) -> str:
        """`pan_length`, `panOfCustomer.length`, `pan[-4:]`."""
        cut = _CUT if self.cut and dialect is LOOK else ""
        words = self._possible(words)
        tails = [dialect.later(words) if words and not self.whole else "", cut]
        whole, ends = set(), set()
        for *rest, last in (phrase.split(" ") for name in self.names for phrase in written_out(name)):
            if not rest:
                whole.add(last)
            else:  # a short word says little without the one before it
                ends.add(last if len(last) >= TELLING else f"{rest[-1]} {last}")
        whole, ends = set(self._possible(whole)), set(self._possible(ends))
        if not any(tails) or not (whole or ends):
            return ""
        names = [dialect.started(whole) if whole else "", f"(?i:{trie(ends).pattern()})" if ends else ""]
        return union(names) + union(tails)

    @cached_property
    def holds(self) -> str:
        """A pattern, with marks, for the start of a chain that holds the name and is not refused."""
        return f"(?!{_UNIT}*?{self.exclude(LOOK)})(?={_UNIT}*?{self.include(LOOK)})"


def source(elements: Iterable[Element]) -> str:
    """The pattern, for a whole file's text, of expressions that are a name of one of the elements."""
    kinds: list[str] = []
    first_words: set[str] = set()
    for element in elements:
        names = element.possible_names
        if not names:
            continue
        first_words.update(option for phrase in names for option in phrase.split(" ")[0].split("|"))
        refused = rf"(?!{_STEP}*?{element.exclude(LOOK)})"
        holds = rf"{_STEP}*?{element.include(LOOK)}"
        end = rf"(?:\(\)|(?!{_CALLED}))"  # an accessor is called, too
        value = rf"(?={holds}[0-9A-Za-z_$]*+{end})(?:{_IDENTIFIER}{_MEMBER}*){end}"
        getter = rf"(?={_GETTER})(?={holds}){_IDENTIFIER}(?:[?!]?\.{_IDENTIFIER})*\(\)"
        kinds.append(f"{refused}(?:{value}|{getter})")
    if not kinds:
        return NEVER
    worthwhile = rf"""(?=[0-9A-Za-z_$.>\[\]"':&-]{{0,80}}?(?i:{trie(first_words).pattern()}))"""
    pattern = rf"(?<![0-9A-Za-z_$.])(?=[A-Za-z_$]){worthwhile}(?:{'|'.join(kinds)})"
    return pattern.replace(MARK, f"(?i:{SEP_LOOK})")


def hint(elements: Iterable[Element]) -> str:
    """The pattern of a text that holds the first word of a name."""
    phrases = (phrase for element in elements for phrase in element.possible_names)
    words = {option for phrase in phrases for option in phrase.split(" ")[0].split("|")}
    return f"(?is).*?{trie(words).pattern()}" if words else NEVER


def _expression(holds: str, atomic: str, close: str) -> str:
    """The pattern of an expression with a chain that `holds`; `atomic` and `close` enclose what must not be retried."""
    quoted, inside = [], []
    for quote in "\"'`":
        text = rf"(?:[^{quote}\\]|\\.)*"
        quoted.append(f"{quote}{text}{quote}")
        inside.append(rf"{quote}(?:(?={_NAME_IN_QUOTES}{quote})|{text}?(?:[{{$]|[\\%]\()\s*)")
    token = rf"{atomic}{'|'.join(quoted)}|[0-9A-Za-z_$@]{_UNIT}*|.{close}"
    return rf"\A(?:{token})*?(?:{'|'.join(inside)})?{holds}"


def pcre(holds: str) -> str:
    """The pattern for Semgrep: a PCRE subroutine keeps it short."""
    if holds == NEVER:
        return NEVER
    pattern = _expression(holds, "(?>", ")").replace(MARK, "(?&paylint_sep)")
    return f"(?s)(?(DEFINE)(?<paylint_sep>(?i:{SEP_LOOK}))){pattern}"


@lru_cache(maxsize=256)
def searcher(element: Element) -> re.Pattern[str]:
    # Python 3.10 has no atomic group: a captured lookahead does the same.
    pattern = _expression(element.holds, "(?=(", r"))\1").replace(MARK, SEP_LOOK)
    return re.compile(pattern, re.DOTALL)
