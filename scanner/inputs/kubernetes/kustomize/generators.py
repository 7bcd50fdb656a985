"""`configMapGenerator` and `secretGenerator`. Names get no hash: nothing is looked up by it here."""

from __future__ import annotations

import base64
import posixpath

from scanner.inputs.kubernetes.kustomize.resource import Resource
from scanner.inputs.kubernetes.tree import Node
from scanner.model import unknown

_UNREAD = unknown("a file that is not read")


def generate(kustomization: Node, field: str, kind: str, resources: list[Resource]) -> None:
    """Adds what one of the fields makes to the manifests, or changes one that is there."""
    generators = kustomization.get(field)
    for generator in (generators.items if generators else None) or []:
        name = generator.get("name")
        if name is None or not isinstance(name.value, str):
            continue
        made = _made(kind, name, generator, kustomization.get("generatorOptions"))
        behavior = generator.text("behavior")
        known = next((one for one in resources if one.kind == kind and name.value in one.names), None)
        if behavior in ("merge", "replace") and known is not None:
            _change(known.node, made, replace=behavior == "replace")
        else:
            resources.append(Resource(made))


def _change(known: Node, made: Node, *, replace: bool) -> None:
    have, new = known.get("data"), made.get("data")
    if known.mapping is None or new is None:
        return
    if replace or have is None or have.mapping is None or new.mapping is None:
        known.mapping["data"] = new
    else:
        have.mapping.update(new.mapping)


def _made(kind: str, name: Node, generator: Node, options: Node | None) -> Node:
    place = name.place
    metadata = {"name": name.copy()}
    if (namespace := generator.get("namespace")) is not None:
        metadata["namespace"] = namespace.copy()
    for field in ("labels", "annotations"):
        for given in (options and options.get(field), generator.get("options", field)):
            if given is not None and given.mapping is not None:
                have = metadata.setdefault(field, Node(given.place, None, {}))
                have.inside = {**(have.mapping or {}), **(given.copy().mapping or {})}
    inside = {
        "apiVersion": Node(place, "v1"),
        "kind": Node(place, kind),
        "metadata": Node(place, None, metadata),
        "data": _data(kind, generator),
    }
    if kind == "Secret":
        given = generator.get("type")
        inside["type"] = given.copy() if given is not None else Node(place, "Opaque")
    return Node(place, None, inside)


def _data(kind: str, generator: Node) -> Node:
    place = generator.place
    if generator.get("env") is not None or generator.get("envs") is not None:
        return Node((generator.get("envs") or generator.get("env") or generator).place, _UNREAD)
    data: dict[str, Node] = {}
    files = generator.get("files")
    for file in (files.items if files else None) or []:
        if isinstance(file.value, str):
            key, _, path = file.value.rpartition("=")
            data[key or posixpath.basename(path)] = Node(file.place, _UNREAD)
    literals = generator.get("literals")
    for literal in (literals.items if literals else None) or []:
        if isinstance(literal.value, str):
            key, _, text = literal.value.partition("=")
            data[key] = Node(literal.place, _encoded(_unquoted(text)) if kind == "Secret" else _unquoted(text))
    return Node(place, None, data)


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode()
