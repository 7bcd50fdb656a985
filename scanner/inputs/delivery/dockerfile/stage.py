"""A stage of a Dockerfile while its instructions come in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from scanner.inputs.delivery.dockerfile.words import Expander
from scanner.inputs.delivery.tree import Tree, record
from scanner.model import Json, Place


@dataclass(slots=True)
class Stage:
    """What it builds on, sets, runs and copies."""

    index: int
    place: Place
    name: str | None
    start: Tree
    base: Tree
    platform: Tree
    env: dict[str, Json]
    env_at: dict[str, Place]
    args: dict[str, Json]
    user: Tree
    exposed: list[Tree] = field(default_factory=list)
    instructions: list[Tree] = field(default_factory=list)
    commands: list[Tree] = field(default_factory=list)
    variables: list[Tree] = field(default_factory=list)
    copied: list[Tree] = field(default_factory=list)
    shell: bool = True
    starts: bool = False

    def set(self, keyword: str, name: str, written: str, *, expander: Expander, at: tuple[Place, Place]) -> None:
        """ENV, ARG or LABEL gives a name a value. `at`: the places of the instruction and of the value."""
        value = expander.expand(written)
        if keyword == "ENV":
            self.env[name], self.env_at[name] = value, at[1]
        elif keyword == "ARG":
            self.args[name] = value
        self.variables.append(variable(keyword, name, written, value, at=at))

    def onbuild(self) -> Stage:
        """What ONBUILD adds to: it runs and copies as the stage does, and sets nothing in it."""
        return replace(self, env=dict(self.env), env_at=dict(self.env_at), args=dict(self.args))


def variable(keyword: str, name: str, written: str, value: Json, *, at: tuple[Place, Place]) -> Tree:
    """An entry of `variables`. `refers`: what it is stands elsewhere in the file."""
    refers = "$" in written and isinstance(value, str) and value not in written
    return record(at[0], name=name, value=Tree(value, at[1]), scope=keyword, refers=refers)
