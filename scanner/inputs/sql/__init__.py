"""SQL: which tables and columns, grants, users and settings a folder of SQL files ends up with.

A unit is one folder: its migrations belong together and are carried out in order (`migrations`), so that a column a
later file drops or renames is gone or renamed. History is not state: dropping a column deletes no backup, but the
schema no longer asks for it. Scripts that undo are left out. Files whose names give no order are taken as they sort; if
two of them create the same table, as schema-mysql.sql and schema-oracle.sql do, its columns are those of both.

Subjects (see `subjects` for their configs): table, type, view, grant, user, setting, extension, function, trigger.
Dynamic SQL is not followed. The way from text to subjects: `lexer` (tokens), `statements` (what ends where), `ddl` (one
statement to operations), `schema` (operations carried out), `subjects`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.inputs.sql.migrations import order, undoes, unit_root
from scanner.model import Json, Unit
from scanner.text import Source

_ENDINGS = (".sql", ".ddl", ".psql")
_WORDS = ("CREATE", "ALTER", "DROP", "GRANT", "REVOKE", "RENAME", "COMMENT", "GLOBAL", "PERSIST", "PASSWORD", "SP_")
_CONCERNS_US = re.compile(
    r"\b(?:(?:CREATE|ALTER|DROP|GRANT|REVOKE|RENAME|COMMENT\s+ON|SET\s+(?:GLOBAL|PERSIST|PASSWORD))\b|SET\s+@@|SP_[A-Z])"
)


def claims(path: str) -> bool:
    """By the ending alone: .sql, .ddl, .psql."""
    return path.lower().endswith(_ENDINGS)


def facts(source: Source) -> Json | None:
    """{} for a file that may change a schema, None for queries and data."""
    text = source.text.upper()
    told = any(word in text for word in _WORDS)  # ten times as fast as the expression: most dumps end here
    return {} if told and _CONCERNS_US.search(text) else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """One unit a folder, files in the order they run; without those that undo."""
    units: dict[str, list[str]] = {}
    for path in sorted(facts):
        if not undoes(path):
            units.setdefault(unit_root(path), []).append(path)
    return {root: tuple(sorted(paths, key=order)) for root, paths in units.items()}


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The schema these files end up with. What is not understood is a problem that is not fatal."""
    from scanner.inputs.sql.scripts import build_unit  # parsing is imported only where there is SQL

    return build_unit(root, sources)
