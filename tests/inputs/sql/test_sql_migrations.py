"""Folders of migrations: which files, in which order, which part of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.inputs import sql as sql_input
from scanner.inputs.sql.migrations import forward_regions, is_ordered, order, undoes, unit_root
from scanner.text import Source

if TYPE_CHECKING:
    from tests.inputs.sql.conftest import Build


@pytest.mark.parametrize(
    ("path", "claimed"),
    [
        ("a.sql", True),
        ("db/A.SQL", True),
        ("x.ddl", True),
        ("x.psql", True),
        ("x.sql.gz", False),
        ("sql", False),
        ("a.sqlite", False),
    ],
)
def test_claims(path: str, claimed: bool) -> None:
    assert sql_input.claims(path) is claimed


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("create table t (a int)", True),
        ("-- only words\nALTER\nTABLE t DROP x", True),
        ("GRANT SELECT ON t TO x", True),
        ("comment on column t.a is 'x'", True),
        ("SET GLOBAL general_log = 1", True),
        ("exec sp_rename 'a', 'b'", True),
        ("set @@global.x = 1", True),
        ("SELECT 'created', \"DROPPED\", password FROM t", False),
        ("SELECT created_at, dropped FROM altered", False),
        ("INSERT INTO t VALUES (1);", False),
        ("", False),
    ],
)
def test_facts(text: str, ours: bool) -> None:
    assert sql_input.facts(Source("a.sql", text.encode())) == ({} if ours else None)


def test_facts_of_utf16() -> None:
    assert sql_input.facts(Source("a.sql", "CREATE TABLE t (a int)".encode("utf-16"))) == {}


def test_group_by_folder_in_natural_order() -> None:
    paths = ["db/10_c.sql", "db/2_b.sql", "db/1_a.sql", "db/2_b.down.sql", "other/x.sql", "top.sql", "db/sub/1.sql"]
    assert sql_input.group({path: {} for path in reversed(paths)}) == {
        "db": ("db/1_a.sql", "db/2_b.sql", "db/10_c.sql"),
        "other": ("other/x.sql",),
        ".": ("top.sql",),
        "db/sub": ("db/sub/1.sql",),
    }


def test_migrations_in_folders_of_their_own() -> None:
    prisma = ["prisma/migrations/20240102_b/migration.sql", "prisma/migrations/20240101_a/migration.sql"]
    diesel = ["m/2024-01-10-1_b/up.sql", "m/2024-01-10-1_b/down.sql", "m/2024-01-02-1_a/up.sql"]
    assert sql_input.group({path: {} for path in [*prisma, *diesel]}) == {
        "prisma/migrations": (prisma[1], prisma[0]),
        "m": (diesel[2], diesel[0]),
    }


@pytest.mark.parametrize(
    "names",
    [
        ["1.sql", "2.sql", "10.sql"],
        ["V1__a.sql", "V1.1__b.sql", "V1_2__c.sql", "V2__d.sql", "V10__e.sql", "R__views.sql"],
        ["20230101120000_a.sql", "20240101120000_b.sql"],
        ["0001_a.up.sql", "0002_b.up.sql", "0011_c.up.sql"],
        ["schema.sql", "schema2.sql", "schema10.sql"],
        ["A1.sql", "a2.sql", "a10.sql"],
    ],
)
def test_order(names: list[str]) -> None:
    for turn in range(len(names)):
        assert sorted(names[turn:] + names[:turn], key=order) == names


@pytest.mark.parametrize(
    ("path", "is_undo"),
    [
        ("db/1_a.down.sql", True),
        ("db/1_a_down.sql", True),
        ("db/down.sql", True),
        ("db/1_a.rollback.sql", True),
        ("db/rollback_1.sql", True),
        ("db/ROLLBACK.sql", True),
        ("db/U1__a.sql", True),
        ("db/U1.2__a.sql", True),
        ("db/001.undo.sql", True),
        ("db/rollback/1.sql", True),
        ("sqitch/revert/users.sql", True),
        ("db/drop.sql", True),
        ("db/drop_tables.sql", True),
        ("db/mysql-sakila-drop-objects.sql", True),
        ("db/005_drop_tables.sql", False),
        ("db/V5__drop_tables.sql", False),
        ("db/V7__users_rollback.sql", False),
        ("db/drop_cvv_column.sql", False),
        ("db/user_updates.sql", False),
        ("db/countdown.sql", False),
        ("db/breakdown.sql", False),
        ("down/1.up.sql", True),
        ("db/users.sql", False),
        ("db/U_turns.sql", False),
    ],
)
def test_undo_scripts(path: str, is_undo: bool) -> None:
    assert undoes(path) is is_undo


def test_names_with_a_place_in_a_sequence() -> None:
    ordered = ["1.sql", "db/V1__x.sql", "20240101_x.sql", "x/migration.sql"]
    assert [is_ordered(path) for path in [*ordered, "schema.sql", "Views.sql"]] == [True] * 4 + [False] * 2
    assert unit_root("a/b/20240101_x/migration.sql") == "a/b"
    assert unit_root("x.sql") == "."


MARKS = [
    ("-- +goose Up\n", "-- +goose Down\n"),
    ("-- migrate:up\n", "-- migrate:down\n"),
    ("-- +migrate Up\n", "-- +migrate Down\n"),
    ("# --- !Ups\n", "# --- !Downs\n"),
    ("-- Up Migration\n", "-- Down Migration\n"),
    ("", "-- //@UNDO\n"),
]


@pytest.mark.parametrize(("up", "down"), MARKS)
def test_way_back_is_not_read(sql: Build, up: str, down: str) -> None:
    built = sql(f"{up}CREATE TABLE `t` (cvv int);\n{down}DROP TABLE `t`;\nCREATE TABLE `old` (pan int);\n")
    assert built.of_type("table") == ["t"]


def test_way_forward_may_come_last(sql: Build) -> None:
    text = "-- +goose Down\nDROP TABLE a;\n-- +goose Up\nCREATE TABLE a (x int);\nCREATE TABLE b (y int);"
    assert sql(text).of_type("table") == ["a", "b"]


def test_mark_for_the_way_back_alone_hides_nothing() -> None:
    text = "CREATE TABLE a (x int);\n-- +goose Down\nCREATE TABLE cards (cvv int);"
    assert forward_regions(text) == [(0, len(text))]


def test_order_decides_what_is_left(sql: Build) -> None:
    files: dict[str, str | bytes] = {
        "db/2_drop.sql": "ALTER TABLE users DROP COLUMN cvv;",
        "db/10_again.sql": "ALTER TABLE users ADD COLUMN cvv char(3);",
        "db/1_create.sql": "CREATE TABLE users (id int, cvv char(4));",
    }
    built = sql(files)
    assert built.unit.files == ("db/1_create.sql", "db/2_drop.sql", "db/10_again.sql")
    assert built.path_of("users", "columns", 1) == "db/10_again.sql"
    assert built.column("users", "cvv")["length"] == 3
    assert sql(dict(reversed(files.items()))).unit == built.unit


def test_dropped_and_made_anew_in_a_sequence(sql: Build) -> None:
    built = sql({"1.sql": "CREATE TABLE t (cvv int);", "2.sql": "DROP TABLE t; CREATE TABLE t (token text);"})
    assert built.names("t") == ["token"]


def test_create_if_not_exists_does_nothing_in_a_sequence(sql: Build) -> None:
    built = sql({"1.sql": "CREATE TABLE t (a int);", "2.sql": "CREATE TABLE IF NOT EXISTS t (a int, cvv int);"})
    assert built.names("t") == ["a"]


def test_alternatives_are_joined(sql: Build) -> None:
    built = sql(
        {
            "schema-mysql.sql": "DROP TABLE IF EXISTS `t`;\nCREATE TABLE `t` (`a` int, `cvv` int) ENGINE=InnoDB;",
            "schema-oracle.sql": "DROP TABLE t;\nCREATE TABLE t (a NUMBER(3), pan VARCHAR2(19));",
        }
    )
    assert built.names("t") == ["a", "cvv", "pan"]


def test_dropped_for_good_without_a_sequence(sql: Build) -> None:
    built = sql({"a.sql": "CREATE TABLE t (cvv int);", "b.sql": "DROP TABLE t;", "c.sql": "CREATE TABLE t (a int);"})
    assert built.names("t") == ["a"]


def test_dialect_of_the_folder(sql: Build) -> None:
    built = sql(
        {
            "1.sql": "CREATE TABLE `t` (`a` int) ENGINE=InnoDB;",
            "2.sql": "INSERT INTO t VALUES ('it\\'s; ');\nALTER TABLE t ADD cvv int; # it's\nALTER TABLE t ADD b int;",
        }
    )
    assert built.names("t") == ["a", "cvv", "b"]
    assert built.problems == []


def test_dialects_of_a_mixed_folder(sql: Build) -> None:
    built = sql(
        {
            "a.sql": "CREATE TABLE `a` (`x` int) ENGINE=InnoDB;",
            "b.sql": "CREATE TABLE b (x bigserial);",
            "c.sql": "# it's\nCREATE TABLE c (x int);\nINSERT INTO c VALUES ('c:\\');\nCREATE TABLE d (x int);",
        }
    )
    assert built.of_type("table") == ["a", "b", "c", "d"]
    assert built.problems == []


def test_empty_unit(sql: Build) -> None:
    built = sql({})
    assert (built.unit.id, built.unit.kind, built.unit.files, built.unit.subjects) == ("sql:db", "sql", (), ())
