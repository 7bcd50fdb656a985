"""Subjects: their types, addresses and headers, nested and dynamic blocks, count and for_each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.inputs.terraform.conftest import Build


def test_every_kind_of_subject(terraform: Build) -> None:
    built = terraform(
        """
terraform {
  required_version = ">= 1.5"
  backend "s3" {
    encrypt = false
  }
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
variable "password" {
  type      = list(string)
  sensitive = true
  default   = ["x"]
  validation {
    condition = true
  }
}
resource "aws_s3_bucket" "b" {
  provider   = aws.us
  depends_on = [data.aws_ami.a]
  acl        = null
  tags       = { note = null }
  lifecycle {
    ignore_changes  = [tags, rule[0].id]
    prevent_destroy = true
  }
}
data "aws_ami" "a" {
  owners = ["self"]
}
output "name" {
  value     = aws_s3_bucket.b.id
  sensitive = true
}
moved {
  from = a.b
  to   = a.c
}
check "x" {
  assert {
    condition = true
  }
}
"""
    )
    found = {subject.address: (subject.type, subject.name) for subject in built.unit.subjects}
    assert found == {
        "terraform": ("terraform", "terraform"),
        "provider.aws": ("provider.aws", "aws"),
        "provider.aws.us": ("provider.aws", "us"),
        "var.password": ("variable", "password"),
        "aws_s3_bucket.b": ("aws_s3_bucket", "b"),
        "data.aws_ami.a": ("data.aws_ami", "a"),
        "output.name": ("output", "name"),
    }
    assert built.config("terraform") == {
        "required_version": ">= 1.5",
        "backend": [{"__labels__": ["s3"], "encrypt": False}],
        "required_providers": [{"aws": {"source": "hashicorp/aws"}}],
    }
    assert built.config("var.password") == {"type": "list(string)", "sensitive": True, "default": ["x"]}
    assert built.config("aws_s3_bucket.b") == {
        "tags": {"note": None},
        "lifecycle": [{"ignore_changes": ["tags", "rule[0].id"], "prevent_destroy": True}],
    }
    assert built.subject("aws_s3_bucket.b").id == "terraform:.:aws_s3_bucket.b"
    assert built.text(built.subject("aws_s3_bucket.b").header) == 'resource "aws_s3_bucket" "b"'
    assert built.at("terraform", "backend", 0) == 'backend "s3"'
    assert built.text(built.subject("data.aws_ami.a").header) == 'data "aws_ami" "a"'
    assert built.unit.id == "terraform:."
    assert not built.messages


def test_blocks_are_lists_and_have_their_header_as_place(terraform: Build) -> None:
    built = terraform(
        """
resource "a" "b" {
  rule {
    status = "on"
    filter { prefix = "x" }
  }
  rule   {
    status = "off"
  }
}
"""
    )
    assert built.config("a.b") == {"rule": [{"status": "on", "filter": [{"prefix": "x"}]}, {"status": "off"}]}
    assert built.at("a.b", "rule") == built.at("a.b", "rule", 1) == "rule"
    assert built.subject("a.b").places["rule", 1].span.line == 7
    assert built.at("a.b", "rule", 0, "filter", 0) == "filter"
    assert built.at("a.b", "rule", 0, "filter", 0, "prefix") == '"x"'


def test_dynamic_blocks(terraform: Build) -> None:
    built = terraform(
        """
variable "rules" {}
resource "a" "b" {
  ingress {
    port = 1
  }
  dynamic "ingress" {
    for_each = { ssh = 22, web = 80 }
    content {
      name = ingress.key
      port = ingress.value
    }
  }
  dynamic "egress" {
    for_each = toset(["x"])
    iterator = it
    content {
      name = it.key
      dynamic "inner" {
        for_each = [it.value, "y"]
        content { v = "${it.key}${inner.value}${inner.key}" }
      }
    }
  }
  dynamic "none" {
    for_each = []
    content {}
  }
  dynamic "open" {
    for_each = var.rules
    content {
      cidr = "0.0.0.0/0"
      port = open.value.port
    }
  }
}
"""
    )
    config = built.config("a.b")
    assert config["ingress"] == [{"port": 1}, {"name": "ssh", "port": 22}, {"name": "web", "port": 80}]
    assert config["egress"] == [{"name": "x", "inner": [{"v": "xx0"}, {"v": "xy1"}]}]
    assert "none" not in config
    reason = "how many blocks there are is not known: var.rules has no value: nothing on disk sets it"
    assert config["open"] == [{"__unknown__": reason, "cidr": "0.0.0.0/0", "port": {"__unknown__": reason}}]
    assert built.at("a.b", "ingress", 1) == 'dynamic "ingress"'
    assert built.at("a.b", "ingress", 1, "port") == "ingress.value"
    assert built.steps("a.b", "ingress", 1, "port") == [("ingress.value", "main.tf", 8, "22")]
    assert built.at("a.b", "open", 0, "cidr") == '"0.0.0.0/0"'


def test_count_and_for_each(terraform: Build) -> None:
    built = terraform(
        """
variable "many" {}
locals {
  sizes = { small = 1, "a\\"b" = 2 }
}
resource "a" "listed" {
  count = 2
  index = count.index
}
resource "a" "none" {
  count = 0
}
resource "a" "keyed" {
  for_each = local.sizes
  key      = each.key
  value    = each.value
}
resource "a" "set" {
  for_each = toset(["x"])
  both     = "${each.key}${each.value}"
}
resource "a" "open" {
  for_each = var.many
  fixed    = "f"
  value    = each.value.name
}
resource "a" "uncounted" {
  count = var.many
  index = count.index
}
resource "b" "b" {
  one     = a.listed[1].index
  all     = a.listed[*].index
  old     = a.listed.*.index
  keyed   = a.keyed["small"].value
  values  = [for k, v in a.keyed : v.value]
  gone    = try(a.none[0].x, "none")
  count   = 1
  open    = a.open["k"].fixed
  opens   = a.open[*].fixed
  number  = length(a.listed)
}
"""
    )
    assert built.addresses == [
        "a.listed[0]",
        "a.listed[1]",
        'a.keyed["a\\"b"]',
        'a.keyed["small"]',
        'a.set["x"]',
        "a.open",
        "a.uncounted",
        "b.b[0]",
    ]
    assert built.config("a.listed[1]") == {"index": 1}
    assert built.config('a.keyed["small"]') == {"key": "small", "value": 1}
    assert built.steps('a.keyed["small"]', "value") == [
        ("each.value", "main.tf", 14, "local.sizes"),
        ("local.sizes", "main.tf", 4, "1"),
    ]
    assert built.config('a.set["x"]') == {"both": "xx"}
    reason = "for_each is not known: var.many has no value: nothing on disk sets it"
    assert built.config("a.open") == {"fixed": "f", "value": {"__unknown__": reason}}
    assert built.config("a.uncounted")["index"]["__unknown__"].startswith("count is not known: var.many")
    config = built.config("b.b[0]")
    assert config.pop("opens")["ref"] == "a.open"
    assert config == {
        "one": 1,
        "all": [0, 1],
        "old": [0, 1],
        "keyed": 1,
        "values": [2, 1],
        "gone": "none",
        "open": "f",
        "number": 2,
    }
    refs = built.subject("b.b[0]").refs
    assert refs["one"] == ("a.listed[1]",)
    assert refs["all"] == ("a.listed[0]", "a.listed[1]")
    assert refs["open"] == ("a.open",)


def test_resources_made_for_each_of_other_resources(terraform: Build) -> None:
    built = terraform(
        """
resource "aws_s3_bucket" "all" {
  for_each = toset(["x", "y"])
  bucket   = each.key
}
resource "aws_s3_bucket_policy" "all" {
  for_each = aws_s3_bucket.all
  bucket   = each.value.id
  name     = each.value.bucket
}
"""
    )
    policy = built.subject('aws_s3_bucket_policy.all["y"]')
    assert policy.config["bucket"]["ref"] == 'aws_s3_bucket.all["y"]'
    assert policy.config["name"] == "y"
    assert policy.refs["bucket"] == ('aws_s3_bucket.all["y"]',)


@pytest.mark.parametrize(
    "text",
    [
        'locals {\n  a = local.b\n  b = local.a\n}\nresource "a" "b" {\n  v = local.a\n}\n',
        'resource "a" "b" {\n  v = a.c.v\n}\nresource "a" "c" {\n  v = a.b.v\n}\n',
        'resource "a" "b" {\n  v = { w = a.b.v }\n}\n',
        'resource "a" "b" {\n  count = length(a.b)\n  v     = a.b\n}\n',
        'variable "x" {\n  default = var.x\n}\nresource "a" "b" {\n  v = var.x\n}\n',
    ],
)
def test_what_refers_to_itself_is_unknown(terraform: Build, text: str) -> None:
    built = terraform(text)
    assert "refers to itself" in str(built.config("a.b")) + str(built.unit.problems) or built.config("a.b") == {
        "v": {"__unknown__": "a.b is known only after apply", "ref": "a.b"}
    }


def test_a_resource_that_is_declared_twice(terraform: Build) -> None:
    built = terraform({"a.tf": 'resource "a" "b" {\n  v = 1\n}\n', "b.tf": '\nresource "a" "b" {\n  v = 2\n}\n'})
    assert built.config("a.b") == {"v": 1}
    assert built.config("a.b#2") == {"v": 2}
    message = "this resource is declared in a.tf too, which Terraform refuses in one module"
    assert built.problems == [("b.tf", 2, message, False)]


def test_a_resource_that_is_declared_twice_in_one_file(terraform: Build) -> None:
    built = terraform({"a.tf": 'resource "a" "b" {\n  v = 1\n}\nresource "a" "b" {\n  v = 2\n}\n'})
    assert built.config("a.b#2") == {"v": 2}
    message = "this resource is declared a second time, which Terraform refuses: rename one of them"
    assert built.problems == [("a.tf", 4, message, True)]


def test_a_variable_that_is_declared_twice_is_read_once(terraform: Build) -> None:
    built = terraform({"a.tf": 'variable "v" {\n  default = 1\n}\n', "b.tf": 'variable "v" {\n  default = 2\n}\n'})
    assert [(path, fatal) for path, _, _, fatal in built.problems] == [("b.tf", True)]


def test_what_is_written_cannot_pass_for_unknown(terraform: Build) -> None:
    built = terraform(
        'resource "a" "b" {\n  tags = { "__unknown__" = "x" }\n  policy = jsonencode({ __unknown__ = 1 })\n}\n'
    )
    assert built.config("a.b") == {"tags": {"__unknown__ ": "x"}, "policy": {"__unknown__ ": 1}}
    assert built.at("a.b", "tags", "__unknown__ ") == '"x"'
