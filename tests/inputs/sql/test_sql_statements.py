"""What ends a statement, what is passed over, what is looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.inputs.sql.conftest import Build

# Each text defines the tables a and z, and shows something in between that must neither hide z nor add another.
BETWEEN = {
    "strings": "INSERT INTO a VALUES ('it''s; CREATE TABLE b (x int);', \"x;y\");",
    "escape string": "INSERT INTO a VALUES (E'it\\'s; ', 'c:\\');",
    "dollars": "SELECT $$ ' ; CREATE TABLE b (x int); $$, $q$ $$ ; $q$;",
    "identifier with dollars": "SELECT a$1, b$$c FROM v$session;",
    "line comment": "-- it's; CREATE TABLE b (x int);\nSELECT 1; --\n",
    "nested comment": "/* a /* b */ ; CREATE TABLE b (x int); ' */ SELECT 1;",
    "comment that looks nested": "/* see db/*.sql; it's */ SELECT 1;",
    "quoted names": 'SELECT "it\'s;" FROM "b"";\'" WHERE x[1] = y[\'a;\'];',
    "function in dollars": "CREATE FUNCTION f() RETURNS int AS $f$ BEGIN CREATE TABLE b (x int); END $f$ LANGUAGE x;",
    "atomic function": "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC INSERT INTO b VALUES (1); SELECT 1; END;",
    "trigger with block": "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; DROP TABLE a; END;",
    "trigger without block": "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.x = 1;",
    "trigger that refers": "CREATE TRIGGER t AFTER UPDATE ON a REFERENCING NEW TABLE AS n EXECUTE FUNCTION f();",
    "column of hashes": "#\n# it's; CREATE TABLE b (x int);\n#\n",
    "psql": "\\set ON_ERROR_STOP on\n\\echo it's\n\\c shop\nSELECT 1 \\gexec\n",
    "sqlplus": "PROMPT it's time\nREM don't\nSET DEFINE OFF\n@other.sql\nWHENEVER SQLERROR EXIT\n",
    "sqlite shell": ".mode csv\n.import it's.csv x\n",
    "sqlcmd": ":setvar schema dbo\n:r it's.sql\n",
    "transaction": "BEGIN;\nCOMMIT;\nSTART TRANSACTION; SAVEPOINT x; END;",
    "explain": "EXPLAIN ANALYZE SELECT 1;",
    "copy": "COPY a (x, y) FROM stdin;\n1\tit's\nCREATE TABLE b (x int);\t\"\n\\.\n",
    "copy from a file": "COPY a FROM '/tmp/x' WITH (FORMAT csv);",
    "copy in another case": "copy a from STDIN with csv;\n'\n\\.\r\n",
    "dynamic": "EXECUTE 'CREATE TABLE b (x int)'; EXEC sp_executesql N'CREATE TABLE b (x int)';",
    "prepared": "PREPARE p AS SELECT 1; DEALLOCATE p;",
    "templates": "{{ config(x='y') }}\n{% set x = \"it's\" %}\nSELECT ${x}, :y, %(z)s, ? FROM {{ ref('t') }};",
    "many semicolons": ";;; ; ;",
}


@pytest.mark.parametrize("between", BETWEEN.values(), ids=BETWEEN.keys())
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_between(sql: Build, between: str, end: str) -> None:
    text = f"CREATE TABLE a (x int);\n{between}\nCREATE TABLE z (y int);\n"
    built = sql(text.replace("\n", end))
    assert built.of_type("table") == ["a", "z"]
    assert built.names("z") == ["y"]
    assert built.problems == []


MYSQL = {
    "escapes": "INSERT INTO a VALUES ('it\\'s; ', \"say \\\"x;\\\"\", '\\\\');",
    "hash comment": "# it's; CREATE TABLE b (x int);\n",
    "minus minus": "SELECT 5--3; INSERT INTO a VALUES (1--1);",
    "delimiter": "DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; CREATE TABLE b (x int); END$$\nDELIMITER ;",
    "delimiter //": "DELIMITER //\nCREATE PROCEDURE p() BEGIN SET @x = 1 / 2; END//\nDELIMITER ;",
    "delimiter ;;": "DELIMITER ;;\n/*!50003 CREATE*/ /*!50003 PROCEDURE p() BEGIN SET @x = ';;'; END */;;\nDELIMITER ;",
    "versioned": "/*!40101 SET NAMES utf8 */;\n/*!40000 ALTER TABLE `a` DISABLE KEYS */;\n/*M!100616 SET x=1 */;",
    "no delimiter": "CREATE PROCEDURE p() BEGIN IF x THEN DO 1; END IF; WHILE y DO SET z = 1; END WHILE; END;",
    "insert without space": "INSERT INTO`a`VALUES('x;y')",
    "replace": "REPLACE INTO a VALUES ('x;');",
    "hashes in between": "INSERT INTO a VALUES (1, # it's\n 2);\n# it's\nSELECT 1 #it's\n;",
    "charset introducer": "INSERT INTO a VALUES (_utf8'it''s;', X'00', b'1');",
}


@pytest.mark.parametrize("between", MYSQL.values(), ids=MYSQL.keys())
def test_between_in_mysql(sql: Build, between: str) -> None:
    built = sql(f"CREATE TABLE `a` (`x` int) ENGINE=InnoDB;\n{between}\nCREATE TABLE `z` (`y` int);\n")
    assert built.of_type("table") == ["a", "z"]
    assert built.problems == []


MSSQL = {
    "procedure": "CREATE PROCEDURE p AS BEGIN TRAN; CREATE TABLE b (x int); COMMIT\nGO",
    "trigger": "CREATE OR ALTER TRIGGER t ON a AFTER INSERT AS\nCREATE TABLE b (x int)\nDROP TABLE z\nGO 5",
    "altered function": "ALTER FUNCTION f() RETURNS int AS BEGIN DECLARE @b TABLE (x int); RETURN 1; END\ngo",
    "statements without end": "SET ANSI_NULLS ON\nDECLARE @x int = 1\nPRINT 'it''s'\nSELECT 1\nEXEC p @x = 1",
    "brackets": "INSERT [a] ([it's;]) VALUES (N'x;')",
    "nested comment": "/* a /* b */ c; ' */",
    "column of hashes": "# it's\nPRINT 1\n# it's\n",
    "temporary tables": "SELECT 1\n#t\nINSERT INTO #t VALUES (1)",
}


@pytest.mark.parametrize("between", MSSQL.values(), ids=MSSQL.keys())
def test_between_in_tsql(sql: Build, between: str) -> None:
    built = sql(f"CREATE TABLE [dbo].[a] ([x] int)\nGO\n{between}\nCREATE TABLE [dbo].[z] ([y] int)\n")
    assert built.of_type("table") == ["dbo.a", "dbo.z"]
    assert built.problems == []


ORACLE = {
    "package": "CREATE OR REPLACE PACKAGE p AS PROCEDURE q; x NUMBER; END p;\n/",
    "package body": "CREATE PACKAGE BODY p IS PROCEDURE q IS n NUMBER; BEGIN NULL; END q; BEGIN NULL; END p;",
    "function": "CREATE FUNCTION f RETURN NUMBER IS x NUMBER; BEGIN IF x THEN y; END IF; LOOP EXIT; END LOOP; END;\n/",
    "trigger": "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW DECLARE x NUMBER; BEGIN x := 1; END;",
    "q quotes": "INSERT INTO a VALUES (q'[it's; CREATE]', Q'{x}', nq'!y!');",
    "block": "BEGIN EXECUTE IMMEDIATE 'CREATE TABLE b (x int)'; EXCEPTION WHEN OTHERS THEN NULL; END;\n/",
    "comment with opening": "/* a /* b */",
    "type body": "CREATE TYPE BODY c AS MEMBER FUNCTION f RETURN NUMBER IS BEGIN RETURN 1; END; END;\n/",
}


@pytest.mark.parametrize("between", ORACLE.values(), ids=ORACLE.keys())
def test_between_in_oracle(sql: Build, between: str) -> None:
    built = sql(f"CREATE TABLE a (x VARCHAR2(3));\n{between}\nCREATE TABLE z (y NUMBER(3));\n")
    assert built.of_type("table") == ["a", "z"]
    assert built.problems == []


def test_several_definitions_in_one_block(sql: Build) -> None:
    built = sql(
        """
        DO $$
        DECLARE r record;
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM x WHERE (a)) THEN CREATE TABLE a (x int);
            ELSIF y THEN
                CREATE TABLE b (x int);
            ELSE CREATE TABLE c (x int); END IF;
            FOR r IN SELECT 1 LOOP
                EXECUTE format('CREATE TABLE %I (x int)', r);
                CREATE TABLE d (x int);
            END LOOP;
        EXCEPTION WHEN duplicate_table THEN NULL;
        END $$;
        CREATE TABLE e (x int);
        """
    )
    assert built.of_type("table") == ["a", "b", "c", "d", "e"]
    assert built.problems == []


def test_missing_semicolon(sql: Build) -> None:
    built = sql("CREATE TABLE a (x int)\nCREATE TABLE b (y int)\n\nINSERT INTO a VALUES (1)\nGRANT SELECT ON a TO x\n")
    assert built.of_type("table") == ["a", "b"]
    assert built.of_type("grant") == ["grant:select on a to x"]


def test_backslashes_that_were_taken_wrongly(sql: Build) -> None:
    built = sql("INSERT INTO t VALUES ('it\\'s');\nCREATE TABLE a (x int);\nINSERT INTO t VALUES ('it\\'s');\n")
    assert built.of_type("table") == ["a"]
    assert built.problems == []
    built = sql(
        "CREATE TABLE `a` (`x` int) ENGINE=InnoDB;\nINSERT INTO a VALUES ('c:\\');\nCREATE TABLE `b` (y int);\n"
    )
    assert built.of_type("table") == ["a", "b"]
    assert built.problems == []


def test_offsets_in_code_points(sql: Build) -> None:
    line = '/* 🂡 */ CREATE TABLE größe (ü int, "cvv 🂡" text, pan text);'
    built = sql("-- 🂡 ü\n" + line)
    assert built.subject("größe").places["columns", 2].span.column == line.index("pan") + 1
    assert built.names("größe") == ["ü", "cvv 🂡", "pan"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(sql: Build, encoding: str) -> None:
    text = "CREATE TABLE t (ä int,\n  cvv char(3));"
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    built = sql((mark + text).encode(encoding))
    span = built.subject("t").places["columns", 1].span
    assert (span.line, span.column, span.end_column) == (2, 3, 6)


def test_bytes_that_are_no_utf8(sql: Build) -> None:
    built = sql("CREATE TABLE t (größe int, pan text); -- ü\nCREATE TABLE ü (cvv int);".encode("latin-1"))
    assert [column["name"] for column in built.config("t")["columns"]] == ["gr\ufffd\ufffde", "pan"]
    assert built.at("t", "columns", 1) == "pan"
    assert built.at("\ufffd", "columns", 0) == "cvv"
    built = sql(b"CREATE TABLE t (\xe2\x82 int, \xf0\x9f\x98\xff int, pan text); -- \xff")
    assert built.names("t") == ["\ufffd" * 2, "\ufffd" * 4, "pan"]
