"""A parsed document, and the way from a path to a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from scanner.model import Json, Keys, Place, Span

Node: TypeAlias = tuple[int, int, int, int, "dict[str, Any] | list[Any] | None", str]
"""line, column, end line, end column, the nodes inside, tag. A tuple: there is one for every value."""


class Places(Mapping[Keys, Place]):
    """Path -> place of every value of a document, () for the document itself; parents come first.

    Looked up in the tree when asked: most paths never are. Equal to a dict with the same content; can be pickled.
    """

    __slots__ = ("_path", "_root")

    def __init__(self, path: str, root: Node) -> None:
        self._path, self._root = path, root

    def __getitem__(self, keys: Keys) -> Place:
        return Place(self._path, Span(*self._find(keys)[:4]))

    def __iter__(self) -> Iterator[Keys]:
        return (keys for keys, _ in walk(self._root))

    def __len__(self) -> int:
        return sum(1 for _ in walk(self._root))

    def below(self, keys: Keys) -> Places:
        """The places inside the value at `keys`, with paths that start there. KeyError where there is none."""
        return Places(self._path, self._find(keys))

    def _find(self, keys: Keys) -> Node:
        node = self._root
        for key in keys:
            inside: Any = node[4]
            if isinstance(inside, list):
                known = isinstance(key, int) and 0 <= key < len(inside)
            else:
                known = inside is not None and key in inside
            if not known:
                raise KeyError(keys)
            node = inside[key]
        return node


def walk(root: Node) -> Iterator[tuple[Keys, Node]]:
    """Every node with its path, parents first."""
    waiting: list[tuple[Keys, Node]] = [((), root)]
    while waiting:
        keys, node = waiting.pop()
        yield keys, node
        inside = node[4]
        if inside:
            pairs = list(inside.items() if isinstance(inside, dict) else enumerate(inside))
            waiting.extend(((*keys, key), child) for key, child in reversed(pairs))


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file. `duplicates`: the keys that repeat one of the same mapping.

    `tags`: path -> tag of the values with a tag that says more than their type ("!Ref", "tag:yaml.org,2002:binary").
    """

    data: Json
    places: Places
    duplicates: tuple[Span, ...]
    tags: Mapping[Keys, str]
