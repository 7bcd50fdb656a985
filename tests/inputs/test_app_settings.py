"""Settings of applications as units and subjects."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.config import Config
from scanner.inputs.settings.app_settings import build, claims, facts, group
from scanner.inputs.settings.values import REASON, resolved
from scanner.model import Json, Problem, Subject, Unit, unknown
from scanner.run import run
from scanner.text import Source

SPRING = "spring:\n  application: {name: shop}\n"


def unit(text: str | bytes, path: str) -> Unit:
    return build(".", {path: Source(path, text if isinstance(text, bytes) else text.encode())})


def only(text: str | bytes, path: str) -> Subject:
    (subject,) = unit(text, path).subjects
    return subject


def known(text: str | bytes, path: str) -> Json:
    return only(text, path).config["values"]


def written(subject: Subject, text: str, key: str, *more: int) -> str:
    return Source("x", text.encode()).slice(subject.places[("values", key, *more)].span)


def test_nothing_heavy_is_imported_for_a_name() -> None:
    code = "import sys, scanner.inputs.settings.app_settings as a; a.claims('a.yml'); assert 'yaml' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


# Which files are settings


@pytest.mark.parametrize(
    "path",
    ["a.properties", "x/.env", ".env.production", "prod.env", "application.yml", "x.yaml", "appsettings.json",
     "src/appsettings.Production.json", "local.settings.json"],
)  # fmt: skip
def test_claimed(path: str) -> None:
    assert claims(path)


@pytest.mark.parametrize(
    "path", ["a.json", "env", ".env.ts", "environment", ".envrc", "package.json", ".env.sh", "a.conf"]
)
def test_not_claimed(path: str) -> None:
    assert not claims(path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.properties", ""),
        ("application_de.properties", "a=1"),
        ("application.yml", "spring:\n  a: 1\n"),
        ("application.yml", "server.port: 80\n"),
        ("application-prod.yml", "acme:\n  x: 1\nmanagement: {}\n"),
        ("payment-service.yml", "# config server\nspring:\n  a: 1\n"),
        ("appsettings.json", "{}"),
        (".env", "export A=1\n"),
    ],
)
def test_settings(path: str, text: str) -> None:
    assert facts(Source(path, text.encode())) == {}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("messages_de.properties", "login.password=Passwort"),
        ("labels.properties", "a=b"),
        ("i18n/shop.properties", "a=b"),
        ("gradle-wrapper.properties", "distributionUrl=http://x"),
        ("server.properties", "broker.id=1\n"),
        ("producer.properties", "bootstrap.servers=k:9092\n"),
        ("application.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: Application\nserver: {}\n"),
        ("values.yaml", "server:\n  port: 80\n"),
        ("pod.yaml", "apiVersion: v1\nkind: Pod\nspring: x\n"),
        ("config.yml", "data:\n  application.yml: |\n    spring:\n      a: 1\n"),
        (".env", "just words\n"),
        ("appsettings.json", "[]"),
    ],
)
def test_no_settings(path: str, text: str) -> None:
    assert facts(Source(path, text.encode())) is None


def test_a_unit_is_a_folder() -> None:
    paths = {"a/x.properties": {}, "a/y.properties": {}, ".env": {}}
    assert group(paths) == {".": (".env",), "a": ("a/x.properties", "a/y.properties")}


# Names


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.properties", "server.ssl.key-store-password=x"),
        ("a.properties", "server.ssl.keyStorePassword=x"),
        ("a.properties", "server.ssl.key_store_password=x"),
        (".env", "SERVER_SSL_KEYSTOREPASSWORD=x"),
        ("application.yml", "server:\n  ssl.key-store-password: x"),
        ("appsettings.json", '{"Server": {"Ssl:KeyStorePassword": "x"}}'),
    ],
)
def test_spellings_of_a_name_are_one(path: str, text: str) -> None:
    assert known(text, path) == {"server.ssl.keystorepassword": "x"}


def test_the_name_as_written_and_its_words() -> None:
    config = only('{"Acquirer": {"ClientSecret": "x"}}', "appsettings.json").config
    assert config["names"] == {"acquirer.clientsecret": "Acquirer.ClientSecret"}
    assert config["words"] == {"acquirer.clientsecret": "acquirer.client-secret"}


def test_dotnet_variables() -> None:
    assert known("ConnectionStrings__Default=x\n", ".env") == {"connectionstrings.default": "x"}


# Values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        ("${X:fallback}", "fallback"),
        ("${X:-fallback}", "fallback"),
        ("${X:}", ""),
        ("${A:${B:deep}}", "deep"),
        ("jdbc:x://${H:db}:${P}/y", "jdbc:x://db:${P}/y"),
        ("${X}", unknown(REASON)),
        ("${A:${B}}", unknown(REASON)),
        ("${A}${B}", unknown(REASON)),
        ("${sm://project/secret}", unknown(REASON)),
        ("${vault:path:key}", unknown(REASON)),
        ("${X:?must be set}", unknown(REASON)),
        ("{{ x }}", unknown(REASON)),
        ("@project.version@", unknown(REASON)),
        ("#{Password}#", unknown(REASON)),
        ("$(Password)", unknown(REASON)),
        ("$HOME", unknown(REASON)),
        ("a$b", "a$b"),
        ("${", "${"),
        ("${}", "${}"),
    ],
)
def test_variables(text: str, value: Json) -> None:
    assert resolved(text) == value


def test_properties() -> None:
    text = "! c\n# c\na = 1 \nb\\ c:d\ne\\\n  f=g\\u0041\\\n    h\\t\ni\n#---\\\nj=#k\n"
    subject = only(text, "a.properties")
    assert subject.config["values"] == {"a": "1", "b c": "d", "ef": "gAh\t", "i": "", "j": "#k"}
    assert written(subject, text, "ef") == "g\\u0041\\\n    h\\t"
    assert written(subject, text, "i") == "i"


def test_env() -> None:
    text = '# c\nA=1 # c\nexport B=\'${X} # \\\'\nC="a\\n${Y:-b}"\nD=\nE=a#b\nF="x\ny"\nG: z\nH=\'open\nI=`q`\n'
    subject = only(text, ".env")
    assert subject.config["values"] == {
        "a": "1", "b": "${X} # \\", "c": "a\nb", "d": "", "e": "a#b", "f": "x\ny", "g": "z", "h": "'open", "i": "q",
    }  # fmt: skip
    assert written(subject, text, "f") == '"x\ny"'
    assert written(subject, text, "d") == "D"


def test_yaml_lists() -> None:
    text = f"{SPRING}a:\n  b: [TLSv1, TLSv1.2]\n  c:\n    - d: 1\n    - e\n"
    subject = only(text, "application.yml")
    assert subject.config["values"] == {
        "spring.application.name": "shop",
        "a.b": ["TLSv1", "TLSv1.2"],
        "a.c[0].d": 1,
        "a.c[1]": "e",
    }
    assert written(subject, text, "a.b", 0) == "TLSv1"


def test_json_with_comments() -> None:
    text = '\ufeff{\n  // c "x": 1\n  "a": "http://x", /* c\n c */ "b": {"c": true,},\n}\n'
    subject = only(text, "appsettings.json")
    assert subject.config["values"] == {"a": "http://x", "b.c": True}
    assert subject.places["values", "a"].span.line == 3


# Profiles


@pytest.mark.parametrize(
    ("path", "text", "profile"),
    [
        ("application-prod.yml", SPRING, "prod"),
        ("application.yml", SPRING, ""),
        ("application-eu-west.properties", "a=1", "eu-west"),
        ("appsettings.Production.json", '{"a": 1}', "production"),
        (".env.staging", "A=1", "staging"),
        ("application.yml", "spring:\n  config.activate.on-profile: [Prod, eu]\n", "prod,eu"),
        ("application.yml", "spring:\n  profiles: qa\n", "qa"),
    ],
)
def test_profile(path: str, text: str, profile: str) -> None:
    assert only(text, path).config["profile"] == profile


def test_documents_are_profiles() -> None:
    found = unit(f"{SPRING}---\nspring.config.activate.on-profile: prod\na: 1\n---\n{SPRING}", "application.yml")
    assert [subject.address for subject in found.subjects] == [
        "application.yml", "application.yml:prod", "application.yml#2",
    ]  # fmt: skip


def test_documents_and_prefixes_of_properties() -> None:
    text = "a=1\n%dev.a=2\n#---\nspring.config.activate.on-profile=prod\na=3\n"
    found = {
        subject.config["profile"]: subject.config["values"]["a"]
        for subject in unit(text, "application.properties").subjects
    }
    assert found == {"": "1", "dev": "2", "prod": "3"}


@pytest.mark.parametrize(
    ("path", "test", "sample"),
    [
        ("src/test/resources/application.properties", True, False),
        ("src/main/resources/application.properties", False, False),
        (".env.example", False, True),
        ("config/application-sample.properties", False, True),
        ("latest/contest.properties", False, False),
        ("application-default.properties", False, False),
    ],
)
def test_what_the_path_says(path: str, test: bool, sample: bool) -> None:
    config = only("A=1", path).config
    assert (config["test"], config["sample"]) == (test, sample)


# What cannot be read


def test_filters_of_maven() -> None:
    assert known(f"{SPRING}a: @project.version@\nb: 1\n", "application.yml") == {
        "spring.application.name": "shop", "a": unknown(REASON), "b": 1,
    }  # fmt: skip


def test_a_template_is_said_to_be_one() -> None:
    found = unit(f"{SPRING}{{% if x %}}\na: 1\n", "application.yml")
    assert found.problems == (Problem("application.yml", "template: not rendered, not analysed", fatal=False, line=3),)


def test_broken_yaml_is_fatal() -> None:
    (problem,) = unit(f"{SPRING}a: [\n", "application.yml").problems
    assert (problem.fatal, problem.path, problem.line) == (True, "application.yml", 4)


def test_utf16() -> None:
    assert known("A=1\r\nB=2\r\n".encode("utf-16"), "a.properties") == {"a": "1", "b": "2"}


# What is shown of a secret


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".env", "DB_PASSWORD=open-sesame # it's the 'main' one\n"),
        (".env", "DB_PASSWORD='open-sesame'\n"),
        ("a.properties", "db.password=open-\\\n  sesame\n"),
        ("application.yml", f'{SPRING}db:\n  password: open-sesame # "main"\n'),
        ("appsettings.json", '{"Db": {"Password": "open-sesame"}}'),
    ],
)
def test_a_secret_is_found_and_not_shown(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    (found,) = run(Config(root=tmp_path, paths=(tmp_path,), engines=("rego",), cache=False)).findings
    assert found.policy == "plaintext_secret"
    assert not re.search("open-|sesame", f"{found.snippet} {found.message}")
