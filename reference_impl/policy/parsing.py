"""From the text of a statement to facts about it, by a parser. What that one does not understand is told as opaque."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from reference_impl.policy.model import Facts

_DIALECTS = {"postgresql": "postgres", "sqlite": "sqlite"}
_PLACE = re.compile(r"\$([0-9]{1,5})(?![0-9])")
_SAVEPOINT = re.compile(r"(?:SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) [a-z0-9_]{1,63}", re.IGNORECASE)
_UNICODE_NAME = re.compile(r'U&"', re.IGNORECASE)
_KEY = re.compile(r"[\W_]*([A-Za-z_][\w $-]*)[\W_]*")
_DIGIT = re.compile(r"\d")
_DIGITS_OF_A_NAME = 8
_NOT_UNDERSTOOD = Facts("UNKNOWN", writes=True, opaque=("what no parser understands",))
_CONTROL = (exp.Transaction, exp.Commit, exp.Rollback, exp.Pragma)
_WRITES = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Into, exp.Create, exp.Alter, exp.Copy)
_ESCAPED = (exp.ByteString, exp.UnicodeString, exp.HexString, exp.BitString, exp.RawString, exp.Heredoc, exp.National)
_UNCALLED = (exp.Cast, exp.Connector, exp.Case, exp.If)
"""What the parser counts as functions and nobody else does."""

# What it does not understand it says in a log line with the statement's text, which may hold literals.
logging.getLogger("sqlglot").disabled = True


def facts(text: str, dialect: str) -> tuple[Facts, ...]:
    """Of each statement in it. `dialect`: SQLAlchemy's name, as postgresql."""
    if _SAVEPOINT.fullmatch(text.strip()):
        return (Facts("SAVEPOINT"),)
    # `$1, $2` would be taken for the beginning of a dollar-quoted string; its digits stay, for they are counted.
    readable = _PLACE.sub(r":p\1", text) if dialect == "postgresql" else text
    try:
        trees = [tree for tree in sqlglot.parse(readable, read=_DIALECTS[dialect]) if tree is not None]
        found = tuple(_facts(tree) for tree in trees)
    except (SqlglotError, RecursionError):
        return (_NOT_UNDERSTOOD,)
    return tuple(_unread(each) for each in found) if _UNICODE_NAME.search(text) else found


def _facts(tree: exp.Expr) -> Facts:
    if isinstance(tree, exp.Command):
        kind = str(tree.this).upper()
        return Facts(kind, writes=kind != "SHOW", opaque=() if kind == "SHOW" else (f"a {kind} statement",))
    writes = any(True for _ in tree.find_all(*_WRITES))
    return Facts(
        kind=_kind(tree),
        writes=writes,
        names=tuple(sorted(set(_names(tree)))),
        functions=tuple(sorted(set(_functions(tree)))),
        literal_digits=sum(len(_DIGIT.findall(text)) for text in _literals(tree)),
        opaque=tuple(sorted(set(_opaque(tree)))),
        columns_named=all(_lists_columns(each) for each in tree.find_all(exp.Insert)),
    )


def _kind(tree: exp.Expr) -> str:
    if isinstance(tree, _CONTROL):
        return "CONTROL"
    kind = tree.key.upper()
    return f"{kind} {str(tree.args.get('kind') or '').upper()}" if isinstance(tree, (exp.Create, exp.Drop)) else kind


def _names(tree: exp.Expr) -> Iterator[str]:
    """Of everything but tables, and of literals that may be keys of a document: `'{card_number}'`."""
    for each in tree.find_all(exp.Identifier):
        is_table = isinstance(each.parent, exp.Table) and each.parent.this is each
        if not is_table and not _is_number(each):
            yield _spelled(each.name)
    for text in _literals(tree):
        if (key := _KEY.fullmatch(text)) is not None:
            yield _spelled(key[1])


def _is_number(name: exp.Identifier) -> bool:
    # SQLite takes "1234" for a text, where no column has that name.
    return len(_DIGIT.findall(name.name)) > _DIGITS_OF_A_NAME


def _spelled(name: str) -> str:
    return "_".join(name.split())


def _functions(tree: exp.Expr) -> Iterator[str]:
    for each in tree.find_all(exp.Func, exp.DPipe):
        if isinstance(each, exp.Anonymous):
            yield each.name.upper()
        elif isinstance(each, exp.DPipe):
            yield "||"
        elif isinstance(each, exp.Func) and not isinstance(each, _UNCALLED):
            yield each.sql_names()[0]


def _literals(tree: exp.Expr) -> Iterator[str]:
    for each in tree.find_all(exp.Literal, *_ESCAPED):
        if not isinstance(each.parent, exp.DataTypeParam):  # the length of VARCHAR(64)
            yield str(each.this)


def _opaque(tree: exp.Expr) -> Iterator[str]:
    if any(True for _ in tree.find_all(*_ESCAPED)):
        yield "a literal in another spelling"
    if any(map(_is_number, tree.find_all(exp.Identifier))):
        yield "a name of digits"
    if tree.find(exp.Copy):
        yield "what is copied"
    if tree.find(exp.Command):
        yield "a statement in it"
    if tree.find(*_WRITES):
        yield from _unnamed(tree)
    for update in tree.find_all(exp.Update):
        if not all(isinstance(each, exp.EQ) and _is_target(each.this) for each in update.expressions):
            yield "what is set"


def _unnamed(tree: exp.Expr) -> Iterator[str]:
    """Ways to write columns without naming them."""
    if any(not isinstance(each.parent, exp.Count) for each in tree.find_all(exp.Star)):
        yield "all columns (*)"
    tables = {table.alias_or_name.lower() for table in tree.find_all(exp.Table)}
    if any(each.name.lower() in tables for each in tree.find_all(exp.Column)):
        yield "a whole row as a value"
    if tree.find(exp.LikeProperty):
        yield "the columns of another table"
    if any(each.columns and isinstance(each.parent, exp.Table) for each in tree.find_all(exp.TableAlias)):
        yield "columns named by their place"


def _is_target(target: exp.Expr) -> bool:
    return isinstance(target, exp.Column) or (
        isinstance(target, exp.Tuple) and all(isinstance(each, exp.Column) for each in target.expressions)
    )


def _lists_columns(insert: exp.Insert) -> bool:
    # In a MERGE the columns are a tuple; elsewhere they come with the table.
    return isinstance(insert.this, (exp.Schema, exp.Tuple)) and bool(insert.this.expressions)


def _unread(found: Facts) -> Facts:
    return Facts(found.kind, writes=True, opaque=(*found.opaque, "a name in another spelling"))
