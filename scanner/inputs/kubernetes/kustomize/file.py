"""A kustomization file: whether it is one, and what it uses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from scanner.errors import ParseError
from scanner.inputs.kubernetes.tree import Node, from_document
from scanner.model import Json
from scanner.text import Source
from scanner.yaml_tree import parse

_LISTS = ("resources", "bases", "components", "patchesStrategicMerge")
_WITH_PATH = ("patches", "patchesJson6902", "replacements")
_FIELDS = frozenset(
    """resources bases components patches patchesStrategicMerge patchesJson6902 namespace namePrefix nameSuffix images
    commonLabels commonAnnotations labels replicas configMapGenerator secretGenerator generatorOptions generators
    transformers validators helmCharts helmGlobals helmChartInflationGenerator replacements vars crds configurations
    openapi buildMetadata sortOptions""".split()  # noqa: SIM905
)
_REMOTE = re.compile(r"^[\w+.-]+://|^[\w.-]+@[\w.-]+:|^(?:github|gitlab|bitbucket)\.\w+[/:]|[?&](?:ref|version)=|^gh:")


def used_paths(source: Source) -> list[str] | None:
    """The files and folders that a kustomization may use, from the scan's root; None if it is none.

    A file of that name that is no YAML is one that uses nothing.
    """
    try:
        documents = parse(source)
    except ParseError:
        return []
    data = documents[0].data if documents else None
    if not isinstance(data, dict) or not is_kustomization(data):
        return None
    folder = posixpath.dirname(source.path)
    found = {joined(folder, text) for text in _texts(data) if not _is_inline(text) and not is_remote(text)}
    return sorted(path for path in found if path is not None)


def is_kustomization(data: Json) -> bool:
    """Whether a document is one for Kustomize (Flux has another kind of that name)."""
    if not isinstance(data, dict) or data.get("kind") not in (None, "Kustomization", "Component"):
        return False
    version = data.get("apiVersion")
    return (version is None or str(version).startswith("kustomize.config.k8s.io/")) and not _FIELDS.isdisjoint(data)


def joined(folder: str, path: str) -> str | None:
    """A path in a folder, from the scan's root ("" is the root itself); None for one outside of it."""
    whole = posixpath.normpath(posixpath.join(folder, path))
    return None if whole.startswith(("..", "/")) else "" if whole == "." else whole


def is_remote(path: str) -> bool:
    """Whether a resource is something from elsewhere."""
    return _REMOTE.search(path) is not None


def _is_inline(text: str) -> bool:
    return "\n" in text or ": " in text


def _texts(data: dict[str, Any]) -> Iterator[str]:
    for name in _LISTS:
        yield from (item for item in _list(data.get(name)) if isinstance(item, str))
    for name in _WITH_PATH:
        for item in _list(data.get(name)):
            if isinstance(item, dict) and isinstance(item.get("path"), str):
                yield item["path"]


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def inline(node: Node, source: Source) -> list[Node]:
    """The documents in a string of a kustomization; ParseError. In a literal block scalar (`|`) their places are exact,
    else they are the string's."""
    span = node.place.span
    documents = [from_document(one) for one in parse(Source(source.path, node.value.encode("utf-8", "replace")))]
    shift = None
    if source.line(span.line)[span.column - 1 : span.column] == "|":
        shift = _indent(node.value, source, span.line)
    for document in documents:
        _move(document, node, shift)
    return documents


def _indent(text: str, source: Source, header: int) -> int | None:
    """How far the lines of a block scalar are indented."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            written = source.line(header + number)
            return len(written) - len(line) if written.endswith(line) else None
    return None


def _move(node: Node, string: Node, shift: int | None) -> None:
    if shift is None:
        node.place = string.place
    else:
        below, span = string.place.span.line, node.place.span
        moved = span._replace(
            line=span.line + below,
            column=span.column + shift,
            end_line=span.end_line + below,
            end_column=span.end_column + shift,
        )
        node.place = node.place._replace(path=string.place.path, span=moved)
    if node.inside is not None:
        for inner in node.inside.values() if isinstance(node.inside, dict) else node.inside:
            _move(inner, string, shift)
