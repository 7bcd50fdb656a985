"""A rule that minds edits that mean nothing is named; what cannot be tried is an error."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.catalog import load
from scanner.errors import IncompleteError, RuleError, UsageError
from scanner.validation.edits.names import Names
from scanner.validation.equivalent import check, compare, told_shares
from scanner.validation.equivalent_copies import copy, keys
from scanner.validation.equivalent_units import Unit, units
from tests.equivalent import MANIFESTS, TERRAFORM, kind

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.of(load([]))


def unit(number: int, name: str, text: str, **more: Any) -> Unit:
    return Unit(f"u{number}", name, {name: text}, frozenset(), **more)


def test_lines_that_were_joined_are_called_the_same(names: Names) -> None:
    made = copy(unit(0, "a.py", "f(\n    1\n)\nx = 2\n"), names, [kind("python", "join")])
    original, of_copy = keys(made)
    assert original(("a.py", 1)) == original(("a.py", 3)) == of_copy(("a.py", 1))
    assert original(("a.py", 4)) == of_copy(("a.py", 2)) != original(("a.py", 1))


WEAK = """\
rules:
  - id: one_line
    languages: [python]
    severity: ERROR
    message: A call on one line.
    pattern-regex: 'transfer\\(amount, "now"\\)'
"""


def test_a_rule_that_minds_the_layout_is_named(tmp_path: Path) -> None:
    """And one that does not, of the bundled ones, holds; the line that is lost is shown."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "weak.yaml").write_text(WEAK, encoding="utf-8")
    rules = [tmp_path / "rules"]
    call = 'requests.get("https://x.example", verify=False)'
    text = f'import requests\n\n\ndef go(amount):\n    transfer(amount, "now")\n    {call}\n'
    measured = compare([unit(0, "pay.py", text)], load(rules), tmp_path / "work", rules)
    result = measured.result
    weak = next(rule for rule in result.rules if "one_line" in rule)
    edits, held = result.rules[weak]
    assert 0 < held < edits
    assert result.held < result.edits
    assert any("pay.py: wrap: " in one and f"{weak} no longer reports line 5" in one for one in result.broken)
    sound = next(rule for rule in result.rules if rule.startswith("tls_verification_disabled.python"))
    assert result.rules[sound][0] == result.rules[sound][1] > 0
    shares = {share.kind: (share.edits, share.held) for share in measured.shares}
    assert shares["wrap"] == (1, 0)
    assert shares["indent"] == (1, 1)
    told = told_shares(measured.shares)
    assert told.startswith("edit")
    assert re.search(r"^wrap +python +0 of 1 +0\.0 %$", told, re.MULTILINE)
    assert re.search(rf"^all +{result.held} of {result.edits} +[0-9.]+ %$", told, re.MULTILINE)


def test_settings_and_manifests_hold(tmp_path: Path) -> None:
    found = [
        unit(0, "main.tf", TERRAFORM),
        unit(1, "a.yaml", MANIFESTS.replace("kind: Service", "apiVersion: v1\nkind: Service")),
    ]
    result = compare(found, load([]), tmp_path).result
    assert result.broken == ()
    assert result.edits == result.held >= 5
    assert result.rules["public_database.terraform_aws"][0] == 5


def test_what_cannot_be_read_as_it_is_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IncompleteError, match=r"broken\.tf: .*nothing can be said"):
        compare([unit(0, "broken.tf", 'resource "a" {')], load([]), tmp_path)


def test_a_folder_without_rules_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder `rules`"):
        check(tmp_path, tmp_path / "work")


def test_a_policy_without_anything_is_an_error() -> None:
    with pytest.raises(UsageError, match="nothing there"):
        units(ROOT, load([]), ["no_such_policy"])


@pytest.mark.parametrize(
    ("listed", "said"),
    [("- a\n", "wants a mapping"), ("r.x: {file: a.py, line: nowhere, wrong: x}\n", "stands nowhere in it")],
)
def test_subjects_that_cannot_be_used_are_an_error(tmp_path: Path, listed: str, said: str) -> None:
    folder = tmp_path / "tests" / "corpus" / "ports" / "python"
    folder.mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    (folder / "a.py").write_text("import x\n", encoding="utf-8")
    (folder / "subjects.yaml").write_text(listed, encoding="utf-8")
    with pytest.raises(RuleError, match=said):
        units(tmp_path, load([]))


def test_wrong_lines_stand_in_a_port_indented_as_what_they_replace(tmp_path: Path) -> None:
    """Those of one line in files of their own, what they bring along at the head."""
    folder = tmp_path / "tests" / "corpus" / "ports" / "python"
    folder.mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    (folder / "a.py").write_text("import x\n\n\ndef f():\n    a()\n    b()\n", encoding="utf-8")
    subjects = {
        "r.one": {"file": "a.py", "line": "a()", "wrong": "c()\nif d:\n    e()", "beside": "import y"},
        "r.two": {"file": "a.py", "line": "b()", "wrong": "g()"},
        "r.three": {"file": "a.py", "line": "b()", "wrong": "h()"},
    }
    (folder / "subjects.yaml").write_text(yaml.safe_dump(subjects, sort_keys=False), encoding="utf-8")
    found = {one.label: (one.files["a.py"], one.rules) for one in units(tmp_path, load([]))}
    body = "\n\n\ndef f():\n    c()\n    if d:\n        e()\n    g()\n"
    assert found["ports/python/a.py (wrong 1)"] == ("import x\nimport y" + body, {"r.one", "r.two"})
    assert found["ports/python/a.py (wrong 2)"][1] == {"r.three"}
    assert found["ports/python/a.py"][1] == {"r.one", "r.two", "r.three"}


def test_several_lines_are_replaced_or_taken_out_and_share_no_file_with_what_overlaps(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "corpus" / "ports" / "stack"
    folder.mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    (folder / "a.yaml").write_text("a:\n  port: 443\n  tls: on\n  log: all\nb:\n  log: none", encoding="utf-8")
    subjects = {
        "r.one": {"file": "a.yaml", "line": "port: 443\ntls: on", "wrong": "port: 80"},
        "r.two": {"file": "a.yaml", "line": "tls: on", "wrong": "tls: off"},
        "r.three": {"file": "a.yaml", "line": "log: all", "wrong": ""},
        "r.four": {"file": "a.yaml", "line": "b:\nlog: none", "wrong": ""},
    }
    (folder / "subjects.yaml").write_text(yaml.safe_dump(subjects, sort_keys=False), encoding="utf-8")
    found = {one.label: (one.files["a.yaml"], one.rules) for one in units(tmp_path, load([]))}
    assert found["ports/stack/a.yaml (wrong 1)"] == ("a:\n  port: 80\n", {"r.one", "r.three", "r.four"})
    assert found["ports/stack/a.yaml (wrong 2)"][0].split("\n")[2] == "  tls: off"
    assert found["ports/stack/a.yaml (wrong 2)"][1] == {"r.two"}


def test_the_corpus_is_fixtures_ports_and_the_reference() -> None:
    found = units(ROOT, load([]))
    labels = [one.label for one in found]
    assert len({one.folder for one in found}) == len(found)
    assert {"reference_impl", "rules/rego/open_ingress/terraform_aws.fail.tf", "ports/go/vault.go"} <= set(labels)
    assert sum("(wrong " in label for label in labels) > 80
    assert not any("{{pan:" in text for one in found for text in one.files.values() if one.label.startswith("rules/"))


def test_a_policy_of_the_corpus_is_tried(tmp_path: Path) -> None:
    result = check(ROOT, tmp_path, ["insecure_random"])
    assert result.edits > 50
    assert result.held / result.edits >= 0.9
    assert result.edits - result.held == len(result.broken)
