"""One statement's tokens to what it does to the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scanner.inputs.sql.alter import alter_table, rename_tables, sp_rename
from scanner.inputs.sql.cursor import Cursor, qualified
from scanner.inputs.sql.grants import grant
from scanner.inputs.sql.lexer import words
from scanner.inputs.sql.names import Name
from scanner.inputs.sql.operations import (
    AlterTable,
    Define,
    Drop,
    DropUser,
    EditColumn,
    EditTable,
    Grant,
    Operation,
    UseSchema,
)
from scanner.inputs.sql.settings import alter_database, alter_role, alter_system, set_global, sp_configure
from scanner.inputs.sql.tables import create_table, create_type, create_view
from scanner.inputs.sql.users import account, edit_users, set_password, sp_addlogin

# What may stand between CREATE and the kind of object. Any other word there: it is nothing that concerns us.
_MODIFIERS = words(
    "OR REPLACE ALTER TEMP TEMPORARY GLOBAL LOCAL UNLOGGED FOREIGN EXTERNAL VIRTUAL MATERIALIZED RECURSIVE FORCE NO "
    "NOFORCE EDITIONABLE NONEDITIONABLE EDITIONING ALGORITHM UNDEFINED MERGE TEMPTABLE SQL SECURITY INVOKER AGGREGATE "
    "CONSTRAINT EVENT SERVER APPLICATION TRANSIENT VOLATILE MULTISET SET PRIVATE SHARDED DUPLICATED IMMUTABLE "
    "BLOCKCHAIN COLUMN ROW DYNAMIC ICEBERG HYBRID SECURE TRUSTED IGNORE ONLINE OFFLINE DEFINER ="
)
_MAX_SCHEMAS = 20  # of a search path
_ROUTINES = frozenset({"FUNCTION", "PROCEDURE", "PROC", "PACKAGE"})
_ACCOUNTS = frozenset({"USER", "ROLE", "LOGIN", "GROUP"})
_DROPPED = {"TABLE": "table", "VIEW": "view", "TYPE": "type", "TRIGGER": "trigger", "EXTENSION": "extension"}
_DROPPED |= {"SCHEMA": "schema", "DATABASE": "schema"} | dict.fromkeys(_ROUTINES, "function")


def operations(cursor: Cursor) -> Iterator[Operation]:
    """What this statement does, [] for what does not concern us. Parts not understood are noted in the cursor."""
    handler = _HEADS.get(cursor.word())
    if handler:
        cursor.at += 1
        yield from handler(cursor)


def _modifiers(cursor: Cursor) -> set[str]:
    """Passes the words between CREATE or ALTER and the kind of object."""
    flags: set[str] = set()
    while True:
        if cursor.accept("DEFINER", "="):
            account(cursor)
            if cursor.word() == "(":  # CURRENT_USER()
                cursor.skip_group()
        elif word := cursor.accept_any(_MODIFIERS):
            flags.add(word)
        else:
            return flags


def _create(cursor: Cursor) -> Iterator[Operation]:
    flags = _modifiers(cursor)
    kind = cursor.word()
    cursor.at += 1
    made: Operation | None = None
    if kind == "TABLE":
        made = create_table(cursor, flags)
    elif kind == "VIEW":
        made = create_view(cursor, flags)
    elif kind == "TYPE":
        made = create_type(cursor)
    elif kind in _ROUTINES:
        made = _define(cursor, "function", kind={"PROC": "procedure"}.get(kind, kind.lower()))
    elif kind == "TRIGGER":
        made = _trigger(cursor)
    elif kind == "EXTENSION":
        made = _extension(cursor)
    elif kind in _ACCOUNTS and cursor.word() != "MAPPING":
        yield from edit_users(cursor, kind.lower())
    if made:
        yield made


def _define(cursor: Cursor, type_: str, **config: str | None) -> Define | None:
    cursor.accept("BODY")
    cursor.if_exists()
    name = cursor.name()
    return Define(type_, name, config) if name else None


def _trigger(cursor: Cursor) -> Define | None:
    made = _define(cursor, "trigger")
    table = cursor.name() if cursor.find("ON") else None
    return Define("trigger", made.name, {"table": table.address if table else None}, table) if made else None


def _extension(cursor: Cursor) -> Define | None:
    made = _define(cursor, "extension", schema=None, version=None)
    cursor.accept("WITH")
    while made and (word := cursor.accept_any({"SCHEMA", "VERSION"})):
        made.config[word.lower()] = cursor.value(cursor.token())
        cursor.at += 1
    return made


def _alter(cursor: Cursor) -> Iterator[Operation]:
    flags = _modifiers(cursor)
    kind = cursor.word()
    cursor.at += 1
    if kind == "TABLE" or (kind == "TYPE" and any(token.word == "ATTRIBUTE" for token in cursor.tokens)):
        if altered := alter_table(cursor):
            yield altered
    elif kind == "VIEW":
        start = cursor.at
        if cursor.find("AS"):  # T-SQL and MySQL say the whole view again; PostgreSQL alters defaults and owners
            cursor.at = start
            if view := create_view(cursor, flags):
                yield view
    elif kind == "SYSTEM":
        yield from alter_system(cursor)
    elif kind == "DATABASE":
        yield from alter_database(cursor)
    elif kind == "SESSION" and cursor.accept("SET", "CURRENT_SCHEMA", "="):
        yield from _use(cursor)
    elif kind == "DEFAULT" and (cursor.find("GRANT") or cursor.find("REVOKE")):
        yield from grant(cursor, cursor.word(-1) == "REVOKE", default=True)
    elif kind in _ACCOUNTS and cursor.word() != "MAPPING":
        yield from _alter_account(cursor, kind)


def _alter_account(cursor: Cursor, kind: str) -> Iterator[Operation]:
    start = cursor.at
    cursor.if_exists()
    first = cursor.at
    user = account(cursor)
    if user and cursor.accept("ADD", "MEMBER"):  # T-SQL's way to grant a role
        spot = cursor.stretch(0, first + 1)
        members = (member,) if (member := account(cursor)) else ()
        yield Grant((user.label,), (), "role", None, members, False, spot, user.name.spot)
    elif user and cursor.word() in {"SET", "RESET", "IN"} and cursor.word(1) != "PASSWORD":
        yield from alter_role(cursor, user.label)
    elif user and cursor.word() != "RENAME":
        cursor.at = start
        yield from edit_users(cursor, kind.lower())


def _drop(cursor: Cursor) -> Iterator[Operation]:
    _modifiers(cursor)
    kind = cursor.word()
    cursor.at += 1
    cursor.accept("BODY")
    cursor.if_exists()
    if kind in _DROPPED:
        names = tuple(cursor.qualified_names())
        yield Drop(_DROPPED[kind], names, cursor.name() if cursor.accept("ON") else None)
    elif kind in _ACCOUNTS and cursor.word() != "MAPPING":
        users = []
        while user := account(cursor):
            users.append(user)
            if not cursor.accept(","):
                break
        yield DropUser(tuple(users))


def _comment(cursor: Cursor) -> Iterator[Operation]:
    """COMMENT ON TABLE t IS 'x', COMMENT ON COLUMN t.c IS 'x'."""
    if not cursor.accept("ON") or not (kind := cursor.accept_any({"TABLE", "COLUMN"})):
        return
    parts: list[Name] = cursor.parts()
    table = qualified(parts if kind == "TABLE" else parts[:-1])
    if table is None or not cursor.accept("IS"):
        return
    token = cursor.token()
    text = cursor.string()
    spot = cursor.inside(token) if text is not None else None
    if kind == "TABLE":
        yield AlterTable(table, (EditTable(comment=text or "", comment_spot=spot),), creates=False)
    else:
        yield AlterTable(table, (EditColumn(parts[-1], {"comment": text, "comment_spot": spot}),), creates=False)


def _rename(cursor: Cursor) -> Iterator[Operation]:
    cursor.accept("TABLE")
    yield from rename_tables(cursor)


def _execute(cursor: Cursor) -> Iterator[Operation]:
    """EXEC sp_…: the procedures that change a schema. Dynamic SQL is not followed."""
    if cursor.word().startswith("@") and cursor.word(1) == "=":
        cursor.at += 2
    name = cursor.name()
    procedure = _PROCEDURES.get(name.text.lower()) if name else None
    made = procedure(cursor) if procedure else None
    if made:
        yield made


def _procedure(cursor: Cursor) -> Iterator[Operation]:
    """The same without EXEC, as the first statement of a batch may leave it out."""
    cursor.at -= 1
    yield from _execute(cursor)


def _set(cursor: Cursor) -> Iterator[Operation]:
    if cursor.accept("PASSWORD"):
        if edited := set_password(cursor):
            yield edited
        return
    start = cursor.at
    cursor.accept_any({"LOCAL", "SESSION"})
    if cursor.accept("SEARCH_PATH") and cursor.accept_any({"=", "TO"}):
        yield from _use(cursor)
    else:
        cursor.at = start
        yield from set_global(cursor)


def _use(cursor: Cursor) -> Iterator[Operation]:
    names = []
    while name := cursor.identifier(strings=True):
        names.append(name.text if name.quoted else name.text.lower())
        if not cursor.accept(","):
            break
    named = [name for name in names if name and not name.startswith(("$", "pg_"))]
    yield UseSchema(tuple(named[:_MAX_SCHEMAS]))


def _use_database(cursor: Cursor) -> Iterator[Operation]:
    if cursor.dialect.name == "mysql":  # elsewhere a database is no schema
        yield from _use(cursor)


_PROCEDURES: dict[str, Callable[[Cursor], Operation | None]] = {
    "sp_rename": sp_rename,
    "sp_configure": sp_configure,
    "sp_addlogin": sp_addlogin,
}
_HEADS: dict[str, Callable[[Cursor], Iterator[Operation]]] = {
    "CREATE": _create,
    "ALTER": _alter,
    "DROP": _drop,
    "GRANT": lambda cursor: grant(cursor, revokes=False),
    "REVOKE": lambda cursor: grant(cursor, revokes=True),
    "COMMENT": _comment,
    "RENAME": _rename,
    "EXEC": _execute,
    "EXECUTE": _execute,
    "SP_RENAME": _procedure,
    "SP_CONFIGURE": _procedure,
    "SP_ADDLOGIN": _procedure,
    "SET": _set,
    "USE": _use_database,
}
