"""The list of seed defects is whole; what it names is there: mutants, tests, and the lines that its edits take out."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
MUTANTS = ROOT / "rules" / "mutants"
PORTS = ROOT / "tests" / "corpus" / "ports"
DEFECTS: dict[str, dict[str, Any]] = yaml.safe_load((MUTANTS / "defects.yaml").read_text(encoding="utf-8"))
RUNTIME = {name: defect for name, defect in DEFECTS.items() if "runtime" in defect}


def mutants() -> set[str]:
    """By hand `<policy>.<name>`, operators by their names, and the subjects of the ports by their rules."""
    by_hand = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in MUTANTS.glob("*.yaml")}
    named = {f"{policy}.{each['name']}" for policy, said in by_hand.items() for each in said.get("mutants", ())}
    for file in (MUTANTS / "operators").glob("*.yaml"):
        named |= {each["name"] for each in yaml.safe_load(file.read_text(encoding="utf-8"))}
    for file in PORTS.glob("*/subjects.yaml"):
        named |= set(yaml.safe_load(file.read_text(encoding="utf-8")))
    return named


def functions_of(path: str) -> set[str]:
    """Names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_each_is_there_once_and_is_one_or_the_other_or_both() -> None:
    assert list(DEFECTS) == [f"D{number:02}" for number in range(1, 71)]
    static, running = {"mutants"}, {"runtime", "edits"}
    assert {frozenset(defect) - {"what"} for defect in DEFECTS.values()} <= {
        *map(frozenset, (static, running, static | running))
    }


def test_every_mutant_that_is_named_is_there() -> None:
    known = mutants()
    assert [name for defect in DEFECTS.values() for name in defect.get("mutants", ()) if name not in known] == []


def test_what_a_mutant_says_it_puts_back_names_the_mutant() -> None:
    for file in sorted(MUTANTS.glob("*.yaml")):
        for each in yaml.safe_load(file.read_text(encoding="utf-8")).get("mutants", ()):
            assert "defect" not in each or each["defect"] in DEFECTS, each["name"]


@pytest.mark.parametrize("name", RUNTIME)
def test_every_test_that_is_named_is_there(name: str) -> None:
    for test in RUNTIME[name]["runtime"]:
        path, _, function = test.partition("::")
        assert function.partition("[")[0] in functions_of(path)


@pytest.mark.parametrize("name", RUNTIME)
def test_every_edit_fits_its_file(name: str) -> None:
    for edit in RUNTIME[name]["edits"]:
        lines = [line.strip() for line in (ROOT / edit["file"]).read_text(encoding="utf-8").splitlines()]
        wanted = [line.strip() for line in edit["line"].splitlines()]
        assert sum(lines[at : at + len(wanted)] == wanted for at in range(len(lines))) == 1, edit["line"]
        assert [line.strip() for line in edit["wrong"].splitlines()] != wanted
