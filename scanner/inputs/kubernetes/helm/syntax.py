"""Go templates: text -> a tree of nodes. Knows nothing of Helm and of what functions mean.

Offsets are code points of the template's text. Linear in time; nesting is limited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

MAX_NESTING = 60
"""How deep blocks, and brackets within an action, may nest."""


class TemplateError(Exception):
    """The text is no template. `offset`: where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message, self.offset = message, offset


class Literal(NamedTuple):
    """A constant: string, number, true, false, nil."""

    value: Any


class Chain(NamedTuple):
    """Fields of something: `.a.b` (base "."), `$x.a` (base "$x"), `(pipeline).a`; no fields: the thing itself."""

    base: Any
    fields: tuple[str, ...]


class Name(NamedTuple):
    """A function."""

    name: str


class Pipe(NamedTuple):
    """Commands, each a list of operands, the result of one the last argument of the next.

    `variables`: what the result is given to; `declares`: with `:=`, not `=`.
    """

    variables: tuple[str, ...]
    declares: bool
    commands: tuple[tuple[Any, ...], ...]


class Text(NamedTuple):
    """Literal text between actions, after trimming."""

    text: str
    start: int


class Action(NamedTuple):
    """`{{ pipeline }}`."""

    pipe: Pipe
    start: int
    end: int


class Call(NamedTuple):
    """`{{ template "name" pipeline }}`."""

    name: str
    pipe: Pipe | None
    start: int
    end: int


class Jump(NamedTuple):
    """`{{ break }}` or `{{ continue }}`."""

    kind: str


@dataclass
class Block:
    """if, with or range. `arms`: (pipeline, body); the pipeline of an `else` is None. `start`, `end`: its first tag."""

    kind: str
    start: int
    end: int
    arms: list[tuple[Pipe | None, list[Node]]] = field(default_factory=list)


Node: TypeAlias = "Text | Action | Call | Jump | Block"


class Parsed(NamedTuple):
    """A template file: what it prints, and what it defines."""

    body: list[Node]
    defines: dict[str, list[Node]]


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
_CONSTANTS = {"true": True, "false": False, "nil": None}
_BLOCKS = frozenset({"if", "with", "range", "define", "block"})
_BLANK = " \t\r\n"


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    glued: bool  # no blank before it


class _Tag(NamedTuple):
    """An action's inside."""

    tokens: list[_Token]
    start: int
    end: int


def parse(text: str) -> Parsed:
    """A template's tree. TemplateError where Go would refuse it too."""
    return _Parser().parse(text)


def _pieces(text: str) -> Iterator[Text | _Tag]:
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
        yield _Tag(tokens, opening, at)


def _tokens(text: str, opening: int, at: int) -> tuple[list[_Token], int, bool]:
    """The tokens of the action that begins before `at`, where it ends, and whether it trims what follows."""
    tokens: list[_Token] = []
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
            tokens.append(_Token(kind, match[0], at, glued))
        glued = kind != "space"
        at = match.end()


class _Open(NamedTuple):
    """A block whose `end` has not come. `body`: where nodes go now."""

    kind: str
    name: str
    block: Block | None
    chained: int  # how many `else if` opened blocks that end with this one
    start: int


class _Parser:
    def __init__(self) -> None:
        self._defines: dict[str, list[Node]] = {}

    def parse(self, text: str) -> Parsed:
        body: list[Node] = []
        bodies, opened = [body], list[_Open]()
        for piece in _pieces(text):
            if isinstance(piece, Text):
                bodies[-1].append(piece)
            elif piece.tokens:
                self._tag(piece, bodies, opened)
            else:
                raise TemplateError("an action without a command", piece.start)
        if opened:
            raise TemplateError(f"{opened[-1].kind} without an end", opened[-1].start)
        return Parsed(body, self._defines)

    def _tag(self, tag: _Tag, bodies: list[list[Node]], opened: list[_Open]) -> None:
        first = tag.tokens[0]
        word = first.text if first.kind == "name" else ""
        if word in _BLOCKS:
            if len(opened) >= MAX_NESTING:
                raise TemplateError(f"blocks nested deeper than {MAX_NESTING}", tag.start)
            self._start(word, tag, bodies, opened)
        elif word == "else":
            self._else(tag, bodies, opened)
        elif word == "end":
            if not opened:
                raise TemplateError("end without a block", tag.start)
            last = opened.pop()
            inner = bodies.pop()
            if last.kind in ("define", "block"):
                self._defines[last.name] = inner
        elif word == "template":
            name, rest = self._template_name(tag)
            pipe = _Pipeline(rest, tag.start).whole() if rest else None
            bodies[-1].append(Call(name, pipe, tag.start, tag.end))
        elif word in ("break", "continue") and len(tag.tokens) == 1:
            bodies[-1].append(Jump(word))
        else:
            bodies[-1].append(Action(_Pipeline(tag.tokens, tag.start).whole(), tag.start, tag.end))

    def _start(self, word: str, tag: _Tag, bodies: list[list[Node]], opened: list[_Open]) -> None:
        if word in ("define", "block"):
            name, rest = self._template_name(tag)
            if word == "block":
                pipe = _Pipeline(rest, tag.start).whole()
                bodies[-1].append(Call(name, pipe, tag.start, tag.end))
            opened.append(_Open(word, name, None, 0, tag.start))
            bodies.append([])
            return
        block = Block(word, tag.start, tag.end)
        body: list[Node] = []
        block.arms.append((_Pipeline(tag.tokens[1:], tag.start).whole(), body))
        bodies[-1].append(block)
        bodies.append(body)
        opened.append(_Open(word, "", block, 0, tag.start))

    def _else(self, tag: _Tag, bodies: list[list[Node]], opened: list[_Open]) -> None:
        if not opened or opened[-1].block is None:
            raise TemplateError("else without a block", tag.start)
        block = opened[-1].block
        if block.arms[-1][0] is None:
            raise TemplateError("a second else", tag.start)
        pipe = None
        if len(tag.tokens) > 1:
            if tag.tokens[1].text != block.kind or block.kind == "range":
                raise TemplateError(f"else {tag.tokens[1].text} in {block.kind}", tag.start)
            pipe = _Pipeline(tag.tokens[2:], tag.start).whole()
        body: list[Node] = []
        block.arms.append((pipe, body))
        bodies[-1] = body

    @staticmethod
    def _template_name(tag: _Tag) -> tuple[str, list[_Token]]:
        if len(tag.tokens) < 2 or tag.tokens[1].kind not in ("string", "raw"):
            raise TemplateError(f"{tag.tokens[0].text} needs a name", tag.start)
        return _constant(tag.tokens[1]), tag.tokens[2:]


class _Pipeline:
    """One action's pipeline."""

    def __init__(self, tokens: list[_Token], offset: int) -> None:
        self._tokens, self._at, self._offset, self._depth = tokens, 0, offset, 0

    def whole(self) -> Pipe:
        pipe = self._pipe()
        if self._at < len(self._tokens):
            raise self._error(f"unexpected {self._tokens[self._at].text}")
        return pipe

    def _error(self, message: str) -> TemplateError:
        return TemplateError(message, self._offset)

    def _peek(self, ahead: int = 0) -> _Token | None:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else None

    def _pipe(self) -> Pipe:
        variables, declares = self._targets()
        commands = [self._command()]
        while (token := self._peek()) and token.text == "|" and token.kind == "mark":
            self._at += 1
            commands.append(self._command())
        return Pipe(variables, declares, tuple(commands))

    def _targets(self) -> tuple[tuple[str, ...], bool]:
        """The variables before `:=` or `=`."""
        names, at = [], self._at
        while at < len(self._tokens) and self._tokens[at].kind == "var":
            names.append(self._tokens[at].text)
            at += 1
            if at < len(self._tokens) and self._tokens[at].kind == "assign":
                declares = self._tokens[at].text == ":="
                self._at = at + 1
                return tuple(names), declares
            if at >= len(self._tokens) or self._tokens[at].text != ",":
                break
            at += 1
        return (), False

    def _command(self) -> tuple[Any, ...]:
        operands = []
        while (token := self._peek()) and not (token.kind == "mark" and token.text in "|)"):
            operands.append(self._operand(token))
        if not operands:
            raise self._error("a command is missing")
        return tuple(operands)

    def _operand(self, token: _Token) -> Any:
        self._at += 1
        if token.kind in ("string", "raw", "char", "number"):
            return Literal(_constant(token))
        base: Any
        fields: list[str] = []
        if token.kind == "name":
            if token.text in _CONSTANTS:
                return Literal(_CONSTANTS[token.text])
            base = Name(token.text)
        elif token.kind == "var":
            base = token.text
        elif token.kind == "dot":
            base = "."
        elif token.kind == "field":
            base = "."
            fields.append(token.text[1:])
        elif token.text == "(":
            base = self._bracket()
        else:
            raise self._error(f"unexpected {token.text}")
        while (more := self._peek()) and more.kind == "field" and more.glued:
            fields.append(more.text[1:])
            self._at += 1
        if isinstance(base, Name):
            return Chain(Pipe((), False, ((base,),)), tuple(fields)) if fields else base
        return Chain(base, tuple(fields))

    def _bracket(self) -> Pipe:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise self._error(f"brackets nested deeper than {MAX_NESTING}")
        pipe = self._pipe()
        self._depth -= 1
        closing = self._peek()
        if closing is None or closing.text != ")":
            raise self._error("a bracket that is not closed")
        self._at += 1
        return pipe


def _constant(token: _Token) -> Any:
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
