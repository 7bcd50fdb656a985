"""Expressions -> values. What is unknown stays unknown and says why; nothing raises for what a file holds.

However deep expressions nest and however many locals, variables and modules a reference passes through: each level
counts against `budget.MAX_FRAMES`, each value against `budget.MAX_STEPS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from scanner.inputs.terraform import operators, strings
from scanner.inputs.terraform.budget import MAX_FRAMES, Budget
from scanner.inputs.terraform.syntax import (
    Access,
    Binary,
    Call,
    Conditional,
    File,
    For,
    Inner,
    Link,
    Literal,
    Node,
    ObjectNode,
    Reference,
    Splat,
    Spot,
    Template,
    TupleNode,
    Unary,
)
from scanner.inputs.terraform.values import (
    MAX_ITEMS,
    MAX_SIZE,
    NO_REFS,
    TOO_LARGE,
    Data,
    Refs,
    SetItems,
    Unknown,
    Val,
    Whole,
    collection,
    deep_refs,
    first_unknown,
    plain,
    same,
    scalar_text,
    to_bool,
    to_number,
    weight,
)

_NOT_KNOWN = " is not known: "


class Found(NamedTuple):
    """What a name stands for. `label` is what a trace calls it ("" if a trace is better without), `used` how many of
    the links behind the name belong to it."""

    value: Val
    label: str
    used: int


class Names(Protocol):
    """Where names are looked up: a module."""

    def find(self, name: str, links: Sequence[Link], at: Spot, /) -> Found: ...


class Scope(NamedTuple):
    """What an expression is evaluated in: its file, its module, and the names of loops around it."""

    file: File
    module: Names
    names: Mapping[str, Val]

    def inside(self, file: File) -> Scope:
        """The same, for an expression in another file."""
        return self if file is self.file else Scope(file, self.module, self.names)

    def with_names(self, names: Mapping[str, Val]) -> Scope:
        """The same, with more names."""
        return Scope(self.file, self.module, {**self.names, **names})


class Evaluator:
    """Evaluates expressions of one unit."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget

    def value(self, node: Node, scope: Scope) -> Val:
        """An expression's value, standing where the expression stands."""
        if type(node) is Literal:
            return Val(node.value, (scope.file, node.start, node.end))
        budget = self.budget
        budget.steps -= 1
        if budget.steps < 0 or budget.frames > MAX_FRAMES:
            at = (scope.file, node.start, node.end)
            return Val(Unknown(budget.refuse(at)), at)
        budget.frames += 3
        result = _HANDLERS[type(node)](self, node, scope)
        budget.frames -= 3
        return result

    def made(self, data: list[Val] | dict[str, Val], at: Spot, refs: Refs = NO_REFS) -> Val:
        """A list or an object; unknown, with a problem, if it is larger than paylint computes."""
        self.budget.steps -= len(data)
        too_many = len(data) > MAX_ITEMS
        return self.checked(Val(Unknown(TOO_LARGE), at, refs) if too_many else collection(data, at, refs))

    def checked(self, value: Val) -> Val:
        """The same; with a problem where it would be larger than paylint computes."""
        if isinstance(value.data, Unknown) and value.data.reason == TOO_LARGE:
            self.budget.report(value.at, f"{TOO_LARGE}: not evaluated")
        return value

    # References

    def _reference(self, node: Reference, scope: Scope) -> Val:
        at = (scope.file, node.start, node.end)
        bound = scope.names.get(node.name)
        if bound is not None:
            found = Found(bound, ".".join((node.name, *_names_of(node.links))), 0)
        else:
            found = scope.module.find(node.name, node.links, at)
        value = self.follow(found.value, node.links[found.used :], scope, at)
        if not found.label:
            return value.standing(at)
        return value.passed(found.label, at)

    def _access(self, node: Access, scope: Scope) -> Val:
        at = (scope.file, node.start, node.end)
        return self.follow(self.value(node.base, scope), node.links, scope, at).standing(at)

    def follow(self, value: Val, links: Sequence[Link], scope: Scope, at: Spot) -> Val:
        """What is reached from a value through attributes, indexes and splats."""
        for link in links:
            if isinstance(link, str):
                value = self._attribute(value, link, at)
            elif isinstance(link, Splat):
                value = self._splat(value, link, scope, at)
            else:
                value = self._index(value, self.value(link, scope), at)
        return value

    def _attribute(self, value: Val, name: str, at: Spot) -> Val:
        data = value.data
        if isinstance(data, Whole):
            self.budget.frames += 8
            reached, label = data.attribute(name)
            self.budget.frames -= 8
            return reached.passed(label, value.at, value.refs) if label else reached.standing(value.at, value.refs)
        if isinstance(data, Unknown):
            return Val(_part(data, name), value.at, value.refs, value.hops)
        if isinstance(data, dict) and name in data:
            return value.item(data[name])
        if isinstance(data, list) and name.isdecimal():
            return self._index(value, Val(int(name[:9]), at), at)
        return self._failed(f"there is no attribute '{name}' here", value, at, NO_REFS)

    def _index(self, value: Val, key: Val, at: Spot) -> Val:
        data, wanted = value.data, key.data
        refs = key.refs
        if isinstance(data, Whole):
            return _depending(self._whole_at(value, data, wanted), refs)
        if isinstance(data, Unknown):
            part = "" if isinstance(wanted, Unknown) else scalar_text(wanted) or ""
            return Val(_part(data, part), value.at, value.refs | refs, value.hops)
        if isinstance(wanted, Unknown):
            self.budget.steps -= value.size
            reason = Unknown(f"the index is not known: {wanted.reason}", failed=wanted.failed)
            return Val(reason, at, deep_refs(value) | refs)
        if isinstance(data, dict):
            text = scalar_text(wanted)
            if text is not None and text in data:
                return _depending(value.item(data[text]), refs)
        if isinstance(data, list):
            number = to_number(wanted)
            if isinstance(number, int) and 0 <= number < len(data):
                return _depending(value.item(data[number]), refs)
        return self._failed("there is nothing at this index", value, at, refs)

    def _failed(self, reason: str, value: Val, at: Spot, refs: Refs) -> Val:
        """What there is not in a value."""
        self.budget.steps -= value.size
        return Val(Unknown(reason, failed=True), at, deep_refs(value) | refs)

    def _splat(self, value: Val, splat: Splat, scope: Scope, at: Spot) -> Val:
        data = value.data
        if isinstance(data, Unknown) and not (isinstance(data, Whole) and not data.several):
            inner = self.follow(value, splat.links, scope, at)
            if isinstance(inner.data, Unknown):
                return inner
            many = Unknown(f"how many there are is not known: {data.reason}", ref=data.ref)
            return Val(many, at, inner.refs | value.refs)
        if data is None:
            return self.made([], value.at, value.refs)
        items = value.items() if isinstance(data, list) else [value]
        return self.made([self.follow(item, splat.links, scope, at) for item in items], value.at, value.refs)

    def _whole_at(self, value: Val, data: Whole, key: Data) -> Val:
        """An index into a resource: into its instances, whichever they are, or an attribute written as an index."""
        if data.several:
            return value
        if isinstance(key, str):
            return self._attribute(value, key, value.at)
        failed = not isinstance(key, Unknown)
        return Val(Unknown("there is only one of it, and no index", failed=failed), value.at, value.refs)

    # Constructors

    def _tuple(self, node: TupleNode, scope: Scope) -> Val:
        return self.made([self.value(item, scope) for item in node.items], (scope.file, node.start, node.end))

    def _object(self, node: ObjectNode, scope: Scope) -> Val:
        at = (scope.file, node.start, node.end)
        data: dict[str, Val] = {}
        refs = NO_REFS
        for key_node, value_node in node.items:
            key = self.value(key_node, scope)
            text = scalar_text(key.data)
            refs |= key.refs
            if text is None:
                return Val(_because(key.data, "a key of this object"), at, refs | self.value(value_node, scope).refs)
            data[text] = self.value(value_node, scope)
        return self.made(data, at, refs)

    def _for(self, node: For, scope: Scope) -> Val:
        at = (scope.file, node.start, node.end)
        source = self.value(node.items, scope)
        pairs = self.pairs(source)
        if pairs is None:
            refs = self._refs_of_body(node, scope, source)
            return Val(_because(source.data, "what this 'for' runs over"), at, refs)
        return self._looped(node, scope, at, source.refs, pairs)

    def pairs(self, source: Val) -> list[tuple[Val, Val]] | None:
        """The keys and values a loop runs over, in its order; None where they are not known."""
        data = source.data
        if isinstance(data, SetItems):
            return [(item, item) for item in source.items()]
        if isinstance(data, list):
            return [(Val(number, item.at), item) for number, item in enumerate(source.items())]
        if isinstance(data, dict):
            return [(Val(key, data[key].at), source.item(data[key])) for key in sorted(data)]
        return None

    def _refs_of_body(self, node: For, scope: Scope, source: Val) -> Refs:
        """What the result would refer to, whatever it runs over."""
        blank = Val(_because(source.data, "what this 'for' runs over"), source.at, source.refs)
        inner = scope.with_names({node.key: blank, node.value: blank})
        return deep_refs(source) | deep_refs(self.value(node.result, inner))

    def _looped(self, node: For, scope: Scope, at: Spot, refs: Refs, pairs: list[tuple[Val, Val]]) -> Val:
        items: list[Val] = []
        entries: dict[str, Val] = {}
        groups: dict[str, list[Val]] = {}
        size = 0
        for key, value in pairs:
            if size > MAX_SIZE:
                return self.checked(Val(Unknown(TOO_LARGE), at, refs))
            self.budget.steps -= 1
            inner = scope.with_names({node.key: key, node.value: value})
            if node.condition is not None:
                condition = self.value(node.condition, inner)
                refs |= condition.refs
                wanted = to_bool(condition.data)
                if wanted is None:
                    return Val(_because(condition.data, "the condition of this 'for'"), at, refs | deep_refs(value))
                if not wanted:
                    continue
            result = self.value(node.result, inner)
            size += weight(result)
            if node.result_key is None:
                items.append(result)
                continue
            name = self.value(node.result_key, inner)
            text = scalar_text(name.data)
            if text is None:
                return Val(_because(name.data, "a key of this 'for'"), at, refs | name.refs | deep_refs(result))
            groups.setdefault(text, []).append(result)
            entries[text] = result
        if node.result_key is None:
            return self.made(items, at, refs)
        if node.grouped:
            entries = {key: self.made(group, at) for key, group in groups.items()}
        return self.made(entries, at, refs)

    # Operators

    def _conditional(self, node: Conditional, scope: Scope) -> Val:
        at = (scope.file, node.start, node.end)
        condition = self.value(node.condition, scope)
        wanted = to_bool(condition.data)
        if wanted is not None:
            return self.value(node.yes if wanted else node.no, scope).standing(at, condition.refs)
        yes, no = self.value(node.yes, scope), self.value(node.no, scope)
        self.budget.steps -= weight(yes) + weight(no)
        refs = condition.refs | deep_refs(yes) | deep_refs(no)
        if not (first_unknown(yes) or first_unknown(no)) and same(plain(yes), plain(no)):
            return yes.standing(at, refs)
        return Val(_because(condition.data, "the condition"), at, refs)

    def _unary(self, node: Unary, scope: Scope) -> Val:
        operand = self.value(node.operand, scope)
        return Val(operators.unary(node.operator, operand.data), (scope.file, node.start, node.end), operand.refs)

    def _binary(self, node: Binary, scope: Scope) -> Val:
        """Runs down the left side in a loop: `a + b + c + …` is as deep as it is long."""
        chain = [node]
        while isinstance(chain[-1].left, Binary):
            chain.append(chain[-1].left)
        left = self.value(chain[-1].left, scope)
        for link in reversed(chain):
            right = self.value(link.right, scope)
            refs = deep_refs(left) | deep_refs(right)
            self.budget.steps -= 1 + weight(left) + weight(right)
            left = Val(operators.binary(link.operator, left, right), (scope.file, link.start, link.end), refs)
        return left

    def _inner(self, node: Inner, scope: Scope) -> Val:
        return self.value(node.expression, scope.inside(node.file)).standing((scope.file, node.start, node.end))


def _depending(value: Val, refs: Refs) -> Val:
    return value.standing(value.at, refs) if refs else value


def _names_of(links: Sequence[Link]) -> list[str]:
    return [link for link in links if isinstance(link, str)]


def _part(whole: Unknown, name: str) -> Unknown:
    """What an attribute or an item of something unknown is."""
    attr = f"{whole.attr}.{name}" if whole.attr and name else whole.attr or name
    return Unknown(whole.reason, ref=whole.ref, attr=attr if whole.ref else "", failed=whole.failed)


def _because(data: Any, what: str) -> Unknown:
    """Unknown, because of what another value is."""
    if isinstance(data, Unknown):
        reason = data.reason if _NOT_KNOWN in data.reason else f"{what}{_NOT_KNOWN}{data.reason}"
        return Unknown(reason, failed=data.failed)
    return Unknown(f"{what} is of the wrong kind", failed=True)


def _first_call(evaluator: Evaluator, node: Call, scope: Scope) -> Val:
    """Many files call no function, and the functions take a while to import."""
    from scanner.inputs.terraform import functions

    _HANDLERS[Call] = functions.call
    return functions.call(evaluator, node, scope)


_HANDLERS: dict[type, Callable[[Evaluator, Any, Scope], Val]] = {
    Reference: Evaluator._reference,
    Access: Evaluator._access,
    TupleNode: Evaluator._tuple,
    ObjectNode: Evaluator._object,
    For: Evaluator._for,
    Conditional: Evaluator._conditional,
    Unary: Evaluator._unary,
    Binary: Evaluator._binary,
    Inner: Evaluator._inner,
    Template: strings.render,
    Call: _first_call,
}
