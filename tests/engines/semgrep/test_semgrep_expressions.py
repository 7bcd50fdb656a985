"""Expressions matched here must match as in the core, and their texts exactly where they do."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.engines.semgrep import Tools
from scanner.engines.semgrep.expressions import Expressions
from scanner.engines.semgrep.prose import Prose

CODE = """\
import logging

def charge(card, pan, company):
    # the pan is "masked" below
    log.info("pan %s", pan)
    company.pan = pan.strip()
    other = card["pan"]
    größe = "Größe ⅷ K pan"
    return {"pan": card.pan, "panel": company.panel, "x": {"pan": pan}}
"""
WRITTEN = [
    r"pan",
    r"\bpan\b",
    r"^\s*\w+",
    r"\w+$",
    r"(?i)k",
    r"(?<!\.)\bpan(?!\w)",
    r"card(?:\.|\[\")pan",
    r"(?s)\A(?=.*?pan).*\z",
    r"\{(?:[^{}]++|(?<braces>\{(?:[^{}]++|(?&braces))*+\}))*+\}",
    r"Gr..e .",
    r"x*",
    r"never there",
]


def by_the_core(pattern: str, folder: Path) -> list[tuple[int, int]]:
    core = Tools.find().core
    if core is None:
        pytest.skip("semgrep-core is not installed")
    file, rules, targets = folder / "code.py", folder / "rules.json", folder / "targets.json"
    file.write_text(CODE, "utf-8")
    body = {"id": "x", "languages": ["python"], "message": "m", "severity": "ERROR", "pattern-regex": pattern}
    rules.write_text(json.dumps({"rules": [body]}))
    where = {"fpath": str(file), "ppath": "/code.py"}
    targets.write_text(
        json.dumps(["Targets", [["CodeTarget", {"path": where, "analyzer": "python", "products": ["sast"]}]]])
    )
    command = [core, "-json_nodots", "-rules", rules, "-targets", targets, "-j", "1"]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return sorted((match["start"]["offset"], match["end"]["offset"]) for match in answer["results"])


@pytest.mark.parametrize("pattern", WRITTEN)
def test_an_expression_matches_as_in_the_core(pattern: str, tmp_path: Path) -> None:
    assert sorted(Expressions(str).found(pattern, "code.py", CODE.encode()) or ()) == by_the_core(pattern, tmp_path)


@pytest.mark.parametrize("pattern", [pattern for pattern in WRITTEN if pattern not in ("x*", r"^\s*\w+")])
def test_its_text_matches_where_it_does(pattern: str, tmp_path: Path) -> None:
    literal = Expressions(str).literal(pattern, {"code.py": CODE.encode()})
    assert literal is not None
    assert by_the_core(literal, tmp_path) == by_the_core(pattern, tmp_path)


@given(st.lists(st.text("ab.( \né", max_size=12), min_size=1, max_size=3), st.sampled_from(["a", "ab|a", r"\ba.", "é"]))
def test_a_text_for_several_files_matches_in_each_as_the_expression(texts: list[str], pattern: str) -> None:
    files = {str(number): text.encode() for number, text in enumerate(texts)}
    expressions = Expressions(str)
    literal = expressions.literal(pattern, files)
    if literal is None:  # texts that surroundings do not tell apart
        return
    for file, text in files.items():
        assert expressions.found(literal, file, text) == expressions.found(pattern, file, text)


def test_what_cannot_be_told_is_left_to_the_core() -> None:
    expressions = Expressions(str)
    assert expressions.found("(", "a", b"a") is None
    assert expressions.literal("(", {"a": b"a"}) is None
    assert expressions.found("(a+)+$", "b", b"a" * 40_000 + b"b") in (None, ())
    assert expressions.literal("x*", {"a": b"axa"}) is None


def test_nothing_found_is_a_text_that_is_nowhere() -> None:
    literal = Expressions(str).literal("x", {"a": b"abc"})
    assert literal is not None
    assert not re.search(literal, "abc x")


@pytest.mark.parametrize(
    ("code", "word", "prose"),
    [
        ("x = 1  # the pan", "pan", True),
        ('x = "the pan"', "pan", True),
        ('x = "pan"', '"pan"', False),
        ('"""A pan\nand more"""', "pan", True),
        ("x = r'''pan'''", "pan", True),
        ('x = f"{pan}"', "pan", False),
        ('x = rf"""{pan}"""', "pan", False),
        ("x = pan  # of it", "pan", False),
        ("""x = "it's" + pan""", "pan", False),
        ('x = "#" + pan', "pan", False),
        ('x = f"{d["a"]}" + pan + "b"', "pan", False),
        ('x = f"{", ".join(pan)}"', "pan", False),
        ('x = "a\\"" + pan + "b"', "pan", False),
        ('x = "unfinished\ny = pan + "b"', "pan", False),
    ],
)
def test_text_is_told_from_code(code: str, word: str, prose: bool) -> None:
    start = code.encode().index(word.encode())
    assert Prose(code.encode()).holds(start, start + len(word)) is prose
