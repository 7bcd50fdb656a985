"""Plans, whatever is written in them."""

from __future__ import annotations

import json
from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.inputs import terraform as terraform_input
from scanner.model import Json, Keys
from scanner.text import Source
from tests.inputs.terraform.conftest import build_unit
from tests.inputs.terraform.plans import BUCKET, Planned, bucket, constant, reference

NAMES = st.from_regex(r"[a-z_]{1,6}", fullmatch=True)
TEXTS = st.text(max_size=8)
SCALARS = st.one_of(st.booleans(), st.integers(-(10**9), 10**9), TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(NAMES, inner, max_size=2)),
    max_leaves=4,
)


def _leaves(value: Json, path: Keys = ()) -> list[tuple[Keys, Json]]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in _leaves(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for index, item in enumerate(value) for leaf in _leaves(item, (*path, index))]
    return [(path, value)]


@settings(deadline=None, max_examples=80)
@given(st.dictionaries(NAMES, VALUES, max_size=4), st.sampled_from([None, 2]))
def test_the_text_at_a_planned_values_place_is_the_value(values: dict[str, Json], indent: int | None) -> None:
    plan = Planned().add("a.b", values, {key: constant(value) for key, value in values.items()})
    built = build_unit({"p.json": plan.text(indent)})
    for keys, value in _leaves(values):
        assert json.loads(built.at("a.b", *keys)) == value


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_change_to_a_plan_raises(data: st.DataObject) -> None:
    plan = bucket().add(
        "module.m[0].a.b", {"x": [{"y": "{}"}]}, {"x": [{"y": reference("var.z")}]}, unknown={"x": [{}]}
    )
    text = plan.text().encode()
    start = data.draw(st.integers(0, len(text)))
    put = data.draw(st.sampled_from([b"", b"null", b"[]", b"{}", b'"', b"\xff", b"1", b"}", b"["]))
    text = text[:start] + put + text[start + data.draw(st.integers(0, 30)) :]
    files = {"main.tf": BUCKET.encode(), "p.json": text}
    sources = {path: Source(path, content) for path, content in files.items()}
    facts = {path: fact for path, source in sources.items() if (fact := terraform_input.facts(source)) is not None}
    for root, paths in terraform_input.group(facts).items():
        unit = terraform_input.build(root, {path: sources[path] for path in paths})
        json.dumps([subject.config for subject in unit.subjects])
        assert all(subject.header.span.line for subject in unit.subjects)


def _spots(value: Json) -> list[tuple[Json, str | int]]:
    """Every place in a plan where something can be put: what holds it, and its key there."""
    if isinstance(value, dict | list):
        pairs = list(value.items() if isinstance(value, dict) else enumerate(value))
        return [spot for key, item in pairs for spot in [(value, key), *_spots(item)]]
    return []


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_odd_value_in_a_plan_raises(data: st.DataObject) -> None:
    written = {"x": [{"y": reference("var.z"), "p": reference("module.m[0].o", "module.m[0]")}]}
    plan = bucket().add("module.m[0].a.b", {"x": [{"y": "{}", "p": "[1]"}]}, written, unknown={"x": [{"y": True}]})
    plan.call("module.m", expressions={"z": reference("aws_s3_bucket.b.id", "aws_s3_bucket.b", "each.key")})
    plan.call("module.m")["outputs"] = {"o": {"expression": reference("module.m.o")}}
    content = plan.data()
    odd = st.one_of(
        JSON, st.sampled_from([reference("a", "b.", "module.", "var.", "[0]", "data.x"), True, {"__unknown__": 1}])
    )
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(_spots(content)))
        holder[key] = deepcopy(data.draw(odd))
    content |= {"format_version": "1.2", "terraform_version": "1"}
    code = BUCKET + 'module "m" {\n  source = "./m"\n  z = 1\n}\n'
    for files in ({"p.json": json.dumps(content)}, {"main.tf": code, "p.json": json.dumps(content)}):
        for root in ("p.json", "."):
            sources = {path: Source(path, text.encode()) for path, text in files.items()}
            assert terraform_input.facts(sources["p.json"]) is not None
            for subject in terraform_input.build(root, sources).subjects:
                json.dumps(subject.config)
                assert all(place.span.line for place in subject.places.values())
                assert subject.header.span.line
