"""Works out what the values of a template are: functions, references, parameters.

`Fn::Base64` is left off: rules read what was written, not what it is sent as. A short tag (`!Ref x`) and the long form
(`{"Ref": x}`) mean the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from scanner.inputs.cloudformation import embedded, parameters
from scanner.inputs.cloudformation.conditions import Conditions
from scanner.inputs.cloudformation.strings import joined, substituted
from scanner.inputs.cloudformation.values import (
    NO_REFS,
    TOO_LARGE,
    Budget,
    Removed,
    Spot,
    Unknown,
    Val,
    deep_refs,
    same,
    scalar_text,
)
from scanner.model import Json, Keys, Step
from scanner.text import Source
from scanner.yaml_tree import Document

_MADE = "made by the deployment"
_NOT_OURS = {
    "Fn::ImportValue": "imported from another stack",
    "Fn::GetAZs": "depends on the region",
    "Fn::Cidr": "computed at deployment",
    "Fn::Transform": "made by a macro",
    "Fn::GetStackOutput": "an output of another stack",
}
_DYNAMIC = "{{resolve:"


class _Call(NamedTuple):
    """One use of a function. `keys` leads to the argument; `short`: the tag on it is the function itself."""

    data: Json
    keys: Keys
    short: bool
    at: Spot


class Evaluator:
    """The values of one template."""

    def __init__(self, document: Document, source: Source, budget: Budget) -> None:
        self._data: dict[str, Any] = document.data
        self._places, self._source, self._budget = document.places, source, budget
        self._tags = {keys: tag for keys, tag in document.tags.items() if tag.startswith("!")}
        self._parameters: dict[str, Val] = {}
        self.conditions = Conditions(self._data.get("Conditions"), self.value, self._tag)
        self._functions: dict[str, Callable[[_Call], Val]] = {
            "Ref": lambda call: self._named(call.data, call.at),
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::Join": self._join,
            "Fn::If": self._if,
            "Fn::FindInMap": self._find_in_map,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::Base64": self._inside,
            "Fn::ToJsonString": self._inside,
            "Fn::Length": self._length,
        }

    def _tag(self, keys: Keys) -> str:
        return self._tags.get(keys, "")

    def value(self, data: Json, keys: Keys) -> Val:
        """What stands at a path."""
        at = Spot(self._places, keys)
        tag = self._tag(keys)
        if tag:
            return self._called("Ref" if tag == "!Ref" else f"Fn::{tag[1:]}", _Call(data, keys, True, at))
        return self._untagged(data, keys, at)

    def _untagged(self, data: Json, keys: Keys, at: Spot) -> Val:
        if not self._budget.spend(1 + (len(data) >> 4 if isinstance(data, str) else 0)):
            return Val(Unknown(TOO_LARGE), at)
        if isinstance(data, dict):
            if len(data) == 1:
                ((name, argument),) = data.items()
                if name == "Ref" or name.startswith("Fn::"):
                    return self._called(name, _Call(argument, (*keys, name), False, at))
            if any(name.startswith(("Fn::ForEach", "Fn::Transform")) for name in data):
                return Val(Unknown(_NOT_OURS["Fn::Transform"]), at)
            found = ((name, self._property(name, item, (*keys, name))) for name, item in data.items())
            return Val({name: item for name, item in found if not isinstance(item.data, Removed)}, at)
        if isinstance(data, list):
            items = [self.value(item, (*keys, index)) for index, item in enumerate(data)]
            return Val([item for item in items if not isinstance(item.data, Removed)], at)
        if isinstance(data, str) and _DYNAMIC in data:
            return Val(Unknown("looked up at deployment", text=data), at)
        return Val(data, at)

    def _called(self, name: str, call: _Call) -> Val:
        function = self._functions.get(name)
        if function is None or not self._budget.spend():
            return Val(Unknown(_NOT_OURS.get(name, f"{name} is not worked out")), call.at)
        return function(call)

    def _property(self, name: str, data: Json, keys: Keys) -> Val:
        """A value of a mapping: JSON as text is taken for what it says where that belongs."""
        if not embedded.is_expected(name):
            return self.value(data, keys)
        at, tag = Spot(self._places, keys), self._tag(keys)
        is_long = isinstance(data, dict) and len(data) == 1 and isinstance(data.get("Fn::Sub"), str)
        text = data["Fn::Sub"] if is_long else data
        if isinstance(text, str) and tag in ("", "!Sub"):
            where = Spot(self._places, (*keys, "Fn::Sub")) if is_long else at
            leaf = self._substituted if tag or is_long else Val
            found = embedded.meaning(text, where, self._source, leaf) if self._budget.spend(len(text) >> 2) else None
            if found:
                return replace(found, at=at)
        value = self.value(data, keys)
        if isinstance(value.data, str) and self._budget.spend(len(value.data) >> 2):
            found = embedded.meaning(value.data, value.at, self._source, lambda part, _: Val(part, value.at))
            return found or value
        return value

    def _inside(self, call: _Call) -> Val:
        """The argument itself."""
        return self._untagged(call.data, call.keys, call.at) if call.short else self.value(call.data, call.keys)

    def _items(self, call: _Call, count: int) -> list[Val] | None:
        """The arguments of a function that takes a list of at least so many."""
        if not isinstance(call.data, list) or len(call.data) < count:
            return None
        return [self.value(item, (*call.keys, index)) for index, item in enumerate(call.data)]

    def _parameter(self, name: str) -> Val | None:
        declared = self._data.get("Parameters")
        if not isinstance(declared, dict) or name not in declared:
            return None
        if name not in self._parameters:
            spot = Spot(self._places, ("Parameters", name))
            self._parameters[name] = parameters.value_of(name, declared[name], spot)
        return self._parameters[name]

    def _named(self, name: Json, at: Spot) -> Val:
        """What a name refers to: a pseudo parameter, a parameter, a resource."""
        if not isinstance(name, str):
            return Val(Unknown("refers to nothing by name"), at)
        if name == "AWS::NoValue":
            return Val(Removed(), at)
        if name.startswith("AWS::"):
            return Val(Unknown(f"{name} is known only at deployment", text=f"${{{name}}}"), at)
        parameter = self._parameter(name)
        if parameter:
            return self._used(parameter, at)
        return self._resource(name, "", at)

    def _used(self, value: Val, at: Spot) -> Val:
        """A value that is declared elsewhere, where it is used."""
        data = value.data
        if not self._budget.spend(1 + (len(data) >> 4 if isinstance(data, str) else 0)):
            return Val(Unknown(TOO_LARGE), at)
        if isinstance(data, list):
            data = [self._used(item, at) for item in data]
        return Val(data, at, value.steps)

    def _resource(self, name: str, attribute: str, at: Spot) -> Val:
        resources = self._data["Resources"]
        written = f"${{{name}.{attribute}}}" if attribute else f"${{{name}}}"
        if name not in resources:
            return Val(Unknown(f"{name} is declared nowhere in this template", text=written), at)
        return Val(Unknown(_MADE, name, attribute, written), at, (), frozenset({name}))

    def _get_att(self, call: _Call) -> Val:
        data, at = call.data, call.at
        if isinstance(data, str):
            name, _, attribute = data.partition(".")
            return self._resource(name, attribute, at)
        items = self._items(call, 2) or ()
        texts = [scalar_text(item.data) or "" for item in items]
        return self._resource(texts[0], ".".join(texts[1:]), at) if texts else Val(Unknown(_MADE), at)

    def _look_up(self, name: str, at: Spot) -> Val:
        resource, dot, attribute = name.partition(".")
        return self._resource(resource, attribute, at) if dot else self._named(name, at)

    def _substituted(self, text: str, at: Spot) -> Val:
        self._budget.spend(len(text) >> 4)
        return substituted(text, at, lambda name: self._look_up(name, at))

    def _sub(self, call: _Call) -> Val:
        data, keys, at = call.data, call.keys, call.at
        variables: dict[str, Val] = {}
        text = data
        if isinstance(data, list) and len(data) == 2 and isinstance(data[1], dict):
            text = data[0]
            variables = {name: self.value(item, (*keys, 1, name)) for name, item in data[1].items()}
        if not isinstance(text, str):
            return Val(Unknown("Fn::Sub without a text"), at)
        self._budget.spend(len(text) >> 4)
        made = substituted(text, at, lambda name: variables.get(name) or self._look_up(name, at))
        if isinstance(made.data, str):
            if not self._budget.spend(len(made.data) >> 4):
                return Val(Unknown(TOO_LARGE), at)
            if _DYNAMIC in made.data:
                return Val(Unknown("looked up at deployment", text=made.data), at, made.steps, made.refs)
        return made

    def _join(self, call: _Call) -> Val:
        at = call.at
        arguments = self._items(call, 2)
        if not arguments or not isinstance(arguments[0].data, str):
            return Val(Unknown("Fn::Join without a delimiter"), at)
        items = arguments[1]
        if not isinstance(items.data, list):
            return Val(Unknown("what Fn::Join takes is not known"), at, (), deep_refs(items))
        made = joined(arguments[0].data, items.data, at)
        if isinstance(made.data, str) and _DYNAMIC in made.data:
            return Val(Unknown("looked up at deployment", text=made.data), at, made.steps, made.refs)
        return made

    def _if(self, call: _Call) -> Val:
        data, keys, at = call.data, call.keys, call.at
        if not isinstance(data, list) or len(data) != 3:
            return Val(Unknown("Fn::If without two branches"), at)
        holds = self.conditions.holds(data[0])
        if holds is not None:
            index = 1 if holds else 2
            return self.value(data[index], (*keys, index))
        one, other = (self.value(data[index], (*keys, index)) for index in (1, 2))
        if same(one, other):
            return one
        return Val(Unknown(f"depends on condition {data[0]}"), at, (), deep_refs(one, other))

    def _find_in_map(self, call: _Call) -> Val:
        at = call.at
        arguments = self._items(call, 3)
        names = [scalar_text(argument.data) for argument in arguments[:3]] if arguments else [None]
        if arguments is None or None in names:
            return Val(Unknown("which entry of the mapping it is is known only at deployment"), at)
        found, path = self._data.get("Mappings"), ("Mappings", *(str(name) for name in names))
        for name in path[1:]:
            found = found.get(name) if isinstance(found, dict) else None
        if isinstance(found, str | int | float | list):
            items = found if isinstance(found, list) else []
            if all(scalar_text(item) is not None for item in items) and self._budget.spend(len(items)):
                where = Spot(self._places, path)
                steps = (Step(where.place, f"entry of mapping {path[1]}"),)
                declared = [Val(item, where, steps) for item in items] if isinstance(found, list) else found
                return self._used(Val(declared, where, steps), at)
        fallback = arguments[3].data if len(arguments) > 3 else None
        if isinstance(fallback, dict) and "DefaultValue" in fallback:
            value: Val = fallback["DefaultValue"]
            return value
        return Val(Unknown("the mapping has no such entry"), at)

    def _select(self, call: _Call) -> Val:
        at = call.at
        arguments = self._items(call, 2)
        index = scalar_text(arguments[0].data) if arguments else None
        if arguments is None or index is None or not index.isdecimal() or not isinstance(arguments[1].data, list):
            return Val(Unknown("which item it is is known only at deployment"), at, (), deep_refs(*arguments or ()))
        items: list[Val] = arguments[1].data
        if len(index) > 9 or int(index) >= len(items):
            return Val(Unknown("the list has no such item"), at)
        return items[int(index)]

    def _split(self, call: _Call) -> Val:
        at = call.at
        arguments = self._items(call, 2)
        if not arguments or not all(isinstance(item.data, str) for item in arguments[:2]) or not arguments[0].data:
            return Val(Unknown("what is split is not known"), at, (), deep_refs(*arguments or ()))
        source = arguments[1]
        parts = source.data.split(arguments[0].data)
        if not self._budget.spend(len(parts)):
            return Val(Unknown(TOO_LARGE), at)
        return Val([Val(part, at, source.steps, source.refs) for part in parts], at, source.steps, NO_REFS)

    def _length(self, call: _Call) -> Val:
        at = call.at
        value = self._inside(call)
        return Val(len(value.data), at) if isinstance(value.data, list) else Val(Unknown("how many is not known"), at)
