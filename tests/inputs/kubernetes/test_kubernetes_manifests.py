"""Kubernetes manifests as units and subjects."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from scanner.inputs.kubernetes import HELM, build, claims, facts, group
from scanner.model import Json, Problem, Span, Unit
from scanner.text import Source
from tests.inputs.kubernetes.conftest import tree

POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n"


def source(text: str | bytes, path: str = "k8s/app.yaml") -> Source:
    return Source(path, text if isinstance(text, bytes) else text.encode())


def unit(*texts: str | bytes, root: str = "k8s", **more: str) -> Unit:
    files = {f"k8s/{number}.yaml": text for number, text in enumerate(texts)} | {
        f"k8s/{name}.json": text for name, text in more.items()
    }
    return build(root, {path: source(text, path) for path, text in files.items()})


def addresses(found: Unit) -> list[str]:
    return [subject.address for subject in found.subjects]


def test_nothing_heavy_is_imported_for_a_name() -> None:
    code = "import sys, scanner.inputs.kubernetes as k; k.claims('a.yaml'); assert 'yaml' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("path", ["a.yaml", "x/b.yml", "x/C.YAML", "d.json", "package.yaml", "kustomization.yaml"])
def test_claimed(path: str) -> None:
    assert claims(path)


@pytest.mark.parametrize(
    "path", ["a.yaml.tmpl", "yaml", "x/package-lock.json", "package.json", "x/tsconfig.json", "pnpm-lock.yaml"]
)
def test_not_claimed(path: str) -> None:
    assert not claims(path)


# Which files are manifests


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (POD, "a.yaml"),
        ("# head\n---\nfoo: 1\n---\n" + POD, "a.yaml"),
        ("\ufeff" + POD, "a.yaml"),
        (POD.replace("\n", "\r\n"), "a.yaml"),
        (POD.encode("utf-16"), "a.yaml"),
        ("'apiVersion': v1\n\"kind\" : Pod\n", "a.yaml"),
        ("{apiVersion: v1, kind: Pod}\n", "a.yaml"),
        ("--- {apiVersion: v1, kind: Pod}\n", "a.yaml"),
        ("  apiVersion: v1\n  kind: Pod\n", "a.yaml"),
        ('{"kind":"Pod","metadata":{"name":"x"},"apiVersion":"v1"}', "a.json"),
        ('{\n  "apiVersion" : "v1",\n  "kind" : "Pod"\n}', "a.json"),
        (POD, "a.json"),
        ("apiVersion: v1\nkind: Pod\na: [\n", "a.yaml"),
        ("  apiVersion: v1\n  kind: Pod\n  a: [\n", "a.yaml"),
        ('{"apiVersion": "v1", "kind": "Pod",, }', "a.json"),
        ("apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n", "apps.yaml"),
    ],
)
def test_manifests(text: str | bytes, path: str) -> None:
    assert facts(source(text, path)) == {}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", "a.yaml"),
        ("kind: Pod\n", "a.yaml"),
        ("apiVersion: v1\n", "a.yaml"),
        ("apiVersion: v1\n---\nkind: Pod\n", "a.yaml"),
        ("# apiVersion: v1\n# kind: Pod\n", "a.yaml"),
        ("extra:\n- apiVersion: v1\n  kind: Pod\n", "others.yaml"),
        ("x: |\n  apiVersion: v1\n  kind: Pod\n", "a.yaml"),
        ("apiVersion: [1]\nkind: {}\n".replace("apiVersion", " apiVersion").replace("kind", " kind"), "a.yaml"),
        ('{"definitions": {"Pod": {"properties": {"apiVersion": {}, "kind": {}}}}}', "swagger.json"),
        ('[{"apiVersion": "v1", "kind": "Pod"}]', "a.json"),
        ('{"a": "\\"apiVersion\\": 1, \\"kind\\": 2"}', "a.json"),
        ('{"apiVersion": "kind", "x": ["kind"]}', "a.json"),
        ("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n", "x/kustomization.yaml"),
        (b"\x00\xff apiVersion kind", "a.yaml"),
    ],
)
def test_no_manifests(text: str | bytes, path: str) -> None:
    assert facts(source(text, path)) is None


# Units


def test_a_unit_is_a_folder_of_manifests_with_all_beneath_it() -> None:
    paths = ["app/base.yaml", "app/a/b/deep.yaml", "app-two/x.yaml"]
    paths += ["envs/prod/a.yaml", "envs/prod/b.yaml", "envs/staging/a.yaml"]
    known: dict[str, Json] = {path: {} for path in paths}
    expected = {
        "app": ("app/a/b/deep.yaml", "app/base.yaml"),
        "app-two": ("app-two/x.yaml",),
        "envs/prod": ("envs/prod/a.yaml", "envs/prod/b.yaml"),
        "envs/staging": ("envs/staging/a.yaml",),
    }
    assert group(known) == expected
    assert list(group(dict(reversed(known.items())))) == list(expected)
    assert group({**known, "top.yml": {}}) == {".": tuple(sorted([*known, "top.yml"]))}
    assert group({}) == {}


def test_a_manifest_of_one_environment_is_not_seen_by_the_other() -> None:
    units = tree({"prod/a.yaml": POD, "staging/a.yaml": POD, "values.yaml": "a: {apiVersion: v1, kind: x}\n"})
    assert [(root, found.id, addresses(found)) for root, found in units.items()] == [
        ("prod", "kubernetes:prod", ["default/Pod/web"]),
        ("staging", "kubernetes:staging", ["default/Pod/web"]),
    ]
    assert units["prod"].subjects[0].id == "kubernetes:prod:default/Pod/web"


# Subjects


def test_a_manifest_is_a_subject_at_its_name() -> None:
    head = "# app\napiVersion: apps/v1\nkind: Deployment\n"
    text = head + "metadata:\n  namespace: shop\n  name: 'web'\nspec:\n  replicas: 2\n"
    found = unit(text)
    assert (found.id, found.kind, found.files, found.problems) == ("kubernetes:k8s", "kubernetes", ("k8s/0.yaml",), ())
    (subject,) = found.subjects
    assert (subject.type, subject.name, subject.address) == ("Deployment", "web", "shop/Deployment/web")
    assert subject.id == "kubernetes:k8s:shop/Deployment/web"
    assert subject.header.path == "k8s/0.yaml"
    assert subject.header.span == Span(6, 9, 6, 14)
    assert subject.config["spec"] == {"replicas": 2}
    assert subject.places[("spec", "replicas")].span == Span(8, 13, 8, 14)
    assert subject.places[("spec",)].span == Span(7, 1, 7, 5)


@pytest.mark.parametrize(
    ("metadata", "name", "address", "header"),
    [
        ("metadata: {generateName: job-}\n", "job-", "default/Pod/job-", (2, 7)),
        ("metadata: {name: 12, namespace: on}\n", "12", "true/Pod/12", (3, 18)),
        ("metadata: {name: ~}\n", "", "default/Pod/unnamed", (2, 7)),
        ("metadata: {name: [a]}\n", "", "default/Pod/unnamed", (2, 7)),
        ("metadata: nonsense\n", "", "default/Pod/unnamed", (2, 7)),
        ("", "", "default/Pod/unnamed", (2, 7)),
    ],
)
def test_odd_names(metadata: str, name: str, address: str, header: tuple[int, int]) -> None:
    (subject,) = unit("apiVersion: v1\nkind: Pod\n" + metadata).subjects
    assert (subject.name, subject.address) == (name, address)
    assert (subject.header.span.line, subject.header.span.column) == header


def test_addresses_are_unique_in_a_unit() -> None:
    found = unit("---\n".join([POD] * 2 + [POD.replace("web", "'web#3'")]), POD, POD.replace("web", "other"))
    assert addresses(found) == [
        "default/Pod/web",
        "default/Pod/web#2",
        "default/Pod/web#3",
        "default/Pod/web#4",
        "default/Pod/other",
    ]
    assert len({subject.id for subject in found.subjects}) == 5


def test_documents() -> None:
    found = unit(
        f"# only a comment\n---\n---\nnot: a manifest\n---\n- list\n---\n{POD}...\n---\n{POD.replace('web', 'b')}---\n"
    )
    assert addresses(found) == ["default/Pod/web", "default/Pod/b"]
    assert [subject.header.span.line for subject in found.subjects] == [11, 17]


def test_lists_are_their_items() -> None:
    text = """\
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Secret
  metadata: {name: a}
  data: {key: aGk=}
- kind: no version
- apiVersion: v1
  kind: List
  items:
  - apiVersion: v1
    kind: Service
    metadata: {name: b}
- 5
- apiVersion: apps/v1
  kind: DeploymentList
  items:
  - metadata: {name: c}
    spec: {replicas: 1}
  - apiVersion: v2
    kind: Other
    metadata: {name: d}
"""
    found = unit(text)
    assert addresses(found) == ["default/Secret/a", "default/Service/b", "default/Deployment/c", "default/Other/d"]
    secret, service, deployment, other = found.subjects
    assert secret.config == {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, "data": {"key": "aGk="}}
    assert secret.places[()].span == Span(4, 3, 4, 17)
    assert secret.places[("data", "key")].span == Span(7, 15, 7, 19)
    assert service.header.span.line == 14
    assert deployment.config["apiVersion"] == "apps/v1"
    assert deployment.header.span.line == 19
    assert ("kind",) not in deployment.places
    assert other.config["apiVersion"] == "v2"
    assert addresses(unit("apiVersion: v1\nkind: List\nitems: []\n")) == []


def test_a_kind_that_only_ends_like_a_list_is_a_manifest() -> None:
    assert addresses(unit("apiVersion: x/v1\nkind: AllowList\nmetadata: {name: a}\n")) == ["default/AllowList/a"]


def test_json_manifests() -> None:
    manifest = {"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "smile", "labels": {"x": "😀"}}}
    (subject,) = unit(a=json.dumps(manifest, indent="\t")).subjects
    assert subject.config == manifest
    assert subject.header.span == Span(5, 11, 5, 18)


def test_anchors_and_merges_keep_their_places() -> None:
    (subject,) = unit(POD + "x: &x {cpu: 1}\ny: *x\nz:\n  <<: *x\n").subjects
    assert subject.config["z"] == subject.config["y"] == {"cpu": 1}
    assert subject.places[("y",)].span == Span(6, 4, 6, 6)
    assert subject.places[("z", "cpu")].span == subject.places[("x", "cpu")].span == Span(5, 13, 5, 14)


# Problems


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (POD + "spec: [a\nb: c\n", 6, "not valid YAML"),
        (POD + "  bad: 'x\n", 6, "not valid YAML"),
        (POD.encode() + b"x: \xff\n", 5, "UTF-8"),
        (POD + "a: *b\n", 5, "alias"),
        (POD + "a: " + "[" * 10_000 + "\n", 5, "deeper than 100"),
        (POD + "a: &a [x]\n" + "".join(f"b{n}: &a [{'*a,' * 9}]\n" for n in range(2)), 6, "inside the value"),
        (POD + "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 30)), 11, "200,000"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_a_fatal_problem(text: str | bytes, line: int, words: str) -> None:
    assert facts(source(text)) == {}
    found = unit(text, POD)
    (problem,) = found.problems
    assert (problem.path, problem.fatal, problem.line) == ("k8s/0.yaml", True, line)
    assert words in problem.message
    assert addresses(found) == ["default/Pod/web"]


def test_keys_given_twice_are_noted() -> None:
    found = unit(POD + "spec: {a: 1, a: 2}\nmetadata: {name: last}\n")
    assert addresses(found) == ["default/Pod/last"]
    message = "key given again in the same mapping (line 5, 6): the last value counts"
    assert found.problems == (Problem("k8s/0.yaml", message, fatal=False, line=5),)


def test_many_keys_given_twice_make_one_short_note() -> None:
    (problem,) = unit(POD + "x: 1\n" * 1000).problems
    assert problem.message.endswith("13, 14, 15, …): the last value counts")


# Templates in no chart

TEMPLATE = """\
{{- if .Values.enabled }}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "shop.name" . }}
{{- end }}
"""
QUOTED = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: "{{ .Release.Name }}"\n'


def test_quoted_actions_outside_of_a_chart_are_text() -> None:
    assert addresses(tree({"templates/a.yaml": QUOTED})["templates"]) == ["default/Service/{{ .Release.Name }}"]
    rule = "apiVersion: v1\nkind: Rule\nsummary: Instance {{ $labels.instance }} is down\nt: |\n  {{ $value }}\n"
    assert facts(source(rule)) == {}
    assert len(unit(rule).subjects) == 1


@pytest.mark.parametrize(
    "text",
    [
        TEMPLATE,
        POD + "spec: {{ toYaml .Values.spec }}\n",
        POD + "spec:\n  {{- range .Values.list }}\n  - x\n  {{- end }}\n",
        POD + "# don't\nspec: 'it''s' \n{{ template }}\n",
        POD + 'spec: "{{ include "shop.name" . }}"\n',
    ],
)
def test_broken_yaml_with_actions_is_a_template_anywhere(text: str) -> None:
    assert facts(source(text)) == {}
    found = unit(text)
    assert found.problems == (Problem("k8s/0.yaml", HELM, fatal=False),)
    assert found.subjects == ()


@pytest.mark.parametrize("action", ["# {{ if }}\n", "x: '{{ a }}'\n", 'x: "\\"{{ a }}"\n', "x: 1 # {{\n"])
def test_broken_yaml_with_actions_in_quotes_or_comments_only_is_broken(action: str) -> None:
    text = POD + action + "y: [\n"
    assert facts(source(text)) == {}
    (problem,) = unit(text).problems
    assert problem.fatal


# Determinism


def test_the_order_of_files_does_not_matter() -> None:
    files = {f"k8s/{number}.yaml": source(POD + "a: 1\na: 2\n", f"k8s/{number}.yaml") for number in range(5)}
    one, other = build("k8s", files), build("k8s", dict(reversed(files.items())))
    assert one == other
    assert list(one.problems) == list(other.problems)
    assert one.files == tuple(sorted(files))
    assert [dict(subject.places) for subject in one.subjects] == [dict(subject.places) for subject in other.subjects]
