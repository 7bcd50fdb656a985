"""Gives an argument of a call a name, in languages with brackets: a variable before a statement of one line.

Taken out is the first argument if it is a string or a chain of members: reading it earlier changes nothing, as nothing
but the callee is evaluated before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scanner.validation.edits.code_text import CODE, COMMENT, KEYWORD, NAME, SIGN, STRING, Token, tokens
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Change, Edited, apply

_FORMS = {
    "csharp": "var {name} = {value};",
    "go": "{name} := {value}",
    "java": "var {name} = {value};",
    "javascript": "const {name} = {value};",
    "kotlin": "val {name} = {value}",
    "php": "${name} = {value};",
    "ruby": "{name} = {value}",
    "tsx": "const {name} = {value};",
    "typescript": "const {name} = {value};",
}
_GO_TEXT = "const {name} = {value}"
"""A constant has no type of its own yet: it fits wherever the text did."""
_LINKS = frozenset((".", "?.", "->", "?->"))


def variable(language: str, text: str, names: Names) -> Edited | None:
    """The first argument of each statement's call in a variable before the statement."""
    found = tokens(language, text)
    taken = set(re.findall(r"[^\W\d]\w*", text))
    edited = apply(text, _extracted(language, text, found, names, taken))
    return edited if edited.text != text else None


def _extracted(language: str, text: str, found: Sequence[Token], names: Names, taken: set[str]) -> Iterator[Change]:
    for first, last in _statements(language, text, found):
        span = _argument(found, first, last)
        if span is None:
            continue
        start, end = found[span[0]].start, found[span[1]].end
        value = text[start:end]
        name = names.for_value(value.replace("->", ".").replace("$", ""), taken, camel=language != "ruby")
        if name is None or "\n" in value:
            continue
        taken.add(name)
        line = text.rfind("\n", 0, found[first].start) + 1
        form = _GO_TEXT if language == "go" and found[span[0]].kind == STRING else _FORMS[language]
        blank = text[line : found[first].start]
        yield Change(line, line, blank + form.format(name=name, value=value) + "\n", start)
        yield Change(start, end, f"${name}" if language == "php" else name)


def _statements(language: str, text: str, found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """First and last token of statements in a function that have a line to themselves."""
    by_line: dict[int, list[int]] = {}
    for at, token in enumerate(found):
        by_line.setdefault(text.count("\n", 0, token.start), []).append(at)
    for held in by_line.values():
        first, last = held[0], held[-1]
        while last > first and found[last].kind == COMMENT:
            last -= 1
        token, before = found[first], found[first - 1] if first else None
        if before is None or token.in_text or token.kind != NAME or token.inside[1] != CODE:
            continue
        block = token.inside[0] == "{" or (language == "ruby" and _in_method(found, first))
        balanced = all(found[at].depth >= token.depth for at in range(first, last + 1))
        closed = found[last].text == ";" and found[last].depth == token.depth
        if language in ("go", "kotlin", "ruby"):
            following = found[last + 1] if last + 1 < len(found) else None
            closed = found[last].text == ")" and (following is None or following.text not in (".", "?.", "{", "do"))
            closed = closed and found[last].depth == token.depth
        started = (
            before.text in (";", "{", "}")
            or before.kind == COMMENT
            or ((language in ("go", "kotlin", "ruby") and before.kind != SIGN) or before.text == ")")
        )
        if block and balanced and closed and started and _after_end(language, found, first):
            yield first, last


def _in_method(found: Sequence[Token], at: int) -> bool:
    return not found[at].within and any(token.text == "def" for token in found[:at])


def _after_end(language: str, found: Sequence[Token], first: int) -> bool:
    """Whether the code before a statement is complete: no `if (x)` whose body it is."""
    before = next((token for token in reversed(found[:first]) if token.kind != COMMENT), None)
    if before is None:
        return False
    if language in ("go", "kotlin", "ruby"):
        return before.kind != SIGN or before.text in ("{", "}", ")", "]")
    return before.text in (";", "{", "}")


def _argument(found: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """First and last token of the first argument of the statement's first call, if it is simple."""
    opening = next((at for at in range(first, last) if found[at].text == "("), None)
    if opening is None or found[opening - 1].kind != NAME or found[opening].depth != found[first].depth:
        return None
    depth = found[opening].depth + 1
    end = next(
        (
            at
            for at in range(opening + 1, last + 1)
            if (found[at].depth == depth and found[at].text == ",")
            or (found[at].depth == depth - 1 and found[at].text == ")")
        ),
        None,
    )
    if end is None or end == opening + 1:
        return None
    inner = found[opening + 1 : end]
    if len(inner) == 1:
        return (opening + 1, end - 1) if inner[0].kind == STRING and inner[0].text[0] in "\"'" else None
    chain = (
        all((token.kind == NAME) if at % 2 == 0 else (token.text in _LINKS) for at, token in enumerate(inner))
        and len(inner) % 2 == 1
    )
    return (opening + 1, end - 1) if chain and inner[0].kind != KEYWORD else None
