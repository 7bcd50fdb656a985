"""The fixtures' subjects with odd values put in all sorts of places, as units for the rules."""

from __future__ import annotations

import copy
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from scanner.cards import expand_placeholders
from scanner.inputs import INPUTS, load
from scanner.model import Json, Keys, Subject, Unit
from scanner.text import Source

ROOT = Path(__file__).parents[2] / "rules" / "rego"
ODD: list[Json] = [
    None, "", "x", 5, -1, 1.5, True, [], {}, [None], [[]], ["a", {"b": 1}], {"a": None}, {"__unknown__": "why"},
    "0.0.0.0/0",
]  # fmt: skip
KEPT = {"kubernetes": {("kind",), ("apiVersion",)}}
"""Without these a document is no subject."""
_FIXTURE = re.compile(r"(\w+)\.(fail|pass|unknown)\b")
_TOGETHER = 25


class Change(NamedTuple):
    """The value at `keys` of the subject with that number in the unit is another one."""

    unit: Unit
    subject: int
    keys: Keys
    value: Json


@lru_cache(maxsize=1)
def fixtures() -> Mapping[str, list[Unit]]:
    """The units of every input that all the fixtures make, by input."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for fixture in sorted(path for path in ROOT.glob("*/*") if _FIXTURE.match(path.name)):
        files = _files(fixture)
        for name in INPUTS:
            for unit in _units(name, files):
                for one in (unit, *unit.inner):
                    if one.subjects:
                        found[one.kind].append(one)
    return found


def _files(fixture: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(fixture.rglob("*")) if path.is_file()] if fixture.is_dir() else [fixture]
    files = {}
    for path in paths:
        name = path.relative_to(fixture).as_posix() if fixture.is_dir() else f"fixture{path.suffix}"
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        files[name] = expand_placeholders(text, "odd").encode("utf-8", "surrogateescape")
    return files


def _units(name: str, files: Mapping[str, bytes]) -> list[Unit]:
    module = load(name)
    sources = {path: Source(path, data) for path, data in files.items() if module.claims(path)}
    facts = {path: fact for path, source in sources.items() if (fact := module.facts(source)) is not None}
    return [module.build(root, {path: sources[path] for path in paths}) for root, paths in module.group(facts).items()]


def odd_units(kind: str, seed: int, changes: int) -> Iterator[Unit]:
    """Units with so many odd copies of their subjects, the same for the same seed.

    Copies stand beside the original, and have its name: what refers to that refers to them.
    """
    chance = random.Random(f"{kind}:{seed}")  # noqa: S311 - a seed, not a secret
    chosen = _all(kind)
    chance.shuffle(chosen)
    by_unit: dict[str, list[Change]] = defaultdict(list)
    for change in islice(chosen, changes):
        by_unit[f"{id(change.unit)}"].append(change)
    for several in by_unit.values():
        for at in range(0, len(several), _TOGETHER):
            yield _with(several[at : at + _TOGETHER], chance)


def _all(kind: str) -> list[Change]:
    kept = KEPT.get(kind, set())
    return [
        Change(unit, number, keys, value)
        for unit in fixtures()[kind]
        for number, subject in enumerate(unit.subjects)
        for keys in _paths(subject.config)
        if keys and keys not in kept
        for value in ODD
    ]


def _with(changes: Sequence[Change], chance: random.Random) -> Unit:
    unit = changes[0].unit
    return unit._replace(
        subjects=(*unit.subjects, *(_odd(change, number, chance) for number, change in enumerate(changes)))
    )


def _odd(change: Change, number: int, chance: random.Random) -> Subject:
    subject = change.unit.subjects[change.subject]
    config = copy.deepcopy(subject.config)
    _put(config, change.keys, change.value)
    if chance.random() < 0.3:
        kept = KEPT.get(change.unit.kind, set())
        _put(config, chance.choice([keys for keys in _paths(config) if keys and keys not in kept]), chance.choice(ODD))
    return subject._replace(id=f"{subject.id}~{number}", config=config, places={}, definitions={})


def _put(config: Json, keys: Keys, value: Json) -> None:
    for key in keys[:-1]:
        config = config[key]
    config[keys[-1]] = copy.deepcopy(value)


def _paths(value: Json, keys: Keys = ()) -> Iterator[Keys]:
    yield keys
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _paths(item, (*keys, key))
