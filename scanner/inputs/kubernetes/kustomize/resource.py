"""One manifest on its way through the layers of an overlay, and how others pick it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.inputs.kubernetes.tree import Node

CLUSTER_WIDE = frozenset(
    """APIService CSIDriver CSINode CertificateSigningRequest ClusterRole ClusterRoleBinding ComponentStatus
    CustomResourceDefinition FlowSchema IngressClass MutatingWebhookConfiguration Namespace Node PersistentVolume
    PodSecurityPolicy PriorityClass PriorityLevelConfiguration RuntimeClass StorageClass TokenReview
    ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration
    VolumeAttachment""".split()  # noqa: SIM905
)
_KNOWN_GROUPS = frozenset({"", "apps", "batch", "policy", "autoscaling", "extensions"})
_TERM = re.compile(r"\s*(?:(!)?([\w./-]+)\s*(?:(==?|!=)\s*([\w.-]*)|\b(in|notin)\s*\(([^)]*)\))?)\s*(?:,|$)")


class Resource:
    """`names`, `namespaces`: what it has been called so far, the present included."""

    __slots__ = ("names", "namespaces", "node")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.names, self.namespaces = {self.name}, {self.namespace}

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.node.text("kind")

    @property
    def name(self) -> str:
        """Its name."""
        return self.node.text("metadata", "name")

    @property
    def namespace(self) -> str:
        """Its namespace as it is written."""
        return self.node.text("metadata", "namespace")

    @property
    def group(self) -> str:
        """The group of its API."""
        version = self.node.text("apiVersion")
        return version.rpartition("/")[0]

    @property
    def version(self) -> str:
        """The version of its API."""
        return self.node.text("apiVersion").rpartition("/")[2]

    @property
    def is_built_in(self) -> bool:
        """Whether Kubernetes itself knows the kind, and how its lists are merged."""
        return self.group in _KNOWN_GROUPS or self.group.endswith(".k8s.io")

    def is_meant_by(self, patch: Node) -> bool:
        """Whether a strategic merge patch without a target speaks of it."""
        namespace = patch.text("metadata", "namespace")
        return (
            patch.text("kind") == self.kind
            and patch.text("apiVersion").rpartition("/")[0] == self.group
            and patch.text("metadata", "name") in self.names
            and (not namespace or namespace in self.namespaces)
        )

    def is_target(self, target: Node) -> bool:
        """Whether a patch's target picks it."""
        wanted = {key: target.text(key) for key in (target.mapping or {})}
        return (
            _matches(wanted.get("group"), {self.group})
            and _matches(wanted.get("version"), {self.version})
            and _matches(wanted.get("kind"), {self.kind})
            and _matches(wanted.get("name"), self.names)
            and _matches(wanted.get("namespace"), self.namespaces)
            and _selected(wanted.get("labelSelector"), self.node.get("metadata", "labels"))
            and _selected(wanted.get("annotationSelector"), self.node.get("metadata", "annotations"))
        )


def _matches(pattern: str | None, values: set[str]) -> bool:
    if not pattern or pattern in values:
        return True
    import re2

    try:
        compiled = re2.compile(f"^(?:{pattern})$")
    except re2.error:
        return False
    return any(compiled.search(value) for value in values)


def _selected(selector: str | None, labels: Node | None) -> bool:
    if not selector:
        return True
    mapping: Mapping[str, Node] = (labels.mapping if labels else None) or {}
    at = 0
    while at < len(selector):
        term = _TERM.match(selector, at)
        if not term or term.end() == at:
            return False
        at = term.end()
        if not _meets(term, mapping):
            return False
    return True


def _meets(term: re.Match[str], labels: Mapping[str, Node]) -> bool:
    absent, key, sign, value, among, values = term.groups()
    have = labels[key].value if key in labels else None
    if absent:
        return have is None
    if sign:
        return (have == value) is (sign != "!=")
    if among:
        return (have in {one.strip() for one in values.split(",")}) is (among == "in")
    return have is not None
