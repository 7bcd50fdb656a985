"""GRANT and REVOKE."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.inputs.sql.cursor import Cursor
from scanner.inputs.sql.lexer import words
from scanner.inputs.sql.names import Account, Name, Spot
from scanner.inputs.sql.operations import EditUser, Grant, UserFacts
from scanner.inputs.sql.users import account, identified

_OBJECTS = words(
    "ALL IN FOREIGN DATA LARGE TABLE TABLES SCHEMA SCHEMAS DATABASE SEQUENCE SEQUENCES FUNCTION FUNCTIONS PROCEDURE "
    "PROCEDURES ROUTINE ROUTINES TYPE TYPES LANGUAGE TABLESPACE DOMAIN PARAMETER DIRECTORY OBJECT LOGIN USER ROLE "
    "SERVER WRAPPER ENDPOINT PACKAGE VIEW"
)
_PRIVILEGES_END = frozenset({"ON", "TO", "FROM", "IDENTIFIED", "PASSWORD"})  # no password becomes a privilege
_ENDS = frozenset({"WITH", "GRANTED", "REQUIRE", "CASCADE", "RESTRICT", "AS"})


def grant(cursor: Cursor, revokes: bool, default: bool = False) -> Iterator[Grant | EditUser]:
    """Behind GRANT or REVOKE. `default`: inside ALTER DEFAULT PRIVILEGES, about objects that are yet to come."""
    start = cursor.token(-1).start
    option_only = cursor.accept("GRANT", "OPTION", "FOR") or cursor.accept("ADMIN", "OPTION", "FOR")
    first = cursor.at
    privileges, columns = _privileges(cursor)
    if not privileges:
        return
    privilege_spot = cursor.stretch(first, cursor.at)
    kind, objects = _objects(cursor, default) if cursor.accept("ON") else ("role", [])
    spot = Spot(cursor.path, start, cursor.token(-1).end)
    if not cursor.accept_any({"TO", "FROM"}):
        return
    grantees, users = _grantees(cursor)
    option = cursor.find("WITH", "GRANT", "OPTION") or cursor.find("WITH", "ADMIN", "OPTION")
    for target in objects or [None]:
        yield Grant(
            privileges,
            columns,
            f"default {kind}" if default else kind,
            target,
            grantees,
            option,
            spot,
            privilege_spot,
            revokes,
            option_only,
        )
    yield from users


def _grantees(cursor: Cursor) -> tuple[tuple[Account, ...], list[EditUser]]:
    """Who is named, and those whom MySQL's GRANT … IDENTIFIED BY gives a password."""
    grantees: list[Account] = []
    users: list[EditUser] = []
    while user := _grantee(cursor):
        grantees.append(user)
        if cursor.accept("IDENTIFIED"):
            said: UserFacts = {"kind": "user"}
            users.append(EditUser(user, said, identified(cursor, said)))
        if not cursor.accept(","):
            break
    return tuple(grantees), users


def _privileges(cursor: Cursor) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """SELECT (a, b), ALL PRIVILEGES, … or the names of roles; and the columns in parentheses."""
    privileges: list[str] = []
    columns: list[str] = []
    said: list[str] = []
    while not cursor.done and cursor.word() not in _PRIVILEGES_END:
        if cursor.word() == "(":
            columns += [name.text for name in cursor.names()]
        elif cursor.accept(","):
            privileges.append(" ".join(said))
            said = []
        else:
            said.append(cursor.value(cursor.token()).lower())
            cursor.at += 1
    privileges.append(" ".join(said))
    return tuple("all" if each == "all privileges" else each for each in privileges if each), tuple(columns)


def _objects(cursor: Cursor, unnamed: bool) -> tuple[str, list[Name | None]]:
    """Behind ON: the kind of object in lower-case words, and the objects. `unnamed`: there is a kind only."""
    kind: list[str] = []
    while cursor.word() in _OBJECTS and (unnamed or _names_follow(cursor)):
        kind.append(cursor.word().lower())
        cursor.at += 1
    cursor.accept("::")  # T-SQL: OBJECT::dbo.cards
    objects: list[Name | None] = []
    while name := _object(cursor):
        objects.append(name)
        if cursor.word() == "(":
            cursor.skip_group()
        if not cursor.accept(","):
            break
    return " ".join(kind) or "table", objects


def _names_follow(cursor: Cursor) -> bool:
    token = cursor.token(1)
    return bool(token.kind) and token.word not in {"TO", "FROM", ".", ",", "("}


def _object(cursor: Cursor) -> Name | None:
    """A name, *, *.* or shop.*."""
    token = cursor.token()
    spot = Spot(cursor.path, token.start, token.end)
    if cursor.accept("*"):
        return Name("*", spot, schema="*" if cursor.accept(".", "*") else "")
    if token.word in {"TO", "FROM"}:
        return None
    name = cursor.name()
    if name and cursor.accept(".", "*"):
        return Name("*", name.spot, schema=name.text, schema_quoted=name.quoted)
    return name


def _grantee(cursor: Cursor) -> Account | None:
    if cursor.word() in _ENDS:
        return None
    if cursor.word() in {"GROUP", "ROLE", "USER"} and cursor.word(1) not in {"", ","}:
        cursor.at += 1
    return account(cursor)
