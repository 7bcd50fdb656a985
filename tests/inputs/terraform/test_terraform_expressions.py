"""Expressions: what they are when all is known (checked with Terraform 1.11), and what is left when it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from scanner.model import Json

if TYPE_CHECKING:
    from tests.inputs.terraform.conftest import Build

KNOWN: list[tuple[str, Json]] = [
    ("1 + 2 * 3", 7),
    ("-1 + 2", 1),
    ("10 / 4", 2.5),
    ("10 / 5", 2),
    ("7 % 3", 1),
    ("-7 % 3", -1),
    ("0.1 + 0.2", 0.3),
    ('1 == "1"', False),
    ("1 == 1.0", True),
    ('true == "true"', False),
    ("null == null", True),
    ("[1,2] == [1,2]", True),
    ("{a=1} == {a=1}", True),
    ("!true || false && true", False),
    ("1 < 2 && 2 <= 2", True),
    ('false ? "a" : false ? "b" : "c"', "c"),
    ('true ? "a" : false ? "b" : "c"', "a"),
    ("(1 + 2) * 3", 9),
    ("-(3)", -3),
    ("local.l[*]", ["a", "b", "c"]),
    ("local.objs[*].id", ["i1", "i2"]),
    ("local.objs.*.n", [1, 2]),
    ("local.n[*]", []),
    ("local.str[*]", ["héllo"]),
    ('local.m["x"]', 1),
    ("local.m.y", "two"),
    ("local.l.1", "b"),
    ("[for x in local.l : upper(x)]", ["A", "B", "C"]),
    ('[for i, x in local.l : "${i}${x}" if i != 1]', ["0a", "2c"]),
    ("{for k, v in local.m : k => k}", {"x": "x", "y": "y", "z": "z"}),
    ("{for o in local.objs : o.id => o.n}", {"i1": 1, "i2": 2}),
    ('{for x in ["a","b","a"] : x => upper(x)...}', {"a": ["A", "A"], "b": ["B"]}),
    ("[for x in local.s : x]", ["a", "z"]),
    ('[for k, v in local.s : "${k}${v}"]', ["aa", "zz"]),
    ("[for k, v in local.m : k]", ["x", "y", "z"]),
    ("var.o", {"a": "1", "b": 5, "c": [], "d": None}),
    ("var.ss", ["a", "b"]),
    ("var.mm", {"k1": {"on": True}, "k2": {"on": False}}),
    ('var.mm["k2"].on', False),
    ('[for s in ["a"]: {n = s, "q r" = 1, (s) = 2}]', [{"n": "a", "q r": 1, "a": 2}]),
    ('{ "a" : 1, b = 2 }', {"a": 1, "b": 2}),
    ("1e3", 1000),
    ("1.5e-3", 0.0015),
    ("100000000000000000000", 100000000000000000000),
    ("[1,2,3][1]", 2),
    ("{a={b=1}}.a.b", 1),
    ("[{a=1},{a=2}][*].a", [1, 2]),
    ("[[1,2],[3]][*][0]", [1, 3]),
    ('false ? [] : ["a"]', ["a"]),
    ("[] == []", True),
    ("local.m != null", True),
    ('1 > 0 ? "pos" : "neg"', "pos"),
    ("5 / 3", 1.6666666666666667),
    ("1/3", 0.3333333333333333),
    ("2 * 0.5", 1),
    ("1e15", 1000000000000000),
    ("123456789.5", 123456789.5),
]
TEMPLATES: list[tuple[str, Json]] = [
    ('"a" == "a" ? "x" : "y"', "x"),
    ('"${1}"', 1),
    ('"${true} x"', "true x"),
    ('"a${1.5}b"', "a1.5b"),
    ('"${local.l[0]}-${local.m.x}"', "a-1"),
    ('"%{ if true }yes%{ else }no%{ endif }"', "yes"),
    ('"%{ for x in local.l }${x},%{ endfor }"', "a,b,c,"),
    ('"%{ for i, x in local.l ~} ${i}=${x} %{~ endfor }!"', "0=a1=b2=c!"),
    ('"x ${~ "y" ~} z"', "xyz"),
    ('"$${a} %%{b} $ % $$"', "${a} %{b} $ % $$"),
    (r'"\u00e9\t\"\\ \n"', 'é\t"\\ \n'),
    (r'"\U0001F600"', "😀"),
    ('"${[for x in local.l : x][0]}"', "a"),
    ('"${"a"}${"b"}"', "ab"),
    ("<<EOT\na\n  b ${local.l[0]}\nEOT", "a\n  b a\n"),
    ("<<-EOT\n    a\n      b\n\n    ${local.l[0]} c\n    EOT", "a\n  b\n\na c\n"),
    (
        "<<-EOT\n    %{ for x in local.l }\n    - ${x}\n    %{ endfor }\n  end\n    EOT",
        "  \n  - a\n  \n  - b\n  \n  - c\n  \nend\n",
    ),
    (
        "<<-EOT\n    %{~ for x in local.l ~}\n    - ${x}\n    %{~ endfor ~}\n    end\n    EOT",
        "    - a\n    - b\n    - c\n    end\n",
    ),
    ('<<-EOT\n\ttab\n\t  x $${y} \\n "q"\n\tEOT', 'tab\n  x ${y} \\n "q"\n'),
    ("<<EOT\n%{ if true ~}\nx\n%{ endif ~}\ny\nEOT", "x\ny\n"),
    ('<<-EOT\n  %{ if local.l[0] == "a" }\n    in\n  %{ else }\n out\n  %{ endif }\n  z\n  EOT', " \n   in\n \n z\n"),
    ("<<EOT\nEOT", ""),
    ("<<-EOT\n  a $ b % c\n   $d\n  EOT", "a $ b % c\n $d\n"),
    ('"a" != "b"', True),
    ('"${12345678901}"', 12345678901),
    ('"${0.00001}"', 1e-05),
    ('"${1e21}"', 1000000000000000000000),
]


@pytest.mark.parametrize(("expression", "expected"), KNOWN)
def test_known(evaluate: Callable[[str], Json], expression: str, expected: Json) -> None:
    value = evaluate(expression)
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(("template", "expected"), TEMPLATES)
def test_template(evaluate: Callable[[str], Json], template: str, expected: Json) -> None:
    assert evaluate(template) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("var.none", {"__unknown__": "var.none has no value: nothing on disk sets it"}),
        ("var.nope", {"__unknown__": "var.nope is not declared"}),
        ("local.nope", {"__unknown__": "local.nope is not declared"}),
        ("local.m.nope", {"__unknown__": "there is no attribute 'nope' here"}),
        ("local.l[3]", {"__unknown__": "there is nothing at this index"}),
        (
            "local.l[var.none]",
            {"__unknown__": "the index is not known: var.none has no value: nothing on disk sets it"},
        ),
        ("var.none + 1", {"__unknown__": "var.none has no value: nothing on disk sets it"}),
        ("-var.none", {"__unknown__": "var.none has no value: nothing on disk sets it"}),
        ("1 / 0", {"__unknown__": "'/' has no usable result here"}),
        ('"a" + 1', {"__unknown__": "'+' is given a value of the wrong kind"}),
        ("path.module", {"__unknown__": "path.module is not known: it depends on where Terraform runs"}),
        ("terraform.workspace", {"__unknown__": "terraform.workspace is not known: it depends on how Terraform runs"}),
        ("self.id", {"__unknown__": "self.id is not known: self is known only after apply"}),
        (
            "var.none ? 1 : 2",
            {"__unknown__": "the condition is not known: var.none has no value: nothing on disk sets it"},
        ),
        (
            "[for x in var.none : x]",
            {"__unknown__": "what this 'for' runs over is not known: var.none has no value: nothing on disk sets it"},
        ),
        (
            "{ for x in local.l : x => 1 if x == var.none }",
            {"__unknown__": "the condition of this 'for' is not known: var.none has no value: nothing on disk sets it"},
        ),
        (
            '"pre-${local.l[0]}-${var.none}/${upper(var.none)}-post"',
            {
                "__unknown__": "var.none has no value: nothing on disk sets it",
                "text": "pre-a-${var.none}/${upper(var.none)}-post",
            },
        ),
        (
            '"%{ if var.none }x%{ endif }y"',
            {"__unknown__": "the condition of an '%{ if }' is not known", "text": "%{ if var.none }x%{ endif }y"},
        ),
        ('"x${local.m}"', {"__unknown__": "null, a list or an object stands in a string", "text": "x${local.m}"}),
        (
            "aws_kms_key.main.arn",
            {"__unknown__": "aws_kms_key.main is not declared", "ref": "aws_kms_key.main", "attr": "arn"},
        ),
        (
            "data.aws_x.y[0].a.b",
            {"__unknown__": "data.aws_x.y is not declared", "ref": "data.aws_x.y", "attr": "0.a.b"},
        ),
    ],
)
def test_unknown_says_why(evaluate: Callable[[str], Json], expression: str, expected: Json) -> None:
    assert evaluate(expression) == expected


def test_a_written_attribute_of_another_resource_is_its_value(terraform: Build) -> None:
    built = terraform(
        """
variable "region" {}
resource "aws_s3_bucket" "b" {
  bucket = "logs"
  region = var.region
  versioning {
    enabled = true
  }
}
resource "x" "y" {
  literal = aws_s3_bucket.b.bucket
  block   = aws_s3_bucket.b.versioning[0].enabled
  apply   = aws_s3_bucket.b.arn
  given   = aws_s3_bucket.b.region
  part    = "${aws_s3_bucket.b.arn}/*"
  list    = [aws_s3_bucket.b.id, "z"]
  whole   = aws_s3_bucket.b
}
"""
    )
    known_later = "aws_s3_bucket.b.arn is known only after apply"
    assert built.config("x.y") == {
        "literal": "logs",
        "block": True,
        "apply": {"__unknown__": known_later, "ref": "aws_s3_bucket.b", "attr": "arn"},
        "given": {
            "__unknown__": "var.region has no value: nothing on disk sets it",
            "ref": "aws_s3_bucket.b",
            "attr": "region",
        },
        "part": {"__unknown__": known_later, "text": "${aws_s3_bucket.b.arn}/*"},
        "list": [
            {"__unknown__": "aws_s3_bucket.b.id is known only after apply", "ref": "aws_s3_bucket.b", "attr": "id"},
            "z",
        ],
        "whole": {"__unknown__": "aws_s3_bucket.b is known only after apply", "ref": "aws_s3_bucket.b"},
    }
    refs = dict(built.subject("x.y").refs)
    assert refs.pop("list.0") == ("aws_s3_bucket.b",)
    assert refs == dict.fromkeys(["literal", "block", "apply", "given", "part", "list", "whole"], ("aws_s3_bucket.b",))
    assert built.at("x.y", "literal") == "aws_s3_bucket.b.bucket"
    assert built.steps("x.y", "literal") == [("aws_s3_bucket.b.bucket", "main.tf", 4, '"logs"')]


def test_where_a_value_comes_from(terraform: Build) -> None:
    built = terraform(
        """
variable "tls" {
  default = "1.0"
}
locals {
  version = var.tls
  both    = { a = local.version, b = [1, 2] }
}
resource "a" "b" {
  direct = var.tls
  local  = local.version
  inside = local.both.a
  all    = local.both
  choice = true ? local.version : "x"
}
"""
    )
    default = ("variable tls, default", "main.tf", 3, '"1.0"')
    assert built.steps("a.b", "direct") == [default]
    assert built.steps("a.b", "local") == [("local.version", "main.tf", 6, "var.tls"), default]
    assert built.steps("a.b", "inside") == [
        ("local.both", "main.tf", 7, "local.version"),
        ("local.version", "main.tf", 6, "var.tls"),
        default,
    ]
    assert built.steps("a.b", "all", "b", 1) == [("local.both", "main.tf", 7, "2")]
    assert built.at("a.b", "all", "b", 1) == "local.both"
    assert built.steps("a.b", "choice")[-1] == default
    assert built.at("a.b", "choice") == 'true ? local.version : "x"'
