"""Column definitions: name, type and attributes, as all dialects write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from scanner.inputs.sql.cursor import Cursor
from scanner.inputs.sql.lexer import NUMBER, QUOTED, STRING, WORD, words
from scanner.inputs.sql.names import Name, Spot

# Words that end a type. SET, WITH and CHARACTER are part of some types: see _type_ends.
_AFTER_TYPE = words(
    "NOT NULL DEFAULT PRIMARY UNIQUE CHECK REFERENCES CONSTRAINT COLLATE GENERATED AS COMMENT AUTO_INCREMENT "
    "AUTOINCREMENT IDENTITY KEY ON ENCODE ENCRYPTED ENCRYPT MASKED MASKING SPARSE ROWGUIDCOL VIRTUAL STORED "
    "PERSISTED PERSISTENT INVISIBLE VISIBLE HIDDEN FIRST AFTER STORAGE COMPRESSION USING FOR OPTIONS CODEC TTL "
    "MATERIALIZED ALIAS EPHEMERAL ENABLE DISABLE CHARSET SET WITH WITHOUT TAG SORTKEY DISTKEY"
)
_AFTER_VALUE = words(
    "NOT NULL PRIMARY UNIQUE CHECK REFERENCES CONSTRAINT COLLATE GENERATED COMMENT AUTO_INCREMENT AUTOINCREMENT "
    "ON FIRST AFTER ENABLE DISABLE INVISIBLE VISIBLE MASKED ENCRYPT ENCRYPTED ENCODE STORAGE IDENTITY CODEC TTL "
    "PERSISTED STORED VIRTUAL ROWGUIDCOL SPARSE"
)
_COUNTED = words("SERIAL BIGSERIAL SMALLSERIAL SERIAL2 SERIAL4 SERIAL8")


Said: TypeAlias = dict[str, Any]
"""What a definition says about a column: fields of Column by name, only those it mentions."""


@dataclass(frozen=True, slots=True)
class Type:
    """`text` as written; `base`: its words, lower case; `length`, `scale`: the numbers in parentheses."""

    text: str
    base: str
    spot: Spot
    length: int | None = None
    scale: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. None where a definition does not say; `nullable` None reads as true."""

    name: Name
    type: Type | None = None
    nullable: bool | None = None
    default: str | None = None
    generated: bool = False
    expression: str | None = None
    identity: bool = False
    check: str | None = None
    collation: str | None = None
    comment: str | None = None
    comment_spot: Spot | None = None
    encrypted: bool = False
    masked: bool = False


def definition(cursor: Cursor, strings: bool = False) -> tuple[Name, Said] | None:
    """The definition here, up to the comma or parenthesis behind it. None, and nothing passed, if no name is here.

    `strings`: the name may be quoted like a string, as SQLite lets it.
    """
    name = cursor.identifier(strings)
    if name is None:
        return None
    kind = column_type(cursor)
    said = attributes(cursor)
    if kind is not None:
        said["type"] = kind
        if kind.base.upper() in _COUNTED:
            said["identity"] = True
    return name, said


def column(cursor: Cursor, strings: bool = False) -> Column | None:
    """The same as a whole column."""
    found = definition(cursor, strings)
    return replace(Column(found[0]), **found[1]) if found else None


def column_type(cursor: Cursor) -> Type | None:
    """The type here; None if the column has none (SQLite, computed columns)."""
    first = cursor.at
    while not cursor.done and not _type_ends(cursor, first):
        if cursor.word() == "<":
            _skip_angles(cursor)
        else:
            cursor.step()
    if cursor.at == first:
        return None
    tokens = cursor.tokens
    spot = Spot(cursor.path, tokens[first].start, tokens[cursor.at - 1].end)
    base, numbers = _words(cursor, first, cursor.at)
    return Type(cursor.source(first, cursor.at), base, spot, *numbers)


def _type_ends(cursor: Cursor, first: int) -> bool:
    token, word, is_first = cursor.token(), cursor.word(), cursor.at == first
    if token.kind == STRING or word in {",", ")", "=", ";"}:
        return True
    if word == "CHARACTER":
        return cursor.word(1) == "SET"
    if word == "SET":
        return not (is_first and cursor.word(1) == "(")
    if word in {"WITH", "WITHOUT"}:
        return is_first or cursor.word(1) not in {"TIME", "LOCAL"}
    return word in _AFTER_TYPE


def _skip_angles(cursor: Cursor) -> None:
    """MAP<STRING, ARRAY<INT>>: to behind the bracket that closes this one."""
    depth = 0
    while not cursor.done and cursor.word() not in {")", ";"}:
        word = cursor.word()
        depth += (word == "<") - (word == ">")
        cursor.step()
        if not depth:
            return


def _words(cursor: Cursor, first: int, last: int) -> tuple[str, tuple[int | None, int | None]]:
    """The words of a type outside parentheses, without schema, and the first two numbers inside."""
    words: list[str] = []
    numbers: list[int] = []
    depth = 0
    for token in cursor.tokens[first:last]:
        text = cursor.text[token.start : token.end]
        depth += (token.word in {"(", "<", "["}) - (token.word in {")", ">", "]"})
        if token.word == "." and words:
            words.pop()
        elif depth == 0 and token.kind in {WORD, QUOTED}:
            words.append((cursor.value(token) if token.kind == QUOTED else text).lower())
        elif depth == 1 and token.kind == NUMBER and text.isdecimal() and len(text) < 10:
            numbers.append(int(text))
    padded: list[int | None] = [*numbers[:2], None, None]
    return " ".join(words), (padded[0], padded[1])


def attributes(cursor: Cursor) -> Said:
    """What follows a type, up to the comma or parenthesis behind the column: fields of Column."""
    said: Said = {}
    while not cursor.done and cursor.word() not in {",", ")"}:
        word = cursor.word()
        cursor.step()
        if word in _READERS:
            read = _READERS[word](cursor)
            if "check" in said and "check" in read:
                read["check"] = f"{said['check']} AND {read['check']}"
            said |= read
        else:
            said |= _FACTS.get(word, {})
    return said


def expression(cursor: Cursor) -> str:
    """The expression here: at least one operand, up to the next attribute."""
    first = cursor.at
    while not cursor.done and cursor.word() not in {",", ")"}:
        if cursor.at > first and cursor.word() in _AFTER_VALUE:
            break
        cursor.step()
    return cursor.source(first, cursor.at)


def _not(cursor: Cursor) -> Said:
    if cursor.accept("NULL"):
        return {"nullable": False}
    cursor.pass_one()  # NOT DEFERRABLE, NOT ENFORCED
    return {}


def _default(cursor: Cursor) -> Said:
    cursor.accept("ON", "NULL")
    return {"default": expression(cursor)}


def _check(cursor: Cursor) -> Said:
    return {"check": expression(cursor)}


def _collate(cursor: Cursor) -> Said:
    name = cursor.name(strings=True)
    return {"collation": name.text} if name else {}


def _generated(cursor: Cursor) -> Said:
    while not cursor.done and cursor.word() not in {",", ")", "AS"}:
        cursor.at += 1
    return _as(cursor) if cursor.accept("AS") else {}


def _as(cursor: Cursor) -> Said:
    if cursor.accept("IDENTITY"):
        return {"identity": True}
    return {"generated": True, "expression": expression(cursor)}


def _comment(cursor: Cursor) -> Said:
    cursor.accept("=")
    token = cursor.token()
    text = cursor.string()
    return {} if text is None else {"comment": text, "comment_spot": cursor.inside(token)}


def _references(cursor: Cursor) -> Said:
    cursor.name()
    return {}


def _on(cursor: Cursor) -> Said:
    """ON DELETE SET NULL, ON UPDATE CURRENT_TIMESTAMP, ON CONFLICT FAIL: nothing about this column's own null."""
    cursor.pass_one()
    if cursor.accept("SET"):
        cursor.pass_one()
    return {}


def _constraint(cursor: Cursor) -> Said:
    if cursor.word() not in _READERS and cursor.word() not in _FACTS:
        cursor.identifier()
    return {}


_FACTS: dict[str, Said] = {
    "NULL": {"nullable": True},
    "PRIMARY": {"nullable": False},
    "IDENTITY": {"identity": True},
    "AUTO_INCREMENT": {"identity": True},
    "AUTOINCREMENT": {"identity": True},
    "ENCRYPTED": {"encrypted": True},
    "ENCRYPT": {"encrypted": True},
    "MASKED": {"masked": True},
    "MASKING": {"masked": True},
}
_READERS: dict[str, Callable[[Cursor], Said]] = {
    "NOT": _not,
    "DEFAULT": _default,
    "CHECK": _check,
    "COLLATE": _collate,
    "GENERATED": _generated,
    "AS": _as,
    "COMMENT": _comment,
    "REFERENCES": _references,
    "ON": _on,
    "CONSTRAINT": _constraint,
}
