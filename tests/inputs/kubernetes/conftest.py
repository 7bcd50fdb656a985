"""`tree`: all units of a tree of texts, the way the pipeline gets them. `rendered`: one chart's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from scanner.inputs.kubernetes import build, claims, facts, group
from scanner.model import Json, Keys, Subject, Unit
from scanner.text import Source

CHART = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"


def tree(files: Mapping[str, str | bytes]) -> dict[str, Unit]:
    """All units of a tree: root -> unit."""
    sources = {path: source(text, path) for path, text in files.items() if claims(path)}
    known = {path: fact for path, one in sources.items() if (fact := facts(one)) is not None}
    json.dumps(known)
    return {root: build(root, {path: sources[path] for path in paths}) for root, paths in group(known).items()}


def source(text: str | bytes, path: str) -> Source:
    return Source(path, text if isinstance(text, bytes) else text.encode())


@dataclass(frozen=True)
class Built:
    """A unit and the files it was made from."""

    unit: Unit
    files: Mapping[str, str]

    def subject(self, address: str) -> Subject:
        found = [one for one in self.unit.subjects if one.address == address]
        assert len(found) == 1, [one.address for one in self.unit.subjects]
        return found[0]

    @property
    def config(self) -> Json:
        """Of the only subject."""
        (subject,) = self.unit.subjects
        return subject.config

    def written(self, *keys: str | int, address: str = "") -> tuple[str, int, str]:
        """Where a value is written: file, line, and the text there."""
        subject = self.subject(address) if address else self.unit.subjects[0]
        place = subject.places[keys]
        return place.path, place.span.line, self.text(place.path).slice(place.span)

    def origins(self, *keys: str | int, address: str = "") -> list[tuple[str, int, str]]:
        """Where it comes from."""
        subject = self.subject(address) if address else self.unit.subjects[0]
        steps = subject.definitions.get(keys, ())
        return [
            (step.place.path, step.place.span.line, self.text(step.place.path).slice(step.place.span)) for step in steps
        ]

    def text(self, path: str) -> Source:
        return source(self.files[path], path)

    @property
    def notes(self) -> list[tuple[str, int, str, bool]]:
        return [(problem.path, problem.line, problem.message, problem.fatal) for problem in self.unit.problems]


def one_unit(files: Mapping[str, str], root: str) -> Built:
    """The unit with this root."""
    units = tree(files)
    assert root in units, list(units)
    return Built(units[root], files)


def chart(template: str, values: str = "", **more: str) -> Built:
    """A chart with one template; `more`: further files, `__` for a slash and `_dot_` for a dot."""
    files = {"Chart.yaml": CHART, "values.yaml": values, "templates/a.yaml": template}
    files |= {name.replace("__", "/").replace("_dot_", "."): text for name, text in more.items()}
    return one_unit(files, "Chart.yaml")


def printed(expression: str, values: str = "") -> Json:
    """What an expression prints, as the value of a key in a block scalar; unknown if it is."""
    body = f"apiVersion: v1\nkind: ConfigMap\ndata:\n  x: |-\n    >{{{{ {expression} }}}}<\n"
    value = chart(body, values).config["data"]["x"]
    return value[1:-1] if isinstance(value, str) else value


def at(value: Json, keys: Keys) -> Json:
    """What lies at a path."""
    for key in keys:
        value = value[key]
    return value
