"""The tokens of languages with brackets, as Pygments reads them: enough for edits that a line or two make sure of.

Whitespace is no token here. Strings and comments are one token each, but for what is put into a string; brackets are
tokens of their own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

_LEXERS = {
    "csharp": "csharp",
    "go": "go",
    "java": "java",
    "javascript": "javascript",
    "kotlin": "kotlin",
    "php": "php",
    "ruby": "ruby",
    "tsx": "tsx",
    "typescript": "typescript",
}
NAME, STRING, COMMENT, SIGN, KEYWORD, OTHER = "name", "string", "comment", "sign", "keyword", "other"
_OPENING, _CLOSING = "([{", ")]}"
_TYPES = frozenset(("class", "interface", "enum", "record", "struct", "object", "namespace", "trait", "module"))
CODE, TYPE, TEXT = "code", "type", "text"
"""What a bracket holds: code or values; members of a type; code within a string."""


class Token(NamedTuple):
    """One token. `within`: the brackets it stands in, outermost first: what each is and what it holds."""

    kind: str
    text: str
    start: int
    end: int
    within: tuple[tuple[str, str], ...]

    @property
    def depth(self) -> int:
        """How many brackets it stands in; opening and closing ones stand outside of their own."""
        return len(self.within)

    @property
    def inside(self) -> tuple[str, str]:
        """The innermost of them."""
        return self.within[-1] if self.within else ("", CODE)

    @property
    def in_text(self) -> bool:
        """Whether it is part of a string."""
        return any(what == TEXT for _, what in self.within)


@lru_cache(maxsize=64)
def tokens(language: str, text: str) -> tuple[Token, ...]:
    """All tokens, or none where brackets do not match: then the language is not what it seems."""
    found: list[Token] = []
    stack: list[tuple[str, str]] = []
    for kind, value, start, end in _pieces(language, text):
        if kind == "closing":
            if not stack:
                return ()
            stack.pop()
            found.append(Token(SIGN, value, start, end, tuple(stack)))
            continue
        plain = SIGN if kind in ("opening", "interpolation") else kind
        found.append(Token(plain, value, start, end, tuple(stack)))
        if kind == "interpolation":
            stack.append((value[-1], TEXT))
        elif kind == "opening":
            stack.append((value, _held(found) if value == "{" else CODE))
    return () if stack else tuple(found)


def _held(found: list[Token]) -> str:
    """What the brace holds that ends these tokens: its head says so."""
    depth = found[-1].depth
    for token in reversed(found[:-1]):
        if token.depth < depth or (token.depth == depth and token.text in (";", "}", "{")):
            break
        if token.depth == depth and token.text in _TYPES and token.kind in (KEYWORD, NAME):
            return TYPE
    return CODE


def _pieces(language: str, text: str) -> list[tuple[str, str, int, int]]:
    """(kind, text, start, end); whitespace left out, strings put together."""
    pieces: list[tuple[str, str, int, int]] = []
    for start, given, value in _lexer(language).get_tokens_unprocessed(text):
        for kind, part, at in _split(str(given), value, start):
            last = pieces[-1] if pieces else None
            if kind == STRING and last and last[0] == STRING and last[3] == at and not _ends(last[1], part):
                pieces[-1] = (STRING, last[1] + part, last[2], at + len(part))
            elif kind:
                pieces.append((kind, part, at, at + len(part)))
    return pieces


def _ends(before: str, part: str) -> bool:
    """Whether a string is closed before another starts."""
    return len(before) > 1 and before[0] == before[-1] and before[0] in "\"'`" and part[0] in "\"'`"


def _split(given: str, value: str, start: int) -> list[tuple[str, str, int]]:
    if given.startswith("Token.Literal.String.Interpol"):
        if value in ("${", "#{", "{"):
            return [("interpolation", value, start)]
        return [("closing" if value == "}" else STRING, value, start)]
    if given.startswith("Token.Comment.Preproc"):
        return [(OTHER, value, start)]
    for prefix, kind in (
        ("Token.Literal.String", STRING),
        ("Token.Comment", COMMENT),
        ("Token.Keyword", KEYWORD),
        ("Token.Operator.Word", KEYWORD),
        ("Token.Name", NAME),
        ("Token.Literal", OTHER),
    ):
        if given.startswith(prefix):
            return [(kind, value, start)]
    if not value.strip():
        return []
    if given.startswith(("Token.Punctuation", "Token.Operator")):
        signs = value if any(char in _OPENING + _CLOSING for char in value) else [value]
        return [(_sign(char), char, start + at) for at, char in enumerate(signs)]
    return [(OTHER, value, start)]


def _sign(char: str) -> str:
    return "opening" if char in _OPENING else "closing" if char in _CLOSING else SIGN


@lru_cache(maxsize=16)
def _lexer(language: str) -> Any:
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(_LEXERS[language], stripnl=False, ensurenl=False)
