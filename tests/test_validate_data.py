"""Data of mutants that cannot be used is refused, by file and entry."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from scanner.catalog import Catalog, load
from scanner.errors import RuleError
from scanner.validation.defects import defects
from scanner.validation.mutants import mutants
from tests import team_rules
from tests.team_rules import MUTANTS, OPERATORS, put


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return team_rules.write(tmp_path_factory.mktemp("team"))


@pytest.fixture(scope="module")
def catalog(rules: Path) -> Catalog:
    return load([rules])


def entry(**changes: Any) -> Any:
    """The first mutant by hand, changed; None takes a key away."""
    data = copy.deepcopy(MUTANTS["loud_call"])
    given = {**data["mutants"][0], **changes}  # type: ignore[index, dict-item]
    return {"loud_call": {"mutants": [{key: value for key, value in given.items() if value is not None}]}}


def operator(**changes: Any) -> Any:
    return [{**copy.deepcopy(OPERATORS[0]), **changes}]


def test_all_of_them_are_read_in_order(rules: Path, catalog: Catalog) -> None:
    put(rules, MUTANTS, OPERATORS)
    found = mutants(rules, rules.parent, catalog)
    assert [item.name for item in found] == [
        "loud_call.gone",
        "shake:shop/pay.py:17",
        "shake:shop/pay.py:7",
        "shaky_call.and_loud",
        "shaky_call.shaken",
        "store_open.keeper_gone",
        "store_open.unsealed",
    ]
    assert {item.name: item.generated for item in found}["shake:shop/pay.py:7"]
    assert {item.policy for item in found if "loud_call" in item.also} == {"shaky_call"}
    assert {item.name: item.edit.given for item in found}["shake:shop/pay.py:17"] == ("    shaky(limit)",)


@pytest.mark.parametrize(
    ("by_hand", "by_operator", "said"),
    [
        (entry(wronk="x"), None, r"mutants/loud_call.yaml: mutants.gone: .*'wronk' was unexpected"),
        (entry(wrong=None), None, r"loud_call.yaml: mutants.gone: 'wrong' is a required property"),
        (entry(name="Gone!"), None, r"loud_call.yaml: mutants.Gone!.name: "),
        (entry(line="nowhere()"), None, r"loud_call.yaml: loud_call.gone: shop/pay.py: 'nowhere\(\)': stands nowhere"),
        (entry(line="return value\n\n\nquiet(value)\n"), None, r"stands nowhere"),
        (entry(wrong="calm(value)"), None, r"loud_call.gone: .*the edit changes nothing"),
        (entry(file="shop/none.py"), None, r"loud_call.gone: .*there is no file shop/none.py"),
        (entry(file="../other.py"), None, r"mutants.gone.file: "),
        (entry(also=["no_such"]), None, r"loud_call.gone: also: there is no policy 'no_such'"),
        (entry(survives="no"), None, r"mutants.gone.survives: "),
        (entry(defect="63"), None, r"mutants.gone.defect: "),
        ({"loud_calls": {"mutants": []}}, None, r"mutants/loud_calls.yaml: the file's name: there is no policy"),
        ({"loud_call": {"also": ["store_opened"]}}, None, r"also: there is no policy 'store_opened'"),
        (
            {"loud_call": {"mutants": entry()["loud_call"]["mutants"] * 2}},
            None,
            r"two mutants are called loud_call.gone",
        ),
        ({}, operator(pattern="("), r"operators/python.yaml: shake: '\(' is no regular expression"),
        ({}, operator(pattern="steadier"), r"python.yaml: shake: its pattern matches no line"),
        ({}, operator(files=["shop/*.go"]), r"python.yaml: shake: files: shop/\*.go: there is no such file"),
        ({}, operator(wrong=r"shaky(\2)"), r"python.yaml: shake: shop/pay.py:7: wrong: "),
        ({}, operator(wrong=r"steady(\1)"), r"python.yaml: shake: shop/pay.py:7: the edit changes nothing"),
        ({}, operator(policy="quake"), r"python.yaml: shake: there is no policy 'quake'"),
        ({}, operator(rate=1), r"python.yaml: shake: .*'rate' was unexpected"),
        (
            {},
            operator(never=[{"file": "shop/pay.py", "line": "calm(value)", "reason": "It is calm enough."}]),
            r"python.yaml: shake: never: shop/pay.py: 'calm\(value\)': no match stands on such a line",
        ),
        (
            {},
            operator(survivors=[{"file": "shop/pay.go", "line": "steady(value)", "reason": "It is calm enough."}]),
            r"python.yaml: shake: survivors: shop/pay.go: ",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(
    rules: Path, catalog: Catalog, by_hand: object, by_operator: object, said: str
) -> None:
    put(rules, by_hand, by_operator)
    with pytest.raises(RuleError, match=said):
        mutants(rules, rules.parent, catalog)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mutants: [", "loud_call.yaml:1: not valid YAML"),
        ("mutants: []\nmutants: []\n", r"loud_call.yaml:1: not valid YAML: 'mutants' stands there twice"),
        ("mutants: []\nmutant: []\n", "loud_call.yaml: the file: .*'mutant' was unexpected"),
        ("- a\n", "loud_call.yaml: the file: .*is not of type 'object'"),
    ],
)
def test_a_file_that_is_no_such_file_is_refused(rules: Path, catalog: Catalog, text: str, said: str) -> None:
    put(rules, {})
    (rules / "mutants" / "loud_call.yaml").write_text(text)
    with pytest.raises(RuleError, match=said):
        mutants(rules, rules.parent, catalog)


def test_a_subject_of_no_rule_is_refused(rules: Path, catalog: Catalog) -> None:
    put(rules, {})
    port = rules.parent / "ports" / "python"
    port.mkdir(parents=True, exist_ok=True)
    (port / "subjects.yaml").write_text("loud_call.pyton: {file: pay.py, line: a(), wrong: b()}\n")
    with pytest.raises(RuleError, match=r"ports/python/subjects.yaml: loud_call.pyton: there is no such rule"):
        mutants(rules, rules.parent, catalog, rules.parent / "ports")


def test_where_nothing_can_be_wrong_no_mutant_is_made(rules: Path, catalog: Catalog) -> None:
    never = [{"file": "shop/pay.py", "line": "steady(limit)", "reason": "A limit may be shaken."}]
    put(rules, {}, operator(never=never))
    assert [item.name for item in mutants(rules, rules.parent, catalog)] == ["shake:shop/pay.py:7"]


def test_an_operator_looks_at_lines_and_files_that_are_meant(rules: Path, catalog: Catalog) -> None:
    put(rules, {}, operator(when="limit"))
    assert [item.name for item in mutants(rules, rules.parent, catalog)] == ["shake:shop/pay.py:17"]
    put(rules, {}, operator(**{"in": "^def refund"}))
    assert len(mutants(rules, rules.parent, catalog)) == 2
    put(rules, {}, operator(**{"in": "^def repay"}))
    with pytest.raises(RuleError, match="matches no line"):
        mutants(rules, rules.parent, catalog)


def test_matches_of_one_line_are_mutants_of_their_own(rules: Path, catalog: Catalog) -> None:
    put(rules, {}, operator(pattern="a|v", wrong="o", when="def pay"))
    names = [item.name for item in mutants(rules, rules.parent, catalog)]
    assert len(names) == len(set(names)) == 3
    assert names[0] == "shake:shop/pay.py:6"


def test_a_seed_defect_names_what_exists(rules: Path) -> None:
    put(rules, {})
    file = rules / "mutants" / "defects.yaml"
    for text, said in (
        ("D01: {what: a test that is not there, runtime: ['tests/test_none.py::test_x']}", "D01: there is no test"),
        (
            "D01: {what: a mutant that is not there, mutants: [loud_call.none]}",
            "D01: there is no mutant loud_call.none",
        ),
        ("D01: {what: noticed by nothing}", "D01: "),
        ("X1: {what: no such list, mutants: [a.b]}", "the file: .*X1"),
    ):
        file.write_text(text)
        with pytest.raises(RuleError, match=said):
            defects(rules, rules.parent, [])
    file.unlink()
    assert defects(rules, rules.parent, []) == ()
