"""Values with the places where they are written, free to be changed, merged and built anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scanner.errors import ParseError
from scanner.model import UNKNOWN, Json, Keys, Place, Problem, is_unknown
from scanner.text import Source

if TYPE_CHECKING:
    from scanner.yaml_tree import Document, Places

_LINES_NAMED = 10


@dataclass(frozen=True, slots=True)
class Tree:
    """A value and its place. `value`: a scalar, an unknown, or a dict or list of trees. `tag`: YAML's ("!reset")."""

    value: Json
    place: Place
    tag: str = ""

    @property
    def pairs(self) -> Mapping[str, Tree]:
        """What a mapping holds; nothing if it is none."""
        return self.value if self.is_mapping else {}

    @property
    def is_mapping(self) -> bool:
        """Whether it is one, an empty one included."""
        return isinstance(self.value, dict) and not _is_unknown(self.value)

    @property
    def items(self) -> Sequence[Tree]:
        """What a sequence holds; nothing if it is none."""
        return self.value if isinstance(self.value, list) else ()

    @property
    def text(self) -> str | None:
        """A string; None for anything else."""
        return self.value if isinstance(self.value, str) else None

    @property
    def scalar(self) -> str | None:
        """A string, number or flag as text; None for null, unknown and what has parts."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return str(self.value) if isinstance(self.value, str | int | float) else None

    def get(self, key: str) -> Tree | None:
        """The value of a key; None where it is not given, or this is no mapping."""
        return self.pairs.get(key)

    def at(self, *keys: str) -> Tree | None:
        """The value at a path of keys."""
        found: Tree | None = self
        for key in keys:
            found = found.get(key) if found is not None else None
        return found

    def with_value(self, value: Json) -> Tree:
        """The same place with another value."""
        return replace(self, value=value)


def _is_unknown(value: Json) -> bool:
    """A key of the file that is written like our mark of an unknown holds a tree, and is a key."""
    return is_unknown(value) and not isinstance(value[UNKNOWN], Tree)


def record(place: Place, **fields: Tree | Json) -> Tree:
    """A mapping made by us, at a place; plain fields stand there as well."""
    return Tree({key: value if isinstance(value, Tree) else Tree(value, place) for key, value in fields.items()}, place)


def listed(trees: Sequence[Tree], place: Place) -> Tree:
    """A sequence made by us."""
    return Tree(list(trees), place)


def grow(document: Document) -> Tree:
    """A YAML document as a tree. Its depth is bounded by the parser."""
    return _grown(document.data, document.places, document.tags, ())


def _grown(data: Json, places: Places, tags: Mapping[Keys, str], path: Keys) -> Tree:
    place, tag = places[()], tags.get(path, "") if tags else ""
    if isinstance(data, dict):
        # A key that is written like our mark of an unknown is none.
        return Tree(
            {f"{k} " if k == UNKNOWN else k: _grown(v, places.below((k,)), tags, (*path, k)) for k, v in data.items()},
            place,
            tag,
        )
    if isinstance(data, list):
        return Tree([_grown(v, places.below((i,)), tags, (*path, i)) for i, v in enumerate(data)], place, tag)
    return Tree(data, place, tag)


def flat(tree: Tree) -> tuple[Json, dict[Keys, Place]]:
    """Plain data, and the place of every value in it."""
    places: dict[Keys, Place] = {}
    return _flattened(tree, (), places), places


def _flattened(tree: Tree, path: Keys, places: dict[Keys, Place]) -> Json:
    places[path] = tree.place
    value = tree.value
    if isinstance(value, list):
        return [_flattened(item, (*path, number), places) for number, item in enumerate(value)]
    if tree.is_mapping:
        named = {f"{key} " if key == UNKNOWN else key: item for key, item in value.items()}
        return {key: _flattened(item, (*path, key), places) for key, item in named.items()}
    return value


def read(source: Source, kind: str) -> tuple[tuple[Tree, ...], list[Problem]]:
    """The documents of a YAML file, and what is to be said about it. `kind` names it in messages: "Compose file"."""
    from scanner.yaml_tree import parse  # libyaml takes longer to import than a run with nothing to do

    try:
        documents = parse(source)
    except ParseError as error:
        return (), [Problem(source.path, f"{kind}: {error.message}", line=error.line)]
    lines = sorted({span.line for document in documents for span in document.duplicates})
    problems = []
    if lines:
        named = ", ".join(map(str, lines[:_LINES_NAMED])) + (", …" if len(lines) > _LINES_NAMED else "")
        message = f"key given again in the same mapping (line {named}): the last value counts"
        problems.append(Problem(source.path, message, fatal=False, line=lines[0]))
    return tuple(grow(document) for document in documents), problems
