"""*.tf.json: the same subjects as native syntax gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scanner.model import Json

if TYPE_CHECKING:
    from tests.inputs.terraform.conftest import Build

TEXT = r"""{
  "//": "a comment",
  "variable": {"v": {"default": "x", "type": "list(number)"}, "s": [{"default": "é"}]},
  "locals": {"a": {"b": "${var.s}!"}},
  "resource": {
    "aws_s3_bucket": {
      "b": {
        "//": "another",
        "bucket": "pre-${local.a.b}\"q\u00e9",
        "versioning": {"enabled": true},
        "tags": {"k": "${upper(var.s)}", "n": {"deep": 1}},
        "rule": [{"a": 1}, {"a": "${aws_s3_bucket.b.arn}"}],
        "policy": "{\"Statement\": [{\"Action\": \"s3:*\", \"R\": \"${aws_s3_bucket.b.arn}/*\"}]}",
        "dynamic": {"d": {"for_each": ["p"], "content": {"x": "${d.value}"}}},
        "lifecycle": {"ignore_changes": ["tags"]},
        "items": ["a", 1.5, null],
        "gone": null,
        "literal": "$${x}"
      }
    }
  },
  "data": {"aws_ami": {"x": [{"owners": ["self"]}]}},
  "terraform": {"backend": {"s3": {"encrypt": false}}, "required_providers": {"aws": {"source": "hashicorp/aws"}}},
  "provider": {"aws": [{"region": "r"}, {"alias": "w", "default_tags": {"tags": {"a": "b"}}}]},
  "output": {"o": {"value": "${aws_s3_bucket.b.tags.k}"}},
  "module": {"m": {"source": "./m", "given": {"list": [{"x": 1}]}}}
}
"""


def test_json_syntax(terraform: Build) -> None:
    built = terraform({"main.tf.json": TEXT, "m/main.tf": 'variable "given" {}\noutput "o" { value = var.given.list }'})
    arn = {"__unknown__": "aws_s3_bucket.b.arn is known only after apply", "ref": "aws_s3_bucket.b", "attr": "arn"}
    part = {"__unknown__": "aws_s3_bucket.b.arn is known only after apply", "text": "${aws_s3_bucket.b.arn}/*"}
    assert built.config("aws_s3_bucket.b") == {
        "bucket": 'pre-é!"qé',
        "versioning": [{"enabled": True}],
        "tags": {"k": "É", "n": {"deep": 1}},
        "rule": [{"a": 1}, {"a": arn}],
        "policy": {"Statement": [{"Action": "s3:*", "R": part}]},
        "d": [{"x": "p"}],
        "lifecycle": [{"ignore_changes": ["tags"]}],
        "items": ["a", 1.5, None],
        "literal": "${x}",
    }
    assert built.config("data.aws_ami.x") == {"owners": ["self"]}
    assert built.config("terraform") == {
        "backend": [{"__labels__": ["s3"], "encrypt": False}],
        "required_providers": [{"aws": {"source": "hashicorp/aws"}}],
    }
    assert built.config("provider.aws.w") == {"alias": "w", "default_tags": [{"tags": {"a": "b"}}]}
    assert built.config("output.o") == {"value": "É"}
    assert built.config("module.m.output.o") == {"value": [{"x": 1}]}
    assert built.config("var.v")["type"] == "list(number)"
    assert not built.messages


def test_places_in_json(terraform: Build) -> None:
    built = terraform({"main.tf.json": TEXT})
    assert built.text(built.subject("aws_s3_bucket.b").header) == '"b"'
    assert built.at("aws_s3_bucket.b", "bucket") == r'"pre-${local.a.b}\"q\u00e9"'
    assert built.at("aws_s3_bucket.b", "versioning", 0) == '"versioning"'
    assert built.at("aws_s3_bucket.b", "versioning", 0, "enabled") == "true"
    assert built.at("aws_s3_bucket.b", "tags", "k") == '"${upper(var.s)}"'
    assert built.at("aws_s3_bucket.b", "policy", "Statement", 0, "Action") == r"\"s3:*\""
    assert built.at("aws_s3_bucket.b", "policy", "Statement", 0, "R") == r"\"${aws_s3_bucket.b.arn}/*\""
    assert built.steps("aws_s3_bucket.b", "d", 0, "x") == [("d.value", "main.tf.json", 14, '"p"')]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{\n", 2, "this is no JSON: expected a value, ',', ':', or a closing bracket"),
        ('{"a": 1,\n}', 2, "this is no JSON: expected ',' and another item, or '}'"),
        ('{"a": 1}\nx', 2, "this is no JSON: something follows the value"),
        ('{"resource": {"a": 1}}', 1, "expected an object, or a list of objects"),
        ('{"resource": {"a": {"b":\n 1}}}', 2, "expected an object with the settings of this 'resource'"),
        ('{"locals": {"a":\n "${"}}', 2, "expected a value, found the end of the file"),
        ("[" * 101, 1, "this is no JSON: nested too deeply: paylint reads 100 levels"),
        ("[" * 100_000 + "]" * 100_000, 1, "this is no JSON: nested too deeply: paylint reads 100 levels"),
        (json.dumps({"locals": {"a": 10**400}}), 1, None),
    ],
)
def test_json_that_is_not_terraform(terraform: Build, text: str, line: int, message: str | None) -> None:
    built = terraform({"main.tf.json": text})
    ((path, where, said, fatal),) = built.problems
    assert (path, where, fatal) == ("main.tf.json", line, True)
    assert message in (said, None)


@pytest.mark.parametrize(
    "value", [{"a": [1, 2.5, True, None, "x"], "b": {}}, [], 'é"\\\n\u2028', 0, -1.5e-7, "$", "%{"]
)
def test_any_json_value_arrives_as_it_is(terraform: Build, value: Json) -> None:
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        built = terraform({"terraform.tfvars.json": f'{{"v": {text}}}', "main.tf": MAIN})
        assert built.config("a.b") == {"v": value}


MAIN = 'variable "v" {}\nresource "a" "b" {\n  v = var.v\n}\n'
