"""The manifests are ones that a cluster takes, of this service, and they let through what they should."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from reference_impl.events import dead_letters, sink
from reference_impl.events.flow import GROUP as FLOW
from reference_impl.events.kafka_settings import KafkaSettings
from reference_impl.events.model import EventType
from reference_impl.orders.service import GROUP as ORDERS
from reference_impl.settings import Settings
from tests.reference.deployed import (
    DEPLOY,
    ROOT,
    End,
    Manifest,
    allowed,
    built,
    containers,
    manifests,
    schema_of,
    settings_of,
    whole,
)

_KUBERNETES = "1.31"
_UNPUBLISHED = {"TargetGroupBinding"}
"""The load balancer controller's schema is in no package that can be fetched here."""
_ALL = [(folder, file) for folder in ("kubernetes", "kafka") for file in sorted((DEPLOY / folder).glob("*.yaml"))]


def problems(manifest: Manifest) -> list[str]:
    """What an API server with strict field validation would refuse."""
    group = manifest["apiVersion"].partition("/")[0]
    if "." not in group or group.endswith(".k8s.io"):
        try:
            kubernetes_validate.validate(manifest, _KUBERNETES, strict=True)
        except kubernetes_validate.ValidationError as error:
            return [error.message]
        return []
    schema = schema_of(manifest)
    assert schema is not None, f"no schema for {manifest['kind']}"
    found = jsonschema.Draft202012Validator(whole(manifest, schema)).iter_errors(manifest)
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.mark.parametrize("folder", ["kubernetes", "kafka"])
def test_a_cluster_takes_them(folder: str) -> None:
    checked = [each for each in built(folder) if each["kind"] not in _UNPUBLISHED]
    assert len(checked) > 10
    assert {each["metadata"]["name"]: found for each in checked if (found := problems(each))} == {}


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("NetworkPolicy", ["spec", "egres"], []),
        ("StatefulSet", ["spec", "template", "spec", "containers", 0, "image"], 1),
        ("PeerAuthentication", ["spec", "mtls", "mode"], "VERY"),
        ("AuthorizationPolicy", ["spec", "rule"], []),
        ("KafkaTopic", ["spec", "partitions"], "twelve"),
        ("KafkaTopic", ["spec", "encryption"], {"type": "AES256"}),
        ("Kafka", ["spec", "kafka", "listeners", 0, "type"], "outside"),
        ("PodMonitor", ["spec", "podMetricsEndpoints", 0, "scheme"], "ftp"),
        ("PrometheusRule", ["spec", "groups", 0, "rules", 0, "labels"], "critical"),
    ],
)
def test_a_mistake_would_be_found(kind: str, path: list[Any], value: Any) -> None:
    manifest = yaml.safe_load(yaml.safe_dump(manifests(kind)[0]))
    inside = manifest
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    assert problems(manifest)


@pytest.mark.parametrize(("folder", "file"), _ALL, ids=lambda each: getattr(each, "name", each))
def test_every_manifest_is_built(folder: str, file: Any) -> None:
    names = yaml.safe_load((DEPLOY / folder / "kustomization.yaml").read_text())["resources"]
    assert file.name in {*names, "kustomization.yaml"}


PAYMENTS = {"payment-processor", "api-gateway", "payment-gateway"}
PROCESSOR = End("payments", {"app": "payment-processor", "pci-scope": "true"}, "10.20.16.9")
API = End("payments", {"app": "api-gateway", "pci-authorized": "true", "pci-scope": "true"}, "10.20.16.8")
OUT = End("payments", {"app": "payment-gateway", "pci-scope": "true"}, "10.20.16.7")
CHECKOUT = End("shop", {"app": "checkout-service", "pci-scope": "connected"}, "10.20.16.6")
DNS = End("kube-system", {"k8s-app": "kube-dns"}, "10.20.16.2")
BALANCER, INTERNET = End(address="10.20.1.5"), End(address="8.8.8.8")
DATABASE, KMS, CARDS = End(address="10.20.49.5"), End(address="10.20.53.5"), End(address="192.0.2.7")
BROKER = End("kafka", {"strimzi.io/cluster": "payments", "strimzi.io/kind": "Kafka"}, "10.20.16.3")
PROMETHEUS = End("observability", {"app.kubernetes.io/name": "prometheus"})
COLLECTOR = End("observability", {"app.kubernetes.io/name": "otel-collector"})
ISTIOD = End("istio-system", {"app": "istiod"})
STRAY, FOREIGN = End("payments", {"app": "debug"}), End("web", {"app": "api-gateway", "pci-authorized": "true"})
IMPOSTOR = End("payments", {"app": "api-gateway"})

FLOWS = [
    (BALANCER, API, 8443, "TCP"),
    (CHECKOUT, API, 8444, "TCP"),
    (API, PROCESSOR, 8080, "TCP"),
    (PROCESSOR, OUT, 443, "TCP"),
    (OUT, CARDS, 443, "TCP"),
    (PROCESSOR, DATABASE, 5432, "TCP"),
    (PROCESSOR, DATABASE, 6379, "TCP"),
    (PROCESSOR, KMS, 443, "TCP"),
    (PROCESSOR, BROKER, 9093, "TCP"),
    (PROCESSOR, COLLECTOR, 4318, "TCP"),
    (PROMETHEUS, PROCESSOR, 9090, "TCP"),
    *((each, DNS, 53, protocol) for each in (PROCESSOR, API, OUT) for protocol in ("TCP", "UDP")),
    *((each, ISTIOD, 15012, "TCP") for each in (PROCESSOR, API, OUT, STRAY)),
]
"""All that is let through. Strimzi makes the policy of the brokers' listener itself, from `networkPolicyPeers`."""
ENDS = [PROCESSOR, API, OUT, CHECKOUT, DNS, BALANCER, INTERNET, DATABASE, KMS, CARDS, BROKER, PROMETHEUS, COLLECTOR]
ENDS += [ISTIOD, STRAY, FOREIGN, IMPOSTOR]
_MESH = [(IMPOSTOR, ISTIOD, 15012, "TCP"), (BROKER, DNS, 53, "TCP"), (BROKER, DNS, 53, "UDP")]


def test_only_what_is_named_is_let_through() -> None:
    ports = [22, 53, 80, 443, 4318, 5432, 6379, 8080, 8443, 8444, 9090, 9092, 9093, 15012]
    inside = [end for end in ENDS if end.namespace in {"payments", "kafka"}]
    possible = [
        (source, target, port, protocol)
        for source, target, port, protocol in product(ENDS, ENDS, ports, ("TCP", "UDP"))
        if source is not target and (source in inside or target in inside) and target is not BROKER
    ]
    found = [flow for flow in possible if allowed(*flow)]
    wanted = [flow for flow in [*FLOWS, *_MESH] if flow[1] is not BROKER]
    assert [flow for flow in found if flow not in wanted] == []
    assert [flow for flow in wanted if flow not in found] == []


def test_brokers_take_the_service_and_nobody_else() -> None:
    [listener] = manifests("Kafka")[0]["spec"]["kafka"]["listeners"]
    assert (listener["tls"], listener["authentication"]["type"], listener["port"]) == (True, "scram-sha-512", 9093)
    [peer] = listener["networkPolicyPeers"]
    assert peer["podSelector"]["matchLabels"] == PROCESSOR.labels
    assert peer["namespaceSelector"]["matchLabels"] == {"kubernetes.io/metadata.name": "payments"}


def test_the_rules_of_prometheus_are_those_that_are_tested() -> None:
    [rules] = manifests("PrometheusRule")
    original = ROOT / "reference_impl" / "observability" / "alerts" / "rules.yaml"
    assert rules["spec"] == yaml.safe_load(original.read_text("utf-8"))


def processors() -> list[Manifest]:
    return [each for each in containers(manifests("StatefulSet")[0]) if "payment-service" in each["image"]]


def test_the_settings_are_settings_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    for container in processors():
        given = {name: value for name, value in settings_of(container).items() if name.startswith("PAYMENT_")}
        assert {name.removeprefix("PAYMENT_").lower() for name in given} <= set(Settings.model_fields)
        for name, value in given.items():
            # Pins are a list; a credential is long enough for any.
            monkeypatch.setenv(name, ('["a", "b"]' if name.endswith("_PINS") else "x" * 40) if value is None else value)
        settings = Settings(_env_file=None)  # type: ignore[call-arg]
        assert settings.key_provider == "aws_kms"
        assert settings.given("gateway_", "url", "hosts", "merchant", "pins", "jwks_file", "encryption_key")
        assert settings.given("kafka_", "servers", "authority", "user", "password")
        assert settings.given("metrics_", "port", "credential", "certificate", "certificate_key")
        assert settings.kms_alias and settings.aws_role_arn and settings.redis_url and settings.opa_url


def test_no_secret_is_written_down() -> None:
    assert manifests("Secret") == []
    secret = {
        f"PAYMENT_{name.upper()}" for name, field in Settings.model_fields.items() if "Secret" in str(field.annotation)
    }
    for container in processors():
        assert {name for name, value in settings_of(container).items() if value is not None} & secret == set()
        assert settings_of(container)["PAYMENT_DATABASE_URL"] is None  # it has the password in it


def test_files_that_settings_name_are_mounted() -> None:
    for container in processors():
        places = [each["mountPath"] for each in container["volumeMounts"]]
        paths = [value for value in settings_of(container).values() if value and value.startswith(("/etc", "/var"))]
        assert len(paths) > 5
        assert [path for path in paths if not any(path.startswith(f"{place}/") for place in places)] == []


def test_pods_may_do_little() -> None:
    pods = [*manifests("StatefulSet"), *manifests("Deployment")]
    assert {each["metadata"]["name"] for each in pods} == PAYMENTS
    for pod in pods:
        spec = pod["spec"]["template"]["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True and spec["automountServiceAccountToken"] is False
        for container in containers(pod):
            confined = container["securityContext"]
            assert confined["readOnlyRootFilesystem"] is True and confined["allowPrivilegeEscalation"] is False
            assert confined["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]


def test_topics_are_those_of_the_service() -> None:
    topics = {each["metadata"]["name"]: each for each in manifests("KafkaTopic")}
    names = [type_.value for type_ in EventType]
    assert sorted(topics) == sorted([*names, *map(dead_letters.topic_of, names)])
    wanted = KafkaSettings(("broker:9093",))
    for topic in topics.values():
        assert topic["metadata"]["labels"] == {"strimzi.io/cluster": "payments"}
        spec = topic["spec"]
        assert (spec["partitions"], spec["replicas"]) == (wanted.partitions, wanted.replicas) == (12, 3)
        assert spec["config"] == dict(wanted.topic())


def test_the_user_may_what_the_service_does() -> None:
    [user] = manifests("KafkaUser")
    assert user["spec"]["authentication"] == {"type": "scram-sha-512"}
    acls = user["spec"]["authorization"]["acls"]
    groups = {each["resource"]["name"] for each in acls if each["resource"]["type"] == "group"}
    assert groups == {FLOW, ORDERS, sink.NAME, dead_letters._REDRIVE}
    prefixes = tuple(each["resource"]["name"] for each in acls if each["resource"]["type"] == "topic")
    assert all(type_.value.startswith(prefixes) for type_ in EventType)
    assert {operation for each in acls for operation in each["operations"]} == {"Create", "Describe", "Read", "Write"}


def test_the_folder_is_made_once_and_whole(tmp_path: Path) -> None:
    """What the first container runs: killed half-way, it begins again; afterwards it changes nothing."""
    policy, init = manifests("StatefulSet")[0]["spec"]["template"]["spec"]["initContainers"]
    assert (policy["name"], policy["restartPolicy"]) == ("policy", "Always")
    place = tmp_path / "data"
    paths = [str(Path(sys.executable).parent), os.environ["PATH"]]
    environment = {**os.environ, "PATH": os.pathsep.join(paths), "PAYMENT_DATA_FOLDER": str(place)}
    environment["PAYMENT_KEY_PASSPHRASE"] = "only-for-this-test-of-the-folder"

    def run() -> str:
        command = [*init["command"], *init["args"]]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return "".join(sorted(f"{file.name} {file.stat().st_mtime_ns} " for file in place.rglob("*")))

    half = tmp_path / "data.new"
    half.mkdir()
    (half / "audit-keys.json").write_text("{")
    made = run()
    assert all(name in made for name in ("audit-keys.json", "gateway-keys.json", "fraud-keys.json"))
    assert not half.exists() and run() == made
