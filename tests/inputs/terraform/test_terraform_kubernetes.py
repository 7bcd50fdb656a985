"""Manifests that a Terraform module applies: a unit of their own, with places in the module's files."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.config import Config
from scanner.inputs import terraform as terraform_input
from scanner.model import Json, Subject, Unit, is_unknown
from scanner.run import run
from scanner.text import Source
from tests.inputs.terraform.conftest import Build, Built, build_unit

DEPLOYMENT = """
variable "tag" {}
resource "kubernetes_namespace" "pay" {
  metadata { name = "payments" }
}
resource "kubernetes_deployment_v1" "app" {
  metadata {
    name      = "processor"
    namespace = kubernetes_namespace.pay.metadata[0].name
    annotations = { "example.com/ports" = jsonencode([80]) }
  }
  spec {
    selector { match_labels = { app = "processor" } }
    template {
      metadata { labels = { app = "processor", "pci-scope" = "true" } }
      spec {
        host_pid = true
        container {
          name  = "app"
          image = "registry.example/app:${var.tag}"
          port { container_port = 8080 }
          env {
            name = "KEY"
            value_from {
              secret_key_ref {
                name = "key"
                key  = "value"
              }
            }
          }
          security_context { run_as_user = 1000 }
        }
      }
    }
  }
  timeouts { create = "5m" }
}
"""


def inner(built: Built) -> Unit:
    (unit,) = built.unit.inner
    return unit


def only(built: Built) -> Subject:
    (subject,) = inner(built).subjects
    return subject


def by_kind(built: Built, kind: str) -> Subject:
    (subject,) = [subject for subject in inner(built).subjects if subject.type == kind]
    return subject


def test_a_resource_becomes_the_manifest_it_applies(terraform: Build) -> None:
    built = terraform(DEPLOYMENT)
    app = by_kind(built, "Deployment")
    assert inner(built).kind == "kubernetes"
    assert app.name == "processor"
    assert app.config["apiVersion"] == "apps/v1"
    assert app.config["metadata"]["namespace"] == "payments"
    assert app.config["metadata"]["annotations"] == {"example.com/ports": "[80]"}
    assert "timeouts" not in app.config
    spec = app.config["spec"]["template"]["spec"]
    assert spec["hostPID"] is True
    (container,) = spec["containers"]
    assert container["ports"] == [{"containerPort": 8080}]
    assert container["env"] == [
        {"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "key", "key": "value"}}},
    ]
    assert container["securityContext"] == {"runAsUser": 1000}
    assert is_unknown(container["image"])
    assert app.config["spec"]["template"]["metadata"]["labels"]["pci-scope"] == "true"


def test_places_lead_to_the_terraform_file(terraform: Build) -> None:
    built = terraform(DEPLOYMENT)
    app = by_kind(built, "Deployment")
    path = ("spec", "template", "spec", "containers", 0, "securityContext", "runAsUser")
    assert built.text(app.places[path]) == "1000"
    assert built.text(app.places["spec", "template", "spec", "hostPID"]) == "true"
    assert built.text(app.places["metadata", "name"]) == '"processor"'
    assert built.text(app.places["spec", "template", "metadata", "labels", "pci-scope"]) == '"true"'
    assert app.definitions["metadata", "namespace"]


def test_names_that_are_lists_in_one_place_and_objects_in_another(terraform: Build) -> None:
    built = terraform(
        'resource "kubernetes_ingress_v1" "i" {\n  metadata { name = "i" }\n  spec {\n    tls { secret_name = "t" }\n'
        "    rule {\n      http {\n        path {\n          backend {\n            service {\n"
        '              name = "s"\n              port { number = 80 }\n            }\n          }\n'
        "        }\n      }\n    }\n  }\n}\n"
        'resource "kubernetes_network_policy" "n" {\n  metadata { name = "n" }\n  spec {\n    pod_selector {}\n'
        '    policy_types = ["Ingress", "Egress"]\n    egress {}\n    ingress {\n      from {\n'
        '        ip_block { cidr = "10.0.0.0/8" }\n      }\n      ports { port = "5432" }\n    }\n  }\n}\n'
    )
    assert by_kind(built, "Ingress").config["spec"] == {
        "tls": [{"secretName": "t"}],
        "rules": [{"http": {"paths": [{"backend": {"service": {"name": "s", "port": {"number": 80}}}}]}}],
    }
    assert by_kind(built, "NetworkPolicy").config["spec"] == {
        "podSelector": {},
        "policyTypes": ["Ingress", "Egress"],
        "egress": [{}],
        "ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}], "ports": [{"port": "5432"}]}],
    }


def test_what_a_secret_holds_is_in_clear_there(terraform: Build) -> None:
    built = terraform('resource "kubernetes_secret" "s" {\n  data = { password = "correct horse" }\n}\n')
    secret = only(built)
    assert secret.config["stringData"] == {"password": "correct horse"}
    assert built.text(secret.places["stringData", "password"]) == '"correct horse"'
    assert ("data", "password") not in secret.places


def test_literal_manifests(terraform: Build) -> None:
    built = terraform(
        'resource "kubernetes_manifest" "g" {\n  manifest = {\n    apiVersion = "networking.istio.io/v1"\n'
        '    kind = "Gateway"\n    metadata = { name = "g" }\n    spec = { servers = [{ port = { number = 80 } }] }\n'
        "  }\n}\n"
    )
    gateway = only(built)
    assert gateway.config["spec"] == {"servers": [{"port": {"number": 80}}]}
    assert built.text(gateway.places["spec", "servers", 0, "port", "number"]) == "80"


def test_yaml_in_a_heredoc_keeps_its_places(terraform: Build) -> None:
    built = terraform(
        'resource "kubectl_manifest" "c" {\n  yaml_body = <<-YAML\n    apiVersion: v1\n    kind: ConfigMap\n'
        '    metadata: {name: c}\n    data:\n      key: "é value"\n  YAML\n}\n'
    )
    found = only(built)
    assert found.config["data"] == {"key": "é value"}
    assert built.text(found.places["data", "key"]) == '"é value"'
    assert found.places["data", "key"].span.line == 7


def test_yaml_from_elsewhere_has_the_place_of_the_whole(terraform: Build) -> None:
    text = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "data": {"k": "v"}})
    built = terraform(
        f"locals {{\n  body = {json.dumps(text)}\n}}\n"
        'resource "kubectl_manifest" "c" {\n  yaml_body = local.body\n}\n'
    )
    found = only(built)
    assert found.config["data"] == {"k": "v"}
    assert found.places["data", "k"].span.line == 5


def test_what_is_not_known_makes_no_manifest(terraform: Build) -> None:
    built = terraform(
        'variable "v" {}\nresource "kubectl_manifest" "a" {\n  yaml_body = var.v\n}\n'
        'resource "kubernetes_manifest" "b" {\n  manifest = { apiVersion = "v1", kind = var.v }\n}\n'
        'resource "kubernetes_labels" "c" {\n  kind = "Pod"\n}\n'
        'resource "kubectl_manifest" "d" {\n  yaml_body = "{"\n}\n'
    )
    assert built.unit.inner == ()


def _rules_broken(folder: Path) -> set[str]:
    result = run(Config(root=folder, paths=(folder,), engines=("rego",), cache=False))
    return {finding.rule for finding in result.findings}


def test_a_counterpart_may_be_in_the_other_language(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    (folder / "k8s").mkdir(parents=True)
    (folder / "k8s" / "pod.yaml").write_text(
        'apiVersion: v1\nkind: Pod\nmetadata: {name: vault, labels: {pci-scope: "true"}}\n'
        "spec: {containers: [{name: app}]}\n"
    )
    rule = "workload_not_isolated.kubernetes"
    assert rule in _rules_broken(folder)
    (folder / "main.tf").write_text('resource "kubernetes_network_policy" "p" {\n  metadata { name = "p" }\n}\n')
    assert rule not in _rules_broken(folder)
    (folder / "k8s" / "pod.yaml").unlink()
    (folder / "main.tf").write_text(DEPLOYMENT)
    assert rule in _rules_broken(folder)


def _reached(value: Json, keys: tuple[str | int, ...]) -> Json:
    for key in keys:
        value = value[key]
    return value


NAMES = st.from_regex(r"[a-z][a-z0-9]{0,5}(_[a-z]{1,4}){0,2}", fullmatch=True).filter(
    lambda name: (
        name not in {"for", "true", "false", "null", "count", "for_each", "depends_on", "provider", "lifecycle"}
    )
)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters='\\"${}%\n\r', exclude_categories=["Cs", "Cc"]), max_size=8
)


@given(st.lists(st.tuples(NAMES, WORDS), max_size=5, unique_by=lambda item: item[0].replace("_", "")))
@settings(max_examples=60, deadline=None)
def test_a_value_stands_at_its_place(arguments: list[tuple[str, str]]) -> None:
    lines = "\n".join(f'    {name} = "{text}"' for name, text in arguments)
    built = build_unit(f'resource "kubernetes_service" "s" {{\n  spec {{\n{lines}\n  }}\n}}\n')
    subject = only(built)
    written = {built.text(place) for keys, place in subject.places.items() if len(keys) == 2}
    assert written == {f'"{text}"' for _, text in arguments}
    for keys, place in subject.places.items():
        value = _reached(subject.config, keys)
        if isinstance(value, str):
            assert built.text(place) == f'"{value}"'


@given(st.integers(0, len(DEPLOYMENT) - 1), st.integers(0, 60), st.binary(max_size=4))
@settings(max_examples=150, deadline=None)
def test_mutated_files_never_raise(start: int, length: int, put: bytes) -> None:
    data = DEPLOYMENT.encode()
    source = Source("main.tf", data[:start] + put + data[start + length :])
    if terraform_input.facts(source) is not None:
        unit = terraform_input.build(".", {"main.tf": source})
        for held in unit.inner:
            for subject in held.subjects:
                assert all(isinstance(place.path, str) for place in subject.places.values())
