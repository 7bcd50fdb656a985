"""Kubernetes manifests: YAML and JSON files with documents that have an `apiVersion` and a `kind`, the Helm charts that
render to them, and the Kustomize overlays that put them together.

A unit of plain manifests is a folder that directly holds manifests, with all folders of manifests beneath it; folders
side by side are two units, unless one above them holds manifests too. Rules join manifests (a Deployment with a
NetworkPolicy), so a unit must be what is applied together: with `prod/` and `staging/` in one, the NetworkPolicy of one
would excuse the Deployment of the other. A chart is a unit, with its subcharts (`helm`). So is every overlay, with its
bases (`kustomize`); a base is judged as its overlays use it, and by itself where there is none. What belongs to a chart
or an overlay is no plain manifest.

Every manifest is a subject: its type is its kind, its config the manifest as it is written (the `data` of a Secret
stays base64). A list is its items.

A template that lies in no chart is reported: one that is no valid YAML and holds `{{` outside of quotes and comments.
Elsewhere `{{` is text, as in the rules of Prometheus.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from scanner.inputs.kubernetes import grouping, sniff
from scanner.inputs.kubernetes.grouping import CHART, KUSTOMIZATIONS
from scanner.inputs.kubernetes.manifests import HELM, manifests, read_file, subject
from scanner.model import Json, Problem, Subject, Unit
from scanner.text import Source

__all__ = ["HELM", "build", "claims", "facts", "group"]

_NEVER = frozenset(
    {
        "package.json", "package-lock.json", "npm-shrinkwrap.json", "composer.json", "tsconfig.json", "jsconfig.json",
        "deno.json", "pnpm-lock.yaml",
    }
)  # fmt: skip
_LIBRARY = re.compile(rb"""^type:[ \t]*["']?library\b""", re.MULTILINE)
_PARTIALS = (".tpl", ".txt")
_VALUES = frozenset({"values.yaml", "requirements.yaml"})


def claims(path: str) -> bool:
    """Any YAML or JSON file but those whose names say that they are something else, and what charts are made of."""
    folder, _, name = path.rpartition("/")
    if name.lower().endswith((".yaml", ".yml", ".json")):
        return name not in _NEVER
    return name == "Kustomization" or (name.endswith(_PARTIALS) and "templates" in folder.split("/"))


def facts(source: Source) -> Json | None:
    """{} for manifests. What only matters if there is a chart or a kustomization: {"template": True} below `templates`,
    {"values": True}, {"patch": True}. For these themselves: {"chart": folders its dependencies lie in} ("library": it
    makes no manifests), {"kustomization": files and folders it uses}.

    Nearly always this is a look at the bytes; a file that names both keys, but not where lines start, is parsed.
    """
    folder, _, name = source.path.rpartition("/")
    if name == CHART and b"name" in source.data and b"ersion" in source.data:
        from scanner.inputs.kubernetes.helm.chart import dependency_folders

        library = {"library": True} if _LIBRARY.search(source.data) else {}
        return {"chart": dependency_folders(source), **library}
    if name in KUSTOMIZATIONS:
        from scanner.inputs.kubernetes.kustomize.file import used_paths

        used = used_paths(source)
        if used is not None or b"kustomize.config.k8s.io/" in source.data:
            return {"kustomization": used} if used is not None else None
    if name.endswith(_PARTIALS):
        return {"template": True}
    if sniff.is_manifest(source):
        return {}
    if "templates" in folder.split("/"):
        return {"template": True}
    return {"values": True} if name in _VALUES else {"patch": True} if sniff.is_patch(source) else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """Unit root -> its files (see `grouping`)."""
    return grouping.group(facts)


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The manifests of some files as subjects, in the order of paths and documents."""
    unit, subjects, problems = f"kubernetes:{root}", list[Subject](), list[Problem]()
    taken: dict[str, int] = {}
    plain = list(sources.values())
    if root in sources and posixpath.basename(root) in (CHART, *KUSTOMIZATIONS):
        from scanner.inputs.kubernetes.tree import TreePlaces, definitions

        if posixpath.basename(root) == CHART:
            from scanner.inputs.kubernetes.helm import read

            chart = read(posixpath.dirname(root), sources)
            trees, plain, problems = chart.manifests, chart.plain, chart.problems
        else:
            from scanner.inputs.kubernetes.kustomize import assemble

            trees, problems = assemble(root, sources)
            plain = []
        for tree in trees:
            for manifest, below in manifests(tree.data(), TreePlaces(tree)):
                subjects.append(subject(unit, manifest, below, taken, definitions(below.root)))
    for source in sorted(plain, key=lambda one: one.path):
        documents, found = read_file(source)
        problems += found
        for document in documents:
            for item, places in manifests(document.data, document.places):
                subjects.append(subject(unit, item, places, taken))
    return Unit(unit, "kubernetes", tuple(sorted(sources)), tuple(subjects), tuple(problems))
