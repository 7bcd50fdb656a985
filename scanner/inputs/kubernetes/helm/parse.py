"""Go templates: text -> a tree of nodes. Knows nothing of Helm and of what functions mean.

Linear in time; nesting is limited.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from scanner.inputs.kubernetes.helm.syntax import (
    Action,
    Block,
    Call,
    Chain,
    Jump,
    Literal,
    Name,
    Node,
    Parsed,
    Pipe,
    TemplateError,
    Text,
)
from scanner.inputs.kubernetes.helm.tokens import Tag, Token, constant, pieces

MAX_NESTING = 60
"""How deep blocks, and brackets within an action, may nest."""
_CONSTANTS = {"true": True, "false": False, "nil": None}
_BLOCKS = frozenset({"if", "with", "range", "define", "block"})


def parse(text: str) -> Parsed:
    """A template's tree. TemplateError where Go would refuse it too."""
    return _Parser().parse(text)


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
        for piece in pieces(text):
            if isinstance(piece, Text):
                bodies[-1].append(piece)
            elif piece.tokens:
                self._tag(piece, bodies, opened)
            else:
                raise TemplateError("an action without a command", piece.start)
        if opened:
            raise TemplateError(f"{opened[-1].kind} without an end", opened[-1].start)
        return Parsed(body, self._defines)

    def _tag(self, tag: Tag, bodies: list[list[Node]], opened: list[_Open]) -> None:
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

    def _start(self, word: str, tag: Tag, bodies: list[list[Node]], opened: list[_Open]) -> None:
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

    def _else(self, tag: Tag, bodies: list[list[Node]], opened: list[_Open]) -> None:
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
    def _template_name(tag: Tag) -> tuple[str, list[Token]]:
        if len(tag.tokens) < 2 or tag.tokens[1].kind not in ("string", "raw"):
            raise TemplateError(f"{tag.tokens[0].text} needs a name", tag.start)
        return constant(tag.tokens[1]), tag.tokens[2:]


class _Pipeline:
    """One action's pipeline."""

    def __init__(self, tokens: list[Token], offset: int) -> None:
        self._tokens, self._at, self._offset, self._depth = tokens, 0, offset, 0

    def whole(self) -> Pipe:
        pipe = self._pipe()
        if self._at < len(self._tokens):
            raise self._error(f"unexpected {self._tokens[self._at].text}")
        return pipe

    def _error(self, message: str) -> TemplateError:
        return TemplateError(message, self._offset)

    def _peek(self, ahead: int = 0) -> Token | None:
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

    def _operand(self, token: Token) -> Any:
        self._at += 1
        if token.kind in ("string", "raw", "char", "number"):
            return Literal(constant(token))
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
