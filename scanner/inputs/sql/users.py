"""CREATE and ALTER USER, ROLE, LOGIN: who may log in, with which rights, and whether the password stands in the file.

A password's text is looked at to tell a literal from a placeholder, and goes nowhere: not into a config, not into a
message. What is kept is its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from scanner.inputs.sql.alter import arguments
from scanner.inputs.sql.cursor import Cursor
from scanner.inputs.sql.lexer import WORD, Token, words
from scanner.inputs.sql.names import Account, Name, Spot
from scanner.inputs.sql.operations import EditUser, UserFacts

_FLAGS = {
    f"{prefix}{word}": (word.lower(), not prefix)
    for word in ("SUPERUSER", "CREATEDB", "CREATEROLE", "REPLICATION", "BYPASSRLS", "LOGIN")
    for prefix in ("", "NO")
}
_SWITCHES = {"CHECK_POLICY": "check_policy", "CHECK_EXPIRATION": "check_expiration"}
_NO_PASSWORD = words("EXPIRE HISTORY REUSE REQUIRE VERIFY EXPIRATION LIFETIME")
_VARIABLE, _EMPTY = "variable", "empty"
_PLACEHOLDER = re.compile(
    r"\$\{[^}]*\}|\$\([^)]*\)|\{\{.*\}\}|\{\w+\}|<[^<>]*>|<%.*%>|[$:]\w+|&{1,2}\w+\.?|%\(\w+\)s|%\w|@\w+@|__\w+__|\*+",
    re.DOTALL,
)
_HASH = re.compile(
    r"\*[0-9A-Fa-f]{40}|SCRAM-SHA-256\$.*|md5[0-9a-f]{32}|\$[0-9A-Za-z]{1,3}\$.*|0x[0-9A-Fa-f]{40,}", re.DOTALL
)


def account(cursor: Cursor) -> Account | None:
    """A user as grants and definitions name it: app, "app", 'app'@'%'."""
    name = cursor.identifier(strings=True)
    if name is None:
        return None
    host = ""
    if cursor.accept("@"):
        following = cursor.identifier(strings=True)
        host = following.text if following else ""
    elif cursor.word().startswith("@"):
        host = cursor.value(cursor.token())[1:]
        cursor.at += 1
    return Account(name, host)


def edit_users(cursor: Cursor, kind: str) -> Iterator[EditUser]:
    """Behind CREATE or ALTER USER, ROLE, LOGIN: one or, in MySQL, several with a comma between."""
    cursor.if_exists()
    while user := account(cursor):
        said: UserFacts = {"kind": kind}
        spot = _options(cursor, said)
        yield EditUser(user, said, spot)
        if not cursor.accept(","):
            return


def _options(cursor: Cursor, said: UserFacts) -> Spot | None:
    """Everything up to the next user. Returns where the password stands."""
    spot: Spot | None = None
    while not cursor.done and not (cursor.word() == "," and cursor.dialect.name == "mysql"):
        word = cursor.word()
        if word in _FLAGS:
            flag, value = _FLAGS[word]
            said[flag] = value
        read = _OPTIONS.get(word)
        cursor.step()
        if read:
            spot = read(cursor, said) or spot
        elif word in _SWITCHES and cursor.accept("="):
            said[_SWITCHES[word]] = cursor.word() == "ON"
    return spot


def identified(cursor: Cursor, said: UserFacts) -> Spot | None:
    """Behind IDENTIFIED: BY 'x', BY PASSWORD 'hash', BY VALUES 'hash', WITH plugin AS 'hash'."""
    if cursor.accept_any({"WITH", "VIA"}):
        cursor.identifier(strings=True)
    word = cursor.accept_any({"BY", "AS", "USING"})
    if not word or cursor.accept("RANDOM"):
        return None
    hashed = bool(cursor.accept_any({"PASSWORD", "VALUES", "HASH"})) or word in {"AS", "USING"}
    return _password(cursor, said, hashed)


def _password_option(cursor: Cursor, said: UserFacts) -> Spot | None:
    cursor.accept("=")
    return None if cursor.word() in _NO_PASSWORD else _password(cursor, said, hashed=False)


def _password(cursor: Cursor, said: UserFacts, hashed: bool) -> Spot | None:
    """The password here: says in `said` whether it is a literal, returns its place."""
    if cursor.accept("PASSWORD"):  # SET PASSWORD FOR u = PASSWORD('x')
        cursor.accept("(")
    variable = bool(cursor.accept_any({":", "&"}))
    token = cursor.token()
    if cursor.accept("NULL") or not token.kind:
        said["password"] = False
        return None
    value = cursor.value(token)
    cursor.step()
    variable = variable or _is_variable(token, value)
    said["password"] = _VARIABLE if variable else bool(value) or _EMPTY
    if not variable:
        said["hashed"] = hashed or cursor.accept("HASHED") or _HASH.fullmatch(value) is not None
    return cursor.inside(token)


def _is_variable(token: Token, value: str) -> bool:
    if token.kind == WORD:
        return value[:1] in {":", "$", "{", "@"}
    return _PLACEHOLDER.fullmatch(value) is not None and _HASH.fullmatch(value) is None


def _require(cursor: Cursor, said: UserFacts) -> Spot | None:
    said["require_tls"] = cursor.word() not in {"NONE", ""}
    return None


def _account(cursor: Cursor, said: UserFacts) -> Spot | None:
    if word := cursor.accept_any({"LOCK", "UNLOCK"}):
        said["locked"] = word == "LOCK"
    return None


def _valid(cursor: Cursor, said: UserFacts) -> Spot | None:
    if cursor.accept("UNTIL"):
        said["valid_until"] = cursor.value(cursor.token())
    return None


_OPTIONS: dict[str, Callable[[Cursor, UserFacts], Spot | None]] = {
    "PASSWORD": _password_option,
    "IDENTIFIED": identified,
    "REQUIRE": _require,
    "ACCOUNT": _account,
    "VALID": _valid,
}


def set_password(cursor: Cursor) -> EditUser | None:
    """Behind SET PASSWORD (MySQL): FOR 'app'@'%' = 'x'."""
    user = account(cursor) if cursor.accept("FOR") else None
    if user is None or not cursor.accept("="):
        return None
    said: UserFacts = {}
    spot = _password(cursor, said, hashed=False)
    return EditUser(user, said, spot)


def sp_addlogin(cursor: Cursor) -> EditUser | None:
    """Behind sp_addlogin (T-SQL): 'name', 'password'."""
    given = arguments(cursor)
    login, secret = given.get("@LOGINAME", given.get("@OBJNAME")), given.get("@PASSWD", given.get("@NEWNAME"))
    if login is None:
        return None
    said: UserFacts = {"kind": "login"}
    spot = None
    if secret is not None:
        cursor.at = cursor.tokens.index(secret)
        spot = _password(cursor, said, hashed=False)
    name = Name(cursor.value(login), cursor.inside(login), quoted=True)
    return EditUser(Account(name), said, spot)
