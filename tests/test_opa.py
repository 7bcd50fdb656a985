"""The same rules on a real OPA server give the same findings, over the whole demo project and every rule's fixtures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from scanner.bundled import bundled
from scanner.config import Config
from scanner.model import ScanResult
from scanner.run import run
from tests.command import scan
from tests.test_corpus import expanded


def told(result: ScanResult) -> tuple[object, ...]:
    return result.findings, result.checks, result.errors


def test_the_demo_project(tmp_path: Path, opa_server: str) -> None:
    shop = expanded(tmp_path / "shop")
    assert scan(shop).out == scan(shop, "--opa-url", opa_server).out


def test_every_fixture(tmp_path: Path, opa_server: str) -> None:
    rego = bundled("rules") / "rego"
    for number, fixture in enumerate(sorted(rego.glob("*/*.*"))):
        folder = tmp_path / f"f{number}"
        if fixture.is_dir():
            shutil.copytree(fixture, folder)
        elif fixture.suffix != ".rego":
            folder.mkdir()
            (folder / f"fixture{fixture.suffix}").write_bytes(fixture.read_bytes())
    config = Config(root=tmp_path, paths=(tmp_path,), engines=("rego",), cache=False)
    embedded = run(config)
    remote = run(Config(root=tmp_path, paths=(tmp_path,), engines=("rego",), cache=False, opa_url=opa_server))
    assert len(embedded.findings) > 100
    assert told(embedded) == told(remote)


def test_a_rule_that_raises_is_an_error_on_both(tmp_path: Path, opa_server: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "main.tf").write_text('resource "aws_s3_bucket" "b" {\n  bucket = "not a number"\n}\n')
    rules = tmp_path / "rules"
    (rules / "policies").mkdir(parents=True)
    (rules / "rego" / "raises").mkdir(parents=True)
    (rules / "policies" / "raises.yaml").write_text(
        "id: raises\ntitle: A rule that raises\nseverity: low\nrationale: To see that it is said aloud.\n"
        "remediation: Mend the rule and scan again.\n"
    )
    (rules / "rego" / "raises" / "terraform.rego").write_text(
        "# METADATA\n# title: Raises\n# custom: {confidence: high, applies_to: {terraform: [aws_s3_bucket]}}\n"
        "package paylint.rules.raises.terraform\n\napplies contains r.id if some r in input.terraform.aws_s3_bucket\n\n"
        'deny contains {"subject": r.id, "path": [], "msg": "m"} if {\n\tsome r in input.terraform.aws_s3_bucket\n'
        "\tto_number(r.config.bucket) > 1\n}\n"
    )
    for arguments in ([], ["--opa-url", opa_server]):
        answer = scan(project, "--rules", rules, *arguments)
        assert answer.code == 3
        assert answer.json["checks"]["error"] == 1
        assert any("raises.terraform" in message for _, message in answer.errors())
        assert json.loads(answer.out)["checks"]["pass"] > 0  # the other rules have spoken
