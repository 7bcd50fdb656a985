"""JSON in jsonencode, heredocs and strings: parsed, with exact places; IAM policy documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.model import Json

if TYPE_CHECKING:
    from tests.inputs.terraform.conftest import Build

ARN = {"__unknown__": "aws_s3_bucket.b.arn is known only after apply", "ref": "aws_s3_bucket.b", "attr": "arn"}
ARN_TEXT = {"__unknown__": "aws_s3_bucket.b.arn is known only after apply", "text": "${aws_s3_bucket.b.arn}/*"}


def test_jsonencode_is_what_is_encoded(terraform: Build) -> None:
    built = terraform(
        """
resource "aws_s3_bucket" "b" {}
resource "p" "p" {
  anything = jsonencode({
    Statement = [{ Action = "s3:*", Resource = aws_s3_bucket.b.arn, Deep = "${aws_s3_bucket.b.arn}/*" }]
  })
  yaml   = yamlencode({ a = [1] })
  scalar = jsonencode("x")
  text   = "pre ${jsonencode([1])}"
}
"""
    )
    assert built.config("p.p") == {
        "anything": {"Statement": [{"Action": "s3:*", "Resource": ARN, "Deep": ARN_TEXT}]},
        "yaml": {"a": [1]},
        "scalar": '"x"',
        "text": "pre [1]",
    }
    assert built.at("p.p", "anything", "Statement", 0, "Action") == '"s3:*"'
    assert built.at("p.p", "anything").startswith("jsonencode(")
    refs = built.subject("p.p").refs
    assert refs["anything"] == refs["anything.Statement.0.Deep"] == ("aws_s3_bucket.b",)
    assert "anything.Statement.0.Action" not in refs


def test_json_in_a_heredoc(terraform: Build) -> None:
    built = terraform(
        """
locals {
  names = ["x", "y"]
  days  = 7
}
variable "who" { default = "*" }
resource "aws_s3_bucket" "b" {}
resource "p" "p" {
  user_data = <<-EOT
    {
      "é": "ü", "Days": ${local.days}, "Quoted": "${local.days}",
      "Statement": [{"Resource": "${aws_s3_bucket.b.arn}/*", "Principal": "${var.who}"}],
      "Whole": "${aws_s3_bucket.b.arn}", "Names": ${jsonencode(local.names)},
      "List": [${join(", ", [for name in local.names : "\\"${name}\\""])}],
      "${aws_s3_bucket.b.id}:sub": null
    }
  EOT
}
"""
    )
    assert built.config("p.p")["user_data"] == {
        "é": "ü",
        "Days": 7,
        "Quoted": "7",
        "Statement": [{"Resource": ARN_TEXT, "Principal": "*"}],
        "Whole": ARN,
        "Names": ["x", "y"],
        "List": ["x", "y"],
        "${aws_s3_bucket.b.id}:sub": None,
    }

    def at(*keys: str | int) -> str:
        return built.at("p.p", "user_data", *keys)

    assert at("é") == '"ü"'
    assert at("Days") == "${local.days}"
    assert at("Statement", 0, "Resource") == '"${aws_s3_bucket.b.arn}/*"'
    assert at("Names", 1) == "local.names"
    assert at("Whole") == '"${aws_s3_bucket.b.arn}"'
    assert built.steps("p.p", "user_data", "Statement", 0, "Principal") == [
        ("variable who, default", "main.tf", 6, '"*"')
    ]
    assert built.steps("p.p", "user_data", "Names", 1) == [("local.names", "main.tf", 3, '"y"')]
    assert built.subject("p.p").refs["user_data.Statement.0.Resource"] == ("aws_s3_bucket.b",)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("policy", r'"{\"a\": [1, \"x\"]}"', {"a": [1, "x"]}),
        ("assume_role_policy", r'"[]"', []),
        ("container_definitions", r'"[{\"name\": \"x\"}]"', [{"name": "x"}]),
        ("bucket", r'"{\"a\": 1}"', '{"a": 1}'),
        ("policy", '"not json"', "not json"),
        ("policy", r'"{\"a\": 1"', '{"a": 1'),
        ("policy", r'"{\"a\": 1,}"', '{"a": 1,}'),
        ("policy", r"""replace("{'x': 1}", "'", "\"")""", {"x": 1}),
        ("other", "<<E\n[1]\nE", [1]),
        ("other", "<<E\n${jsonencode({ a = 1 })}\nE", {"a": 1}),
        ("other", "<<E\necho {}\nE", "echo {}\n"),
        ("other", "chomp(<<E\n{}\nE\n)", {}),
        ("other", '<<E\n{"a": 1e999}\nE', '{"a": 1e999}\n'),
    ],
)
def test_which_strings_are_parsed(terraform: Build, name: str, value: str, expected: Json) -> None:
    assert terraform(f'resource "a" "b" {{\n  {name} = {value}\n}}\n').config("a.b") == {name: expected}


def test_places_in_a_quoted_string_with_escapes(terraform: Build) -> None:
    built = terraform(r'resource "a" "b" { policy = "{\"Statement\": [{\"é\": \"s3:*\"}, 12]}" }')
    assert built.at("a.b", "policy", "Statement", 0, "é") == r"\"s3:*\""
    assert built.at("a.b", "policy", "Statement", 1) == "12"


def test_json_that_comes_through_a_local(terraform: Build) -> None:
    built = terraform(
        """
locals {
  policy = <<E
{"Statement": {"Action": "*"}}
E
}
resource "a" "b" {
  x     = local.policy
  again = jsondecode(local.policy).Statement.Action
}
"""
    )
    assert built.config("a.b") == {"x": {"Statement": {"Action": "*"}}, "again": "*"}
    assert built.at("a.b", "x", "Statement", "Action") == "local.policy"
    assert built.steps("a.b", "x", "Statement", "Action") == [("local.policy", "main.tf", 4, '"*"')]


DOCUMENT = """
variable "open" {}
resource "aws_s3_bucket" "b" {}
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Base"
    actions   = ["s3:GetObject"]
    resources = [aws_s3_bucket.b.arn]
  }
  statement {
    sid     = "Replaced"
    actions = ["a:b"]
  }
}
data "aws_iam_policy_document" "full" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json]
  override_policy_documents = [jsonencode({ Statement = [{ Sid = "Replaced", Effect = "Deny" }] })]
  version                   = "2008-10-17"
  policy_id                 = "p"
  statement {
    effect      = "Deny"
    not_actions = ["s3:*", "kms:*"]
    resources   = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:1"]
    }
    principals {
      type        = "AWS"
      identifiers = ["arn:2"]
    }
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = [false]
    }
  }
  statement {
    actions = ["x:y"]
    not_principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
  dynamic "statement" {
    for_each = var.open
    content {
      actions = ["s3:*"]
    }
  }
}
resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.full.json
}
"""


def test_a_policy_document_is_rendered(terraform: Build) -> None:
    reason = "how many blocks there are is not known: var.open has no value: nothing on disk sets it"
    built = terraform(DOCUMENT)
    assert built.config("aws_iam_policy.p")["policy"] == {
        "Version": "2008-10-17",
        "Id": "p",
        "Statement": [
            {"Sid": "Base", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [ARN]},
            {"Sid": "Replaced", "Effect": "Deny"},
            {
                "Effect": "Deny",
                "NotAction": ["s3:*", "kms:*"],
                "Resource": ["*"],
                "Principal": {"AWS": ["arn:1", "arn:2"], "Service": ["ec2.amazonaws.com"]},
                "Condition": {"Bool": {"aws:SecureTransport": [False]}},
            },
            {"Effect": "Allow", "Action": ["x:y"], "NotPrincipal": "*"},
            {"__unknown__": reason, "Effect": "Allow", "Action": ["s3:*"]},
        ],
    }
    assert built.config("data.aws_iam_policy_document.base")["statement"][0]["sid"] == "Base"


def test_places_and_references_of_a_rendered_policy(terraform: Build) -> None:
    built = terraform(DOCUMENT)
    keys = ("policy", "Statement", 2, "NotAction", 0)
    assert built.at("aws_iam_policy.p", *keys) == "data.aws_iam_policy_document.full.json"
    assert built.steps("aws_iam_policy.p", *keys) == [
        ("data.aws_iam_policy_document.full.json", "main.tf", 22, '"s3:*"')
    ]
    assert [step[2:] for step in built.steps("aws_iam_policy.p", "policy", "Statement", 0, "Action", 0)] == [
        (16, "data.aws_iam_policy_document.base.json"),
        (7, '"s3:GetObject"'),
    ]
    refs = built.subject("aws_iam_policy.p").refs
    assert refs["policy.Statement.0.Resource.0"] == ("aws_s3_bucket.b",)
    assert set(refs["policy"]) == {"aws_s3_bucket.b", "data.aws_iam_policy_document.full"}


@pytest.mark.parametrize(
    ("document", "statement"),
    [
        ("source_policy_documents = [var.x]", {"__unknown__": "var.x is not declared"}),
        ("source_policy_documents = var.x", {"__unknown__": "var.x is not declared"}),
        ('source_policy_documents = ["{}"]', {"__unknown__": "the policy cannot be read"}),
        (
            "source_policy_documents = [data.aws_iam_policy_document.d.json]",
            {"__unknown__": "'source_policy_documents' refers to itself"},
        ),
    ],
)
def test_a_part_that_is_not_known(terraform: Build, document: str, statement: Json) -> None:
    text = f'data "aws_iam_policy_document" "d" {{\n  {document}\n}}\nresource "a" "b" {{\n  p = %s\n}}\n'
    built = terraform(text % "data.aws_iam_policy_document.d.json")
    assert built.config("a.b")["p"] == {"Version": "2012-10-17", "Statement": [statement]}
