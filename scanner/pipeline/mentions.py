"""Which patterns of Semgrep rules (`Rule.mentions`) a file holds: a rule is tried only where its own is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from scanner.catalog import hash_of
from scanner.engines.semgrep import rules_for
from scanner.model import Json, Rule
from scanner.pipeline.context import Context
from scanner.pipeline.examine import Sheet
from scanner.text import is_utf16

if TYPE_CHECKING:
    from scanner.vocabulary import Vocabulary

_FEW_BYTES = 512 * 1024
_SEARCH_BYTES = 16 * 1024 * 1024
_GROUP = 15  # patterns of one automaton
_NAMED = re.compile(r"\{\{include:([a-z_|]+)\}\}\Z")


class Mentions:
    """The patterns of all rules, and where they were found; kept in the sheets."""

    def __init__(self, context: Context, rules: Sequence[Rule]) -> None:
        self._context, self._rules = context, rules
        self._known: dict[str | None, tuple[list[str], str]] = {}
        self._spoken: dict[str | None, list[Rule]] = {}

    def rules_of(self, analyzer: str | None) -> list[Rule]:
        """The rules for files of a language."""
        if analyzer not in self._spoken:
            self._spoken[analyzer] = rules_for(self._rules, analyzer)
        return self._spoken[analyzer]

    def look(self, sheets: Iterable[Sheet]) -> None:
        """Looks into the files where it is not known yet; after that `of` tells."""
        asked: dict[str | None, list[Sheet]] = {}
        for sheet in sheets:
            patterns, digest = self._patterns(sheet.analyzer)
            if patterns and sheet.result("mentions", digest) is None:
                asked.setdefault(sheet.analyzer, []).append(sheet)
        for analyzer, new in asked.items():
            patterns, digest = self._patterns(analyzer)
            search = _Search(vocabulary_for(self._context, new), patterns)
            for sheet in new:
                sheet.keep("mentions", digest, search(self._text(sheet)))

    def of(self, sheet: Sheet) -> tuple[str, ...]:
        """The patterns that a file holds, of the rules for its language."""
        patterns, digest = self._patterns(sheet.analyzer)
        known: Json = sheet.result("mentions", digest) if patterns else ()
        return tuple(patterns[index] for index in known)

    def _patterns(self, analyzer: str | None) -> tuple[list[str], str]:
        """The patterns of all rules for a language, and the digest of what they mean."""
        if analyzer not in self._known:
            patterns = sorted({rule.mentions for rule in self.rules_of(analyzer) if rule.mentions})
            self._known[analyzer] = patterns, hash_of([patterns, self._context.catalog.elements])
        return self._known[analyzer]

    def _text(self, sheet: Sheet) -> bytes:
        source = self._context.reader(sheet.path)
        if source is None:
            return b""
        return source.text.encode("utf-8", "replace") if is_utf16(source.data) else source.data


def vocabulary_for(context: Context, sheets: Sequence[Sheet]) -> Vocabulary:
    """The vocabulary of rules: for few files as much of it as can match there, which makes shorter patterns."""
    from scanner.vocabulary import Vocabulary

    vocabulary = Vocabulary.from_json(context.catalog.elements)
    if sum(sheet.file.size for sheet in sheets) > _FEW_BYTES:
        return vocabulary
    sources = (context.reader(sheet.path) for sheet in sheets)
    return vocabulary.narrowed("\n".join(source.text for source in sources if source))


class _Search:
    """Tells which of some patterns a text holds.

    A set of patterns is one automaton, which gets a state for every combination of what may be under way: a few small
    sets are quicker than a large one. Patterns of the vocabulary ask for some of its elements; each is looked for once.
    """

    def __init__(self, vocabulary: Vocabulary, patterns: Sequence[str]) -> None:
        asked = {index: told[1].split("|") for index, written in enumerate(patterns) if (told := _NAMED.match(written))}
        others = [index for index in range(len(patterns)) if index not in asked]
        elements = sorted({element for told in asked.values() for element in told})
        self._elements = _automaton(vocabulary, [f"{{{{include:{element}}}}}" for element in elements])
        self._asked = {index: {elements.index(element) for element in told} for index, told in asked.items()}
        groups = [others[start : start + _GROUP] for start in range(0, len(others), _GROUP)]
        self._groups = [(group, _automaton(vocabulary, [patterns[index] for index in group])) for group in groups]

    def __call__(self, text: bytes) -> list[int]:
        """The places of those patterns, in order."""
        named = set(self._elements.Match(text) or ()) if self._asked else set()
        found = [index for index, elements in self._asked.items() if not named.isdisjoint(elements)]
        for group, automaton in self._groups:
            found += [group[place] for place in automaton.Match(text) or ()]
        return sorted(found)


def _automaton(vocabulary: Vocabulary, written: Iterable[str]) -> Any:
    """All patterns as one automaton."""
    import re2

    patterns = list(map(vocabulary.expand, written))
    options = re2.Options()
    options.max_mem = _SEARCH_BYTES
    if all(map(str.isascii, patterns)):
        options.encoding = re2.Options.Encoding.LATIN1  # bytes as they are: a smaller automaton
    search = re2.Set.SearchSet(options)
    for pattern in patterns:
        search.Add(pattern.encode())
    search.Compile()
    return search
