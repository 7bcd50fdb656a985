"""Values -> subjects: plain config, and for every path in it the place, the steps back and the references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scanner.inputs.cloudformation.values import NO_REFS, TOO_LARGE, Budget, Removed, Spot, Unknown, Val
from scanner.model import UNKNOWN, Json, Keys, Place, Step, Subject, unknown

MAX_PATH = 150
"""How deep a config may nest, properties and parsed strings together."""


class _Places(Mapping[Keys, Place]):
    """Path -> place, looked up when asked for."""

    __slots__ = ("_spots",)

    def __init__(self, spots: dict[Keys, Spot]) -> None:
        self._spots = spots

    def __getitem__(self, keys: Keys) -> Place:
        return self._spots[keys].place

    def __iter__(self) -> Iterator[Keys]:
        return iter(self._spots)

    def __len__(self) -> int:
        return len(self._spots)


class Named(NamedTuple):
    """What a subject is called: the id of its unit, its logical id, its type."""

    unit: str
    name: str
    kind: str


def subject(named: Named, header: Place, content: Val, budget: Budget) -> Subject:
    """The subject of a resource whose properties and attributes are `content`."""
    unit, name, kind = named
    writer = _Writer(budget)
    config, _ = writer.write(content, ())
    refs = {path: tuple(sorted(found)) for path, found in writer.refs.items()}
    places = _Places(writer.spots)
    return Subject(f"{unit}:{name}", kind, name, name, header, config, places, writer.steps, refs)


class _Writer:
    """Writes one subject's config. A key that a template itself calls "__unknown__" gets a blank behind it: nothing
    that is written can pass for unknown."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.spots: dict[Keys, Spot] = {}
        self.steps: dict[Keys, tuple[Step, ...]] = {}
        self.refs: dict[str, frozenset[str]] = {}

    def write(self, value: Val, path: Keys) -> tuple[Json, frozenset[str]]:
        """The value at a path as Json, and all it refers to."""
        data, refs = value.data, value.refs
        if not self._budget.spend(1 + (len(data) >> 4 if isinstance(data, str) else 0)):
            return unknown(TOO_LARGE), NO_REFS
        if len(path) > MAX_PATH:
            return unknown("nested too deeply"), NO_REFS
        if path:
            self.spots[path] = value.at
            if value.steps:
                self.steps[path] = value.steps
        result: Json
        if isinstance(data, Unknown):
            extra = {"ref": data.ref, "attr": data.attr, "text": data.text}
            result = {**unknown(data.reason), **{key: text for key, text in extra.items() if text}}
        elif isinstance(data, dict):
            result = {}
            for key, item in data.items():
                name = f"{key} " if key == UNKNOWN else key
                result[name], inner = self.write(item, (*path, name))
                refs |= inner
        elif isinstance(data, list):
            result = []
            for index, item in enumerate(data):
                written, inner = self.write(item, (*path, index))
                result.append(written)
                refs |= inner
        else:
            result = None if isinstance(data, Removed) else data
        if refs and path:
            self.refs[".".join(map(str, path))] = refs
        return result, refs
