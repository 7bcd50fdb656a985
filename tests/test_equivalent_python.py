"""Edits of Python that mean nothing: what they make is the same program."""

from __future__ import annotations

import ast

import pytest

from scanner.catalog import load
from scanner.validation.edits.names import Names
from tests.equivalent import edited, kind


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.of(load([]))


CODE = '''\
"""Says what it is."""
import logging


def keep(pan, kettle, *, logger=logging):
    """Keeps."""
    # Once.
    if kettle:
        logger.info("kept %s", mask(pan), extra={"kettle": kettle})
    return f"{kettle}:{pan[-4:]}"
'''


def shape(text: str) -> str:
    return ast.dump(ast.parse(text))


def test_python_variables_are_renamed_and_nothing_else(names: Names) -> None:
    text = edited("python", "rename", CODE, names).text
    assert "def keep(given_pan, hearth1, *, logger=logging):" in text
    assert 'extra={"kettle": hearth1}' in text
    assert 'f"{hearth1}:{given_pan[-4:]}"' in text
    assert shape(text.replace("given_pan", "pan").replace("hearth1", "kettle")) == shape(CODE)


@pytest.mark.parametrize(
    "text",
    [
        "@app.get('/')\ndef show(kettle):\n    return kettle\n",  # the decorator may read it
        "def show(kettle):\n    return kettle\n\n\nshow(kettle=1)\n",
        "kettle = 1\n\n\ndef show():\n    return kettle\n",
        "def show(kettle):\n    return locals()\n",
        "def show():\n    global kettle\n    kettle = 2\n",
    ],
)
def test_a_python_name_that_somebody_else_may_use_stays(names: Names, text: str) -> None:
    assert kind("python", "rename").edit(text, names) is None


def test_parameters_of_public_functions_stay_where_others_may_call_them(names: Names) -> None:
    text = "def show(kettle):\n    teapot_lid = kettle\n    return teapot_lid\n"
    assert edited("python", "rename locals", text, names).text == text.replace("teapot_lid", "hearth_1")


@pytest.mark.parametrize("name", ["wrap", "indent", "quotes", "space", "join"])
def test_python_laid_out_otherwise_is_the_same_program(names: Names, name: str) -> None:
    text = CODE if name != "join" else CODE.replace("mask(pan),", "mask(\n            pan\n        ),\n        ")
    result = edited("python", name, text, names).text
    assert result != text
    assert shape(result) == shape(text)


def test_python_calls_are_wrapped(names: Names) -> None:
    result = edited("python", "wrap", "send(a, b=[1, 2])\n", names)
    assert result.text == "send(\n    a,\n    b=[1, 2],\n)\n"
    assert result.origins[:4] == (frozenset({1}),) * 4


def test_no_comma_follows_a_generator(names: Names) -> None:
    assert edited("python", "wrap", "total(x for x in y)\n", names).text == "total(\n    x for x in y\n)\n"


def test_python_comments_and_docstrings_change_but_not_what_tools_read(names: Names) -> None:
    text = CODE + "x = 1  # noqa: E501\n# paylint: ignore[pan_logged] it is a test number\ny = 2\n"
    result = edited("python", "comment", text, names).text
    assert "Keeps." not in result
    assert "# Once." not in result
    assert "# noqa: E501" in result
    assert "# paylint: ignore[pan_logged] it is a test number\ny = 2" in result
    assert result.count("# So that the next step can be taken.") > 3


def test_a_python_argument_gets_a_name_that_holds_what_it_holds(names: Names) -> None:
    result = edited("python", "extract variable", "def f(card):\n    log.info(card.number, 1)\n", names)
    assert result.text == "def f(card):\n    card_number = card.number\n    log.info(card_number, 1)\n"
    assert result.origins[1] == result.origins[2] == frozenset({2})


@pytest.mark.parametrize(
    "text",
    [
        "f(g(), 'x')(h.x)\n",
        "f(await g.x())\n",
        "f(*g.x)\n",
        "class A:\n    x = f(g.x)\n",
        "if x: f(g.x)\n",
        "f(a, b)\n",
    ],
)
def test_no_variable_is_taken_out_of_python_where_order_or_place_would_change(names: Names, text: str) -> None:
    assert kind("python", "extract variable").edit(text, names) is None


def test_a_python_statement_becomes_a_function(names: Names) -> None:
    text = "import log\n\n\ndef f(pan):\n    log.info(pan)\n"
    result = edited("python", "extract function", text, names)
    assert result.text == (
        "import log\n\n\ndef _hearth_1(pan):\n    return log.info(pan)\n\n\ndef f(pan):\n    _hearth_1(pan)\n"
    )
    assert result.origins[4] == result.origins[8] == frozenset({5})


@pytest.mark.parametrize(
    "line", ["x = log.info(pan)", "return log.info(pan)", "log.info(unknown)", "log.info(await pan)"]
)
def test_no_function_is_made_of_what_is_used_or_comes_from_nowhere(names: Names, line: str) -> None:
    text = f"import log\n\n\ndef f(pan):\n    {line}\n"
    assert kind("python", "extract function").edit(text, names) is None
