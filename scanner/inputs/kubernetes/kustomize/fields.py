"""What a kustomization sets in all its manifests: namespace, names, labels, annotations, images, replicas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.inputs.kubernetes.kustomize.resource import CLUSTER_WIDE, Resource
from scanner.inputs.kubernetes.tree import Node, walk
from scanner.model import Step

_FROM_BASE = "the base's value"
_UNPREFIXED = frozenset({"CustomResourceDefinition", "APIService", "Namespace"})
_POD_OWNERS = frozenset({"Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"})
_TEMPLATE = ("spec", "template", "metadata")
_JOB_TEMPLATE = ("spec", "jobTemplate", "spec", "template", "metadata")
_REFERENCES = {
    "configMap": ("ConfigMap", "name"), "configMapRef": ("ConfigMap", "name"),
    "configMapKeyRef": ("ConfigMap", "name"), "secretRef": ("Secret", "name"), "secretKeyRef": ("Secret", "name"),
    "secret": ("Secret", "secretName"), "persistentVolumeClaim": ("PersistentVolumeClaim", "claimName"),
    "service": ("Service", "name"),
}  # fmt: skip
"""The key of a mapping -> the kind it refers to, and where in it the name stands."""
_NAMED = {"serviceAccountName": "ServiceAccount", "serviceAccount": "ServiceAccount", "secretName": "Secret",
          "serviceName": "Service"}  # fmt: skip
_IMAGE = re.compile(r"(?P<name>[^@:]*(?::\d+/[^@:]*)?)(?P<rest>(?::[\w.{}-]*)?(?:@.*)?)")


def set_namespace(resources: list[Resource], namespace: Node) -> None:
    """`namespace:`, also in the subjects of role bindings."""
    accounts = {resource.name for resource in resources if resource.kind == "ServiceAccount"}
    for resource in resources:
        metadata = resource.node.get("metadata")
        if resource.kind == "Namespace":
            _rename(resource, namespace.value, namespace)
        elif resource.kind not in CLUSTER_WIDE and metadata is not None and metadata.mapping is not None:
            metadata.mapping["namespace"] = namespace.copy()
            resource.namespaces.add(namespace.value)
        if resource.kind in ("RoleBinding", "ClusterRoleBinding"):
            subjects = resource.node.get("subjects")
            for subject in (subjects.items if subjects else None) or []:
                named = subject.text("name")
                if subject.text("kind") == "ServiceAccount" and (named == "default" or named in accounts):
                    (subject.mapping or {})["namespace"] = namespace.copy()


def set_names(resources: list[Resource], prefix: Node | None, suffix: Node | None) -> None:
    """`namePrefix:` and `nameSuffix:`, also where manifests refer to each other."""
    start = prefix.value if prefix is not None and isinstance(prefix.value, str) else ""
    end = suffix.value if suffix is not None and isinstance(suffix.value, str) else ""
    renamed: dict[tuple[str, str], str] = {}
    for resource in resources:
        if resource.kind not in _UNPREFIXED and resource.name:
            new = start + resource.name + end
            renamed[resource.kind, resource.name] = new
            _rename(resource, new, None)
    for resource in resources if renamed else ():
        if resource.kind not in _UNPREFIXED:
            _refer(resource.node, renamed)


def _rename(resource: Resource, name: str, written: Node | None) -> None:
    node = resource.node.get("metadata", "name")
    if node is not None:
        resource.names.add(name)
        if written is not None:
            node.steps, node.place = (Step(node.place, _FROM_BASE),), written.place
        node.value = name


def _refer(root: Node, renamed: dict[tuple[str, str], str]) -> None:
    for keys, node in walk(root):
        key = keys[-1] if keys else ""
        if node.mapping is not None:
            kind, field = _REFERENCES.get(str(key), ("", ""))
            if key in ("roleRef", "scaleTargetRef") or (len(keys) > 1 and keys[-2] in ("subjects", "sources")):
                kind, field = node.text("kind") or kind, "name"
            elif len(keys) > 1 and keys[-2] in ("imagePullSecrets", "secrets"):
                kind, field = "Secret", "name"
            _redirect(node.get(field) if field else None, kind, renamed)
        elif key in _NAMED and len(keys) > 1 and keys[-2] != "secret":
            _redirect(node, _NAMED[str(key)], renamed)


def _redirect(name: Node | None, kind: str, renamed: dict[tuple[str, str], str]) -> None:
    if name is not None and isinstance(name.value, str):
        name.value = renamed.get((kind, name.value), name.value)


def set_labels(resources: list[Resource], pairs: Node, *, selectors: bool, templates: bool) -> None:
    """`commonLabels:` (with selectors and templates) and each item of `labels:`."""
    for resource in resources:
        _add(resource.node, ("metadata", "labels"), pairs)
        for path, create in _label_paths(resource, selectors=selectors, templates=templates):
            _add(resource.node, path, pairs, create=create)


def _label_paths(resource: Resource, *, selectors: bool, templates: bool) -> Iterator[tuple[tuple[str, ...], bool]]:
    kind = resource.kind
    if templates or selectors:
        if kind in _POD_OWNERS or kind in ("Job", "ReplicationController"):
            yield (*_TEMPLATE, "labels"), True
        if kind == "CronJob":
            yield ("spec", "jobTemplate", "metadata", "labels"), True
            yield (*_JOB_TEMPLATE, "labels"), True
    if selectors:
        if kind in ("Service", "ReplicationController"):
            yield ("spec", "selector"), True
        if kind in _POD_OWNERS:
            yield ("spec", "selector", "matchLabels"), True
        if kind in ("Job", "PodDisruptionBudget"):
            yield ("spec", "selector", "matchLabels"), False
        if kind == "CronJob":
            yield ("spec", "jobTemplate", "spec", "selector", "matchLabels"), False
        if kind == "NetworkPolicy":
            yield ("spec", "podSelector", "matchLabels"), False
            yield ("spec", "ingress", "*", "from", "*", "podSelector", "matchLabels"), False
            yield ("spec", "egress", "*", "to", "*", "podSelector", "matchLabels"), False


def set_annotations(resources: list[Resource], pairs: Node) -> None:
    """`commonAnnotations:`"""
    for resource in resources:
        _add(resource.node, ("metadata", "annotations"), pairs)
        if resource.kind in _POD_OWNERS or resource.kind in ("Job", "ReplicationController"):
            _add(resource.node, (*_TEMPLATE, "annotations"), pairs)
        elif resource.kind == "CronJob":
            _add(resource.node, ("spec", "jobTemplate", "metadata", "annotations"), pairs)
            _add(resource.node, (*_JOB_TEMPLATE, "annotations"), pairs)


def _add(node: Node, path: tuple[str, ...], pairs: Node, *, create: bool = True) -> None:
    """Puts pairs into the mapping at a path ("*": every item); one that is not there is made, if `create`."""
    for at, key in enumerate(path):
        if key == "*":
            for item in node.items or []:
                _add(item, path[at + 1 :], pairs, create=create)
            return
        mapping = node.mapping
        if mapping is None or (key not in mapping and not create):
            return
        inner = mapping.setdefault(key, Node(pairs.place, None, {}))
        if inner.inside is None and inner.value is None:
            inner.inside = {}
        node = inner
    if node.mapping is not None:
        node.mapping.update({key: value.copy() for key, value in (pairs.mapping or {}).items()})


def set_images(resources: list[Resource], images: Node) -> None:
    """`images:`, in all containers."""
    wanted = [image for image in images.items or [] if image.text("name")]
    for resource in resources if wanted else ():
        if resource.kind in _UNPREFIXED:
            continue
        for keys, node in walk(resource.node):
            if keys and keys[-1] in ("containers", "initContainers", "ephemeralContainers"):
                for container in node.items or []:
                    for image in wanted:
                        _set_image(container, image)


def _set_image(container: Node, image: Node) -> None:
    node = container.get("image")
    match = _IMAGE.fullmatch(node.value) if node is not None and isinstance(node.value, str) else None
    if node is None or match is None or match["name"] != image.text("name"):
        return
    name, rest = image.text("newName") or match["name"], match["rest"]
    tag, digest = image.get("newTag"), image.get("digest")
    written = image.get("newName")
    if digest is not None and isinstance(digest.value, str):
        rest, written = f"@{digest.value}", digest
    elif tag is not None and tag.value is not None:
        rest, written = f":{tag.value}", tag
    elif image.text("tagSuffix"):
        rest, written = rest + image.text("tagSuffix"), image.get("tagSuffix")
    if written is not None:
        node.steps = (Step(node.place, _FROM_BASE),)
        node.value, node.place = name + rest, written.place


def set_replicas(resources: list[Resource], replicas: Node) -> None:
    """`replicas:`"""
    for item in replicas.items or []:
        count = item.get("count")
        for resource in resources:
            scales = resource.kind in ("Deployment", "ReplicaSet", "StatefulSet", "ReplicationController")
            spec = resource.node.get("spec")
            if (
                scales
                and count is not None
                and item.text("name") in resource.names
                and spec
                and spec.mapping is not None
            ):
                spec.mapping["replicas"] = count.copy()
