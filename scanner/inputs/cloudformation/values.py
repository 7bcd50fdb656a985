"""What a template's value is once its functions are worked out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from scanner.model import Json, Keys, Place, Step

MAX_STEPS = 2_000_000
"""How many values and characters the work on one template may make: functions repeat what they refer to."""
TOO_LARGE = "the template makes too many values: paylint gave up here"


class Spot(NamedTuple):
    """Where a value is written: a path into a document. The place is looked up when asked: most never are."""

    places: Mapping[Keys, Place]
    keys: Keys

    @property
    def place(self) -> Place:
        """The place; that of what is around it where it has none of its own."""
        for length in range(len(self.keys), -1, -1):
            place = self.places.get(self.keys[:length])
            if place is not None:
                return place
        raise KeyError(self.keys)


class Unknown(NamedTuple):
    """Stands for what only the deployment knows.

    `ref`, `attr`: the resource and the attribute it is, where it is exactly that ("" for what Ref gives).
    `text`: a text with the known parts filled in, the others as `${Name}`.
    """

    reason: str
    ref: str = ""
    attr: str = ""
    text: str = ""


class Removed(NamedTuple):
    """AWS::NoValue: as if the property were not written."""


NO_REFS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Val:
    """A value: a scalar, a list or dict of values, Unknown or Removed.

    `steps`: where it comes from, if not from where it stands. `refs`: the logical ids it refers to itself.
    """

    data: Any
    at: Spot
    steps: tuple[Step, ...] = ()
    refs: frozenset[str] = NO_REFS


class Budget:
    """Counts the work on one template. `spent` stays true once it is used up."""

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self._left = steps

    def spend(self, steps: int = 1) -> bool:
        """Whether there was enough left for it."""
        self._left -= steps
        return self._left >= 0


def scalar_text(data: Json) -> str | None:
    """A scalar as CloudFormation puts it into a text; None for anything else."""
    if isinstance(data, str):
        return data
    if isinstance(data, bool | int | float):
        return json.dumps(data)
    return None


def walk(value: Val) -> Iterator[Val]:
    """A value and all inside it."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        yield found
        if isinstance(found.data, dict):
            waiting.extend(found.data.values())
        elif isinstance(found.data, list):
            waiting.extend(found.data)


def deep_refs(*values: Val) -> frozenset[str]:
    """All that some values refer to."""
    return NO_REFS.union(*(found.refs for value in values for found in walk(value)))


def same(one: Val, other: Val) -> bool:
    """Whether two values are known to be equal."""
    waiting = [(one, other)]
    while waiting:
        left, right = (side.data for side in waiting.pop())
        if isinstance(left, dict) and isinstance(right, dict) and left.keys() == right.keys():
            waiting.extend((left[key], right[key]) for key in left)
        elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
            waiting.extend(zip(left, right, strict=True))
        elif isinstance(left, Unknown | dict | list) or type(left) is not type(right) or left != right:
            return False
    return True
