"""ALTER TABLE, RENAME TABLE and sp_rename."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from scanner.inputs.sql.columns import Said, attributes, column, column_type, definition, expression
from scanner.inputs.sql.cursor import Cursor, qualified
from scanner.inputs.sql.lexer import Token, words
from scanner.inputs.sql.names import Name
from scanner.inputs.sql.operations import (
    AddColumn,
    AlterTable,
    Change,
    DropColumn,
    EditColumn,
    EditTable,
    MoveTable,
    RenameTable,
)
from scanner.inputs.sql.tables import is_constraint, table_option

_COLUMN = frozenset({"COLUMN", "COLUMNS", "ATTRIBUTE"})
_NOT_A_COLUMN = words("CONSTRAINT INDEX KEY PRIMARY FOREIGN CHECK UNIQUE PARTITION SUBPARTITION PERIOD SYSTEM LOB")
_PART = re.compile(r'\[([^\]]*)\]|"([^"]*)"|([^.\[\]"]+)')


def alter_table(cursor: Cursor) -> AlterTable | None:
    """Behind ALTER TABLE."""
    cursor.if_exists()
    cursor.accept("ONLY")
    name = cursor.name()
    if name is None:
        cursor.trouble("an ALTER TABLE without a name")
        return None
    cursor.accept("*")
    changes: list[Change] = []
    while not cursor.done:
        if cursor.accept("WITH"):  # T-SQL: WITH CHECK ADD CONSTRAINT
            cursor.at += 1
        if verb := cursor.accept_any(_VERBS.keys()):
            changes += _VERBS[verb](cursor)
        cursor.skip_element()
        cursor.at += 1
    return AlterTable(name, tuple(changes))


def _goes_on(cursor: Cursor) -> bool:
    """Passes the comma in T-SQL's ADD a int, b int and DROP COLUMN a, b; elsewhere the verb would be said again."""
    listed = cursor.dialect.name in {"", "mssql"} and cursor.word() == ","
    if not listed or cursor.word(1) in _VERBS or cursor.word(2) == "=":
        return False
    return cursor.accept(",")


def _add(cursor: Cursor) -> Iterator[Change]:
    cursor.accept_any(_COLUMN)
    cursor.if_exists()
    grouped = cursor.accept("(")
    while not cursor.done:
        if is_constraint(cursor) or cursor.word() in {"PARTITION", "DEFAULT"}:
            yield from _default_for(cursor)
        elif added := column(cursor):
            yield AddColumn(added)
        cursor.skip_element()
        if not (cursor.accept(",") if grouped else _goes_on(cursor)):
            break
        cursor.accept_any(_COLUMN)
    if grouped:
        cursor.accept(")")


def _default_for(cursor: Cursor) -> Iterator[Change]:
    """T-SQL: [CONSTRAINT df] DEFAULT (0) FOR [column]."""
    if cursor.accept("CONSTRAINT"):
        cursor.identifier()
    if cursor.accept("DEFAULT"):
        first = cursor.at
        while not cursor.done and cursor.word() not in {",", "FOR"}:
            cursor.step()
        value = cursor.source(first, cursor.at)
        if cursor.accept("FOR") and (name := cursor.identifier()):
            yield EditColumn(name, {"default": value})


def _drop(cursor: Cursor) -> Iterator[Change]:
    explicit = cursor.accept_any(_COLUMN) != ""
    while not cursor.done:
        cursor.if_exists()
        if explicit or cursor.word() == "(":
            yield from map(DropColumn, cursor.names())
        elif cursor.dialect.name != "mssql" and cursor.word() not in _NOT_A_COLUMN:
            name = cursor.identifier()
            if name and cursor.word() in {"", ",", "CASCADE", "RESTRICT"}:
                yield DropColumn(name)
        cursor.skip_element()
        if not _goes_on(cursor):
            return
        explicit = cursor.accept_any(_COLUMN) != "" or explicit


def _rename(cursor: Cursor) -> Iterator[Change]:
    if cursor.accept("TO") or cursor.accept("AS"):
        if to := cursor.name():
            yield RenameTable(to)
        return
    explicit = cursor.accept_any(_COLUMN)
    cursor.if_exists()
    if not explicit and cursor.word() in _NOT_A_COLUMN and cursor.word(1) != "TO":
        return
    old = cursor.name()
    if cursor.accept("TO"):
        new = cursor.identifier()
        if old and new:
            yield EditColumn(old, {}, renamed=new)
    elif old and not explicit and cursor.word() in {"", ","}:
        yield RenameTable(old)  # MySQL: RENAME new


def _change(cursor: Cursor) -> Iterator[Change]:
    cursor.accept("COLUMN")
    cursor.if_exists()
    old = cursor.identifier()
    if old and (found := definition(cursor)):
        yield EditColumn(old, found[1], renamed=found[0], redefines=True)


def _modify(cursor: Cursor) -> Iterator[Change]:
    cursor.accept("COLUMN")
    cursor.if_exists()
    grouped = cursor.accept("(")
    if cursor.word() in _NOT_A_COLUMN or cursor.looking_at("DEFAULT", "ATTRIBUTES"):
        return
    while found := definition(cursor):
        name, said = found
        redefines = "type" in said and cursor.dialect.name != "oracle"
        yield EditColumn(name, said, renamed=name if redefines else None, redefines=redefines)
        if not grouped or not cursor.accept(","):
            break
    if grouped:
        cursor.accept(")")


def _alter(cursor: Cursor) -> Iterator[Change]:
    if not cursor.accept_any(_COLUMN) and cursor.word() in _NOT_A_COLUMN and cursor.token(1).kind:
        return
    cursor.if_exists()
    name = cursor.identifier()
    if name is None:
        return
    if cursor.accept("RENAME", "TO"):
        if new := cursor.identifier():
            yield EditColumn(name, {}, renamed=new)
    elif said := _altered(cursor):
        yield EditColumn(name, said)


def _altered(cursor: Cursor) -> Said:
    """What ALTER COLUMN x … says about it."""
    if cursor.accept("SET", "DEFAULT"):
        return {"default": expression(cursor)}
    if cursor.accept("DROP"):
        dropped = {"DEFAULT": ("default", None), "NOT": ("nullable", True), "MASKED": ("masked", False)}
        dropped |= {"IDENTITY": ("identity", False), "EXPRESSION": ("generated", False)}
        field = dropped.get(cursor.word())
        return {field[0]: field[1]} if field else {}
    if cursor.accept("SET", "NOT", "NULL"):
        return {"nullable": False}
    if cursor.word() in {"ADD", "SET"} and not cursor.looking_at("SET", "DATA", "TYPE"):
        cursor.at += 1
        return attributes(cursor) if cursor.word() in {"GENERATED", "MASKED"} else {}
    _ = cursor.accept("SET", "DATA", "TYPE") or cursor.accept("TYPE")
    kind = column_type(cursor)
    if kind is None:
        return {}
    said = {"nullable": True} if cursor.dialect.name == "mssql" else {}
    return said | attributes(cursor) | {"type": kind}


def _set(cursor: Cursor) -> Iterator[Change]:
    if cursor.accept("SCHEMA"):
        if schema := cursor.identifier():
            yield MoveTable(schema)
    elif cursor.accept("UNUSED"):  # Oracle: the data stays until DROP UNUSED COLUMNS, but the schema no longer has it
        cursor.accept("COLUMN")
        yield from map(DropColumn, cursor.names())


def _enable(cursor: Cursor) -> Iterator[Change]:
    if cursor.looking_at("ROW", "LEVEL", "SECURITY"):
        yield EditTable(row_security=True)


def _disable(cursor: Cursor) -> Iterator[Change]:
    if cursor.looking_at("ROW", "LEVEL", "SECURITY"):
        yield EditTable(row_security=False)


def _option(cursor: Cursor) -> Iterator[Change]:
    cursor.at -= 1
    if found := table_option(cursor):
        yield found


_VERBS: dict[str, Callable[[Cursor], Iterator[Change]]] = {
    "ADD": _add,
    "DROP": _drop,
    "RENAME": _rename,
    "CHANGE": _change,
    "MODIFY": _modify,
    "ALTER": _alter,
    "SET": _set,
    "ENABLE": _enable,
    "DISABLE": _disable,
    "COMMENT": _option,
    "ENCRYPTION": _option,
    "ENCRYPTED": _option,
}


def rename_tables(cursor: Cursor) -> Iterator[AlterTable]:
    """Behind RENAME [TABLE] (MySQL, Oracle): a TO b, c TO d."""
    while old := cursor.name():
        new = cursor.name() if cursor.accept("TO") else None
        if new:
            yield AlterTable(old, (RenameTable(new),), creates=False)
        if not cursor.accept(","):
            return


def sp_rename(cursor: Cursor) -> AlterTable | None:
    """Behind sp_rename (T-SQL): 'table' or 'table.column', the new name, and what it is."""
    given = arguments(cursor)
    old, new, kind = given.get("@OBJNAME"), given.get("@NEWNAME"), given.get("@OBJTYPE")
    if old is None or new is None:
        return None
    what = cursor.value(kind).upper() if kind else "OBJECT"
    spot = cursor.inside(old)
    texts = [next(filter(None, found.groups()), "") for found in _PART.finditer(cursor.value(old))]
    parts = [Name(text, spot, quoted=True) for text in texts]
    to = Name(cursor.value(new), cursor.inside(new), quoted=True)
    if what == "COLUMN" and len(parts) > 1 and (table := qualified(parts[:-1])):
        return AlterTable(table, (EditColumn(parts[-1], {}, renamed=to),))
    table = qualified(parts)
    return AlterTable(table, (RenameTable(to),), creates=False) if table and what == "OBJECT" else None


_POSITIONS = ("@OBJNAME", "@NEWNAME", "@OBJTYPE")


def arguments(cursor: Cursor) -> dict[str, Token]:
    """A T-SQL procedure's arguments by upper-cased parameter; those without a name under sp_rename's parameters."""
    given: dict[str, Token] = {}
    for position in range(len(_POSITIONS)):
        parameter = _POSITIONS[position]
        if cursor.word().startswith("@") and cursor.word(1) == "=":
            parameter = cursor.word()
            cursor.at += 2
        given[parameter] = cursor.token()
        cursor.skip_element()
        if not cursor.accept(","):
            break
    return {parameter: token for parameter, token in given.items() if token.kind}
