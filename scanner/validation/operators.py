"""Operators: a regular expression, tried on every line of some files; each match is a mutant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scanner.cards import expand_placeholders
from scanner.errors import RuleError
from scanner.model import Json
from scanner.validation.edit import Edit, indented
from scanner.validation.mutant import Mutant, Texts
from scanner.validation.reviewed import Reviewed


def operators(entry: Mapping[str, Json], name: str, texts: Texts) -> Iterator[Mutant]:
    """The mutants one operator makes. RuleError: what it says fits nothing, or does not fit together."""
    label = f"{name}: {entry['name']}"
    reviewed = Reviewed(entry, label)
    made = 0
    for file, number, line, match in _matches(entry, label, texts):
        made += 1
        first = f"{entry['name']}:{file}:{number}"
        mutant = reviewed(
            Mutant(
                first if match.start() == _first(match, line) else f"{first}:{match.start() + 1}",
                entry["policy"],
                _edit(entry, f"{label}: {file}:{number}", Edit(file, number, 1, (line,)), match),
                frozenset(entry.get("also", ())),
                reported=entry.get("reported", ""),
                generated=True,
            ),
            line,
        )
        if mutant is not None:
            yield mutant
    if not made:
        raise RuleError(f"{label}: its pattern matches no line of its files")
    reviewed.check()


def _matches(entry: Mapping[str, Json], label: str, texts: Texts) -> Iterator[tuple[str, int, str, re.Match[str]]]:
    """(file, 1-based number, line, match)."""
    pattern, when, inside = (_compiled(entry.get(key, ""), label) for key in ("pattern", "when", "in"))
    for file in _files(entry["files"], label, texts):
        text = texts(file)
        if inside.search(text):
            for number, line in enumerate(text.split("\n"), 1):
                if when.search(line):
                    yield from ((file, number, line, match) for match in pattern.finditer(line))


def _first(match: re.Match[str], line: str) -> int:
    """Where the first match of the line starts: further ones have it in their names."""
    first = match.re.search(line)
    return first.start() if first else match.start()


def _files(globs: Sequence[str], label: str, texts: Texts) -> list[str]:
    found: set[str] = set()
    for glob in globs:
        files = {path.relative_to(texts.root).as_posix() for path in texts.root.glob(glob) if path.is_file()}
        if not files:
            raise RuleError(f"{label}: files: {glob}: there is no such file")
        found |= files
    return sorted(found)


def _compiled(pattern: str, label: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.MULTILINE)
    except re.error as error:
        raise RuleError(f"{label}: {pattern[:80]!r} is no regular expression: {error}") from None


def _edit(entry: Mapping[str, Json], label: str, as_it_is: Edit, match: re.Match[str]) -> Edit:
    """`as_it_is`: the line, in its own place."""
    (line,) = as_it_is.given
    try:
        put = match.expand(expand_placeholders(entry["wrong"], entry["policy"]))
    except (re.error, IndexError) as error:
        raise RuleError(f"{label}: wrong: {error}") from None
    wrong = line[: match.start()] + put + line[match.end() :]
    if wrong.strip() == line.strip():
        raise RuleError(f"{label}: the edit changes nothing")
    beside = tuple(entry["beside"].split("\n")) if "beside" in entry else ()
    return Edit(as_it_is.file, as_it_is.at, 1, _lines(wrong, line), beside)


def _lines(wrong: str, line: str) -> tuple[str, ...]:
    """Further lines are indented as the first; a line of which nothing is left is taken out."""
    if not wrong.strip():
        return ()
    first, newline, others = wrong.partition("\n")
    return (first, *(indented(others, line) if newline else ()))
