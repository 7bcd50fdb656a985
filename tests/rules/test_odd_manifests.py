"""Manifests may hold anything anywhere: no rule about them fails for a list where a word belongs."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from scanner.catalog import load
from scanner.engines.rego import RegoEngine
from scanner.inputs import kubernetes
from scanner.model import Json, Keys, Rule, Subject, Unit
from scanner.text import Source

RULES = Path(__file__).parents[2] / "rules"
ODD: list[Json] = [
    None, "x", 5, -1, 1.5, True, [], {}, [None], [[]], ["a", {"b": 1}], {"a": None}, {"__unknown__": "why"},
    "0.0.0.0/0",
]  # fmt: skip
KEPT = {("kind",), ("apiVersion",)}


@pytest.fixture(scope="module")
def rules() -> list[Rule]:
    return [rule for rule in load([]).of_engine("rego") if "kubernetes" in rule.applies_to]


@pytest.fixture(scope="module")
def engine(rules: list[Rule]) -> RegoEngine:
    catalog = load([])
    settings = yaml.safe_load((RULES / "settings.yaml").read_text(encoding="utf-8"))
    modules = {**catalog.libraries, **{rule.source: rule.body for rule in rules}}
    return RegoEngine(modules, {"settings": settings, "vocabulary": catalog.vocabulary})


def units() -> list[Unit]:
    sources = [Source(path.name, path.read_bytes()) for path in sorted((RULES / "rego").glob("*/*.yaml"))]
    built = [kubernetes.build(".", {source.path: source}) for source in sources if kubernetes.facts(source) == {}]
    return [unit for unit in built if unit.subjects]


def _paths(value: Json, keys: Keys = ()) -> Iterator[Keys]:
    yield keys
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _paths(item, (*keys, key))


def _odd(subject: Subject, chance: random.Random) -> Subject:
    config = copy.deepcopy(subject.config)
    for _ in range(chance.randint(0, 3)):
        keys = chance.choice([keys for keys in _paths(config) if keys and keys not in KEPT])
        inside = config
        for key in keys[:-1]:
            inside = inside[key]
        inside[keys[-1]] = copy.deepcopy(chance.choice(ODD))
    return subject._replace(config=config, places={})


@pytest.mark.parametrize("seed", range(3))
def test_no_rule_fails(seed: int, engine: RegoEngine, rules: list[Rule]) -> None:
    chance = random.Random(seed)  # noqa: S311 - a seed, not a secret
    for unit in units():
        odd = unit._replace(subjects=tuple(_odd(subject, chance) for subject in unit.subjects))
        assert engine.check(odd, rules).problems == ()
