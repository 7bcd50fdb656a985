"""The columns a SELECT yields, as far as its text alone says."""

from __future__ import annotations

from scanner.inputs.sql.cursor import Cursor
from scanner.inputs.sql.lexer import NUMBER, QUOTED, STRING, WORD, Token, words
from scanner.inputs.sql.names import Name
from scanner.inputs.sql.operations import Output, Select

_MAX_EXPRESSION = 500
_LIST_ENDS = words("FROM INTO WHERE GROUP HAVING ORDER LIMIT UNION EXCEPT INTERSECT MINUS WINDOW FETCH ;")
_FROM_ENDS = _LIST_ENDS - {"FROM", "INTO"} | {"WITH", "FOR", "OFFSET", "START", "CONNECT"}
_NO_NAMES = words("END NULL TRUE FALSE CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER SYSDATE CASE")
_INFIX = words("AND OR NOT COLLATE IS IN LIKE BETWEEN ELSE THEN WHEN CASE")


def select(cursor: Cursor) -> Select | None:
    """The query here: SELECT, WITH … SELECT, or either in parentheses. None if it is something else (VALUES, TABLE)."""
    while cursor.accept("("):
        pass
    if cursor.word() == "WITH":
        _skip_ctes(cursor)
    if not cursor.accept("SELECT"):
        return None
    _skip_quantifiers(cursor)
    columns: list[Output] = []
    wildcard = False
    while not cursor.done:
        first = cursor.at
        _skip_item(cursor)
        if cursor.at > first and cursor.tokens[cursor.at - 1].word == "*":
            wildcard = True
        else:
            columns.append(_output(cursor, first, cursor.at))
        if not cursor.accept(","):
            break
    return Select(tuple(columns), wildcard, _only_table(cursor))


def _skip_ctes(cursor: Cursor) -> None:
    while not cursor.done and cursor.word() not in {"SELECT", ")"}:
        cursor.step()


def _skip_quantifiers(cursor: Cursor) -> None:
    while word := cursor.accept_any({"DISTINCT", "ALL", "TOP", "SQL_CALC_FOUND_ROWS", "STRAIGHT_JOIN", "PERCENT"}):
        if word == "TOP" or (word == "DISTINCT" and cursor.accept("ON")):
            cursor.step()


def _skip_item(cursor: Cursor) -> None:
    while not cursor.done and cursor.word() not in {",", ")"} and cursor.word() not in _LIST_ENDS:
        cursor.step()


def _output(cursor: Cursor, first: int, last: int) -> Output:
    """The item [first, last) of a select list."""
    chain, after = _chain(cursor, first)
    if chain is not None and after == last:
        return Output(chain, chain.text, "")
    name, end = _alias(cursor, first, last)
    if chain is not None and after < last and name is None:
        assigns = cursor.tokens[after].word == "=" and cursor.dialect.name == "mssql"  # T-SQL: name = expression
        if assigns or cursor.tokens[after].word == "::":  # PostgreSQL: a cast keeps the column's name
            name, first = chain, after + 1 if assigns else first
    return Output(name, chain.text if chain and after == end else "", cursor.source(first, end)[:_MAX_EXPRESSION])


def _chain(cursor: Cursor, first: int) -> tuple[Name | None, int]:
    """A column's name at the beginning of an item, and the index behind it."""
    here, cursor.at = cursor.at, first
    word = cursor.word()
    chain = None if word in _NO_NAMES else cursor.name()
    after, cursor.at = cursor.at, here
    return chain, after


def _alias(cursor: Cursor, first: int, last: int) -> tuple[Name | None, int]:
    """The alias at the end of an item, with or without AS, and where the expression before it ends."""
    if last - first < 2:
        return None, last
    before, token = cursor.tokens[last - 2], cursor.tokens[last - 1]
    explicit = before.word == "AS"
    if not explicit and (token.kind == STRING or token.word in _NO_NAMES or not _ends_operand(before)):
        return None, last
    here, cursor.at = cursor.at, last - 1
    name = cursor.identifier(strings=True)
    cursor.at = here
    return name, last - (2 if explicit else 1) if name else last


def _ends_operand(token: Token) -> bool:
    return (
        token.word == ")" or token.kind in {NUMBER, STRING, QUOTED} or (token.kind == WORD and token.word not in _INFIX)
    )


def _only_table(cursor: Cursor) -> Name | None:
    if not cursor.accept("FROM"):
        return None
    table = cursor.name()
    while not cursor.done and cursor.word() not in _FROM_ENDS and cursor.word() != ")":
        if cursor.word() in {",", "JOIN", "APPLY", "("}:
            return None
        cursor.step()
    return table
