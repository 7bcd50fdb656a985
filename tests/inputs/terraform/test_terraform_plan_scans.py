"""Scans of projects with a plan: what is reported where."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.config import Config, load_file, parse
from scanner.errors import ConfigError
from scanner.model import ScanResult
from scanner.run import run
from tests.inputs.terraform.plans import Planned, constant, reference


def _written(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def _scan(folder: Path, files: dict[str, str]) -> ScanResult:
    return run(Config(root=_written(folder, files), paths=(folder,), engines=("rego",), cache=False))


RULE = """
variable "range" {
  default = "0.0.0.0/0"
}
variable "ports" {}
resource "aws_security_group_rule" "in" {
  for_each    = toset(var.ports)
  type        = "ingress"
  from_port   = each.value
  to_port     = each.value
  cidr_blocks = [var.range]
}
"""


def _rules(cidr: str) -> Planned:
    plan = Planned(range=cidr, ports=["22", "3389"])
    for port in (22, 3389):
        plan.add(
            f'aws_security_group_rule.in["{port}"]',
            {"type": "ingress", "from_port": port, "to_port": port, "cidr_blocks": [cidr], "self": False},
            {"type": constant("ingress"), "from_port": reference("each.key"), "to_port": reference("each.key")}
            | {"cidr_blocks": reference("var.range")},
            block={"for_each_expression": reference("var.ports")},
        )
    return plan


def test_a_finding_of_plan_and_code_is_reported_once(tmp_path: Path) -> None:
    result = _scan(tmp_path, {"main.tf": RULE, "plan.json": _rules("0.0.0.0/0").text()})
    assert [(item.rule, item.place.path, item.place.span.line) for item in result.findings] == [
        ("open_ingress.terraform_aws", "main.tf", 11)
    ]
    assert len([check for check in result.checks if check.rule == "open_ingress.terraform_aws"]) == 2


def test_a_finding_that_the_plan_disproves_is_gone(tmp_path: Path) -> None:
    result = _scan(tmp_path, {"main.tf": RULE, "plan.json": _rules("10.0.0.0/8").text()})
    assert not result.findings
    assert [check.status.value for check in result.checks if check.rule == "open_ingress.terraform_aws"] == ["pass"] * 2


def test_an_inline_ignore_in_the_code_covers_what_the_plan_shows(tmp_path: Path) -> None:
    code = RULE.replace("[var.range]", "[var.range] # paylint: ignore[open_ingress] a bastion, reviewed")
    result = _scan(tmp_path, {"main.tf": code, "plan.json": _rules("0.0.0.0/0").text()})
    assert [item.suppressed is not None for item in result.findings] == [True]


def test_of_a_plan_on_one_line_no_more_is_shown_than_the_place(tmp_path: Path) -> None:
    plan = _rules("0.0.0.0/0")
    plan.variables["password"] = "correct horse"
    result = _scan(tmp_path, {"plan.json": plan.text()})
    assert {item.snippet for item in result.findings} == {'"0.0.0.0/0"'}
    assert "horse" not in str(result)


LIKE = {f"{name}/main.tf": RULE for name in ("live", "trial")}


@pytest.mark.parametrize("root", ["live", "trial"])
def test_the_settings_may_say_which_root_module_a_plan_is_of(tmp_path: Path, root: str) -> None:
    files = {**LIKE, "out.json": _rules("10.0.0.0/8").text(), "paylint.yaml": f"plans: {{./out.json: {root}/}}\n"}
    content, source = load_file(_written(tmp_path, files), None)
    result = run(Config(tmp_path, (tmp_path,), engines=("rego",), cache=False, **parse(content, source)))  # type: ignore[arg-type]
    passed = {check.subject.split(":")[1] for check in result.checks if check.status.value == "pass"}
    assert root in passed and not result.errors
    assert {"live", "trial"} - passed == {"live", "trial"} - {root}
    assert {item.place.path for item in result.findings if item.policy == "open_ingress"} <= {
        "live/main.tf",
        "trial/main.tf",
    }


def test_a_plan_given_to_a_directory_without_code_is_an_error(tmp_path: Path) -> None:
    _written(tmp_path, {**LIKE, "out.json": _rules("10.0.0.0/8").text()})
    result = run(Config(tmp_path, (tmp_path,), engines=("rego",), cache=False, plans={"out.json": "gone"}))
    assert [(error.path, error.message) for error in result.errors] == [
        ("out.json", "the settings say that this plan is of gone, where no Terraform code is")
    ]
    assert result.exit_code == 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("plans: [a.json]", "expected a mapping of plans"),
        ("plans: {a.json: 1}", "expected a mapping of plans"),
        ("plans: {a.json: ../live}", "'../live' must be a path below"),
        ("plans: {/a.json: live}", "'/a.json' must be a path below"),
    ],
)
def test_settings_for_plans_are_checked(tmp_path: Path, text: str, why: str) -> None:
    content, source = load_file(_written(tmp_path, {"paylint.yaml": text}), None)
    with pytest.raises(ConfigError, match=why):
        parse(content, source)
