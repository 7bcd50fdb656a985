"""Files through an input, and what must hold whatever they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import islice

from scanner.inputs import load
from scanner.model import Place, Problem, Unit
from scanner.text import Source, is_utf16

_PLACES = 3_000


class BrokenError(Exception):
    """An input broke a promise. The message says which."""


def check(name: str, files: Mapping[str, bytes]) -> None:
    """Raises BrokenError, or whatever the input raises: it should raise nothing."""
    module = load(name)
    sources = {path: Source(path, data) for path, data in files.items() if module.claims(path)}
    facts = {path: fact for path, source in sources.items() if (fact := module.facts(source)) is not None}
    if json.loads(json.dumps(facts)) != facts:
        raise BrokenError("facts: the cache would give back something else")
    for root, paths in module.group(facts).items():
        if not paths or not set(paths) <= facts.keys():
            raise BrokenError("group: a unit of no file, or of one that is not the input's")
        unit = module.build(root, {path: Source(path, sources[path].data) for path in paths})
        _check_unit(unit, f"{name}:{root}", {path: sources[path] for path in paths})


def _check_unit(unit: Unit, expected: str, sources: Mapping[str, Source]) -> None:
    if unit.id != expected:
        raise BrokenError(f"unit: its id is {unit.id!r}, not {expected!r}")
    if not set(unit.files) <= sources.keys():
        raise BrokenError("unit: names a file that is none of its own")
    for problem in unit.problems:
        _check_problem(problem, sources)
    if len({subject.id for subject in unit.subjects}) != len(unit.subjects):
        raise BrokenError("subjects: two have one id")
    left = _PLACES
    for subject in unit.subjects:
        json.dumps(subject.config)
        taken = list(islice(subject.places.values(), max(left, 0)))
        left -= len(taken)
        _check_places([subject.header, *taken], sources)
        for steps in islice(subject.definitions.values(), max(left, 0)):
            left -= 1
            _check_places([step.place for step in steps], sources)


def _check_problem(problem: Problem, sources: Mapping[str, Source]) -> None:
    if problem.path not in sources:
        raise BrokenError(f"problem: its path is {problem.path!r}, which is no file of the unit")
    if not problem.message:
        raise BrokenError("problem: it says nothing")
    source = sources[problem.path]
    if not 0 <= problem.line <= source.line_count + 1 and not is_utf16(source.data):
        raise BrokenError(f"problem: line {problem.line} of a file of {source.line_count}: {problem.message}")


def _check_places(places: Iterable[Place], sources: Mapping[str, Source]) -> None:
    for path, span in places:
        if path not in sources:
            raise BrokenError(f"place: {path!r} is no file of the unit")
        source = sources[path]
        if is_utf16(source.data):
            continue
        if not (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column):
            raise BrokenError(f"place: {span} ends before it starts")
        if span.end_line > source.line_count + 1:
            raise BrokenError(f"place: {span} in a file of {source.line_count} lines")
        for line, column in ((span.line, span.column), (span.end_line, span.end_column)):
            if column > len(source.line(line)) + 2:  # a line's end, with a carriage return before it
                raise BrokenError(f"place: {span} is beyond the end of line {line}")
