"""nginx's text -> directives, as its own reader has it: words, quotes, escapes, `;` and blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scanner.directives import Directive, Text, Word
from scanner.directives.text import template_value
from scanner.model import Json

MAX_DEPTH = 50
"""How deep blocks may nest."""

_TOKEN = re.compile(
    r"""(?xs)
      (?P<blank>\s+|\#[^\n]*)
    | (?P<control>\{%[^\n]{0,500}?%\}|\{\#[^\n]{0,500}?\#\}|<%[^=\n][^\n]{0,500}?%>)
    | (?P<quoted>"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*')
    | (?P<word>(?!["'])(?:[^\s;{\\$<]+|\\.|\$\{|\{\{[^{}\n]*\}\}|<%=[^%\n]*%>|[$<])+)
    | (?P<mark>[;{}])
    """
)
_PLACEHOLDER = re.compile(r"\{\{|<%|\{%|\$\{?[A-Z][A-Z0-9_]*\b(?![a-z])|__[A-Z][A-Z0-9_]*__|@@?[A-Z][A-Z0-9_]*@")
_TEMPLATE = re.compile(r"\{\{|\{%|<%")
_ESCAPE = re.compile(r"""\\(["'\\tnr])""")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r"}
_LUA = re.compile(
    r"""(?xs) --\[(?P<comment>=*)\[ | --[^\n]* | \[(?P<long>=*)\[
      | "[^"\\\n]*(?:\\.[^"\\\n]*)*" | '[^'\\\n]*(?:\\.[^'\\\n]*)*' | [{}"']"""
)


class BrokenError(Exception):
    """The text is not nginx's grammar. `line`: where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # a mark, or "word"
    start: int
    end: int
    value: Json = None


def is_template(text: str) -> bool:
    """Whether something has yet to fill in or leave out parts of it."""
    return _TEMPLATE.search(text) is not None


def parse(text: Text) -> list[Directive]:
    """The directives at the top of a file. Raises BrokenError."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: Text) -> None:
        self._file, self._text, self._at = text, text.text, 0

    def parse(self) -> list[Directive]:
        top: list[Directive] = []
        open_blocks: list[tuple[list[Directive], int]] = [(top, 0)]
        words: list[_Token] = []
        while (token := self._next()) is not None:
            if token.kind == "word":
                words.append(token)
                continue
            if token.kind == "}":
                self._close(token, words, open_blocks)
            elif words:
                directive = self._directive(words)
                open_blocks[-1][0].append(directive)
                if token.kind == "{":
                    self._open(token, directive, open_blocks)
            elif token.kind == "{":
                raise self._broken('unexpected "{"', token.start)
            words = []
        if words:
            raise self._broken('a directive is not ended by ";"', words[0].start)
        if len(open_blocks) > 1:
            raise self._broken('a "{" is not closed', open_blocks[-1][1])
        return top

    def _open(self, token: _Token, directive: Directive, open_blocks: list[tuple[list[Directive], int]]) -> None:
        if directive.name.endswith("_by_lua_block"):
            self._skip_lua(token)
            return
        directive.block = []
        open_blocks.append((directive.block, token.start))
        if len(open_blocks) > MAX_DEPTH:
            raise self._broken(f"blocks nested deeper than {MAX_DEPTH} levels", token.start)

    def _close(self, token: _Token, words: list[_Token], open_blocks: list[tuple[list[Directive], int]]) -> None:
        if words:
            raise self._broken('unexpected "}": a ";" is missing before it', token.start)
        if len(open_blocks) == 1:
            raise self._broken('unexpected "}"', token.start)
        open_blocks.pop()

    def _next(self) -> _Token | None:
        """The next word or mark; None at the end."""
        while self._at < len(self._text):
            match = _TOKEN.match(self._text, self._at)
            if match is None:
                what = "a quote is not closed" if self._text[self._at] in "\"'" else "a stray backslash"
                raise self._broken(what, self._at)
            kind, start = match.lastgroup, self._at
            if kind in ("blank", "control"):
                self._at = match.end()
                continue
            if kind == "mark" or match[0].startswith("}"):
                self._at = start + 1
                return _Token(match[0][0], start, start + 1)
            self._at = match.end()
            inner = match[0][1:-1] if kind == "quoted" else match[0]
            return _Token("word", start, match.end(), _value(inner))
        return None

    def _directive(self, words: list[_Token]) -> Directive:
        name, last = words[0], words[-1]
        return Directive(
            name.value if isinstance(name.value, str) else "",
            self._file.place(name.start, name.end),
            self._file.place(name.start, last.end),
            tuple(Word(word.value, self._file.place(word.start, word.end)) for word in words[1:]),
        )

    def _skip_lua(self, opening: _Token) -> None:
        """Past the `}` that ends a block of Lua."""
        depth, at = 1, opening.end
        while depth:
            match = _LUA.search(self._text, at)
            if match is None or match[0] in "\"'":
                raise self._broken("a block of Lua is not closed", opening.start)
            at = match.end()
            level = match["comment"] if match["comment"] is not None else match["long"]
            if level is not None:
                end = self._text.find(f"]{level}]", at)
                if end < 0:
                    raise self._broken("a block of Lua is not closed", opening.start)
                at = end + len(level) + 2
            elif match[0] in "{}":
                depth += 1 if match[0] == "{" else -1
        self._at = at

    def _broken(self, message: str, offset: int) -> BrokenError:
        return BrokenError(message, self._file.line(offset))


def _value(inner: str) -> Json:
    if _PLACEHOLDER.search(inner):
        return template_value()
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), inner) if "\\" in inner else inner
