"""Units from texts, the way the pipeline builds them."""

from __future__ import annotations

from scanner.inputs import load
from scanner.model import Json, Keys, Subject, Unit
from scanner.text import Source


def sources(files: dict[str, str | bytes]) -> dict[str, Source]:
    return {path: Source(path, text if isinstance(text, bytes) else text.encode()) for path, text in files.items()}


def units(kind: str, files: dict[str, str | bytes]) -> dict[str, Unit]:
    """All units of a tree, by root."""
    made, known = load(kind), sources(files)
    facts: dict[str, Json] = {
        path: fact for path, one in known.items() if made.claims(path) and (fact := made.facts(one)) is not None
    }
    return {root: made.build(root, {path: known[path] for path in paths}) for root, paths in made.group(facts).items()}


def unit(kind: str, files: dict[str, str | bytes]) -> Unit:
    (only,) = units(kind, files).values()
    return only


def subject(made: Unit, address: str) -> Subject:
    return next(one for one in made.subjects if one.address == address)


def written(one: Subject, files: dict[str, str | bytes], *keys: str | int) -> str:
    """The text at the place of a path."""
    path: Keys = keys
    place = one.places[path]
    return sources(files)[place.path].slice(place.span)


def check_places(made: Unit, files: dict[str, str | bytes]) -> None:
    """Every place lies in its file, forwards, and every path of a place leads somewhere in the config."""
    known = sources(files)
    for one in made.subjects:
        for path, place in one.places.items():
            value = one.config
            for key in path:
                value = value[key]
            line, column, end_line, end_column = place.span
            assert (line, column) <= (end_line, end_column)
            assert 1 <= line <= end_line <= max(known[place.path].line_count, 1) + 1
            assert 1 <= column <= len(known[place.path].line(line)) + 1
            assert end_column <= len(known[place.path].line(end_line)) + 1
