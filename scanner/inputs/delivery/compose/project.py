"""The files of a project to subjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scanner.errors import ParseError
from scanner.inputs.delivery.compose.interpolation import dotenv, interpolated
from scanner.inputs.delivery.compose.merge import extended, laid_over
from scanner.inputs.delivery.compose.services import service
from scanner.inputs.delivery.tree import Tree, flat, read
from scanner.model import Problem, Subject
from scanner.text import Source

_KINDS = {"services": "service", "networks": "network", "volumes": "volume", "secrets": "secret", "configs": "config"}
_MAX_SUBJECTS = 2000


def looks_like_compose(source: Source) -> bool:
    """Whether every member of `services` is a mapping, and one has an image or is built."""
    from scanner.yaml_tree import parse

    try:
        documents = parse(source)
    except ParseError:
        return False
    if len(documents) != 1 or not isinstance(documents[0].data, dict):
        return False
    services = documents[0].data.get("services")
    if not isinstance(services, dict) or not all(isinstance(item, dict) for item in services.values()):
        return False
    return any("image" in item or "build" in item for item in services.values()) and not any(
        "run" in item or "steps" in item or "class" in item for item in services.values()
    )


def project(unit: str, layers: Sequence[str], sources: Mapping[str, Source]) -> tuple[list[Subject], list[Problem]]:
    """`layers`: the files laid over each other, the base first. The unit's other files may be extended."""
    problems: list[Problem] = []
    env = dotenv(next((source for path, source in sources.items() if path.rpartition("/")[2] == ".env"), None))
    trees: dict[str, Tree] = {}
    for path, source in sorted(sources.items()):
        if path.rpartition("/")[2] == ".env":
            continue
        documents, found = read(source, "Compose file")
        if path in layers:
            problems += found
        if documents and documents[0].pairs:
            trees[path] = interpolated(documents[0], env)
    others = {path.rpartition("/")[2]: dict(_section(tree, "services")) for path, tree in trees.items()}
    whole: Tree | None = None
    for path in layers:
        if path in trees:
            layer = trees[path]
            resolved = {**layer.pairs}
            if "services" in resolved:
                services = extended(dict(_section(layer, "services")), others)
                resolved["services"] = resolved["services"].with_value(services)
            layer = layer.with_value(resolved)
            whole = layer if whole is None else laid_over(whole, layer)
    if whole is None:
        return [], problems
    return _subjects(unit, whole, sources), problems


def _section(tree: Tree, key: str) -> Mapping[str, Tree]:
    found = tree.get(key)
    return found.pairs if found else {}


def _subjects(unit: str, whole: Tree, sources: Mapping[str, Source]) -> list[Subject]:
    subjects = []
    for key, kind in _KINDS.items():
        for name, tree in list(_section(whole, key).items())[:_MAX_SUBJECTS]:
            made = service(tree, sources) if kind == "service" else tree
            config, places = flat(made)
            address = f"{kind}/{name}"
            subjects.append(Subject(f"{unit}:{address}", kind, name, address, tree.place, config, places))
    return subjects
