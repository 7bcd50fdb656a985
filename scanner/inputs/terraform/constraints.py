"""Type constraints of variables: what a value becomes when it is given to a variable of that type."""

from __future__ import annotations

from collections.abc import Callable

from scanner.inputs.terraform.syntax import Call, Node, ObjectNode, Reference, TupleNode
from scanner.inputs.terraform.templates import static_text
from scanner.inputs.terraform.values import (
    Data,
    Unknown,
    Val,
    collection,
    scalar_text,
    to_bool,
    to_number,
)

_SCALARS: dict[str, Callable[[object], Data]] = {"string": scalar_text, "number": to_number, "bool": to_bool}


def convert(value: Val, wanted: Node | None, default: Callable[[Node], Val]) -> Val:
    """A value as one of the type `wanted` (None: any): items too, with the defaults of optional attributes filled in
    (`default` evaluates them). A value that does not fit is unknown, for Terraform refuses it."""
    data = value.data
    if wanted is None or data is None or isinstance(data, Unknown):
        return value
    if isinstance(wanted, Reference):
        return _scalar(value, wanted.name)
    if not isinstance(wanted, Call) or not wanted.arguments:
        return value
    inner = wanted.arguments[0]
    if wanted.name == "optional":
        return convert(value, inner, default)
    if wanted.name in ("list", "set") and isinstance(data, list):
        items = [convert(item, inner, default) for item in data]
        if wanted.name == "list":
            return _rebuilt(value, items)
        from scanner.inputs.terraform.functions_collection import as_set

        return _rebuilt(value, as_set(items, value.at).data)
    if wanted.name == "map" and isinstance(data, dict):
        return _rebuilt(value, {key: convert(item, inner, default) for key, item in data.items()})
    if wanted.name == "object" and isinstance(data, dict) and isinstance(inner, ObjectNode):
        return _object(value, data, inner, default)
    if (
        wanted.name == "tuple"
        and isinstance(data, list)
        and isinstance(inner, TupleNode)
        and len(inner.items) == len(data)
    ):
        return _rebuilt(value, [convert(item, kind, default) for item, kind in zip(data, inner.items, strict=True)])
    return _misfit(value)


def _scalar(value: Val, name: str) -> Val:
    change = _SCALARS.get(name)
    if change is None:
        return value
    data = change(value.data)
    if data is None:
        return _misfit(value)
    return value if type(data) is type(value.data) else Val(data, value.at, value.refs, value.hops)


def _object(value: Val, data: dict[str, Val], kinds: ObjectNode, default: Callable[[Node], Val]) -> Val:
    made: dict[str, Val] = {}
    for key, kind in kinds.items:
        name = static_text(key) or ""
        optional = isinstance(kind, Call) and kind.name == "optional"
        given = data.get(name)
        if given is None and not optional:
            return _misfit(value)
        if (given is None or given.data is None) and isinstance(kind, Call) and optional:
            given = (
                convert(default(kind.arguments[1]), kind, default) if len(kind.arguments) > 1 else Val(None, value.at)
            )
        if given is not None:
            made[name] = convert(given, kind, default)
    return _rebuilt(value, made)


def _rebuilt(value: Val, data: Data) -> Val:
    """The same value with other things inside, which are seen from where they were."""
    if not isinstance(data, list | dict):
        return Val(data, value.at, value.refs, value.hops)
    result = collection(data, value.at, value.refs)
    result.hops = value.hops
    return result


def _misfit(value: Val) -> Val:
    return Val(Unknown("the value does not fit the variable's type", failed=True), value.at, value.refs, value.hops)
