"""Resources, data blocks and module calls as values, and how many of them `count` and `for_each` make."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from scanner.inputs.terraform import iam
from scanner.inputs.terraform.budget import MAX_INSTANCES
from scanner.inputs.terraform.content import Content, unknown_each
from scanner.inputs.terraform.expressions import Evaluator, Scope
from scanner.inputs.terraform.syntax import Attribute, Block, Spot
from scanner.inputs.terraform.values import NO_REFS, Unknown, Val, Whole, collection, deep_refs, scalar_text, to_number

if TYPE_CHECKING:
    from scanner.inputs.terraform.modules import Module


MANY = f"more than {MAX_INSTANCES:,} instances in one unit: these are not told apart"


class Instances(NamedTuple):
    """What a block makes: (index in the address, names inside) of each.

    `shape`: "one" where there is neither `count` nor `for_each`, "list", "map", or "unknown" with one entry for all.
    """

    shape: str
    entries: list[tuple[str, dict[str, Val]]]


def expand(evaluator: Evaluator, block: Block, scope: Scope) -> Instances:
    """The instances of a resource, data block or module call."""
    attributes = block.body.attributes
    if "count" in attributes:
        found = _counted(evaluator, attributes["count"], scope)
    elif "for_each" in attributes:
        found = _each(evaluator, attributes["for_each"], scope)
    else:
        return Instances("one", [("", {})])
    evaluator.budget.instances -= len(found.entries)
    return found


def _counted(evaluator: Evaluator, attribute: Attribute, scope: Scope) -> Instances:
    value = evaluator.value(attribute.expression, scope.inside(attribute.file))
    number = to_number(value.data)
    if isinstance(number, int) and number >= 0:
        if _affordable(evaluator, number, value.at):
            rows = ((f"[{index}]", Val(index, value.at, value.refs)) for index in range(number))
            return Instances(
                "list", [(suffix, {"count": collection({"index": each}, value.at)}) for suffix, each in rows]
            )
        value = Val(Unknown(f"more than {MAX_INSTANCES:,} instances"), value.at)
    reason = value.data.reason if isinstance(value.data, Unknown) else "count is no whole number"
    index = Val(Unknown(f"count is not known: {reason}"), value.at, deep_refs(value))
    return Instances("unknown", [("", {"count": collection({"index": index}, value.at)})])


def _each(evaluator: Evaluator, attribute: Attribute, scope: Scope) -> Instances:
    source = evaluator.value(attribute.expression, scope.inside(attribute.file))
    rows = _keyed(source)
    if rows is not None and not _affordable(evaluator, len(rows), source.at):
        rows, source = None, Val(Unknown(f"more than {MAX_INSTANCES:,} instances"), source.at)
    if rows is None:
        reason = source.data.reason if isinstance(source.data, Unknown) else "it is no object or set of strings"
        return Instances("unknown", [("", {"each": unknown_each(source, f"for_each is not known: {reason}")})])
    entries = []
    for key, value in rows.items():
        each = collection({"key": Val(key, value.at), "value": value}, source.at, source.refs)
        entries.append((f"[{json.dumps(key, ensure_ascii=False)}]", {"each": each}))
    return Instances("map", entries)


def _keyed(source: Val) -> dict[str, Val] | None:
    """The instances' keys and values; None where not all keys are known."""
    if isinstance(source.data, dict):
        return {key: source.item(source.data[key]) for key in sorted(source.data)}
    if not isinstance(source.data, list):
        return None
    rows = {}
    for item in source.items():
        key = scalar_text(item.data)
        if key is None:
            return None
        rows[key] = item
    return dict(sorted(rows.items()))


def _affordable(evaluator: Evaluator, count: int, at: Spot) -> bool:
    if count <= evaluator.budget.instances:
        return True
    evaluator.budget.report(at, MANY)
    return False


class Resource(Whole):
    """An instance of a resource or data block, or all of them where it is not known how many there are."""

    __slots__ = ("_called", "_document", "block", "content")

    def __init__(self, address: str, called: str, block: Block, content: Content, several: bool) -> None:
        """`called`: its address inside its module, for traces."""
        super().__init__(f"{called} is known only after apply", address, several)
        self.block, self.content, self._called = block, content, called
        self._document: Val | None = None

    @property
    def at(self) -> Spot:
        """Where its block's header stands."""
        return (self.block.file, self.block.start, self.block.end)

    def attribute(self, name: str) -> tuple[Val, str]:
        label, own = f"{self._called}.{name}", frozenset({self.ref})
        if self.block.type == "data" and self.block.labels[0] == iam.TYPE and name in iam.RENDERED:
            return self._rendered(name).standing(self.at, own), label
        value = self.content.get(name)
        if value is None or value.data is None:
            return Val(Unknown(f"{label} is known only after apply", ref=self.ref, attr=name), self.at, own), ""
        data = value.data
        if type(data) is Unknown and not data.ref:
            named = Unknown(data.reason, ref=self.ref, attr=name, text=data.text, failed=data.failed)
            value = Val(named, value.at, value.refs, value.hops, value.json, pieces=value.pieces)
        return value.standing(value.at, own), label

    def _rendered(self, name: str) -> Val:
        """The policy an IAM policy document stands for."""
        if self._document is None:
            self._document = Val(Unknown(f"{self._called} refers to itself"), self.at)
            text = Unknown(f"the text of {self._called}.{name} is made by the provider", ref=self.ref, attr=name)
            self._document = Val(text, self.at, json=iam.render(self.content, self.at))
        return self._document


class ModuleValue(Whole):
    """A called module as a value: its outputs. `module` is None where it cannot be read."""

    __slots__ = ("_called", "at", "module")

    def __init__(self, address: str, called: str, at: Spot, module: Module | None, several: bool) -> None:
        super().__init__(f"{called} is known only after apply", address, several)
        self._called, self.at, self.module = called, at, module

    def attribute(self, name: str) -> tuple[Val, str]:
        if self.module is None:
            reason = f"{self._called} was not analysed, so its outputs are not known"
            return Val(Unknown(reason, ref=self.ref, attr=name), self.at, frozenset({self.ref})), ""
        return self.module.output(name, self.at), f"{self._called}.{name}"


def as_value(evaluator: Evaluator, instances: Instances, found: Sequence[Resource | ModuleValue], at: Spot) -> Val:
    """All instances of a block as the value its name stands for. A module refers to what its outputs refer to."""
    values = [Val(each, each.at, NO_REFS if _is_read(each) else frozenset({each.ref})) for each in found]
    if instances.shape == "list":
        return evaluator.made(values, at)
    if instances.shape == "map":
        keys = [json.loads(suffix[1:-1]) for suffix, _ in instances.entries]
        return evaluator.made(dict(zip(keys, values, strict=True)), at)
    return values[0]


def _is_read(each: Resource | ModuleValue) -> bool:
    return isinstance(each, ModuleValue) and each.module is not None
