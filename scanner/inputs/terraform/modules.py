"""Modules while they are evaluated: what names stand for in them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from scanner.errors import ParseError
from scanner.inputs.terraform.budget import MAX_MODULES
from scanner.inputs.terraform.calls import local_source
from scanner.inputs.terraform.constraints import convert
from scanner.inputs.terraform.content import Content
from scanner.inputs.terraform.declared import Declared
from scanner.inputs.terraform.expressions import Evaluator, Found, Scope
from scanner.inputs.terraform.installed import Installed, is_same_source
from scanner.inputs.terraform.instances import ModuleValue, Resource, as_value, expand
from scanner.inputs.terraform.order import Key, mentioned, settle
from scanner.inputs.terraform.parse import parse_expression
from scanner.inputs.terraform.syntax import Block, File, Link, Literal, Node, Spot
from scanner.inputs.terraform.templates import static_text
from scanner.inputs.terraform.values import Unknown, Val, collection
from scanner.inputs.terraform.variables import Given, VariableFiles

MAX_MODULES_DEEP = 20
"""How deep modules may call modules."""
NOT_ON_DISK = "it comes from a registry, a repository or an archive, and is not on disk"
_FRAMES = 8
"""How many frames a name takes on top of the expressions it leads to."""
_META = frozenset({"count", "for_each", "depends_on", "provider"})
_CALL_META = frozenset({"count", "for_each", "depends_on", "providers"})
_OUTSIDE = {
    "each": "each has a value only where there is a for_each",
    "count": "count has a value only where there is a count",
    "self": "self is known only after apply",
    "path": "it depends on where Terraform runs",
    "terraform": "it depends on how Terraform runs",
    "ephemeral": "an ephemeral value is known only while Terraform runs",
}


class Directories(Protocol):
    """The modules on disk."""

    def get(self, directory: str) -> Declared | None: ...

    def installed(self, key: str) -> Installed | None: ...


class Calls(NamedTuple):
    """The instances of a module call and the arguments of each; `declared`: what it calls, where that can be read."""

    value: Val
    found: list[tuple[ModuleValue, Content]]
    declared: Declared | None


class Arguments(NamedTuple):
    """What a call gives to a module; `caller`: the module the call stands in."""

    content: Content
    caller: Module
    block: Block

    def needs(self, name: str) -> Iterator[Key]:
        """What the argument of a name refers to."""
        attribute = self.block.body.attributes.get(name)
        mentions = mentioned(attribute.expression) if attribute else ()
        return ((self.caller, *mention) for mention in mentions)


class Module:
    """One module with its arguments: the root, or one instance of a call."""

    def __init__(
        self,
        evaluator: Evaluator,
        directories: Directories,
        declared: Declared,
        given: VariableFiles | Arguments,
        *,
        prefix: str = "",
        callers: tuple[str, ...] = (),
        key: str = "",
    ) -> None:
        """`given`: the root's *.tfvars, or the arguments of a call. `prefix`: what addresses in it start with.

        `key`: the names of the calls that led to it, each with a dot behind it.
        """
        self._key = key
        self.evaluator, self.declared, self.prefix = evaluator, declared, prefix
        self._directories, self._given, self._callers = directories, given, (*callers, declared.directory)
        self._settled: dict[tuple[str, str], Given] = {}
        self._outputs: dict[str, Val] = {}
        self._resources: dict[str, tuple[Val, list[Resource]]] = {}
        self._calls: dict[str, Calls] = {}

    # What names stand for

    def find(self, name: str, links: Sequence[Link], at: Spot) -> Found:
        """The value of a name that no loop has given."""
        budget = self.evaluator.budget
        budget.frames += _FRAMES
        first, second, *_ = (*(link if isinstance(link, str) else "" for link in links[:2]), "", "")
        found = self._find(name, first, second, at)
        budget.frames -= _FRAMES
        return found

    def _find(self, name: str, first: str, second: str, at: Spot) -> Found:
        if name in ("var", "local"):
            if self.is_open(name, first):
                settle(self, name, first)
            given = self._settled.get((name, first))
            return Found(given.value, given.label, 1) if given else self._missing(name, f"{name}.{first}", at)
        if name == "module" and first in self.declared.modules:
            return Found(self.calls(first).value.standing(at), "", 1)
        key = f"data.{first}.{second}" if name == "data" else f"{name}.{first}"
        if key in self.declared.resources:
            return Found(self._resource(key)[0].standing(at), "", 2 if name == "data" else 1)
        return self._missing(name, key if first else name, at)

    def _missing(self, name: str, key: str, at: Spot) -> Found:
        if name in _OUTSIDE:
            return Found(Val(Unknown(f"{key} is not known: {_OUTSIDE[name]}"), at), "", 2)
        maybe = "may be declared in a file that cannot be read" if self.declared.incomplete else "is not declared"
        is_resource = name not in ("var", "local", "output") and key != name
        ref = self.prefix + key if is_resource else ""
        refs = frozenset({ref}) if ref else frozenset()
        return Found(Val(Unknown(f"{key} {maybe}", ref=ref), at, refs), "", 2 if name == "data" else 1)

    # Locals and variables

    def is_open(self, kind: str, name: str) -> bool:
        """Whether a local or variable is declared here and has not been evaluated yet."""
        declared = self.declared.locals if kind == "local" else self.declared.variables
        return name in declared and (kind, name) not in self._settled

    def needs(self, kind: str, name: str) -> Iterator[Key]:
        """What a local's expression, or the argument a caller gives to a variable, refers to."""
        if kind == "local":
            return ((self, *mention) for mention in self.declared.mentioned(name))
        return self._given.needs(name) if isinstance(self._given, Arguments) else iter(())

    def evaluate(self, kind: str, name: str) -> None:
        """Evaluates a local or a variable. While that goes on it refers to itself for whoever asks."""
        key = (kind, name)
        if kind == "local":
            attribute = self.declared.locals[name]
            at = (attribute.file, attribute.expression.start, attribute.expression.end)
            self._settled[key] = Given(Val(Unknown(f"local.{name} refers to itself"), at), f"local.{name}")
            value = self.evaluator.value(attribute.expression, Scope(attribute.file, self, {}))
            self._settled[key] = Given(value, f"local.{name}")
        else:
            block = self.declared.variables[name]
            at = (block.file, block.start, block.end)
            self._settled[key] = Given(Val(Unknown(f"var.{name} refers to itself"), at), f"variable {name}")
            nothing = Given(Val(Unknown(f"var.{name} has no value: nothing on disk sets it"), at), f"variable {name}")
            self._settled[key] = self._given_to(name, block) or nothing

    def _given_to(self, name: str, block: Block) -> Given | None:
        attributes = block.body.attributes
        scope = self.scope(block)
        wanted = _constraint(attributes["type"].expression, attributes["type"].file) if "type" in attributes else None

        def fitted(value: Val) -> Val:
            self.evaluator.budget.steps -= value.size
            return convert(value, wanted, lambda node: self.evaluator.value(node, scope))

        default = None
        if "default" in attributes:
            attribute = attributes["default"]
            value = self.evaluator.value(attribute.expression, scope.inside(attribute.file))
            default = Given(fitted(value), f"variable {name}, default")
        if isinstance(self._given, VariableFiles):
            return self._given.value(name, default, fitted)
        argument = self._given.content.get(name)
        nullable = attributes.get("nullable")
        if argument is None or (argument.data is None and nullable and _is_false(nullable.expression)):
            return default
        return Given(fitted(argument), f"variable {name}, set by {self.prefix.rstrip('.')}")

    def output(self, name: str, at: Spot) -> Val:
        """The value of an output, as it stands in this module. `at`: the call, for where there is no such output."""
        block = self.declared.outputs.get(name)
        attribute = block.body.attributes.get("value") if block else None
        if attribute is None:
            return self._missing("output", f"output.{name}", at).value
        if name not in self._outputs:
            spot = (attribute.file, attribute.expression.start, attribute.expression.end)
            self._outputs[name] = Val(Unknown(f"output.{name} refers to itself"), spot)
            self._outputs[name] = self.evaluator.value(attribute.expression, Scope(attribute.file, self, {}))
        return self._outputs[name]

    # What blocks make

    def scope(self, block: Block, names: Mapping[str, Val] | None = None) -> Scope:
        """What a block's expressions are evaluated in."""
        return Scope(block.file, self, names or {})

    def resources(self) -> Iterator[Resource]:
        """All instances of all resources and data blocks, in the order they are written."""
        for key in self.declared.resources:
            yield from self._resource(key)[1]

    def _resource(self, key: str) -> tuple[Val, list[Resource]]:
        if key not in self._resources:
            block = self.declared.resources[key]
            at = (block.file, block.start, block.end)
            self._resources[key] = (Val(Unknown(f"{key} refers to itself"), at), [])
            instances = expand(self.evaluator, block, self.scope(block))
            found = []
            for suffix, names in instances.entries:
                content = Content(self.evaluator, block.type, block.body, self.scope(block, names), _META)
                several = instances.shape == "unknown"
                found.append(Resource(self.prefix + key + suffix, key + suffix, block, content, several))
            self._resources[key] = (as_value(self.evaluator, instances, found, at), found)
        return self._resources[key]

    def calls(self, name: str) -> Calls:
        """All instances of a module call."""
        if name not in self._calls:
            block = self.declared.modules[name]
            at = (block.file, block.start, block.end)
            self._calls[name] = Calls(Val(Unknown(f"module.{name} refers to itself"), at), [], None)
            instances = expand(self.evaluator, block, self.scope(block))
            declared = self._called(name, block, at)
            found = [self._instance(name, block, declared, suffix, names) for suffix, names in instances.entries]
            whole = as_value(self.evaluator, instances, [value for value, _ in found], at)
            self._calls[name] = Calls(whole, found, declared)
        return self._calls[name]

    def unmade(self, name: str) -> tuple[ModuleValue, Content]:
        """What a call that makes nothing (`count = 0`) would make."""
        block = self.declared.modules[name]
        blank = Val(Unknown("this call makes nothing as it stands"), (block.file, block.start, block.end))
        each = collection({"key": blank, "value": blank}, blank.at)
        names = {"each": each, "count": collection({"index": blank}, blank.at)}
        return self._instance(name, block, self._calls[name].declared, "", names)

    def _instance(
        self, name: str, block: Block, declared: Declared | None, suffix: str, names: Mapping[str, Val]
    ) -> tuple[ModuleValue, Content]:
        called = f"module.{name}{suffix}"
        address, at = self.prefix + called, (block.file, block.start, block.end)
        content = Content(self.evaluator, "module", block.body, self.scope(block, names), _CALL_META)
        module = None
        if declared:
            self.evaluator.budget.modules -= 1
            prefix, callers = f"{address}.", self._callers
            arguments = Arguments(content, self, block)
            key = f"{self._key}{name}."
            module = Module(
                self.evaluator, self._directories, declared, arguments, prefix=prefix, callers=callers, key=key
            )
        return ModuleValue(address, called, at, module, not suffix and _is_repeated(block)), content

    def _called(self, name: str, block: Block, at: Spot) -> Declared | None:
        """What a call leads to; a problem says why where that cannot be read."""
        directory = self._place_of(name, block)
        declared = self._directories.get(directory) if directory is not None else None
        reason, fatal, budget = "", False, self.evaluator.budget
        if directory is None:
            reason = NOT_ON_DISK
        elif declared is None:
            reason = "its directory holds no Terraform in this scan"
        elif directory in self._callers:
            reason = "it calls a module that it is part of"
        elif len(self._callers) >= MAX_MODULES_DEEP:
            reason, fatal = f"paylint follows {MAX_MODULES_DEEP} levels of modules", True
        elif budget.modules <= 0:
            reason, fatal = f"the unit is made of more than {MAX_MODULES:,} modules", True
        if reason:
            budget.report(at, f"module.{name} was not analysed: {reason}", fatal)
        return None if reason else declared

    def _place_of(self, name: str, block: Block) -> str | None:
        """The directory on disk that a call leads to; None where it comes from elsewhere and was not installed."""
        path = local_source(block)
        if path:
            directory = posixpath.normpath(posixpath.join(self.declared.directory, path))
            return "" if directory == "." else directory
        entry = self._directories.installed(self._key + name)
        attribute = block.body.attributes.get("source")
        if entry is None or attribute is None:
            return None
        written = static_text(attribute.expression)
        return entry.directory if written and is_same_source(written, entry.source) else None


def _constraint(node: Node, file: File) -> Node | None:
    """A type constraint; in *.tf.json it is an expression inside a string."""
    if isinstance(node, Literal) and isinstance(node.value, str):
        try:
            return parse_expression(File(file.path, node.value))
        except ParseError:
            return None
    return node


def _is_repeated(block: Block) -> bool:
    return not {"count", "for_each"}.isdisjoint(block.body.attributes)


def _is_false(node: Node) -> bool:
    return isinstance(node, Literal) and node.value is False
