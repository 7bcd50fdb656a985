"""Patterns of phrases: what may stand between words, where words end, in two dialects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product

NEVER = r"[^\s\S]"
"""A pattern that matches nothing, in every dialect."""

_OTHER = "[ -@\\[-`{-~]"  # ASCII that is no letter: a negated class would be large in Rust's UTF-8 automata
COMP = "[0-9A-Za-z_-]"
LINK = r"""[.$>\[\]"'`?!&:@()-]"""
_GAP = f"{COMP}*(?:{LINK}+{COMP}*)?"
NEAR = "{0,80}"  # where an engine backtracks, a gap is bounded
# What may stand between the words of a name; while patterns are put together, one character stands for it. Read
# case-insensitively. In one name alone (`PLAIN`) there are no spaces, commas and operators to stop at.
MARK = "\x01"
SEP_PLAIN = "s?[ -@\\[-`{-~]*(?:get[_(\"']*)?"
SEP_REFUSED = f"{_OTHER}*"
_SEP_TEXT = r"""s?(?:\[[^\]]*\])?[^A-Za-z]*(?:get[_("']*)?"""
SEP_LOOK = r"""s?(?: |(?:\[[^\]]*\])?[0-9_.$>\[\]"'`?!&:@()-]*(?:get[_("']*)?)"""
TELLING = 4
PLURAL = "(?i:s?)"
_END_DIGIT = "(?:$|[ -/:-~])"
END_WHOLE = r"""[0-9]*["'`\])]*(?:\(\))?(?:$|:$|:[^:]|[^A-Za-z0-9_$.\[\]()"'`?!:-])"""


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
            return trie(symbol.split("|")).pattern()
        return MARK if symbol == " " else symbol


def trie(phrases: Iterable[str]) -> _Node:
    root = _Node()
    for phrase in phrases:
        root.add(phrase.rstrip("*"))
    return root


def written_out(phrase: str) -> list[str]:
    """A phrase for every choice of alternatives."""
    return [" ".join(words) for words in product(*(word.split("|") for word in phrase.split(" ")))]


def opened(phrases: Iterable[str]) -> list[str]:
    """The phrases with the alternatives of their first word written out."""
    split = (phrase.split(" ") for phrase in phrases)
    return [" ".join([option, *words]) for first, *words in split for option in first.split("|")]


def union(parts: Iterable[str]) -> str:
    parts = [part for part in parts if part]
    return f"(?:{'|'.join(parts)})" if parts else NEVER


def words_of(phrase: str) -> list[str]:
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


def in_text(pattern: str) -> str:
    """A pattern for one name as one for a text of many lines: there a tab and a line break end a word as well."""
    return pattern.replace(_OTHER, "[^A-Za-z]").replace(_END_DIGIT, "(?:$|[^0-9])").replace(MARK, _SEP_TEXT)


def _ended(phrases: Iterable[str], end: str, digit: str, begin: Callable[[Iterable[str]], str]) -> str:
    """Patterns that `begin` makes of phrases, each kind with the end it wants; "" for no phrase."""
    ends = zip(_by_end(phrases), (PLURAL + end, digit, ""), strict=True)
    parts = [begin(kind) + after for kind, after in ends if kind]
    return union(parts) if parts else ""


class Plain:
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
        return union(
            f"(?:{boundary(first, first.upper())})(?i:{node.pattern()})"
            for first, node in sorted(trie(opened(phrases)).children.items())
        )


class _Look(Plain):
    """The same with lookaround: shorter, and fit to be tried anywhere in a text."""

    end = "(?:(?![A-Za-z])|(?=[A-Z][a-z]))"
    end_digit = "(?![0-9])"
    gap = _GAP.replace("*", NEAR)
    _start = "(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))"

    def started(self, phrases: Iterable[str]) -> str:
        return f"{self._start}(?i:{trie(phrases).pattern()})"

    def _next(self, phrases: Iterable[str]) -> str:
        return f"(?:(?<![A-Za-z])|(?=[A-Z]))(?i:{trie(phrases).pattern()})"


PLAIN, LOOK = Plain(), _Look()
