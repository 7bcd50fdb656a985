"""Envoy configuration: a bootstrap with `static_resources`, or a file of xDS resources, in YAML or JSON.

Subjects: `listener`, `cluster`, `secret`, `admin`; the config of each is the resource as it is written, in snake case.
A text that a template or the environment fills in is unknown. A unit is a file. What stands inside a manifest of
Kubernetes (an EnvoyFilter, a ConfigMap) is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from scanner.addresses import unique
from scanner.errors import ParseError
from scanner.model import Json, Place, Problem, Subject, Unit, unknown
from scanner.text import Source, is_utf16

if TYPE_CHECKING:
    from scanner.yaml_tree import Document, Places

TEMPLATE = "template: not rendered"
_NEVER = frozenset({"package.json", "package-lock.json", "composer.json", "tsconfig.json", "pnpm-lock.yaml"})
_KEY = re.compile(rb"""(?m)(?:^["']?|^[ \t]*[{,]?[ \t\r\n]*")static_resources["']?[ \t]*:""")
_XDS = re.compile(rb"type\.googleapis\.com/envoy\.(?:config\.(?:listener|cluster|bootstrap)|extensions\.transport)")
_RESOURCES = re.compile(rb"""(?m)(?:^["']?|^[ \t]*[{,]?[ \t\r\n]*")resources["']?[ \t]*:""")
_MANIFEST = re.compile(rb"""(?m)^["' \t{]*apiVersion["']?[ \t]*:""")
_PLACEHOLDER = re.compile(
    r"\$\{[A-Za-z_][A-Za-z0-9_.]*(?::[^}]*)?\}|\{\{|\{%|<%|\$[A-Z][A-Z0-9_]*\b|__[A-Z][A-Z0-9_]*__"
)
_KINDS = {"listeners": "listener", "clusters": "cluster", "secrets": "secret"}
_TYPES = {
    "envoy.config.listener.v3.Listener": "listener",
    "envoy.config.cluster.v3.Cluster": "cluster",
    "envoy.extensions.transport_sockets.tls.v3.Secret": "secret",
}


def claims(path: str) -> bool:
    """Any YAML or JSON file but those whose names say that they are something else."""
    name = path.rpartition("/")[2]
    return name.lower().endswith((".yaml", ".yml", ".json")) and name not in _NEVER


def facts(source: Source) -> Json | None:
    """{} for a file with `static_resources`, or with `resources` of Envoy's types, at its top."""
    data = source.data
    if b"_resources" not in data and b"type.googleapis.com/envoy." not in data:
        return None
    if is_utf16(data) or _MANIFEST.search(data):
        return None
    return {} if _KEY.search(data) or (_RESOURCES.search(data) and _XDS.search(data)) else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """Every file is a unit."""
    return {path: (path,) for path in sorted(facts)}


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The resources of a file, in the order they are written."""
    from scanner.yaml_tree import parse  # libyaml takes longer to import than a run with nothing to do

    unit = f"envoy:{root}"
    subjects: list[Subject] = []
    problems: list[Problem] = []
    taken: dict[str, int] = {}
    for path, source in sorted(sources.items()):
        try:
            documents = parse(source)
        except ParseError as error:
            template = "{{" in source.text or "{%" in source.text
            message = TEMPLATE if template else error.message
            problems.append(Problem(path, message, fatal=not template, line=error.line))
            continue
        for document in documents:
            for kind, data, places in _resources(document):
                subjects.append(_subject(unit, kind, data, places, taken))
    return Unit(unit, "envoy", tuple(sorted(sources)), tuple(subjects), tuple(problems))


def _resources(document: Document) -> Iterator[tuple[str, dict[str, Json], Places]]:
    """(type, resource, its places) of a bootstrap, or of a list of resources."""
    data = document.data
    if not isinstance(data, dict):
        return
    static = data.get("static_resources")
    for key, kind in _KINDS.items():
        items = static.get(key) if isinstance(static, dict) else None
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield kind, item, document.places.below(("static_resources", key, index))
    items = data.get("resources")
    for index, item in enumerate(items if isinstance(items, list) else ()):
        name = str(item.get("@type", "")).removeprefix("type.googleapis.com/") if isinstance(item, dict) else ""
        if name in _TYPES:
            yield _TYPES[name], item, document.places.below(("resources", index))
    if isinstance(data.get("admin"), dict):
        yield "admin", data["admin"], document.places.below(("admin",))


def _subject(unit: str, kind: str, data: dict[str, Json], places: Places, taken: dict[str, int]) -> Subject:
    name = data.get("name")
    text = name if isinstance(name, str) else ""
    header: Place = places.get(("name",), places[()])
    address = unique(f"{kind}/{text}" if text else kind, taken)
    return Subject(f"{unit}:{address}", kind, text, address, header, _filled(data), places)


def _filled(data: Json) -> Json:
    """A copy in which texts with placeholders are unknown; the parser bounds depth and size."""
    if isinstance(data, dict):
        return {key: _filled(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_filled(value) for value in data]
    if isinstance(data, str) and _PLACEHOLDER.search(data):
        return unknown("filled in by a template or the environment")
    return data
