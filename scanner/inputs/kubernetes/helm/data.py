"""The values templates work with: Json values that remember where they are written, and values that are not known.

Numbers that come from YAML are floats, as in Helm: 1000000 prints as 1e+06 there. Numbers of templates are ints.
"""

from __future__ import annotations

from typing import Any

from scanner.model import Json, Place
from scanner.yaml_tree import Document, Places


class Map(dict[str, Any]):
    """A mapping. `at`: key -> where its value is written."""

    __slots__ = ("at",)

    def __init__(self, items: Any = (), at: dict[str, Place] | None = None) -> None:
        super().__init__(items)
        self.at: dict[str, Place] = at or {}

    def copy(self) -> Map:
        """The same items, with their places."""
        return Map(self, dict(self.at))


class Version(Map):
    """A version with parts, which prints as itself."""

    __slots__ = ()


class Seq(list[Any]):
    """A list. `at`: the places of its items, or nothing."""

    __slots__ = ("at",)

    def __init__(self, items: Any = (), at: list[Place] | None = None) -> None:
        super().__init__(items)
        self.at: list[Place] = at or []


class Unknown:
    """A value that is not known. `is_set`: it is certainly not empty (a random password)."""

    __slots__ = ("is_set", "reason")

    def __init__(self, reason: str, is_set: bool = False) -> None:
        self.reason, self.is_set = reason, is_set


def from_document(document: Document) -> Any:
    """A YAML document as such a value."""
    return _from(document.data, document.places)


def _from(value: Json, places: Places) -> Any:
    if isinstance(value, dict):
        below = {key: places.below((key,)) for key in value}
        inside = {key: _from(value[key], inner) for key, inner in below.items()}
        return Map(inside, {key: inner[()] for key, inner in below.items()})
    if isinstance(value, list):
        inner = [places.below((at,)) for at in range(len(value))]
        items = [_from(item, one) for item, one in zip(value, inner, strict=True)]
        return Seq(items, [one[()] for one in inner])
    return plain(value)


def plain(value: Json) -> Any:
    """Json as such a value, without places."""
    if isinstance(value, dict):
        return Map({key: plain(item) for key, item in value.items()})
    if isinstance(value, list):
        return Seq(plain(item) for item in value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else value


def copied(value: Any) -> Any:
    """A deep copy, with places."""
    if isinstance(value, Map):
        return Map({key: copied(item) for key, item in value.items()}, dict(value.at))
    if isinstance(value, list):
        return Seq((copied(item) for item in value), list(getattr(value, "at", ())))
    return value


def merged(strong: Map, weak: Map, *, nulls_delete: bool = False) -> Map:
    """Both mappings in one, `strong` winning, mappings inside merged as well; a copy.

    `nulls_delete`: null in `strong` removes what `weak` has.
    """
    result = Map({key: copied(value) for key, value in weak.items()}, dict(weak.at))
    for key, value in strong.items():
        other = result.get(key)
        if nulls_delete and value is None and key in result:
            del result[key]
            continue
        if isinstance(value, Map) and isinstance(other, Map):
            result[key] = merged(value, other, nulls_delete=nulls_delete)
        else:
            result[key] = copied(value)
        if key in strong.at:
            result.at[key] = strong.at[key]
    return result


def size_of(value: Any, most: int) -> int:
    """How many values a value holds, those that are in it twice counted twice; ValueError beyond `most`."""
    count, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        count += 1
        if isinstance(one, (dict, list)):
            waiting.extend(one.values() if isinstance(one, dict) else one)
        if count + len(waiting) > most:
            raise ValueError
    return count
