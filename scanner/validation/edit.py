"""One edit of one file: some lines are taken out, others take their place.

`line` of an entry is a line as it stands there, or consecutive ones, spaces at their ends aside. What takes their place
is indented as the first of them is: further lines are written relative to that. What an edit brings along (an import)
stands at the head of the file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

_IMPORT = re.compile(
    r"(?:import|using|use|require|require_relative|from)\b(?! __future__)|(?:const|let|var)\b.*= require\("
)
_HEAD = re.compile(r"package |<\?php|declare\(|namespace ")


@dataclass(frozen=True, slots=True)
class Edit:
    """`file`: its path below the root; `at`: 1-based number of the first line taken out; `taken`: how many;
    `given`: the lines that take their place, with their indentation; `beside`: lines at the head of the file."""

    file: str
    at: int
    taken: int
    given: tuple[str, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """A text after an edit. `first` to `last`: the lines that changed, 1-based; of some taken out, their neighbours."""

    text: str
    first: int
    last: int


def find(text: str, line: str) -> tuple[int, int]:
    """(1-based number, count) of the lines that read so. ValueError: they stand nowhere, or more than once."""
    wanted = [part.strip() for part in line.strip("\n").split("\n")]
    lines = [part.strip() for part in text.split("\n")]
    found = [at for at in range(len(lines)) if lines[at : at + len(wanted)] == wanted]
    if len(found) != 1:
        raise ValueError("stands nowhere in it" if not found else f"stands there {len(found)} times")
    return found[0] + 1, len(wanted)


def edit(file: str, text: str, line: str, wrong: str, beside: str = "") -> Edit:
    """The edit that an entry means; an empty `wrong` takes the line out. ValueError: it cannot be made."""
    at, taken = find(text, line)
    lines = text.split("\n")[at - 1 : at - 1 + taken]
    given = indented(wrong, lines[0]) if wrong else ()
    if [part.strip() for part in given] == [part.strip() for part in lines]:
        raise ValueError("the edit changes nothing")
    return Edit(file, at, taken, given, tuple(beside.split("\n")) if beside else ())


def indented(wrong: str, line: str) -> tuple[str, ...]:
    """Lines that take the place of `line`, as far in as that is."""
    indentation = line[: len(line) - len(line.lstrip())]
    return tuple(indentation + part if part.strip() else "" for part in wrong.rstrip("\n").split("\n"))


def apply(text: str, edit: Edit) -> Edited:
    """The text with the edit in it."""
    lines = text.split("\n")
    lines[edit.at - 1 : edit.at - 1 + edit.taken] = edit.given
    first, last = _changed(taken(text, edit), edit, len(lines))
    if edit.beside:
        head = _head(edit.file, text)
        lines[head:head] = edit.beside
        first, last = first + len(edit.beside), last + len(edit.beside)
    return Edited("\n".join(lines), first, last)


def _changed(before: Sequence[str], edit: Edit, count: int) -> tuple[int, int]:
    """The first and last of the lines given that were not there before, else the neighbours of what was taken out."""
    common = 0
    while common < min(len(before), len(edit.given)) and before[common] == edit.given[common]:
        common += 1
    first, last = edit.at + common, edit.at + len(edit.given) - 1
    return (first, last) if first <= last else (max(1, first - 1), min(first, count))


def taken(text: str, edit: Edit) -> tuple[str, ...]:
    """The lines that an edit takes out."""
    return tuple(text.split("\n")[edit.at - 1 : edit.at - 1 + edit.taken])


def _head(file: str, text: str) -> int:
    """0-based number of the line before which an import may stand."""
    if file.endswith((".py", ".pyi")) and (head := _python_head(text)) is not None:
        return head
    lines = text.split("\n")
    imports = [number for number, line in enumerate(lines) if _IMPORT.match(line)]
    heads = [number + 1 for number, line in enumerate(lines) if _HEAD.match(line)]
    return imports[0] if imports else max(heads, default=0)


def _python_head(text: str) -> int | None:
    """Behind the docstring and what the module takes from the future; None where that is no Python of ours."""
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError):
        return None
    for statement in statements:
        docstring = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if not docstring and not future:
            decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
            return min([statement.lineno, *(each.lineno for each in decorators)]) - 1
    return len(text.split("\n"))
