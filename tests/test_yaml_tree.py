"""YAML and JSON trees: the data of `yaml.safe_load`, every value where the text says it is, and bounds."""

from __future__ import annotations

import pickle

import pytest
import yaml

from scanner.errors import ParseError
from scanner.model import Json, Span
from scanner.text import Source
from scanner.yaml_tree import MAX_DEPTH, MAX_NODES, MAX_NUMBER, Document, parse
from tests.json_trees import paths, same


def tree(text: str | bytes, path: str = "a.yaml") -> tuple[Document, ...]:
    return parse(Source(path, text.encode() if isinstance(text, str) else text))


def one(text: str | bytes, path: str = "a.yaml") -> Document:
    (document,) = tree(text, path)
    return document


def data(text: str | bytes, path: str = "a.yaml") -> Json:
    return one(text, path).data


def span(text: str | bytes, *keys: str | int, path: str = "a.yaml") -> tuple[int, int, int, int]:
    found = one(text, path).places[keys]
    assert found.path == path
    return (found.span.line, found.span.column, found.span.end_line, found.span.end_column)


def shown(text: str, *keys: str | int) -> str:
    """The text a value's place covers."""
    return Source("a.yaml", text.encode()).slice(one(text).places[keys].span)


def refused(text: str | bytes, path: str = "a.yaml") -> ParseError:
    with pytest.raises(ParseError) as caught:
        tree(text, path)
    assert caught.value.path == path
    return caught.value


# What values mean


PLAIN = """
yes no on off true FALSE y n ~ null Null 0 -0 10 010 08 0o17 0x1F 0b101 1_000 1:30:00 -1:30 1.5 1e3 1.e+3 1.5e+3 .5
-.5 1_0.5 1:30.5 +1 +.5 1. . - -- +- 0x 0b_ 0_ _1 abc 1a 12e03 Yes YES yEs 1,000 1.2.3 !!str 0x1g
"""


@pytest.mark.parametrize("text", PLAIN.split())
def test_plain_scalars_mean_what_they_mean_to_safe_load(text: str) -> None:
    try:
        expected = yaml.safe_load(f"- {text}")[0]
    except (yaml.YAMLError, ValueError):
        expected = text
    assert same(data(f"- {text}\n")[0], expected)


@pytest.mark.parametrize(
    "text", [".inf", "-.inf", ".NaN", "+.INF", "1.e+999", "2024-01-01", "2024-01-01T10:00:00Z", "="]
)
def test_what_json_cannot_hold_stays_text(text: str) -> None:
    assert data(f"a: {text}\n") == {"a": text}


def test_numbers_too_long_to_compute_with_stay_text() -> None:
    for text in ("9" * 5000, "0x" + "f" * 5000, "1" + ":30" * 5000):
        assert data(f"a: {text}\n") == {"a": text}
    assert data("9" * MAX_NUMBER) == int("9" * MAX_NUMBER)


def test_quotes_make_text() -> None:
    assert data("a: 'yes'\nb: \"010\"\nc: |\n  12\n") == {"a": "yes", "b": "010", "c": "12\n"}


def test_keys_become_text_as_in_json() -> None:
    assert data("on: 1\n~: 2\n010: 3\n1.50: 4\n2024-01-01: 5\n'6': 6\n.inf: 7\n") == {
        "true": 1, "null": 2, "8": 3, "1.5": 4, "2024-01-01": 5, "6": 6, ".inf": 7,
    }  # fmt: skip


def test_tags_keep_their_value_and_are_noted() -> None:
    document = one(
        "a: !Ref vpc\nb: !Sub [x, !GetAtt y.z]\nc: !!binary aGk=\nd: !!str 12\ne: !!int '7'\nf: !If {g: h}\n"
    )
    assert document.data == {"a": "vpc", "b": ["x", "y.z"], "c": "aGk=", "d": "12", "e": 7, "f": {"g": "h"}}
    assert document.tags == {
        ("a",): "!Ref",
        ("b",): "!Sub",
        ("b", 1): "!GetAtt",
        ("c",): "tag:yaml.org,2002:binary",
        ("f",): "!If",
    }


def test_a_tag_that_does_not_fit_leaves_the_text() -> None:
    assert data("a: !!int abc\nb: !!bool maybe\nc: !!float ''\n") == {"a": "abc", "b": "maybe", "c": ""}


def test_documents() -> None:
    documents = tree("a: 1\n---\n---\n# nothing\n---\n- &x b\n- *x\n...\n")
    assert [document.data for document in documents] == [{"a": 1}, None, None, ["b", "b"]]
    assert documents[3].places[(0,)].span == Span(6, 3, 6, 7)
    assert tree("") == tree("# only\n# comments\n") == ()


def test_a_key_given_twice_is_noted_and_the_last_one_counts() -> None:
    text = "a: 1\nb: {c: 1, c: 2}\na: 3\n1: x\n'1': y\n"
    document = one(text)
    assert document.data == {"a": 3, "b": {"c": 2}, "1": "y"}
    assert document.duplicates == (Span(2, 11, 2, 12), Span(3, 1, 3, 2), Span(5, 1, 5, 4))
    assert shown(text, "a") == "3"


# Anchors, aliases, merges

MERGED = """\
base: &base
  image: x
  env: &env [A, B]
other: &other {image: y, port: 1}
one:
  <<: *base
  image: z
two: {<<: [*base, *other], env: *env}
"""


def test_aliases_stand_where_they_stand_and_their_inside_where_it_is_written() -> None:
    assert data(MERGED)["two"]["env"] == ["A", "B"]
    assert shown(MERGED, "two", "env") == "*env"
    assert shown(MERGED, "two", "env", 1) == "B"
    assert span(MERGED, "two", "env", 1)[0] == 3
    assert shown("a: &x 'q'\nb: *x\n", "b") == "*x"
    assert shown("a: &x 'q'\nb: *x\n", "a") == "&x 'q'"


def test_merges() -> None:
    expected = yaml.safe_load(MERGED)
    assert data(MERGED) == expected
    assert expected["two"] == {"image": "x", "env": ["A", "B"], "port": 1}
    assert span(MERGED, "one", "image") == (7, 10, 7, 11)
    assert span(MERGED, "one", "env") == (3, 3, 3, 6)
    assert span(MERGED, "two", "image") == (2, 10, 2, 11)
    assert span(MERGED, "two", "port") == (4, 32, 4, 33)


@pytest.mark.parametrize(
    "text",
    [
        "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: *a, <<: *b}\n",
        "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\n",
        "a: {<<: {x: 1}, x: 2}\n",
        "a: {x: 2, <<: {x: 1}}\n",
        "a: {<<: []}\n",
        "a: {'<<': 1}\n",
    ],
)
def test_merges_as_safe_load_does_them(text: str) -> None:
    document = one(text)
    assert document.data == yaml.safe_load(text)
    assert set(document.places) == set(paths(document.data))


def test_an_alias_may_be_a_key_and_an_anchor_defined_again() -> None:
    assert data("- &a x\n- *a : 1\n- &a y\n- *a\n") == ["x", {"x": 1}, "y", "y"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: *nowhere\n", 2, "alias without an anchor"),
        ("x: &a 1\n---\ny: *a\n", 3, "alias without an anchor"),
        ("a: &a\n  - *a\n", 2, "alias inside the value"),
        ("a: 1\nb:\n  <<: 5\n", 3, "<<"),
        ("b: {<<: [{}, 5]}\n", 1, "<<"),
        ("- &a [1]\n- *a : 1\n", 2, "key that is itself"),
        ("x: 1\na: {{ .Values.x }}\n", 2, "key that is itself"),
        ("? [a]\n: 1\n", 1, "key that is itself"),
    ],
)
def test_what_cannot_be_data_is_refused_with_its_line(text: str, line: int, message: str) -> None:
    error = refused(text)
    assert message in error.message
    assert error.line == line


# Places


def test_a_mapping_or_sequence_is_at_its_key_or_first_line() -> None:
    text = "spec:\n  list:\n  - name: a # first\n    image: b\n  - - x\n    - y\n  -\n    z: 1\n  - {p: 1, q: [2]}\n"
    assert shown(text) == "spec:"
    assert shown(text, "spec") == "spec"
    assert shown(text, "spec", "list") == "list"
    assert shown(text, "spec", "list", 0) == "name: a # first"
    assert shown(text, "spec", "list", 1) == "- x"
    assert shown(text, "spec", "list", 2) == "z: 1"
    assert shown(text, "spec", "list", 3) == "{p: 1, q: [2]}"
    assert shown(text, "spec", "list", 3, "q") == "q"


def test_an_empty_value_is_at_its_key() -> None:
    text = "a:\nb:\n  -\n  - c:\n"
    assert data(text) == {"a": None, "b": [None, {"c": None}]}
    assert shown(text, "a") == "a"
    assert shown(text, "b", 1, "c") == "c"
    assert span(text, "b", 0)[:2] == (3, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: |\n  x\n  y\n\n\nb: 1\n", (1, 4, 3, 4)),
        ("a: |\n  x\n  y", (1, 4, 3, 4)),
        ("a: >-\n  x\n   \nb: 1\n", (1, 4, 2, 4)),
        ("c:\n  a: |+\n    x\n\n  b: 1\n", (2, 6, 3, 6)),
        ("a: |\nb: 1\n", (1, 4, 1, 5)),
        ("a: |\n  x\n# comment\n", (1, 4, 2, 4)),
    ],
)
def test_a_block_scalar_ends_with_its_last_line(text: str, expected: tuple[int, int, int, int]) -> None:
    keys = ("c", "a") if text.startswith("c") else ("a",)
    assert span(text, *keys) == expected


def test_columns_count_code_points() -> None:
    assert span("é😀: 'ü😀'\n", "é😀") == (1, 5, 1, 9)
    assert span("\ufeffa: b\n", "a") == (1, 4, 1, 5)
    assert span("a: b\r\nc:\r\n  d: e\r\n", "c", "d") == (3, 6, 3, 7)
    assert span("a: b\r\nc:\r\n  - d: e\r\n", "c", 0) == (3, 5, 3, 9)
    assert span("a:\t\tb\n", "a") == (1, 5, 1, 6)
    assert span("😀: x\n".encode("utf-16"), "😀") == (1, 4, 1, 5)


def test_lines_end_where_other_tools_end_them() -> None:
    text = 'a: "x\u2028y" # \x85\nb: c\rd: [e,\r\n  f]\n'
    assert span(text, "a") == (1, 4, 1, 9)
    assert span(text, "b") == (2, 4, 2, 5)
    assert shown(text, "d", 0) == "e"
    assert span(text, "d", 1) == (3, 3, 3, 4)
    assert refused("a: \x85b: [\n").line == 2


def test_places_are_a_mapping() -> None:
    places = one("a:\n- b: 1\n- c: 2\n").places
    assert list(places) == [(), ("a",), ("a", 0), ("a", 0, "b"), ("a", 1), ("a", 1, "c")]
    for missing in [("b",), ("a", 2), ("a", -1), ("a", "0"), ("a", 0, "b", "c"), (0,)]:
        assert missing not in places
    below = places.below(("a", 1))
    assert dict(below) == {(): places[("a", 1)], ("c",): places[("a", 1, "c")]}
    assert below == dict(below)
    assert pickle.loads(pickle.dumps(places)) == places  # noqa: S301  # what was just written
    with pytest.raises(KeyError):
        places.below(("nothing",))


# JSON


def test_json_with_tabs_and_escapes() -> None:
    text = '\t{\n\t"a":1,"b" : [\t1e3, 1E400],\n\t"c": "\\ud83d\\ude00\\/\\\\ud83d\\\\ude00"\n}\n\t'
    assert data(text, "a.json") == {"a": 1, "b": [1000.0, "1E400"], "c": "😀/\\ud83d\\ude00"}
    assert span(text, "b", 0, path="a.json") == (2, 16, 2, 19)
    assert span('{"x": "\\ud83d\\ude00", "y": 1}', "y", path="a.json") == (1, 28, 1, 29)


def test_json_in_yaml_keeps_what_yaml_says() -> None:
    assert data("a: |\n  \\ud83d\\ude00\nb: 1e3\n") == {"a": "\\ud83d\\ude00\n", "b": "1e3"}


def test_lone_surrogates_are_refused() -> None:
    assert refused('{"a": "\\ud83d"}', "a.json").line == 1


# What is broken, and where


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3),
        ("a: 1\n b: 2\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 'x\n", 2),
        ("a: 1\n---\nb: c: d\n", 3),
        ("a: 1\n%YAML 3.0\n---\n", 2),
        ("a: é\nb: \x01\n", 2),
        (b"a: 1\nb: \xff\xfe\n", 2),
        (b"a: \x00", 1),
        ("a: [1]".encode("utf-16-le"), 1),
        ("a: !x!y z\n", 1),
    ],
)
def test_broken_text_is_refused_with_its_line(text: str | bytes, line: int) -> None:
    assert refused(text).line == line


def test_errors_say_where_it_began_and_quote_nothing() -> None:
    error = refused('a: 1\nb: "secret\n\n\n')
    assert error.line == 5
    assert "starts in line 2" in error.message
    assert "secret" not in str(error)
    assert "secret" not in str(refused("a: *secret\n"))


# Bounds


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "{a: " * 10_000,
        "- " * 10_000,
        "".join(" " * depth + "a:\n" for depth in range(1_000)),
        "".join(f"a{n}: &a{n} [{f'*a{n - 1}' if n else 1}]\n" for n in range(300)),
    ],
    ids=["flow", "flow mapping", "block", "indented", "aliases"],
)
def test_nesting_is_bounded(text: str) -> None:
    assert f"deeper than {MAX_DEPTH}" in refused(text).message


def test_nesting_up_to_the_bound_is_fine() -> None:
    assert len(one("[" * MAX_DEPTH + "]" * MAX_DEPTH).places) == MAX_DEPTH


@pytest.mark.parametrize(
    "text",
    [
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)),
        "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [{','.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 40)),
        "- x\n" * (MAX_NODES + 1),
    ],
    ids=["laughs", "merges", "list"],
)
def test_values_are_bounded(text: str) -> None:
    assert f"more than {MAX_NODES:,} values" in refused(text).message


def test_long_text_behind_aliases_is_bounded() -> None:
    bomb = "a: &a " + "x" * 100_000 + "\nb: &b [" + "*a, " * 90 + "]\nc: [*b, *b]\n"
    error = refused(bomb)
    assert "characters" in error.message
    assert error.line == 3
