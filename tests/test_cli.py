"""The command as its users see it: options, formats, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from tests.command import paylint, scan

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "reports" / "schemas"
LEAK = 'import logging\n\n\ndef pay(card_number):\n    logging.info("paying %s", card_number)\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(LEAK)
    (tmp_path / "main.tf").write_text('resource "aws_cloudwatch_log_group" "a" {\n  retention_in_days = 30\n}\n')
    return tmp_path


def valid(schema: str, value: object) -> None:
    validator = jsonschema_rs.validator_for(json.loads((SCHEMAS / schema).read_text()))
    assert [str(error) for error in validator.iter_errors(value)] == []


def test_json_and_sarif_are_valid_and_agree(project: Path) -> None:
    answer = paylint(
        "scan", "--format", "json", "-o", "sarif:out/../report.sarif", "-o", "text:report.txt", cwd=project
    )
    assert answer.code == 2  # there is no folder out/
    answer = paylint("scan", "--format", "json", "-o", "sarif:report.sarif", "-o", "text:report.txt", cwd=project)
    assert answer.code == 1
    valid("paylint-1.schema.json", answer.json)
    sarif = json.loads((project / "report.sarif").read_text())
    valid("sarif-2.1.0.json", sarif)
    results = sarif["runs"][0]["results"]
    assert [result["partialFingerprints"]["paylint/v1"] for result in results] == [
        item["fingerprint"] for item in answer.json["findings"]
    ]
    assert all("primaryLocationLineHash" in result["partialFingerprints"] for result in results)
    tags = {tag for rule in sarif["runs"][0]["tool"]["driver"]["rules"] for tag in rule["properties"]["tags"]}
    assert {"pci-dss-4.0.1:3.5.1", "pci-dss-4.0.1:10.5.1"} <= tags
    assert "app.py:5" in (project / "report.txt").read_text()


def test_text_teaches(project: Path) -> None:
    answer = paylint("scan", cwd=project)
    assert answer.code == 1
    for part in ("app.py:5", "pan_logged", "why:", "fix:", "PCI DSS v4.0.1 3.5.1", "violations found"):
        assert part in answer.out
    assert "\x1b" not in answer.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 1),
        (["--fail-on", "critical"], 0),
        (["--fail-on", "high"], 1),
        (["--policy", "audit_log_retention"], 1),
        (["--policy", "audit_log_retention", "--fail-on", "high"], 0),
        (["--policy", "!pan_logged", "--policy", "!audit_log_retention"], 0),
        (["--engine", "pan"], 0),
        (["--engine", "rego"], 1),
        (["app.py"], 1),
        (["main.tf", "--fail-on", "high"], 0),
    ],
)
def test_exit_codes(project: Path, arguments: list[str], code: int) -> None:
    answer = scan(project, *arguments)
    assert answer.code == code == answer.json["exit_code"]


def test_flags_win_over_environment_over_settings(project: Path) -> None:
    (project / "paylint.yaml").write_text("fail_on: critical\n")
    assert scan(project).code == 0
    assert scan(project, env={"PAYLINT_FAIL_ON": "high"}).code == 1
    assert scan(project, "--fail-on", "critical", env={"PAYLINT_FAIL_ON": "high"}).code == 0
    (project / "paylint.yaml").unlink()
    (project / "pyproject.toml").write_text('[tool.paylint]\nfail_on = "critical"\n')
    assert scan(project).code == 0


def test_paths_are_relative_to_where_one_stands(project: Path) -> None:
    (project / "sub").mkdir()
    (project / "sub" / "b.py").write_text(LEAK)
    assert scan(project, "sub").found() == [("pan_logged", "sub/b.py", 5)]
    assert scan(project / "sub", project / "sub").found() == [("pan_logged", "b.py", 5)]
    assert {path for _, path, _ in scan(project / "sub", project).found()} == {"app.py", "main.tf", "sub/b.py"}


def test_own_rules(project: Path) -> None:
    rules = project / "rules"
    rules.mkdir()
    (rules / "no-print.yaml").write_text(
        "rules:\n- id: no-print\n  languages: [python]\n  severity: WARNING\n"
        "  message: Use the logger.\n  pattern: print(...)\n"
    )
    (project / "app.py").write_text("print(1)\n")
    (found,) = scan(project, "--rules", rules, "--policy", "no_print").json["findings"]
    assert (found["policy"], found["severity"], found["message"]) == ("no_print", "medium", "Use the logger.")


def test_own_policy_with_a_rego_rule(project: Path) -> None:
    rules = project / "own"
    (rules / "policies").mkdir(parents=True)
    (rules / "rego" / "team_tag").mkdir(parents=True)
    (rules / "policies" / "team_tag.yaml").write_text(
        "id: team_tag\ntitle: Resources name their team\nseverity: low\nrationale: Somebody must be asked when a "
        "log group holds what it should not.\nremediation: Add a tag `team` to the resource.\n"
    )
    (rules / "rego" / "team_tag" / "terraform.rego").write_text(
        "# METADATA\n# title: Log groups name their team\n"
        "# custom: {confidence: high, applies_to: {terraform: [aws_cloudwatch_log_group]}, reads: [[tags]]}\n"
        "package paylint.rules.team_tag.terraform\n\n"
        "applies contains r.id if some r in input.terraform.aws_cloudwatch_log_group\n\n"
        'deny contains {"subject": r.id, "path": ["tags"], "msg": "no team"} if {\n'
        "\tsome r in input.terraform.aws_cloudwatch_log_group\n\tnot r.config.tags.team\n}\n"
    )
    answer = scan(project, "--rules", rules, "--policy", "team_tag")
    assert answer.found() == [("team_tag", "main.tf", 1)]
    (rules / "rego" / "team_tag" / "terraform.rego").write_text("package nonsense\n")
    broken = scan(project, "--rules", rules)
    assert broken.code == 2 and "team_tag/terraform.rego" in broken.err


def test_policies_can_be_read(project: Path) -> None:
    listing = paylint("policies", "list", cwd=project)
    assert listing.code == 0
    assert int(listing.out.strip().splitlines()[-1].split()[0]) >= 26
    assert int(listing.out.strip().splitlines()[-1].split()[2]) >= 90
    sheet = paylint("policies", "show", "verification_code_stored", cwd=project)
    assert "3.3.1.2" in sheet.out and "verification_code_stored.sql" in sheet.out
    unknown = paylint("policies", "show", "verification_code_store", cwd=project)
    assert unknown.code == 2 and "did you mean verification_code_stored" in unknown.err


def test_every_rule_keeps_what_its_fixtures_promise(project: Path) -> None:
    answer = paylint("rules", "test", cwd=ROOT, timeout=600)
    assert answer.code == 0, answer.out


def test_a_rule_whose_fixture_disagrees_fails_the_test(tmp_path: Path) -> None:
    for folder in ("policies", "semgrep/no_sleep"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "policies" / "no_sleep.yaml").write_text(
        "id: no_sleep\ntitle: Nothing sleeps\nseverity: low\nrationale: It holds a worker that others wait for.\n"
        "remediation: Wait for the event instead.\n"
    )
    (tmp_path / "semgrep/no_sleep/python.yaml").write_text(
        "rules:\n- {id: no_sleep.python, languages: [python], message: sleeps, pattern: time.sleep(...)}\n"
    )
    fixture = tmp_path / "semgrep/no_sleep/python.py"
    fixture.write_text("import time\n# ruleid: no_sleep.python\ntime.sleep(1)\n# ok: no_sleep.python\nwait(1)\n")
    assert paylint("rules", "test", tmp_path, cwd=tmp_path).code == 0
    fixture.write_text("import time\n# ruleid: no_sleep.python\nwait(1)\n# ok: no_sleep.python\ntime.sleep(1)\n")
    answer = paylint("rules", "test", tmp_path, cwd=tmp_path)
    assert answer.code == 1
    assert "python.py:3: expected no_sleep.python" in answer.out and "python.py:5: unexpected" in answer.out
    fixture.write_text("import time\n")
    assert "no failing fixture" in paylint("rules", "test", tmp_path, cwd=tmp_path).out
