"""A planned value over what the code says: what the plan knows wins, what it does not is as the code has it.

A plan holds every attribute the provider has, also those nobody wrote. Rules speak of what is written, so that only
this stays, and the names by which others refer to a resource. A value that is sensitive, or named like a secret and
brought in from outside, is as the code has it or unknown: a password from the environment is none in the code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NamedTuple

from scanner.inputs.terraform.emit import JSON_NAMES, MAX_PATH
from scanner.inputs.terraform.values import scalar_text
from scanner.model import UNKNOWN, Json, Keys, is_unknown, unknown

AT_APPLY = "known only at apply"
_HIDDEN = "it is sensitive: the plan says what it is, and it is not looked at"
_OUTSIDE = "it is given from outside of the code"
_NAMES = frozenset(
    {"id", "arn", "name", "bucket", "identifier", "cluster_identifier", "function_name", "key_id", "self_link"}
)
"""By what others refer to a resource, whether it was written or given by the provider."""
_SECRET = re.compile(
    r"(?i)(^|[-_.])([a-z0-9]*password|passwd|passphrase|pwd|secret|api[-_]?key|secret[-_]?key|access[-_]?key"
    r"|private[-_]?key|encryption[-_]?key|signing[-_]?key|[a-z]*[-_]?token|client[-_]?secret|secret[-_]string)$"
).search
_MAX_PAIRS = 20_000
_ABSENT = object()


class Layers(NamedTuple):
    """What is said about one value. `code`: its value there (_ABSENT if none); `at`: its path there, None if unclear.

    `written`: the expression of the plan's configuration, None where there is none.
    """

    after: Json
    unknown: Json
    sensitive: Json
    code: Json
    at: Keys | None
    written: Json


class Overlay:
    """One resource's config. `paths`: path in it -> path in the code's config, for what is in both."""

    def __init__(
        self, code: Json | None, origin: Callable[[Json], dict[str, str]], outside: tuple[str, ...] = ()
    ) -> None:
        """`code`: the config that the code gives it; None where the code is not there. `origin`: the attribute of a
        resource that an expression of the configuration is, as {"ref", "attr"}; {} where it is no such thing.
        `outside`: texts that no file of the code gives.
        """
        self.paths: dict[Keys, Keys] = {}
        self._code, self._origin, self._outside = code, origin, outside
        self._pairs = _MAX_PAIRS

    def config(self, values: Json, not_known: Json, sensitive: Json, written: Json) -> dict[str, Json]:
        """`written`: the arguments of the plan's configuration; None where the plan has none (a state)."""
        code: Json = self._code if self._code is not None else {}
        result: dict[str, Json] = {}
        unknowns = not_known if isinstance(not_known, dict) else {}
        for key in dict.fromkeys((*values, *(key for key, flag in unknowns.items() if _anything(flag)))):
            if not self._is_told(key, values.get(key), written):
                continue
            layers = Layers(
                values.get(key),
                unknowns.get(key),
                _inner(sensitive, key),
                code.get(key, _ABSENT),
                (key,),
                _inner(written, key),
            )
            value = self._value((_escaped(key),), layers)
            if value is not None and not (value in ([], {}, "") and key not in code and not _inner(written, key)):
                result[_escaped(key)] = value
        return result

    def _is_told(self, key: str, value: Json, written: Json) -> bool:
        """Whether somebody wrote it, or it is a name; without any code, whatever is there."""
        if key in _NAMES or (self._code is not None and key in self._code):
            return True
        if written is None:
            return self._code is None
        return key in written or (self._code is None and _is_blocks(value))

    def _value(self, path: Keys, layers: Layers) -> Json:
        after, at = layers.after, layers.at
        in_code = layers.code is not _ABSENT and layers.code is not None
        if len(path) > MAX_PATH:
            return unknown("nested too deeply")
        if at is not None and in_code:
            self.paths[path] = at
        if layers.unknown is True:
            return self._as_in_code(path, layers, AT_APPLY)
        if layers.sensitive is True and not _is_constant(layers.written):
            return self._as_in_code(path, layers, _HIDDEN)
        if isinstance(after, dict) or (after is None and isinstance(layers.unknown, dict)):
            return self._object(path, layers._replace(after=after or {}))
        if isinstance(after, list):
            return self._list(path, layers)
        if isinstance(after, str):
            return self._text(path, layers)
        return after

    def _as_in_code(self, path: Keys, layers: Layers, reason: str) -> Json:
        """What the code has: it may know more of a policy of which one word is known at apply only."""
        code = layers.code
        if code is _ABSENT or code is None or layers.at is None:
            return {**unknown(reason), **self._origin(layers.written)}
        if isinstance(code, str) and isinstance(layers.after, str) and not self._is_given_in_code(layers.after, code):
            return unknown(_OUTSIDE)
        if not is_unknown(code):
            self._below(path, layers.at, code)
        return code

    def _below(self, path: Keys, at: Keys, code: Json) -> None:
        waiting = [(path, at, code)]
        while waiting:
            here, there, value = waiting.pop()
            self.paths[here] = there
            rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            waiting += [((*here, key), (*there, key), item) for key, item in rows if key != UNKNOWN]

    def _object(self, path: Keys, layers: Layers) -> Json:
        after, code = layers.after, layers.code if isinstance(layers.code, dict) else {}
        unknowns = layers.unknown if isinstance(layers.unknown, dict) else {}
        result: dict[str, Json] = {}
        for key in dict.fromkeys((*after, *(key for key, flag in unknowns.items() if _anything(flag)))):
            name = _escaped(key)
            value = self._value(
                (*path, name),
                Layers(
                    after.get(key),
                    unknowns.get(key),
                    _inner(layers.sensitive, key),
                    code.get(name, _ABSENT),
                    None if layers.at is None else (*layers.at, name),
                    _inner(layers.written, key),
                ),
            )
            if value is not None:
                result[name] = value
        return result

    def _list(self, path: Keys, layers: Layers) -> Json:
        after: list[Json] = layers.after
        code = layers.code if isinstance(layers.code, list) else []
        chosen = self._aligned(after, code)
        result = []
        for index, item in enumerate(after):
            other = chosen[index]
            value = self._value(
                (*path, index),
                Layers(
                    item,
                    _item(layers.unknown, index),
                    _item(layers.sensitive, index),
                    code[other] if other is not None else _ABSENT,
                    None if other is None or layers.at is None else (*layers.at, other),
                    _item(layers.written, other if other is not None else index),
                ),
            )
            if isinstance(item, dict) and isinstance(value, dict) and not is_unknown(value):
                value = _only_written(value, code[other] if other is not None else None)
            result.append(value)
        return result

    def _aligned(self, after: list[Json], code: list[Json]) -> list[int | None]:
        """For each planned item the index of the one in the code that it is: a set is in another order in a plan.

        A `dynamic` block of which the code alone cannot say how many it makes is all that nothing else fits.
        """
        closed = {index: None for index, item in enumerate(code) if not is_unknown(item)}
        rest = next((index for index, item in enumerate(code) if is_unknown(item)), None)
        chosen: list[int | None] = []
        for index, item in enumerate(after):
            found = index if index in closed and self._fits(item, code[index]) else None
            if found is None:
                found = next((each for each in closed if each != index and self._fits(item, code[each])), rest)
            closed.pop(found if found is not None else -1, None)
            chosen.append(found)
        return chosen

    def _fits(self, planned: Json, code: Json) -> bool:
        self._pairs -= 1
        if self._pairs < 0:
            return False
        return _alike(planned, code)

    def _text(self, path: Keys, layers: Layers) -> Json:
        text, code = layers.after, layers.code
        name = next((key for key in reversed(path) if isinstance(key, str)), "")
        parsed = isinstance(code, dict | list) and not is_unknown(code)
        if parsed or name.endswith(JSON_NAMES) or (isinstance(code, dict) and "text" in code):
            meant = _parsed(text)
            if meant is not None:
                inside = layers._replace(after=meant, unknown=None, written=None)
                return self._object(path, inside) if isinstance(meant, dict) else self._list(path, inside)
        if _SECRET(name) and not _is_constant(layers.written) and not self._is_given_in_code(text, code):
            return self._as_in_code(path, layers, _OUTSIDE)
        return text

    def _is_given_in_code(self, text: str, code: Json) -> bool:
        return text == code and not any(part in text for part in self._outside)


def _escaped(key: str) -> str:
    """Nothing that is written can pass for unknown."""
    return f"{key} " if key == UNKNOWN else key


def _anything(flag: Json) -> bool:
    """Whether something in it is not known yet."""
    waiting = [flag]
    while waiting:
        value = waiting.pop()
        if value is True:
            return True
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return False


def _inner(layer: Json, key: str) -> Json:
    """What a layer says of an entry; what it says of the whole holds for all entries."""
    if isinstance(layer, list) and len(layer) == 1:  # a block of which there is one
        layer = layer[0]
    return layer.get(key) if isinstance(layer, dict) else (True if layer is True else None)


def _item(layer: Json, index: int) -> Json:
    if isinstance(layer, list):
        return layer[index] if index < len(layer) else None
    return layer if layer is True or isinstance(layer, dict) else None


def _is_blocks(value: Json) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _is_constant(written: Json) -> bool:
    return isinstance(written, dict) and "constant_value" in written


def _only_written(value: dict[str, Json], code: Json) -> dict[str, Json]:
    """A block without what the provider made up."""
    if isinstance(code, dict) and not is_unknown(code):
        return {key: item for key, item in value.items() if key in code}
    return {key: item for key, item in value.items() if item not in ([], {}, "")}


def _alike(planned: Json, code: Json) -> bool:
    """Whether what is known in the code is as it is in the plan. Objects are compared by their scalars and lists."""
    if is_unknown(code):
        return True
    if isinstance(code, dict):
        return isinstance(planned, dict) and all(
            key not in planned or planned[key] is None or isinstance(item, dict) or _alike(planned[key], item)
            for key, item in code.items()
        )
    if isinstance(code, list):
        if not isinstance(planned, list) or any(isinstance(item, dict | list) for item in code):
            return isinstance(planned, list)
        return {scalar_text(item) for item in code} <= {scalar_text(item) for item in planned}
    if isinstance(planned, dict | list):
        return False
    return scalar_text(planned) == scalar_text(code)


def _parsed(text: str) -> Json:
    """The object or list a text holds as JSON; None where it holds neither."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None
