"""Go templates: text -> text and tags, with the tokens of a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from scanner.inputs.kubernetes.helm.syntax import TemplateError, Text

_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<raw>`[^`]*`)|(?P<char>'(?:[^'\\\n]|\\.)+')
    |(?P<number>[+-]?(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))
    |(?P<var>\$\w*)|(?P<field>\.\w+)|(?P<dot>\.)|(?P<assign>:?=)|(?P<mark>[|(),])|(?P<name>\w+)""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"(?:-\s)?\s*/\*.*?\*/(?:\s*-)?\s*\}\}", re.DOTALL)
_CLOSE = re.compile(r"(\s+-)?\}\}")
_ESCAPE = re.compile(r"\\(?:([abfnrtv\\'\"])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3}))")
_ESCAPES = dict(zip("abfnrtv\\'\"", "\a\b\f\n\r\t\v\\'\"", strict=True))
_BLANK = " \t\r\n"


class Token(NamedTuple):
    """A word or sign of a tag."""

    kind: str
    text: str
    start: int
    glued: bool  # no blank before it


class Tag(NamedTuple):
    """An action's inside."""

    tokens: list[Token]
    start: int
    end: int


def pieces(text: str) -> Iterator[Text | Tag]:
    """Text and tags in turn, trimmed; comments are left out."""
    at, trims = 0, False
    while True:
        opening = text.find("{{", at)
        end = len(text) if opening < 0 else opening
        left = opening >= 0 and text[opening + 2 : opening + 3] == "-" and text[opening + 3 : opening + 4] in _BLANK
        start = at
        if trims:
            while start < end and text[start] in _BLANK:
                start += 1
        stop = end
        if left:
            while stop > start and text[stop - 1] in _BLANK:
                stop -= 1
        if stop > start:
            yield Text(text[start:stop], start)
        if opening < 0:
            return
        comment = _COMMENT.match(text, opening + 2)
        if comment:
            at, trims = comment.end(), comment[0][:-2].endswith("-")
            continue
        tokens, at, trims = _tokens(text, opening, opening + (3 if left else 2))
        yield Tag(tokens, opening, at)


def _tokens(text: str, opening: int, at: int) -> tuple[list[Token], int, bool]:
    """The tokens of the action that begins before `at`, where it ends, and whether it trims what follows."""
    tokens: list[Token] = []
    glued = False
    while True:
        close = _CLOSE.match(text, at)
        if close:
            return tokens, close.end(), bool(close[1])
        match = _TOKEN.match(text, at)
        if not match:
            raise TemplateError("an action that is not closed" if at >= len(text) else "unexpected character", opening)
        kind = match.lastgroup or ""
        if kind != "space":
            tokens.append(Token(kind, match[0], at, glued))
        glued = kind != "space"
        at = match.end()


def constant(token: Token) -> Any:
    """The value of a literal."""
    if token.kind == "raw":
        return token.text[1:-1].replace("\r", "")
    if token.kind in ("string", "char"):
        text = _ESCAPE.sub(_unescaped, token.text[1:-1])
        return text if token.kind == "string" else ord(text[:1] or "\0")
    digits = token.text.replace("_", "")
    try:
        if re.fullmatch(r"[+-]?0[0-7]+", digits):
            return int(digits, 8)
        return int(digits, 0) if re.fullmatch(r"[+-]?(?:\d+|0[xXoObB][\da-fA-F]+)", digits) else float(digits)
    except ValueError:
        raise TemplateError(f"{token.text[:40]} is no number", token.start) from None


def _unescaped(match: re.Match[str]) -> str:
    simple, octal = match[1], match[5]
    if simple:
        return _ESCAPES[simple]
    code = int(octal, 8) if octal else int(match[2] or match[3] or match[4], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
