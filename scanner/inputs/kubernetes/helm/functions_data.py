"""Functions on mappings and lists, and the way from and to YAML and JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scanner.errors import ParseError
from scanner.inputs.kubernetes.helm.data import Map, Seq, Unknown, copied, merged, plain
from scanner.inputs.kubernetes.helm.functions_numbers import same
from scanner.inputs.kubernetes.helm.goprint import json_text, yaml_pieces
from scanner.inputs.kubernetes.helm.output import Piece, Traced
from scanner.text import Source

if TYPE_CHECKING:
    from scanner.inputs.kubernetes.helm.evaluate import Evaluator


def _map(value: Any) -> Map:
    if not isinstance(value, Map):
        raise TypeError
    return value


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise TypeError
    return value


def _dict(env: Evaluator, *given: Any) -> Map:
    return Map({env.text(given[at]): given[at + 1] if at + 1 < len(given) else "" for at in range(0, len(given), 2)})


def _get(env: Evaluator, mapping: Any, key: Any) -> Any:
    if isinstance(mapping, Unknown):
        return Unknown(mapping.reason)
    value = env.field(_map(mapping), env.text(key))
    return "" if value is None else value


def _set(env: Evaluator, mapping: Any, key: Any, value: Any) -> Any:
    name = env.text(key)
    _map(mapping)[name] = value
    mapping.at.pop(name, None)
    return mapping


def _unset(env: Evaluator, mapping: Any, key: Any) -> Any:
    _map(mapping).pop(env.text(key), None)
    return mapping


def _has_key(env: Evaluator, mapping: Any, key: Any) -> Any:
    if isinstance(mapping, Unknown):
        return Unknown(mapping.reason)
    return env.text(key) in _map(mapping)


def _index(env: Evaluator, value: Any, *keys: Any) -> Any:
    for key in keys:
        if isinstance(value, Unknown) or isinstance(key, Unknown):
            return Unknown((value if isinstance(value, Unknown) else key).reason)
        if isinstance(value, Map):
            value = env.field(value, env.text(key))
        elif isinstance(value, (list, str)):
            item = value[int(key)]
            value = ord(item) if isinstance(value, str) else item
        else:
            return Unknown(f"{env.text(key)} is not set in values.yaml")
    return value


def _dig(env: Evaluator, *given: Any) -> Any:
    *keys, fallback, value = given
    for key in keys:
        if isinstance(value, Unknown):
            return Unknown(value.reason)
        if not isinstance(value, Map) or env.text(key) not in value:
            return fallback
        value = env.field(value, env.text(key))
    return value


def _merge(env: Evaluator, target: Any, *others: Any) -> Any:
    """What is in the target stays, empty values excepted; it is changed in place, as in Sprig."""
    for other in others:
        result = _filled(env, _map(target), _map(other) if other is not None else Map())
        target.clear()
        target.update(result)
        target.at = result.at
    return target


def _filled(env: Evaluator, strong: Map, weak: Map) -> Map:
    result = strong.copy()
    for key, value in weak.items():
        mine = result.get(key)
        if isinstance(mine, Map) and isinstance(value, Map):
            result[key] = _filled(env, mine, value)
        elif key not in result or env.truth(mine) is False:
            result[key] = copied(value)
            result.at.pop(key, None)
            if key in weak.at:
                result.at[key] = weak.at[key]
    return result


def _merge_overwrite(_: Evaluator, target: Any, *others: Any) -> Any:
    for other in others:
        result = merged(_map(other) if other is not None else Map(), _map(target))
        target.clear()
        target.update(result)
        target.at = result.at
    return target


def _deep_copy(_: Evaluator, value: Any) -> Any:
    return copied(value)


def _pick(env: Evaluator, mapping: Any, *keys: Any) -> Map:
    names = [env.text(key) for key in keys]
    source = _map(mapping)
    return Map({name: source[name] for name in names if name in source}, dict(source.at))


def _omit(env: Evaluator, mapping: Any, *keys: Any) -> Map:
    names = {env.text(key) for key in keys}
    source = _map(mapping)
    return Map({name: value for name, value in source.items() if name not in names}, dict(source.at))


def _keys(_: Evaluator, *mappings: Any) -> Seq:
    return Seq(sorted(key for mapping in mappings for key in _map(mapping)))


def _values(_: Evaluator, *mappings: Any) -> Seq:
    return Seq(mapping[key] for mapping in mappings for key in sorted(_map(mapping)))


def _pluck(env: Evaluator, key: Any, *mappings: Any) -> Seq:
    name = env.text(key)
    return Seq(mapping[name] for mapping in mappings if name in _map(mapping))


def _has(_: Evaluator, item: Any, items: Any) -> Any:
    if isinstance(item, Unknown) or isinstance(items, Unknown):
        return Unknown((item if isinstance(item, Unknown) else items).reason)
    return any(same(item, one) for one in _list(items))


def _len(_: Evaluator, value: Any) -> Any:
    if isinstance(value, Unknown):
        return Unknown(value.reason)
    return 0 if value is None else len(value.encode() if isinstance(value, str) else value)


def _to_yaml(env: Evaluator, value: Any) -> Any:
    if isinstance(value, Unknown):
        return value
    spot = env.spot
    return Traced.of(Piece(text, spot, source=place) for text, place in yaml_pieces(value, env.marks))


def _from_yaml(env: Evaluator, text: Any) -> Any:
    if isinstance(text, Unknown):
        return Unknown(text.reason)
    from scanner.yaml_tree import parse

    env.spend(8 * len(text))
    try:
        documents = parse(Source("", str(text).encode()))
    except (ParseError, UnicodeEncodeError):
        raise ValueError from None
    return plain(documents[0].data) if documents and documents[0].data is not None else Map()


def _json(*, indent: int | None, escape: bool) -> Callable[..., str]:
    def write(env: Evaluator, value: Any) -> str:
        return json_text(value, env.marks, indent=indent, escape=escape)

    return write


def _each(change: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    """A function of a list that gives what is not known back."""

    def apply(_: Evaluator, items: Any) -> Any:
        return Unknown(items.reason) if isinstance(items, Unknown) else change(_list(items))

    return apply


def _uniq(items: list[Any]) -> Seq:
    kept: dict[str, Any] = {}
    for item in items:
        kept.setdefault(repr(item), item)
    return Seq(kept.values())


def _kind(value: Any) -> str:
    kinds: list[tuple[type, str]] = [
        (bool, "bool"), (str, "string"), (float, "float64"), (int, "int"), (dict, "map"), (list, "slice"),
    ]  # fmt: skip
    return "invalid" if value is None else next((name for kind, name in kinds if isinstance(value, kind)), "ptr")


def _type(value: Any) -> str:
    names = {"map": "map[string]interface {}", "slice": "[]interface {}", "invalid": "<nil>"}
    return names.get(_kind(value), _kind(value))


def _kind_of(_: Evaluator, value: Any) -> Any:
    return Unknown(value.reason) if isinstance(value, Unknown) else _kind(value)


def _kind_is(_: Evaluator, kind: str, value: Any) -> Any:
    return Unknown(value.reason) if isinstance(value, Unknown) else kind == _kind(value)


def _type_of(_: Evaluator, value: Any) -> Any:
    return Unknown(value.reason) if isinstance(value, Unknown) else _type(value)


def _type_is(_: Evaluator, kind: str, value: Any) -> Any:
    return Unknown(value.reason) if isinstance(value, Unknown) else kind == _type(value)


def _compact(env: Evaluator, items: Any) -> Any:
    return Unknown(items.reason) if isinstance(items, Unknown) else Seq(i for i in items if env.truth(i) is not False)


def _concat(_: Evaluator, *lists: Any) -> Any:
    unclear = next((one for one in lists if isinstance(one, Unknown)), None)
    return Unknown(unclear.reason) if unclear else Seq(item for items in lists for item in _list(items))


def _slice(items: Any, *bounds: Any) -> Any:
    return items[slice(*(int(bound) for bound in (bounds if len(bounds) > 1 else (*bounds, len(items)))))]


IN_CONTEXT: dict[str, Callable[..., Any]] = {
    "dict": _dict, "get": _get, "set": _set, "unset": _unset, "hasKey": _has_key, "index": _index, "dig": _dig,
    "merge": _merge, "mergeOverwrite": _merge_overwrite, "deepCopy": _deep_copy, "pick": _pick, "omit": _omit,
    "keys": _keys, "values": _values, "pluck": _pluck, "has": _has, "len": _len, "compact": _compact,
    "list": lambda _, *items: Seq(items), "tuple": lambda _, *items: Seq(items), "concat": _concat,
    "append": lambda _, items, item: Seq([*_list(items), item]), "push": lambda _, items, item: Seq([*items, item]),
    "prepend": lambda _, items, item: Seq([item, *_list(items)]),
    "first": _each(lambda items: items[0] if items else None),
    "last": _each(lambda items: items[-1] if items else None),
    "rest": _each(lambda items: Seq(items[1:])), "initial": _each(lambda items: Seq(items[:-1])),
    "reverse": _each(lambda items: Seq(items[::-1])), "uniq": _each(_uniq),
    "without": lambda _, items, *gone: Seq(i for i in _list(items) if not any(same(i, one) for one in gone)),
    "toStrings": lambda env, items: Seq(env.text(item) for item in _list(items)),
    "kindOf": _kind_of, "kindIs": _kind_is, "typeOf": _type_of, "typeIs": _type_is, "typeIsLike": _type_is,
    "toYaml": _to_yaml, "fromYaml": _from_yaml, "fromYamlArray": _from_yaml, "fromJson": _from_yaml,
    "fromJsonArray": _from_yaml, "toJson": _json(indent=None, escape=True),
    "toRawJson": _json(indent=None, escape=False), "toPrettyJson": _json(indent=2, escape=True),
    "toPrettyRawJson": _json(indent=2, escape=False), "lookup": lambda _, *__: Map(),
}  # fmt: skip
BY_ITSELF: dict[str, Callable[..., Any]] = {
    "sortAlpha": lambda items: Seq(sorted(str(item) for item in _list(items))),
    "slice": _slice,
    "chunk": lambda size, items: Seq(Seq(items[at : at + int(size)]) for at in range(0, len(items), max(int(size), 1))),
}  # fmt: skip
