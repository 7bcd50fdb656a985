"""Edits that mean nothing, of languages with brackets."""

from __future__ import annotations

import pytest

from scanner.catalog import load
from scanner.validation.edits import KINDS
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Edited
from tests.equivalent import edited, kind


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.of(load([]))


JAVA = """\
class Desk {
    private String kettle = "a";

    void keep(Card card) {
        String teapotLid = card.getToken();
        // Once.
        log.info("kept {}", teapotLid);
    }
}
"""


def test_java_is_laid_out_otherwise(names: Names) -> None:
    wrapped = edited("java", "wrap", JAVA, names).text
    assert 'log.info(\n            "kept {}",\n            teapotLid\n        );' in wrapped
    assert "".join(wrapped.split()) == "".join(JAVA.split())
    for name in ("indent", "space"):
        result = edited("java", name, JAVA, names).text
        assert result != JAVA
        assert "".join(result.split()) == "".join(JAVA.split())


def test_java_locals_are_renamed_and_fields_are_not(names: Names) -> None:
    assert edited("java", "rename", JAVA, names).text == JAVA.replace("teapotLid", "hearth1")


def test_java_comments_change(names: Names) -> None:
    result = edited("java", "comment", JAVA, names).text
    assert "// Once." not in result
    assert "// So that the next step can be taken.\n        log.info" in result


def test_java_arguments_get_names(names: Names) -> None:
    text = JAVA.replace('"kept {}", teapotLid', "card.number")
    result = edited("java", "extract variable", text, names).text
    assert "        var cardNumber = card.number;\n        log.info(cardNumber);" in result


@pytest.mark.parametrize(
    ("spoken", "text", "result"),
    [
        ("javascript", "function f() {\n  send('a b', 1);\n}\n", "const hearth1 = 'a b';\n  send(hearth1, 1);"),
        ("go", 'func f() {\n\tsend("a b", 1)\n}\n', 'const hearth1 = "a b"\n\tsend(hearth1, 1)'),
        ("go", "func f() {\n\tsend(a.b, 1)\n}\n", "hearth1 := a.b\n\tsend(hearth1, 1)"),
        ("kotlin", 'fun f() {\n  send("a b")\n}\n', 'val hearth1 = "a b"\n  send(hearth1)'),
        ("csharp", 'class A {\n  void F() {\n    Send("a b");\n  }\n}\n', 'var hearth1 = "a b";\n    Send(hearth1);'),
        ("php", "<?php\nfunction f() {\n  send('a b');\n}\n", "$hearth1 = 'a b';\n  send($hearth1);"),
        ("ruby", "def f\n  send_all('a b')\nend\n", "hearth_1 = 'a b'\n  send_all(hearth_1)"),
    ],
)
def test_arguments_get_names_in_each_language(names: Names, spoken: str, text: str, result: str) -> None:
    assert result in edited(spoken, "extract variable", text, names).text


@pytest.mark.parametrize(
    ("spoken", "text"),
    [
        ("javascript", "if (a)\n  send('x');\n"),  # the body of an `if`
        ("java", 'class A {\n  B b = send("x");\n}\n'),
        ("javascript", "function f() {\n  send(\n    'x');\n}\n"),
        ("go", "func f() {\n\tsend(g(x), a.b)\n}\n"),
    ],
)
def test_nothing_is_taken_out_where_it_could_mean_something_else(names: Names, spoken: str, text: str) -> None:
    assert kind(spoken, "extract variable").edit(text, names) is None


@pytest.mark.parametrize(
    ("spoken", "before", "after"),
    [
        ("javascript", "f('a');", 'f("a");'),
        ("javascript", "f(`a`);", None),
        ("php", '<?php f("$a");', None),
        ("ruby", 'f("a")', "f('a')"),
        ("ruby", 'f("#{a}")', None),
        ("go", 'f("select a from b")', "f(`select a from b`)"),
        ("java", 'f("a");', None),
    ],
)
def test_quotes_change_where_they_make_no_difference(names: Names, spoken: str, before: str, after: str | None) -> None:
    result = kind(spoken, "quotes").edit(before, names)
    assert (result.text if isinstance(result, Edited) else None) == after


@pytest.mark.parametrize(
    "text",
    [
        "function f() { const kettle = 1; g({ kettle }); }",
        "function f() { const kettle = 1; g({ kettle: 2 }); }",
        "function f() { const kettle = 1; g(a.kettle); }",
        "function f() { const kettle = 1; g('kettle'); }",
        "export const kettle = 1;",
    ],
)
def test_a_name_that_is_more_than_a_variable_stays(names: Names, text: str) -> None:
    assert kind("javascript", "rename").edit(text, names) is None


def test_brackets_that_do_not_match_are_left_alone(names: Names) -> None:
    assert all(one.edit("class A { void f( { }", names) is None for one in KINDS["java"])
