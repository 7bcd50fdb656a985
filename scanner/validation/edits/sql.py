"""Writes SQL in another way: keywords in the other case, lists over several lines, comments."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scanner.inputs.sql.dialects import dialect
from scanner.inputs.sql.lexer import OP, WORD, Lexer, Token, UnterminatedError, words
from scanner.validation.edits.directives import is_directive
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Change, Edited, apply

_KEYWORDS = words(
    "CREATE TABLE ALTER ADD COLUMN DROP INSERT INTO VALUES SELECT FROM WHERE GRANT REVOKE ON TO WITH NOT NULL PRIMARY "
    "KEY DEFAULT REFERENCES UPDATE AND OR AS IF EXISTS UNIQUE INDEX VIEW ALL PRIVILEGES JOIN ORDER GROUP BY RETURNING"
)
_OPENS = words("CREATE ALTER INSERT GRANT REVOKE UPDATE SELECT DROP")


def _tokens(text: str) -> list[Token]:
    lexer = Lexer(text, dialect("", text))
    try:
        return list(lexer.tokens(0, len(text)))
    except UnterminatedError:
        return []


def _same(text: str, changes: Iterator[Change]) -> Edited | None:
    """The edited text if it has the same tokens."""
    edited = apply(text, changes)
    return edited if edited.text != text and _said(text) == _said(edited.text) else None


def _said(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.word or text[one.start : one.end]) for one in _tokens(text)]


def case(text: str, _: Names) -> Edited | None:
    """Keywords in small letters, or in large ones where they were small."""
    return _same(text, _swapped(text))


def _swapped(text: str) -> Iterator[Change]:
    for token in _tokens(text):
        if token.kind == WORD and token.word in _KEYWORDS:
            yield Change(token.start, token.end, text[token.start : token.end].swapcase())


def wrap(text: str, _: Names) -> Edited | None:
    """A line break after every comma and bracket, and before what follows a closing one."""
    return _same(text, _wrapped(text))


def _wrapped(text: str) -> Iterator[Change]:
    found = _tokens(text)
    for token, following in pairwise(found):
        between = text[token.end : following.start]
        if token.kind == OP and token.word in ("(", ",") and not between.strip() and "\n" not in between:
            yield Change(token.end, following.start, "\n        ")


def comment(text: str, _: Names) -> Edited | None:
    """A comment and a blank line before every statement, and other words in comments."""
    return _same(text, _commented(text))


def _commented(text: str) -> Iterator[Change]:
    covered = [(token.start, token.end) for token in _tokens(text)]
    starts = {token.start for token in _tokens(text) if token.word in _OPENS}
    at, above = 0, ""
    for line in text.split("\n"):
        inside = any(start < at < end for start, end in covered)
        if line.startswith("-- ") and not is_directive(line) and not inside:
            yield Change(at, at + len(line), "-- Looked at once more.")
        elif at in starts and not is_directive(above):
            yield Change(at, at, "\n-- As it is everywhere.\n")
        above = line
        at += len(line) + 1
