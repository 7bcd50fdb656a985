"""Lays code of a language with brackets out in another way, and says other things in its comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scanner.validation.edits.code_text import COMMENT, KEYWORD, NAME, OTHER, SIGN, STRING, Token, tokens
from scanner.validation.edits.directives import is_directive
from scanner.validation.edits.text import Change, Edited, apply, line_starts

_DECLARES = frozenset(("func", "fun", "function", "def", "fn", "new", "class", "record"))
_ENDS = frozenset((";", "{", "}"))
_BY_LINE = frozenset(("go", "kotlin", "ruby"))
_HASH = frozenset(("ruby",))


def _edited(text: str, changes: Iterator[Change]) -> Edited | None:
    edited = apply(text, changes)
    return edited if edited.text != text else None


def wrap(language: str, text: str) -> Edited | None:
    """Every argument of a call on a line of its own."""
    return _edited(text, _wrapped(language, text, tokens(language, text)))


def _wrapped(language: str, text: str, found: Sequence[Token]) -> Iterator[Change]:
    calls: list[tuple[int, str]] = []
    for at, token in enumerate(found):
        if calls and token.depth == calls[-1][0] and token.text == ")":
            indentation = calls.pop()[1]
            last = found[at - 1]
            if last.kind != COMMENT:
                comma = "," if language == "go" and last.text != "," else ""
                yield Change(last.end, token.start, f"{comma}\n{indentation}")
        elif calls and token.depth == calls[-1][0] + 1 and token.text == "," and found[at + 1].kind != COMMENT:
            if found[at + 1].text != ")":
                yield Change(token.end, found[at + 1].start, f"\n{calls[-1][1]}    ")
        elif token.text == "(" and _calls(found, at) and found[at + 1].text != ")" and found[at + 1].kind != COMMENT:
            indentation = _indentation(text, token.start) + "    " * len(calls)
            calls.append((token.depth, indentation))
            yield Change(token.end, found[at + 1].start, f"\n{indentation}    ")


def _calls(found: Sequence[Token], at: int) -> bool:
    """Whether a bracket holds the arguments of a call by name."""
    if at == 0 or found[at].in_text or found[at - 1].end != found[at].start or found[at - 1].kind != NAME:
        return False
    return at < 2 or found[at - 2].text not in _DECLARES


def _indentation(text: str, at: int) -> str:
    line = text[text.rfind("\n", 0, at) + 1 :]
    return line[: len(line) - len(line.lstrip(" \t"))]


def space(language: str, text: str) -> Edited | None:
    """Blanks inside the brackets of calls, none around `=` and `+`."""
    return _edited(text, _spaced(text, tokens(language, text)))


def _spaced(text: str, found: Sequence[Token]) -> Iterator[Change]:
    for before, token, after in zip(found, found[1:], found[2:], strict=False):
        if "\n" in text[before.end : after.start] or token.in_text or token.kind != SIGN:
            continue
        if (
            token.text in ("=", "+")
            and SIGN not in (before.kind, after.kind)
            and before.end < token.start < after.start - 1
        ):
            yield Change(before.end, after.start, token.text)
        elif token.text == "(" and before.kind == NAME and before.end == token.start and after.text != ")":
            yield Change(token.end, after.start, " ")
        elif token.text == ")" and before.text != "(" and before.kind != COMMENT:
            yield Change(before.end, token.start, " ")


def indent(language: str, text: str) -> Edited | None:
    """Every line twice as far from the margin, but those inside of strings and comments."""
    found = tokens(language, text)
    covered = [
        (token.start, token.end) for token in found if token.kind in (STRING, COMMENT, OTHER) and "\n" in token.text
    ]
    return _edited(text, _deeper(text, covered)) if found else None


def _deeper(text: str, covered: Sequence[tuple[int, int]]) -> Iterator[Change]:
    for start in line_starts(text):
        blank = re.compile(r"[ \t]+(?=[^\s*])").match(text, start)
        if blank and not any(first < start < last for first, last in covered):
            yield Change(start, blank.end(), blank[0] * 2)


def quotes(language: str, text: str) -> Edited | None:
    """Other quotes around strings in which they make no difference."""
    return _edited(text, _quoted(language, tokens(language, text)))


def _quoted(language: str, found: Sequence[Token]) -> Iterator[Change]:
    other = {"go": {'"': "`"}}.get(language, {'"': "'", "'": '"'})
    if language in ("java", "csharp", "kotlin"):
        return
    for token in found:
        quote, body = token.text[:1], token.text[1:-1]
        whole = token.kind == STRING and len(token.text) > 1 and token.text[-1] == quote and quote in other
        fitting = language != "go" or body.count(" ") > 1  # nobody puts a word into Go's raw quotes
        if whole and fitting and not token.in_text and not re.search(r"[\\'\"`#$\n{@]", body):
            yield Change(token.start, token.end, f"{other[quote]}{body}{other[quote]}")


def comment(language: str, text: str) -> Edited | None:
    """Other words in comments, one more and a blank line before statements."""
    found = tokens(language, text)
    return _edited(text, _commented(language, text, found)) if found else None


def _commented(language: str, text: str, found: Sequence[Token]) -> Iterator[Change]:
    mark = "#" if language in _HASH else "//"
    before: Token | None = None  # the one before it that is no comment
    for token in found:
        line = text.rfind("\n", 0, token.start) + 1
        if token.kind == COMMENT:
            if token.text.startswith(mark) and not is_directive(token.text):
                ending = "\n" if token.text.endswith("\n") else ""
                yield Change(token.start, token.end, f"{mark} Looked at once more.{ending}")
            continue
        previous, before = before, token
        if previous is None or text[line : token.start].strip() or not _begins(language, previous, token):
            continue
        above = text[text.rfind("\n", 0, line - 1) + 1 : line]
        if not is_directive(above) and not above.rstrip().endswith("\\"):
            blank = text[line : token.start]
            yield Change(line, line, f"\n{blank}{mark} So that the next step can be taken.\n", token.start)


def _begins(language: str, before: Token, token: Token) -> bool:
    """Whether a statement begins with this token, the first one on its line."""
    if token.in_text or token.kind not in (NAME, KEYWORD) or token.inside[0] not in ("", "{"):
        return False
    return before.text in _ENDS if language not in _BY_LINE else before.kind != SIGN or before.text in _ENDS | {")"}
