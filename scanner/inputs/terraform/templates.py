"""Quoted strings with something in them, and heredocs. Trims and unindents as Terraform does.

A template is first cut into flat pieces, as HCL's own parser does: blanks are trimmed piece by piece (`~`), heredoc
lines are unindented by the least indented one (`<<-`), and only then `if` and `for` directives are matched up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from scanner.inputs.terraform.syntax import Choice, Interpolation, Literal, Loop, Node, Part, Template, Text
from scanner.inputs.terraform.tokens import NAME

if TYPE_CHECKING:
    from scanner.inputs.terraform.parse import Parser

_SEQUENCES = r"(\$\$\{|%%\{) | ([$%]\{)(~?) | ([$%])"
_QUOTED = re.compile(rf'([^"\\$%\n]+) | \\([nrt"\\]|u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}) | {_SEQUENCES}', re.VERBOSE)
_BARE = re.compile(rf"([^$%\n]*\n|[^$%\n]+) | ((?!)) | {_SEQUENCES}", re.VERBOSE)
_TEXT, _ESCAPE, _DOUBLED, _OPENING, _TRIM, _SIGN = range(1, 7)
_NOTHING = Literal(0, 0, None)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


class _Text:
    """A literal piece, trimmed in place. `joined`: HCL counts it and the piece before as one token. `is_run`: it stands
    for all from `start` to `end`, whatever its value says so far."""

    __slots__ = ("end", "is_run", "joined", "start", "value")

    def __init__(self, start: int, end: int, value: str, joined: bool) -> None:
        self.start, self.end, self.value, self.joined, self.is_run = start, end, value, joined, False

    @property
    def verbatim(self) -> bool:
        return self.end - self.start == len(self.value)

    def trim_left(self, blanks: int) -> None:
        if self.verbatim:
            self.start += blanks
        self.value = self.value[blanks:]

    def trim_right(self) -> None:
        kept = self.value.rstrip()
        if self.verbatim:
            self.end = self.start + len(kept)
        self.value = kept


class _Directive(NamedTuple):
    """`%{ word … }` before its counterpart is found; `names` and `expression` only where the word has any."""

    start: int
    end: int
    word: str
    names: tuple[str, str]
    expression: Node


class _Open(NamedTuple):
    """A directive whose end has not come yet, and the parts that belong to it so far."""

    directive: _Directive
    first: list[Part]
    second: list[Part]
    turned: bool = False


_Piece: TypeAlias = _Text | Interpolation | _Directive


def static_text(node: Node) -> str | None:
    """The text of a string without interpolations; None for any other expression."""
    if isinstance(node, Literal) and isinstance(node.value, str):
        return node.value
    if isinstance(node, Template) and all(isinstance(part, Text) for part in node.parts):
        return "".join(part.value for part in node.parts if isinstance(part, Text))
    return None


def quoted(parser: Parser) -> Node:
    """The string that starts at the current token, an opening quote."""
    start, text = parser.start, parser.text
    pieces, at = _cut(parser, parser.end, _QUOTED, lambda at, _: text.startswith('"', at))
    parser.end = at + 1
    parser.advance()
    parts = _assemble(parser, pieces)
    if len(parts) == 1 and isinstance(parts[0], Text) and parts[0].value == text[start + 1 : at]:
        return Literal(start, at + 1, parts[0].value)
    return Template(start, at + 1, parts, False)


def heredoc(parser: Parser) -> Node:
    """The heredoc whose introduction (`<<-EOT` and the line's end) is the current token."""
    start, text = parser.start, parser.text
    word = parser.word.lstrip("<").strip()
    name = word.removeprefix("-")
    marker = re.compile(rf"[^\S\n]*({re.escape(name)})[^\S\n]*(?:\n|\Z)")
    pieces, at = _cut(parser, parser.end, _BARE, lambda at, fresh: fresh and marker.match(text, at) is not None)
    closing = marker.match(text, at)
    parser.end = closing.end(1) if closing else at
    parser.advance()
    if word != name:
        _unindent(pieces)
    return Template(start, parser.last, _assemble(parser, pieces), True)


def bare(parser: Parser) -> Node:
    """All the parser has to read as one template, without quotes around it."""
    start, stop = parser.end, parser.stop
    pieces, _ = _cut(parser, start, _BARE, lambda at, _: at >= stop)
    return Template(start, stop, _assemble(parser, pieces), False)


def _cut(
    parser: Parser, at: int, pattern: re.Pattern[str], ends: Callable[[int, bool], bool]
) -> tuple[list[_Piece], int]:
    """The pieces from an offset up to where `ends(offset, at the start of a line)` says so."""
    opened = max(at - 1, 0)
    pieces: list[_Piece] = []
    trim, fresh, joinable = False, True, False
    while not ends(at, fresh):
        match = pattern.match(parser.text, at, parser.stop)
        if match is None:
            raise _unreadable(parser, at, opened)
        kind, start, at = match.lastindex or 0, at, match.end()
        if kind == _TRIM:
            if match.group(_TRIM):
                _trim_end(pieces)
            piece, at, trim = _sequence(parser, start, at, match.group(_OPENING))
            pieces.append(piece)
            fresh = joinable = False
            continue
        text = _Text(start, at, _value(match, kind), joinable and kind <= _ESCAPE)
        if trim:
            text.trim_left(len(text.value) - len(text.value.lstrip()))
        trim = trim and not text.value and kind <= _ESCAPE and not parser.text.startswith("\n", at - 1)
        pieces.append(text)
        fresh = kind == _TEXT and match.group().endswith("\n")
        joinable = kind <= _ESCAPE and not fresh
    return pieces, at


def _value(match: re.Match[str], kind: int) -> str:
    text = match.group(kind)
    if kind == _ESCAPE:
        return _ESCAPES[text] if text in _ESCAPES else _character(text)
    return text[1:] if kind == _DOUBLED else text


def _character(escape: str) -> str:
    """What `uXXXX` or `UXXXXXXXX` stands for; the replacement character where it is no character."""
    number = int(escape[1:], 16)
    return "\ufffd" if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF else chr(number)


def _unreadable(parser: Parser, at: int, opened: int) -> Exception:
    if parser.text.startswith("\\", at):
        return parser.error('unknown escape in a string: write "\\\\" for a backslash', at)
    if at < parser.stop:
        return parser.error("a string ends with its line: add the closing quote, or use a heredoc", at)
    return parser.error("the string or heredoc that starts here is never closed", opened)


def _trim_end(pieces: list[_Piece]) -> None:
    for piece in reversed(pieces):
        if not isinstance(piece, _Text):
            return
        piece.trim_right()
        if piece.value or not piece.joined:
            return


def _sequence(parser: Parser, start: int, at: int, opening: str) -> tuple[_Piece, int, bool]:
    """`${…}` or `%{…}`: the piece, the offset behind it, whether the blanks behind it go."""
    before = parser.by_line(False)
    parser.end = at
    parser.advance()
    word, names = "", ("", "")
    if opening == "%{":
        word = parser.word if parser.kind == NAME else ""
        if word not in ("if", "else", "endif", "for", "endfor"):
            parser.fail("expected if, else, endif, for or endfor after '%{': write '%%{' for the characters", start)
        parser.advance()
        if word == "for":
            names = parser.loop_names()
    expression = parser.expression() if word in ("", "if", "for") else _NOTHING
    if parser.word not in ("}", "~}"):
        raise parser.unexpected(f"'}}' to close '{opening}' (or '{opening[0]}{opening}' if it is meant as text)")
    trim = parser.word == "~}"
    parser.by_line(before)
    end = parser.end
    if word:
        return _Directive(start, end, word, names, expression), end, trim
    return Interpolation(start, end, expression), end, trim


def _unindent(pieces: list[_Piece]) -> None:
    """Takes off each line what the least indented one starts with; lines without content do not count."""
    least: int | None = None
    fresh = True
    leading: list[_Text] = []
    for piece in pieces:
        if fresh:
            fresh = False
            blanks: int | None = 0
            if isinstance(piece, _Text):
                content = piece.value.lstrip()
                blanks = len(piece.value) - len(content) if content or not piece.value.endswith("\n") else None
                if blanks is not None:
                    leading.append(piece)
            if blanks is not None:
                least = blanks if least is None else min(least, blanks)
        fresh = fresh or (isinstance(piece, _Text) and piece.value.endswith("\n"))
    for text in leading:
        text.trim_left(least or 0)


def _assemble(parser: Parser, pieces: list[_Piece]) -> tuple[Part, ...]:
    """Matches directives up."""
    parts: list[Part] = []
    current = parts
    stack: list[_Open] = []
    for piece in _joined(parser, pieces):
        if isinstance(piece, _Text):
            if piece.value:
                current.append(Text(piece.start, piece.end, piece.value))
        elif isinstance(piece, Interpolation):
            current.append(piece)
        elif piece.word in ("if", "for"):
            stack.append(_Open(piece, [], []))
            current = stack[-1].first
            parser.check_depth(parser.depth + len(stack), piece.start)
        else:
            current = _turn(parser, piece, stack, parts)
    if stack:
        parser.fail(f"'%{{ {stack[-1].directive.word} }}' is never closed", stack[-1].directive.start)
    return tuple(parts)


def _joined(parser: Parser, pieces: list[_Piece]) -> list[_Piece]:
    """The same pieces, with neighbouring text that is written as it reads taken together."""
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if isinstance(piece, _Text):
            piece.is_run = piece.verbatim
            if piece.is_run and isinstance(before, _Text) and before.is_run and before.end == piece.start:
                before.end = piece.end
                continue
        joined.append(piece)
    for piece in joined:
        if isinstance(piece, _Text) and piece.is_run:
            piece.value = parser.text[piece.start : piece.end]
    return joined


def _turn(parser: Parser, piece: _Directive, stack: list[_Open], parts: list[Part]) -> list[Part]:
    """At `else`, `endif` or `endfor`: which parts what follows belongs to."""
    opened = stack[-1] if stack else None
    wanted = {"else": "if", "endif": "if", "endfor": "for"}[piece.word]
    if opened is None or opened.directive.word != wanted or (piece.word == "else" and opened.turned):
        parser.fail(f"'%{{ {piece.word} }}' has no '%{{ {wanted} }}' before it", piece.start)
    if piece.word == "else":
        stack[-1] = opened._replace(turned=True)
        return opened.second
    stack.pop()
    outer = (stack[-1].second if stack[-1].turned else stack[-1].first) if stack else parts
    outer.append(_closed(opened, piece.end))
    return outer


def _closed(opened: _Open, end: int) -> Part:
    directive = opened.directive
    if directive.word == "if":
        return Choice(directive.start, end, directive.expression, tuple(opened.first), tuple(opened.second))
    return Loop(directive.start, end, *directive.names, directive.expression, tuple(opened.first))
