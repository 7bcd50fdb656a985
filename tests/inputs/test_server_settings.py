"""Configuration of databases, caches and brokers as units and subjects."""

from __future__ import annotations

import pytest

from scanner.inputs import load
from scanner.inputs.settings.kafka_kind import kafka_kind
from scanner.model import Json, Problem, Subject, Unit, unknown
from scanner.text import Source


def unit(kind: str, text: str, path: str) -> Unit:
    return load(kind).build(".", {path: Source(path, text.encode())})


def only(kind: str, text: str, path: str) -> Subject:
    (subject,) = unit(kind, text, path).subjects
    return subject


def fact(kind: str, path: str, text: str) -> Json:
    module = load(kind)
    return module.facts(Source(path, text.encode())) if module.claims(path) else None


NGINX = "user www;\nserver {\n  listen 80;\n  ssl on;\n}\n"
UNIT_FILE = "[Service]\nUser=postgres\n"


@pytest.mark.parametrize(
    ("kind", "path", "text"),
    [
        ("postgresql", "postgresql.conf", "ssl = on\n"),
        ("postgresql", "db/custom.conf", "shared_buffers = 1GB\nwal_level = replica\n"),
        ("postgresql", "postgres/conf.d/tls.conf", "ssl_ciphers = 'HIGH'\n"),
        ("postgresql", "pg_hba.conf", "# c\nlocal all all peer\n"),
        ("postgresql", "db/access.conf", "hostssl all all all scram-sha-256\n"),
        ("mysql", "my.cnf", "[mysqld]\n"),
        ("mysql", "conf.d/x.cnf", "[client]\n"),
        ("mysql", "my.ini", "[mysqld-8.0]\n"),
        ("redis", "redis.conf", "port 0\n"),
        ("redis", "redis-primary.conf", "bind 127.0.0.1\n"),
        ("redis", "redis/cache.conf", "maxmemory 1gb\n"),
        ("redis", "sentinel.conf", "sentinel monitor a 10.0.0.1 6379 2\n"),
        ("redis", "users.acl", "user default off\n"),
        ("redis", "valkey.conf", "appendonly yes\n"),
        ("kafka", "server.properties", "broker.id=1\n"),
        ("kafka", "x.properties", "security.protocol = SSL\n"),
        ("mongodb", "mongod.conf", "net: {}\nstorage: {}\n"),
    ],
)
def test_read(kind: str, path: str, text: str) -> None:
    assert fact(kind, path, text) is not None


@pytest.mark.parametrize(
    ("kind", "path", "text"),
    [
        ("postgresql", "nginx.conf", NGINX),
        ("postgresql", "sysctl.conf", "kernel.shmmax = 1\nssl = 1\n"),
        ("postgresql", "postgresql.conf", "# nothing\n"),
        ("postgresql", "supervisor.conf", UNIT_FILE),
        ("postgresql", "hosts.conf", "host a\nlocal b c\n"),
        ("mysql", "openssl.cnf", "[req]\n[ca]\n"),
        ("mysql", "my.conf", "[mysqld]\n"),
        ("redis", "redis.conf", NGINX),
        ("redis", "redis/supervisor.conf", "[program:redis]\nuser = redis\n"),
        ("redis", "nginx.conf", "port 0\n"),
        ("kafka", "application.properties", "spring.kafka.x=1\nbootstrap.servers=a:1\n"),
        ("kafka", "a.properties", "listeners=3\n"),
        ("mongodb", "mongo.yml", "services:\n  mongo: {}\nnet: x\n"),
        ("mongodb", "mongod.conf", "auth = true\nport = 1\n"),
    ],
)
def test_not_read(kind: str, path: str, text: str) -> None:
    assert fact(kind, path, text) is None


def test_postgresql_settings() -> None:
    text = "SSL = on # c\nlog_line_prefix = '%m ''x'' # '\nwork_mem 4MB\nempty = ''\nssl_ciphers='a'\n"
    text += "ssl_ciphers='b'\nx='${Y}'\n"
    subject = only("postgresql", text, "postgresql.conf")
    assert (subject.type, subject.header.span.line) == ("server", 1)
    assert subject.config == {
        "ssl": "on", "log_line_prefix": "%m 'x' # ", "work_mem": "4MB", "empty": "", "ssl_ciphers": "b",
        "x": unknown("given by a variable"),
    }  # fmt: skip
    assert subject.places["ssl_ciphers",].span.line == 6


def test_postgresql_folders_are_units() -> None:
    module = load("postgresql")
    paths = {
        "a/postgresql.conf": {},
        "a/conf.d/x.conf": {},
        "a/pg_hba.conf": {},
        "b/postgresql.conf": {},
        "conf.d/y.conf": {},
    }
    assert module.group(paths) == {
        ".": ("conf.d/y.conf",),
        "a": ("a/conf.d/x.conf", "a/pg_hba.conf", "a/postgresql.conf"),
        "b": ("b/postgresql.conf",),
    }


def test_access() -> None:
    text = (
        'local all all peer map=x # c\nhost "a b",c +g 10.0.0.0 255.0.0.0 ldap ldapserver=x "ldapprefix=cn="\n'
        "hostssl all all ::1/128 cert\ninclude more.conf\nhost all all\n"
    )
    found = unit("postgresql", text, "pg_hba.conf")
    assert [subject.config for subject in found.subjects] == [
        {"type": "local", "database": "all", "user": "all", "method": "peer", "options": {"map": "x"}},
        {
            "type": "host", "database": "a b,c", "user": "+g", "address": "10.0.0.0", "mask": "255.0.0.0",
            "method": "ldap", "options": {"ldapserver": "x", "ldapprefix": "cn="},
        },
        {"type": "hostssl", "database": "all", "user": "all", "address": "::1/128", "method": "cert", "options": {}},
    ]  # fmt: skip
    assert found.problems == (Problem("pg_hba.conf", "not a line of pg_hba.conf", fatal=False, line=5),)


def test_mysql_sections() -> None:
    text = (
        "[mysqld]\nskip-ssl\nloose-a-b = 'x#y' # c\nc=1 # c\n!includedir /etc\n[client]\npassword\n[other]\na=1\n"
        "[mysqld]\nC=2\n"
    )
    found = unit("mysql", text, "my.cnf")
    assert [(subject.type, subject.name, subject.config) for subject in found.subjects] == [
        ("server", "mysqld", {"skip_ssl": True, "a_b": "x#y", "c": "2"}),
        ("client", "client", {"password": True}),
    ]
    assert found.subjects[1].header.span[:2] == (6, 1)


def test_redis_directives() -> None:
    text = 'bind 127.0.0.1  -::1\nBIND 10.0.0.1\nrequirepass "a \\x41\\"b"\nsave 1 2\nsave 3 4\n# c\n'
    text += 'user a on >x #y ~*\nport "\n'
    server, user = unit("redis", text, "redis.conf").subjects
    assert server.config == {"bind": "10.0.0.1", "requirepass": 'a A"b', "save": ["1 2", "3 4"], "port": '"'}
    assert server.places["save", 1].span[:2] == (5, 6)
    assert (user.type, user.name, user.config["rules"]) == ("user", "a", ["on", ">x", "#y", "~*"])
    assert Source("x", text.encode()).slice(user.places["rules", 1].span) == ">x"


def test_acl_files_hold_users_only() -> None:
    assert [subject.type for subject in unit("redis", "user a on\nuser a off\n", "users.acl").subjects] == [
        "user",
        "user",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("broker.id=1", "broker"),
        ("process.roles=broker\nlisteners=PLAINTEXT://:9092", "broker"),
        ("listeners=SSL://:1\nlog.dirs=/data", "broker"),
        ("bootstrap.servers=a:1\nnode.id=1", "broker"),
        ("bootstrap.servers=a:1", "client"),
        ("producer.security.protocol=SSL", "client"),
        ("# broker.id=1\na=1", ""),
        ("listeners=2", ""),
        ("log.dirs=/x", ""),
        ("bootstrap.servers=a:1\nspring.application.name=x", ""),
    ],
)
def test_kind_of_kafka(text: str, kind: str) -> None:
    assert kafka_kind(text) == kind


def test_providers_of_kafka_are_unknown() -> None:
    config = only("kafka", "broker.id=1\nssl.key.password=${file:/a:b}\nx=a${b:c}\n", "server.properties").config
    assert config == {"broker.id": "1", "ssl.key.password": unknown("given by a variable"), "x": "a${b:c}"}


def test_mongodb() -> None:
    subject = only("mongodb", "net:\n  port: 1\n  bindIp: ${IP}\nstorage: {}\n", "mongod.conf")
    assert subject.config == {"net": {"port": 1, "bindIp": unknown("given by a variable")}, "storage": {}}
    assert subject.places["net", "port"].span[:2] == (2, 9)


def test_broken_mongodb_is_fatal_and_a_template_is_not() -> None:
    broken = unit("mongodb", "net: [\nstorage: {}\n", "mongod.conf").problems
    template = unit("mongodb", "net:\n{% if x %}\nstorage: {}\n", "mongod.conf").problems
    assert [problem.fatal for problem in (*broken, *template)] == [True, False]
