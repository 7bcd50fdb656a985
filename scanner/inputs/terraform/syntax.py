"""What Terraform files are made of, once read: blocks, attributes, expressions, each with where it stands in its file.

Every node carries `start` and `end`: offsets into its file's text, in code points, end exclusive. Nodes are named
tuples: there is one for every value, and they are cheap to make and cannot be changed. Compare nodes by
identity only.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple, TypeAlias

from scanner.errors import ParseError
from scanner.model import Place, Span
from scanner.text import Source

MAX_DEPTH = 100
"""How deep blocks, brackets, parentheses, templates and conditionals may nest; a parser level takes four frames."""


class File:
    """One file's text and the way from offsets to lines and columns. The byte order mark is no part of the text."""

    __slots__ = ("_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self._starts: list[int] | None = None

    @classmethod
    def of(cls, source: Source) -> File:
        """The file as it was read. ParseError for what is no UTF-8."""
        try:
            return cls(source.path, source.data.decode("utf-8").removeprefix("\ufeff"))
        except UnicodeDecodeError as error:
            line = source.data.count(b"\n", 0, error.start) + 1
            raise ParseError(source.path, "not valid UTF-8: save the file as UTF-8", line) from None

    def _position(self, offset: int) -> tuple[int, int]:
        if self._starts is None:
            self._starts = [0]
            at = self.text.find("\n")
            while at >= 0:
                self._starts.append(at + 1)
                at = self.text.find("\n", at + 1)
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, offset: int) -> int:
        """The line (1-based) an offset is on."""
        return self._position(offset)[0]

    def place(self, start: int, end: int) -> Place:
        """The place between two offsets."""
        return Place(self.path, Span(*self._position(start), *self._position(end)))


class Embedded(File):
    """A text that is written inside another file with escapes or indentation in between, as if it were a file itself.

    `pieces`: (offset here, offset in `outer`, length in `outer`, verbatim), in order. Inside a verbatim piece offsets
    run alike; any other piece (an escape, an interpolation) is one thing, to be pointed at as a whole.
    """

    __slots__ = ("_froms", "_pieces", "outer")

    def __init__(self, outer: File, text: str, pieces: list[tuple[int, int, int, bool]]) -> None:
        super().__init__(outer.path, text)
        self.outer, self._pieces = outer, pieces
        self._froms = [piece[0] for piece in pieces]

    def place(self, start: int, end: int) -> Place:
        """The place in the outermost file."""
        first, last = self._outward(start, False), self._outward(end - 1, True)
        return self.outer.place(first, max(first, last))

    def line(self, offset: int) -> int:
        """The line in the outermost file."""
        return self.outer.line(self._outward(offset, False))

    def _outward(self, offset: int, past: bool) -> int:
        """The outer offset of the character at `offset`, or of the end of it."""
        at = bisect_right(self._froms, offset) - 1
        if at < 0:
            return 0
        here, there, length, verbatim = self._pieces[at]
        if verbatim:
            return there + min(offset - here + past, length)
        return there + length if past else there


Spot: TypeAlias = tuple[File, int, int]
"""A place before it is worked out: file, start, end."""


class Literal(NamedTuple):
    """A number, `true`, `false`, `null`, or a quoted string without escapes and interpolations (quotes in the span)."""

    start: int
    end: int
    value: str | int | float | bool | None


class Text(NamedTuple):
    """A stretch of a template's own text. `value` is as long as the span where nothing is escaped in it."""

    start: int
    end: int
    value: str


class Interpolation(NamedTuple):
    """`${expression}`."""

    start: int
    end: int
    expression: Node


class Choice(NamedTuple):
    """`%{ if condition }yes%{ else }no%{ endif }`."""

    start: int
    end: int
    condition: Node
    yes: tuple[Part, ...]
    no: tuple[Part, ...]


class Loop(NamedTuple):
    """`%{ for key, value in items }body%{ endfor }`."""

    start: int
    end: int
    key: str
    value: str
    items: Node
    body: tuple[Part, ...]


Part: TypeAlias = Text | Interpolation | Choice | Loop


class Template(NamedTuple):
    """A string with escapes, interpolations or directives in it, or a heredoc."""

    start: int
    end: int
    parts: tuple[Part, ...]
    heredoc: bool


class Splat(NamedTuple):
    """`[*]` or `.*`: the links that follow are taken for each item."""

    links: tuple[Link, ...]


class Reference(NamedTuple):
    """A name and what is reached through it: `var.zones[0].id`."""

    start: int
    end: int
    name: str
    links: tuple[Link, ...]


class Access(NamedTuple):
    """What is reached through any other expression: `merge(a, b).id`."""

    start: int
    end: int
    base: Node
    links: tuple[Link, ...]


class Unary(NamedTuple):
    """`!` or `-` before an operand."""

    start: int
    end: int
    operator: str
    operand: Node


class Binary(NamedTuple):
    """Two operands and an arithmetic, comparison or logical operator."""

    start: int
    end: int
    operator: str
    left: Node
    right: Node


class Conditional(NamedTuple):
    """`condition ? yes : no`."""

    start: int
    end: int
    condition: Node
    yes: Node
    no: Node


class TupleNode(NamedTuple):
    """`[a, b]`."""

    start: int
    end: int
    items: tuple[Node, ...]


class ObjectNode(NamedTuple):
    """`{ a = b }`; a bare name as key is a `Literal`."""

    start: int
    end: int
    items: tuple[tuple[Node, Node], ...]


class For(NamedTuple):
    """`[for key, value in items : result if condition]`; with `result_key` it makes an object, else a tuple."""

    start: int
    end: int
    key: str
    value: str
    items: Node
    result_key: Node | None
    result: Node
    condition: Node | None
    grouped: bool


class Call(NamedTuple):
    """A function call; `expand`: the last argument is followed by `...`."""

    start: int
    end: int
    name: str
    arguments: tuple[Node, ...]
    expand: bool


class Inner(NamedTuple):
    """An expression that stands in an embedded text: a JSON string's content."""

    start: int
    end: int
    file: File
    expression: Node


Node: TypeAlias = (
    Literal | Template | Reference | Access | Unary | Binary | Conditional | TupleNode | ObjectNode | For | Call | Inner
)
Link: TypeAlias = str | Splat | Node
"""A link of a traversal: an attribute's name, a splat, or an index expression."""


class Attribute(NamedTuple):
    """`name = expression`; `start` is the name's. Bodies may be merged from several files, so it knows its own."""

    file: File
    start: int
    name: str
    expression: Node


class Body(NamedTuple):
    """What stands between a block's braces."""

    attributes: dict[str, Attribute]
    blocks: list[Block]


class Block(NamedTuple):
    """A block; `start` and `end` span its header, the brace excluded."""

    file: File
    start: int
    end: int
    type: str
    labels: tuple[str, ...]
    body: Body
