"""Envoy configuration as units and subjects."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.inputs.envoy import claims, facts
from scanner.model import is_unknown
from scanner.text import Source
from tests.inputs.proxies import check_whole, fixtures, only, sliced, subject

TEXT = """admin:
  address: {socket_address: {address: '${ADMIN}', port_value: 9901}}
static_resources:
  listeners:
  - name: edge
    address: {socket_address: {address: 0.0.0.0}}
  - address: {}
  clusters:
  - {name: app, type: STATIC}
  - {name: app, type: EDS}
  - nonsense
"""


@pytest.mark.parametrize("path", ["envoy.yaml", "a/b.json", "x.YML"])
def test_claimed(path: str) -> None:
    assert claims(path)


@pytest.mark.parametrize("path", ["envoy.conf", "package.json", "envoy.yaml.tmpl"])
def test_not_claimed(path: str) -> None:
    assert not claims(path)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (TEXT, "a.yaml"),
        ('{"static_resources": {}}', "a.json"),
        ('{\n  "node": {},\n  "static_resources": {}\n}', "a.json"),
        ('resources:\n- "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster\n  name: a\n', "cds.yaml"),
    ],
)
def test_ours(text: str, path: str) -> None:
    assert facts(Source(path, text.encode())) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "listeners: []\nclusters: []\n",
        "# static_resources:\n",
        "envoy:\n  static_resources: {}\n",
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\nstatic_resources: {}\n",
        "resources:\n- type: compute.v1.instance\n",
    ],
)
def test_not_ours(text: str) -> None:
    assert facts(Source("a.yaml", text.encode())) is None


def test_subjects() -> None:
    unit = only("envoy", TEXT, "a.yaml")
    assert [one.address for one in unit.subjects] == [
        "listener/edge",
        "listener",
        "cluster/app",
        "cluster/app#2",
        "admin",
    ]
    edge = subject(unit, "listener/edge")
    assert sliced(edge, {"a.yaml": TEXT}, "address", "socket_address", "address") == "0.0.0.0"  # noqa: S104
    assert edge.header.span.line == 5
    assert is_unknown(subject(unit, "admin").config["address"]["socket_address"]["address"])


@pytest.mark.parametrize(
    ("text", "line", "fatal"),
    [
        ("static_resources:\n  listeners: [\n", 3, True),
        ("static_resources:\n  listeners:\n{{ listeners }}\n", 4, False),
    ],
)
def test_broken(text: str, line: int, fatal: bool) -> None:
    unit = only("envoy", text, "a.yaml")
    assert [(problem.fatal, problem.line) for problem in unit.problems] == [(fatal, line)]
    assert unit.subjects == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    )
)
def test_any_shape(value: object) -> None:
    text = json.dumps(
        {"static_resources": {"listeners": value, "clusters": [value]}, "admin": value, "resources": value}
    )
    check_whole("envoy", "a.json", text.encode())


FIXTURES = sorted(set(fixtures("envoy")))


@given(st.sampled_from(FIXTURES), st.data())
def test_mutilated_files_never_raise(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    junk = draw.draw(
        st.sampled_from([b"", b"[", b"{", b"}", b'"', b"\xff", b"{{ x }}", b"\t", b"\n---\n", b"*a", b": "])
    )
    check_whole("envoy", "a.yaml", data[:at] + junk + data[at + draw.draw(st.integers(0, 40)) :])


@pytest.mark.parametrize("data", FIXTURES)
def test_fixtures_are_whole(data: bytes) -> None:
    unit = check_whole("envoy", "a.yaml", data)
    assert unit is not None
    assert unit.problems == ()
