"""What templates are given besides values: .Capabilities, .Files, .Release and the like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scanner.inputs.kubernetes.helm.data import Map, Seq, Unknown, Version

KUBERNETES = (1, 31)
"""The cluster a chart is read for."""

_GROUPS = {
    "v1": "apps autoscaling batch policy",
    "v1beta1": "apps batch policy extensions",
    "v1beta2": "apps",
    "v2": "autoscaling",
    "v2beta1": "autoscaling",
    "v2beta2": "autoscaling",
}
_K8S_GROUPS = {
    "v1": "admissionregistration authentication authorization certificates coordination discovery events"
    " flowcontrol.apiserver networking node rbac.authorization scheduling storage apiextensions",
    "v1alpha1": "admissionregistration internal.apiserver authentication certificates coordination networking node"
    " rbac.authorization scheduling storage storagemigration",
    "v1alpha3": "resource",
    "v1beta1": "admissionregistration authentication authorization certificates coordination discovery events"
    " flowcontrol.apiserver networking node rbac.authorization scheduling storage apiextensions",
    "v1beta2": "flowcontrol.apiserver",
    "v1beta3": "flowcontrol.apiserver",
}
_VERSIONS = frozenset(
    {"v1"}
    | {f"{group}/{version}" for version, groups in _GROUPS.items() for group in groups.split()}
    | {f"{group}.k8s.io/{version}" for version, groups in _K8S_GROUPS.items() for group in groups.split()}
)
"""What client-go of that Kubernetes knows."""


class Special:
    """An object with fields and methods of its own."""

    def __init__(self, **members: Callable[..., Any]) -> None:
        self._members = members

    def call(self, name: str, arguments: list[Any]) -> Any:
        """A field or a method."""
        member = self._members.get(name)
        if member is None:
            return Unknown(f"{name} is not known here")
        try:
            return member(*arguments)
        except TypeError:
            return Unknown(f"{name} is called with other arguments")


def capabilities() -> Map:
    """.Capabilities: what `helm template` says where it knows of no cluster."""
    major, minor = KUBERNETES
    version = f"v{major}.{minor}.0"
    kube = {"Version": version, "GitVersion": version, "Major": str(major), "Minor": str(minor)}
    return Map(
        {
            "KubeVersion": Version(kube),
            "APIVersions": Special(Has=lambda name: name in _VERSIONS),
            "HelmVersion": Map({"Version": "v3.16", "GitCommit": "", "GoVersion": ""}),
        }
    )


def release() -> Map:
    """.Release"""
    return Map(
        {
            "Name": "release-name", "Namespace": "default", "Service": "Helm",
            "IsInstall": True, "IsUpgrade": False, "Revision": 1,
        }
    )  # fmt: skip


def files() -> Special:
    """.Files: other files of the chart, which are not read."""

    def unread(*_: Any) -> Unknown:
        return Unknown("a file of the chart that is not read")

    names = ("Get", "GetBytes", "Lines", "Glob", "AsConfig", "AsSecrets")
    return Special(**dict.fromkeys(names, unread))


def chart_fields(data: Map, *, is_root: bool) -> Map:
    """.Chart: Chart.yaml with Go's names."""
    names = {"apiVersion": "APIVersion", "appVersion": "AppVersion", "kubeVersion": "KubeVersion"}
    fields = Map({"IsRoot": is_root})
    for key, value in data.items():
        name = names.get(key, key[:1].upper() + key[1:])
        text = key in ("version", "appVersion", "name") and isinstance(value, float)
        fields[name] = f"{value:g}" if text else value
        if key in data.at:
            fields.at[name] = data.at[key]
    for name in ("Name", "Version", "AppVersion", "Description", "Home", "Icon", "Type", "KubeVersion"):
        fields.setdefault(name, "")
    fields.setdefault("Annotations", Map())
    fields.setdefault("Keywords", Seq())
    return fields
