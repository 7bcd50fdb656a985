"""Nested settings as names with dots, the way Spring and .NET read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from scanner.model import Json, Keys, Place

if TYPE_CHECKING:
    from scanner.yaml_tree import Document


class Setting(NamedTuple):
    """One setting: its name as written, with dots and [0] for items; a list of plain values is one value."""

    name: str
    value: Json
    place: Place
    items: tuple[Place, ...] = ()


def flatten(document: Document) -> Iterator[Setting]:
    """Every value of a document, in its order; what is null or empty is left out."""
    waiting: list[tuple[str, Keys, Json]] = [("", (), document.data)]
    while waiting:
        name, keys, value = waiting.pop()
        if isinstance(value, dict):
            children = [(_joined(name, key), (*keys, key), inner) for key, inner in value.items()]
            waiting.extend(reversed(children))
        elif isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
            waiting.extend((f"{name}[{at}]", (*keys, at), value[at]) for at in reversed(range(len(value))))
        elif isinstance(value, list):
            items = tuple(document.places[_item(keys, at)] for at in range(len(value)))
            yield Setting(name, value, document.places[keys], items)
        elif value is not None and name:
            yield Setting(name, value, document.places[keys])


def _item(keys: Keys, at: int) -> Keys:
    return (*keys, at)


def _joined(name: str, key: str) -> str:
    key = key.replace(":", ".")
    return f"{name}.{key}" if name else key
