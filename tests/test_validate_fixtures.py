"""The wrong line of a failing fixture is tried in the passing one beside it, and only where it says something there."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from scanner.catalog import Catalog, load
from scanner.errors import RuleError
from scanner.validation.lay_out import fixtures, lay_out, neutral
from scanner.validation.mutant import Mutant, Texts
from scanner.validation.transplants import transplants

RULE = """\
# METADATA
# title: A door is open
# custom: {confidence: high, applies_to: {terraform: [shop_door]}, reads: [[open]]}
package paylint.rules.door_open.terraform

applies contains r.id if r := input.terraform.shop_door[_]

deny contains {"subject": r.id, "path": ["open"], "msg": "open"} if {
	r := input.terraform.shop_door[_]
	r.config.open == true
}
"""
HEADER = {
    "id": "door_open",
    "title": "A door is open",
    "rationale": "Whoever passes by walks in, and takes what lies there.",
    "remediation": "Close the door, and put a lock on it that closes by itself.",
    "severity": "medium",
    "controls": {},
    "cwe": [],
    "aliases": [],
}
FAIL = """\
resource "shop_door" "back" {
  open = true # expect
  side = { latch = "none", name = "back" } # expect
}
resource "shop_door" "said_elsewhere" {
  open = var.open # expect
}
resource "shop_window" "front" {
  open = "wide" # expect
}
"""
PASS = """\
resource "shop_door" "back" {
  open = false
  side = { latch = "steel", name = "back" }
  text = <<EOT
  open = false
EOT
}
resource "shop_door" "painted" {
  hinge {
    open = false
  }
  side = { lock = "steel" }
}
resource "shop_gate" "yard" {
  open = false
}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "team"
    (folder / "policies").mkdir(parents=True)
    (folder / "mutants").mkdir()
    (folder / "policies" / "door_open.yaml").write_text(yaml.safe_dump(HEADER))
    place = folder / "rego" / "door_open"
    place.mkdir(parents=True)
    (place / "terraform.rego").write_text(RULE)
    (place / "terraform.fail.tf").write_text(FAIL)
    (place / "terraform.pass.tf").write_text(PASS)
    return folder


def made(rules: Path, catalog: Catalog | None = None) -> list[Mutant]:
    return list(transplants(rules, rules.parent, catalog or load([rules]), Texts(rules.parent)))


def test_a_wrong_value_takes_the_place_of_the_same_setting_alone(rules: Path) -> None:
    found = [one for one in made(rules) if one.policy == "door_open"]
    file = "team/rego/door_open/terraform.pass.tf"
    assert [(one.name, one.edit.given) for one in found] == [
        (f"wrong_value:{file}:2", ("  open = true",)),
        (f"wrong_value:{file}:3", ('  side = { latch = "none", name = "back" }',)),
    ]
    assert {(one.rule, one.generated) for one in found} == {("door_open.terraform", True)}


def test_a_value_that_is_wrong_elsewhere_is_excused_and_tells_nothing(rules: Path) -> None:
    passing = rules / "rego" / "door_open" / "terraform.pass.tf"
    passing.write_text(PASS.replace("open = false", "open =  true", 1))
    assert [one.edit.at for one in made(rules) if one.policy == "door_open"] == [3]


def test_what_was_reviewed_is_left_out_or_has_its_reason(rules: Path) -> None:
    file = "team/rego/door_open/terraform.pass.tf"
    reviewed = {
        "also": {"door_open": ["weak_hash"]},
        "never": [{"file": file, "line": "open = false", "reason": "The house behind it is gone."}],
        "survivors": [
            {"file": file, "line": 'side = { latch = "steel", name = "back" }', "reason": "Latches are not looked at."}
        ],
    }
    (rules / "mutants" / "fixtures.yaml").write_text(yaml.safe_dump(reviewed))
    (left,) = [one for one in made(rules) if one.policy == "door_open"]
    assert (left.survives, left.also) == ("Latches are not looked at.", {"weak_hash"})


def test_a_review_of_what_nobody_makes_is_refused(rules: Path) -> None:
    stale = {"never": [{"file": "team/a.tf", "line": "open = false", "reason": "The house behind it is gone."}]}
    (rules / "mutants" / "fixtures.yaml").write_text(yaml.safe_dump(stale))
    with pytest.raises(RuleError, match=r"mutants/fixtures.yaml: never: team/a.tf: 'open = false': no match"):
        made(rules)
    (rules / "mutants" / "fixtures.yaml").write_text("ever: []\n")
    with pytest.raises(RuleError, match=r"mutants/fixtures.yaml: the file: .*'ever' was unexpected"):
        made(rules)


def test_a_fixture_lies_by_itself_under_a_name_that_tells_nothing(rules: Path, tmp_path: Path) -> None:
    assert neutral("team/rego/door_open/terraform.pass.tf") == "door_open/terraform/fixture.tf"
    assert neutral("rules/rego/door_open/compose.pass.2/a/compose.yml") == "door_open/compose/a/compose.yml"
    folder = rules / "rego" / "door_open" / "compose.pass"
    (folder / "a").mkdir(parents=True)
    for name in ("a/compose.yml", ".env"):
        (folder / name).write_text("door: {{pan:visa}}\n")
    file = "team/rego/door_open/compose.pass/.env"
    together = fixtures([file, "team/rego/door_open/terraform.pass.tf"], rules.parent)
    assert together == {file: {file, "team/rego/door_open/compose.pass/a/compose.yml"}}
    mutant = next(one for one in made(rules) if one.policy == "door_open")
    (laid,) = lay_out([mutant], Texts(rules.parent), together, tmp_path / "work")
    lines = (tmp_path / "work" / laid.folder / laid.file).read_text().split("\n")
    assert lines[1] == "  open = true"
