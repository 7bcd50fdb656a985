"""Which other name a variable may have: rules read names on purpose, so that not every name is free.

A name that holds an element of account data gets a word before it and holds the same elements: `pan`, `customer_pan`.
A name with a word in it that some rule's pattern has keeps it: `logger`, `session`, `body`. Any other says nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator

from scanner.catalog import Catalog
from scanner.model import Json, Rule
from scanner.vocabulary import Vocabulary

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LETTER = re.compile(r"(?<![\w\\$\[-])[A-Za-z](?![\w\]-])")
_ESCAPE = re.compile(r"\\[A-Za-z]")
_PROSE = frozenset(("message", "metadata", "id", "languages", "severity"))
_BEFORE = ("given", "customer", "shopper")
_NO_DATA = frozenset(("encrypt", "protect"))
_SAYS_NOTHING = "hearth"
_SHORT = 4  # letters from which on a word of a rule is looked for inside other words, too


def words(name: str) -> list[str]:
    """The words of an identifier or a pattern in lower case: `cardNumber`, `card_number` -> card, number."""
    return [word.lower() for word in _WORD.findall(_ESCAPE.sub(" ", name)) if len(word) > 1]


class Names:
    """What names may be changed to, as the rules of a catalogue read them."""

    def __init__(self, vocabulary: Vocabulary, said: Iterable[str]) -> None:
        """`said`: the words of the rules' patterns."""
        self._vocabulary, self._said = vocabulary, frozenset(said)
        self._long = re.compile("|".join(sorted(word for word in self._said if len(word) >= _SHORT)) or r"(?!)")

    @classmethod
    def of(cls, catalog: Catalog) -> Names:
        """Of all Semgrep rules there are: those of Rego read keys and columns, which nobody renames here."""
        said = {word for rule in catalog.of_engine("semgrep") for word in _said(rule)}
        return cls(Vocabulary.from_json(catalog.elements), said)

    def elements(self, expression: str) -> frozenset[str]:
        """The elements of account data that a name, or an expression, holds."""
        return frozenset(name for name in self._vocabulary.elements if self._vocabulary.matches(name, expression))

    def says_nothing(self, name: str) -> bool:
        """Whether no rule can tell this name from another."""
        lower = name.lower()
        spoken = (*words(name), lower) if len(lower) == 1 else words(name)
        return not (self._said.intersection(spoken) or self._long.search(lower) or self.elements(name))

    def another(self, name: str, taken: Container[str], snake: bool = False) -> str | None:
        """A name that says as much and is not taken; None: it has to stay. `snake`: in `such_a` form."""
        stripped = name.strip("_")
        if not stripped.isascii() or not stripped.isidentifier() or (stripped[0].isupper() and not stripped.isupper()):
            return None
        if self.says_nothing(name):
            return next(new for new in _numbered(name) if new not in taken)
        held = self.elements(name)
        if not held or held & _NO_DATA:
            return None
        given = (_joined(before, name, snake) for before in _BEFORE)
        return next((new for new in given if new not in taken and self.elements(new) == held), None)

    def for_value(self, expression: str, taken: Container[str], camel: bool) -> str | None:
        """A name for a variable that takes an expression's value: it holds the same elements. None: there is none."""
        held = self.elements(expression)
        if not held:
            return next(new for new in _numbered("x" if camel else "x_x") if new not in taken)
        bare = re.sub(r"""["'`].*?["'`]|\(.*""", lambda match: match[0] if "(" not in match[0] else " ", expression)
        parts = words(bare)
        for count in range(1, len(parts) + 1):
            new = _cased(parts[-count:], camel)
            if new not in taken and self.elements(new) == held:
                return new
        return None


def _said(rule: Rule) -> Iterator[str]:
    waiting: list[Json] = [json.loads(rule.body)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [inner for key, inner in value.items() if key not in _PROSE]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            yield from words(value)
            yield from _LETTER.findall(value)


def _numbered(like: str) -> Iterator[str]:
    """Names that say nothing, cased as another one is."""
    number = 0
    while True:
        number += 1
        if like.isupper() and len(like) > 1:
            yield f"{_SAYS_NOTHING.upper()}_{number}"
        else:
            yield f"{_SAYS_NOTHING}_{number}" if "_" in like else f"{_SAYS_NOTHING}{number}"


def _joined(before: str, name: str, snake: bool) -> str:
    if name.isupper():
        return f"{before.upper()}_{name}"
    head = name[: len(name) - len(name.lstrip("_"))]
    rest = name[len(head) :]
    if "_" in rest or (snake and rest.islower()):
        return f"{head}{before}_{rest}"
    return f"{head}{before}{rest[0].upper()}{rest[1:]}"


def _cased(parts: list[str], camel: bool) -> str:
    return parts[0] + "".join(part.capitalize() for part in parts[1:]) if camel else "_".join(parts)
