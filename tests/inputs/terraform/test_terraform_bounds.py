"""Trees that would grow without end: an answer soon, and a problem that says what was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.inputs.terraform.conftest import Build

RESOURCE = 'resource "a" "b" {\n  v = 1\n}\n'


def _call(name: str, source: str, more: str = "") -> str:
    return f'module "{name}" {{\n  source = "{source}"\n{more}}}\n'


def _dynamic(depth: int, count: int) -> str:
    inner = _dynamic(depth - 1, count) if depth > 1 else ""
    content = f"content {{\nv = x{depth}.value\n{inner}}}\n"
    return f'dynamic "x{depth}" {{\nfor_each = range({count})\n{content}}}\n'


CASES: dict[str, tuple[dict[str, str], str, int]] = {
    "a hundred levels": (
        {f"m{level}/main.tf": _call("n", f"../m{level + 1}") for level in range(100)} | {"m100/main.tf": RESOURCE},
        "paylint follows 20 levels of modules",
        50,
    ),
    "a module that is its own": (
        {"main.tf": _call("a", "./x/..") + _call("b", ".") + RESOURCE, "x/main.tf": RESOURCE},
        "it calls a module that it is part of",
        10,
    ),
    "everybody calls everybody": (
        {
            f"m{one}/main.tf": "".join(_call(f"c{other}", f"../m{(one + other + 1) % 20}") for other in range(9))
            for one in range(20)
        },
        "the unit is made of more than 1,000 modules",
        11_000,
    ),
    "modules times modules": (
        {
            "main.tf": _call("m", "./m", "count = 60\n"),
            "m/main.tf": _call("n", "../n", "count = 60\n"),
            "n/main.tf": 'resource "a" "b" {\n  count = 60\n}\n',
        },
        "more than 2,000 instances in one unit: these are not told apart",
        4_000,
    ),
    "blocks in blocks": (
        {"main.tf": f'resource "a" "b" {{\n{_dynamic(3, 80)}}}\n'},
        "a list or object that is too large or too deeply nested: not evaluated",
        1,
    ),
    "many large lists": (
        {
            "main.tf": "locals {\n  s = setproduct(range(99), range(99))\n}\n"
            + "".join(f'resource "a" "b{number}" {{\n  v = local.s\n}}\n' for number in range(60))
        },
        "evaluation stopped: this unit takes more than 1,000,000 steps; what follows is unknown",
        60,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_was_given_up_is_said(terraform: Build, name: str) -> None:
    files, message, most = CASES[name]
    root = {"a hundred levels": "m0", "everybody calls everybody": "m0"}.get(name, ".")
    built = terraform(dict(files), root)
    assert any(message in said for said in built.messages)
    assert len(built.unit.subjects) <= most


def test_ten_thousand_resources_in_a_file_are_no_trouble(terraform: Build) -> None:
    text = "".join(f'resource "a" "b{n}" {{\n  v = a.b{n * 7 % 10_000}.id\n}}\n' for n in range(10_000))
    built = terraform(text)
    assert not built.messages
    assert len(built.unit.subjects) == 10_000
