"""The values of variables: types, defaults, *.tfvars and Terraform's order of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.model import Json

if TYPE_CHECKING:
    from tests.inputs.terraform.conftest import Build

MAIN = """
variable "v" { default = "default" }
variable "bare" {}
resource "a" "b" {
  v    = var.v
  bare = var.bare
}
"""


def _unknown(reason: str) -> Json:
    return {"__unknown__": reason}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, "default"),
        ({"terraform.tfvars": 'v = "t"'}, "t"),
        ({"terraform.tfvars": 'v = "t"', "terraform.tfvars.json": '{"v": "tj"}'}, "tj"),
        ({"terraform.tfvars.json": '{"v": "tj"}', "a.auto.tfvars": 'v = "a"', "b.auto.tfvars.json": '{"v": "b"}'}, "b"),
        ({"z.auto.tfvars": 'v = "z"', "b.auto.tfvars": 'v = "b"'}, "z"),
        ({"prod.tfvars": 'v = "default"'}, "default"),
        ({"prod.tfvars": 'other = "x"'}, "default"),
        ({"prod.tfvars": 'v = "p"'}, _unknown("var.v depends on whether prod.tfvars is applied")),
        (
            {"prod.tfvars": 'v = "p"', "dev.tfvars": 'v = "p"'},
            _unknown("var.v depends on which of dev.tfvars, prod.tfvars is applied"),
        ),
        ({"terraform.tfvars": 'v = "t"', "prod.tfvars": 'v = "t"'}, "t"),
        (
            {"terraform.tfvars": 'v = "t"', "prod.tfvars": 'v = "default"'},
            _unknown("var.v depends on whether prod.tfvars is applied"),
        ),
        ({"env/prod.tfvars": 'v = "p"'}, _unknown("var.v depends on whether env/prod.tfvars is applied")),
        ({"env/terraform.tfvars": 'v = "p"'}, _unknown("var.v depends on whether env/terraform.tfvars is applied")),
        ({"tests/prod.tfvars": 'v = "p"'}, "default"),
        ({"terraform.tfvars": "v = var.bare"}, _unknown("a *.tfvars file can hold literal values only")),
        ({"terraform.tfvars": "v = null"}, None),
        ({"terraform.tfvars.json": '{"v": "${x}"}'}, "${x}"),
    ],
)
def test_a_variable_with_a_default(terraform: Build, files: dict[str, str | bytes], expected: Json) -> None:
    assert terraform({"main.tf": MAIN, **files}).config("a.b").get("v") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, _unknown("var.bare has no value: nothing on disk sets it")),
        ({"prod.tfvars": "bare = [1]"}, [1]),
        ({"prod.tfvars": "bare = [1]", "dev.tfvars": "bare = [1]", "other.tfvars": "x = 1"}, [1]),
        (
            {"prod.tfvars": "bare = 1", "dev.tfvars": "bare = 2"},
            _unknown("var.bare depends on which of dev.tfvars, prod.tfvars is applied"),
        ),
        ({"terraform.tfvars": "bare = 1"}, 1),
    ],
)
def test_a_variable_without_default(terraform: Build, files: dict[str, str | bytes], expected: Json) -> None:
    assert terraform({"main.tf": MAIN, **files}).config("a.b")["bare"] == expected


def test_a_variables_file_that_cannot_be_read_may_set_anything(terraform: Build) -> None:
    built = terraform({"main.tf": MAIN, "terraform.tfvars": 'v = "x', "other.tfvars": "bare = 1"})
    reason = "may be set in terraform.tfvars, which cannot be read"
    assert built.config("a.b") == {"v": _unknown(f"var.v {reason}"), "bare": _unknown(f"var.bare {reason}")}
    assert [problem.fatal for problem in built.unit.problems] == [True]


def test_variables_files_of_a_called_module_count_for_nothing(terraform: Build) -> None:
    built = terraform(
        {
            "main.tf": 'module "m" { source = "./m" }\nvariable "v" { default = 1 }\noutput "o" { value = var.v }\n',
            "m/main.tf": 'variable "v" { default = 2 }\noutput "o" { value = var.v }\n',
            "m/terraform.tfvars": "v = 3\n",
            "m/env/x.tfvars": "v = 4\n",
        }
    )
    assert built.config("output.o")["value"] == 1
    assert built.config("module.m.output.o")["value"] == 2


def test_the_step_names_the_file(terraform: Build) -> None:
    built = terraform({"x/main.tf": MAIN, "x/terraform.tfvars": 'bare = "t"\nv = "t"\n'})
    assert built.steps("a.b", "v") == [("variable v, set in terraform.tfvars", "x/terraform.tfvars", 2, '"t"')]
    assert built.steps("a.b", "bare") == [("variable bare, set in terraform.tfvars", "x/terraform.tfvars", 1, '"t"')]


@pytest.mark.parametrize(
    ("type_", "given", "expected"),
    [
        ("string", "1", "1"),
        ("number", '"2"', 2),
        ("bool", '"true"', True),
        ("any", '"true"', "true"),
        ("list(string)", "[1, true]", ["1", "true"]),
        ("set(number)", '["2", "1", 2]', [1, 2]),
        ("map(bool)", '{ a = "false" }', {"a": False}),
        ("tuple([string, number])", '[1, "1"]', ["1", 1]),
        ("object({ a = string, b = optional(number, 7) })", "{ a = 1, c = 2 }", {"a": "1", "b": 7}),
        (
            "object({ a = optional(object({ b = optional(string, 1) }), {}), c = optional(any) })",
            "{}",
            {"a": {"b": "1"}, "c": None},
        ),
        ("list(object({ on = optional(bool, true) }))", "[{}, { on = false }]", [{"on": True}, {"on": False}]),
        ("object({ a = string })", "{}", _unknown("the value does not fit the variable's type")),
        ("number", '"x"', _unknown("the value does not fit the variable's type")),
        ("list(string)", '"x"', _unknown("the value does not fit the variable's type")),
    ],
)
def test_types(terraform: Build, type_: str, given: str, expected: Json) -> None:
    built = terraform(
        f'variable "v" {{\n  type    = {type_}\n  default = {given}\n}}\nresource "a" "b" {{\n  v = var.v\n}}\n'
    )
    assert built.config("a.b") == {"v": expected}
    assert built.config("var.v")["type"] == type_


def test_a_null_argument_is_the_default_only_where_null_is_refused(terraform: Build) -> None:
    built = terraform(
        {
            "main.tf": 'module "m" {\n  source = "./m"\n  a = null\n  b = null\n}\n',
            "m/main.tf": """
variable "a" { default = 1 }
variable "b" {
  default  = 2
  nullable = false
}
resource "x" "y" {
  a = var.a
  b = var.b
}
""",
        }
    )
    assert built.config("module.m.x.y") == {"b": 2}
