"""A chart and its subcharts from their files: metadata, values, templates."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scanner.errors import ParseError
from scanner.inputs.kubernetes.helm.data import Map, from_document, merged
from scanner.model import Json, Problem
from scanner.text import Source
from scanner.yaml_tree import parse

CHART = "Chart.yaml"
MAX_CHARTS = 200
"""How many charts one may be made of."""


@dataclass
class Dependency:
    """What Chart.yaml says of a subchart. `chart`: None if it is not there."""

    name: str
    chart: Chart | None
    condition: str = ""
    tags: tuple[str, ...] = ()
    imports: tuple[Any, ...] = ()


@dataclass
class Chart:
    """One chart. `folder`: where it lies; `templates`, `crds`: its files, by path below the folder."""

    folder: str
    data: Map
    values: Map
    templates: dict[str, Source] = field(default_factory=dict)
    crds: list[Source] = field(default_factory=list)
    dependencies: list[Dependency] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it calls itself."""
        name = self.data.get("name")
        return name if isinstance(name, str) else posixpath.basename(self.folder) or "chart"

    @property
    def is_library(self) -> bool:
        """Whether it only defines templates."""
        return self.data.get("type") == "library"


def local_dependencies(folder: str, data: Json) -> Iterator[tuple[str, str]]:
    """(name, folder) of the dependencies that Chart.yaml takes from another folder of the same repository."""
    for item in _listed(data):
        repository = item.get("repository")
        if isinstance(repository, str) and repository.startswith("file://"):
            target = posixpath.normpath(posixpath.join(folder, repository.removeprefix("file://")))
            if not target.startswith(("..", "/")):
                yield str(item.get("name")), target


def dependency_folders(source: Source) -> list[str]:
    """The same of a Chart.yaml, as facts; nothing of one that cannot be read."""
    if b"file:" not in source.data:
        return []
    try:
        documents = parse(source)
    except ParseError:
        return []
    data = documents[0].data if documents else None
    return sorted({folder for _, folder in local_dependencies(posixpath.dirname(source.path), data)})


def _listed(data: Json) -> list[dict[str, Any]]:
    found = data.get("dependencies") if isinstance(data, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


class Loader:
    """Reads charts from the files of a unit. `problems`: what could not be read."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.problems: list[Problem] = []
        self._count = 0
        self._trees: dict[str, dict[str, Source]] = {}
        for path, source in sorted(sources.items()):
            self._trees.setdefault(posixpath.dirname(path), {})[posixpath.basename(path)] = source

    def load(self, folder: str, above: tuple[str, ...] = ()) -> Chart | None:
        """The chart in a folder ("" is the root); None if there is none, or one that holds itself."""
        files = self._trees.get(folder, {})
        if CHART not in files or folder in above or self._count >= MAX_CHARTS:
            return None
        self._count += 1
        data, values = self._mapping(files[CHART]), Map()
        if data is None:
            return None
        if "values.yaml" in files:
            values = self._mapping(files["values.yaml"]) or values
        chart = Chart(folder, data, values)
        for name, source in self._below(folder, "templates"):
            chart.templates[name] = source
        chart.crds = [source for _, source in self._below(folder, "crds")]
        requirements = files.get("requirements.yaml")
        listed = data if requirements is None else self._mapping(requirements) or Map()
        chart.dependencies = self._dependencies(chart, _listed(listed), (*above, folder))
        return chart

    def _mapping(self, source: Source) -> Map | None:
        try:
            documents = parse(source)
        except ParseError as error:
            self.problems.append(Problem(source.path, error.message, line=error.line))
            return None
        value = from_document(documents[0]) if documents else None
        return value if isinstance(value, Map) else Map()

    def _below(self, folder: str, name: str) -> Iterator[tuple[str, Source]]:
        top = posixpath.join(folder, name)
        for place, files in self._trees.items():
            if place == top or place.startswith(top + "/"):
                for file, source in files.items():
                    path = posixpath.join(place, file)
                    yield path[len(folder) + 1 if folder else 0 :], source

    def _dependencies(self, chart: Chart, listed: list[dict[str, Any]], above: tuple[str, ...]) -> list[Dependency]:
        inside = {}
        charts = posixpath.join(chart.folder, "charts")
        for place in self._trees:
            if posixpath.dirname(place) == charts and CHART in self._trees[place]:
                found = self.load(place, above)
                if found is not None:
                    inside[found.name] = found
        near = dict(local_dependencies(chart.folder, {"dependencies": listed}))
        result, named = [], set()
        for item in listed:
            name, alias = item.get("name"), item.get("alias")
            if not isinstance(name, str):
                continue
            named.add(name)
            sub = inside.get(name) or (self.load(near[name], above) if name in near else None)
            tags, imports = item.get("tags"), item.get("import-values")
            result.append(
                Dependency(
                    alias if isinstance(alias, str) and alias else name,
                    sub,
                    str(item.get("condition") or ""),
                    tuple(map(str, tags)) if isinstance(tags, list) else (),
                    tuple(imports) if isinstance(imports, list) else (),
                )
            )
        return result + [Dependency(name, sub) for name, sub in inside.items() if name not in named]


def enabled(dependency: Dependency, values: Map) -> bool:
    """Whether a subchart is used, with the parent's values."""
    for path in dependency.condition.split(","):
        given = _looked_up(values, path.strip())
        if given is None and dependency.chart and path.strip().startswith(f"{dependency.name}."):
            given = _looked_up(dependency.chart.values, path.strip().partition(".")[2])
        if isinstance(given, bool):
            return given
    tags = values.get("tags")
    given_tags = [tags[tag] for tag in dependency.tags if isinstance(tags, Map) and isinstance(tags.get(tag), bool)]
    return any(given_tags) if given_tags else True


def _looked_up(values: Any, path: str) -> Any:
    for key in path.split("."):
        values = values.get(key) if isinstance(values, Map) else None
    return values


def coalesced(chart: Chart, given: Map) -> Map:
    """A chart's values: those its parent gives over its own, with those of its subcharts below their names."""
    values = merged(given, chart.values, nulls_delete=True)
    shared = values.get("global")
    for dependency in chart.dependencies:
        if dependency.chart is None:
            continue
        own = values.get(dependency.name)
        own = own if isinstance(own, Map) else Map()
        if isinstance(shared, Map):
            theirs = own.get("global")
            own = (
                merged(Map({"global": shared}), own)
                if isinstance(theirs, Map)
                else Map({**own, "global": shared}, own.at)
            )
        elif "global" not in own:
            own = Map({**own, "global": Map()}, own.at)
        values[dependency.name] = coalesced(dependency.chart, own)
        for item in dependency.imports:
            values = _imported(values, values[dependency.name], item)
    return values


def _imported(values: Map, child: Map, item: Any) -> Map:
    source = (
        f"exports.{item}" if isinstance(item, str) else str(item.get("child", "")) if isinstance(item, dict) else ""
    )
    found = _looked_up(child, source)
    target = str(item.get("parent", "")) if isinstance(item, dict) else ""
    for key in reversed([key for key in target.split(".") if key not in ("", ".")]):
        found = Map({key: found})
    return merged(values, found) if isinstance(found, Map) else values
