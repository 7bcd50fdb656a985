"""CREATE TABLE, CREATE TYPE … AS and CREATE VIEW."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from scanner.inputs.sql.columns import Column, column
from scanner.inputs.sql.cursor import Cursor
from scanner.inputs.sql.lexer import words
from scanner.inputs.sql.names import Name
from scanner.inputs.sql.operations import CreateTable, CreateView, EditTable, Select
from scanner.inputs.sql.select import select

# What opens a constraint and no column, and the words that must follow ("" for any). KEY and INDEX: see _is_index.
_CONSTRAINTS = {
    "CONSTRAINT": "",
    "CHECK": "",
    "UNIQUE": "",
    "PRIMARY": "KEY",
    "FOREIGN": "KEY",
    "PERIOD": "FOR",
    "EXCLUDE": "USING (",
    "SUPPLEMENTAL": "LOG",
    "MEMBER": "FUNCTION PROCEDURE",
    "STATIC": "FUNCTION PROCEDURE",
    "CONSTRUCTOR": "FUNCTION",
    "MAP": "MEMBER",
    "ORDER": "MEMBER",
    "OVERRIDING": "MEMBER",
    "INSTANTIABLE": "MEMBER FINAL",
    "NOT": "",
}
_INDEXES = words("KEY INDEX FULLTEXT SPATIAL")
_TYPES = words(
    "CHAR VARCHAR TEXT INT INTEGER BIGINT SMALLINT TINYINT NUMERIC DECIMAL BOOLEAN BOOL UUID DATE TIME TIMESTAMP "
    "TIMESTAMPTZ DATETIME BYTEA BLOB JSON JSONB REAL DOUBLE FLOAT CHARACTER VARBINARY BINARY NVARCHAR VARCHAR2 NUMBER "
    "TSVECTOR"
)
_INDEX_WORDS = words("( USING TYPE NONCLUSTERED CLUSTERED UNIQUE")
_MAX_TRIES = 3
_TRUE = frozenset({"Y", "YES", "ON", "TRUE", "1"})


@dataclass(slots=True)
class _Table:
    """What is known of a CREATE TABLE so far. `listed`: its parentheses were there. `tries`: to read a query."""

    columns: list[Column] = field(default_factory=list)
    likes: list[tuple[int, Name]] = field(default_factory=list)
    select: Select | None = None
    listed: bool = False
    partial: bool = False
    tries: int = 0
    options: list[EditTable] = field(default_factory=list)


def create_table(cursor: Cursor, flags: Set[str]) -> CreateTable | None:
    """Behind CREATE … TABLE. `flags`: the words between the two."""
    if_not_exists = cursor.if_exists()
    name = cursor.name()
    if name is None:
        cursor.trouble("a CREATE TABLE without a name")
        return None
    table = _Table()
    while not cursor.done:
        _clause(cursor, table)
    return CreateTable(
        name,
        columns=tuple(table.columns),
        likes=tuple(table.likes),
        select=table.select,
        temporary=bool(flags & {"TEMP", "TEMPORARY"}) or name.text.startswith("#"),
        if_not_exists=if_not_exists,
        replaces="REPLACE" in flags,
        partial=table.partial or not (table.listed or table.likes or table.select),
        options=tuple(table.options),
    )


def _clause(cursor: Cursor, table: _Table) -> None:
    """One clause behind the table's name."""
    word, following = cursor.word(), cursor.word(1)
    if word == "(" and following not in {"SELECT", "WITH"} and not table.listed:
        _elements(cursor, table)
    elif word in {"LIKE", "OF"} and not table.listed:
        cursor.at += 1
        _like(cursor, table)
    elif cursor.looking_at("PARTITION", "OF"):
        table.listed, cursor.at = True, len(cursor.tokens)  # its columns are the parent's
    elif word == "USING":
        cursor.at += 2
    elif word == ")":
        cursor.trouble("a parenthesis that nothing opens")
        cursor.at = len(cursor.tokens)
    elif not (_opens_query(cursor, table) and _query(cursor, table)):
        table.options += [option] if (option := table_option(cursor)) else []


def _opens_query(cursor: Cursor, table: _Table) -> bool:
    word = cursor.word()
    if table.tries > _MAX_TRIES:
        return False
    if word == "SELECT":  # without AS it is MySQL's; in T-SQL it is the next statement
        return cursor.dialect.name == "mysql" or not table.listed
    return word in {"AS", "("} or (word == "WITH" and cursor.word(1) != "(")


def _query(cursor: Cursor, table: _Table) -> bool:
    table.tries += 1
    start = cursor.at
    cursor.accept("AS")
    table.select = select(cursor)
    cursor.at = len(cursor.tokens) if table.select else start
    return table.select is not None


def table_option(cursor: Cursor) -> EditTable | None:
    """COMMENT = 'x' or ENCRYPTION = 'Y' here; passes one token of anything else."""
    word = cursor.word()
    cursor.step()
    if word not in {"COMMENT", "ENCRYPTION", "ENCRYPTED"}:
        return None
    cursor.accept("=")
    token = cursor.token()
    if word != "COMMENT":
        return EditTable(encrypted=cursor.value(token).upper() in _TRUE)
    text = cursor.string()
    return None if text is None else EditTable(comment=text, comment_spot=cursor.inside(token))


def _elements(cursor: Cursor, table: _Table) -> None:
    """The list of columns and constraints, with its parentheses."""
    opening = cursor.token().start
    cursor.at += 1
    table.listed = True
    while not cursor.done:
        if cursor.word() != ",":
            _element(cursor, table)
        if cursor.accept(")"):
            return
        cursor.accept(",")
    cursor.troubles.append(("a CREATE TABLE that does not end", opening))


def _element(cursor: Cursor, table: _Table) -> None:
    """One column or constraint, up to the comma or parenthesis behind it."""
    if cursor.word() == ")":
        return
    if cursor.accept("LIKE"):
        _like(cursor, table)
    elif not is_constraint(cursor) and cursor.word(1) != "=":
        found = column(cursor, strings=cursor.dialect.name in {"", "sqlite"})
        if found is None or (found.type is None and found.name.text[:1] in {"{", "$", ":"}):
            cursor.trouble("columns that a template fills in" if found else "part of a CREATE TABLE")
            table.partial = True
        elif found.name.text:
            table.columns.append(found)
    cursor.skip_element()


def _like(cursor: Cursor, table: _Table) -> None:
    if other := cursor.name():
        table.likes.append((len(table.columns), other))


def is_constraint(cursor: Cursor) -> bool:
    """Whether what stands here is a constraint or an index, not a column."""
    word = cursor.word()
    if word in _INDEXES:
        return _is_index(cursor)
    follows = _CONSTRAINTS.get(word)
    return follows is not None and (not follows or cursor.word(1) in follows.split())


def _is_index(cursor: Cursor) -> bool:
    """KEY idx (a) is an index, key varchar(20) a column (except in MySQL, which reserves the word)."""
    following = cursor.word(1)
    if cursor.dialect.name == "mysql" or following in {"(", "KEY", "INDEX"}:
        return True
    return following not in _TYPES and cursor.word(2) in _INDEX_WORDS


def create_type(cursor: Cursor) -> CreateTable | None:
    """Behind CREATE TYPE: a composite type. None for enumerations, ranges, domains and the like."""
    cursor.if_exists()
    name = cursor.name()
    if name is None or not (cursor.find("AS") or cursor.find("IS")):
        return None
    cursor.accept_any({"OBJECT", "TABLE"})
    if cursor.word() != "(":
        return None
    table = _Table()
    _elements(cursor, table)
    return CreateTable(name, kind="type", columns=tuple(table.columns), partial=table.partial, replaces=True)


def create_view(cursor: Cursor, flags: Set[str]) -> CreateView | None:
    """Behind CREATE … VIEW."""
    cursor.if_exists()
    name = cursor.name()
    if name is None:
        cursor.trouble("a CREATE VIEW without a name")
        return None
    columns = tuple(cursor.names()) if cursor.word() == "(" else ()
    query = select(cursor) if cursor.find("AS") else None
    return CreateView(name, columns, query, "MATERIALIZED" in flags)
