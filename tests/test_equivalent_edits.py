"""Edits that mean nothing: each does what it says, what it makes means the same, and a rule that minds is named."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.catalog import load
from scanner.errors import IncompleteError, RuleError, UsageError
from scanner.inputs.terraform import build
from scanner.text import Source
from scanner.validation.edits import KINDS, Kind, language
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Change, Edited, apply, rearranged, then
from scanner.validation.equivalent import check, compare, told_shares
from scanner.validation.equivalent_copies import copy, keys
from scanner.validation.equivalent_units import Unit, units

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.of(load([]))


def kind(spoken: str, name: str) -> Kind:
    return next(one for one in KINDS[spoken] if one.name == name)


def edited(spoken: str, name: str, text: str, names: Names) -> Edited:
    result = kind(spoken, name).edit(text, names)
    assert isinstance(result, Edited), f"{name} has no place in it"
    return result


def parts(spoken: str, name: str, text: str, names: Names) -> list[Edited]:
    result = kind(spoken, name).edit(text, names)
    assert isinstance(result, list)
    return result


# Texts and their lines


def test_every_edited_line_knows_the_lines_it_holds() -> None:
    one = apply("a\nb\nc\n", [Change(1, 2, " "), Change(4, 4, "x\n")])
    assert one.text == "a b\nx\nc\n"
    assert one.origins == (frozenset({1, 2}), frozenset({3}), frozenset({3}), frozenset({4}))


def test_two_edits_after_one_another_lead_back_to_the_first_text() -> None:
    first = apply("a\nb", [Change(1, 2, " ")])
    second = apply(first.text, [Change(1, 2, "\n")])
    assert then(first, second) == Edited("a\nb", (frozenset({1, 2}), frozenset({1, 2})))


def test_of_changes_that_overlap_the_first_is_made() -> None:
    assert apply("abcd", [Change(1, 3, "X"), Change(2, 4, "Y")]).text == "aXd"


def test_lines_change_places() -> None:
    assert rearranged("a\nb\nc", [(2, 3), (1, 1)]) == Edited(
        "b\nc\na", (frozenset({2}), frozenset({3}), frozenset({1}))
    )


# Names


@pytest.mark.parametrize(
    ("name", "new"),
    [("pan", "given_pan"), ("cardNumber", "givenCardNumber"), ("_cvv", "_given_cvv"), ("CVV", "GIVEN_CVV")],
)
def test_a_name_of_account_data_keeps_its_element(names: Names, name: str, new: str) -> None:
    assert names.another(name, (), snake=True) == new
    assert names.elements(name) == names.elements(new) != frozenset()


@pytest.mark.parametrize("name", ["logger", "session", "password", "encrypted", "Card"])
def test_a_name_that_rules_read_stays(names: Names, name: str) -> None:
    assert names.another(name, ()) is None


def test_a_name_that_says_nothing_gets_one_that_says_nothing_and_is_free(names: Names) -> None:
    assert names.another("kettle", {"hearth1"}) == "hearth2"


# Python

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


# Languages with brackets

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


# Data

MANIFESTS = """\
# Two of them.
kind: Service
metadata: {name: shop}
spec:
  type: ClusterIP
  ports:
    - port: 80
      name: "web"
  names: [a, b]
---
kind: Secret
data:
  note: |
    one
      two
"""


def said(text: str) -> list[Any]:
    return list(yaml.safe_load_all(text))


@pytest.mark.parametrize("name", ["indent", "quotes", "comment", "flow", "order of keys"])
def test_yaml_reads_as_before(names: Names, name: str) -> None:
    result = edited("yaml", name, MANIFESTS, names).text
    assert result != MANIFESTS
    assert said(result) == said(MANIFESTS)


def test_yaml_looks_otherwise(names: Names) -> None:
    assert "    ports:\n        -   port: 80\n            name:" in edited("yaml", "indent", MANIFESTS, names).text
    assert "  names:\n    - a\n    - b\n" in edited("yaml", "flow", MANIFESTS, names).text
    assert '"name": \'web\'\n  "names": ["a",' in edited("yaml", "quotes", MANIFESTS, names).text
    assert edited("yaml", "order of keys", MANIFESTS, names).text.index("spec:") == MANIFESTS.index("kind: Service")
    assert "Two of them" not in edited("yaml", "comment", MANIFESTS, names).text


def test_yaml_documents_go_into_files_of_their_own(names: Names) -> None:
    texts = [part.text for part in parts("yaml", "split", MANIFESTS, names)]
    assert [said(text) for text in texts] == [[document] for document in said(MANIFESTS)]


@pytest.mark.parametrize("text", ["a: [1", "a: &x 1\nb: *x\n"])
def test_yaml_whose_keys_cannot_change_places_stays(names: Names, text: str) -> None:
    assert kind("yaml", "order of keys").edit(text, names) is None


@pytest.mark.parametrize("name", ["wrap", "join"])
def test_json_reads_as_before(names: Names, name: str) -> None:
    text = '{"a": [1,\n 2], "b": {"c": "x,{y"}}'
    result = edited("json", name, text, names).text
    assert result.count("\n") != text.count("\n")
    assert json.loads(result) == json.loads(text)


TERRAFORM = """\
resource "aws_db_instance" "shop" {
  engine              = "postgres"
  publicly_accessible = true
  tags = {
    a = "b"
  }
}

resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}
"""


def configs(*texts: str) -> dict[str, Any]:
    sources = {f"m/{number}.tf": Source(f"m/{number}.tf", text.encode()) for number, text in enumerate(texts)}
    return {subject.address: subject.config for subject in build("m", sources).subjects}


@pytest.mark.parametrize("name", ["indent", "comment", "order of attributes", "extract local"])
def test_terraform_means_what_it_meant(names: Names, name: str) -> None:
    result = edited("terraform", name, TERRAFORM, names).text
    assert result != TERRAFORM
    assert configs(result) == configs(TERRAFORM) != {}


def test_terraform_blocks_go_into_a_second_file(names: Names) -> None:
    texts = [part.text for part in parts("terraform", "split", TERRAFORM, names)]
    assert len(texts) == 2
    assert configs(*texts) == configs(TERRAFORM)


def test_a_local_stands_for_the_line_its_value_was_on(names: Names) -> None:
    result = edited("terraform", "extract local", TERRAFORM, names)
    assert '"postgres"' in result.text.split("\n")[1]
    assert result.origins[1] == frozenset({2})


def test_sql_is_written_otherwise(names: Names) -> None:
    text = "-- One.\nCREATE TABLE cards (token text, brand text);\nSELECT 'FROM' FROM cards;\n"
    assert edited("sql", "case", text, names).text == text.replace("CREATE TABLE", "create table").replace(
        "SELECT 'FROM' FROM", "select 'FROM' from"
    )
    assert "".join(edited("sql", "wrap", text, names).text.split()) == "".join(text.split())
    assert "-- One." not in edited("sql", "comment", text, names).text


def test_settings_are_written_otherwise(names: Names) -> None:
    assert edited("settings", "space", "a.b=c\nd = e=f\n", names).text == "a.b = c\nd=e=f\n"
    assert edited("server", "indent", "server {\n  listen 80;\n}\n", names).text == "server {\n    listen 80;\n}\n"
    assert edited("server", "comment", "a b \\\n c\nd e\n", names).text == "a b \\\n c\n\n# As it is everywhere.\nd e\n"
    assert kind("server", "comment").edit('a "b\nc"\n', names) is None
    assert (
        edited("dockerfile", "case", "FROM a AS b\nRUN x \\\n  RUN\n", names).text == "from a AS b\nrun x \\\n  RUN\n"
    )
    assert "// As it is everywhere.\nmodel" in edited("prisma", "comment", "x y\nmodel A {\n}\n", names).text


def test_a_file_is_known_by_its_name() -> None:
    assert [language(path) for path in ("a/b.tf", "Dockerfile", "x.fail.Dockerfile", "a.bin")] == [
        "terraform", "dockerfile", "dockerfile", "",
    ]  # fmt: skip


# Findings


def unit(number: int, name: str, text: str, **more: Any) -> Unit:
    return Unit(f"u{number}", name, {name: text}, frozenset(), **more)


def test_lines_that_were_joined_are_called_the_same(names: Names) -> None:
    made = copy(unit(0, "a.py", "f(\n    1\n)\nx = 2\n"), names, [kind("python", "join")])
    original, of_copy = keys(made)
    assert original(("a.py", 1)) == original(("a.py", 3)) == of_copy(("a.py", 1))
    assert original(("a.py", 4)) == of_copy(("a.py", 2)) != original(("a.py", 1))


WEAK = """\
rules:
  - id: one_line
    languages: [python]
    severity: ERROR
    message: A call on one line.
    pattern-regex: 'transfer\\(amount, "now"\\)'
"""


def test_a_rule_that_minds_the_layout_is_named(tmp_path: Path) -> None:
    """And one that does not, of the bundled ones, holds; the line that is lost is shown."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "weak.yaml").write_text(WEAK, encoding="utf-8")
    rules = [tmp_path / "rules"]
    call = 'requests.get("https://x.example", verify=False)'
    text = f'import requests\n\n\ndef go(amount):\n    transfer(amount, "now")\n    {call}\n'
    measured = compare([unit(0, "pay.py", text)], load(rules), tmp_path / "work", rules)
    result = measured.result
    weak = next(rule for rule in result.rules if "one_line" in rule)
    edits, held = result.rules[weak]
    assert 0 < held < edits
    assert result.held < result.edits
    assert any("pay.py: wrap: " in one and f"{weak} no longer reports line 5" in one for one in result.broken)
    sound = next(rule for rule in result.rules if rule.startswith("tls_verification_disabled.python"))
    assert result.rules[sound][0] == result.rules[sound][1] > 0
    shares = {share.kind: (share.edits, share.held) for share in measured.shares}
    assert shares["wrap"] == (1, 0)
    assert shares["indent"] == (1, 1)
    told = told_shares(measured.shares)
    assert told.startswith("edit")
    assert re.search(r"^wrap +python +0 of 1 +0\.0 %$", told, re.MULTILINE)
    assert re.search(rf"^all +{result.held} of {result.edits} +[0-9.]+ %$", told, re.MULTILINE)


def test_settings_and_manifests_hold(tmp_path: Path) -> None:
    found = [
        unit(0, "main.tf", TERRAFORM),
        unit(1, "a.yaml", MANIFESTS.replace("kind: Service", "apiVersion: v1\nkind: Service")),
    ]
    result = compare(found, load([]), tmp_path).result
    assert result.broken == ()
    assert result.edits == result.held >= 5
    assert result.rules["public_database.terraform_aws"][0] == 5


def test_what_cannot_be_read_as_it_is_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IncompleteError, match=r"broken\.tf: .*nothing can be said"):
        compare([unit(0, "broken.tf", 'resource "a" {')], load([]), tmp_path)


def test_a_folder_without_rules_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder `rules`"):
        check(tmp_path, tmp_path / "work")


def test_a_policy_without_anything_is_an_error() -> None:
    with pytest.raises(UsageError, match="nothing there"):
        units(ROOT, load([]), ["no_such_policy"])


@pytest.mark.parametrize(
    ("listed", "said"),
    [("- a\n", "wants a mapping"), ("r.x: {file: a.py, line: nowhere, wrong: x}\n", "does not stand in its file")],
)
def test_subjects_that_cannot_be_used_are_an_error(tmp_path: Path, listed: str, said: str) -> None:
    folder = tmp_path / "tests" / "corpus" / "ports" / "python"
    folder.mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    (folder / "a.py").write_text("import x\n", encoding="utf-8")
    (folder / "subjects.yaml").write_text(listed, encoding="utf-8")
    with pytest.raises(RuleError, match=said):
        units(tmp_path, load([]))


def test_wrong_lines_stand_in_a_port_indented_as_what_they_replace(tmp_path: Path) -> None:
    """Those of one line in files of their own, what they bring along at the head."""
    folder = tmp_path / "tests" / "corpus" / "ports" / "python"
    folder.mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    (folder / "a.py").write_text("import x\n\n\ndef f():\n    a()\n    b()\n", encoding="utf-8")
    subjects = {
        "r.one": {"file": "a.py", "line": "a()", "wrong": "c()\nif d:\n    e()", "beside": "import y"},
        "r.two": {"file": "a.py", "line": "b()", "wrong": "g()"},
        "r.three": {"file": "a.py", "line": "b()", "wrong": "h()"},
    }
    (folder / "subjects.yaml").write_text(yaml.safe_dump(subjects, sort_keys=False), encoding="utf-8")
    found = {one.label: (one.files["a.py"], one.rules) for one in units(tmp_path, load([]))}
    body = "\n\n\ndef f():\n    c()\n    if d:\n        e()\n    g()\n"
    assert found["ports/python/a.py (wrong 1)"] == ("import x\nimport y" + body, {"r.one", "r.two"})
    assert found["ports/python/a.py (wrong 2)"][1] == {"r.three"}
    assert found["ports/python/a.py"][1] == {"r.one", "r.two", "r.three"}


def test_the_corpus_is_fixtures_ports_and_the_reference() -> None:
    found = units(ROOT, load([]))
    labels = [one.label for one in found]
    assert len({one.folder for one in found}) == len(found)
    assert {"reference_impl", "rules/rego/open_ingress/terraform_aws.fail.tf", "ports/go/vault.go"} <= set(labels)
    assert sum("(wrong " in label for label in labels) > 80
    assert not any("{{pan:" in text for one in found for text in one.files.values() if one.label.startswith("rules/"))


def test_a_policy_of_the_corpus_is_tried(tmp_path: Path) -> None:
    result = check(ROOT, tmp_path, ["insecure_random"])
    assert result.edits > 50
    assert result.held / result.edits >= 0.9
    assert result.edits - result.held == len(result.broken)
