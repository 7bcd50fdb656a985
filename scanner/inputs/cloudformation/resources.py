"""The resources of a template as subjects."""

from __future__ import annotations

from typing import Any, NamedTuple

from scanner.inputs.cloudformation import emit, recognise, serverless
from scanner.inputs.cloudformation.evaluate import Evaluator
from scanner.inputs.cloudformation.values import Budget, Removed, Spot, Unknown, Val
from scanner.model import Problem, Subject
from scanner.text import Source
from scanner.yaml_tree import Document

ATTRIBUTES = "__attributes__"
_KEPT = ("DeletionPolicy", "UpdateReplacePolicy", "Condition")


def subjects(unit: str, document: Document, source: Source) -> tuple[list[Subject], list[Problem]]:
    """The resources that are or may be made, in their order, and what is to be said about them."""
    budget = Budget()
    template = _Template(document, Evaluator(document, source, budget), budget)
    found: list[Subject] = []
    problems: list[Problem] = []
    for name, resource in document.data["Resources"].items():
        header = document.places["Resources", name]
        kind = recognise.resource_type(resource)
        if name.startswith(("Fn::ForEach", "Fn::Transform")):
            message = f"{name}: what a macro makes of it is not analysed"
            problems.append(Problem(source.path, message, fatal=False, line=header.span.line))
        elif kind and template.evaluator.conditions.holds(resource.get("Condition")) is not False:
            content = template.content(name, kind, resource)
            found.append(emit.subject(emit.Named(unit, name, kind), header, content, budget))
    if not budget.spend(0):
        message = "the template makes too many values: not all of them were analysed"
        problems.append(Problem(source.path, message, line=1))
    return found, problems


class _Template(NamedTuple):
    document: Document
    evaluator: Evaluator
    budget: Budget

    def content(self, name: str, kind: str, resource: dict[str, Any]) -> Val:
        """The properties of a resource, with its attributes."""
        properties = self._properties(name, kind, resource)
        if isinstance(properties.data, Unknown):
            return properties
        data: dict[str, Val] = dict(properties.data) if isinstance(properties.data, dict) else {}
        kept: dict[str, Val] = {}
        for key in _KEPT:
            if key in resource:
                value = self.evaluator.value(resource[key], ("Resources", name, key))
                if not isinstance(value.data, Removed):
                    kept[key] = value
        at = Spot(self.document.places, ("Resources", name))
        if kept:
            data[ATTRIBUTES] = Val(kept, at)
        return Val(data, at)

    def _properties(self, name: str, kind: str, resource: dict[str, Any]) -> Val:
        properties = Val({}, Spot(self.document.places, ("Resources", name)))
        if resource.get("Properties") is not None:
            properties = self.evaluator.value(resource["Properties"], ("Resources", name, "Properties"))
        shared = self.document.data.get("Globals")
        if kind.startswith(serverless.PREFIX) and isinstance(shared, dict):
            section = kind.removeprefix(serverless.PREFIX)
            if isinstance(shared.get(section), dict):
                common = self.evaluator.value(shared[section], ("Globals", section))
                return serverless.merged(common, properties, self.budget)
        return properties
