"""Overlays: bases with all that is changed in them, every value where it is written."""

from __future__ import annotations

import pytest

from scanner.inputs.kubernetes import claims, facts
from scanner.model import Json, is_unknown
from tests.inputs.kubernetes.conftest import Built, one_unit, source, tree

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: main
        image: registry.example.com:5000/web:1.0
        env:
        - {name: A, value: "1"}
        - {name: B, value: "2"}
        securityContext: {privileged: true}
      - name: side
        image: side
"""
POD = "spec", "template", "spec"


def overlay(kustomization: str, **more: str) -> Built:
    """`over/` over `base/`; `more`: further files of the overlay, `_dot_` for a dot."""
    files = {
        "base/kustomization.yaml": "resources: [web.yaml]\n",
        "base/web.yaml": DEPLOYMENT,
        "over/kustomization.yaml": "resources: [../base]\n" + kustomization,
    }
    files |= {f"over/{name.replace('_dot_', '.')}": text for name, text in more.items()}
    return one_unit(files, "over/kustomization.yaml")


def container(found: Built, name: str = "main") -> Json:
    containers = found.unit.subjects[0].config["spec"]["template"]["spec"]["containers"]
    return next(one for one in containers if one["name"] == name)


# What is a kustomization, and which units there are


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("resources: [a.yaml, ./b, ../c/d.yaml]\n", ["k/a.yaml", "k/b", "c/d.yaml"]),
        ("kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{path: p.yaml}]\n", ["k/p.yaml"]),
        ("bases: [..]\npatchesStrategicMerge: [x.yaml, 'a: 1\\nb: 2']\n", ["", "k/x.yaml"]),
        ("resources: ['https://example.com/a.yaml', 'git@example.com:a/b']\n", []),
        ("resources: ['github.com/a/b?ref=v1', ../../../etc]\n", []),
        ("resources: [a\n", []),
    ],
)  # fmt: skip
def test_facts(text: str, expected: list[str]) -> None:
    assert facts(source(text, "k/kustomization.yaml")) == {"kustomization": sorted(expected)}


@pytest.mark.parametrize(
    "text", ["", "a: 1\n", "[1]\n", "kind: Other\nresources: []\n",
             "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"]
)  # fmt: skip
def test_no_kustomization(text: str) -> None:
    assert facts(source(text, "k/kustomization.yml")) is None


def test_a_flux_kustomization_is_a_manifest() -> None:
    text = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: {patches: []}\n"
    assert facts(source(text, "k/kustomization.yaml")) == {}
    assert claims("k/Kustomization")


def test_overlays_are_units_and_what_they_use_is_none() -> None:
    files = {
        "base/kustomization.yaml": "resources: [web.yaml]\n",
        "base/web.yaml": DEPLOYMENT,
        "base/unused.yaml": DEPLOYMENT.replace("web", "unused"),
        "mixin/kustomization.yaml": "kind: Component\nnamePrefix: x-\n",
        "prod/Kustomization": "resources: [../base]\npatches: [{path: p.yaml}]\n",
        "prod/p.yaml": DEPLOYMENT.replace("replicas: 1", "replicas: 5"),
        "test/kustomization.yml": "resources: [../base, own.yaml]\ncomponents: [../mixin]\n",
        "test/own.yaml": DEPLOYMENT.replace("web", "own"),
        "plain/a.yaml": DEPLOYMENT,
    }
    units = tree(files)
    assert {root: [one.name for one in unit.subjects] for root, unit in units.items()} == {
        "base": ["unused"],
        "plain": ["web"],
        "prod/Kustomization": ["web"],
        "test/kustomization.yml": ["x-web", "x-own"],
    }
    assert units["prod/Kustomization"].subjects[0].config["spec"]["replicas"] == 5
    assert not any(unit.problems for unit in units.values())


def test_a_base_that_no_overlay_uses_is_a_unit() -> None:
    files = {"base/kustomization.yaml": "resources: [web.yaml]\n", "base/web.yaml": DEPLOYMENT}
    assert list(tree(files)) == ["base/kustomization.yaml"]


def test_overlays_that_use_each_other_are_read_once() -> None:
    files = {"a/kustomization.yaml": "resources: [../b, w.yaml]\n", "b/kustomization.yaml": "resources: [../a]\n",
             "a/w.yaml": DEPLOYMENT}  # fmt: skip
    found = one_unit(files, "a/kustomization.yaml")
    assert list(tree(files)) == ["a/kustomization.yaml"]
    assert found.notes == [("a/kustomization.yaml", 1, "Kustomize: uses itself", False)]


# Patches


def test_a_strategic_merge_patch() -> None:
    patch = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {x: y}}
spec:
  replicas: 3
  template:
    spec:
      hostNetwork: true
      containers:
      - name: main
        env:
        - {name: B, value: two}
        - {name: C, value: three}
        securityContext:
          privileged: false
"""
    found = overlay("patches:\n- path: p.yaml\n", p_dot_yaml=patch)
    main = container(found)
    assert main["env"] == [
        {"name": "B", "value": "two"}, {"name": "C", "value": "three"}, {"name": "A", "value": "1"}
    ]  # fmt: skip
    assert main["securityContext"] == {"privileged": False}
    assert main["image"] == "registry.example.com:5000/web:1.0"
    assert container(found, "side") == {"name": "side", "image": "side"}
    assert found.written("spec", "replicas") == ("over/p.yaml", 5, "3")
    assert found.written(*POD, "containers", 0, "securityContext", "privileged") == ("over/p.yaml", 15, "false")
    assert found.written(*POD, "containers", 0, "image")[:2] == ("base/web.yaml", 13)
    assert found.written(*POD, "containers", 0, "env", 1, "value") == ("over/p.yaml", 13, "three")
    assert found.unit.subjects[0].header.path == "base/web.yaml"
    assert found.unit.files == ("base/kustomization.yaml", "base/web.yaml", "over/kustomization.yaml", "over/p.yaml")


@pytest.mark.parametrize(
    ("patch", "keys", "expected"),
    [
        ("spec: {replicas: null}", ("spec",), {"selector", "template"}),
        ("spec: {template: {spec: {containers: [{name: side, $patch: delete}]}}}", (*POD, "containers"), ["main"]),
        ("spec: {template: {spec: {containers: [{name: new}, {$patch: replace}]}}}", (*POD, "containers"), ["new"]),
        ("spec: {template: {$patch: delete}}", ("spec",), {"selector", "replicas"}),
        ("spec: {template: {$patch: replace, x: 1}}", ("spec", "template"), {"x"}),
        ("spec: {selector: {$retainKeys: [b], b: 1}}", ("spec", "selector"), {"b"}),
        ("metadata: {finalizers: [a]}", ("metadata",), {"name", "finalizers"}),
    ],
)
def test_directives(patch: str, keys: tuple[str, ...], expected: set[str] | list[str]) -> None:
    head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
    text = patch.replace("metadata: {", "metadata: {name: web, ") if patch.startswith("metadata") else patch
    value = overlay("patches: [{path: p.yaml}]\n", p_dot_yaml=head + text + "\n").config
    for key in keys:
        value = value[key]
    assert ({*value} if isinstance(value, dict) else [item["name"] for item in value]) == expected


def test_a_patch_that_deletes_a_manifest() -> None:
    patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n$patch: delete\n"
    assert overlay("patchesStrategicMerge: [p.yaml]\n", p_dot_yaml=patch).unit.subjects == ()


def test_lists_of_custom_resources_are_replaced() -> None:
    manifest = "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {env: [{name: A}, {name: B}]}\n"
    files = {
        "kustomization.yaml": "resources: [t.yaml]\npatches: [{path: p.yaml}]\n",
        "t.yaml": manifest,
        "p.yaml": manifest.replace("[{name: A}, {name: B}]", "[{name: C}]"),
    }
    assert one_unit(files, "kustomization.yaml").config["spec"] == {"env": [{"name": "C"}]}


@pytest.mark.parametrize("style", ["|-", "|"])
def test_a_patch_in_the_kustomization_has_exact_places(style: str) -> None:
    text = f"""\
patches:
- target: {{kind: Deployment}}
  patch: {style}
    - op: replace
      path: /spec/template/spec/containers/0/securityContext/privileged
      value: false
    - {{op: add, path: /metadata/annotations, value: {{a~b/c: "d"}}}}
    - {{op: replace, path: /metadata/annotations/a~0b~1c, value: 'é'}}
    - {{op: add, path: /spec/template/spec/containers/-, value: {{name: last}}}}
    - {{op: remove, path: /spec/replicas}}
    - {{op: copy, from: /metadata/name, path: /metadata/labels}}
    - {{op: test, path: /kind, value: Deployment}}
"""
    found = overlay(text)
    keys = (*POD, "containers", 0, "securityContext", "privileged")
    assert found.written(*keys) == ("over/kustomization.yaml", 7, "false")
    assert found.written("metadata", "annotations", "a~b/c") == ("over/kustomization.yaml", 9, "'é'")
    assert found.written(*POD, "containers", 2, "name") == ("over/kustomization.yaml", 10, "last")
    assert "replicas" not in found.config["spec"]
    assert found.config["metadata"]["labels"] == "web"
    assert found.notes == []


def test_a_patch_in_another_kind_of_string_stands_where_the_string_does() -> None:
    found = overlay('patches:\n- target: {name: w.b}\n  patch: "[{op: replace, path: /spec/replicas, value: 9}]"\n')
    assert found.config["spec"]["replicas"] == 9
    assert found.written("spec", "replicas")[1] == 4


@pytest.mark.parametrize(
    ("target", "hit"),
    [
        ("kind: Deployment", True), ("kind: Deploy", False), ("name: web|x", True), ("name: we", False),
        ("group: apps, version: v1", True), ("group: batch", False), ("labelSelector: 'app=web'", True),
        ("labelSelector: 'app!=web'", False), ("labelSelector: 'app in (a, web),!gone'", True),
        ("labelSelector: 'app notin (web)'", False), ("labelSelector: '=('", False), ("name: '('", False),
    ],
)  # fmt: skip
def test_targets(target: str, hit: bool) -> None:
    patch = "'[{op: remove, path: /spec/replicas}]'"
    text = f"commonLabels: {{app: web}}\npatches:\n- target: {{{target}}}\n  patch: {patch}\n"
    files = {
        "a/kustomization.yaml": "resources: [web.yaml]\ncommonLabels: {app: web}\n", "a/web.yaml": DEPLOYMENT,
        "b/kustomization.yaml": "resources: [../a]\n" + text,
    }  # fmt: skip
    found = one_unit(files, "b/kustomization.yaml")
    assert ("replicas" not in found.config["spec"]) is hit


@pytest.mark.parametrize(
    "operation",
    ["{op: remove, path: /nope}", "{op: replace, path: /spec/nope, value: 1}", "{op: add, path: /spec/a/b, value: 1}",
     "{op: add, path: /spec/replicas}", "{op: test, path: /kind, value: Pod}", "{op: what, path: /kind}",
     "{op: remove, path: ''}", "{op: add, path: /spec/template/spec/containers/9, value: {}}"],
)  # fmt: skip
def test_a_patch_that_does_not_fit_is_noted(operation: str) -> None:
    found = overlay("patches:\n- target: {kind: Deployment}\n  path: p.yaml\n", p_dot_yaml=f"[{operation}]\n")
    ((path, line, message, fatal),) = found.notes
    assert (path, line, fatal) == ("over/kustomization.yaml", 4, False)
    assert "a patch that cannot be carried out" in message


# Fields


def test_fields() -> None:
    text = """\
namespace: shop
namePrefix: p-
nameSuffix: -s
commonLabels: {team: pay}
commonAnnotations: {note: hi}
images:
- {name: registry.example.com:5000/web, newName: mirror/web, newTag: "2.0"}
- {name: side, digest: sha256:abc}
replicas: [{name: web, count: 4}]
"""
    found = overlay(text)
    subject = found.unit.subjects[0]
    assert (subject.address, subject.name) == ("shop/Deployment/p-web-s", "p-web-s")
    assert found.config["metadata"] == {
        "name": "p-web-s", "namespace": "shop", "labels": {"team": "pay"}, "annotations": {"note": "hi"},
    }  # fmt: skip
    assert found.config["spec"]["selector"]["matchLabels"] == {"app": "web", "team": "pay"}
    assert found.config["spec"]["template"]["metadata"]["labels"] == {"app": "web", "team": "pay"}
    assert container(found)["image"] == "mirror/web:2.0"
    assert container(found, "side")["image"] == "side@sha256:abc"
    assert found.written(*POD, "containers", 0, "image") == ("over/kustomization.yaml", 8, '"2.0"')
    assert found.origins(*POD, "containers", 0, "image") == [("base/web.yaml", 13, "registry.example.com:5000/web:1.0")]
    assert found.written("spec", "replicas") == ("over/kustomization.yaml", 10, "4")
    assert found.written("metadata", "namespace") == ("over/kustomization.yaml", 2, "shop")


@pytest.mark.parametrize(
    ("more", "selector", "template"),
    [("", False, False), (", includeSelectors: true", True, True), (", includeTemplates: true", False, True)],
)
def test_labels(more: str, selector: bool, template: bool) -> None:
    config = overlay(f"labels: [{{pairs: {{team: pay}}{more}}}]\n").config
    assert config["metadata"]["labels"] == {"team": "pay"}
    assert ("team" in config["spec"]["selector"]["matchLabels"]) is selector
    assert ("team" in config["spec"]["template"]["metadata"]["labels"]) is template


def test_references_follow_names() -> None:
    text = """\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  serviceAccountName: robot
  volumes: [{name: v, secret: {secretName: key}}, {name: w, configMap: {name: conf}}]
  containers: [{name: c, envFrom: [{secretRef: {name: key}}, {configMapRef: {name: elsewhere}}]}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: robot}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b}
subjects: [{kind: ServiceAccount, name: robot}]
roleRef: {kind: Role, name: r}
"""
    files = {
        "kustomization.yaml": "resources: [a.yaml]\nnamePrefix: x-\nnamespace: shop\n"
        "secretGenerator: [{name: key, literals: [pw=changeme]}]\n"
        "configMapGenerator: [{name: conf, literals: ['a=\"b\"']}]\n",
        "a.yaml": text,
    }
    found = one_unit(files, "kustomization.yaml")
    pod = found.subject("shop/Pod/x-a").config["spec"]
    assert pod["serviceAccountName"] == "x-robot"
    assert [pod["volumes"][0]["secret"]["secretName"], pod["volumes"][1]["configMap"]["name"]] == ["x-key", "x-conf"]
    assert [one[key]["name"] for one in pod["containers"][0]["envFrom"] for key in one] == ["x-key", "elsewhere"]
    binding = found.subject("shop/RoleBinding/x-b").config
    assert binding["subjects"] == [{"kind": "ServiceAccount", "name": "x-robot", "namespace": "shop"}]
    assert binding["roleRef"]["name"] == "r"


def test_generators() -> None:
    files = {
        "base/kustomization.yaml": """\
generatorOptions: {labels: {made: "yes"}}
secretGenerator:
- name: key
  literals: [password=changeme]
configMapGenerator:
- {name: conf, literals: [a=1, b=2], files: [c.txt, d=e.txt]}
- {name: env, envs: [x.env]}
""",
        "over/kustomization.yaml": """\
resources: [../base]
configMapGenerator:
- {name: conf, behavior: merge, literals: [b=3]}
""",
    }
    found = one_unit(files, "over/kustomization.yaml")
    conf, env, key = found.unit.subjects
    assert key.config["data"] == {"password": "Y2hhbmdlbWU="}
    assert (key.config["type"], key.config["metadata"]["labels"]) == ("Opaque", {"made": "yes"})
    assert found.written("data", "password", address="default/Secret/key") == (
        "base/kustomization.yaml", 4, "password=changeme",
    )  # fmt: skip
    assert (conf.config["data"]["a"], conf.config["data"]["b"]) == ("1", "3")
    assert is_unknown(conf.config["data"]["c.txt"])
    assert is_unknown(conf.config["data"]["d"])
    assert found.written("data", "b", address="default/ConfigMap/conf")[:2] == ("over/kustomization.yaml", 3)
    assert is_unknown(env.config["data"])


def test_a_component_changes_what_is_there() -> None:
    component = "kind: Component\nresources: [extra.yaml]\npatches:\n- target: {kind: Deployment}\n"
    component += "  patch: '[{op: remove, path: /spec/replicas}]'\n"
    files = {
        "base/kustomization.yaml": "resources: [web.yaml]\n", "base/web.yaml": DEPLOYMENT,
        "mixin/kustomization.yaml": component, "mixin/extra.yaml": DEPLOYMENT.replace("web", "extra"),
        "over/kustomization.yaml": "resources: [../base]\ncomponents: [../mixin]\n",
    }  # fmt: skip
    found = one_unit(files, "over/kustomization.yaml")
    assert [(one.name, "replicas" in one.config["spec"]) for one in found.unit.subjects] == [
        ("web", False), ("extra", False),
    ]  # fmt: skip


# Problems


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- https://example.com/x.yaml", "a resource from elsewhere is not analysed"),
        ("- missing.yaml", "a resource that is not in the scan is not analysed"),
        ("helmCharts: [{name: x}]", "helmCharts are not carried out"),
        ("transformers: [x.yaml]", "transformers are not carried out"),
        ("replacements: [{path: x.yaml}]", "replacements are not carried out"),
        ("patches: [{path: missing.yaml}]", "a patch that is not in the scan is not carried out"),
    ],
)
def test_what_is_not_carried_out_is_noted(text: str, message: str) -> None:
    found = overlay(text + "\n" if not text.startswith("-") else f"bases:\n{text}\n")
    assert found.notes == [("over/kustomization.yaml", found.notes[0][1], f"Kustomize: {message}", False)]
    assert len(found.unit.subjects) == 1


def test_a_broken_kustomization_or_resource_is_an_error() -> None:
    found = one_unit({"k/kustomization.yaml": "resources: [a\nb: {"}, "k/kustomization.yaml")
    assert [(path, fatal) for path, _, _, fatal in found.notes] == [("k/kustomization.yaml", True)]
    files = {"k/kustomization.yaml": "resources: [a.yaml]\n", "k/a.yaml": DEPLOYMENT + "  x: [\n"}
    assert [note[0] for note in one_unit(files, "k/kustomization.yaml").notes] == ["k/a.yaml"]


def test_many_layers_are_bounded() -> None:
    files = {f"l{n}/kustomization.yaml": f"resources: [../l{n + 1}, ../m{n + 1}]\n" for n in range(30)}
    files |= {f"m{n}/kustomization.yaml": f"resources: [../l{n + 1}, ../m{n + 1}]\n" for n in range(1, 30)}
    files |= {f"{name}30/kustomization.yaml": "resources: [a.yaml]\n" for name in "lm"}
    files |= {f"{name}30/a.yaml": DEPLOYMENT for name in "lm"}
    found = one_unit(files, "l0/kustomization.yaml")
    assert any("more layers" in message and fatal for _, _, message, fatal in found.notes)


def test_a_patch_with_a_target_may_leave_its_api_version_out() -> None:
    patch = "kind: Deployment\nmetadata: {name: ignored}\nspec:\n  template: {spec: {hostNetwork: true}}\n"
    found = overlay("patches:\n- path: p.yaml\n  target: {kind: Deployment}\n", p_dot_yaml=patch)
    assert found.unit.problems == ()
    assert found.unit.subjects[0].config["metadata"]["name"] == "web"
    assert found.unit.subjects[0].config["spec"]["template"]["spec"]["hostNetwork"] is True


@pytest.mark.parametrize("field", ["annotations", "labels"])
def test_a_first_annotation_or_label_is_added(field: str) -> None:
    operation = f"{{op: add, path: /metadata/{field}/owner, value: cards}}"
    found = overlay("patches:\n- target: {kind: Deployment}\n  path: p.yaml\n", p_dot_yaml=f"[{operation}]\n")
    assert found.unit.problems == ()
    assert found.unit.subjects[0].config["metadata"][field] == {"owner": "cards"}
