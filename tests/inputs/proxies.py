"""What the tests of proxies' inputs share: a tree of files through claims, facts, group and build."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from scanner.bundled import bundled
from scanner.inputs import load
from scanner.model import Json, Subject, Unit
from scanner.text import Source


def tree(kind: str, files: dict[str, str]) -> dict[str, Unit]:
    """All units of a tree, the way the pipeline gets them."""
    found = load(kind)
    sources = {path: Source(path, text.encode()) for path, text in files.items() if found.claims(path)}
    known = {path: fact for path, one in sources.items() if (fact := found.facts(one)) is not None}
    json.dumps(known)
    return {
        root: found.build(root, {path: sources[path] for path in paths}) for root, paths in found.group(known).items()
    }


def only(kind: str, text: str, path: str) -> Unit:
    """The unit of one file."""
    (unit,) = tree(kind, {path: text}).values()
    return unit


def subject(unit: Unit, address: str) -> Subject:
    """The subject at an address."""
    return next(one for one in unit.subjects if one.address == address)


def sliced(one: Subject, files: dict[str, str], *keys: str | int) -> str:
    """The text that stands where a path of a subject leads."""
    place = one.places[keys]
    return Source(place.path, files[place.path].encode()).slice(place.span)


def fixtures(kind: str) -> Iterator[bytes]:
    """The contents of every fixture of the rules about an input."""
    for found in sorted((bundled("rules") / "rego").glob(f"*/{kind}*.*.*")):
        if ".rego" not in found.name:
            yield from (file.read_bytes() for file in _files(found))


def _files(path: Path) -> list[Path]:
    return sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]


def check_whole(kind: str, path: str, data: bytes) -> Unit | None:
    """What holds for any bytes: nothing raises, subjects are distinct, plain Json, and every place is in the file."""
    found = load(kind)
    source = Source(path, data)
    if found.facts(source) is None:
        return None
    unit = found.build(path, {path: source})
    assert len({one.id for one in unit.subjects}) == len(unit.subjects)
    for one in unit.subjects:
        json.dumps(one.config)
        for keys, place in one.places.items():
            assert source.slice(place.span) != "", keys
            value_at(one.config, keys)
    return unit


def value_at(config: Json, keys: tuple[str | int, ...]) -> Json:
    """What a config holds at a path."""
    for key in keys:
        config = config[key]
    return config
