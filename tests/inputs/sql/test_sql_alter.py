"""Folding: what later statements do to tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.inputs.sql.conftest import Build

BASE = "CREATE TABLE public.t (id int NOT NULL, pan varchar(19), note text);\n"
MYSQL_BASE = "CREATE TABLE `t` (`id` int NOT NULL, `pan` varchar(19), `note` text) ENGINE=InnoDB;\n"
MSSQL_BASE = "CREATE TABLE [dbo].[t] ([id] [int] NOT NULL, [pan] [nvarchar](19), [note] [nvarchar](max))\nGO\n"
ORACLE_BASE = "CREATE TABLE t (id NUMBER(9) NOT NULL, pan VARCHAR2(19), note VARCHAR2(99));\n/\n"
CASES = [
    (BASE, "ALTER TABLE t ADD COLUMN cvv varchar(4);", ["id", "pan", "note", "cvv"]),
    (
        BASE,
        "ALTER TABLE ONLY public.t ADD cvv varchar(4) NOT NULL DEFAULT '', ADD b int;",
        ["id", "pan", "note", "cvv", "b"],
    ),
    (BASE, "ALTER TABLE IF EXISTS t ADD COLUMN IF NOT EXISTS pan text, ADD COLUMN b int;", ["id", "pan", "note", "b"]),
    (
        BASE,
        "ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0), ADD PRIMARY KEY (id), ADD UNIQUE (pan);",
        ["id", "pan", "note"],
    ),
    (BASE, "ALTER TABLE T DROP COLUMN IF EXISTS PAN CASCADE, DROP note;", ["id"]),
    (BASE, "ALTER TABLE t DROP CONSTRAINT pan, DROP CONSTRAINT IF EXISTS note;", ["id", "pan", "note"]),
    (BASE, "ALTER TABLE t RENAME COLUMN pan TO card_token;", ["id", "card_token", "note"]),
    (BASE, "ALTER TABLE t RENAME pan TO card_token;", ["id", "card_token", "note"]),
    (BASE, "ALTER TABLE t RENAME CONSTRAINT pan TO x; ALTER TABLE t OWNER TO pan;", ["id", "pan", "note"]),
    (BASE, "ALTER TABLE t\n  ALTER COLUMN pan TYPE text,\n  DROP COLUMN note;", ["id", "pan"]),
    (
        BASE,
        "DO $$ BEGIN IF NOT EXISTS (SELECT 1) THEN ALTER TABLE t ADD COLUMN cvv int; END IF; END $$;",
        ["id", "pan", "note", "cvv"],
    ),
    (
        BASE,
        "DO LANGUAGE plpgsql $do$ BEGIN\nALTER TABLE t DROP COLUMN pan;\nEXCEPTION WHEN others THEN NULL; END $do$;",
        ["id", "note"],
    ),
    (
        MYSQL_BASE,
        "ALTER TABLE t ADD (a int, b varchar(3) COMMENT 'x,y'), ENGINE=InnoDB;",
        ["id", "pan", "note", "a", "b"],
    ),
    (
        MYSQL_BASE,
        "ALTER TABLE `t` ADD COLUMN `cvv` char(4) AFTER `pan`, ALGORITHM=INPLACE, LOCK=NONE;",
        ["id", "pan", "note", "cvv"],
    ),
    (MYSQL_BASE, "ALTER TABLE t ADD INDEX idx (pan), ADD UNIQUE KEY u (id), ADD KEY (note(3));", ["id", "pan", "note"]),
    (MYSQL_BASE, "ALTER TABLE t CHANGE COLUMN pan card_token varchar(64) NOT NULL;", ["id", "card_token", "note"]),
    (MYSQL_BASE, "ALTER TABLE t CHANGE `pan` `pan` varbinary(255), DROP `note`;", ["id", "pan"]),
    (MYSQL_BASE, "ALTER TABLE t MODIFY pan varbinary(255) NOT NULL COMMENT 'sealed' FIRST;", ["id", "pan", "note"]),
    (MYSQL_BASE, "ALTER TABLE t DROP INDEX pan, DROP PRIMARY KEY, DROP FOREIGN KEY note;", ["id", "pan", "note"]),
    (MYSQL_BASE, "ALTER IGNORE TABLE t ADD x int;", ["id", "pan", "note", "x"]),
    (
        MSSQL_BASE,
        "ALTER TABLE [dbo].[t] ADD [cvv] [char](3) NULL, [x] int NOT NULL DEFAULT 0\nGO\n",
        ["id", "pan", "note", "cvv", "x"],
    ),
    (MSSQL_BASE, "ALTER TABLE t DROP COLUMN [pan], [note]\nGO\n", ["id"]),
    (MSSQL_BASE, "ALTER TABLE dbo.t DROP CONSTRAINT df, COLUMN pan;", ["id", "note"]),
    (MSSQL_BASE, "ALTER TABLE dbo.t DROP pan", ["id", "pan", "note"]),
    (
        MSSQL_BASE,
        "IF COL_LENGTH('dbo.t', 'cvv') IS NULL\nBEGIN\n  ALTER TABLE dbo.t ADD cvv char(3)\nEND\nGO\n",
        ["id", "pan", "note", "cvv"],
    ),
    (MSSQL_BASE, "IF EXISTS (SELECT * FROM sys.columns) ALTER TABLE dbo.t DROP COLUMN pan\nGO\n", ["id", "note"]),
    (MSSQL_BASE, "EXEC sp_rename 'dbo.t.pan', 'token', 'COLUMN';", ["id", "token", "note"]),
    (
        MSSQL_BASE,
        "EXEC @rc = sys.sp_rename @objname = N'[dbo].[t].[pan]', @newname = N'token', @objtype = N'COLUMN'",
        ["id", "token", "note"],
    ),
    (MSSQL_BASE, "sp_rename 't.pan', 'token', 'COLUMN'\nGO\n", ["id", "token", "note"]),
    (MSSQL_BASE, "EXEC sp_rename 'dbo.t.ix', 'iy', 'INDEX'", ["id", "pan", "note"]),
    (MSSQL_BASE, "EXEC('ALTER TABLE dbo.t ADD cvv int')", ["id", "pan", "note"]),
    (
        ORACLE_BASE,
        "ALTER TABLE t ADD (cvv VARCHAR2(4), CONSTRAINT c CHECK (id > 0), x DATE);",
        ["id", "pan", "note", "cvv", "x"],
    ),
    (ORACLE_BASE, "ALTER TABLE t DROP (pan, note);", ["id"]),
    (ORACLE_BASE, "ALTER TABLE t SET UNUSED (pan); ALTER TABLE t SET UNUSED COLUMN note;", ["id"]),
    (ORACLE_BASE, "BEGIN EXECUTE IMMEDIATE 'ALTER TABLE t ADD cvv NUMBER'; END;\n/\n", ["id", "pan", "note"]),
]


@pytest.mark.parametrize(("base", "statement", "names"), CASES)
def test_columns_after(sql: Build, base: str, statement: str, names: list[str]) -> None:
    built = sql(base + statement)
    (address,) = built.of_type("table")
    assert built.names(address) == names
    assert built.problems == []


def test_type_change_moves_the_type_only(sql: Build) -> None:
    built = sql({"1.sql": BASE, "2.sql": "ALTER TABLE t ALTER COLUMN pan SET DATA TYPE varchar(64) USING x::text;"})
    column = built.column("public.t", "pan")
    assert (column["type"], column["length"]) == ("varchar(64)", 64)
    assert built.at("public.t", "columns", 1, "type") == "varchar(64)"
    assert built.path_of("public.t", "columns", 1) == "1.sql"
    assert built.path_of("public.t", "columns", 1, "type") == "2.sql"


def test_places_follow_renames_and_additions(sql: Build) -> None:
    built = sql(
        {
            "1.sql": BASE,
            "2.sql": "ALTER TABLE t RENAME COLUMN pan TO card_no;",
            "10.sql": "ALTER TABLE t ADD cvv char(3);",
        }
    )
    assert built.names("public.t") == ["id", "card_no", "note", "cvv"]
    assert [built.path_of("public.t", "columns", index) for index in range(4)] == ["1.sql", "2.sql", "1.sql", "10.sql"]
    assert built.subject("public.t").header.path == "1.sql"
    assert built.column("public.t", "card_no")["length"] == 19


def test_redefinition_forgets_what_it_does_not_repeat(sql: Build) -> None:
    built = sql(
        {
            "1.sql": "CREATE TABLE `t` (`pan` varchar(19) NOT NULL COMMENT 'clear') ENGINE=InnoDB;",
            "2.sql": "ALTER TABLE `t` MODIFY `pan` varbinary(255);",
        }
    )
    column = built.column("t", "pan")
    assert (column["base_type"], column["nullable"], column["comment"]) == ("varbinary", True, None)
    assert built.path_of("t", "columns", 0) == "2.sql"


def test_oracle_modify_keeps_what_it_does_not_say(sql: Build) -> None:
    built = sql(ORACLE_BASE + "ALTER TABLE t MODIFY (pan NOT NULL, note VARCHAR2(10));")
    assert built.column("t", "pan")["length"] == 19
    assert built.column("t", "pan")["nullable"] is False
    assert built.column("t", "note")["length"] == 10


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER COLUMN pan SET DEFAULT 'x' || 'y'", {"default": "'x' || 'y'"}),
        ("ALTER pan SET NOT NULL", {"nullable": False}),
        ("ALTER COLUMN pan ADD GENERATED ALWAYS AS IDENTITY", {"identity": True}),
        ("ALTER COLUMN pan SET STATISTICS 500", {"nullable": True, "default": None}),
    ],
)
def test_alter_column(sql: Build, statement: str, said: dict[str, object]) -> None:
    column = sql(BASE + f"ALTER TABLE t {statement};").column("public.t", "pan")
    assert {key: column[key] for key in said} == said


def test_undoing_alter_column(sql: Build) -> None:
    built = sql(
        "CREATE TABLE t (a text NOT NULL DEFAULT 'x'); ALTER TABLE t ALTER a DROP DEFAULT, ALTER a DROP NOT NULL;"
    )
    assert built.column("t", "a")["default"] is None
    assert built.column("t", "a")["nullable"] is True


def test_tsql_alter_column_and_defaults(sql: Build) -> None:
    built = sql(
        MSSQL_BASE + "ALTER TABLE [dbo].[t] ALTER COLUMN [id] [bigint]\nGO\n"
        "ALTER TABLE [dbo].[t] ADD CONSTRAINT [df] DEFAULT ((0)) FOR [pan]\nGO\n"
        "ALTER TABLE [dbo].[t] WITH CHECK ADD CONSTRAINT [fk] FOREIGN KEY([id]) REFERENCES [dbo].[u] ([id])\nGO\n"
        "ALTER TABLE dbo.t ALTER COLUMN note ADD MASKED WITH (FUNCTION = 'default()')\n"
    )
    assert built.names("dbo.t") == ["id", "pan", "note"]
    assert (built.column("dbo.t", "id")["base_type"], built.column("dbo.t", "id")["nullable"]) == ("bigint", True)
    assert built.column("dbo.t", "pan")["default"] == "((0))"
    assert built.column("dbo.t", "note")["masked"] is True


@pytest.mark.parametrize(
    ("statement", "address"),
    [
        ("ALTER TABLE public.t RENAME TO cards;", "public.cards"),
        ("ALTER TABLE t SET SCHEMA archive;", "archive.t"),
        ("RENAME TABLE t TO cards;", "public.cards"),
        ("RENAME t TO cards;", "public.cards"),
        ("ALTER TABLE t RENAME cards;", "public.cards"),
        ("EXEC sp_rename 'public.t', 'Cards'", "public.Cards"),
    ],
)
def test_renamed_tables(sql: Build, statement: str, address: str) -> None:
    built = sql(BASE + statement + "\nALTER TABLE " + address + " ADD last_one int;")
    assert built.of_type("table") == [address]
    assert built.names(address) == ["id", "pan", "note", "last_one"]
    assert built.text(built.subject(address).header) == "t"


def test_sqlite_way_to_change_a_table(sql: Build) -> None:
    built = sql(
        """
        CREATE TABLE users (id INTEGER PRIMARY KEY, cvv TEXT);
        CREATE TABLE _new_users (id INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT);
        INSERT INTO _new_users SELECT id, 'CREATE' FROM users;
        DROP TABLE users;
        ALTER TABLE _new_users RENAME TO users;
        """
    )
    assert built.of_type("table") == ["users"]
    assert built.names("users") == ["id", "token"]


@pytest.mark.parametrize(
    "drop",
    ["DROP TABLE t;", "DROP TABLE IF EXISTS other, public.t CASCADE;", "DROP SCHEMA public CASCADE;", "drop table T"],
)
def test_dropped_tables_are_gone(sql: Build, drop: str) -> None:
    assert sql(BASE + "GRANT SELECT ON t TO app;\n" + drop).unit.subjects == ()


def test_dropping_another_schemas_table_drops_nothing(sql: Build) -> None:
    assert sql(BASE + "DROP TABLE audit.t; DROP TABLE tt;").of_type("table") == ["public.t"]


def test_what_drop_takes_besides_tables(sql: Build) -> None:
    built = sql(
        """
        CREATE VIEW v AS SELECT a FROM t;
        CREATE TYPE c AS (a int);
        CREATE EXTENSION x;
        CREATE FUNCTION f() RETURNS int AS '';
        CREATE TRIGGER g BEFORE INSERT ON a EXECUTE FUNCTION f();
        CREATE TRIGGER g BEFORE INSERT ON b EXECUTE FUNCTION f();
        CREATE ROLE r; CREATE USER u;
        DROP VIEW IF EXISTS v; DROP TYPE c; DROP EXTENSION x; DROP FUNCTION f(int, text);
        DROP TRIGGER g ON a; DROP ROLE r, u;
        """
    )
    assert [subject.address for subject in built.unit.subjects] == ["trigger:b.g"]


def test_comments(sql: Build) -> None:
    built = sql(
        BASE + "COMMENT ON TABLE t IS 'cards';\nCOMMENT ON COLUMN public.t.pan IS 'the ''number''';\n"
        "COMMENT ON COLUMN t.id IS NULL; COMMENT ON COLUMN elsewhere.x IS 'y'; COMMENT ON DATABASE d IS 'z';"
    )
    assert built.config("public.t")["comment"] == "cards"
    assert built.at("public.t", "comment") == "cards"
    assert built.column("public.t", "pan")["comment"] == "the 'number'"
    assert built.at("public.t", "columns", 1, "comment") == "the ''number''"
    assert built.column("public.t", "id")["comment"] is None
    assert built.of_type("table") == ["public.t"]


def test_row_security_and_encryption(sql: Build) -> None:
    built = sql(BASE + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t ENCRYPTION = 'Y';")
    assert built.config("public.t")["row_security"] is True
    assert built.config("public.t")["encrypted"] is True
    assert sql(BASE + "ALTER TABLE t DISABLE ROW LEVEL SECURITY;").config("public.t")["row_security"] is False


def test_table_nobody_created(sql: Build) -> None:
    built = sql(
        "ALTER TABLE app.users ADD cvv varchar(4), OWNER TO x;\nALTER TABLE other OWNER TO x;\nDROP TABLE third;"
    )
    assert built.of_type("table") == ["app.users"]
    assert built.config("app.users")["partial"] is True
    assert built.names("app.users") == ["cvv"]
    assert built.text(built.subject("app.users").header) == "users"


def test_create_after_alter_keeps_both(sql: Build) -> None:
    built = sql({"a_add.sql": "ALTER TABLE users ADD cvv int;", "users.sql": "CREATE TABLE users (id int);"})
    assert built.names("users") == ["id", "cvv"]
    assert built.config("users")["partial"] is False
    assert built.subject("users").header.path == "users.sql"


@pytest.mark.parametrize(
    ("created", "altered", "same"),
    [
        ("users", "public.users", True),
        ("public.users", "users", True),
        ("app.users", "users", True),
        ("users", "app.users", True),
        ("dbo.users", "public.users", True),
        ('"Users"', "users", True),
        ("app.users", "audit.users", False),
        ("public.users", "audit.users", False),
    ],
)
def test_which_table_is_meant(sql: Build, created: str, altered: str, same: bool) -> None:
    built = sql(f"CREATE TABLE {created} (a int); ALTER TABLE {altered} ADD b int;")
    assert (len(built.of_type("table")) == 1) is same


def test_names_that_differ_in_case_only(sql: Build) -> None:
    built = sql(
        'CREATE TABLE t ("Pan" text, pan text); ALTER TABLE t DROP COLUMN "Pan"; ALTER TABLE t RENAME pan TO b;'
    )
    assert built.names("t") == ["b"]
    built = sql('CREATE TABLE t ("PAN" text, pan int); ALTER TABLE t RENAME "PAN" TO x;')
    assert built.names("t") == ["x", "pan"]


def test_search_path_and_use(sql: Build) -> None:
    built = sql("SET search_path = app, x; CREATE TABLE t (a int); SET search_path TO audit; CREATE TABLE t (b int);")
    assert built.names("app.t") == ["a"]
    assert built.names("audit.t") == ["b"]
    built = sql("CREATE TABLE t (a int); SET search_path = app, public; DROP TABLE t;")
    assert built.of_type("table") == []
    built = sql("USE `shop`;\nCREATE TABLE `t` (`a` int);\nUSE `other`;\nCREATE TABLE `t` (`b` int);")
    assert built.of_type("table") == ["shop.t", "other.t"]


def test_views_can_be_altered(sql: Build) -> None:
    built = sql("CREATE VIEW v AS SELECT pan FROM t;\nGO\nALTER VIEW v AS SELECT right(pan, 4) AS last4 FROM t\nGO\n")
    assert built.names("v") == ["last4"]
    built = sql("CREATE VIEW v AS SELECT pan FROM t; ALTER VIEW v OWNER TO x; ALTER TABLE v ADD z int;")
    assert built.names("v") == ["pan"]
    assert built.of_type("table") == []


def test_attribute_of_a_type(sql: Build) -> None:
    built = sql("CREATE TYPE c AS (a int); ALTER TYPE c ADD ATTRIBUTE pan text CASCADE; ALTER TYPE mood ADD VALUE 'x';")
    assert built.names("type:c") == ["a", "pan"]
    assert len(built.unit.subjects) == 1
