"""Functions: the results were checked with Terraform 1.11."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from scanner.model import Json, is_unknown

if TYPE_CHECKING:
    from tests.inputs.terraform.conftest import Build

KNOWN: list[tuple[str, Json]] = [
    ("length(local.l)", 3),
    ('length("héllo")', 5),
    ("length(local.m)", 3),
    ("keys(local.m)", ["x", "y", "z"]),
    ("values(local.m)", [1, "two", [1, 2]]),
    ("merge({a=1,b=2},{b=3})", {"a": 1, "b": 3}),
    ("merge({a=1},null)", {"a": 1}),
    ("merge()", {}),
    ("concat([1],[2,3],[])", [1, 2, 3]),
    ("flatten(local.nested)", [1, 2, 3, 4]),
    ('flatten([["a"],[],["b"]])', ["a", "b"]),
    ('distinct(["a","b","a"])', ["a", "b"]),
    ('compact(["a","",null,"b"])', ["a", "b"]),
    ('contains(local.l,"b")', True),
    ('contains(local.l,"q")', False),
    ("element(local.l,4)", "b"),
    ('index(local.l,"c")', 2),
    ('lookup(local.m,"x",9)', 1),
    ('lookup(local.m,"nope","d")', "d"),
    ('coalesce("","a")', "a"),
    ('coalesce(null,"b")', "b"),
    ('coalescelist([],["x"])', ["x"]),
    ('zipmap(["a","b"],[1,2])', {"a": 1, "b": 2}),
    ("slice(local.l,1,3)", ["b", "c"]),
    ("reverse(local.l)", ["c", "b", "a"]),
    ('sort(["c","a","b"])', ["a", "b", "c"]),
    ('chunklist(["a","b","c"],2)', [["a", "b"], ["c"]]),
    ("range(3)", [0, 1, 2]),
    ("range(1,4)", [1, 2, 3]),
    ("range(1,8,2)", [1, 3, 5, 7]),
    ("range(4,1)", [4, 3, 2]),
    ("range(0)", []),
    ("range(0,-3)", [0, -1, -2]),
    ("range(1,0.1,-0.3)", [1, 0.7, 0.4]),
    ('setproduct(["a","b"],["x","y"])', [["a", "x"], ["a", "y"], ["b", "x"], ["b", "y"]]),
    ('setunion(["a","b"],["b","c"])', ["a", "b", "c"]),
    ('setintersection(["a","b"],["b","c"])', ["b"]),
    ('setsubtract(["a","b"],["b","c"])', ["a"]),
    ('toset(["b","a","b"])', ["a", "b"]),
    ('tolist(toset(["b","a"]))', ["a", "b"]),
    ("tomap({a=1})", {"a": 1}),
    ("tostring(1)", "1"),
    ("tostring(true)", "true"),
    ('tonumber("12")', 12),
    ('tonumber("1.50")', 1.5),
    ('tobool("true")', True),
    ("one([])", None),
    ('one(["x"])', "x"),
    ("sum([1,2.5])", 3.5),
    ("max(1,5,3)", 5),
    ("min(4,2)", 2),
    ("abs(-3)", 3),
    ("ceil(1.2)", 2),
    ("floor(-1.2)", -2),
    ("pow(2,10)", 1024),
    ("log(16,2)", 4),
    ("signum(-4)", -1),
    ('parseint("ff",16)', 255),
    ('parseint("-101",2)', -5),
    ('lower("ABC")', "abc"),
    ('upper("abc")', "ABC"),
    ('title("hello world-foo bar\'s")', "Hello World-Foo Bar'S"),
    ('trim("  a ", " ")', "a"),
    ('trim("?!hello?!", "!?")', "hello"),
    (r'trimspace(" a\n")', "a"),
    ('trimprefix("foobar","foo")', "bar"),
    ('trimsuffix("foobar","bar")', "foo"),
    (r'chomp("a\n\n")', "a"),
    ('strrev("abc")', "cba"),
    ('substr("hello",1,3)', "ell"),
    ('substr("hello",-3,2)', "ll"),
    ('substr("hello",2,-1)', "llo"),
    ('substr("hello",10,2)', ""),
    ('startswith("abc","ab")', True),
    ('endswith("abc","bc")', True),
    ('strcontains("abc","b")', True),
    ('join(",",local.l)', "a,b,c"),
    ('join("-",["a",1,true])', "a-1-true"),
    ('split(",","a,b,c")', ["a", "b", "c"]),
    ('split(",","")', [""]),
    ('split("","abc")', ["a", "b", "c"]),
    ('replace("a.b.c",".","-")', "a-b-c"),
    ('replace("a1b22","/[0-9]+/","<$0>")', "a<1>b<22>"),
    ('replace("a1b22","/(?P<n>[0-9]+)/","<$${n}>")', "a<1>b<22>"),
    ('replace("aab","/a*/","x")', "xbx"),
    ('regex("[a-z]+","123abc456")', "abc"),
    (r'regex("(\\d+)-(\\d+)","12-34")', ["12", "34"]),
    (r'regex("(?P<a>\\d+)-(?P<b>\\d+)","12-34")', {"a": "12", "b": "34"}),
    ('regexall("[a-z]","a1b2")', ["a", "b"]),
    (r'indent(2,"a\nb")', "a\n  b"),
    ('format("%s-%d","a",3)', "a-3"),
    (
        'format("%05d|%-5s|%5s|%q|%v|%t|%.2f|%x|%X|%o|%b", 3,"a","b","c",[1,"x"],true,1.005,255,255,8,5)',
        '00003|a    |    b|"c"|[1,"x"]|true|1.00|ff|FF|10|101',
    ),
    ('format("%v %v %v", 1.5, "s", {a=1})', '1.5 s {"a":1}'),
    ('format("%#v", "s")', '"s"'),
    ('format("%[2]s %[1]s", "a", "b")', "b a"),
    ('format("100%%")', "100%"),
    ('format("%+d % d", 3, 4)', "+3  4"),
    ('format("%e", 12345.678)', "1.234568e+04"),
    ('format("%g", 12345.678)', "12345.678"),
    ('format("%s", 5)', "5"),
    ('formatlist("%s-%s", ["a","b"], "x")', ["a-x", "b-x"]),
    ('base64encode("héllo")', "aMOpbGxv"),
    ('base64decode("aMOpbGxv")', "héllo"),
    ('md5("a")', "0cc175b9c0f1b6a831c399e269772661"),
    ('sha1("a")', "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
    ('sha256("a")', "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"),
    (
        'sha512("a")',
        "1f40fc92da241694750979ee6cf582f2d5d7d28e18335de05abc54d0560e0f5302860c652bf08d560252aa5e74210546f369fbbbce8c12cfc7957b2652fe9a75",
    ),
    ('base64sha256("a")', "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="),
    ('urlencode("a b&c=d/é~")', "a+b%26c%3Dd%2F%C3%A9~"),
    ('"x${jsonencode({a=1,b="<x>&",c=[true,null]})}"', 'x{"a":1,"b":"\\u003cx\\u003e\\u0026","c":[true,null]}'),
    ('jsonencode("x")', '"x"'),
    ("jsonencode(1.5)", "1.5"),
    (r'jsondecode("{\"a\":[1,2.5,\"x\",null]}")', {"a": [1, 2.5, "x", None]}),
    ('cidrsubnet("10.0.0.0/16",8,2)', "10.0.2.0/24"),
    ('cidrsubnet("fd00::/48",16,162)', "fd00:0:0:a2::/64"),
    ('cidrsubnets("10.1.0.0/16",4,4,8,4)', ["10.1.0.0/20", "10.1.16.0/20", "10.1.32.0/24", "10.1.48.0/20"]),
    ('cidrhost("10.0.0.0/24",5)', "10.0.0.5"),
    ('cidrhost("10.0.0.0/24",-2)', "10.0.0.254"),
    ('cidrnetmask("172.16.0.0/12")', "255.240.0.0"),
    ('alltrue([true,"true"])', True),
    ("alltrue([])", True),
    ("anytrue([false,true])", True),
    ("can(local.m.q)", False),
    ("can(local.m.x)", True),
    ('try(local.m.q, "d")', "d"),
    ("try(local.l[9], local.l[0])", "a"),
    ('matchkeys(["i1","i2","i3"],["a","b","c"],["a","c"])', ["i1", "i3"]),
    ('transpose({a=["1","2"],b=["2"]})', {"1": ["a"], "2": ["a", "b"]}),
    ('basename("a/b/c.txt")', "c.txt"),
    ('dirname("a/b/c.txt")', "a/b"),
    ('basename("/")', "/"),
    ('dirname("/a")', "/"),
    ('dirname("a")', "."),
    ('nonsensitive("x")', "x"),
    ('tonumber("1e3")', 1000),
    ("length([for k, v in local.m : k if v == 1])", 1),
    ('element(["a"], 0)', "a"),
    ('title("")', ""),
    ('join(",", [])', ""),
    ("lower(1)", "1"),
    ("upper(true)", "TRUE"),
    ('replace("x", "", "-")', "-x-"),
    ("concat(local.l, [null])", ["a", "b", "c", None]),
    ("values({})", []),
    ("zipmap([],[])", {}),
    ("tostring(null)", None),
    ("keys({})", []),
    ("sort([])", []),
    ("floor(2.0)", 2),
    ('endswith("a","")', True),
]


@pytest.mark.parametrize(("call", "expected"), KNOWN)
def test_known(evaluate: Callable[[str], Json], call: str, expected: Json) -> None:
    assert evaluate(call) == expected


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ('file("x.json")', "file() is known only when Terraform runs"),
        ('templatefile("x", {})', "templatefile() is known only when Terraform runs"),
        ("timestamp()", "timestamp() is known only when Terraform runs"),
        ("uuid()", "uuid() is known only when Terraform runs"),
        ('provider::aws::arn_parse("x")', "provider::aws::arn_parse() is not evaluated by paylint"),
        ("element([], 0)", "element(): an empty list has no element"),
        ('tonumber("x")', "tonumber(): a number is expected"),
        ('upper("a", "b")', "upper(): it is given the wrong number of arguments"),
        ('regex("(", "x")', "regex(): this is no regular expression"),
        ("upper(var.none)", "var.none has no value: nothing on disk sets it"),
        ("merge(local.m, var.none)", "var.none has no value: nothing on disk sets it"),
        ('join("-", ["a", var.none])', "var.none has no value: nothing on disk sets it"),
        ('coalesce(var.none, "a")', "var.none has no value: nothing on disk sets it"),
        ('contains(["a", var.none], "b")', "var.none has no value: nothing on disk sets it"),
        ('base64decode("_")', "base64decode(): an argument is of the wrong kind"),
        ('cidrsubnet("10.0.0.0/30", 4, 1)', "cidrsubnet(): there is no such subnet"),
    ],
)
def test_unknown(evaluate: Callable[[str], Json], call: str, reason: str) -> None:
    assert evaluate(call) == {"__unknown__": reason}


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("length([var.none, 1])", 2),
        ('contains(["a", var.none], "a")', True),
        ('coalesce("a", var.none)', "a"),
        ('lookup({ a = 1 }, "a", var.none)', 1),
        ("try(var.none.x.y, 1)", "unknown"),
        ("try(local.m.nope, local.m.x)", 1),
        ("can(var.none)", "unknown"),
        ("element([1, var.none], 0)", 1),
        ("merge({ a = var.none }, { a = 2 })", {"a": 2}),
        ("[for x in [1, var.none] : x][0]", 1),
        ("keys({ a = var.none })", ["a"]),
        ("false && var.none", False),
        ("var.none || true", True),
        ("var.none ? 3 : 3", 3),
        ("[var.none] == 1", False),
        ("jsondecode(jsonencode({ a = var.none, b = 1 })).b", 1),
    ],
)
def test_known_in_spite_of_an_unknown_part(evaluate: Callable[[str], Json], call: str, expected: Json) -> None:
    value = evaluate(call)
    assert (value == expected) if expected != "unknown" else is_unknown(value)


def test_an_item_picked_by_a_function_keeps_its_place(terraform: Build) -> None:
    built = terraform(
        """
locals {
  base = { owner = "pay" }
}
resource "a" "b" {
  tags  = merge(local.base, { env = "prod" })
  items = concat(["x"], [for i in ["y"] : i])
}
"""
    )
    assert built.at("a.b", "tags", "env") == '"prod"'
    assert built.at("a.b", "tags", "owner") == "local.base"
    assert built.steps("a.b", "tags", "owner") == [("local.base", "main.tf", 3, '"pay"')]
    assert built.at("a.b", "items", 0) == '"x"'
    assert built.at("a.b", "items", 1) == "i"
    assert built.steps("a.b", "items", 1) == [("i", "main.tf", 7, '"y"')]
