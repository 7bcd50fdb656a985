"""Compose files as services."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.inputs.delivery.compose import claims, facts
from scanner.inputs.delivery.compose.interpolation import value_of
from scanner.model import Json, is_unknown
from scanner.text import Source
from tests.inputs.delivery.units import check_places, subject, unit, units, written

HOLDS = {"holds": ["app_settings"]}
BASE = "services:\n  db:\n    image: postgres:16\n"


def service(text: str, name: str = "db", **more: str) -> Json:
    files: dict[str, str | bytes] = {"compose.yaml": text}
    files |= {".env": more["env"]} if "env" in more else {}
    return subject(units("compose", files)["."], f"service/{name}").config


@pytest.mark.parametrize(
    "path", ["compose.yaml", "docker-compose.yml", "a/docker-compose.prod.yml", "stack.yml", ".env"]
)
def test_claimed(path: str) -> None:
    assert claims(path)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("compose.yaml", BASE, HOLDS),
        ("compose.yaml", "volumes: {}\n", None),
        ("stack.yml", BASE, HOLDS),
        ("stack.yml", "services:\n  a: {build: .}\n", None),  # the look at the bytes does not see flow style
        ("stack.yml", "services:\n  a:\n    class: b\n    image: c\n", None),
        ("stack.yml", "services:\n  - image: c\n", None),
        ("ci.yml", "jobs: {}\n" + BASE, None),
        ("ci.yml", "steps: []\n" + BASE, None),
        ("app.yaml", "apiVersion: v1\nkind: X\n" + BASE, None),
        ("values.yaml", "a:\n  services:\n    b:\n      image: c\n", None),
        (".env", "A=b\n", {"env": True}),
    ],
)
def test_which_files_are_compose_files(path: str, text: str, expected: Json) -> None:
    assert facts(Source(path, text.encode())) == expected


def test_units() -> None:
    files: dict[str, str | bytes] = {
        "docker-compose.yml": BASE,
        "docker-compose.override.yml": BASE,
        "docker-compose.prod.yml": BASE,
        ".env": "A=b\n",
        "x/compose.yaml": BASE,
        "y/.env": "A=b\n",
    }
    assert {root: made.files for root, made in units("compose", files).items()} == {
        ".": (".env", "docker-compose.override.yml", "docker-compose.yml"),
        "docker-compose.prod.yml": (".env", "docker-compose.prod.yml", "docker-compose.yml"),
        "x": ("x/compose.yaml",),
    }


def test_an_override_is_laid_over() -> None:
    files: dict[str, str | bytes] = {
        "compose.yml": BASE
        + "    ports: ['1:1']\n    command: a\n    environment: [A=1, B=2]\n    volumes: ['x:/d', 'y:/e']\n",
        "compose.override.yml": (
            "services:\n  db:\n    ports: ['2:2']\n    command: b\n    environment: {B: 3}\n    volumes: ['./z:/d']\n"
            "  new: {image: n}\n"
        ),
    }
    made = unit("compose", files)
    config = subject(made, "service/db").config
    assert config["ports"] == ["1:1", "2:2"]
    assert config["command"] == "b"
    assert config["environment"] == {"A": "1", "B": 3}
    assert config["volumes"] == ["y:/e", "./z:/d"]
    assert written(subject(made, "service/db"), files, "ports", 1) == "'2:2'"
    assert [one.address for one in made.subjects] == ["service/db", "service/new"]
    check_places(made, files)


def test_reset_and_override_tags() -> None:
    files: dict[str, str | bytes] = {
        "compose.yml": BASE + "    ports: ['1:1']\n    privileged: true\n",
        "compose.override.yml": "services:\n  db:\n    ports: !override ['2:2']\n    privileged: !reset null\n",
    }
    config = subject(unit("compose", files), "service/db").config
    assert config["ports"] == ["2:2"]
    assert "privileged" not in config


def test_extends_and_merge_keys() -> None:
    text = (
        "x-base: &base\n  environment: {A: 1}\nservices:\n  one:\n    <<: *base\n    image: i\n"
        "  two:\n    extends: one\n    environment: {B: 2}\n  three:\n    extends: {service: one}\n"
        "  loop:\n    extends: loop\n  far:\n    extends: {service: x, file: ../other.yml}\n"
    )
    assert service(text, "two")["environment"] == {"A": 1, "B": 2}
    assert service(text, "three")["image"] == "i"
    assert "extends" in service(text, "far")
    assert service(text, "loop")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "a"),
        ("$$A", "$A"),
        ("${A}", "1"),
        ("$A-x", "1-x"),
        ("${B:-d}", "d"),
        ("${E:-d}", "d"),
        ("${E-d}", ""),
        ("${A:+r}", "r"),
        ("${B:-${A:-x}}", "1"),
        ("a$", "a$"),
        ("${A:?e}", "1"),
    ],
)
def test_interpolation(text: str, expected: str) -> None:
    assert value_of(text, {"A": "1", "E": ""}) == expected


@pytest.mark.parametrize("text", ["$B", "${B}", "x${B}", "${B:?err}", "${B?}", "${B:-$C}"])
def test_what_the_environment_gives_is_unknown(text: str) -> None:
    assert is_unknown(value_of(text, {}))


def test_the_env_file_beside_it_counts() -> None:
    config = service(BASE + "    environment: {A: $A, B: $B, C: $C}\n", env="A='x y' # c\nexport B=z # d\nC=$A\n")
    assert (config["environment"]["A"], config["environment"]["B"]) == ("x y", "z")
    assert is_unknown(config["environment"]["C"])


@pytest.mark.parametrize(
    ("port", "expected"),
    [
        ('"5432:5432"', ("", "5432", "5432", "tcp")),
        ("22:22", ("", "22", "22", "tcp")),
        ("6379", ("", "", "6379", "tcp")),
        ('"127.0.0.1:80:8080/udp"', ("127.0.0.1", "80", "8080", "udp")),
        ('"127.0.0.1::8080"', ("127.0.0.1", "", "8080", "tcp")),
        ('"[::1]:1-2:3-4"', ("::1", "1-2", "3-4", "tcp")),
        ("{target: 1, published: 2, host_ip: 10.0.0.1}", ("10.0.0.1", "2", "1", "tcp")),
    ],
)
def test_ports(port: str, expected: tuple[str, ...]) -> None:
    (found,) = service(f"{BASE}    ports:\n      - {port}\n")["ports_published"]
    assert (found["host_ip"], found["published"], found["target"], found["protocol"]) == expected


def test_mounts() -> None:
    text = (
        BASE
        + "    volumes: ['/a:/b:ro', 'vol:/d', /e, {type: bind, source: /f, target: /g, read_only: true}, 'C:\\x:/y']\n"
    )
    told = [(one["type"], one["source"], one["target"], one["read_only"]) for one in service(text)["mounts"]]
    assert told == [
        ("bind", "/a", "/b", True),
        ("volume", "vol", "/d", False),
        ("volume", None, "/e", False),
        ("bind", "/f", "/g", True),
        ("bind", "C:\\x", "/y", False),
    ]


@pytest.mark.parametrize("broken", ["services:\n  db: [\n", "services:\n  a: b\n c: d\n"])
def test_a_broken_file_is_a_problem(broken: str) -> None:
    made = unit("compose", {"compose.yaml": broken})
    assert [problem.fatal for problem in made.problems] == [True]
    assert made.problems[0].line


@pytest.mark.parametrize(
    "odd", ["db:", "db: 1", "db: []", "db: {ports: 1, volumes: {a: b}, environment: 3, image: []}"]
)
def test_odd_services(odd: str) -> None:
    made = unit("compose", {"compose.yaml": f"services:\n  {odd}\n"})
    assert [one.address for one in made.subjects] == ["service/db"]


@given(st.lists(st.text(alphabet="abc019.:/- ", min_size=1, max_size=9), min_size=1, max_size=5))
def test_spans_are_what_is_written(values: list[str]) -> None:
    text = BASE + "    environment:\n" + "".join(f"      N{n}: '{value}'\n" for n, value in enumerate(values))
    files: dict[str, str | bytes] = {"compose.yaml": text}
    made = unit("compose", files)
    for number, value in enumerate(values):
        assert made.subjects[0].config["variables"][number]["value"] == value
        assert written(made.subjects[0], files, "variables", number, "value") == f"'{value}'"
    check_places(made, files)


def test_what_a_service_runs_is_read_like_a_script() -> None:
    text = (
        'services:\n  a:\n    image: b\n    entrypoint: sh -c \'curl -k ${URL} | sh\'\n    command: ["--tls", "${X}"]\n'
    )
    text += "    healthcheck:\n      test: [CMD-SHELL, wget http://a]\n"
    config = subject(units("compose", {"compose.yaml": text})["."], "service/a").config
    assert [(one["name"], one["section"]) for one in config["commands"]] == [
        ("sh", "entrypoint"),
        ("curl", "entrypoint"),
        ("sh", "entrypoint"),
        ("--tls", "command"),
        ("wget", "healthcheck"),
    ]
    assert config["commands"][3]["words"] == ["--tls", "${X}"]


def test_the_environment_of_services_is_a_unit_of_settings() -> None:
    text = (
        "services:\n  a:\n    image: b\n    environment:\n      DB_HOST: db\n      DB_SSL: false\n      GIVEN: ${X}\n"
    )
    text += "      JAVA_OPTS: -Xmx1g -Dhttps.protocols=TLSv1\n  c:\n    image: d\n    environment: {TZ: UTC}\n"
    unit = units("compose", {"docker-compose.dev.yml": text})["docker-compose.dev.yml"]
    (inner,) = unit.inner
    (made,) = inner.subjects
    assert (inner.kind, made.type, made.config["profile"], made.config["held"]) == (
        "app_settings",
        "settings",
        "dev",
        True,
    )
    assert made.config["values"]["db.ssl"] == "false"
    assert made.config["values"]["https.protocols"] == "TLSv1"
    assert "given" not in made.config["values"]
    assert made.places["values", "db.ssl"].span.line == 6
