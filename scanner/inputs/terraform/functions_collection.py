"""Functions on lists, sets and objects. They see values, so that what is inside keeps its place and may be unknown.

An argument that is unknown as a whole never gets here, except where LENIENT says so; a ValueError means that Terraform
refuses the arguments. The result stands where the call does; what the arguments refer to is added by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from scanner.inputs.terraform.arguments import RefusedError, countable, text, whole
from scanner.inputs.terraform.syntax import Spot
from scanner.inputs.terraform.values import (
    SetItems,
    Unknown,
    Val,
    collection,
    deep_refs,
    first_unknown,
    plain,
    same,
    scalar_text,
)

_Args = list[Val]


def _items(value: Val) -> list[Val]:
    if not isinstance(value.data, list):
        raise RefusedError("a list is expected")
    return value.items()


def _object(value: Val) -> dict[str, Val]:
    if not isinstance(value.data, dict):
        raise RefusedError("an object is expected")
    return {key: value.item(item) for key, item in value.data.items()}


def _unknown_in(values: list[Val], at: Spot) -> Val | None:
    """What a function answers that has to compare values of which one is not known."""
    for value in values:
        unknown = first_unknown(value)
        if unknown:
            return Val(Unknown(unknown.reason, failed=unknown.failed), at, deep_refs(value))
    return None


def _unique(values: list[Val]) -> list[Val]:
    """Wholly known values, the first of equal ones."""
    kept: dict[Any, Val] = {}
    for value in values:
        kept.setdefault(_identity(plain(value)), value)
    return list(kept.values())


def _identity(data: Any) -> Any:
    """A hashable stand-in for plain data: equal exactly where the data are."""
    if isinstance(data, list):
        return ("list", *map(_identity, data))
    if isinstance(data, dict):
        return ("object", *((key, _identity(data[key])) for key in sorted(data)))
    return (isinstance(data, bool), data)


def as_set(values: list[Val], at: Spot) -> Val:
    """A set; unknown where it is not known which of its items are equal."""
    unknown = _unknown_in(values, at)
    if unknown:
        return unknown
    kept = _unique(values)
    kinds = {type(value.data) for value in kept}
    if kinds == {str}:
        kept.sort(key=lambda value: str(value.data))
    elif kinds and kinds <= {int, float}:
        kept.sort(key=lambda value: float(scalar_text(value.data) or 0))
    return collection(SetItems(kept), at)


def _chunklist(at: Spot, args: _Args) -> Val:
    items, size = _items(args[0]), whole(args[1].data)
    if size < 0:
        raise RefusedError("a size is at least 0")
    size = size or max(len(items), 1)
    return collection([collection(items[start : start + size], at) for start in range(0, len(items), size)], at)


def _coalesce(at: Spot, args: _Args) -> Val:
    for arg in args:
        if isinstance(arg.data, Unknown):
            return _vague(at, args)
        if arg.data is not None and arg.data != "":
            return arg
    raise RefusedError("there is no argument that is neither null nor empty")


def _coalescelist(at: Spot, args: _Args) -> Val:
    for arg in args:
        if isinstance(arg.data, Unknown):
            return _vague(at, args)
        if arg.data:
            return arg
    raise RefusedError("there is no argument that is not empty")


def _vague(at: Spot, args: _Args) -> Val:
    """One of the arguments, but it is not known which: all of them have a say."""
    unknown = next(arg.data for arg in args if isinstance(arg.data, Unknown))
    refs = frozenset().union(*map(deep_refs, args))
    same_as = args[0].data if len(args) == 1 else None
    result = same_as if isinstance(same_as, Unknown) else Unknown(unknown.reason, failed=unknown.failed)
    return Val(result, at, refs)


def _compact(at: Spot, args: _Args) -> Val:
    items = _items(args[0])
    unknown = next((item for item in items if isinstance(item.data, Unknown)), None)
    if unknown:
        return _unknown_in([unknown], at) or unknown
    return collection([item for item in items if item.data is not None and item.data != ""], at)


def _concat(at: Spot, args: _Args) -> Val:
    items = [item for arg in args for item in _items(arg)]
    countable(len(items))
    return collection(items, at)


def _contains(at: Spot, args: _Args) -> Val:
    items, wanted = _items(args[0]), args[1]
    refs = deep_refs(args[0]) | deep_refs(wanted)
    unknown = _unknown_in([wanted], at)
    if unknown:
        return unknown
    known = [item for item in items if not first_unknown(item)]
    if any(same(plain(item), plain(wanted)) for item in known):
        return Val(True, at, refs)
    return Val(False, at, refs) if len(known) == len(items) else _unknown_in(items, at) or wanted


def _distinct(at: Spot, args: _Args) -> Val:
    items = _items(args[0])
    return _unknown_in(items, at) or collection(_unique(items), at)


def _element(_at: Spot, args: _Args) -> Val:
    items, index = _items(args[0]), whole(args[1].data)
    if not items:
        raise RefusedError("an empty list has no element")
    return items[index % len(items)]


def _flatten(at: Spot, args: _Args) -> Val:
    _items(args[0])
    found: list[Val] = []
    stack: list[Iterator[Val]] = [iter(_items(args[0]))]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item.data, list):
            stack.append(iter(item.items()))
        elif isinstance(item.data, Unknown):
            return Val(Unknown(item.data.reason, ref=item.data.ref, attr=item.data.attr), at, deep_refs(args[0]))
        else:
            found.append(item)
    countable(len(found))
    return collection(found, at)


def _index(at: Spot, args: _Args) -> Val:
    items = _items(args[0])
    unknown = _unknown_in([*items, args[1]], at)
    if unknown:
        return unknown
    for position, item in enumerate(items):
        if same(plain(item), plain(args[1])):
            return Val(position, at, deep_refs(args[0]))
    raise RefusedError("the list does not hold this value")


def _keys(at: Spot, args: _Args) -> Val:
    entries = _object(args[0])
    return collection([Val(key, entries[key].at) for key in sorted(entries)], at)


def _length(at: Spot, args: _Args) -> Val:
    data = args[0].data
    if not isinstance(data, list | dict | str):
        raise RefusedError("there is no length of this")
    return Val(len(data), at, deep_refs(args[0]))


def _lookup(at: Spot, args: _Args) -> Val:
    if isinstance(args[0].data, Unknown) or isinstance(args[1].data, Unknown):
        return _vague(at, args)
    entries, key = _object(args[0]), text(args[1].data)
    if key in entries:
        return entries[key]
    if len(args) < 3:
        raise RefusedError("the map has no such key")
    return args[2]


def _matchkeys(at: Spot, args: _Args) -> Val:
    values, keys, wanted = map(_items, args)
    if len(values) != len(keys):
        raise RefusedError("matchkeys is given lists of different lengths")
    unknown = _unknown_in([*keys, *wanted], at)
    if unknown:
        return unknown
    found = {_identity(plain(item)) for item in wanted}
    return collection([value for value, key in zip(values, keys, strict=True) if _identity(plain(key)) in found], at)


def _merge(at: Spot, args: _Args) -> Val:
    merged: dict[str, Val] = {}
    for arg in args:
        if arg.data is not None:
            merged.update(_object(arg))
    countable(len(merged))
    return collection(merged, at)


def _one(at: Spot, args: _Args) -> Val:
    items = _items(args[0])
    if len(items) > 1:
        raise RefusedError("there is more than one item")
    return items[0] if items else Val(None, at)


def _reverse(at: Spot, args: _Args) -> Val:
    return collection(_items(args[0])[::-1], at)


def _setproduct(at: Spot, args: _Args) -> Val:
    lists = [_items(arg) for arg in args]
    count = 1
    for items in lists:
        count *= len(items)
        countable(count)
    return collection([collection(list(row), at) for row in product(*lists)], at)


def _setunion(at: Spot, args: _Args) -> Val:
    return as_set([item for arg in args for item in _items(arg)], at)


def _set_operation(keep: Callable[[Any, list[set[Any]]], bool]) -> Callable[[Spot, _Args], Val]:
    def operation(at: Spot, args: _Args) -> Val:
        first, *others = [_items(arg) for arg in args]
        unknown = _unknown_in([item for arg in args for item in _items(arg)], at)
        if unknown:
            return unknown
        identities = [{_identity(plain(item)) for item in items} for items in others]
        return as_set([item for item in first if keep(_identity(plain(item)), identities)], at)

    return operation


def _slice(at: Spot, args: _Args) -> Val:
    items, start, end = _items(args[0]), whole(args[1].data), whole(args[2].data)
    if not 0 <= start <= end <= len(items):
        raise RefusedError("the list has no such slice")
    return collection(items[start:end], at)


def _tolist(at: Spot, args: _Args) -> Val:
    return args[0] if args[0].data is None else collection(_items(args[0]), at)


def _tomap(at: Spot, args: _Args) -> Val:
    return args[0] if args[0].data is None else collection(_object(args[0]), at)


def _toset(at: Spot, args: _Args) -> Val:
    return args[0] if args[0].data is None else as_set(_items(args[0]), at)


def _transpose(at: Spot, args: _Args) -> Val:
    swapped: dict[str, list[Val]] = {}
    entries = _object(args[0])
    for key in sorted(entries):
        for item in _items(entries[key]):
            name = scalar_text(item.data)
            if name is None:
                return _unknown_in([item], at) or entries[key]
            swapped.setdefault(name, []).append(Val(key, item.at))
    return collection({name: collection(keys, at) for name, keys in swapped.items()}, at)


def _values(at: Spot, args: _Args) -> Val:
    entries = _object(args[0])
    return collection([entries[key] for key in sorted(entries)], at)


def _zipmap(at: Spot, args: _Args) -> Val:
    keys, values = _items(args[0]), _items(args[1])
    if len(keys) != len(values):
        raise RefusedError("zipmap is given lists of different lengths")
    unknown = _unknown_in(keys, at)
    return unknown or collection({text(key.data): value for key, value in zip(keys, values, strict=True)}, at)


def _as_is(_at: Spot, args: _Args) -> Val:
    return args[0]


FUNCTIONS: dict[str, tuple[Callable[[Spot, _Args], Val], int, int]] = {
    "chunklist": (_chunklist, 2, 2),
    "coalesce": (_coalesce, 1, 9999),
    "coalescelist": (_coalescelist, 1, 9999),
    "compact": (_compact, 1, 1),
    "concat": (_concat, 1, 9999),
    "contains": (_contains, 2, 2),
    "distinct": (_distinct, 1, 1),
    "element": (_element, 2, 2),
    "ephemeralasnull": (_as_is, 1, 1),
    "flatten": (_flatten, 1, 1),
    "index": (_index, 2, 2),
    "keys": (_keys, 1, 1),
    "length": (_length, 1, 1),
    "lookup": (_lookup, 2, 3),
    "matchkeys": (_matchkeys, 3, 3),
    "merge": (_merge, 0, 9999),
    "nonsensitive": (_as_is, 1, 1),
    "one": (_one, 1, 1),
    "reverse": (_reverse, 1, 1),
    "sensitive": (_as_is, 1, 1),
    "setintersection": (_set_operation(lambda item, others: all(item in other for other in others)), 1, 9999),
    "setproduct": (_setproduct, 2, 99),
    "setsubtract": (_set_operation(lambda item, others: not any(item in other for other in others)), 2, 2),
    "setunion": (_setunion, 1, 9999),
    "slice": (_slice, 3, 3),
    "tolist": (_tolist, 1, 1),
    "tomap": (_tomap, 1, 1),
    "toset": (_toset, 1, 1),
    "transpose": (_transpose, 1, 1),
    "values": (_values, 1, 1),
    "zipmap": (_zipmap, 2, 2),
}
"""Name -> function, fewest arguments, most arguments."""

LENIENT = frozenset({"coalesce", "coalescelist", "lookup", "sensitive", "nonsensitive", "ephemeralasnull"})
"""Functions that may answer although one of their arguments is not known."""
