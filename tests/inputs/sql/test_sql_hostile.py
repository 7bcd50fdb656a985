"""Broken and hostile files: a note instead of an error, in bounded time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.inputs.sql.conftest import Build

START = "CREATE TABLE a (x int, cvv int);\n"
END = "\nCREATE TABLE z (y int);\n"
UNTERMINATED = {
    "string": ("INSERT INTO a VALUES ('oops);\nSELECT 1;", "unterminated string near line 2"),
    "quoted name": ('SELECT "oops FROM a;', "unterminated quoted name near line 2"),
    "backticks": ("SELECT `oops FROM a;", "unterminated quoted name near line 2"),
    "comment": ("/* oops ", "unterminated comment near line 2"),
    "dollars": ("SELECT $x$ oops $y$ ;", "unterminated dollar quotation near line 2"),
    "string in a table": ("CREATE TABLE b (x text DEFAULT 'oops, y int);", "unterminated string near line 2"),
    "copy": ("COPY a FROM stdin;\n1\t2\n", "COPY data without its end near line 2"),
    "parenthesis": ("CREATE TABLE b (x int, y numeric(3;", "a CREATE TABLE that does not end near line 2"),
    "parenthesis without semicolon": ("CREATE TABLE b (x int,", "a CREATE TABLE that does not end near line 2"),
    "one parenthesis more": ("CREATE TABLE b (x int));", "a parenthesis that nothing opens near line 2"),
    "no name": ("CREATE TABLE (x int);", "a CREATE TABLE without a name near line 2"),
    "no names": ("ALTER TABLE ; CREATE VIEW AS SELECT 1;", "an ALTER TABLE without a name near line 2"),
    "no column": ("CREATE TABLE b (x int, ?, = 3, 7 int);", "part of a CREATE TABLE near line 2"),
}


@pytest.mark.parametrize(("broken", "note"), UNTERMINATED.values(), ids=UNTERMINATED.keys())
def test_a_note_and_on(sql: Build, broken: str, note: str) -> None:
    built = sql(START + broken + END)
    assert f"not all of this file was understood: {note}" in built.problems
    assert built.names("a") == ["x", "cvv"]
    assert broken.startswith("COPY") or built.names("z") == ["y"]
    assert {problem.path for problem in built.unit.problems} == {"db/schema.sql"}


def test_what_stood_before_the_break_is_kept(sql: Build) -> None:
    assert sql("CREATE TABLE b (cvv int, x text DEFAULT 'oops);\n").names("b") == ["cvv", "x"]
    assert sql("CREATE TABLE b (cvv int, x numeric(3").names("b") == ["cvv", "x"]


def test_procedure_without_an_end_hides_nothing(sql: Build) -> None:
    built = sql("CREATE PROCEDURE p() BEGIN SELECT 1;\nCREATE TABLE z (cvv int);\n")
    assert built.names("z") == ["cvv"]
    assert built.problems == ["not all of this file was understood: a procedure without an end near line 1"]


def test_notes_are_few(sql: Build) -> None:
    assert len(sql("CREATE TABLE (x int);\n" * 500).problems) == 20


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "CREATE TABLE t (a int DEFAULT " + "(" * 10_000 + "1" + ")" * 10_000 + ", cvv int);",
        "CREATE TABLE t (a int CHECK (" + "(" * 10_000,
        "CREATE TABLE t " + "(" * 10_000,
        "SELECT " + "(" * 10_000 + ")" * 10_000 + ";",
        "CREATE VIEW v AS " + "(" * 10_000 + "SELECT 1" + ")" * 10_000,
        "CREATE TABLE t (a " + "ARRAY<" * 10_000 + "INT" + ">" * 10_000 + ")",
        "/*" * 30_000,
        "/*!" * 30_000,
        "DO $$ " * 2_000,
        "DO $a$ " + "".join(f"DO $a{number}$ " for number in range(2_000)),
        "IF " * 6_000,
        "BEGIN " * 2_000 + "END " * 6_000,
        "CREATE FUNCTION f AS BEGIN " * 3_000,
        "CREATE PROCEDURE p() BEGIN SELECT 1; " * 3_000,
        "ALTER TABLE t " * 6_000,
        "CREATE " * 6_000,
        "GRANT " * 6_000,
        "DELIMITER $$\n" * 6_000,
        "".join(f"$a{number}$ " for number in range(6_000)),
        "'\n" + "\\'\n" * 30_000,
        "INSERT INTO t VALUES ('" + "\\'" * 60_000,
        "INSERT INTO t VALUES ('" + "''" * 60_000 + "');",
        "INSERT INTO t VALUES (" + "1," * 60_000 + "1);",
        "INSERT INTO t VALUES (" + "('x')," * 60_000 + "1);" + END,
        "x" * 60_000,
        " " * 60_000 + ";",
        "\n" * 60_000,
        "$" * 60_000,
        "{{" * 60_000 + "}}" * 60_000,
        "CREATE TABLE " + "${" * 20_000,
        "a." * 60_000,
        "-" * 60_000,
        "#" * 60_000,
        "/" * 60_000,
        "[" * 60_000,
        "\\" * 60_000,
        "@" * 60_000,
        ":" * 60_000,
        "`" * 60_001,
        '"' * 60_001,
        "q'" * 60_000,
        "E'" * 60_000,
        "COPY t FROM stdin;\n" * 2_000,
        "CREATE TABLE t (" + ",".join(f"c{number} int" for number in range(6_000)) + ")",
        "CREATE TABLE t (" + "," * 30_000 + ")",
        "COMMENT ON COLUMN " + "a." * 10_000 + "b IS 'x'",
        "CREATE TABLE t " + "AS WITH x " * 10_000,
        "GO" + " " * 30_000 + "x\n" + "GO 5" + " " * 30_000 + ";" + " " * 30_000 + "x",
        "".join(f"DELIMITER a{number}\nx y a{number}\n" for number in range(1_500)),
        "SET search_path = " + "a," * 10_000 + "b;" + "DROP TABLE x;" * 3_000,
        "".join(f"GRANT p{number} ON t TO x;" for number in range(1_500)) + "REVOKE q ON t FROM x;" * 1_500,
        "-- +goose Up\n" + "-- +goose Down\n-- +goose Up\n" * 10_000,
    ],
    ids=lambda text: text[:24] + str(len(text)),
)
def test_hostile_text(sql: Build, text: str) -> None:
    """Nesting must not recurse, and with quadratic time these would not come to an end."""
    built = sql(START + text)
    assert built.names("a") == ["x", "cvv"]
    sql("CREATE TABLE `a` (`x` int) ENGINE=InnoDB;\n" + text)
    sql("CREATE TABLE [dbo].[a] ([x] int)\nGO\n" + text)


def test_long_line_of_data(sql: Build) -> None:
    rows = ",".join(["(1,'it''s; x')"] * 60_000)
    built = sql("".join(["INSERT INTO t VALUES ", rows, "; CREATE TABLE z (cvv int);"]))
    assert built.names("z") == ["cvv"]


def test_statement_too_long_to_be_one(sql: Build) -> None:
    built = sql("CREATE TABLE a (cvv int) COMMENT " + "x " * 210_000 + ";" + END)
    assert built.names("a") == ["cvv"]
    assert built.names("z") == ["y"]
    assert built.problems == ["not all of this file was understood: a statement that is too long near line 1"]


def test_columns_are_not_multiplied_without_bound(sql: Build) -> None:
    wide = "CREATE TABLE w (" + ",".join(f"c{number} int" for number in range(1_000)) + ");"
    one = "CREATE TABLE t# LIKE w; CREATE TABLE u# (LIKE w);"
    copies = "".join(one.replace("#", str(number)) for number in range(200))
    built = sql(wide + copies)
    listed = [len(built.config(address)["columns"]) for address in built.of_type("table")]
    assert sum(listed) < 60_000
    assert built.config("t0")["partial"] is False
    assert built.config("t199")["partial"] is True


def test_many_changes_to_one_table(sql: Build) -> None:
    changes = "".join(f"ALTER TABLE t ADD c{n} int; ALTER TABLE t RENAME c{n} TO d{n};" for n in range(4_000))
    built = sql("CREATE TABLE t (a int);" + changes + "".join(f"ALTER TABLE t DROP d{n};" for n in range(3_999)))
    assert built.names("t") == ["a", "d3999"]
