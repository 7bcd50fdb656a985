"""What a block holds once evaluated: attributes when they are asked for, nested blocks as lists, `dynamic` expanded."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.inputs.terraform.budget import MAX_FRAMES, Budget
from scanner.inputs.terraform.declared import nested_type
from scanner.inputs.terraform.expressions import Evaluator, Scope
from scanner.inputs.terraform.syntax import Attribute, Block, Body, Node, Reference, Spot, TupleNode
from scanner.inputs.terraform.values import (
    MAX_SIZE,
    NO_REFS,
    TOO_LARGE,
    Doubtful,
    Unknown,
    Val,
    collection,
    deep_refs,
    weight,
)

LABELS = "__labels__"
"""Where a nested block's labels are in its config: `backend "s3" {}` -> {"__labels__": ["s3"]}."""
_AS_WRITTEN = {"lifecycle": frozenset({"ignore_changes", "replace_triggered_by"}), "variable": frozenset({"type"})}


class Content:
    """One block's body in one scope. What was evaluated is kept: others refer to it."""

    __slots__ = ("_body", "_evaluator", "_kept", "_kind", "_scope", "_skipped")

    def __init__(
        self, evaluator: Evaluator, kind: str, body: Body, scope: Scope, skipped: frozenset[str] = frozenset()
    ) -> None:
        """`skipped`: attributes and nested blocks that are no part of it."""
        self._evaluator, self._kind, self._body, self._scope, self._skipped = evaluator, kind, body, scope, skipped
        self._kept: dict[str, Val | None] = {}

    @property
    def budget(self) -> Budget:
        """What evaluating it costs is taken from."""
        return self._evaluator.budget

    def get(self, name: str) -> Val | None:
        """An attribute's value, or the list of the nested blocks of a type; None where there is nothing of the name."""
        if name in self._skipped:
            return None
        if name not in self._kept:
            attribute = self._body.attributes.get(name)
            self._kept[name] = self._pending(name, attribute)
            self._kept[name] = self._attribute(attribute) if attribute else self._blocks(name)
        return self._kept[name]

    def _pending(self, name: str, attribute: Attribute | None) -> Val | None:
        """What whoever asks sees while the value is being worked out."""
        if attribute is None:
            return None
        at = _spot(attribute)
        return Val(Unknown(f"'{name}' refers to itself"), at)

    def whole(self, at: Spot, labels: tuple[str, ...] = ()) -> Val:
        """All of it as an object. What is null is absent."""
        data = {LABELS: collection([Val(label, at) for label in labels], at)} if labels else {}
        for name in self._names():
            value = self.get(name)
            if value is not None and value.data is not None:
                data[name] = value
        return collection(data, at)

    def _names(self) -> dict[str, None]:
        names = dict.fromkeys(self._body.attributes)
        return names | dict.fromkeys(nested_type(block) for block in self._body.blocks)

    def _attribute(self, attribute: Attribute) -> Val:
        if attribute.name in _AS_WRITTEN.get(self._kind, ()):
            return _as_written(attribute)
        return self._evaluator.value(attribute.expression, self._scope.inside(attribute.file))

    def _blocks(self, name: str) -> Val | None:
        found: list[Val] = []
        size = 0
        budget = self.budget
        if budget.frames > MAX_FRAMES:
            return self._too_deep(name)
        budget.frames += 5
        for block in self._body.blocks:
            for value in self._expanded(block) if nested_type(block) == name else ():
                found.append(value)
                size += weight(value)
                if size > MAX_SIZE:
                    found = [self._evaluator.checked(Val(Unknown(TOO_LARGE), found[0].at))]
                    break
        budget.frames -= 5
        return self._evaluator.made(found, found[0].at) if found else None

    def _too_deep(self, name: str) -> Val | None:
        """What stands for the blocks of a type where nothing is evaluated any more."""
        block = next((block for block in self._body.blocks if nested_type(block) == name), None)
        if block is None:
            return None
        at = (block.file, block.start, block.end)
        return Val(Unknown(self._evaluator.budget.refuse(at)), at)

    def _expanded(self, block: Block) -> Iterator[Val]:
        """A nested block as an object; those that a `dynamic` block makes."""
        scope = self._scope.inside(block.file)
        self._evaluator.budget.steps -= 1
        at = (block.file, block.start, block.end)
        if block.type != "dynamic":
            yield Content(self._evaluator, block.type, block.body, scope).whole(at, block.labels)
            return
        each = block.body.attributes.get("for_each")
        inner = next((nested for nested in block.body.blocks if nested.type == "content"), None)
        if each is None or inner is None or not block.labels:
            return
        source = self._evaluator.value(each.expression, scope.inside(each.file))
        pairs = self._evaluator.pairs(source)
        iterator = _iterator(block)
        if pairs is None:
            yield self._doubtful(inner, scope, iterator, source, at)
            return
        for key, value in pairs:
            self._evaluator.budget.steps -= 3
            names = {iterator: collection({"key": key, "value": value}, source.at, source.refs)}
            yield Content(self._evaluator, block.labels[0], inner.body, scope.with_names(names)).whole(at)

    def _doubtful(self, inner: Block, scope: Scope, iterator: str, source: Val, at: Spot) -> Val:
        """One block for any number of them: nobody can say how many, and the iterator is unknown in it."""
        reason = source.data.reason if isinstance(source.data, Unknown) else "its for_each is no list, set or object"
        names = {iterator: unknown_each(source, f"how many blocks there are is not known: {reason}")}
        contents = Content(self._evaluator, iterator, inner.body, scope.with_names(names)).whole(at)
        return Val(Doubtful(f"how many blocks there are is not known: {reason}", contents), at, deep_refs(source))


def unknown_each(source: Val, reason: str) -> Val:
    """What `each`, or a `dynamic` block's iterator, is where it is not known what it runs over."""
    data = source.data
    ref, attr = (data.ref, data.attr) if isinstance(data, Unknown) else ("", "")
    key = Val(Unknown(reason), source.at, deep_refs(source))
    value = Val(Unknown(reason, ref=ref, attr=attr), source.at, deep_refs(source))
    return collection({"key": key, "value": value}, source.at)


def _iterator(block: Block) -> str:
    named = block.body.attributes.get("iterator")
    if named is not None and isinstance(named.expression, Reference):
        return named.expression.name
    return block.labels[0]


def _spot(attribute: Attribute) -> Spot:
    return (attribute.file, attribute.expression.start, attribute.expression.end)


def _as_written(attribute: Attribute) -> Val:
    """The source text of an expression that names things instead of having a value, or of each of a list's."""

    def text(node: Node) -> Val:
        return Val(attribute.file.text[node.start : node.end].strip('"'), (attribute.file, node.start, node.end))

    node = attribute.expression
    if isinstance(node, TupleNode):
        return collection([text(item) for item in node.items], _spot(attribute), NO_REFS)
    return text(node)
