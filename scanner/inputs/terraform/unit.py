"""Files of a root module and of the modules it calls -> one Unit."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from itertools import chain

from scanner.errors import ParseError
from scanner.inputs.terraform import INSTALLED, INSTALLED_IN, is_installed, nearest
from scanner.inputs.terraform.budget import MAX_SUBJECTS, Budget
from scanner.inputs.terraform.content import Content
from scanner.inputs.terraform.declared import Declared
from scanner.inputs.terraform.emit import Named, subject
from scanner.inputs.terraform.expressions import Evaluator
from scanner.inputs.terraform.installed import Installed, installed
from scanner.inputs.terraform.instances import ModuleValue
from scanner.inputs.terraform.modules import Module
from scanner.inputs.terraform.reading import PARSED, VARIABLES
from scanner.inputs.terraform.syntax import Block, Body, File
from scanner.inputs.terraform.values import Hop, Val
from scanner.inputs.terraform.variables import NOT_PLANNED, PlannedVariables, VariableFiles
from scanner.model import Problem, Subject, Unit
from scanner.text import Source

_STEPS = 5
"""What a subject costs beside its values."""
_NO_CONFIG = frozenset({"validation", "precondition", "postcondition", "depends_on"})


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """See `scanner.inputs`. `root`: the directory of the root module, "." for the scan root."""
    directory = "" if root == "." else root
    subjects, problems = evaluated(f"terraform:{root}", directory, sources)
    return Unit(f"terraform:{root}", "terraform", tuple(sorted(sources)), subjects, problems)


def evaluated(
    unit: str, directory: str, sources: Mapping[str, Source], planned: PlannedVariables = NOT_PLANNED
) -> tuple[tuple[Subject, ...], tuple[Problem, ...]]:
    """The subjects of the root module in a directory and of the modules it calls, and what could not be done."""
    files = _Files(sources, directory)
    budget = Budget()
    evaluator = Evaluator(budget)
    given = VariableFiles(directory, *files.variables(directory), evaluator, planned)
    declared = files.get(directory)
    collector = _Collector(unit, evaluator)
    subjects = tuple(collector.all(Module(evaluator, files, declared, given))) if declared else ()
    problems = {*files.problems, *budget.problems, *collector.problems}
    return subjects, tuple(sorted(problems, key=lambda item: (item.path, item.line, item.message, item.fatal)))


class _Files:
    """The parsed files: modules by directory, and *.tfvars."""

    def __init__(self, sources: Mapping[str, Source], root: str) -> None:
        """`root`: the directory of the root module."""
        self._installed: dict[str, Installed] = {}
        self.problems: list[Problem] = []
        self._variables: dict[str, tuple[File, Body]] = {}
        self._broken: list[str] = []
        self._bodies: dict[str, list[tuple[str, Body]]] = {}
        self._incomplete: set[str] = set()
        self._declared: dict[str, Declared] = {}
        for path in sorted(sources):
            if path == posixpath.join(root, INSTALLED):
                self._installed = installed(sources[path], root)
            elif not is_installed(path) and not self._is_replaced(path, sources):
                self._read(sources[path])

    def get(self, directory: str) -> Declared | None:
        """The module in a directory; None where there is none."""
        if directory not in self._declared and directory in self._bodies:
            incomplete = directory in self._incomplete
            declared = self._declared[directory] = Declared(directory, self._bodies[directory], incomplete)
            for block, first in declared.twice:
                message = f"this {block.type} is declared a second time, which Terraform refuses: rename one of them"
                if first:
                    other = first.file.path
                    message = f"this {block.type} is declared in {other} too, which Terraform refuses in one module"
                line = block.file.line(block.start)
                self.problems.append(Problem(block.file.path, message, fatal=first is None, line=line))
        return self._declared.get(directory)

    def installed(self, key: str) -> Installed | None:
        """Where the module lies that a call leads to, by the names of the calls ("vpc.subnets")."""
        return self._installed.get(key)

    def _is_replaced(self, path: str, sources: Mapping[str, Source]) -> bool:
        """OpenTofu reads main.tofu in the place of main.tf."""
        name, dot, ending = path.rpartition(".tf")
        return dot != "" and ending in ("", ".json") and f"{name}.tofu{ending}" in sources

    def variables(self, directory: str) -> tuple[dict[str, tuple[File, Body]], list[str]]:
        """The *.tfvars that may be meant for the module in a directory: what can be read, and the rest."""

        def meant(path: str) -> bool:
            return nearest(posixpath.dirname(path), self._bodies) == directory

        readable = {path: content for path, content in self._variables.items() if meant(path)}
        return readable, list(filter(meant, self._broken))

    def _read(self, source: Source) -> None:
        path, directory = source.path, posixpath.dirname(source.path)
        is_module = not path.endswith(VARIABLES)
        if is_module:
            self._bodies.setdefault(directory, [])
        try:
            file, body = PARSED.get(source)
        except ParseError as error:
            self.problems.append(Problem(path, error.message, True, error.line))
            if is_module:
                self._incomplete.add(directory)
            else:
                self._broken.append(path)
            return
        if is_module:
            self._bodies[directory].append((path, body))
        else:
            self._variables[path] = (file, body)


class _Collector:
    """Collects the subjects of a module and of those it calls."""

    def __init__(self, unit: str, evaluator: Evaluator) -> None:
        self._unit, self._evaluator = unit, evaluator
        self._seen: set[str] = set()
        """Directories whose variables and settings are in already: they do not depend on the arguments."""
        self.problems: list[Problem] = []
        self._unmade: list[tuple[Module, str, str]] = []
        self._caller: tuple[Hop, ...] = ()
        """In a module that `terraform init` installed: the project's call that leads there."""

    def all(self, root: Module) -> Iterator[Subject]:
        """All subjects, up to the bound."""
        budget = self._evaluator.budget
        for each in chain(self._module(root), self._unmade_calls()):
            budget.subjects -= 1
            if budget.subjects < 0:
                message = f"more than {MAX_SUBJECTS:,} subjects in one unit: this and what follows was not analysed"
                self.problems.append(Problem(each.header.path, message, True, each.header.span.line))
                return
            yield each

    def _module(self, module: Module) -> Iterator[Subject]:
        declared = module.declared
        if declared.directory not in self._seen:
            self._seen.add(declared.directory)
            yield from self._constant(module)
        for resource in module.resources():
            kind, name = resource.block.labels
            kind = f"data.{kind}" if resource.block.type == "data" else kind
            yield self._subject(resource.ref, kind, name, resource.content.whole(resource.at))
        for name, block in declared.providers.items():
            kind = f"provider.{block.labels[0]}"
            yield self._plain(module, block, f"provider.{name}", kind, name.rpartition(".")[2])
        for name, block in declared.outputs.items():
            yield self._plain(module, block, f"output.{name}", "output", name)
        for name in sorted(declared.modules):
            calls = module.calls(name)
            if calls.declared and not calls.found:
                self._unmade.append((module, name, calls.declared.directory))
            for value, content in calls.found:
                yield from self._call(value, content, name)

    def _unmade_calls(self) -> Iterator[Subject]:
        """The modules that are called, but only in ways that make nothing: their code is looked at all the same."""
        while self._unmade:
            module, name, directory = self._unmade.pop(0)
            if directory not in self._seen:
                yield from self._call(*module.unmade(name), name)

    def _call(self, value: ModuleValue, content: Content, name: str) -> Iterator[Subject]:
        yield self._subject(value.ref, "module", name, content.whole(value.at))
        if not value.module:
            return
        before = self._caller
        if not before and INSTALLED_IN in value.module.declared.directory:
            self._caller = ((f"installed for {value.ref}", value.at),)
        yield from self._module(value.module)
        self._caller = before

    def _constant(self, module: Module) -> Iterator[Subject]:
        declared = module.declared
        for index, block in enumerate(declared.settings):
            suffix = f"[{index}]" if index else ""
            yield self._plain(module, block, f"terraform{suffix}", "terraform", "terraform")
        for name, block in declared.variables.items():
            yield self._plain(module, block, f"var.{name}", "variable", name)

    def _plain(self, module: Module, block: Block, address: str, kind: str, name: str) -> Subject:
        content = Content(self._evaluator, block.type, block.body, module.scope(block), _NO_CONFIG)
        return self._subject(module.prefix + address, kind, name, content.whole((block.file, block.start, block.end)))

    def _subject(self, address: str, kind: str, name: str, content: Val) -> Subject:
        self._evaluator.budget.spend(_STEPS)
        return subject(Named(self._unit, address, kind, name), content, self._evaluator.budget, self._caller)
