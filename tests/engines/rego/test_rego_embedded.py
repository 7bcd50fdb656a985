"""The embedded engine: what it refuses to load, threads, depth."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import pytest
from rego_samples import rule, subject, unit

from scanner.engines.rego import RegoEngine
from scanner.engines.rego.backend import DOCUMENTS, RuleEvaluationError, without_values
from scanner.engines.rego.embedded import Embedded
from scanner.errors import EngineError, RuleError
from scanner.model import Json, Status

GOOD = "package paylint.rules.good.x\n\napplies contains 1\n"


@pytest.mark.parametrize("name", ["embedded", "server"])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("package a\n\nx if {", 3),
        ("package a\n\nx if y", 3),
        ("x := 1", 1),
        ('package a\n\nx := $"{1}"', 3),
        ("package a\n\nallow { true }", 3),
    ],
)
def test_a_module_that_cannot_be_used(start: Callable[..., RegoEngine], name: str, text: str, line: int) -> None:
    with pytest.raises(RuleError, match=rf"^rules/bad\.rego:{line}:\d+: [^\n]+$"):
        start(name, {"rules/good.rego": GOOD, "rules/bad.rego": text})


def test_documents() -> None:
    engine = Embedded()
    engine.load({"a.rego": GOOD + 'deny contains {"a": x} if some x in input.list\n'}, {})
    engine.set_input('{"list": [2, 1]}')
    assert engine.evaluate("paylint.rules.good.x", "applies") == [1]
    assert sorted(item["a"] for item in engine.evaluate("paylint.rules.good.x", "deny")) == [1, 2]
    assert engine.evaluate("paylint.rules.good.x", "unknown") is None
    assert engine.evaluate("paylint.rules.nope", "deny") is None
    engine.set_input('{"list": []}')
    assert engine.evaluate("paylint.rules.good.x", "deny") == []
    engine.close()


HELD = """package paylint.rules.held.x

import data.paylint.lib

applies contains x if some x in lib.big

deny contains {"a": input.list[0] / input.by} if true
"""
LIB = "package paylint.lib\n\nbig contains x if {\n\tsome x in input.list\n\tx > 1\n}\n"


@pytest.mark.parametrize("by", [2, 0])
def test_what_is_asked_together_is_what_is_asked_alone(by: int) -> None:
    modules = {"a.rego": GOOD, "b.rego": HELD, "lib.rego": LIB}
    together, alone = Embedded(), Embedded()
    for engine in (together, alone):
        engine.load(modules, {})
        engine.set_input(json.dumps({"list": [3, 1, 2], "by": by}))
    together.expect(["paylint.rules.good.x", "paylint.rules.held.x", "paylint.rules.nope"])

    assert bool(together._local.answers) == (by == 2)

    def said(engine: Embedded, package: str, document: str) -> Json:
        try:
            return engine.evaluate(package, document)
        except RuleEvaluationError as error:
            return str(error)

    for package in ("paylint.rules.good.x", "paylint.rules.held.x", "paylint.rules.nope"):
        for document in DOCUMENTS:
            assert said(together, package, document) == said(alone, package, document)
    assert sorted(together.evaluate("paylint.rules.held.x", "applies")) == [2, 3]
    assert ("b.rego:7" in str(said(together, "paylint.rules.held.x", "deny"))) == (by == 0)
    together.set_input('{"list": [], "by": 1}')
    assert together.evaluate("paylint.rules.held.x", "applies") == []


def test_any_thread_may_ask() -> None:
    engine = Embedded()
    engine.load({"a.rego": "package paylint.rules.r.x\n\napplies contains input.n"}, {})
    engine.set_input('{"n": 1}')
    answers: list[Json] = []

    def ask() -> None:
        answers.append(engine.evaluate("paylint.rules.r.x", "applies"))
        engine.set_input('{"n": 2}')
        answers.append(engine.evaluate("paylint.rules.r.x", "applies"))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert answers == [[1], [2]]
    assert engine.evaluate("paylint.rules.r.x", "applies") == [2]


def test_too_deep_an_input_is_the_units_error() -> None:
    deep: Json = "bottom"
    for _ in range(200):
        deep = [deep]
    always = rule("r", "applies contains t.id if some t in input.terraform.thing\ndeny contains 1 if false")
    engine = RegoEngine({always.source: always.body}, {})
    with pytest.raises(EngineError, match="recursion limit"):
        engine.check(unit(subject("thing.a", {"deep": deep})), [always])
    report = engine.check(unit(subject("thing.a", {})), [always])
    assert [item.status for item in report.checks] == [Status.PASS]


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ('`startswith` expects string argument. Got `{"a": "SECRET"}` instead', "startswith expects string argument"),
        ("`sort` requires array/set argument. Got `SECRET`.", "sort requires array/set argument"),
        ("Error parsing SECRET: a: invalid IP address syntax", "Error parsing a value: invalid IP address syntax"),
        ('to_number: strconv.ParseFloat: parsing "SECRET": invalid syntax', "parsing a value: invalid syntax"),
        ("net.cidr_contains: invalid CIDR address: SECRET", "net.cidr_contains: invalid CIDR address"),
        ('semver.compare: operand 1: string "SECRET" is not a valid SemVer', "string a value is not a valid SemVer"),
        ('semver.compare: "SECR\\"ET', "semver.compare: a value"),
        ("rule data.a.b produced conflicting values:\n  SECRET at a:1", "rule data.a.b produced conflicting values"),
        ("function produced multiple outputs SECRET", "function produced multiple outputs"),
        (
            "functions must not produce multiple outputs for same inputs",
            "functions must not produce multiple outputs for same inputs",
        ),
        ("error parsing regexp: missing closing ): `SECRET`", "error parsing regexp: missing closing ): a value"),
        ("json: x, found value: SECRET", "json: x"),
        ("\n\n  could not deserialize json.\n\nCaused by: SECRET", "could not deserialize json"),
        ("", "no reason given"),
    ],
)
def test_messages_hold_no_values(message: str, kept: str) -> None:
    said = without_values(message)
    assert kept in said
    assert "SECR" not in said
    assert "\n" not in said
