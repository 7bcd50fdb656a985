"""CloudFormation and SAM templates: YAML and JSON files whose `Resources` have types like `AWS::S3::Bucket`.

A unit is one template. Every resource is a subject: its type is its `Type`, its name and address are its logical id,
its config the properties as far as they can be worked out, with DeletionPolicy, UpdateReplacePolicy and Condition under
"__attributes__". A resource under a condition that is false with the parameters' defaults is left out; under one that
cannot be known it stays.

Templates that another one nests are templates of their own where they are in the scan. One that is named by a path
where nothing is, is reported: not analysed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from scanner.errors import ParseError
from scanner.model import Json, Problem, Subject, Unit
from scanner.text import Source

if TYPE_CHECKING:
    from scanner.yaml_tree import Document

_SUFFIXES = (".yaml", ".yml", ".json", ".template")
_NEVER = frozenset({"package.json", "package-lock.json", "npm-shrinkwrap.json", "tsconfig.json", "pnpm-lock.yaml"})
_NESTED = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
_LINES_NAMED = 10


def claims(path: str) -> bool:
    """Any YAML or JSON file, and what is called a template."""
    name = path.rpartition("/")[2]
    return name.lower().endswith(_SUFFIXES) and name not in _NEVER


def facts(source: Source) -> Json | None:
    """{} for a template, {"nested": [paths]} for one that may nest others, as they are written there."""
    from scanner.inputs.cloudformation import recognise

    if not recognise.looks_like_template(source):
        return None
    nested = recognise.nested_stacks(source)
    return {"nested": nested} if nested else {}


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """Every template by itself, with those it nests: that they are there is all that is asked of them."""
    return {
        path: (
            path,
            *sorted({found for one in fact.get("nested", ()) if (found := _beside(path, one)) in facts} - {path}),
        )
        for path, fact in sorted(facts.items())
    }


def _beside(path: str, other: str) -> str:
    """A path that is written in the file at `path`, from the scan's root."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), other))


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The resources of the template at `root`, in their order."""
    from scanner.inputs.cloudformation import recognise, resources
    from scanner.yaml_tree import parse

    unit, files, source = f"cloudformation:{root}", tuple(sorted(sources)), sources.get(root)
    if source is None:
        return Unit(unit, "cloudformation", files, ())
    try:
        document = recognise.find(parse(source))
    except ParseError as error:
        if recognise.is_macro_language(source):
            problem = Problem(root, "template of a template: not rendered, not analysed", fatal=False, line=error.line)
        else:
            problem = Problem(root, error.message, line=error.line)
        return Unit(unit, "cloudformation", files, (), (problem,))
    if document is None:
        return Unit(unit, "cloudformation", files, ())
    subjects, problems = resources.subjects(unit, document, source)
    problems += _duplicates(document, source)
    problems += _missing(subjects, sources, root)
    return Unit(unit, "cloudformation", files, tuple(subjects), tuple(problems))


def _duplicates(document: Document, source: Source) -> list[Problem]:
    lines = sorted({span.line for span in document.duplicates})
    if not lines:
        return []
    named = ", ".join(map(str, lines[:_LINES_NAMED])) + (", …" if len(lines) > _LINES_NAMED else "")
    message = f"key given again in the same mapping (line {named}): the last value counts"
    return [Problem(source.path, message, fatal=False, line=lines[0])]


def _missing(subjects: list[Subject], sources: Mapping[str, Source], root: str) -> Iterator[Problem]:
    """Nested templates that are named by a path where nothing is."""
    for subject in subjects:
        key = _NESTED.get(subject.type, "")
        url = subject.config.get(key)
        if isinstance(url, str) and "://" not in url and _beside(root, url) not in sources:
            line = subject.places[key,].span.line
            yield Problem(root, f"nested template {url} is not in the scan: not analysed", fatal=False, line=line)
