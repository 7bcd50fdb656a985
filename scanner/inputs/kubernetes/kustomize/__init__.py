"""A Kustomize overlay as manifests: its bases with all its changes, every value with the place where it is written.

In the order Kustomize has: resources, generators, components, then patches, namespace, names, labels, annotations,
images, replicas. What a patch or a field of the kustomization sets stands there, everything else in the base. Not
carried out, and noted: what lies elsewhere, plugins, charts to inflate, replacements and vars.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from scanner.errors import ParseError
from scanner.inputs.kubernetes.grouping import KUSTOMIZATIONS
from scanner.inputs.kubernetes.kustomize import fields
from scanner.inputs.kubernetes.kustomize.file import inline, is_kustomization, is_remote, joined
from scanner.inputs.kubernetes.kustomize.generators import generate
from scanner.inputs.kubernetes.kustomize.patches import PatchError, merge, operate
from scanner.inputs.kubernetes.kustomize.resource import Resource
from scanner.inputs.kubernetes.manifests import manifests, read_file
from scanner.inputs.kubernetes.tree import Node, from_document, from_places
from scanner.model import Problem
from scanner.text import Source
from scanner.yaml_tree import parse

MAX_LAYERS = 300
"""How many kustomizations an overlay may be made of, those used twice counted twice."""
MAX_DEPTH = 40
"""How deep bases may have bases."""
MAX_MANIFESTS = 20_000

_NOT_CARRIED_OUT = (
    "generators", "transformers", "helmCharts", "helmChartInflationGenerator", "replacements", "vars", "configurations",
)  # fmt: skip


def assemble(path: str, sources: Mapping[str, Source]) -> tuple[list[Node], list[Problem]]:
    """The manifests of a kustomization file, and what is to be said."""
    work = _Work(sources)
    resources: list[Resource] = []
    work.layer(path, resources, ())
    return [resource.node for resource in resources], sorted(work.problems, key=lambda one: (one.path, one.line))


class _Work:
    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._of_folder = {
            posixpath.dirname(path): path
            for name in reversed(KUSTOMIZATIONS)
            for path in sources
            if posixpath.basename(path) == name
        }
        self._layers = 0
        self._read: dict[str, list[Node]] = {}
        self.problems: set[Problem] = set()

    def layer(self, path: str, resources: list[Resource], above: tuple[str, ...]) -> None:
        """Adds the manifests of a kustomization; a component changes those that are there already, too."""
        self._layers += 1
        tree = self._kustomization(path)
        if tree is None:
            return
        if path in above:
            self._note(tree, "uses itself")
            return
        if self._layers > MAX_LAYERS or len(above) > MAX_DEPTH:
            self._note(tree, "more layers than are read", fatal=True)
            return
        above = (*above, path)
        source = self._sources[path]
        for field in ("resources", "bases"):
            for item in _items(tree, field):
                self._use(item, resources, above)
        generate(tree, "configMapGenerator", "ConfigMap", resources)
        generate(tree, "secretGenerator", "Secret", resources)
        for item in _items(tree, "components"):
            self._use(item, resources, above, component=True)
        for field in _NOT_CARRIED_OUT:
            if (node := tree.get(field)) is not None and (node.items or node.mapping):
                self._note(node, f"{field} are not carried out")
        for item in _items(tree, "patchesStrategicMerge"):
            for patch in self._documents(item, source):
                self._apply(patch, None, resources, item)
        for item in _items(tree, "patches"):
            self._patch(item, source, resources)
        _set_names(tree, resources)
        for item in _items(tree, "patchesJson6902"):
            self._patch(item, source, resources)
        _set_counts(tree, resources)

    def _kustomization(self, path: str) -> Node | None:
        source = self._sources[path]
        try:
            documents = parse(source)
        except ParseError as error:
            self.problems.add(Problem(path, error.message, line=error.line))
            return None
        if not documents or not is_kustomization(documents[0].data):
            return None
        return from_document(documents[0])

    def _use(self, item: Node, resources: list[Resource], above: tuple[str, ...], *, component: bool = False) -> None:
        """One entry of `resources` or `components`."""
        if not isinstance(item.value, str):
            return
        if is_remote(item.value):
            self._note(item, "a resource from elsewhere is not analysed")
            return
        target = joined(posixpath.dirname(above[-1]), item.value)
        if target is not None and target in self._of_folder:
            inner = resources if component else list[Resource]()
            self.layer(self._of_folder[target], inner, above)
            if not component:
                resources += inner
        elif target is not None and target in self._sources:
            resources += map(Resource, self._manifests(target))
        else:
            self._note(item, "a resource that is not in the scan is not analysed")
        if len(resources) > MAX_MANIFESTS:
            self._note(item, f"more than {MAX_MANIFESTS:,} manifests: the rest is not analysed", fatal=True)
            del resources[MAX_MANIFESTS:]

    def _manifests(self, path: str) -> list[Node]:
        if path not in self._read:
            documents, found = read_file(self._sources[path])
            self.problems.update(found)
            self._read[path] = [
                from_places(data, places)
                for document in documents
                for data, places in manifests(document.data, document.places)
            ]
        return [node.copy() for node in self._read[path]]

    # Patches

    def _patch(self, item: Node, source: Source, resources: list[Resource]) -> None:
        written = item.get("patch") or item.get("path")
        if written is not None:
            for patch in self._documents(written, source, is_path=item.get("patch") is None):
                self._apply(patch, item.get("target"), resources, written)

    def _documents(self, written: Node, source: Source, *, is_path: bool | None = None) -> list[Node]:
        """The documents of a patch: a file's, or those of the string itself."""
        if not isinstance(written.value, str):
            return []
        target = joined(posixpath.dirname(source.path), written.value) if "\n" not in written.value else None
        try:
            if is_path is not False and target in self._sources and target is not None:
                return [from_document(document) for document in parse(self._sources[target])]
            if is_path is None and ("\n" in written.value or ": " in written.value):
                is_path = False
            if is_path is False:
                return inline(written, source)
        except ParseError as error:
            place = written.place if is_path is False else None
            self.problems.add(
                Problem(
                    place.path if place else error.path, error.message, line=place.span.line if place else error.line
                )
            )
            return []
        self._note(written, "a patch that is not in the scan is not carried out")
        return []

    def _apply(self, patch: Node, target: Node | None, resources: list[Resource], written: Node) -> None:
        for resource in list(resources):
            if not (resource.is_target(target) if target is not None else resource.is_meant_by(patch)):
                continue
            try:
                if patch.items is not None:
                    operate(resource.node, patch)
                elif patch.mapping is not None and not _merged(resource, patch):
                    resources.remove(resource)
            except PatchError as error:
                self._note(written, f"a patch that cannot be carried out: {error}")

    def _note(self, node: Node, message: str, *, fatal: bool = False) -> None:
        place = node.place
        self.problems.add(Problem(place.path, f"Kustomize: {message}", fatal=fatal, line=place.span.line))


def _merged(resource: Resource, patch: Node) -> bool:
    """A strategic merge patch on a manifest, which keeps its identity."""
    kept = {key: node for key in ("apiVersion", "kind") if (node := resource.node.get(key)) is not None}
    metadata = resource.node.get("metadata")
    identity = {
        key: node for key in ("name", "namespace") if metadata is not None and (node := metadata.get(key)) is not None
    }
    if not merge(resource.node, patch, built_in=resource.is_built_in):
        return False
    (resource.node.mapping or {}).update(kept)
    metadata = resource.node.get("metadata")
    if metadata is not None and metadata.mapping is not None:
        metadata.mapping.update(identity)
        if "namespace" not in identity:
            metadata.mapping.pop("namespace", None)
    return True


def _set_names(tree: Node, resources: list[Resource]) -> None:
    namespace = tree.get("namespace")
    if namespace is not None and isinstance(namespace.value, str) and namespace.value:
        fields.set_namespace(resources, namespace)
    prefix, suffix = tree.get("namePrefix"), tree.get("nameSuffix")
    if prefix is not None or suffix is not None:
        fields.set_names(resources, prefix, suffix)
    if (pairs := tree.get("commonLabels")) is not None:
        fields.set_labels(resources, pairs, selectors=True, templates=True)
    for item in _items(tree, "labels"):
        if (pairs := item.get("pairs")) is not None:
            selectors, templates = item.get("includeSelectors"), item.get("includeTemplates")
            fields.set_labels(
                resources,
                pairs,
                selectors=selectors is not None and selectors.value is True,
                templates=templates is not None and templates.value is True,
            )
    if (pairs := tree.get("commonAnnotations")) is not None:
        fields.set_annotations(resources, pairs)


def _set_counts(tree: Node, resources: list[Resource]) -> None:
    if (replicas := tree.get("replicas")) is not None:
        fields.set_replicas(resources, replicas)
    if (images := tree.get("images")) is not None:
        fields.set_images(resources, images)


def _items(tree: Node, field: str) -> list[Node]:
    node = tree.get(field)
    return (node.items if node is not None else None) or []
