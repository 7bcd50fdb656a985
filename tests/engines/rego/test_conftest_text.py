"""Modules written for conftest, made fit for both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scanner.engines.rego import RegoEngine
from scanner.engines.rego.conftest_text import fit, reads


def fitted(body: str) -> str:
    return fit({"m.rego": f"package main\n{body}"})["m.rego"].removeprefix("package main\n")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("import rego.v1\nimport data.main.x\n", "\nimport data.main.x\n"),
        ("import future.keywords.if # why\n", " # why\n"),
        ('x := sprintf("%d%% of %s %q %t", [])', r'x := sprintf("%v%% of %v \"%v\" %v", [])'),
        ("x := sprintf(`%q`, [1])", 'x := sprintf(`"%v"`, [1])'),
        ('x := "sprintf(\\"%d\\")" # sprintf("%d")', 'x := "sprintf(\\"%d\\")" # sprintf("%d")'),
        ('a if {\n\tprint("a",\n\t\tinput.b)\n\tinput.c\n}', "a if {\n\ttrue\n\n\tinput.c\n}"),
        ("n := 1\n\na contains n if some n in input.n.n", "n := 1\n\na contains n__ if some n__ in input.n.n"),
        (
            "n := 1\n\na if {\n\tsome b, n\n\tb.n == n\n}\n\nc := n",
            "n := 1\n\na if {\n\tsome b, n__\n\tb.n == n__\n}\n\nc := n",
        ),
    ],
)
def test_what_is_changed(written: str, read: str) -> None:
    assert fitted(written) == read


@pytest.mark.parametrize("backend_name", ["embedded", "server"])
@pytest.mark.parametrize(
    "body",
    [
        "some name in input.names",
        'some name\n\tinput.owners[name] == "x"',
        'some name, v in input.owners\n\tv == "x"',
    ],
)
def test_a_declared_variable_hides_a_rule(start: Callable[..., RegoEngine], backend_name: str, body: str) -> None:
    text = f"package main\n\nname := input.metadata.name\n\ndeny contains name if {{\n\t{body}\n}}\n"
    backend = start(backend_name, fit({"m.rego": text})).backend
    backend.set_input('{"names": ["a"], "owners": {"a": "x"}, "metadata": {"name": "q"}}')
    assert backend.evaluate("main", "deny") == ["a"]


def test_a_package_of_many_files_that_need_each_other(start: Callable[..., RegoEngine], opa_server: str) -> None:
    modules = {
        "a.rego": 'package main\n\nimport data.lib as l\n\ndeny contains "a" if g(input.x)\n\nf(x) if l.h(x)\n',
        "b.rego": 'package main\n\nimport data.lib\n\ng(x) if f(x)\n\ndeny contains "b" if lib.h(input.x)\n',
        "l.rego": "package lib\n\nh(x) if x == 1\n",
    }
    for name in ("embedded", "server"):
        backend = start(name, modules).backend
        backend.set_input('{"x": 1}')
        assert sorted(backend.evaluate("main", "deny")) == ["a", "b"]


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ("a if input.kind == input.spec.x", {"kind", "spec"}),
        ('a if input["metadata"].x', {"metadata"}),
        ("import input as doc\na if doc.kind", {"kind"}),
        ("import input.spec\na if spec.x", {"spec"}),
        ("a if input[_].x", None),
        ("a if walk(input, [p, v])", None),
        ("a if data.lib.b", {"far"}),
        ("a if x.input", None),
    ],
)
def test_what_a_package_reads(body: str, keys: set[str] | None) -> None:
    modules = {"m.rego": f"package main\n{body}\n", "l.rego": "package lib\nb if input.far\n"}
    assert reads(modules)["main"] == (None if keys is None else frozenset(keys))
