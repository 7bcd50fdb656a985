"""Which files make a unit, modules with arguments, override files."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scanner.inputs import terraform as terraform_input
from scanner.model import Json
from scanner.text import Source

if TYPE_CHECKING:
    from tests.inputs.terraform.conftest import Build


@pytest.mark.parametrize(
    ("path", "claimed"),
    [
        ("main.tf", True),
        ("x/main.tf.json", True),
        ("prod.tfvars", True),
        ("prod.auto.tfvars.json", True),
        ("main.tfx", False),
        ("terraform.tfstate", False),
        ("package.json", True),  # it may be a plan
        ("x.tftest.hcl", False),
    ],
)
def test_claims(path: str, claimed: bool) -> None:
    assert terraform_input.claims(path) is claimed


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("main.tf", 'module "a" {\n  source = "../vpc"\n}\n', {"modules": {"a": "../vpc"}}),
        ("main.tf", 'module "a" { source = "./x" }\nmodule "b" { source = "." }', {"modules": {"a": "./x", "b": "."}}),
        ("main.tf", 'module "a" {\n  source = "hashicorp/x/aws"\n}\n', {}),
        ("main.tf", 'resource "a" "b" {\n  source = "./file"\n}\n', {}),
        ("main.tf", '/*\nmodule "a" {\n  source = "../hidden"\n}\n*/\n', {}),
        ("main.tf", 'locals {\n  a = <<E\nmodule "a" {\n  source = "../hidden"\n}\nE\n}\n', {}),
        ("main.tf", 'module "a" {\n  source = "../x"\n', {}),
        ("main.tf.json", '{"module": {"a": [{"source": "./x"}], "b": {"source": "x"}}}', {"modules": {"a": "./x"}}),
        ("main.tf.json", '{"module": {"a": {"source": "./x"}}', {}),
        ("x_override.tf", 'module "a" {\n  source = "x/y"\n}\n', {"modules": {"a": ""}}),
        ("prod.tfvars", 'source = "./x"\n', {}),
    ],
)
def test_facts(path: str, text: str, expected: Json) -> None:
    found = terraform_input.facts(Source(path, text.encode()))
    assert found is not None
    assert {key: value for key, value in found.items() if key != "declares"} == expected


def test_a_binary_file_is_not_ours() -> None:
    assert terraform_input.facts(Source("main.tf", b"\x00\x01\xff\xfe\x9c")) is None
    assert terraform_input.facts(Source("main.tf", b"# \x00\n")) == {}


def _group(files: dict[str, Json]) -> dict[str, tuple[str, ...]]:
    return terraform_input.group(files)


def test_a_called_directory_is_no_root() -> None:
    files = {
        "live/prod/main.tf": {"modules": {"vpc": "../../modules/vpc"}},
        "live/dev/main.tf": {"modules": {"vpc": "../../modules/vpc", "gone": "../gone"}},
        "modules/vpc/main.tf": {"modules": {"subnet": "./subnet"}},
        "modules/vpc/outputs.tf": {},
        "modules/vpc/subnet/main.tf": {},
        "modules/unused/main.tf": {},
    }
    modules = ("modules/vpc/main.tf", "modules/vpc/outputs.tf", "modules/vpc/subnet/main.tf")
    assert _group(files) == {
        "live/dev": ("live/dev/main.tf", *modules),
        "live/prod": ("live/prod/main.tf", *modules),
        "modules/unused": ("modules/unused/main.tf",),
    }


def test_no_directory_is_lost_in_a_cycle() -> None:
    files = {
        "a/main.tf": {"modules": {"b": "../b"}},
        "b/main.tf": {"modules": {"a": "../a", "self": "."}},
        "c/main.tf": {"modules": {"self": "./"}},
        "main.tf": {"modules": {"d": "./d"}},
        "d/main.tf": {"modules": {"up": ".."}},
    }
    assert _group(files) == {
        ".": ("d/main.tf", "main.tf"),
        "a": ("a/main.tf", "b/main.tf"),
        "c": ("c/main.tf",),
    }


def test_an_override_file_moves_a_call() -> None:
    files = {
        "main.tf": {"modules": {"m": "./old", "n": "./kept"}},
        "main_override.tf": {"modules": {"m": "./new"}},
        "old/a.tf": {},
        "new/a.tf": {},
        "kept/a.tf": {},
    }
    assert _group(files) == {
        ".": ("kept/a.tf", "main.tf", "main_override.tf", "new/a.tf"),
        "old": ("old/a.tf",),
    }


def test_variable_files_belong_to_the_root_they_lie_in() -> None:
    files = {
        "app/main.tf": {"modules": {"m": "../m"}},
        "app/terraform.tfvars": {},
        "app/env/prod/x.tfvars": {},
        "m/main.tf": {},
        "m/m.tfvars": {},
        "vars/prod.tfvars": {},
    }
    assert _group(files) == {
        "app": ("app/env/prod/x.tfvars", "app/main.tf", "app/terraform.tfvars", "m/m.tfvars", "m/main.tf"),
        "vars": ("vars/prod.tfvars",),
    }


MODULES = {
    "live/main.tf": """
variable "acl" {
  default = "public-read"
}
resource "aws_kms_key" "k" {}
module "logs" {
  source   = "../modules/bucket"
  for_each = toset(["a", "b"])
  name     = "logs-${each.key}"
  acl      = var.acl
  key      = aws_kms_key.k.arn
}
resource "aws_s3_bucket_policy" "p" {
  bucket = module.logs["a"].id
  name   = module.logs["b"].name
  names  = [for key, logs in module.logs : logs.name]
}
""",
    "modules/bucket/main.tf": """
variable "name" {}
variable "acl" { default = "private" }
variable "key" {}
variable "size" { default = 3 }
resource "aws_s3_bucket" "b" {
  bucket = var.name
  acl    = var.acl
  key    = var.key
  size   = var.size
}
output "id" { value = aws_s3_bucket.b.id }
output "name" { value = aws_s3_bucket.b.bucket }
""",
}


def test_a_module_is_evaluated_with_its_arguments(terraform: Build) -> None:
    built = terraform(MODULES)
    address = 'module.logs["a"].aws_s3_bucket.b'
    assert built.unit.id == "terraform:live"
    assert built.config(address) == {
        "bucket": "logs-a",
        "acl": "public-read",
        "key": {"__unknown__": "aws_kms_key.k.arn is known only after apply", "ref": "aws_kms_key.k", "attr": "arn"},
        "size": 3,
    }
    subject = built.subject(address)
    assert subject.header.path == subject.places["acl",].path == "modules/bucket/main.tf"
    assert built.at(address, "acl") == "var.acl"
    assert built.steps(address, "acl") == [
        ('variable acl, set by module.logs["a"]', "live/main.tf", 10, "var.acl"),
        ("variable acl, default", "live/main.tf", 3, '"public-read"'),
    ]
    assert built.steps(address, "size") == [("variable size, default", "modules/bucket/main.tf", 5, "3")]
    assert subject.refs == {"key": ("aws_kms_key.k",)}


def test_outputs_lead_back_into_the_module(terraform: Build) -> None:
    built = terraform(MODULES)
    config = built.config("aws_s3_bucket_policy.p")
    inner = 'module.logs["a"].aws_s3_bucket.b'
    assert config["bucket"] == {
        "__unknown__": "aws_s3_bucket.b.id is known only after apply",
        "ref": inner,
        "attr": "id",
    }
    assert config["name"] == "logs-b"
    assert config["names"] == ["logs-a", "logs-b"]
    assert built.subject("aws_s3_bucket_policy.p").refs["bucket"] == (inner,)
    assert [step[:3] for step in built.steps("aws_s3_bucket_policy.p", "name")] == [
        ('module.logs["b"].name', "modules/bucket/main.tf", 13),
        ("aws_s3_bucket.b.bucket", "modules/bucket/main.tf", 7),
        ('variable name, set by module.logs["b"]', "live/main.tf", 9),
    ]


def test_variables_of_a_module_are_there_once(terraform: Build) -> None:
    built = terraform(MODULES)
    names = [subject.address for subject in built.unit.subjects if subject.type == "variable"]
    assert names == ["var.acl", *(f'module.logs["a"].var.{name}' for name in ("name", "acl", "key", "size"))]
    assert built.config('module.logs["b"]')["name"] == "logs-b"


def test_modules_that_are_not_on_disk(terraform: Build) -> None:
    built = terraform(
        """
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.0"
  cidr    = "10.0.0.0/16"
}
module "git" {
  source = "git::https://token@example.com/x.git"
}
module "gone" {
  source = "./gone"
}
resource "a" "b" {
  v = module.vpc.private_subnets[0]
}
"""
    )
    where = "it comes from a registry, a repository or an archive, and is not on disk"
    assert built.problems == [
        ("main.tf", 2, f"module.vpc was not analysed: {where}", False),
        ("main.tf", 7, f"module.git was not analysed: {where}", False),
        ("main.tf", 10, "module.gone was not analysed: its directory holds no Terraform in this scan", False),
    ]
    reason = "module.vpc was not analysed, so its outputs are not known"
    assert built.config("a.b")["v"] == {"__unknown__": reason, "ref": "module.vpc", "attr": "private_subnets.0"}
    assert built.subject("a.b").refs == {"v": ("module.vpc",)}
    assert built.config("module.vpc")["cidr"] == "10.0.0.0/16"


def test_a_module_that_nothing_makes_is_looked_at_all_the_same(terraform: Build) -> None:
    files: dict[str, str | bytes] = {
        "main.tf": 'module "m" {\n  source = "./m"\n  count  = 0\n  acl    = "public"\n}\n',
        "m/main.tf": 'variable "acl" {}\nresource "a" "b" {\n  acl = var.acl\n}\n',
    }
    assert terraform(files).config("module.m.a.b") == {"acl": "public"}
    files["main.tf"] = str(files["main.tf"]) + 'module "n" {\n  source = "./m"\n  acl    = "private"\n}\n'
    built = terraform(files)
    assert built.addresses == ["module.n", "module.n.a.b"]
    assert built.config("module.n.a.b") == {"acl": "private"}


def test_modules_in_a_circle_end(terraform: Build) -> None:
    files: dict[str, str | bytes] = {
        "a/main.tf": 'module "b" {\n  source = "../b"\n}\nresource "x" "a" {}\n',
        "b/main.tf": 'module "a" {\n  source = "../a"\n}\nresource "x" "b" {}\n',
    }
    built = terraform(files)
    assert built.addresses == ["x.a", "module.b", "module.b.x.b", "module.b.module.a"]
    assert built.messages == ["module.a was not analysed: it calls a module that it is part of"]


def test_override_files_replace_what_they_name(terraform: Build) -> None:
    built = terraform(
        {
            "main.tf": """
resource "a" "b" {
  kept = 1
  acl  = "private"
  rule {
    v = 1
  }
  rule {
    v = 2
  }
  other {
    v = 3
  }
  lifecycle {
    prevent_destroy = true
    ignore_changes  = all
  }
}
locals {
  x = 1
  y = 1
}
variable "v" {
  type    = string
  default = "a"
}
resource "c" "d" {
  x = local.x
  y = local.y
  v = var.v
}
""",
            "override.tf": """
resource "a" "b" {
  acl = "public"
  rule {
    v = 9
  }
  lifecycle {
    prevent_destroy = false
  }
}
locals {
  x = 2
}
variable "v" {
  default = "b"
}
""",
            "z_override.tf.json": '{"locals": {"y": 5}}',
        }
    )
    assert built.config("a.b") == {
        "kept": 1,
        "acl": "public",
        "rule": [{"v": 9}],
        "other": [{"v": 3}],
        "lifecycle": [{"prevent_destroy": False, "ignore_changes": "all"}],
    }
    assert built.subject("a.b").header.path == "main.tf"
    assert built.subject("a.b").places["acl",].path == "override.tf"
    assert built.at("a.b", "acl") == '"public"'
    assert built.config("c.d") == {"x": 2, "y": 5, "v": "b"}


def test_the_order_of_files_does_not_matter(terraform: Build) -> None:
    files = {
        f"{name}.tf": f'resource "a" "{name}" {{\n  v = a.{other}.w\n  w = 1\n}}\n' for name, other in ("xy", "yx")
    }
    files |= MODULES
    forwards, backwards = terraform(files, root="."), terraform(dict(reversed(files.items())), root=".")
    assert forwards.unit == backwards.unit
    assert [subject.address for subject in forwards.unit.subjects] == ["a.x", "a.y"]
    assert terraform(files, root="live").unit == terraform(dict(reversed(files.items())), root="live").unit


def test_the_package_is_light_until_something_is_parsed() -> None:
    code = (
        "import sys\n"
        "from scanner.inputs import terraform\n"
        "from scanner.text import Source\n"
        "terraform.facts(Source('a.tf', b'x = 1'))\n"
        "print([name for name in sys.modules if name.startswith('scanner.inputs.terraform.')])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout.strip() == "[]"
