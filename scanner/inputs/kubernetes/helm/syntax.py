"""What Go templates are made of, once read. Offsets are code points of the template's text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias


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
