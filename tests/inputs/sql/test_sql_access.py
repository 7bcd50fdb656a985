"""Grants, users, settings, extensions, functions, triggers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.inputs.sql.conftest import Build

SECRET = "Tr0ub4dor-horse"

GRANTS: list[tuple[str, dict[str, Any]]] = [
    (
        "GRANT SELECT, INSERT ON public.cards TO app, reports WITH GRANT OPTION;",
        {
            "privileges": ["select", "insert"],
            "object": "public.cards",
            "object_type": "table",
            "grantees": ["app", "reports"],
            "grant_option": True,
        },
    ),
    (
        "GRANT ALL PRIVILEGES ON TABLE cards TO PUBLIC;",
        {"privileges": ["all"], "object": "cards", "grantees": ["public"]},
    ),
    (
        "GRANT SELECT (pan, id), UPDATE (id) ON cards TO x;",
        {"privileges": ["select", "update"], "columns": ["pan", "id", "id"]},
    ),
    ("GRANT USAGE ON SCHEMA app TO GROUP x;", {"object": "app", "object_type": "schema", "grantees": ["x"]}),
    ("GRANT SELECT ON ALL TABLES IN SCHEMA app TO x;", {"object": "app", "object_type": "all tables in schema"}),
    ("GRANT EXECUTE ON FUNCTION f(int, text) TO x;", {"object": "f", "object_type": "function"}),
    ('GRANT SELECT ON user TO "App User";', {"object": "user", "object_type": "table", "grantees": ["App User"]}),
    (
        "GRANT admin, auditor TO alice WITH ADMIN OPTION;",
        {"privileges": ["admin", "auditor"], "object": None, "grant_option": True},
    ),
    (
        "GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;",
        {"object": "*.*", "grantees": ["root@%"], "privileges": ["all"], "grant_option": True},
    ),
    (
        "GRANT CREATE TEMPORARY TABLES ON `shop`.* TO app@localhost;",
        {"object": "shop.*", "grantees": ["app@localhost"]},
    ),
    (
        "GRANT SELECT ON OBJECT::dbo.Cards TO [App]\nGO\n",
        {"object": "dbo.cards", "object_type": "object", "grantees": ["App"]},
    ),
    ("GRANT CONTROL ON SCHEMA::dbo TO x;", {"object": "dbo", "object_type": "schema"}),
    (
        "ALTER DEFAULT PRIVILEGES IN SCHEMA app\nGRANT SELECT ON TABLES TO x;",
        {"object": None, "object_type": "default tables", "privileges": ["select"]},
    ),
    (
        "ALTER ROLE db_owner ADD MEMBER [app]\nGO\n",
        {"privileges": ["db_owner"], "object_type": "role", "grantees": ["app"]},
    ),
]


@pytest.mark.parametrize(("statement", "said"), GRANTS)
def test_grant(sql: Build, statement: str, said: dict[str, Any]) -> None:
    built = sql(statement)
    (subject,) = built.unit.subjects
    assert subject.type == "grant"
    assert set(subject.config) == {"privileges", "columns", "object", "object_type", "grantees", "grant_option"}
    assert {key: subject.config[key] for key in said} == said
    for index, grantee in enumerate(subject.config["grantees"]):
        assert built.at(subject.address, "grantees", index).lower() == grantee.split("@")[0].lower()
    assert built.text(subject.header) in statement
    assert built.problems == []


def test_one_grant_on_several_tables(sql: Build) -> None:
    built = sql("GRANT SELECT ON a, b TO x;")
    assert built.of_type("grant") == ["grant:select on a to x", "grant:select on b to x"]
    assert built.at("grant:select on b to x", "object") == "b"
    assert built.at("grant:select on b to x", "privileges") == "SELECT"
    assert built.text(built.subject("grant:select on a to x").header) == "GRANT SELECT ON a, b"


@pytest.mark.parametrize(
    ("revoke", "left"),
    [
        ("REVOKE ALL ON cards FROM app, web;", []),
        ("REVOKE SELECT, INSERT, UPDATE ON TABLE cards FROM app, web;", []),
        ("REVOKE INSERT ON cards FROM app, web;", ["grant:select, update on cards to app, web"]),
        ("REVOKE ALL ON cards FROM web;", ["grant:select, insert, update on cards to app"]),
        (
            "REVOKE UPDATE ON cards FROM web;",
            ["grant:select, insert, update on cards to app", "grant:select, insert on cards to web"],
        ),
        ("REVOKE ALL ON others FROM app;", ["grant:select, insert, update on cards to app, web"]),
        ("REVOKE SELECT (pan) ON cards FROM app;", ["grant:select, insert, update on cards to app, web"]),
    ],
)
def test_revoke(sql: Build, revoke: str, left: list[str]) -> None:
    assert sql("GRANT SELECT, INSERT, UPDATE ON cards TO app, web;\n" + revoke).of_type("grant") == left


def test_revoking_parts_of_a_grant(sql: Build) -> None:
    built = sql("GRANT SELECT (pan, id) ON c TO x WITH GRANT OPTION; REVOKE SELECT (pan) ON c FROM x;")
    assert built.config("grant:select on c to x")["columns"] == ["id"]
    built = sql("GRANT SELECT ON c TO x WITH GRANT OPTION; REVOKE GRANT OPTION FOR SELECT ON c FROM x;")
    assert built.config("grant:select on c to x")["grant_option"] is False
    assert sql("GRANT ALL ON c TO x; REVOKE SELECT ON c FROM x;").of_type("grant") == ["grant:all on c to x"]
    assert sql("GRANT a, b TO x; REVOKE a FROM x;").of_type("grant") == ["grant:b to x"]


def test_the_same_grant_twice(sql: Build) -> None:
    built = sql("GRANT SELECT ON c TO x; GRANT SELECT ON c TO x; GRANT SELECT ON c TO x WITH GRANT OPTION;")
    assert built.of_type("grant") == ["grant:select on c to x", "grant:select on c to x#2"]
    assert built.config("grant:select on c to x#2")["grant_option"] is True
    assert sql("GRANT SELECT ON c TO x; GRANT SELECT ON c TO x; REVOKE SELECT ON c FROM x;").of_type("grant") == []


USERS: list[tuple[str, str, dict[str, Any]]] = [
    (
        f"CREATE USER app WITH PASSWORD '{SECRET}' SUPERUSER;",
        "user:app",
        {"password": True, "superuser": True, "hashed": False},
    ),
    (
        f"CREATE ROLE app LOGIN NOSUPERUSER ENCRYPTED PASSWORD '{SECRET}'",
        "user:app",
        {"kind": "role", "login": True, "superuser": False},
    ),
    ("CREATE ROLE app PASSWORD NULL;", "user:app", {"password": False}),
    ("CREATE ROLE app PASSWORD '';", "user:app", {"password": "empty"}),
    ("CREATE ROLE app PASSWORD :'pw';", "user:app", {"password": "variable"}),
    (
        "CREATE ROLE app PASSWORD '${DB_PASSWORD}' VALID UNTIL '2030-01-01';",
        "user:app",
        {"password": "variable", "valid_until": "2030-01-01"},
    ),
    (f"ALTER ROLE app PASSWORD 'SCRAM-SHA-256$4096:{SECRET}$x:y';", "user:app", {"password": True, "hashed": True}),
    (
        f"CREATE USER 'app'@'%' IDENTIFIED BY '{SECRET}' REQUIRE SSL;",
        "user:app@%",
        {"password": True, "host": "%", "require_tls": True},
    ),
    (
        f"CREATE USER `a`@`h` IDENTIFIED WITH mysql_native_password BY '{SECRET}' ACCOUNT LOCK;",
        "user:a@h",
        {"password": True, "locked": True},
    ),
    (f"CREATE USER `a`@`h` IDENTIFIED WITH 'x' AS '*{SECRET}';", "user:a@h", {"password": True, "hashed": True}),
    (
        "CREATE USER a@localhost IDENTIFIED BY '' PASSWORD EXPIRE NEVER REQUIRE NONE;",
        "user:a@localhost",
        {"password": "empty", "require_tls": False},
    ),
    ("CREATE USER 'a'@'h' IDENTIFIED BY RANDOM PASSWORD;", "user:a@h", {"password": False}),
    (f"SET PASSWORD FOR 'a'@'h' = PASSWORD('{SECRET}');", "user:a@h", {"password": True}),
    (f"GRANT ALL ON *.* TO 'a'@'h' IDENTIFIED BY '{SECRET}';", "user:a@h", {"password": True}),
    (
        f"CREATE LOGIN [App] WITH PASSWORD = N'{SECRET}' MUST_CHANGE, CHECK_POLICY = OFF, CHECK_EXPIRATION = ON;",
        "user:App",
        {"kind": "login", "password": True, "check_policy": False, "check_expiration": True},
    ),
    ("CREATE LOGIN [D\\u] FROM WINDOWS WITH DEFAULT_DATABASE=[x]", "user:D\\u", {"password": False}),
    (f"EXEC sp_addlogin 'app', '{SECRET}'", "user:app", {"kind": "login", "password": True}),
    (f"EXEC sp_addlogin @passwd = '{SECRET}', @loginame = 'app'", "user:app", {"password": True}),
    (f'CREATE USER app IDENTIFIED BY "{SECRET}" DEFAULT TABLESPACE users;', "user:app", {"password": True}),
    ("CREATE USER app IDENTIFIED BY Troub4dor_horse QUOTA UNLIMITED ON users;", "user:app", {"password": True}),
    ("CREATE USER app IDENTIFIED BY &pw;", "user:app", {"password": "variable"}),
    ('CREATE USER app IDENTIFIED BY "&&pw.";', "user:app", {"password": "variable"}),
    ("CREATE USER app IDENTIFIED EXTERNALLY;", "user:app", {"password": False}),
    (f"ALTER USER sa SET PASSWORD '{SECRET}';", "user:sa", {"password": True}),
    (f"CREATE ROLE app PASSWORD $x${SECRET}$x$;", "user:app", {"password": True}),
    ("CREATE USER app; CREATE USER MAPPING FOR x SERVER s OPTIONS (password 'x');", "user:app", {"password": False}),
]


@pytest.mark.parametrize(("statement", "address", "said"), USERS)
def test_user(sql: Build, statement: str, address: str, said: dict[str, Any]) -> None:
    built = sql(statement)
    assert built.of_type("user") == [address]
    subject = built.subject(address)
    assert {key: subject.config[key] for key in said} == said
    assert built.at(address, "name") == subject.config["name"]
    if subject.config["password"] is True:
        assert built.at(address, "password").endswith(("horse", "y"))
    elif subject.config["password"] is False:
        assert ("password",) not in subject.places


BROKEN = [
    f"GRANT IDENTIFIED BY '{SECRET}' TO x;",
    f"GRANT a, PASSWORD '{SECRET}' ON b TO x;",
    f"CREATE USER IDENTIFIED BY '{SECRET}';",
    f"CREATE USER x PASSWORD = PASSWORD = '{SECRET}' '{SECRET}' 'x",
    f"ALTER ROLE x SET PASSWORD '{SECRET}' TO y",
    f"ALTER SYSTEM SET a.password = '{SECRET}';",
]


@pytest.mark.parametrize("statement", [*(statement for statement, _, _ in USERS), *BROKEN])
def test_password_goes_nowhere(sql: Build, statement: str) -> None:
    unit = sql(statement + "\nCREATE TABLE t (a int").unit
    said = json.dumps([[s.id, s.name, s.address, s.config] for s in unit.subjects]) + str(unit.problems)
    assert "oub4dor" not in said


def test_several_users_and_alterations(sql: Build) -> None:
    built = sql(
        "CREATE USER IF NOT EXISTS 'a'@'x' IDENTIFIED BY '', 'b'@'x' IDENTIFIED BY 'z' REQUIRE X509;\n"
        "ALTER USER 'a'@'x' IDENTIFIED BY 'y';\nDROP USER IF EXISTS 'b'@'x';"
    )
    assert built.of_type("user") == ["user:a@x"]
    assert built.config("user:a@x")["password"] is True
    assert built.at("user:a@x", "password") == "y"


SETTINGS = [
    ("ALTER SYSTEM SET ssl = off;", "setting:system:ssl", "off"),
    ("ALTER SYSTEM SET log_statement TO 'all';", "setting:system:log_statement", "all"),
    ("ALTER SYSTEM SET shared_preload_libraries = 'a', 'b';", "setting:system:shared_preload_libraries", "'a', 'b'"),
    ("ALTER SYSTEM SET audit_trail=DB,EXTENDED SCOPE=SPFILE;", "setting:system:audit_trail", "DB,EXTENDED"),
    ("SET GLOBAL general_log = 'ON';", "setting:global:general_log", "ON"),
    (
        "SET @@GLOBAL.a = 1, GLOBAL require_secure_transport = OFF, @x = 2;",
        "setting:global:require_secure_transport",
        "OFF",
    ),
    ("SET PERSIST validate_password.policy = LOW;", "setting:global:validate_password.policy", "LOW"),
    ("ALTER DATABASE shop SET log_connections TO on;", "setting:database:shop:log_connections", "on"),
    ("ALTER DATABASE [Shop] SET ENCRYPTION ON;\nGO\n", "setting:database:Shop:encryption", "ON"),
    ("ALTER DATABASE [Shop] SET RECOVERY FULL WITH NO_WAIT\nGO\n", "setting:database:Shop:recovery", "FULL"),
    ("ALTER ROLE app IN DATABASE shop SET statement_timeout = '5s';", "setting:role:app:statement_timeout", "5s"),
    ("EXEC sp_configure 'xp_cmdshell', 1;\nRECONFIGURE\nGO\n", "setting:server:xp_cmdshell", "1"),
    (
        "ALTER SYSTEM SET primary_conninfo = 'host=x password=Troub4dor';",
        "setting:system:primary_conninfo",
        "host=x password=***",
    ),
    ("SET GLOBAL app_secret = 'Troub4dor';", "setting:global:app_secret", "***"),
]


@pytest.mark.parametrize(("statement", "address", "value"), SETTINGS)
def test_setting(sql: Build, statement: str, address: str, value: str) -> None:
    built = sql(statement)
    assert built.config(address)["value"] == value
    assert built.at(address, "name").lower() == built.config(address)["name"]
    if "***" not in value:
        assert built.at(address, "value").strip("'") == value.strip("'")


def test_last_setting_counts(sql: Build) -> None:
    built = sql("ALTER SYSTEM SET ssl = off; ALTER SYSTEM SET ssl = on; ALTER SYSTEM SET x = 1; ALTER SYSTEM RESET x;")
    assert [built.config(address)["value"] for address in built.of_type("setting")] == ["on"]


@pytest.mark.parametrize(
    "statement",
    ["SET x = 1;", "SET NAMES utf8;", "SET SESSION a = 1;", "SET search_path = x;", "SET ANSI_NULLS ON\nGO\n"],
)
def test_session_settings_are_no_state(sql: Build, statement: str) -> None:
    assert sql(statement).unit.subjects == ()


def test_names_only(sql: Build) -> None:
    built = sql(
        """
        CREATE EXTENSION IF NOT EXISTS "pgcrypto" WITH SCHEMA ext VERSION '1.3';
        CREATE OR REPLACE FUNCTION app.f(a int) RETURNS int LANGUAGE sql AS $$ CREATE TABLE no (a int); SELECT 1; $$;
        CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN; END';
        CREATE CONSTRAINT TRIGGER audit AFTER UPDATE OF pan ON app.cards FOR EACH ROW EXECUTE FUNCTION f();
        """
    )
    assert built.config("extension:pgcrypto") == {"name": "pgcrypto", "schema": "ext", "version": "1.3"}
    assert built.config("function:app.f") == {"name": "f", "schema": "app", "kind": "function"}
    assert built.config("function:p")["kind"] == "procedure"
    assert built.config("trigger:app.cards.audit") == {"name": "audit", "schema": None, "table": "app.cards"}
    assert built.at("trigger:app.cards.audit", "name") == "audit"
    assert len(built.unit.subjects) == 4
