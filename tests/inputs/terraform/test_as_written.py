"""HCL as conftest hands it to policies."""

from __future__ import annotations

import pytest

from scanner.errors import ParseError
from scanner.inputs.terraform.as_written import document
from scanner.model import Json
from scanner.text import Source


def read(text: str) -> Json:
    return document(Source("main.tf", text.encode()))[0]


def test_blocks_are_lists_below_their_labels() -> None:
    text = 'resource "a" "b" {\n  rule {\n    n = 1\n  }\n  rule {}\n}\nresource "a" "c" {}\nlocals {}\nlocals {}\n'
    assert read(text) == {
        "resource": {"a": {"b": [{"rule": [{"n": 1}, {}]}], "c": [{}]}},
        "locals": [{}, {}],
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"x"', "x"),
        ("-1.5", -1.5),
        ("null", None),
        ("[true, var.a]", [True, "${var.a}"]),
        ('{ a = 1, "b c" = 2, (var.k) = 3, 4 = 5 }', {"a": 1, "b c": 2, "${(var.k)}": 3, "4": 5}),
        ("var.list[0].id", "${var.list[0].id}"),
        ("!var.off", "${!var.off}"),
        ("max(1, 2)", "${max(1, 2)}"),
        ("(1 + 2)", "${(1 + 2)}"),
        ("a > 2 ? 1 : 0", "${a > 2 ? 1 : 0}"),
        ("[for x in l : x]", "${[for x in l : x]}"),
        ('"${var.a}"', "${var.a}"),
        ('"${[1]}"', [1]),
        ('"a-${var.a}-${1}-${null}"', "a-${var.a}-1-null"),
        ('"a $${b} %%{c}"', "a $${b} %%{c}"),
        ('"tab\\t"', "tab\t"),
        ('"x${var.a ? "b" : "c"}"', "x%{if var.a}b%{else}c%{endif}"),
        ('"%{ if a }y%{ endif }%{ for k, v in m }${v},%{ endfor }"', "%{if a}y%{endif}%{for k, v in m}${v},%{endfor}"),
        ("<<-E\n    one\n      ${two}\n  E", "one\n  ${two}\n"),
    ],
)
def test_expressions(written: str, value: Json) -> None:
    assert read(f"x = {written}\n") == {"x": value}


def test_what_is_declared_where() -> None:
    _, named = document(Source("main.tf", b'resource "a" "b" {}\n\ndata "a" "b" {}\nmodule "m" {}\nlocals {}\n'))
    lines = {name: [place.span.line for place in places] for name, places in named.items()}
    assert lines == {"a.b": [1], "b": [1, 3], "data.a.b": [3], "module.m": [4], "m": [4]}


@pytest.mark.parametrize("text", ['a "b" {}\na {}\n', 'a {}\na "b" {}\n', "a = \n"])
def test_what_has_no_such_shape(text: str) -> None:
    with pytest.raises(ParseError):
        read(text)
