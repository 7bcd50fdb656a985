"""From a path that a rule names to where it is written, where its value comes from, and whether it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scanner.engines.rego.unit_input import shown_keys
from scanner.model import UNKNOWN, Json, Keys, Place, Step, Subject, is_unknown

NOT_KNOWN = "depends on a value that is not known"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a subject: where it is written, what led there, and why its value is unknown (None if it is known)."""

    place: Place
    definitions: tuple[Step, ...]
    unknown: str | None


def locate(subject: Subject, path: Sequence[str | int]) -> Spot:
    """Where a path leads: to its longest existing prefix, at least to the subject's header.

    Blocks are lists, so a name steps into a list of one block by itself.
    """
    keys, value, reason = _walk(subject.config, path)
    first = (*keys, 0) if isinstance(value, list) and value else keys
    place = subject.places.get(keys) or subject.places.get(first)
    if place is None:
        place = next((subject.places[known] for known in _prefixes(keys) if known in subject.places), subject.header)
    definitions = next(
        (subject.definitions[known] for known in (*_prefixes(keys), ()) if known in subject.definitions), ()
    )
    return Spot(place, definitions, reason)


def unknown_at(value: Json, read: Sequence[str]) -> str | None:
    """Why what a rule reads is unknown: the first unknown value at the path or above; "*" is any item or key."""
    if is_unknown(value):
        return _reason(value)
    if not read:
        return None
    return next((reason for item, rest in _children(value, read) if (reason := unknown_at(item, rest))), None)


def _children(value: Json, read: Sequence[str]) -> Iterator[tuple[Json, Sequence[str]]]:
    head, rest = read[0], read[1:]
    if isinstance(value, list):
        yield from ((item, rest if head == "*" else read) for item in value)
    elif isinstance(value, dict):
        if head == "*":
            yield from ((item, rest) for item in value.values())
        elif head in value:
            yield value[head], rest


def _walk(value: Json, path: Sequence[str | int]) -> tuple[Keys, Json, str | None]:
    """The part of a path that exists, the value there, and why it is unknown."""
    keys: list[str | int] = []
    for named in path:
        key: str | int | None = named
        while isinstance(key, str) and isinstance(value, list) and len(value) == 1:
            keys.append(0)
            value = value[0]
        if is_unknown(value):
            break
        if isinstance(value, dict) and isinstance(key, str):
            key = _original(value, key)
        elif not (isinstance(value, list) and isinstance(key, int) and key < len(value)):
            key = None
        if key is None:
            break
        keys.append(key)
        value = value[key]
    return tuple(keys), value, _reason(value) if is_unknown(value) else None


def _reason(value: Json) -> str:
    return str(value[UNKNOWN] or NOT_KNOWN)


def _original(mapping: Mapping[str, Json], key: str) -> str | None:
    """The key a rule means: it may have seen it masked."""
    if key in mapping:
        return key
    return next((original for original, seen in shown_keys(mapping).items() if seen == key), None)


def _prefixes(keys: Keys) -> Iterator[Keys]:
    return (keys[:length] for length in range(len(keys), 0, -1))
