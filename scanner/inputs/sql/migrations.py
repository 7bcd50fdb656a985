"""How folders of SQL are used: which files undo, in which order the others run, which part of a file runs forward."""

from __future__ import annotations

import posixpath
import re
from typing import TypeAlias

Order: TypeAlias = tuple[tuple[int, int, str], ...]

# Each migration in a folder of its own: Prisma's migration.sql, Diesel's up.sql.
_OWN_FOLDER = frozenset({"migration.sql", "up.sql"})
_UNDO_FOLDERS = frozenset({"down", "undo", "rollback", "rollbacks", "revert"})
_UNDO = re.compile(
    r"(?:.*[._-])?(?:down|undo|rollback|revert|teardown|uninstall)|(?:rollback|undo|revert|uninstall)[._-].*|u\d[\d._]*__.*"
)
_DROP_SCRIPT = re.compile(r"(?:.*[._-])?drop(?:[._-]?(?:all|tables?|objects?|schema|database|db))?")
_FLYWAY = re.compile(r"([vb])(\d+(?:[._]\d+)*)__")
_ORDERED = re.compile(r"[vb]?\d")
_DIGITS = re.compile(r"\d+")

_MARK = re.compile(
    r"--[ \t-]{0,20}(?:(?P<up>\+(?:goose|migrate)[ \t]+up\b|migrate:up\b|!ups\b|up[ \t]+migration\b)"
    r"|(?P<down>\+(?:goose|migrate)[ \t]+down\b|migrate:down\b|!downs\b|down[ \t]+migration\b)"
    r"|(?P<undo>//[ \t]*@undo\b))",
    re.IGNORECASE,
)


def unit_root(path: str) -> str:
    """The folder a file's unit is called after; "." for the scan root."""
    folder, name = posixpath.split(path)
    if name.lower() in _OWN_FOLDER:
        folder = posixpath.dirname(folder)
    return folder or "."


def undoes(path: str) -> bool:
    """Whether a file takes back what another does: it says nothing about the schema one ends up with."""
    folder, name = posixpath.split(path.lower())
    stem = posixpath.splitext(name)[0]
    if _FLYWAY.match(name):  # V5__drop_tables.sql is a step forward
        return False
    undo = _UNDO.fullmatch(stem) or (not is_ordered(path) and _DROP_SCRIPT.fullmatch(stem))
    return bool(undo) or posixpath.basename(folder) in _UNDO_FOLDERS


def is_ordered(path: str) -> bool:
    """Whether its name gives the file a place in a sequence: 0003_x.sql, V1.2__x.sql, 20240131_x/migration.sql."""
    name = posixpath.basename(path).lower()
    return name in _OWN_FOLDER or _ORDERED.match(name) is not None


def order(path: str) -> Order:
    """Sort key: as a person would sort (2 before 10), Flyway's versions by number, its repeatable R__ scripts last."""
    folder, name = posixpath.split(path.lower())
    name = f"{posixpath.basename(folder)}/{name}" if name in _OWN_FOLDER else posixpath.splitext(name)[0]
    repeatable = int(name.startswith("r__"))
    versioned = _FLYWAY.match(name)
    if not versioned:
        return ((repeatable, 0, ""), *_natural(name), (-1, 0, path))
    version = tuple((0, int(number[:18]), "") for number in re.split(r"[._]", versioned.group(2)))
    # 1 before 1.1: the end of a version (-1) sorts before one more number (0)
    return ((repeatable, 0, ""), (1, 0, "v"), *version, (-1, 0, ""), *_natural(name[versioned.end() :]), (-1, 0, path))


def _natural(name: str) -> Order:
    parts: list[tuple[int, int, str]] = []
    end = 0
    for digits in _DIGITS.finditer(name):
        parts += [(1, 0, name[end : digits.start()])] if digits.start() > end else []
        parts.append((0, int(digits.group()[:18]), ""))
        end = digits.end()
    return (*parts, (1, 0, name[end:])) if end < len(name) else tuple(parts)


def forward_regions(text: str) -> list[tuple[int, int]]:
    """The stretches of a migration that run forward: without what follows -- +goose Down, -- migrate:down and the like.

    A mark for the way back counts only where the file has one for the way forward, as these tools demand.
    """
    marks = list(_MARK.finditer(text))
    two_way = any(mark.lastgroup == "up" for mark in marks)
    regions: list[tuple[int, int]] = []
    start: int | None = 0
    for mark in marks:
        if mark.lastgroup == "up" and start is None:
            start = mark.start()
        elif start is not None and (mark.lastgroup == "undo" or (mark.lastgroup == "down" and two_way)):
            regions.append((start, mark.start()))
            start = None
    return regions if start is None else [*regions, (start, len(text))]
