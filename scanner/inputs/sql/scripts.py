"""Files to a unit: each is read, its operations are carried out, and what is left becomes subjects."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.inputs.sql.cursor import Cursor
from scanner.inputs.sql.ddl import operations
from scanner.inputs.sql.dialects import Dialect, dialect, guess
from scanner.inputs.sql.migrations import forward_regions, is_ordered, order
from scanner.inputs.sql.operations import Operation
from scanner.inputs.sql.schema import Schema
from scanner.inputs.sql.statements import Reader
from scanner.inputs.sql.subjects import Lines, subjects
from scanner.model import Problem, Unit
from scanner.text import Source, printable

_MAX_PROBLEMS = 20  # of one file

Script = tuple[list[Operation], list[tuple[str, int]]]
"""What a file does, and what of it was not understood, as (what, offset)."""


def build_unit(root: str, sources: Mapping[str, Source]) -> Unit:
    """See `scanner.inputs.sql.build`."""
    paths = sorted(sources, key=order)
    texts = {path: _text(sources[path]) for path in paths}
    guesses = {path: guess(text) for path, text in texts.items()}
    told = {name for name in guesses.values() if name}
    usual = told.pop() if len(told) == 1 else ""
    schema = Schema()
    problems: list[Problem] = []
    for path in paths:
        done, troubles = read_script(path, texts[path], dialect(guesses[path] or usual, texts[path]))
        schema.script(path, is_ordered(path))
        for operation in done:
            schema.apply(operation)
        problems += _problems(path, texts[path], troubles)
    unit = f"sql:{root}"
    return Unit(unit, "sql", tuple(paths), subjects(unit, schema, texts), tuple(problems))


def _text(source: Source) -> str:
    """The text with the columns `Source.line` has: what is no UTF-8 is replaced, and names stay printable."""
    return printable(source.text)


def read_script(path: str, text: str, assumed: Dialect) -> Script:
    """The operations of one file. A string that nothing closes may mean that its backslashes were taken wrongly."""
    script, unclosed = _read(path, text, assumed)
    if unclosed:
        other, still_unclosed = _read(path, text, assumed.other_strings())
        if still_unclosed < unclosed:
            return other
    return script


def _read(path: str, text: str, assumed: Dialect) -> tuple[Script, int]:
    """Also how many strings nothing closes."""
    reader = Reader(text, assumed, forward_regions(text))
    done: list[Operation] = []
    troubles: list[tuple[str, int]] = []
    for tokens in reader:
        cursor = Cursor(path, text, tokens, reader.dialect)
        done += operations(cursor)
        troubles += cursor.troubles
    return (done, troubles + reader.troubles), reader.unclosed_strings


def _problems(path: str, text: str, troubles: list[tuple[str, int]]) -> list[Problem]:
    if not troubles:
        return []
    lines = Lines(path, text)
    found = sorted({(lines.line(offset), what) for what, offset in troubles})[:_MAX_PROBLEMS]
    return [
        Problem(path, f"not all of this file was understood: {what} near line {line}", False, line)
        for line, what in found
    ]
