"""The embedded engine: what it refuses to load, threads, depth."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from rego_samples import rule, subject, unit

from scanner.engines.rego import RegoEngine
from scanner.engines.rego.backend import without_values
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
