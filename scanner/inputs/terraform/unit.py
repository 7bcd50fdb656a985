"""Files of a root module and of the modules it calls -> one Unit."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from scanner.errors import ParseError
from scanner.inputs.terraform.budget import Budget
from scanner.inputs.terraform.content import Content
from scanner.inputs.terraform.declared import Declared
from scanner.inputs.terraform.emit import subject
from scanner.inputs.terraform.expressions import Evaluator
from scanner.inputs.terraform.jsonfile import parse_json_body, parse_json_values
from scanner.inputs.terraform.modules import Module
from scanner.inputs.terraform.parse import parse_body
from scanner.inputs.terraform.syntax import Block, Body, File
from scanner.inputs.terraform.values import Val
from scanner.inputs.terraform.variables import VariableFiles
from scanner.model import Problem, Subject, Unit
from scanner.text import Source

_VARIABLES = (".tfvars", ".tfvars.json")
_NO_CONFIG = frozenset({"validation", "precondition", "postcondition", "depends_on"})


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """See `scanner.inputs`. `root`: the directory of the root module, "." for the scan root."""
    files = _Files(sources)
    budget = Budget()
    evaluator = Evaluator(budget)
    directory = "" if root == "." else root
    given = VariableFiles(directory, files.variables, evaluator)
    declared = files.get(directory)
    subjects: tuple[Subject, ...] = ()
    if declared:
        collector = _Collector(f"terraform:{root}", evaluator)
        subjects = tuple(collector.module(Module(evaluator, files, declared, given)))
    problems = sorted({*files.problems, *budget.problems}, key=lambda item: (item.path, item.line, item.message, item.fatal))
    return Unit(f"terraform:{root}", "terraform", tuple(sorted(sources)), subjects, tuple(problems))


class _Files:
    """The parsed files: modules by directory, *.tfvars by path."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.problems: list[Problem] = []
        self.variables: dict[str, tuple[File, Body]] = {}
        self._bodies: dict[str, list[tuple[str, Body]]] = {}
        self._incomplete: set[str] = set()
        self._declared: dict[str, Declared] = {}
        for path in sorted(sources):
            self._read(sources[path])

    def get(self, directory: str) -> Declared | None:
        """The module in a directory; None where there is none."""
        if directory not in self._declared and directory in self._bodies:
            incomplete = directory in self._incomplete
            declared = self._declared[directory] = Declared(directory, self._bodies[directory], incomplete)
            for block in declared.twice:
                message = f"this {block.type} is declared a second time, which Terraform refuses: rename one of them"
                self.problems.append(Problem(block.file.path, message, True, block.file.line(block.start)))
        return self._declared.get(directory)

    def _read(self, source: Source) -> None:
        path, directory = source.path, posixpath.dirname(source.path)
        is_module = not path.endswith(_VARIABLES)
        if is_module:
            self._bodies.setdefault(directory, [])
        try:
            file, body = _PARSED.get(source)
        except ParseError as error:
            self.problems.append(Problem(path, error.message, True, error.line))
            self._incomplete.add(directory)
            return
        if is_module:
            self._bodies[directory].append((path, body))
        else:
            self.variables[path] = (file, body)


class _Parsed:
    """What was parsed last. Many root modules call the same local modules, and parsing is half of what building costs.

    Holds up to LIMIT characters of source, which take about 12 times as many bytes.
    """

    LIMIT = 4_000_000

    def __init__(self) -> None:
        self._kept: dict[tuple[str, bytes], tuple[File, Body]] = {}
        self._size = 0

    def get(self, source: Source) -> tuple[File, Body]:
        """A file's text and content. ParseError where it has none."""
        key = (source.path, source.data)
        if key not in self._kept:
            file, body = _parse(source)
            self._kept[key] = (file, body)
            self._size += len(source.data)
            while self._size > self.LIMIT:
                oldest = next(iter(self._kept))
                del self._kept[oldest]
                self._size -= len(oldest[1])
            return file, body
        return self._kept[key]


_PARSED = _Parsed()


def _parse(source: Source) -> tuple[File, Body]:
    try:
        text = source.data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        raise ParseError(source.path, "not valid UTF-8: save the file as UTF-8", line) from None
    file = File(source.path, text)
    if source.path.endswith(".json"):
        parse = parse_json_values if source.path.endswith(_VARIABLES) else parse_json_body
        return file, parse(file)
    return file, parse_body(file)


class _Collector:
    """Collects the subjects of a module and of those it calls."""

    def __init__(self, unit: str, evaluator: Evaluator) -> None:
        self._unit, self._evaluator = unit, evaluator
        self._seen: set[str] = set()
        """Directories whose variables and settings are in already: they do not depend on the arguments."""

    def module(self, module: Module) -> Iterator[Subject]:
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
            for value, content in module.calls(name).found:
                yield self._subject(value.ref, "module", name, content.whole(value.at))
                if value.module:
                    yield from self.module(value.module)

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
        return subject(self._unit, address, kind, name, content, self._evaluator.budget)
