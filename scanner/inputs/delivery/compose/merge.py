"""Laying one Compose file over another, and a service over the one it extends."""

from __future__ import annotations

from scanner.inputs.delivery.tree import Tree

MAX_EXTENDS = 20
_REPLACED = frozenset({"command", "entrypoint", "test"})
_MAPPINGS = frozenset({"environment", "labels", "args", "annotations", "extra_hosts", "sysctls", "driver_opts"})
_DROPPED = "!reset"
_WHOLE = "!override"


def laid_over(base: Tree, over: Tree, key: str = "") -> Tree:
    """`over` wins; mappings are merged key by key, lists joined, a command replaced. The depth is the parser's."""
    if over.tag == _WHOLE or key in _REPLACED:
        return over
    if key in _MAPPINGS:
        base, over = as_mapping(base), as_mapping(over)
    if over.value is None:
        return base
    if base.is_mapping and over.is_mapping:
        merged = dict(base.pairs)
        for name, value in over.pairs.items():
            if value.tag == _DROPPED:
                merged.pop(name, None)
            else:
                merged[name] = laid_over(merged[name], value, name) if name in merged else value
        return over.with_value(merged)
    if base.items and over.items:
        if key == "volumes":
            targets = {_target(item) for item in over.items}
            return over.with_value([item for item in base.items if _target(item) not in targets] + list(over.items))
        return over.with_value([*base.items, *over.items])
    return over


def as_mapping(tree: Tree) -> Tree:
    """A list of "NAME=value" as a mapping; every value has the place of its item. A name alone is null."""
    if not isinstance(tree.value, list):
        return tree
    found: dict[str, Tree] = {}
    for item in tree.items:
        name, equals, value = (item.scalar or "").partition("=")
        if name:
            found[name] = item.with_value(value if equals else None)
        elif item.scalar is None and item.value is not None:
            continue
    return tree.with_value(found)


def _target(item: Tree) -> str:
    long = item.get("target")
    if long is not None:
        return long.scalar or ""
    parts = (item.scalar or "").split(":")
    return parts[1] if len(parts) > 1 else parts[0]


def extended(services: dict[str, Tree], others: dict[str, dict[str, Tree]]) -> dict[str, Tree]:
    """Services with what they extend. `others`: file name -> its services. What lies elsewhere keeps its `extends`."""
    return {name: _extended(service, services, others, 0) for name, service in services.items()}


def _extended(service: Tree, services: dict[str, Tree], others: dict[str, dict[str, Tree]], depth: int) -> Tree:
    wanted = service.get("extends")
    if wanted is None or depth >= MAX_EXTENDS:
        return service
    file = wanted.get("file")
    name = wanted.text or (wanted.at("service") or wanted).text
    pool = services if file is None else others.get((file.text or "").removeprefix("./"), {})
    if not name or name not in pool:
        return service
    base = _extended(pool[name], pool, others, depth + 1)
    own = service.with_value({key: value for key, value in service.pairs.items() if key != "extends"})
    return laid_over(base, own)
