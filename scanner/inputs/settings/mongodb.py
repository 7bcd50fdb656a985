"""MongoDB: mongod.conf and mongos.conf, in their YAML form.

One subject per file, type `server`, config = the document, nested as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.errors import ParseError
from scanner.inputs.settings import values
from scanner.inputs.settings.entries import by_folder, file_name, unit_of
from scanner.model import Json, Problem, Subject, Unit
from scanner.text import Source

_SECTION = re.compile(
    r"(?m)^(?:systemLog|net|security|processManagement|replication|sharding|storage|operationProfiling|auditLog"
    r"|setParameter)[ \t]*:"
)


def claims(path: str) -> bool:
    """mongod.conf, mongos.conf, mongo*.conf, .yml and .yaml."""
    name = file_name(path)
    return "mongo" in name and name.endswith((".conf", ".yml", ".yaml", ".cfg"))


def facts(source: Source) -> Json | None:
    """{} where two of MongoDB's sections stand at the left (the old form is `name = value`)."""
    return {} if len({match[0] for match in _SECTION.finditer(source.text)}) >= 2 else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """The files of one folder."""
    return by_folder(facts)


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """A subject per file."""
    from scanner.yaml_tree import parse

    subjects: list[Subject] = []
    problems: list[Problem] = []
    for path, source in sorted(sources.items()):
        try:
            documents = parse(source)
        except ParseError as error:
            template = "{{" in source.text or "{%" in source.text
            message = "template: not rendered, not analysed" if template else error.message
            problems.append(Problem(path, message, fatal=not template, line=error.line))
            continue
        for document in documents[:1]:
            if isinstance(document.data, dict):
                places = document.places
                config = _resolved(document.data)
                subjects.append(
                    Subject(f"mongodb:{root}:{path}", "server", file_name(path), path, places[()], config, places)
                )
    return unit_of("mongodb", root, sources, subjects, problems)


def _resolved(data: Json) -> Json:
    """The same with variables in its texts put in; nesting is bounded by the parser."""
    if isinstance(data, str):
        return values.resolved(data)
    if isinstance(data, dict):
        return {key: _resolved(value) for key, value in data.items()}
    return [_resolved(value) for value in data] if isinstance(data, list) else data
