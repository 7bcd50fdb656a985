"""Reading Rego's tokens: packages, references, and the two rewritings for OPA."""

from __future__ import annotations

import pytest

from scanner.engines.rego import tokens


def test_package() -> None:
    assert tokens.package_of("# package x\n\n  package  a.b_c.d\n\nx := 1") == "a.b_c.d"
    assert tokens.package_of("package\n a # b") == "a"
    assert tokens.package_of("x := 1\npackage a") == ""


def test_references() -> None:
    text = 'package a\nimport data.paylint.lib # data.no\nx := data.settings["y"] + input.data.no + `data.no`\n'
    text += "y := r[0].data.no"
    assert tokens.references(text) == {"paylint.lib", "settings"}
    assert tokens.references("package a\nx := data[y]") == {""}
    assert tokens.references('package a\nx := data["b c"].d') == {"b c"}


def test_rehomed_keeps_lines_and_what_is_no_reference() -> None:
    text = """# package a.data
package # data
  a.b
import data.lib
x := data.s["data"] == r[0].data.z # data
y := data
"""
    moved = """# package a.data
package # data
  R.a.b
import data.R.lib
x := data.R.s["data"] == r[0].data.z # data
y := data.R
"""
    assert tokens.rehomed(text, "R") == moved


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("x if not a", "x if [true | a] == []"),
        ("x if { not f(a, [b]) ; c }", "x if { [true | f(a, [b])] == [] ; c }"),
        ("x := 1 if not y else := 3", "x := 1 if [true | y] == [] else := 3"),
        ("x if {\n\tnot a # not b\n\tc\n}", "x if {\n\t[true | a] == [] # not b\n\tc\n}"),
        ("x if {\n\tnot a ==\n\t\t2\n\tc\n}", "x if {\n\t[true | a ==\n\t\t2] == []\n\tc\n}"),
        ("x if {\n\tnot a # c\n\t\t== 2\n\tc\n}", "x if {\n\t[true | a # c\n\t\t== 2] == []\n\tc\n}"),
        ("x if {\n\tnot a\n\t\tin b\n\tc\n}", "x if {\n\t[true | a\n\t\tin b] == []\n\tc\n}"),
        ("x if {\n\tnot a\n\tinside\n}", "x if {\n\t[true | a] == []\n\tinside\n}"),
        ("x if {\n\tnot f(\n\t\ta,\n\t)\n\tc\n}", "x if {\n\t[true | f(\n\t\ta,\n\t)] == []\n\tc\n}"),
        ('[y | not z["not ;]"]]', '[y | [true | z["not ;]"]] == []]'),
        ("x if not count([1 | not y]) > 0\nz", "x if [true | count([1 | [true | y] == []]) > 0] == []\nz"),
        (
            "x if {\n\tnot a with input as {\n\t\t1}\n\tc\n}",
            "x if {\n\t[true | a with input as {\n\t\t1}] == []\n\tc\n}",
        ),
        ("x if { not\na }", "x if { [true |\na] == [] }"),
        ('nothing := a.not.b\n# not c\ny := "not d"', 'nothing := a.not.b\n# not c\ny := "not d"'),
    ],
)
def test_closed_negations(text: str, closed: str) -> None:
    assert tokens.closed_negations(text) == closed


def test_arguments() -> None:
    text = 'f(a, [b, c], {"d": ","}, g(h, i)) + 1'
    assert tokens.arguments(text, 1) == (4, text.index(" + 1"))
    assert tokens.arguments("f(a, b,\n) + 1", 1) == (2, 9)
