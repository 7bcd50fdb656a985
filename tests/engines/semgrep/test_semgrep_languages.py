from __future__ import annotations

import pytest

from scanner.catalog import load
from scanner.engines.semgrep.languages import EMBEDDED, OURS, analysed_with, analyzer, analyzers, canonical, ending_for
from scanner.errors import RuleError


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("a/b.py", "python"),
        ("a.pyi", "python"),
        ("a.js", "javascript"),
        ("a.jsx", "javascript"),
        ("a.mjs", "javascript"),
        ("a.cjs", "javascript"),
        ("a.ts", "typescript"),
        ("a.d.ts", "typescript"),
        ("a.tsx", "typescript"),
        ("a.mts", "typescript"),
        ("a.cts", "typescript"),
        ("A.java", "java"),
        ("a.go", "go"),
        ("a.h", "c"),
        ("a.C", "cpp"),
        ("a.vue", "vue"),
        ("a.svelte", "svelte"),
        ("Dockerfile", "dockerfile"),
        ("build/Dockerfile.prod", "dockerfile"),
        ("api.Dockerfile", "dockerfile"),
        ("Containerfile", "dockerfile"),
        ("main.tf", "terraform"),
        ("cart.html", "page"),
        ("cart.html.erb", "page"),
        ("Cart.cshtml", "page"),
        ("V1__cards.sql", "sql"),
        ("schema.prisma", "prisma"),
        ("README.md", None),
        ("py", None),
        (".py/x", None),
        ("", None),
    ],
)
def test_by_name(path: str, language: str | None) -> None:
    assert analyzer(path) == language


@pytest.mark.parametrize(
    ("head", "language"),
    [
        (b"#!/usr/bin/python3.11 -u\n", "python"),
        (b"#!/usr/bin/env python\r\n", "python"),
        (b"#! /usr/bin/env -S NODE_ENV=x node --flag\n", "javascript"),
        (b"#!/bin/sh", "bash"),
        (b"#!/usr/bin/env ts-node\n", "typescript"),
        (b"#!/usr/bin/env perl\n", None),
        (b"#!/usr/bin/env", None),
        (b"#!\n", None),
        (b"# python\n", None),
        (b"", None),
    ],
)
def test_by_first_line(head: bytes, language: str | None) -> None:
    assert analyzer("bin/tool", head) == language


def test_an_ending_wins_over_the_first_line() -> None:
    assert analyzer("a.js", b"#!/usr/bin/env python\n") == "javascript"
    assert analyzer("notes.txt", b"#!/usr/bin/env python\n") is None


def test_one_file_may_be_analysed_as_several_languages() -> None:
    assert analyzers("a.h") == ("c", "cpp")
    assert analyzers("a.py") == ("python", "python2", "python3")


def test_all_that_may_be_said_about_a_file() -> None:
    assert analysed_with("java") == {"java", "regex", "generic"}
    assert analysed_with("vue") == {"javascript", "typescript", "page", "regex", "generic"}
    assert analysed_with("page") >= {"page", "html", "regex", "generic"}
    assert analysed_with("sql") == {"sql", "regex", "generic"}
    assert analysed_with(None) == {"regex", "generic"}
    assert {"python", "python3"} < analysed_with("python")


@pytest.mark.parametrize("name", ["js", "JS", "javascript"])
def test_names_in_rules(name: str) -> None:
    assert canonical(name, "p.javascript") == "javascript"


@pytest.mark.parametrize("name", ["klingon", "vue", ""])
def test_a_language_semgrep_lacks_is_named_with_its_rule(name: str) -> None:
    with pytest.raises(RuleError, match=r"p\.x"):
        canonical(name, "p.x")


def test_endings_the_command_needs() -> None:
    assert ending_for("a.tsx", "typescript") == ""
    assert ending_for("a.mts", "typescript") == ".ts"
    assert ending_for("bin/tool", "python") == ".py"
    assert ending_for("a.vue", "javascript") == ".js"
    assert ending_for("Dockerfile.prod", "dockerfile") == ".dockerfile"
    assert ending_for("any.thing", "regex") == ""
    assert ending_for("cart.vue", "page") == ""


def test_the_languages_of_our_own_rules() -> None:
    spoken = {language for rule in load([]).of_engine("semgrep") for language in rule.languages}
    assert {canonical(language, "one") for language in spoken} == OURS - {*EMBEDDED}
