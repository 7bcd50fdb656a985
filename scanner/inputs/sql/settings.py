"""ALTER SYSTEM SET, SET GLOBAL, ALTER DATABASE … SET, ALTER ROLE … SET and sp_configure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.inputs.sql.alter import arguments
from scanner.inputs.sql.cursor import Cursor
from scanner.inputs.sql.lexer import words
from scanner.inputs.sql.names import Name, Spot
from scanner.inputs.sql.operations import Setting

_GLOBAL = words("GLOBAL PERSIST PERSIST_ONLY @@GLOBAL @@PERSIST @@PERSIST_ONLY")
_ENDS = words("SCOPE SID COMMENT WITH ;")
_SECRET_NAME = re.compile(r"(?:password|passwd|passphrase|secret|token|api_?key)$", re.IGNORECASE)
_SECRET = re.compile(r"((?:password|passwd|pwd|secret)\s*=\s*)('[^']*'|[^\s;,']+)", re.IGNORECASE)
_HIDDEN = "***"


def alter_system(cursor: Cursor) -> Iterator[Setting]:
    """Behind ALTER SYSTEM."""
    yield from _changes(cursor, "system", "")


def alter_database(cursor: Cursor) -> Iterator[Setting]:
    """Behind ALTER DATABASE."""
    name = cursor.name()
    if name:
        yield from _changes(cursor, "database", name.address)


def alter_role(cursor: Cursor, role: str) -> Iterator[Setting]:
    """Behind ALTER ROLE x [IN DATABASE d], if it changes a setting."""
    if cursor.accept("IN", "DATABASE"):
        cursor.name()
    yield from _changes(cursor, "role", role)


def set_global(cursor: Cursor) -> Iterator[Setting]:
    """Behind SET: GLOBAL a = 1, PERSIST b = 2, @@GLOBAL.c = 3."""
    while not cursor.done:
        scoped = cursor.accept_any(_GLOBAL)
        cursor.accept(".")
        setting = _assignment(cursor, "global", "", ends=frozenset({","}))
        if scoped and setting:
            yield setting
        cursor.skip_element()
        cursor.at += 1


def sp_configure(cursor: Cursor) -> Setting | None:
    """Behind sp_configure (T-SQL): 'xp_cmdshell', 1."""
    given = arguments(cursor)
    option, value = given.get("@CONFIGNAME", given.get("@OBJNAME")), given.get("@CONFIGVALUE", given.get("@NEWNAME"))
    if option is None or value is None:
        return None
    name = Name(cursor.value(option).lower(), cursor.inside(option))
    return Setting(name, cursor.value(value), Spot(cursor.path, value.start, value.end), "server", "")


def _changes(cursor: Cursor, scope: str, target: str) -> Iterator[Setting]:
    if cursor.accept("RESET"):
        name = _setting_name(cursor)
        if name:
            yield Setting(name, None, name.spot, scope, target)
    elif cursor.accept("SET") and (setting := _assignment(cursor, scope, target, _ENDS)):
        yield setting


def _setting_name(cursor: Cursor) -> Name | None:
    """a or a.b, lower case."""
    parts = cursor.parts(strings=True)
    if not parts:
        return None
    spot = Spot(cursor.path, parts[0].spot.start, parts[-1].spot.end)
    return Name(".".join(part.text.lower() for part in parts), spot)


def _assignment(cursor: Cursor, scope: str, target: str, ends: frozenset[str]) -> Setting | None:
    """name = value, name TO value, or T-SQL's name value."""
    name = _setting_name(cursor)
    signed = cursor.accept("=") or cursor.accept(":", "=") or cursor.accept("TO")
    if name is None or cursor.done or not (signed or cursor.dialect.name in {"", "mssql"}):
        return None
    first = cursor.at
    while not cursor.done and (cursor.at == first or cursor.word() not in ends):
        cursor.step()
    only = cursor.at == first + 1
    value = cursor.value(cursor.tokens[first]) if only else cursor.source(first, cursor.at)
    value = _HIDDEN if _SECRET_NAME.search(name.text) else _SECRET.sub(rf"\g<1>{_HIDDEN}", value)
    return Setting(name, value, cursor.stretch(first, cursor.at), scope, target)
