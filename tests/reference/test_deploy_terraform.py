"""Terraform takes the deployment: its own `validate`, with the AWS provider's own schema."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.reference.deployed import DEPLOY, SCHEMAS

CODE = DEPLOY / "terraform"


def _program() -> str:
    program = shutil.which("terraform")
    if program is None:
        pytest.skip("terraform is not on PATH; make services installs it")
    return program


def validate(code: Path, work: Path) -> subprocess.CompletedProcess[str]:
    """`terraform validate`, offline: the provider is one that knows the schema and nothing else."""
    provider, schema = SCHEMAS / "provider", SCHEMAS / "aws-5.82.2.json"
    if not (provider / "terraform-provider-aws").is_file() or not schema.is_file():
        pytest.skip(f"{provider} is not there; make services builds it")
    settings = work / "terraform.rc"
    settings.write_text(f'provider_installation {{\n  dev_overrides {{ "hashicorp/aws" = "{provider}" }}\n}}\n')
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": str(settings), "PROVIDER_SCHEMA": str(schema)}
    environment |= {"TF_DATA_DIR": str(work / "data"), "CHECKPOINT_DISABLE": "1"}
    return subprocess.run(
        [_program(), f"-chdir={code}", "validate", "-no-color"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )


def test_it_is_valid(tmp_path: Path) -> None:
    done = validate(CODE, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "right", "wrong", "said"),
    [
        ("network.tf", "cidr_block           = local.vpc_cidr", "cidr = local.vpc_cidr", "Unsupported argument"),
        ("edge.tf", 'resource "aws_lb" ', 'resource "aws_balancer" ', "Invalid resource type"),
        ("logs.tf", 'mode = "COMPLIANCE"', 'modes = "COMPLIANCE"', "Unsupported argument"),
        ("logs.tf", "aws_s3_bucket.trail.arn", "aws_s3_bucket.trails.arn", "undeclared resource"),
        ("database.tf", "multi_az                            = true", "multi_az = [1]", "Incorrect attribute value"),
        ("keys.tf", "target_key_id = aws_kms_key.service.id", "", "Missing required argument"),
    ],
)
def test_a_mistake_would_be_found(tmp_path: Path, file: str, right: str, wrong: str, said: str) -> None:
    code = tmp_path / "code"
    shutil.copytree(CODE, code)
    text = (code / file).read_text("utf-8")
    assert right in text
    (code / file).write_text(text.replace(right, wrong, 1))
    done = validate(code, tmp_path)
    assert done.returncode == 1
    assert said in " ".join((done.stdout + done.stderr).split())


def test_it_is_formatted() -> None:
    done = subprocess.run([_program(), "fmt", "-check", "-diff", CODE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_subnets_are_those_of_the_network_policies() -> None:
    """Addresses are written in both; `10.20.48.0/22` is the data subnets together, and so on."""
    from ipaddress import collapse_addresses, ip_network

    text = (CODE / "variables.tf").read_text("utf-8")
    policies = "".join(file.read_text("utf-8") for file in (DEPLOY / "kubernetes").glob("*.yaml"))
    for name in ("public", "node", "data", "endpoint"):
        [listed] = re.findall(rf"{name}_cidrs\s*= \[(.*)\]", text)
        subnets = [ip_network(each) for each in re.findall(r'"([^"]+)"', listed)]
        named = [ip_network(each) for each in set(re.findall(r"10\.20\.\d+\.0/\d+", policies))]
        [whole] = [each for each in named if each.prefixlen > 16 and all(net.subnet_of(each) for net in subnets)]
        assert list(collapse_addresses([*subnets, whole])) == [whole]
