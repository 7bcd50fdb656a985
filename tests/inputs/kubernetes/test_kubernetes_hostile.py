"""Whatever is written in charts and overlays: places and values go together, and nothing raises."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.inputs.kubernetes.helm.goprint import json_number, yaml_string
from scanner.model import Json, Keys, Place, is_unknown
from scanner.text import Source
from scanner.yaml_tree import parse
from tests.inputs.kubernetes.conftest import CHART, chart, source, tree

NO_TEXTS = {"on", "off", "yes", "no", "true", "false", "null"}
"""Words that YAML 1.1, as Kubernetes reads it, takes for something else, as keys too."""
NAMES = st.from_regex(r"[a-z][a-zA-Z]{0,5}", fullmatch=True).filter(lambda name: name.lower() not in NO_TEXTS)
ANY_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{}"), max_size=15)
TEXTS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="{}") | st.just(" "), max_size=15)
SCALARS = st.one_of(st.booleans(), st.integers(-(10**6), 10**6), TEXTS, st.none())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)
HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"
CHART_FILES = {
    "Chart.yaml": CHART + "dependencies: [{name: sub, condition: sub.on, alias: other, version: 1.0.0}]\n",
    "values.yaml": "a: {b: [1, {c: 'é'}], d: null}\nother: {on: true}\nsecurity: {privileged: true}\n"
    "text: '{{ .Release.Name }}'\n",
    "templates/_h.tpl": '{{- define "h" -}}\nlabels:\n  app: {{ .Chart.Name | quote }}\n{{- end }}\n',
    "templates/a.yaml": """\
{{- $x := .Values.a | default (dict "k" `v`) }}
{{- if and .Values.security (not .Values.none) }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Chart.Name | upper | lower | trunc 9 }}-{{ include "h" . | len }}
  {{- include "h" . | nindent 2 }}
spec:
  securityContext: {{- toYaml .Values.security | nindent 4 }}
  {{- range $i, $e := $x.b }}
  k{{ $i }}: {{ $e | toJson }} # {{/* note */}}
  {{- else }}
  none: true
  {{- end }}
  tpl: "{{ tpl .Values.text $ }}"
{{- end }}
---
kind: Service
""",
    "charts/sub/Chart.yaml": "name: sub\nversion: 1.0.0\n",
    "charts/sub/templates/b.yaml": HEAD + "data:\n  {{- with .Values.on }}\n  on: {{ . }}\n  {{- end }}\n",
}
OVERLAY_FILES = {
    "base/kustomization.yaml": "resources: [a.yaml]\nconfigMapGenerator: [{name: g, literals: [a=b]}]\n",
    "base/a.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n"
    "      containers:\n      - {name: main, image: 'x:1', ports: [{containerPort: 80}]}\n",
    "over/kustomization.yaml": """\
resources: [../base]
namespace: shop
namePrefix: p-
labels: [{pairs: {a: b}, includeSelectors: true}]
images: [{name: x, newTag: "2"}]
replicas: [{name: web, count: 2}]
patches:
- path: p.yaml
- target: {kind: Deployment, labelSelector: "a in (b)"}
  patch: |-
    - {op: add, path: /spec/x, value: [1, {y: é}]}
""",
    "over/p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n"
    "      containers:\n      - name: main\n        ports: [{containerPort: 80, name: a}, {containerPort: 81}]\n",
}


def check(files: dict[str, str | bytes]) -> None:
    """Builds everything, and looks every place up in its file."""
    for unit in tree(files).values():
        json.dumps([subject.config for subject in unit.subjects])
        for subject in unit.subjects:
            for place in [subject.header, *subject.places.values()]:
                inside(place, files)
            for steps in subject.definitions.values():
                for step in steps:
                    inside(step.place, files)
            for keys in subject.definitions:
                assert keys in subject.places
        for problem in unit.problems:
            assert problem.path in files
            assert 0 <= problem.line <= source(files[problem.path], problem.path).line_count + 1


def inside(place: Place, files: dict[str, str | bytes]) -> None:
    text, span = source(files[place.path], place.path), place.span
    assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)
    assert span.end_line <= text.line_count + 1


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from([CHART_FILES, OVERLAY_FILES]))
def test_mutated_files_never_raise(data: st.DataObject, files: dict[str, str]) -> None:
    path = data.draw(st.sampled_from(sorted(files)))
    mutated = bytearray(files[path].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(mutated)))
        end = data.draw(st.integers(start, min(len(mutated), start + 12)))
        mutated[start:end] = data.draw(
            st.one_of(
                st.binary(max_size=4), st.sampled_from([b"{{", b"}}", b"\n", b"  ", b"- ", b"{{ end }}", b"|", b"''"])
            )
        )
    check({**files, path: bytes(mutated)})


@pytest.mark.parametrize("files", [CHART_FILES, OVERLAY_FILES])
def test_truncated_files_never_raise(files: dict[str, str]) -> None:
    for path, text in files.items():
        for length in range(0, len(text), 5):
            check({**files, path: text.encode()[:length]})
    check(dict(files))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4))
def test_values_go_through_to_yaml_and_keep_their_places(values: dict[str, Json]) -> None:
    text = json.dumps(values, ensure_ascii=False, indent=1)
    built = chart(HEAD + "data:\n  {{- toYaml .Values.all | nindent 2 }}\n", f'{{"all": {text}}}\n')
    subject = built.unit.subjects[0]
    assert subject.config["data"] == values
    original = parse(Source("values.yaml", built.files["values.yaml"].encode()))[0].places
    for keys, value in leaves(values, ()):
        steps = subject.definitions.get(("data", *keys), ())
        assert [step.place for step in steps] == [original[("all", *keys)]], (keys, value)
        assert built.written("data", *keys)[2] == "{{- toYaml .Values.all | nindent 2 }}"


def leaves(value: Json, keys: Keys) -> list[tuple[Keys, Json]]:
    if isinstance(value, dict) and value:
        return [found for key, item in value.items() for found in leaves(item, (*keys, key))]
    if isinstance(value, list) and value:
        return [found for at, item in enumerate(value) for found in leaves(item, (*keys, at))]
    return [] if isinstance(value, (dict, list)) else [(keys, value)]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(NAMES, st.tuples(SCALARS, st.booleans()), min_size=1, max_size=4), st.integers(0, 2))
def test_the_text_at_a_place_is_the_value_as_written(data: dict[str, tuple[Json, bool]], noise: int) -> None:
    lines, expected = [], {}
    for key, (value, is_action) in data.items():
        text = f"{{{{ .Values.{key} }}}}" if is_action else json.dumps(value, ensure_ascii=False)
        lines += ["  {{- /* note */}}"] * noise + [f"  {key}: {text} # é"]
        expected[key] = text
    values = json.dumps({key: str(key) for key in data})
    built = chart(HEAD + "data:\n" + "\n".join(lines) + "\n", values)
    for key, text in expected.items():
        value = built.config["data"][key]
        assert built.written("data", key)[2] == text
        assert value == (key if data[key][1] else data[key][0]) or is_unknown(value)


@given(ANY_TEXTS)
def test_a_string_is_the_same_after_yaml(text: str) -> None:
    written = f"a:\n  b: {yaml_string(text, 4)}\n"
    assert parse(Source("x.yaml", written.encode()))[0].data == {"a": {"b": text}}, written


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_the_same_after_json(number: float) -> None:
    assert float(json.loads(json_number(number))) == number
