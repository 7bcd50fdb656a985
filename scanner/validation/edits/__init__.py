"""Edits after which a text means what it meant: `KINDS` says which there are for each language.

text, names, directives       what every edit is made of: offsets and lines, free names, comments for tools
python_*                      Python, by its own parser; the edited program is compared with the original
code_*                        other languages with brackets, by the tokens Pygments finds
yaml_*, json_layout, hcl, sql what has a parser here: it reads the same before and after
lines                         settings whose lines stand for themselves
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from scanner.validation.edits import (
    code_extract,
    code_layout,
    code_names,
    hcl,
    json_layout,
    lines,
    python_extract,
    python_layout,
    python_names,
    sql,
    yaml_layout,
    yaml_order,
)
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Edited

WORDING, SHAPE, ORDER = "wording", "shape", "order"
ROUNDS = (WORDING, SHAPE, ORDER)
"""Edits of one round are made in one copy, one after another."""
WHOLE, PART = "whole", "part"


class Kind(NamedTuple):
    """One kind of edit. `edit`: the text after it, in several files if it is split, None where it has no place.

    `moves`: lines change places, so that only how often a rule reports can be compared. `where`: WHOLE for what is
    only right in a file that no other one refers to, PART for what takes its place in all others.
    """

    name: str
    round: str
    edit: Callable[[str, Names], Edited | list[Edited] | None]
    moves: bool = False
    where: str = ""


_PYTHON = (
    Kind("rename", WORDING, python_names.rename, where=WHOLE),
    Kind("rename locals", WORDING, python_names.rename_locals, where=PART),
    Kind("indent", WORDING, python_layout.indent),
    Kind("quotes", WORDING, python_layout.quotes),
    Kind("space", WORDING, python_layout.space),
    Kind("wrap", WORDING, python_layout.wrap),
    Kind("comment", WORDING, python_layout.comment),
    Kind("join", SHAPE, python_layout.join),
    Kind("extract variable", SHAPE, python_extract.variable),
    Kind("extract function", SHAPE, python_extract.function),
)


def _code(name: str) -> tuple[Kind, ...]:
    def alone(edit: Callable[[str, str], Edited | None]) -> Callable[[str, Names], Edited | None]:
        return lambda text, _: edit(name, text)

    return (
        Kind("rename", WORDING, lambda text, names: code_names.rename(name, text, names)),
        Kind("indent", WORDING, alone(code_layout.indent)),
        Kind("quotes", WORDING, alone(code_layout.quotes)),
        Kind("space", WORDING, alone(code_layout.space)),
        Kind("wrap", WORDING, alone(code_layout.wrap)),
        Kind("comment", WORDING, alone(code_layout.comment)),
        Kind("extract variable", SHAPE, lambda text, names: code_extract.variable(name, text, names)),
    )


_CODE = ("csharp", "go", "java", "javascript", "kotlin", "php", "ruby", "tsx", "typescript")

_YAML = (
    Kind("indent", WORDING, yaml_layout.indent),
    Kind("quotes", WORDING, yaml_layout.quotes),
    Kind("comment", WORDING, yaml_layout.comment),
    Kind("flow", SHAPE, yaml_layout.flow),
    Kind("order of keys", ORDER, yaml_order.order, moves=True),
    Kind("split", ORDER, yaml_order.split, moves=True, where=WHOLE),
)
_TERRAFORM = (
    Kind("indent", WORDING, hcl.indent),
    Kind("comment", WORDING, hcl.comment),
    Kind("extract local", SHAPE, hcl.local),
    Kind("order of attributes", ORDER, hcl.order),
    Kind("split", ORDER, hcl.split),
)
_SQL = (
    Kind("case", WORDING, sql.case),
    Kind("wrap", WORDING, sql.wrap),
    Kind("comment", WORDING, sql.comment),
)
_LINES = (Kind("indent", WORDING, lines.indent), Kind("comment", WORDING, lines.comment))
_ASSIGNMENTS = (Kind("space", WORDING, lines.assign), Kind("comment", WORDING, lines.comment))

KINDS: Mapping[str, tuple[Kind, ...]] = {
    "python": _PYTHON,
    **{name: _code(name) for name in _CODE},
    "yaml": _YAML,
    "json": (Kind("wrap", WORDING, json_layout.wrap), Kind("join", SHAPE, json_layout.join)),
    "terraform": _TERRAFORM,
    "sql": _SQL,
    "prisma": (Kind("indent", WORDING, lines.indent), Kind("comment", WORDING, lines.comment_slashes)),
    "server": _LINES,
    "settings": _ASSIGNMENTS,
    "environment": (Kind("comment", WORDING, lines.comment),),
    "dockerfile": (Kind("case", WORDING, lines.instruction), Kind("comment", WORDING, lines.comment)),
}

_SUFFIXES = {
    ".acl": "settings",
    ".cfg": "server",
    ".cnf": "settings",
    ".conf": "server",
    ".cs": "csharp",
    ".Dockerfile": "dockerfile",
    ".env": "environment",
    ".go": "go",
    ".java": "java",
    ".js": "javascript",
    ".json": "json",
    ".kt": "kotlin",
    ".php": "php",
    ".prisma": "prisma",
    ".properties": "settings",
    ".py": "python",
    ".rb": "ruby",
    ".sql": "sql",
    ".tf": "terraform",
    ".ts": "typescript",
    ".tsx": "tsx",
    ".yaml": "yaml",
    ".yml": "yaml",
}


def language(path: str) -> str:
    """The language of a file by its name, "" for one that no edit knows."""
    name = PurePosixPath(path)
    return "dockerfile" if name.name == "Dockerfile" else _SUFFIXES.get(name.suffix, "")
