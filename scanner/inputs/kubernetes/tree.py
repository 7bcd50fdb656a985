"""Manifests whose parts are written in several places: every value knows its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from scanner.model import Json, Keys, Place, Step
from scanner.yaml_tree import Document, Places

Inside: TypeAlias = "dict[str, Node] | list[Node] | None"


class Node:
    """A value: `inside` for mappings and lists, else `value`. `steps`: where it comes from, if not from `place`."""

    __slots__ = ("inside", "place", "steps", "value")

    def __init__(self, place: Place, value: Json = None, inside: Inside = None, steps: tuple[Step, ...] = ()) -> None:
        self.place, self.value, self.inside, self.steps = place, value, inside, steps

    @property
    def mapping(self) -> dict[str, Node] | None:
        """Its items if it is a mapping."""
        return self.inside if isinstance(self.inside, dict) else None

    @property
    def items(self) -> list[Node] | None:
        """Its items if it is a list."""
        return self.inside if isinstance(self.inside, list) else None

    def get(self, *keys: str) -> Node | None:
        """What lies below some keys."""
        node: Node | None = self
        for key in keys:
            node = node.inside.get(key) if node is not None and isinstance(node.inside, dict) else None
        return node

    def text(self, *keys: str) -> str:
        """The string below some keys, "" for anything else."""
        node = self.get(*keys)
        return node.value if node is not None and isinstance(node.value, str) else ""

    def copy(self) -> Node:
        """The same, to be changed."""
        inside: Inside = None
        if isinstance(self.inside, dict):
            inside = {key: node.copy() for key, node in self.inside.items()}
        elif isinstance(self.inside, list):
            inside = [node.copy() for node in self.inside]
        return Node(self.place, self.value, inside, self.steps)

    def data(self) -> Json:
        """The value as plain Json."""
        if isinstance(self.inside, dict):
            return {key: node.data() for key, node in self.inside.items()}
        return [node.data() for node in self.inside] if isinstance(self.inside, list) else self.value


def from_document(document: Document) -> Node:
    """A YAML document; what came through an alias is copied."""
    return from_places(document.data, document.places)


def from_places(data: Json, places: Places) -> Node:
    """Data with the places of its values; what has none stands where the mapping or list around it does."""
    place = places[()]
    if isinstance(data, dict):
        return Node(place, None, {key: _below(item, places, key) for key, item in data.items()})
    if isinstance(data, list):
        return Node(place, None, [_below(item, places, at) for at, item in enumerate(data)])
    return Node(place, data)


def _below(data: Json, places: Places, key: str | int) -> Node:
    try:
        return from_places(data, places.below((key,)))
    except KeyError:
        return Node(places[()], data)


class TreePlaces(Mapping[Keys, Place]):
    """Path -> place of every value of a tree, () for the tree itself."""

    __slots__ = ("root",)

    def __init__(self, root: Node) -> None:
        self.root = root

    def __getitem__(self, keys: Keys) -> Place:
        return self._find(keys).place

    def __iter__(self) -> Iterator[Keys]:
        return (keys for keys, _ in walk(self.root))

    def __len__(self) -> int:
        return sum(1 for _ in walk(self.root))

    def below(self, keys: Keys) -> TreePlaces:
        """The places inside the value at `keys`."""
        return TreePlaces(self._find(keys))

    def _find(self, keys: Keys) -> Node:
        node = self.root
        for key in keys:
            inside: Any = node.inside
            if isinstance(inside, list):
                known = isinstance(key, int) and 0 <= key < len(inside)
            else:
                known = inside is not None and key in inside
            if not known:
                raise KeyError(keys)
            node = inside[key]
        return node


def definitions(root: Node) -> dict[Keys, tuple[Step, ...]]:
    """Path -> where the value comes from, for those that come from elsewhere."""
    return {keys: node.steps for keys, node in walk(root) if node.steps} if _has_steps(root) else {}


def _has_steps(root: Node) -> bool:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.steps:
            return True
        if node.inside:
            waiting.extend(node.inside.values() if isinstance(node.inside, dict) else node.inside)
    return False


def walk(root: Node) -> Iterator[tuple[Keys, Node]]:
    """Every node with its path, parents first."""
    waiting: list[tuple[Keys, Node]] = [((), root)]
    while waiting:
        keys, node = waiting.pop()
        yield keys, node
        if node.inside:
            pairs = list[tuple["str | int", Node]](
                node.inside.items() if isinstance(node.inside, dict) else enumerate(node.inside)
            )
            waiting.extend(((*keys, key), child) for key, child in reversed(pairs))
