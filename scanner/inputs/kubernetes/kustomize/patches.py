"""Changes to a manifest: strategic merge and JSON 6902. What is changed stands where the patch has it."""

from __future__ import annotations

from scanner.inputs.kubernetes.tree import Node

MERGE_KEYS = {
    "containers": ("name",), "initContainers": ("name",), "ephemeralContainers": ("name",), "env": ("name",),
    "volumes": ("name",), "volumeMounts": ("mountPath",), "volumeDevices": ("devicePath",),
    "imagePullSecrets": ("name",), "hostAliases": ("ip",), "topologySpreadConstraints": ("topologyKey",),
    "secrets": ("name",), "webhooks": ("name",), "conditions": ("type",), "ownerReferences": ("uid",),
    "ports": ("containerPort", "port"), "resourceClaims": ("name",), "claims": ("name",),
}  # fmt: skip
"""Field -> what tells the items of its list apart, the first that the items have."""
_SETS = frozenset({"finalizers"})
_BY_NAME = (["metadata", "annotations"], ["metadata", "labels"])
"""Made where it is missing and one is added to it: what is meant is plain."""
_DIRECTIVES = frozenset({"$patch", "$retainKeys", "$setElementOrder"})


class PatchError(Exception):
    """A patch that does not fit."""


def merge(target: Node, patch: Node, *, built_in: bool) -> bool:
    """Strategic merge of two mappings, in place; False: the patch deletes the target.

    `built_in`: lists of mappings are merged by their keys; else they are replaced, as for custom resources.
    """
    change, have = patch.mapping, target.mapping
    if change is None or have is None:
        raise PatchError("no mapping")
    directive = patch.text("$patch")
    if directive == "delete":
        return False
    if directive == "replace":
        target.inside, target.place = _plain(patch).inside, patch.place
        return True
    retained = change.get("$retainKeys")
    if retained is not None and retained.items is not None:
        names = {item.value for item in retained.items}
        for key in [key for key in have if key not in names]:
            del have[key]
    for key, value in change.items():
        if key in _DIRECTIVES or key.startswith(("$setElementOrder/", "$deleteFromPrimitiveList/")):
            _primitives(have, key, value)
        elif value.inside is None and value.value is None:
            have.pop(key, None)
        else:
            _put(have, key, value, built_in=built_in)
    return True


def _primitives(have: dict[str, Node], key: str, value: Node) -> None:
    name = key.removeprefix("$deleteFromPrimitiveList/")
    items = have[name].items if name != key and name in have else None
    if items is not None:
        gone = [item.value for item in value.items or []]
        items[:] = [item for item in items if item.value not in gone]


def _put(have: dict[str, Node], key: str, value: Node, *, built_in: bool) -> None:
    old = have.get(key)
    if value.mapping is not None and old is not None and old.mapping is not None:
        if not merge(old, value, built_in=built_in):
            del have[key]
    elif value.mapping is not None and value.text("$patch") == "delete":
        have.pop(key, None)
    elif value.items is not None and old is not None and old.items is not None and built_in:
        _merge_list(old, value, key)
    elif value.items is not None:
        have[key] = _plain(value)
        items = have[key].items or []
        items[:] = [item for item in items if not item.text("$patch")]
    else:
        have[key] = _plain(value)


def _merge_list(old: Node, new: Node, field: str) -> None:
    """Items with the same key are merged; those of the patch come first, as Kustomize has it."""
    have, change = old.items or [], new.items or []
    if any(item.text("$patch") == "replace" for item in change):
        old.inside = [_plain(item) for item in change if item.text("$patch") != "replace"]
        old.place = new.place
        return
    if field in _SETS:
        known = {item.value for item in have}
        old.inside = [*have, *(item.copy() for item in change if item.value not in known)]
        return
    key = next((name for name in MERGE_KEYS.get(field, ()) if all(item.get(name) for item in (*have, *change))), None)
    if key is None:
        old.inside, old.place = [_plain(item) for item in change if not item.text("$patch")], new.place
        return
    rest = {_identity(item, key): item for item in have}
    first: dict[tuple[str, str], Node] = {}
    for item in change:
        identity = _identity(item, key)
        same = first.pop(identity, None) or rest.pop(identity, None)
        if item.text("$patch") == "delete":
            continue
        if same is None:
            first[identity] = _plain(item)
        else:
            merge(same, item, built_in=True)
            first[identity] = same
    old.inside = [*first.values(), *rest.values()]


def _identity(item: Node, key: str) -> tuple[str, str]:
    """What tells an item apart: the value of its key, for ports with the protocol."""
    node = item.get(key)
    protocol = (item.text("protocol") or "TCP") if key in ("containerPort", "port") else ""
    return repr(node.data() if node is not None else None), protocol


def _plain(node: Node) -> Node:
    """A copy of what a patch adds, without directives and what it sets to null."""
    if node.mapping is not None:
        kept = {
            key: _plain(value)
            for key, value in node.mapping.items()
            if not key.startswith("$") and not (value.inside is None and value.value is None)
        }
        return Node(node.place, None, kept, node.steps)
    if node.items is not None:
        return Node(node.place, None, [_plain(item) for item in node.items], node.steps)
    return Node(node.place, node.value, None, node.steps)


def operate(target: Node, operations: Node) -> None:
    """JSON 6902 operations, in place. PatchError for the first that cannot be carried out; those before it stay."""
    for operation in operations.items or []:
        _operate(target, operation)


def _operate(target: Node, operation: Node) -> None:
    kind, path = operation.text("op"), operation.get("path")
    keys = _keys(path)
    if kind == "test":
        if _at(target, keys).data() != (operation.get("value") or Node(target.place)).data():
            raise PatchError("a test that fails")
        return
    if kind in ("add", "replace"):
        value = operation.get("value")
        if value is None:
            raise PatchError(f"{kind} without a value")
        _set(target, keys, value.copy(), insert=kind == "add")
    elif kind == "remove":
        _remove(target, keys)
    elif kind in ("move", "copy"):
        source = _keys(operation.get("from"))
        value = _at(target, source).copy()
        if kind == "move":
            _remove(target, source)
        _set(target, keys, value, insert=True)
    else:
        raise PatchError("an operation that does not exist")


def _keys(path: Node | None) -> list[str]:
    text = path.value if path is not None else None
    if not isinstance(text, str) or (text and not text.startswith("/")):
        raise PatchError("an operation without a path")
    return [part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:]]


def _at(node: Node, keys: list[str]) -> Node:
    for key in keys:
        if node.mapping is not None and key in node.mapping:
            node = node.mapping[key]
        elif node.items is not None and _index(key, len(node.items)) is not None:
            node = node.items[int(key)]
        else:
            raise PatchError(f"the path /{'/'.join(keys)} does not exist")
    return node


def _index(key: str, length: int) -> int | None:
    return int(key) if key.isascii() and key.isdigit() and len(key) < 7 and int(key) < length else None


def _set(target: Node, keys: list[str], value: Node, *, insert: bool) -> None:
    if not keys:
        target.inside, target.value, target.place = value.inside, value.value, value.place
        return
    if (
        insert
        and keys[:-1] in _BY_NAME
        and (metadata := target.get("metadata")) is not None
        and metadata.mapping is not None
    ):
        metadata.mapping.setdefault(keys[1], Node(value.place, None, {}))
    parent, last = _at(target, keys[:-1]), keys[-1]
    if parent.mapping is not None:
        if not insert and last not in parent.mapping:
            raise PatchError(f"the path /{'/'.join(keys)} does not exist")
        parent.mapping[last] = value
        return
    items = parent.items
    at = None if items is None else len(items) if last == "-" else _index(last, len(items) + insert)
    if items is None or at is None:
        raise PatchError(f"the path /{'/'.join(keys)} does not exist")
    items[at : at if insert else at + 1] = [value]


def _remove(target: Node, keys: list[str]) -> None:
    if not keys:
        raise PatchError("a manifest cannot be removed")
    parent, last = _at(target, keys[:-1]), keys[-1]
    if parent.mapping is not None and last in parent.mapping:
        del parent.mapping[last]
    elif parent.items is not None and _index(last, len(parent.items)) is not None:
        del parent.items[int(last)]
    else:
        raise PatchError(f"the path /{'/'.join(keys)} does not exist")
