"""`terraform`: builds a unit from texts and answers questions about it. `evaluate`: one expression's value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from scanner.inputs import terraform as terraform_input
from scanner.model import Json, Place, Subject, Unit
from scanner.text import Source

_KNOWN = """
locals {
  l      = ["a", "b", "c"]
  m      = { x = 1, y = "two", z = [1, 2] }
  n      = null
  objs   = [{ id = "i1", n = 1 }, { id = "i2", n = 2 }]
  s      = toset(["z", "a"])
  str    = "héllo"
  nested = [[1, 2], [3, [4]]]
}
variable "o" {
  type    = object({ a = string, b = optional(number, 5), c = optional(list(string), []), d = optional(string) })
  default = { a = 1, zz = 3 }
}
variable "ss" {
  type    = set(string)
  default = ["b", "a", "b"]
}
variable "mm" {
  type    = map(object({ on = optional(bool, true) }))
  default = { k1 = {}, k2 = { on = "false" } }
}
variable "none" {}
"""


@dataclass(frozen=True)
class Built:
    """A unit and the files it was made from."""

    unit: Unit
    sources: dict[str, Source]

    def subject(self, address: str) -> Subject:
        found = [subject for subject in self.unit.subjects if subject.address == address]
        assert len(found) == 1, self.addresses
        return found[0]

    def config(self, address: str) -> Json:
        return self.subject(address).config

    def text(self, place: Place) -> str:
        """What stands at a place."""
        return self.sources[place.path].slice(place.span)

    def at(self, address: str, *keys: str | int) -> str:
        """What stands where a subject says its value is."""
        return self.text(self.subject(address).places[keys])

    def steps(self, address: str, *keys: str | int) -> list[tuple[str, str, int, str]]:
        """Where a value comes from: message, path, line, what stands there."""
        steps = self.subject(address).definitions.get(keys, ())
        return [(step.message, step.place.path, step.place.span.line, self.text(step.place)) for step in steps]

    @property
    def addresses(self) -> list[str]:
        """All addresses but those of variables."""
        return [subject.address for subject in self.unit.subjects if subject.type != "variable"]

    @property
    def problems(self) -> list[tuple[str, int, str, bool]]:
        return [(problem.path, problem.line, problem.message, problem.fatal) for problem in self.unit.problems]

    @property
    def messages(self) -> list[str]:
        return [problem.message for problem in self.unit.problems]


Files = str | bytes | dict[str, "str | bytes"]
Build = Callable[..., Built]


def sources_of(files: Files) -> dict[str, Source]:
    named = files if isinstance(files, dict) else {"main.tf": files}
    data = {path: text if isinstance(text, bytes) else text.encode() for path, text in named.items()}
    return {path: Source(path, content) for path, content in data.items()}


def build_unit(files: Files, root: str | None = None) -> Built:
    """The unit of a root; the only one where no root is named."""
    sources = sources_of(files)
    facts = {path: fact for path, source in sources.items() if (fact := terraform_input.facts(source)) is not None}
    units = terraform_input.group(facts)
    if root is None:
        (root,) = units
    inside = {path: sources[path] for path in units[root]}
    return Built(terraform_input.build(root, inside), sources)


@pytest.fixture
def terraform() -> Build:
    """terraform("…") or terraform({"main.tf": "…", "x/y.tf": b"…"}, root="."): the unit these files make."""
    return build_unit


@pytest.fixture(scope="session")
def evaluate() -> Callable[[str], Json]:
    """The value of an expression, with some locals and variables to refer to."""

    def value(expression: str) -> Json:
        built = build_unit(f'{_KNOWN}\nresource "a" "b" {{\n  v = {expression}\n}}\n')
        assert not built.messages
        return built.config("a.b").get("v")

    return value
