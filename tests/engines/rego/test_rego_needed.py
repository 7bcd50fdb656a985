"""Libraries that rules need, and that what is loaded without a look may be."""

from __future__ import annotations

from scanner.catalog import load
from scanner.engines.rego import builtins
from scanner.engines.rego.needed import needed

LIBRARIES = {
    "lib/a.rego": "package paylint.a\n\nimport data.paylint.b\n\nx := b.y\n",
    "lib/b.rego": "package paylint.b\n\ny := 1\n",
    "lib/c.rego": "package paylint.c\n\nz := 1\n",
}


def test_libraries_of_libraries_are_needed_and_others_are_not() -> None:
    assert set(needed(["package p\n\nimport data.paylint.a\n"], LIBRARIES)) == {"lib/a.rego", "lib/b.rego"}
    assert set(needed(["package p\n\nx := data.paylint.c.z\n"], LIBRARIES)) == {"lib/c.rego"}
    assert needed(["package p\n"], LIBRARIES) == {}


def test_a_library_of_another_name_is_always_there() -> None:
    assert set(needed(["package p"], {"lib/d.rego": "package helpers\n"})) == {"lib/d.rego"}


def test_our_own_rules_use_only_what_both_engines_have() -> None:
    catalog = load([])
    rules = {rule.source: rule.body for rule in catalog.of_engine("rego")}
    assert len(rules) > 200
    builtins.check({**catalog.libraries, **rules})
