"""Modules that `terraform init` put beside the code, OpenTofu's files, and blocks that make nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.config import Config
from scanner.files import discover
from scanner.inputs import terraform as terraform_input
from scanner.run import run
from scanner.text import Source

if TYPE_CHECKING:
    from tests.inputs.terraform.conftest import Build

LIST = "live/.terraform/modules/modules.json"
CALL = 'module "vpc" {\n  source = "acme/vpc/aws"\n  open   = "0.0.0.0/0"\n}\n'
VPC = """
variable "open" {}
resource "aws_security_group_rule" "in" {
  type        = "ingress"
  from_port   = 22
  to_port     = 22
  cidr_blocks = [var.open]
}
module "sub" {
  source = "./modules/sub"
}
"""


def _listed(source: str = "registry.terraform.io/acme/vpc/aws") -> str:
    folder = ".terraform/modules/vpc"
    return json.dumps(
        {
            "Modules": [
                {"Key": "", "Source": "", "Dir": "."},
                {"Key": "vpc", "Source": source, "Version": "1.0.0", "Dir": folder},
                {"Key": "vpc.sub", "Source": "./modules/sub", "Dir": f"{folder}/modules/sub"},
                {"Key": "local", "Source": "./local", "Dir": "local"},
            ]
        }
    )


def _files(**more: str) -> dict[str, str | bytes]:
    return {
        "live/main.tf": CALL,
        LIST: _listed(),
        "live/.terraform/modules/vpc/main.tf": VPC,
        "live/.terraform/modules/vpc/modules/sub/main.tf": 'resource "a" "b" {\n  v = 1\n}\n',
        "live/.terraform/modules/vpc/examples/all/main.tf": 'resource "not" "called" {\n}\n',
        **more,
    }


def test_an_installed_module_is_followed_with_its_arguments(terraform: Build) -> None:
    built = terraform(_files())
    assert not built.messages
    assert built.addresses == [
        "module.vpc",
        "module.vpc.aws_security_group_rule.in",
        "module.vpc.module.sub",
        "module.vpc.module.sub.a.b",
    ]
    address = "module.vpc.aws_security_group_rule.in"
    assert built.config(address)["cidr_blocks"] == ["0.0.0.0/0"]
    assert built.subject(address).places["cidr_blocks", 0].path == "live/.terraform/modules/vpc/main.tf"
    assert built.steps(address, "cidr_blocks", 0)[0][:2] == ("variable open, set by module.vpc", "live/main.tf")


def test_a_module_that_was_installed_from_elsewhere_is_not_the_one(terraform: Build) -> None:
    built = terraform({**_files(), LIST: _listed("registry.terraform.io/other/vpc/aws")})
    assert "module.vpc was not analysed: it comes from a registry" in built.messages[0]
    assert built.addresses == ["module.vpc"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"Modules": 1}',
        '{"Modules": [1, {}, {"Key": 1, "Dir": 2}]}',
        "[" * 99_000,
        '{"Modules": [{"Key": "vpc", "Dir": "../../etc"}]}',
    ],
)
def test_a_broken_list_installs_nothing(terraform: Build, text: str) -> None:
    built = terraform({**_files(), LIST: text})
    assert [message for message in built.messages if "module.vpc was not analysed" in message]


def test_what_is_installed_is_found_on_disk_and_nothing_else(tmp_path: Path) -> None:
    for path, text in _files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(str(text))
    elsewhere = tmp_path / "live" / ".terraform" / "modules" / "linked"
    elsewhere.symlink_to(tmp_path / "live" / ".terraform" / "modules" / "vpc")
    listing = json.loads(_listed())
    listing["Modules"] += [
        {"Key": "linked", "Source": "", "Dir": ".terraform/modules/linked"},
        {"Key": "out", "Source": "", "Dir": ".terraform/modules/../../../other"},
    ]
    (tmp_path / LIST).write_text(json.dumps(listing))
    (tmp_path / "other").mkdir()
    found = [file.path for file in discover(Config(root=tmp_path, paths=(tmp_path / "live",))).files]
    assert found == [
        "live/.terraform/modules/modules.json",
        "live/.terraform/modules/vpc/main.tf",
        "live/.terraform/modules/vpc/modules/sub/main.tf",
        "live/main.tf",
    ]
    result = run(Config(root=tmp_path, paths=(tmp_path,), engines=("rego",), cache=False))
    assert [(item.policy, item.place.path) for item in result.findings] == [
        ("open_ingress", "live/.terraform/modules/vpc/main.tf")
    ]


def test_settings_may_exclude_what_is_installed(tmp_path: Path) -> None:
    for path, text in _files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(str(text))
    config = Config(root=tmp_path, paths=(tmp_path,), exclude=("*/.terraform/*",))
    assert [file.path for file in discover(config).files] == ["live/main.tf"]


def test_opentofu_reads_its_own_file_in_the_place_of_terraforms(terraform: Build) -> None:
    built = terraform({"main.tf": 'resource "a" "b" {\n  v = 1\n}\n', "main.tofu": 'resource "a" "b" {\n  v = 2\n}\n'})
    assert not built.messages
    assert built.config("a.b") == {"v": 2}
    assert terraform_input.facts(Source("x.tofu", b'module "m" {\n  source = "./m"\n}\n')) == {
        "modules": {"m": "./m"},
        "declares": ["module.m"],
    }


def test_blocks_that_make_no_resource_do_no_harm(terraform: Build) -> None:
    code = """
moved {
  from = a.old
  to   = a.b
}
import {
  to = a.b
  id = "x"
}
removed {
  from = a.gone
  lifecycle {
    destroy = false
  }
}
check "health" {
  data "http" "x" {
    url = "https://example.com"
  }
  assert {
    condition     = data.http.x.status_code == 200
    error_message = "down"
  }
}
ephemeral "random_password" "p" {
  length = 20
}
provider "aws" {
  alias  = "other"
  region = "eu-west-1"
}
resource "a" "b" {
  provider = aws.other
  password = ephemeral.random_password.p.result
  nested   = module.m.all.first
}
module "m" {
  source    = "./m"
  providers = { aws = aws.other }
}
"""
    inner = 'module "n" {\n  source = "./n"\n}\noutput "all" {\n  value = { first = module.n.v }\n}\n'
    files: dict[str, str | bytes] = {
        "main.tf": code,
        "m/main.tf": inner,
        "m/n/main.tf": 'output "v" {\n  value = "x"\n}\n',
    }
    built = terraform(files)
    assert not built.messages
    assert built.config("a.b")["nested"] == "x"
    assert "__unknown__" in built.config("a.b")["password"]
    assert built.config("provider.aws.other") == {"alias": "other", "region": "eu-west-1"}


def test_what_stands_in_installed_code_leads_to_the_call_in_the_project(tmp_path: Path) -> None:
    disk = 'resource "aws_ebs_volume" "v" {\n  encrypted = false\n}\n'
    files = _files(**{"live/.terraform/modules/vpc/modules/sub/main.tf": disk, "live/own/main.tf": disk})
    files["live/main.tf"] = CALL + 'module "own" {\n  source = "./own"\n}\n'
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(str(text))
    found = run(
        Config(tmp_path, (tmp_path,), engines=("rego",), cache=False, policies=("storage_unencrypted",))
    ).findings
    shown = {
        item.place.path: [(step.place.path, step.place.span.line, step.message) for step in item.trace]
        for item in found
    }
    assert shown == {
        "live/.terraform/modules/vpc/modules/sub/main.tf": [("live/main.tf", 1, "installed for module.vpc")],
        "live/own/main.tf": [],
    }


def test_a_value_from_the_project_leads_to_where_it_is_given(terraform: Build) -> None:
    built = terraform(_files(), "live")
    steps = built.steps("module.vpc.aws_security_group_rule.in", "cidr_blocks", 0)
    assert [step[:3] for step in steps] == [("variable open, set by module.vpc", "live/main.tf", 3)]
