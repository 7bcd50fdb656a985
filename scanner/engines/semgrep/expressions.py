"""Regular expressions of rules, matched in this process as Semgrep's core would match them.

The core interprets each of them anew for every rule that has it; compiled to machine code and matched once a file they
cost a hundredth. What they match can then be told to the core as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from scanner.vocabulary import NEVER

Spans = tuple[tuple[int, int], ...]
"""Where an expression matches: byte offsets of starts and ends."""

_ALL = r"(?s)\A.+\z"
_AROUND = ((0, 0), (1, 1), (2, 16), (16, 80))  # bytes of context that tell an occurrence from those that do not match
_LONGEST = 30_000  # characters of a pattern: PCRE's compiled form may have 64 KiB


class Expressions:
    """Expressions over files. `spell`: makes a PCRE pattern of an expression as it is written in a rule."""

    def __init__(self, spell: Callable[[str], str]) -> None:
        self._spell = spell
        self._compiled: dict[str, Any] = {}
        self._found: dict[tuple[str, str], Spans | None] = {}

    def forget(self) -> None:
        """Forgets what was found in files."""
        self._found = {}

    def found(self, written: str, file: str, text: bytes) -> Spans | None:
        """Where it matches in a file's text, which is valid UTF-8; None if that cannot be told here."""
        key = (written, file)
        if key not in self._found:
            if written not in self._compiled:
                self._compiled[written] = _compiled(self._spell(written))
            self._found[key] = _spans(self._compiled[written], text)
        return self._found[key]

    def literal(self, written: str, texts: Mapping[str, bytes]) -> str | None:
        """A quick pattern that matches exactly where the expression does in these texts; None if there is none.

        `texts`: the files' texts by name.
        """
        found = {file: self.found(written, file, text) for file, text in texts.items()}
        told = {file: spans for file, spans in found.items() if spans is not None}
        if len(told) != len(found) or any(start == end for spans in told.values() for start, end in spans):
            return None
        for pattern in _candidates(told, texts):
            compiled = _compiled(pattern)
            if all(_spans(compiled, text) == told[file] for file, text in texts.items()):
                return pattern
        return None


def _compiled(pattern: str) -> Any:
    """The compiled pattern, None if PCRE takes it for none: then the core is to say so."""
    import pcre2

    try:
        return pcre2.compile(b"(*UTF)" + pattern.encode(), flags=pcre2.MULTILINE, jit=True)
    except pcre2.LibraryError:
        return None


def _spans(compiled: Any, text: bytes) -> Spans | None:
    """None where PCRE gives up on the text."""
    import pcre2

    if compiled is None:
        return None
    try:
        return tuple((match.start(), match.end()) for match in compiled.finditer(text))
    except pcre2.LibraryError:
        return None


def _candidates(found: Mapping[str, Spans], texts: Mapping[str, bytes]) -> Iterator[str]:
    """Patterns that may match where an expression was found."""
    if any(spans == ((0, len(texts[file])),) for file, spans in found.items()):
        yield _ALL
    for before, after in _AROUND:
        pattern = _pattern(_occurrences(found, texts, before, after))
        if pattern is None or len(pattern) > _LONGEST:
            return
        yield pattern


def _occurrences(
    found: Mapping[str, Spans], texts: Mapping[str, bytes], before: int, after: int
) -> Iterator[tuple[bytes, bytes, bytes]]:
    """(what stands before, the match, what follows) for every match."""
    for file, spans in found.items():
        text = texts[file]
        for start, end in spans:
            yield text[max(0, start - before) : start], text[start:end], text[end : end + after]


def _pattern(occurrences: Iterable[tuple[bytes, bytes, bytes]]) -> str | None:
    """The alternation of all occurrences; None if one is cut within a character."""
    contexts: dict[str, set[tuple[str, str]]] = {}
    try:
        for before, match, after in occurrences:
            around = before.decode(errors="ignore"), after.decode(errors="ignore")
            contexts.setdefault(match.decode(), set()).add(around)
    except UnicodeDecodeError:
        return None
    if not contexts:
        return NEVER
    if sum(map(len, contexts)) > _LONGEST:
        return None
    ended = {match: _surrounded(match, around) for match, around in contexts.items()}
    return _trie(sorted(ended), 0, ended)


def _surrounded(match: str, around: set[tuple[str, str]]) -> str:
    """The assertions behind a match that keep it to these contexts."""
    if around == {("", "")}:
        return ""
    parts = []
    for before, after in sorted(around):
        behind = f"(?<={re.escape(before + match)})" if before else ""
        ahead = f"(?={re.escape(after)})" if after else ""
        parts.append(behind + ahead)
    return f"(?:{'|'.join(parts)})" if all(parts) else ""


def _trie(matches: list[str], at: int, ended: Mapping[str, str]) -> str:
    """A pattern for sorted texts that agree up to `at`; of two that start alike the longer is tried first."""
    pairs = zip(matches[0], matches[-1], strict=False)
    shorter = min(len(matches[0]), len(matches[-1]))
    shared = next((place for place, (one, other) in enumerate(pairs) if one != other), shorter)
    head = re.escape(matches[0][at:shared])
    ending = [match for match in matches if len(match) == shared]
    longer: dict[str, list[str]] = {}
    for match in matches:
        if len(match) > shared:
            longer.setdefault(match[shared], []).append(match)
    parts = [_trie(group, shared, ended) for group in longer.values()]
    parts += [ended[match] for match in ending]
    return head + (parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})")
