"""Conditions, three-valued: true, false, or None for what only the deployment knows."""

from __future__ import annotations

from collections.abc import Callable

from scanner.inputs.cloudformation.values import Val, scalar_text
from scanner.model import Json, Keys

_MAX_DEPTH = 60
_LONG = {
    "!Equals": "Fn::Equals",
    "!And": "Fn::And",
    "!Or": "Fn::Or",
    "!Not": "Fn::Not",
    "!Condition": "Condition",
}


class Conditions:
    """The `Conditions` of a template. `value` works out an operand, `tag` is the tag at a path ("" if none)."""

    def __init__(self, declared: Json, value: Callable[[Json, Keys], Val], tag: Callable[[Keys], str]) -> None:
        self._declared = declared if isinstance(declared, dict) else {}
        self._value, self._tag = value, tag
        self._known: dict[str, bool | None] = {}
        self._open: set[str] = set()
        self._depth = 0

    def holds(self, name: Json) -> bool | None:
        """Whether the condition of that name holds; None for one that is not declared, or refers to itself."""
        if not isinstance(name, str) or name not in self._declared or name in self._open:
            return None
        if name not in self._known:
            self._open.add(name)
            self._known[name] = self._expression(self._declared[name], ("Conditions", name))
            self._open.discard(name)
        return self._known[name]

    def _expression(self, data: Json, keys: Keys) -> bool | None:
        if self._depth >= _MAX_DEPTH:
            return None
        self._depth += 1
        try:
            function = _LONG.get(self._tag(keys), "")
            if not function and isinstance(data, dict) and len(data) == 1:
                ((function, data),) = data.items()
                keys = (*keys, function)
            return self._call(function, data, keys)
        finally:
            self._depth -= 1

    def _call(self, function: str, data: Json, keys: Keys) -> bool | None:
        if function == "Condition":
            return self.holds(data)
        if not isinstance(data, list):
            return None
        if function == "Fn::Equals" and len(data) == 2:
            left, right = (self._value(item, (*keys, at)).data for at, item in enumerate(data))
            texts = scalar_text(left), scalar_text(right)
            return None if None in texts else texts[0] == texts[1]
        if function not in ("Fn::And", "Fn::Or", "Fn::Not"):
            return None
        parts = [self._expression(item, (*keys, at)) for at, item in enumerate(data)]
        if function == "Fn::Not":
            return None if len(parts) != 1 or parts[0] is None else not parts[0]
        decisive = function == "Fn::Or"
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
