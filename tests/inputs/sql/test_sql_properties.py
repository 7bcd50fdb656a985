"""What must hold for every text, and for every sequence of statements that SQLite carries out."""

from __future__ import annotations

import json
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.inputs import sql as sql_input
from scanner.model import Place, Unit
from scanner.text import Source

PIECES = [
    *"()[]{},;.'\"`$-/*#\\@:=\n\t é\ufffd🂡",
    *["CREATE ", "TABLE ", "t ", "a int", "ALTER ", "ADD ", "DROP ", "COLUMN ", "RENAME ", "TO ", "b ", "VIEW ", "AS "],
    *["GRANT ", "ON ", "REVOKE ", "FROM ", "USER ", "PASSWORD ", "'x'", "N'", "E'", "q'[", "$$", "$a$", "/*", "*/"],
    *["\nGO\n", "\n/\n", "DELIMITER //\n", "//", "COPY t FROM stdin;\n", "\n\\.\n", "DO ", "BEGIN ", "END ", "IF "],
    *["FUNCTION f ", "PROCEDURE ", "TRIGGER ", "TYPE ", "LIKE ", "COMMENT ", "IS ", "SET ", "GLOBAL ", "{{ x }}"],
    *["DEFAULT ", "CHECK ", "GENERATED ", "INSERT INTO ", "VALUES ", "-- +goose Up\n", "-- +goose Down\n", "x" * 40],
    *["SELECT ", "/*!4 ", "--", "THEN ", "CASE ", "EXEC sp_rename ", "varchar(19)", "ROLE ", "SYSTEM ", "MODIFY "],
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map(lambda pieces: "CREATE TABLE t (a int, " + "".join(pieces)),
    st.text(max_size=200),
)
ANYTHING = st.one_of(
    TEXTS.map(lambda text: text.encode("utf-8", errors="replace")),
    TEXTS.map(lambda text: text.encode("utf-16", errors="replace")),
    TEXTS.map(lambda text: text.encode("latin-1", errors="replace")),
    st.binary(max_size=200),
)


def _places(unit: Unit) -> list[Place]:
    return [place for subject in unit.subjects for place in [subject.header, *subject.places.values()]]


@settings(max_examples=400, deadline=None)
@given(st.lists(ANYTHING, min_size=1, max_size=3))
def test_any_text(contents: list[bytes]) -> None:
    """Nothing raises or is fatal, configs are JSON, ids are unique, spans lie in their files, the order is nothing."""
    sources = {f"db/{number}.sql": Source(f"db/{number}.sql", data) for number, data in enumerate(contents)}
    unit = sql_input.build("db", sources)
    json.dumps([subject.config for subject in unit.subjects]).encode()
    assert len({subject.id for subject in unit.subjects}) == len(unit.subjects)
    assert not any(problem.fatal for problem in unit.problems)
    for place in _places(unit):
        lines = _lines(sources[place.path])
        span = place.span
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
        assert (span.line, span.column) <= (span.end_line, span.end_column)
    assert all(1 <= problem.line <= len(_lines(sources[problem.path])) for problem in unit.problems)
    assert sql_input.build("db", dict(reversed(sources.items()))) == unit


def _lines(source: Source) -> list[str]:
    if source.data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return source.text.split("\n")
    return [line.decode("utf-8", errors="replace") for line in source.data.removeprefix(b"\xef\xbb\xbf").split(b"\n")]


@settings(max_examples=200, deadline=None)
@given(ANYTHING)
def test_names_stand_at_their_places(data: bytes) -> None:
    source = Source("a.sql", data)
    lines = _lines(source)
    for subject in sql_input.build("db", {"a.sql": source}).subjects:
        columns = subject.config.get("columns")
        named = [column for column in columns if isinstance(column, dict)] if isinstance(columns, list) else []
        for index, column in enumerate(named):
            span = subject.places["columns", index].span
            if span.line == span.end_line and not {'"', "`", "]", "'"} & set(column["name"]):
                assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == column["name"]


NAMES = st.sampled_from(["a", "b", "c", "pan", "cvv", "Card No", "order", "key"])
TABLES = st.sampled_from(["t", "u", "cards", "order"])
TYPES = st.sampled_from(
    ["", "int", "varchar(19)", "numeric(10, 2)", "text NOT NULL DEFAULT 'x;y'", "text COLLATE NOCASE"]
)
QUOTES = st.sampled_from(['"{}"', "`{}`", "[{}]"])


STATEMENTS = st.sampled_from(
    [
        "CREATE TABLE {table} ({columns})",
        "CREATE TABLE IF NOT EXISTS {table} ({columns}, PRIMARY KEY ({first}))",
        "CREATE TABLE {table} AS SELECT * FROM {other_table}",
        "CREATE TABLE {table} AS SELECT {name} AS {other}, 1 AS one FROM {other_table}",
        "ALTER TABLE {table} ADD COLUMN {name} {type}",
        "ALTER TABLE {table} DROP COLUMN {name}",
        "ALTER TABLE {table} RENAME COLUMN {name} TO {other}",
        "ALTER TABLE {table} RENAME {name} TO {other}",
        "ALTER TABLE {table} RENAME TO {other_table}",
        "DROP TABLE IF EXISTS {table}",
        "CREATE TRIGGER g AFTER INSERT ON {table} BEGIN SELECT 1; DELETE FROM {table}; END",
    ]
)


@st.composite
def _statements(draw: st.DrawFn) -> str:
    """One statement about a few tables; it may fail."""
    quote = draw(QUOTES)
    columns = draw(st.lists(st.tuples(NAMES, TYPES), min_size=1, max_size=5, unique_by=lambda each: each[0]))
    return draw(STATEMENTS).format(
        table=quote.format(draw(TABLES)),
        other_table=quote.format(draw(TABLES)),
        name=quote.format(draw(NAMES)),
        other=quote.format(draw(NAMES)),
        type=draw(TYPES),
        columns=", ".join(f"{quote.format(column)} {type_}" for column, type_ in columns),
        first=quote.format(columns[0][0]),
    )


def _carried_out(statements: list[str]) -> tuple[str, dict[str, list[str]]]:
    """Those that SQLite accepts, one file, and the tables it has then."""
    connection = sqlite3.connect(":memory:")
    done = []
    for statement in statements:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError:
            continue
        done.append(statement + ";")
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    has = {table: [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')] for table in tables}
    connection.close()
    return "PRAGMA foreign_keys = ON;\n" + "\n".join(done), has


@pytest.mark.skipif(sqlite3.sqlite_version_info < (3, 35), reason="this SQLite has no DROP COLUMN")
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_statements(), min_size=1, max_size=25))
def test_the_schema_is_the_one_sqlite_has(statements: list[str]) -> None:
    text, has = _carried_out(statements)
    unit = sql_input.build("db", {"1.sql": Source("1.sql", text.encode())})
    found = {
        subject.address: [column["name"] for column in subject.config["columns"]]
        for subject in unit.subjects
        if subject.type == "table"
    }
    assert found == has
    assert unit.problems == ()
