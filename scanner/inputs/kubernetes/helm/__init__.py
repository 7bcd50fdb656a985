"""A Helm chart as manifests: rendered with its own values.yaml, by ourselves, the same on every machine.

Why not the `helm` command: a scan must say the same with and without it, a finding must point at the template and at
the value that caused it, and one value that is not known (a random password, a file that is not read) must not stand as
if it were known. tests/inputs/kubernetes compares with the command.

The release is called release-name, in the namespace default, on a cluster of `objects.KUBERNETES`. Not known are: what
is made anew at each installation, .Files, values that are required or printed and not set in values.yaml, what comes
from a subchart that is not there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any, NamedTuple

from scanner.inputs.kubernetes.helm import documents, objects
from scanner.inputs.kubernetes.helm.chart import CHART, Chart, Loader, coalesced, enabled
from scanner.inputs.kubernetes.helm.data import Map
from scanner.inputs.kubernetes.helm.evaluate import Evaluator
from scanner.inputs.kubernetes.helm.execution import Defined, LimitError, Marks
from scanner.inputs.kubernetes.helm.output import Template
from scanner.inputs.kubernetes.helm.parse import parse
from scanner.inputs.kubernetes.helm.syntax import TemplateError
from scanner.inputs.kubernetes.tree import Node
from scanner.model import Problem
from scanner.text import Source

__all__ = ["CHART", "Read", "read"]


class Read(NamedTuple):
    """The manifests of a chart, those of `crds` as the files they are in, and what is to be said."""

    manifests: list[Node]
    plain: list[Source]
    problems: list[Problem]


class _Job(NamedTuple):
    """A template to render."""

    path: str
    defined: Defined
    dot: Map


def read(folder: str, sources: Mapping[str, Source]) -> Read:
    """The chart in a folder of these files ("" is the root), rendered."""
    loader = Loader(sources)
    chart = loader.load(folder)
    result = Read([], [], loader.problems)
    if chart is None:
        return result
    marks = Marks(_unused(sources))
    work = _Work(marks, result)
    work.add(chart, coalesced(chart, Map()), chart.name, is_root=True)
    work.render()
    return result


def _is_test(node: Node) -> bool:
    """Whether a manifest is run by `helm test` only."""
    hook = node.text("metadata", "annotations", "helm.sh/hook")
    return any(one.strip().startswith("test") for one in hook.split(","))


def _unused(sources: Mapping[str, Source]) -> str:
    """A character that no file holds."""
    used: set[str] = set()
    for source in sources.values():
        if not source.data.isascii():
            used.update(source.text)
    return next(char for char in map(chr, range(0xF0000, 0xFFFFE)) if char not in used)


class _Work:
    """Collects the templates of a chart and its subcharts, then renders them."""

    def __init__(self, marks: Marks, result: Read) -> None:
        self._result, self._marks = result, marks
        self._parsed: dict[str, tuple[Template, Any]] = {}
        self._named: dict[str, tuple[tuple[int, str], Defined]] = {}
        self._jobs: list[_Job] = []
        self._capabilities, self._release = objects.capabilities(), objects.release()

    def add(self, chart: Chart, values: Map, name: str, *, is_root: bool = False) -> Map:
        """A chart's templates with its values; gives what its templates see."""
        dot = Map(
            {
                "Chart": objects.chart_fields(chart.data, is_root=is_root), "Values": values, "Release": self._release,
                "Capabilities": self._capabilities, "Files": objects.files(), "Subcharts": Map(),
            }
        )  # fmt: skip
        for dependency in chart.dependencies:
            if not enabled(dependency, values):
                continue
            if dependency.chart is None:
                message = f"Helm chart: its dependency {dependency.name} is not in the scan, and not analysed"
                self._note(posixpath.join(chart.folder, CHART), message)
                continue
            below = values.get(dependency.name)
            inner = below if isinstance(below, Map) else Map()
            dot["Subcharts"][dependency.name] = self.add(dependency.chart, inner, f"{name}/charts/{dependency.name}")
        self._result.plain.extend(chart.crds)
        for file, source in sorted(chart.templates.items()):
            self._template(source, f"{name}/{file}", name, dot, renders=not chart.is_library)
        return dot

    def _template(self, source: Source, full: str, chart: str, dot: Map, *, renders: bool) -> None:
        parsed = self._parse(source)
        if parsed is None:
            return
        template, tree = parsed
        order = (full.count("/"), full)  # the outermost counts, as in Helm
        main = Defined(tree.body, template)
        for name, defined in (
            (full, main),
            *((name, Defined(nodes, template)) for name, nodes in tree.defines.items()),
        ):
            if name not in self._named or order < self._named[name][0]:
                self._named[name] = (order, defined)
        base = posixpath.basename(full)
        if renders and not base.startswith("_") and base != "NOTES.txt" and not base.endswith(".tpl"):
            own = dot.copy()
            own["Template"] = Map({"Name": full, "BasePath": f"{chart}/templates"})
            self._jobs.append(_Job(source.path, main, own))

    def _parse(self, source: Source) -> tuple[Template, Any] | None:
        if source.path not in self._parsed:
            template = Template(source.path, source.text)
            try:
                self._parsed[source.path] = (template, parse(source.text))
            except TemplateError as error:
                line = template.position(error.offset)[0]
                self._result.problems.append(Problem(source.path, f"not a Helm template: {error.message}", line=line))
                return None
        return self._parsed[source.path]

    def render(self) -> None:
        """Renders everything, in the order of paths."""
        defines = {name: defined for name, (_, defined) in self._named.items()}
        evaluator = Evaluator(defines, self._marks)
        for job in sorted(self._jobs, key=lambda job: job.path):
            try:
                printed = evaluator.render(job.defined, job.dot)
            except LimitError as error:
                self._result.problems.append(Problem(job.path, f"Helm template: not read, {error}"))
                continue
            rendered = documents.read(printed, self._marks, job.path)
            self._result.manifests.extend(node for node in rendered.documents if not _is_test(node))
            self._result.problems.extend(rendered.problems)
        for (path, message), line in sorted(evaluator.notes.items()):
            self._note(path, f"Helm template: {message}", line)

    def _note(self, path: str, message: str, line: int = 0) -> None:
        self._result.problems.append(Problem(path, message, fatal=False, line=line))
