"""YAML and JSON trees of whatever is written: the data of `yaml.safe_load`, every value where the text says it is."""

from __future__ import annotations

import json
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.errors import ParseError
from scanner.model import Json
from scanner.text import Source
from scanner.yaml_tree import parse
from tests.json_trees import paths, same

BREAKS = "\n\x85\u2028\u2029"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
    | st.sampled_from(
        ["yes", "010", "1:30", "<<", "=", "~", "2024-01-01", "a: b", "# c", "x\ny\n", "x\n\n  y", " p ", ".inf"]
    )
)
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXT | st.integers() | st.booleans(), inner, max_size=4)
    ),
    max_leaves=25,
)


def as_json(value: Any) -> Json:
    """What `yaml.safe_load` gives, as Json: keys as `json.dumps` writes them."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else json.dumps(key): as_json(inner) for key, inner in value.items()}
    return [as_json(inner) for inner in value] if isinstance(value, list) else value


@settings(max_examples=300, deadline=None)
@given(
    DATA,
    st.fixed_dictionaries(
        {
            "default_flow_style": st.sampled_from([True, False, None]),
            "default_style": st.sampled_from([None, None, "'", '"', "|", ">"]),
            "allow_unicode": st.booleans(),
            "width": st.sampled_from([10, 80, 100_000]),
            "indent": st.sampled_from([2, 4]),
            "line_break": st.sampled_from(["\n", "\r\n"]),
            "explicit_start": st.booleans(),
        }
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_dumped_data_comes_back_with_the_place_of_every_value(value: Any, style: dict[str, Any], encoding: str) -> None:
    text = yaml.safe_dump(value, **style)
    expected = as_json(yaml.safe_load(text))
    (document,) = parse(Source("a.yaml", text.encode(encoding)))
    assert same(document.data, expected)
    there = paths(expected)
    assert set(document.places) == set(there)
    assert len(document.places) == len(there)
    source = Source("a.yaml", text.encode())
    for keys, inner in there.items():
        place = document.places[keys]
        if isinstance(inner, (dict, list)):
            assert place.span.line == place.span.end_line
            continue
        written = source.slice(place.span)
        if written[:1] not in ("|", ">"):
            assert same(yaml.safe_load(written), inner), keys
        elif not written[1:2].isdigit():  # an explicit indentation counts from the parent's
            assert yaml.safe_load(written).rstrip(BREAKS) == inner.rstrip(BREAKS)
            assert written.split("\n")[-1].strip(" \t\r")


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"], exclude_characters="\ufeff")),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text('aé😀"\\\n', max_size=5), inner, max_size=4)
        ),
        max_leaves=25,
    ),
    st.booleans(),
    st.sampled_from([None, 2, "\t"]),
)
def test_json_comes_back_with_the_place_of_every_value(value: Json, ascii_only: bool, indent: int | str | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    (document,) = parse(Source("a.json", text.encode()))
    assert same(document.data, value)
    source = Source("a.json", text.encode())
    for keys, inner in paths(value).items():
        if not isinstance(inner, (dict, list)):
            assert same(json.loads(source.slice(document.places[keys].span)), inner)


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.sampled_from(list("ab:-[]{},&*!|>#'\"%@?<= \n\t\r\x85\u2028é😀0._~")), max_size=60)
    | st.binary(max_size=40)
)
def test_anything_is_a_tree_or_a_parse_error(content: str | bytes) -> None:
    raw = content.encode() if isinstance(content, str) else content
    for path in ("a.yaml", "a.json"):
        try:
            documents = parse(Source(path, raw))
        except ParseError as error:
            assert 0 <= error.line <= raw.count(b"\n") + 2
            continue
        assert documents == parse(Source(path, raw))
        for document in documents:
            json.dumps(document.data, allow_nan=False)
            assert set(document.places) == set(paths(document.data))
