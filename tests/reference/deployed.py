"""The manifests of `reference_impl/deploy`, as kustomize builds them, and who may reach whom by them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "reference_impl" / "deploy"
SCHEMAS = Path.home() / ".cache" / "paylint-schemas-1"
"""What tests/services/install.sh fetched."""

Manifest = dict[str, Any]


@cache
def built(name: str) -> tuple[Manifest, ...]:
    """What `kustomize build` makes of a folder."""
    program = shutil.which("kustomize")
    if program is None:
        pytest.skip("kustomize is not on PATH; make services installs it")
    done = subprocess.run([program, "build", DEPLOY / name], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return tuple(yaml.safe_load_all(done.stdout))


def manifests(kind: str, *folders: str) -> list[Manifest]:
    return [each for folder in folders or ("kubernetes", "kafka") for each in built(folder) if each["kind"] == kind]


def schema_of(manifest: Manifest) -> Manifest | None:
    """The schema of a custom resource; None for what nobody publishes where packages come from."""
    return _schemas().get((manifest["apiVersion"], manifest["kind"]))


@cache
def _schemas() -> Mapping[tuple[str, str], Manifest]:
    if not SCHEMAS.is_dir():
        pytest.skip(f"{SCHEMAS} is not there; make services fetches the schemas of custom resources")
    found = {}
    for file in SCHEMAS.rglob("*.yaml"):
        for crd in yaml.load_all(file.read_text("utf-8"), yaml.CSafeLoader):
            for version in crd["spec"]["versions"] if crd else ():
                name = f"{crd['spec']['group']}/{version['name']}", crd["spec"]["names"]["kind"]
                found[name] = closed(version["schema"]["openAPIV3Schema"])
    return found


def closed(schema: Any) -> Any:
    """As the API server takes it with strict field validation: what no schema names is refused."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        free = schema.get("x-kubernetes-preserve-unknown-fields") or "additionalProperties" in schema
        made |= {} if free else {"additionalProperties": False}
    if schema.get("x-kubernetes-int-or-string"):
        made.pop("type", None)
    return made


def whole(manifest: Manifest, schema: Manifest) -> Manifest:
    """The schema with what every object has."""
    properties = dict(schema["properties"])
    properties |= {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"}}
    return {**schema, "properties": properties}


@dataclass(frozen=True)
class End:
    """One end of a connection: a pod, or an address outside."""

    namespace: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    address: str = ""


def allowed(source: End, target: End, port: int, protocol: str = "TCP") -> bool:
    """Whether NetworkPolicies let it through at both ends (Kubernetes, "Network Policies": policies add up, and a pod
    that one of them picks for a direction is closed to all else in it).
    """
    return _side("egress", source, target, port, protocol) and _side("ingress", target, source, port, protocol)


def _side(direction: str, own: End, other: End, port: int, protocol: str) -> bool:
    if not own.namespace:
        return True
    policies = [each for each in manifests("NetworkPolicy") if each["metadata"]["namespace"] == own.namespace]
    about = [
        each["spec"]
        for each in policies
        if direction.title() in each["spec"]["policyTypes"] and _picks(each["spec"]["podSelector"], own.labels)
    ]
    peers = "to" if direction == "egress" else "from"
    rules = [rule for spec in about for rule in spec.get(direction) or ()]
    return not about or any(
        _peers(rule.get(peers), other, own.namespace) and _ports(rule.get("ports"), port, protocol) for rule in rules
    )


def _ports(ports: Sequence[Manifest] | None, port: int, protocol: str) -> bool:
    return not ports or any(
        each.get("protocol", "TCP") == protocol and each.get("port", port) == port for each in ports
    )


def _peers(peers: Sequence[Manifest] | None, other: End, namespace: str) -> bool:
    return not peers or any(_peer(each, other, namespace) for each in peers)


def _peer(peer: Manifest, other: End, namespace: str) -> bool:
    if block := peer.get("ipBlock"):
        return bool(other.address) and ip_address(other.address) in ip_network(block["cidr"])
    if not other.namespace:
        return False
    if (spaces := peer.get("namespaceSelector")) is None:
        near = other.namespace == namespace
    else:
        near = _picks(spaces, {"kubernetes.io/metadata.name": other.namespace})
    return near and _picks(peer.get("podSelector") or {}, other.labels)


def _picks(selector: Manifest, labels: Mapping[str, str]) -> bool:
    assert set(selector) <= {"matchLabels"}, "not evaluated here"
    return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())


def containers(manifest: Manifest) -> Iterator[Manifest]:
    spec = manifest["spec"]["template"]["spec"]
    yield from (*spec.get("initContainers", ()), *spec["containers"])


def settings_of(container: Manifest) -> dict[str, str | None]:
    """Its environment; None: a secret's."""
    maps = {each["metadata"]["name"]: each["data"] for each in manifests("ConfigMap", "kubernetes")}
    found: dict[str, str | None] = {}
    for source in container.get("envFrom", ()):
        found |= maps[source["configMapRef"]["name"]]
    for each in container.get("env", ()):
        found[each["name"]] = each.get("value")
    return found
