"""Broken and hostile input: a problem that says what and where, never an exception, never a long wait."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scanner.inputs.terraform import budget, build, content, expressions, values
from scanner.model import Problem
from scanner.text import Source

if TYPE_CHECKING:
    from tests.inputs.terraform.conftest import Build

RESOURCE = 'resource "a" "b" {\n  v = %s\n}\n'
N = 10_000


def _chain(count: int, step: str) -> str:
    """Locals each made of the one before it (`§`), and a resource that uses the last."""
    lines = ["l0 = 1", *(f"l{index} = {step.replace('§', f'local.l{index - 1}')}" for index in range(1, count))]
    return "locals {\n" + "\n".join(lines) + "\n}\n" + RESOURCE % f"local.l{count - 1}"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a = = 1\n", 1, "expected a value, found '='"),
        ("a = 1 b = 2\n", 1, "expected the end of the line, found a name"),
        ('resource "a" "b" {\n  v = 1\n', 1, "the block that starts here is never closed: add the missing '}'"),
        ('a = "x\n', 1, "a string ends with its line: add the closing quote, or use a heredoc"),
        ('a = "x', 1, "the string or heredoc that starts here is never closed"),
        ("\na = <<E\nx\n", 2, "the string or heredoc that starts here is never closed"),
        ("a = [1 2]\n", 1, "expected ',' or ']' after a list's item, found a number"),
        ("a = {\n  b 1\n}\n", 2, "expected '=' after an object's key, found a number"),
        ("a = { b = 1 c = 2 }\n", 1, "expected ',', '}' or the end of the line after an object's value, found a name"),
        ("a = f(1\n", 2, "expected ',' or ')' after a function's argument, found the end of the file"),
        ("a = b.\n", 1, "expected an attribute's name after '.', found the end of the line"),
        ("a = true ? 1\n", 1, "expected ':' between the two results of a condition, found the end of the line"),
        ("a = [for x : y]\n", 1, "expected 'in' after the names of a 'for', found ':'"),
        ("a = {for x in y : z}\n", 1, "expected '=>' between key and value, found '}'"),
        (
            'a = "%{ if x }"\n',
            1,
            "'%{ if }' is never closed",
        ),
        ('a = "%{ endif }"\n', 1, "'%{ endif }' has no '%{ if }' before it"),
        ('a = "%{ for x in y }%{ else }%{ endfor }"\n', 1, "'%{ else }' has no '%{ if }' before it"),
        (
            'a = "${x y}"\n',
            1,
            "expected '}' to close '${' (or '$${' if it is meant as text), found a name",
        ),
        ('a = "\\q"\n', 1, 'unknown escape in a string: write "\\\\" for a backslash'),
        ("a\n", 1, "expected '=' and a value, or '{' on the same line, found the end of the line"),
        ('a "${x}" {\n}\n', 1, "a block's label cannot hold an expression: write a plain string"),
        ("a = 1\na = 2\n", 2, "the argument 'a' is given twice in one block: keep one of them"),
        ("}\n", 1, "expected an argument or a block, found '}'"),
        ("/* x\n", 1, "expected an argument or a block, found '/'"),
        ("a = 1e999\n", 1, "this number is too large"),
        ("a = 'x'\n", 1, "expected a value, found a character that has no meaning here"),
    ],
)
def test_what_cannot_be_parsed_is_said(terraform: Build, text: str, line: int, message: str) -> None:
    built = terraform({"main.tf": text, "other.tf": RESOURCE % "1"})
    assert built.problems == [("main.tf", line, message, True)]
    assert built.config("a.b") == {"v": 1}


def test_what_depends_on_a_broken_file_is_unknown(terraform: Build) -> None:
    built = terraform({"main.tf": RESOURCE % "[local.x, var.y, c.d.e]", "broken.tf": 'locals {\n  x = "\n}\n'})
    where = "may be declared in a file that cannot be read"
    assert built.config("a.b")["v"] == [
        {"__unknown__": f"local.x {where}"},
        {"__unknown__": f"var.y {where}"},
        {"__unknown__": f"c.d {where}", "ref": "c.d", "attr": "e"},
    ]


@pytest.mark.parametrize(
    ("data", "line"), [(b'a = "\xff"\n', 1), (b"ok = 1\n# \xe9\n", 2), ("a = 1\n".encode("utf-16"), 1)]
)
def test_bytes_that_are_no_utf8(data: bytes, line: int) -> None:
    unit = build(".", {"main.tf": Source("main.tf", data), "x.tf": Source("x.tf", b'resource "a" "b" {}\n')})
    assert unit.problems == (Problem("main.tf", "not valid UTF-8: save the file as UTF-8", True, line),)
    assert [subject.address for subject in unit.subjects] == ["a.b"]


def test_a_byte_order_mark_and_windows_line_ends(terraform: Build) -> None:
    built = terraform(b'\xef\xbb\xbfresource "a" "b" {\r\n  v = <<E\r\nx\r\nE\r\n  w = "y"\r\n}\r\n')
    assert built.config("a.b") == {"v": "x\r\n", "w": "y"}
    assert built.at("a.b", "w") == '"y"'
    assert built.text(built.subject("a.b").header) == 'resource "a" "b"'


@pytest.mark.parametrize(
    "text",
    [
        RESOURCE % ("[" * N + "]" * N),
        RESOURCE % ("{a=" * N + "1" + "}" * N),
        RESOURCE % ("(" * N + "1" + ")" * N),
        RESOURCE % ('"${' * N + "1" + '}"' * N),
        RESOURCE % ("upper(" * N + '"a"' + ")" * N),
        RESOURCE % ("true ? 1 : " * N + "2"),
        RESOURCE % ("x" + "[*]" * N),
        RESOURCE % ("x" + "[x" * N + "]" * N),
        RESOURCE % ('"' + "%{if true}" * N + "%{endif}" * N + '"'),
        RESOURCE % ("[for x in " * N + "y" + ": x]" * N),
        "a {\n" * N + "}\n" * N,
    ],
)
def test_nested_too_deeply_to_parse(terraform: Build, text: str) -> None:
    built = terraform(text)
    message = "nested too deeply: paylint reads 100 levels; take parts out into locals"
    assert [(said, fatal) for _, _, said, fatal in built.problems] == [(message, True)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[" * 98 + "]" * 98, None),
        ("(" * 95 + "1" + ")" * 95, 1),
        ("upper(" * 95 + '"a"' + ")" * 95, "A"),
        ("false ? 1 : " * 95 + "2", 2),
        ('"' + "%{if true}" * 90 + "x" + "%{endif}" * 90 + '"', "x"),
        ('"' + "%{for x in [1]}" * 90 + "x" + "%{endfor}" * 90 + '"', "x"),
        ("1 + " * 20_000 + "1", 20_001),
        ('"${' * 40 + "7" + '}"' * 40, 7),
    ],
)
def test_nested_deeply_but_not_too_deeply(terraform: Build, expression: str, expected: object) -> None:
    built = terraform(RESOURCE % expression)
    assert not built.messages
    assert expected is None or built.config("a.b")["v"] == expected


@pytest.mark.parametrize(
    "text",
    [
        RESOURCE % ("!" * N + "true"),
        "".join(f'resource "a" "b{i or ""}" {{\n  v = a.b{i + 1}.v\n}}\n' for i in range(2_000)),
        "".join(f'resource "a" "b{i or ""}" {{\n  x {{\n    v = a.b{i + 1}.x[0].v\n  }}\n}}\n' for i in range(900)),
        "".join(f'resource "a" "b{i or ""}" {{\n  count = length(a.b{i + 1})\n}}\n' for i in range(900)),
    ],
    ids=range(4),
)
def test_references_that_nest_too_deeply(terraform: Build, text: str) -> None:
    built = terraform(text)
    assert set(built.messages) == {"references and expressions nest too deeply to be evaluated"}
    assert all(problem.fatal for problem in built.unit.problems)
    json.dumps([subject.config for subject in built.unit.subjects])


@pytest.mark.parametrize("step", ["§", '"${§}"', "[§][0]", "true ? § : local.l0"])
def test_a_long_chain_of_locals_does_not_nest(terraform: Build, step: str) -> None:
    built = terraform(_chain(2_000, step))
    assert not built.messages
    assert built.config("a.b") == {"v": 1}


def test_a_value_passed_on_through_many_modules_does_not_nest(terraform: Build) -> None:
    step = """
variable "v" {}
locals {
  a = [var.v]
  b = local.a[0]
}
module "n" {
  source = "../m%d"
  v      = upper(lower(local.b))
}
"""
    files: dict[str, str | bytes] = {f"m{level}/main.tf": step % (level + 1) for level in range(19)}
    files["m0/terraform.tfvars"] = 'v = "x"\n'
    files["m19/main.tf"] = 'variable "v" {}\n' + RESOURCE % "var.v"
    built = terraform(files)
    assert not built.messages
    assert built.config("module.n." * 19 + "a.b") == {"v": "X"}


TOO_MUCH = {
    "range": (RESOURCE % "range(1000000000)", "more than 10,000 items: range() is not evaluated"),
    "for_each": (
        'resource "a" "b" {\n  for_each = toset(range(1000000000))\n}\n',
        "more than 10,000 items: range() is not evaluated",
    ),
    "count": (
        'resource "a" "b" {\n  count = 1000000000\n}\n',
        "more than 2,000 instances in one unit: these are not told apart",
    ),
    "setproduct": (
        RESOURCE % "setproduct(range(1000), range(1000), range(1000))",
        "more than 10,000 items: setproduct() is not evaluated",
    ),
    "string": (_chain(60, '"${§}${§}"'), "a string longer than 1,048,576 characters: not evaluated"),
    "list": (
        _chain(35, "[§, §]"),
        "a list or object that is too large or too deeply nested: not evaluated",
    ),
    "deep": (
        _chain(25, "[[§]]").replace("l0 = 1", "l0 = " + "[" * 60 + "]" * 60),
        "a list or object that is too large or too deeply nested: not evaluated",
    ),
    "replace": (
        RESOURCE % f'replace("{"a" * 10_000}", "a", "{"b" * 10_000}")',
        "a string longer than 1,048,576 characters: replace() is not evaluated",
    ),
    "indent": (
        RESOURCE % 'indent(1000000000, "a\\nb")',
        "a string longer than 1,048,576 characters: indent() is not evaluated",
    ),
    "join": (
        RESOURCE % f'join("{"x" * 1_000}", [for i in range(10000) : i])',
        "a string longer than 1,048,576 characters: join() is not evaluated",
    ),
    "loops": (
        RESOURCE % "[for a in range(10000) : [for b in range(10000) : b]]",
        "a list or object that is too large or too deeply nested: not evaluated",
    ),
    "blocks": (
        'resource "a" "b" {\n  dynamic "x" {\n    for_each = range(10000)\n    content {\n      dynamic "y" {\n'
        "        for_each = range(10000)\n        content {}\n      }\n    }\n  }\n}\n",
        "a list or object that is too large or too deeply nested: not evaluated",
    ),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_is_not_computed_and_said(terraform: Build, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (values, expressions, content):
        monkeypatch.setattr(module, "MAX_SIZE", 20_000)
    text, message = TOO_MUCH[name]
    built = terraform(text)
    assert all(problem.fatal for problem in built.unit.problems)
    assert message in built.messages
    written = json.dumps([subject.config for subject in built.unit.subjects])
    assert len(written) < 1_000_000
    assert "__unknown__" in written or name in ("count", "for_each")


def test_steps_run_out_and_the_rest_is_unknown(terraform: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_STEPS", 20_000)
    lists = "\n".join(f"  l{index} = [for x in range(900) : x]" for index in range(20))
    uses = "\n".join(f'resource "a" "b{index}" {{\n  v = local.l{index}\n}}' for index in range(20))
    built = terraform(f"locals {{\n{lists}\n}}\n{uses}\n")
    stopped = "evaluation stopped: this unit takes more than 20,000 steps"
    assert built.messages == [f"{stopped}; what follows is unknown"]
    assert built.config("a.b0")["v"][899] == 899
    last = built.unit.subjects[-1].config
    assert stopped in (last.get("__unknown__"), last.get("v", {}).get("__unknown__"))


def test_modules_multiply(terraform: Build) -> None:
    call = 'module "{name}" {{\n  source = "../m{level}"\n}}\n'
    files: dict[str, str | bytes] = {
        f"m{level}/main.tf": "".join(call.format(name=name, level=level + 1) for name in "ab") for level in range(15)
    }
    files["m15/main.tf"] = RESOURCE % "1"
    built = terraform(files)
    assert any("the unit is made of more than 1,000 modules" in message for message in built.messages)
    assert len(built.unit.subjects) < 5_000


def test_modules_nest(terraform: Build) -> None:
    files: dict[str, str | bytes] = {
        f"m{level}/main.tf": f'module "n" {{\n  source = "../m{level + 1}"\n}}\n' for level in range(30)
    }
    files["m30/main.tf"] = RESOURCE % "1"
    built = terraform(files)
    assert built.problems == [
        ("m19/main.tf", 1, "module.n was not analysed: paylint follows 20 levels of modules", True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 300_000,
        " " * 300_000,
        "#" * 300_000,
        "/*" * 100_000,
        "a = <<E\n" * 20_000,
        'a = "' + "x\n" * 100_000,
        RESOURCE % ('"' + "$" * 100_000 + '"'),
        RESOURCE % ('"' + " " * 100_000 + '${~ 1 ~}"'),
        RESOURCE % ("<<-E\n" + "  x\n" * 50_000 + "E"),
        RESOURCE % ('regex("(a*)*b", "' + "a" * 50_000 + '")'),
        RESOURCE % ("<<E\n[" + ", ".join(["${a.b.c}"] * 5_000) + "]\nE"),
        RESOURCE % ("<<E\n" + "[" * 100_000 + "\nE"),
        RESOURCE % ("x" + ".a" * 50_000),
        RESOURCE % ("[" + "1, " * 50_000 + "]"),
        "a = = 1\n" * 50_000,
        "\ufeff" * 1_000,
        "\u2028a = 1",
        "\x00" * 100,
    ],
    ids=range(18),
)
def test_long_and_odd_files_end_soon(terraform: Build, text: str) -> None:
    """Each of these took minutes with one careless pattern or loop."""
    assert terraform(text).unit.files == ("main.tf",)


def test_a_problem_quotes_nothing_of_the_file(terraform: Build) -> None:
    for broken in ('a = "hunter2" "hunter2"\n', "a = hunter2 hunter2\n", 'a = "hunter2\n', "hunter2 hunter2\n"):
        assert "hunter2" not in str(terraform(broken).messages)
