"""Rules put together as one OPA module mean what they mean alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scanner.engines.rego import RegoEngine
from scanner.engines.rego.backend import Document
from scanner.engines.rego.opa_modules import Policy, arranged
from scanner.model import Json

DOCUMENTS: list[Document] = ["applies", "deny", "unknown"]

FIRST = """# METADATA
# title: First
package paylint.rules.one.x

import data.paylint.lib
import data.paylint.lib.twice as double # and a comment
import rego.v1

import input.list

limit := 3

default loud := false

loud if count(list) > limit

shape.kind.name := "named"

size[k] := v if some k, v in {"a": 1}

grown(limit) := limit + 1 # limit is an argument here

applies contains x if some x in list

deny contains x if {
	some x in list
	x == 10 # loud, limit
}

deny contains sprintf("limit %v lib %v", [limit, lib.twice(limit)]) if not loud == false

deny contains [shape.kind.name, size.a, grown(7), double(2), data.settings.limit, {"limit": limit}.limit]
"""
SECOND = """package paylint.rules.two.x

import data.paylint.lib as library

limit := 4

applies contains library.twice(limit)

deny contains data.shared.values[_]
"""
MODULES = {
    "one.rego": FIRST,
    "two.rego": SECOND,
    "lib.rego": "package paylint.lib\n\ntwice(x) := x * 2\n",
    "shared.rego": "package shared\n\nvalues := [limit, 6]\n\nlimit := 5\n",
}


def answers(engine: RegoEngine) -> dict[str, Json]:
    backend = engine._backend
    backend.set_input('{"list": [1, 2, 10, 12]}')
    return {
        f"{rule} {document}": backend.evaluate(f"paylint.rules.{rule}.x", document)
        for rule in ("one", "two", "three")
        for document in DOCUMENTS
    }


def test_both_backends_answer_alike(start: Callable[..., RegoEngine]) -> None:
    embedded, server = (answers(start(name, MODULES, {"settings": {"limit": 99}})) for name in ("embedded", "server"))
    assert embedded["one applies"] == [1, 2, 10, 12]
    assert sorted(embedded["one deny"], key=str) == [10, ["named", 1, 8, 4, 99, 3], "limit 3 lib 6"]
    assert embedded["two applies"] == [8]
    assert embedded["two deny"] == [5, 6]
    assert embedded["two unknown"] is None
    assert {key: value and sorted(value, key=str) for key, value in server.items()} == {
        key: value and sorted(value, key=str) for key, value in embedded.items()
    }


def test_what_stays_alone() -> None:
    odd = 'package odd\n\nimport data["x y"].z\n\na := data.shared.values'
    alone, together = arranged({**MODULES, "odd.rego": odd}, "R")
    assert [part.source for part in alone] == ["shared.rego", "odd.rego"]
    assert [part.source for part in together] == ["one.rego", "two.rego", "lib.rego"]
    assert together[0].questions.keys() == {"applies", "deny"}


@pytest.mark.parametrize("spoken", ["data.paylint.lib", "data.paylint", "data.paylint[x]", "library", "library[x]"])
def test_a_package_spoken_of_as_a_whole_stays_alone(spoken: str) -> None:
    whole = f"package whole\n\nimport data.paylint.lib as library\n\na contains x if some x in {spoken}"
    alone, _ = arranged({**MODULES, "whole.rego": whole}, "R")
    assert "lib.rego" in [part.source for part in alone]


def test_what_others_need_comes_first() -> None:
    modules = {
        "a.rego": "package a\n\nimport data.b\n\nf(x) := b.g(x)",
        "b.rego": "package b\n\ng(x) := data.c.h(x)",
        "c.rego": "package c\n\nh(x) := x",
        "r.rego": "package r\n\nx := data.a.f(1)",
        "c2.rego": "package c\n\nother := 1",
        "odd.rego": 'package odd\n\nimport data["x y"].z\n\na := data.a.f(z)',
    }
    alone, together = arranged(modules, "R")
    assert [part.source for part in alone] == ["c2.rego", "c.rego", "b.rego", "a.rego", "odd.rego"]
    assert [part.source for part in together] == ["r.rego"]


def test_every_line_is_found_again() -> None:
    _, together = arranged(MODULES, "R")
    policy = Policy(together, "package R\n")
    lines = policy.text.splitlines()
    for part in together:
        original = MODULES[part.source].splitlines()
        number = next(at for at, line in enumerate(original, 1) if line.startswith(("limit :=", "twice(x) :=")))
        (combined,) = [at for at, line in enumerate(lines, 1) if policy.find(at) == (part, number)]
        assert lines[combined - 1].endswith(original[number - 1])
    assert policy.find(1) is None
    assert policy.find(len(lines) + 1) is None
    assert [part.source for part in policy.without(["one.rego"]).parts] == ["two.rego", "lib.rego", "shared.rego"]


@pytest.mark.parametrize("name", ["embedded", "server"])
def test_a_refused_rule_leaves_the_others(start: Callable[..., RegoEngine], name: str) -> None:
    calls = "package paylint.rules.three.x\n\napplies contains 1\n\ndeny contains 1 if not input.list[i]\n"
    backend = start(name, {"three.rego": calls, **MODULES})._backend
    backend.set_input('{"list": [7]}')
    assert backend.evaluate("paylint.rules.two.x", "applies") == [8]
