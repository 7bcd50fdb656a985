"""What carrying out templates needs besides the templates: limits, marks for what is not known, the state of a run."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from scanner.inputs.kubernetes.helm.data import Unknown
from scanner.inputs.kubernetes.helm.output import Frame, Piece, Spot, Template
from scanner.inputs.kubernetes.helm.syntax import Node
from scanner.model import Place

MAX_STEPS = 500_000
"""How many nodes and operands may be evaluated for one chart."""
MAX_OUTPUT = 16 * 1024 * 1024
"""How many characters one chart may print, text that is printed into other text counted again."""
MAX_DEPTH = 200
"""How deep executions may nest: an include counts 8, a block 2, a bracket 4."""
_LOOK_BACK = 200


class LimitError(Exception):
    """The chart takes too long, prints too much or nests too deep."""


class Limits:
    """What the templates of one chart have used up. `depth`: how deep they are nested now."""

    def __init__(self) -> None:
        self.depth = self._steps = self._printed = 0

    def deeper(self, weight: int) -> int:
        """Goes deeper, and gives the depth to come back to."""
        before = self.depth
        if before + weight > MAX_DEPTH:
            raise LimitError("templates nest too deep")
        self.depth = before + weight
        return before

    def step(self) -> None:
        """Counts a node or operand."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise LimitError(f"more than {MAX_STEPS:,} steps")

    def spend(self, characters: int) -> None:
        """Counts text that is made."""
        self._printed += characters
        if self._printed > MAX_OUTPUT:
            raise LimitError(f"more than {MAX_OUTPUT:,} characters")


class Defined(NamedTuple):
    """A named template and the file it is from."""

    nodes: list[Node]
    template: Template


class Marks:
    """Stands in texts for values that are not known. `char` occurs in no file of the chart."""

    def __init__(self, char: str) -> None:
        self.char, self.known = char, list[Unknown]()
        self.pattern = re.compile(f"{char}([0-9]+){char}")

    def __call__(self, value: Unknown) -> str:
        self.known.append(value)
        return f"{self.char}{len(self.known) - 1}{self.char}"

    def of(self, text: str) -> list[Unknown]:
        """What the marks in a text stand for."""
        return [self.known[int(match[1])] for match in self.pattern.finditer(text)] if self.char in text else []


class Jumped(Exception):  # noqa: N818
    """A `break` or `continue` is under way: `kind`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Run:
    """What one execution of a template has: where it prints, its variables, where it is."""

    __slots__ = ("declared", "frame", "out", "spot", "touched", "variables")

    def __init__(self, frame: Frame, dot: Any) -> None:
        self.frame = frame
        self.out: list[Piece] = []
        self.variables: dict[str, list[Any]] = {"$": [dot]}
        self.declared: list[str] = []
        self.spot = Spot(frame, 0, 0)
        self.touched: list[tuple[Any, Place]] = []

    def forget(self, count: int) -> None:
        """Ends the variables that were declared after the first `count`."""
        for name in self.declared[count:]:
            self.variables[name].pop()
        del self.declared[count:]


def within_line(out: list[Piece]) -> bool:
    """Whether something stands already on the line that is printed to."""
    for piece in out[: -_LOOK_BACK - 1 : -1]:
        line = piece.text.rpartition("\n")[2]
        if line.strip(" \t\r"):
            return True
        if "\n" in piece.text:
            return False
    return False


def source_of(value: Any, touched: list[tuple[Any, Place]]) -> Place | None:
    """Where a printed value is written: of the values the action read, the one it is or else contains."""
    scalars = [(one, place) for one, place in touched if one is not None and not isinstance(one, (dict, list))]
    same: list[Place] = [place for one, place in scalars if one is value or one == value]
    if same or not isinstance(value, str):
        return same[-1] if same else None
    parts: list[Place] = [place for one, place in scalars if isinstance(one, str) and one and one in value]
    return parts[0] if parts else None
