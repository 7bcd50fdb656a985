"""The values of a root module's variables: defaults, *.tfvars files, and what remains open between them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from scanner.inputs.terraform.expressions import Evaluator, Found, Scope
from scanner.inputs.terraform.syntax import Body, File, Link, Spot
from scanner.inputs.terraform.values import Unknown, Val, first_unknown, plain, same, walk

_NOT_DEPLOYED = frozenset({"example", "examples", "fixtures", "test", "tests"})
"""Folders whose *.tfvars say nothing about the root above them."""


class Given(NamedTuple):
    """A value for a variable, and what a trace calls the way it came."""

    value: Val
    label: str


class PlannedVariables(NamedTuple):
    """The values a plan was made with, and the path of that plan.

    `outside`: texts that no file gives are added here: they come from the environment or a command line.
    """

    values: Mapping[str, Val]
    path: str
    outside: set[str]


NOT_PLANNED = PlannedVariables({}, "", set())


class VariableFiles:
    """The *.tfvars files of a root module. Terraform applies some by itself, the others only when told to."""

    def __init__(
        self,
        directory: str,
        files: Mapping[str, tuple[File, Body]],
        broken: Sequence[str],
        evaluator: Evaluator,
        planned: PlannedVariables = NOT_PLANNED,
    ) -> None:
        """`files`: path -> content, in the root's directory or below. `broken`: those that cannot be read.

        `planned`: values that are known to have been chosen, however they were given.
        """
        self._directory, self._evaluator, self._planned = directory, evaluator, planned
        self._broken = [path for path in sorted(broken) if self._is_automatic(path) or self._is_optional(path)]
        self._applied = [files[path] for path in sorted(filter(self._is_automatic, files), key=_rank)]
        self._optional = {path: files[path] for path in sorted(files) if self._is_optional(path)}

    def _is_automatic(self, path: str) -> bool:
        name = posixpath.basename(path).removesuffix(".json")
        here = posixpath.dirname(path) == self._directory
        return here and (name == "terraform.tfvars" or name.endswith(".auto.tfvars"))

    def _is_optional(self, path: str) -> bool:
        """Files in folders of tests and examples are not for what is deployed."""
        return not self._is_automatic(path) and _NOT_DEPLOYED.isdisjoint(self._short(path).split("/")[:-1])

    def value(self, name: str, default: Given | None, convert: Callable[[Val], Val]) -> Given | None:
        """A variable's value; unknown where it depends on which file is applied, None where nothing gives it one."""
        if name in self._planned.values:
            return self._as_planned(name, default, convert)
        given = self._chosen(name, default, convert)
        if given is None or not self._broken:
            return given
        reason = f"var.{name} may be set in {self._short(self._broken[0])}, which cannot be read"
        return Given(Val(Unknown(reason), given.value.at), f"variable {name}")

    def _as_planned(self, name: str, default: Given | None, convert: Callable[[Val], Val]) -> Given:
        """The value a plan was made with; where a file gives the same, that file's."""
        planned = Given(convert(self._planned.values[name]), f"variable {name}, in {self._short(self._planned.path)}")
        files = [*reversed(self._applied), *self._optional.values()]
        given = [found for file, body in files if (found := self._read(file, body, name, convert))]
        choices = [*given, *([default] if default else [])]
        chosen = next((choice for choice in choices if _agree(planned, [choice])), planned)
        if chosen is planned:
            self._planned.outside.update(inner.data for inner in walk(planned.value) if isinstance(inner.data, str))
        return chosen

    def _chosen(self, name: str, default: Given | None, convert: Callable[[Val], Val]) -> Given | None:
        base = default
        for file, body in self._applied:
            found = self._read(file, body, name, convert)
            base = found or base
        choices = {}
        for path, (file, body) in self._optional.items():
            found = self._read(file, body, name, convert)
            if found:
                choices[path] = found
        if base is None and choices:
            first = next(iter(choices.values()))
            return first if _agree(first, choices.values()) else self._open(name, first, sorted(choices))
        differing = [path for path, choice in choices.items() if base and not _agree(base, [choice])]
        return self._open(name, base, differing) if base and differing else base

    def _read(self, file: File, body: Body, name: str, convert: Callable[[Val], Val]) -> Given | None:
        attribute = body.attributes.get(name)
        if attribute is None:
            return None
        value = convert(self._evaluator.value(attribute.expression, Scope(file, _NoNames(), {})))
        return Given(value, f"variable {name}, set in {self._short(file.path)}")

    def _open(self, name: str, given: Given, paths: Sequence[str]) -> Given:
        names = ", ".join(self._short(path) for path in paths[:5]) + (", …" if len(paths) > 5 else "")
        which = f"which of {names} is applied" if len(paths) > 1 else f"whether {names} is applied"
        return Given(Val(Unknown(f"var.{name} depends on {which}"), given.value.at), f"variable {name}")

    def _short(self, path: str) -> str:
        return path.removeprefix(f"{self._directory}/")


def _rank(path: str) -> tuple[bool, str]:
    """terraform.tfvars first, then terraform.tfvars.json, then *.auto.tfvars and *.auto.tfvars.json by name."""
    name = posixpath.basename(path)
    return not name.startswith("terraform.tfvars"), name


def _agree(given: Given, others: Iterable[Given]) -> bool:
    values = [given.value, *(other.value for other in others)]
    if any(first_unknown(value) for value in values):
        return False
    return all(same(plain(values[0]), plain(value)) for value in values[1:])


class _NoNames:
    """*.tfvars files hold literal values only."""

    def find(self, _name: str, links: Sequence[Link], at: Spot, /) -> Found:
        return Found(Val(Unknown("a *.tfvars file can hold literal values only", failed=True), at), "", len(links))
