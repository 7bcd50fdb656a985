"""Whatever is written: values and places go together, and nothing raises."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.inputs import terraform as terraform_input
from scanner.model import Json, Keys, Place, is_unknown
from scanner.text import Source
from tests.inputs.terraform.conftest import build_unit

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
RESERVED = frozenset({"for", "true", "false", "null", "count", "for_each", "depends_on", "provider", "policy"})
NAMES = st.from_regex(r"[a-z_][a-z0-9_-]{0,6}", fullmatch=True).filter(lambda name: str(name) not in RESERVED)
SCALARS = st.one_of(st.booleans(), st.integers(-(10**12), 10**12), TEXTS, st.floats(-1e9, 1e9, width=32))
BLANKS = st.sampled_from(["", " ", "  ", "\t", " /* é */ "])


@st.composite
def literals(draw: st.DrawFn, depth: int = 3) -> tuple[Json, list[tuple[Keys, str]]]:
    """A value, and for every path in it the text that stands for it; the whole text comes first."""
    kind = draw(st.sampled_from(["scalar"] * 3 + ["list", "object"] if depth else ["scalar"]))
    if kind == "scalar":
        value = draw(SCALARS)
        return value, [((), _quoted(value) if isinstance(value, str) else json.dumps(value))]
    blank = draw(BLANKS)
    texts: list[tuple[Keys, str]] = []
    if kind == "list":
        values = [draw(literals(depth - 1)) for _ in range(draw(st.integers(0, 3)))]
        for index, (_, inner) in enumerate(values):
            texts += [((index, *keys), text) for keys, text in inner]
        between = f",{draw(st.sampled_from([' ', chr(10), ' # x' + chr(10)]))}{blank}"
        return [value for value, _ in values], [((), f"[{blank}{between.join(t[0][1] for _, t in values)}]"), *texts]
    entries = {name: draw(literals(depth - 1)) for name in draw(st.lists(NAMES, max_size=3, unique=True))}
    for name, (_, inner) in entries.items():
        texts += [((name, *keys), text) for keys, text in inner]
    lines = [f"{name}{blank}={blank}{inner[0][1]}" for name, (_, inner) in entries.items()]
    between = draw(st.sampled_from(["\n", ", ", "// é\n"]))
    return {name: value for name, (value, _) in entries.items()}, [((), f"{{{blank}{between.join(lines)}}}"), *texts]


def _quoted(text: str) -> str:
    """A string as HCL writes it, with as few escapes as need be."""
    for character, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("${", "$${"), ("%{", "%%{")):
        text = text.replace(character, escape)
    return f'"{text}"'


def _same(left: Json, right: Json) -> bool:
    if isinstance(left, float) or isinstance(right, float):
        return bool(abs(left - right) <= 1e-9 * max(1, abs(right)))
    if isinstance(left, list):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
    return left == right and type(left) is type(right)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(NAMES, literals()), max_size=4, unique_by=lambda item: item[0]))
def test_the_text_at_a_literals_place_is_the_literal(
    attributes: list[tuple[str, tuple[Json, list[tuple[Keys, str]]]]],
) -> None:
    body = "".join(f"  {name} = {texts[0][1]}\n" for name, (_, texts) in attributes)
    built = build_unit(f'# é\nresource "a" "b" {{\n{body}}}\n')
    assert not built.messages
    subject = built.subject("a.b")
    for name, (value, texts) in attributes:
        assert _same(subject.config[name], value)
        for keys, text in texts:
            assert built.at("a.b", name, *keys) == text
    assert set(subject.places) == {(name, *keys) for name, (_, texts) in attributes for keys, _ in texts}


def _strings(value: Json, path: Keys = ()) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, (*path, key))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=10,
)


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.lists(JSON, max_size=3), st.dictionaries(TEXTS, JSON, max_size=3)), st.booleans(), st.booleans())
def test_json_in_a_heredoc_keeps_its_places(value: Json, indented: bool, ascii_only: bool) -> None:
    text = json.dumps(value, indent=2, ensure_ascii=ascii_only).replace("${", "$${").replace("%{", "%%{")
    if indented:
        text = "\n".join(f"    {line}" for line in text.split("\n"))
    built = build_unit(f'resource "a" "b" {{\n  v = <<{"-" if indented else ""}EOT\n{text}\nEOT\n}}\n')
    assert built.config("a.b")["v"] == value
    for keys, expected in _strings(value):
        written = built.at("a.b", "v", *keys).replace("$${", "${").replace("%%{", "%{")
        assert json.loads(written) == expected


_PIECES = r"""
resource "a" "b" {␤|data "aws_iam_policy_document" "d" {␤|locals {␤|variable "v" {␤|module "m" {␤|statement {␤
|dynamic "s" {␤|content {␤|}␤|  x = |for_each = |count = |default = |policy = |source = "./m"␤|1|"s"|null|true
|[|]|{|}|(|)|for x in |:|=>|...|if |? |!|-|+|==|&&|.|[*]|.*|[0]|,|=|~|␤|var.v|local.x|a.b.x|each.value|count.index
|upper(|merge(|try(|jsonencode(|flatten(|data.aws_iam_policy_document.d.json|"${|}"|%{ if |%{ for x in |%{ endif }
|<<-EOT␤|EOT␤|"{\\"a\\": 1}"|é|\\|
"""
FRAGMENTS = st.sampled_from(["\x00", *_PIECES.replace("\n", "").replace("␤", "\n").split("|")])
"""Pieces of Terraform, to be put together anyhow."""


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=5)), max_size=40).map("".join), st.sampled_from(["tf", "tf.json"])
)
def test_nothing_raises_and_every_path_has_a_place(text: str, ending: str) -> None:
    source = Source(f"m.{ending}", text.encode("utf-8", "surrogatepass"))
    assert terraform_input.facts(source) is not None or not source.valid_utf8
    unit = terraform_input.build(".", {source.path: source})
    for subject in unit.subjects:
        json.dumps(subject.config)
        for keys in _paths(subject.config):
            place = subject.places[keys]
            assert isinstance(place, Place)
            assert (place.span.line, place.span.column) <= (place.span.end_line, place.span.end_column)
        assert set(subject.definitions) <= set(subject.places)


def _paths(value: Json, path: Keys = ()) -> Iterator[Keys]:
    if path:
        yield path
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _paths(item, (*path, index))
    elif isinstance(value, dict) and not is_unknown(value):
        for key, item in value.items():
            yield from _paths(item, (*path, key))
