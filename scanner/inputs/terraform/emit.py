"""Values -> subjects: plain config, and for every path in it the place, the steps back and the references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scanner.inputs.terraform import embedded
from scanner.inputs.terraform.budget import Budget
from scanner.inputs.terraform.syntax import Spot
from scanner.inputs.terraform.values import NO_REFS, Doubtful, Hop, Refs, Unknown, Val
from scanner.model import UNKNOWN, Json, Keys, Place, Step, Subject, unknown

MAX_PATH = 150
"""How deep a config may nest, blocks, values and parsed strings together."""
JSON_NAMES = (
    "policy",
    "policies",
    "definition",
    "schema",
    "template_body",
    "_definition",
    "_definitions",
    "_document",
    "_json",
    "_pattern",
    "_settings",
)
"""How the names end of arguments that take JSON as text."""


class Named(NamedTuple):
    """What a subject is called: the id of its unit, its address in it, its type and its own name."""

    unit: str
    address: str
    kind: str
    name: str


def place_of(spot: Spot) -> Place:
    """A spot as a place."""
    file, start, end = spot
    return file.place(start, end)


class Places(Mapping[Keys, Place]):
    """Path -> place. Lines and columns are worked out when asked for: most never are."""

    __slots__ = ("_spots",)

    def __init__(self, spots: dict[Keys, Spot]) -> None:
        self._spots = spots

    def __getitem__(self, keys: Keys) -> Place:
        return place_of(self._spots[keys])

    def __iter__(self) -> Iterator[Keys]:
        return iter(self._spots)

    def __len__(self) -> int:
        return len(self._spots)


class Trails(Mapping[Keys, "tuple[Step, ...]"]):
    """Path -> the steps back to where a value comes from, worked out when asked for."""

    __slots__ = ("_hops",)

    def __init__(self, hops: dict[Keys, tuple[Hop, ...]]) -> None:
        self._hops = hops

    def __getitem__(self, keys: Keys) -> tuple[Step, ...]:
        return tuple(Step(place_of(spot), label) for label, spot in self._hops[keys])

    def __iter__(self) -> Iterator[Keys]:
        return iter(self._hops)

    def __len__(self) -> int:
        return len(self._hops)


def subject(named: Named, content: Val, budget: Budget, caller: tuple[Hop, ...] = ()) -> Subject:
    """A subject whose config is `content`, which stands where the subject's header is.

    `caller`: the call that brought it here, where its own code is nobody's in the project.
    """
    writer = _Writer(budget)
    config, _ = writer.write(content, ())
    if caller:
        writer.hops[()] = caller
    return Subject(
        id=f"{named.unit}:{named.address}",
        type=named.kind,
        name=named.name,
        address=named.address,
        header=place_of(content.at),
        config=config,
        places=Places(writer.spots),
        definitions=Trails(writer.hops),
        refs={path: tuple(sorted(refs)) for path, refs in writer.refs.items()},
    )


class _Writer:
    """Writes one subject's config. A key that the files themselves call "__unknown__" gets a blank behind it: nothing
    that is written can pass for unknown."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.spots: dict[Keys, Spot] = {}
        self.hops: dict[Keys, tuple[Hop, ...]] = {}
        self.refs: dict[str, Refs] = {}

    def write(self, value: Val, path: Keys) -> tuple[Json, Refs]:
        """The value at a path as Json, and all it refers to."""
        if not self._budget.spend(1 + (len(value.data) >> 4 if isinstance(value.data, str) else 0)):
            return unknown(self._budget.refuse(value.at)), NO_REFS
        if len(path) > MAX_PATH:
            return unknown("nested too deeply"), NO_REFS
        if path:
            self.spots[path] = value.at
            if value.hops:
                self.hops[path] = value.hops
        data = value.data
        if data is None or isinstance(data, bool | int | float):
            result, refs = data, value.refs
        else:
            result, refs = self._inside(_meaning(value, path, self._budget) or value, path)
            refs |= value.refs
        if refs and path:
            self.refs[".".join(map(str, path))] = refs
        return result, refs

    def _inside(self, value: Val, path: Keys) -> tuple[Json, Refs]:
        data, refs = value.data, value.refs
        result: Json
        if isinstance(data, list):
            result = []
            for index, item in enumerate(data):
                written, inner = self.write(value.item(item), (*path, index))
                result.append(written)
                refs |= inner
            return result, refs
        if isinstance(data, dict):
            result = {}
            for key, item in data.items():
                name = f"{key} " if key == UNKNOWN else key
                result[name], inner = self.write(value.item(item), (*path, name))
                refs |= inner
            return result, refs
        if isinstance(data, Doubtful):
            written, inner = self._inside(value.item(data.contents), path)
            return {UNKNOWN: data.reason, **(written if isinstance(written, dict) else {})}, refs | inner
        return (_unknown(data) if isinstance(data, Unknown) else data), refs


def _unknown(data: Unknown) -> Json:
    extra = {"ref": data.ref, "attr": data.attr, "text": data.text}
    return {**unknown(data.reason), **{key: text for key, text in extra.items() if text}}


def _meaning(value: Val, path: Keys, budget: Budget) -> Val | None:
    """What the text of a value says, where it is JSON and meant as such."""
    if not (value.json or value.pieces or isinstance(value.data, str)):
        return None
    name = path[-1] if path else ""
    return embedded.meaning(value, budget, isinstance(name, str) and name.endswith(JSON_NAMES))
