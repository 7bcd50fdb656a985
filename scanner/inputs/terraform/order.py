"""Settles what a local or a variable needs before itself, so that long chains of them do not nest while evaluated.

A root module passes a value on through dozens of locals, variables and modules; each on top of the other would soon be
deeper than Python's stack. What is needed is read off the expression, whichever branch it will take.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeAlias

from scanner.inputs.terraform.syntax import Node, Reference

Key: TypeAlias = "tuple[Settling, str, str]"
"""A module, "local" or "var", and the name."""


class Settling(Protocol):
    """A module that knows what its locals and variables need."""

    def needs(self, kind: str, name: str) -> Iterable[Key]:
        """What one needs: it may be settled, or not even exist."""

    def is_open(self, kind: str, name: str) -> bool:
        """Whether it exists and has not been evaluated yet."""

    def evaluate(self, kind: str, name: str) -> None:
        """Evaluates it. What it needs may be open still where they need each other."""


def settle(module: Settling, kind: str, name: str) -> None:
    """Evaluates a local or a variable, and first all it needs that is open."""
    first: Key = (module, kind, name)
    waiting = [(first, iter(module.needs(kind, name)))]
    seen = {first}
    while waiting:
        (owner, sort, wanted), needs = waiting[-1]
        need = next((key for key in needs if key not in seen and key[0].is_open(*key[1:])), None)
        if need is None:
            waiting.pop()
            if owner.is_open(sort, wanted):
                owner.evaluate(sort, wanted)
        else:
            seen.add(need)
            waiting.append((need, iter(need[0].needs(*need[1:]))))


def mentioned(node: Node) -> frozenset[tuple[str, str]]:
    """("local" or "var", name) of all that an expression refers to."""
    found = set()
    stack: list[object] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, Reference) and item.name in ("local", "var") and item.links:
            link = item.links[0]
            if isinstance(link, str):
                found.add((item.name, link))
        if isinstance(item, tuple):
            stack.extend(inner for inner in item if isinstance(inner, tuple))
    return frozenset(found)
