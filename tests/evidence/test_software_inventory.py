"""Every manifest and lock file gives the components it names, and what cannot be read is said."""

from __future__ import annotations

import base64
import hashlib
import json
import random
from datetime import datetime, timezone
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from scanner.evidence.artefacts import sbom, software_table
from scanner.evidence.inventories.software import Inventory, inventory, shown
from scanner.evidence.model import Evidence, Profile
from scanner.model import ScanResult, Severity, Tool

DIGEST = hashlib.sha512(b"an artefact")
SHA512, HEX512 = "sha512-" + base64.b64encode(DIGEST.digest()).decode(), DIGEST.hexdigest()
CARD = "4111111111111111"  # a published test number


def read(folder: Path, **files: str) -> Inventory:
    return read_all(folder, files)


def read_all(folder: Path, files: dict[str, str]) -> Inventory:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return inventory(folder, files)


LOCKS = {
    "requirements.txt": (
        "# by pip-tools\nUrllib3[socks]==2.2.1 ; python_version > '3.8' \\\n    --hash=sha256:" + "ab" * 32 + "\n    # via x\n"  # noqa: E501 - as lock files are
        "-r other.txt\n./here\nflask>=3,<4\n",
        {"pkg:pypi/urllib3@2.2.1": "", "pkg:pypi/flask": "<4,>=3"},
    ),
    "poetry.lock": (
        '[[package]]\nname = "A.B"\nversion = "1.0"\ngroups = ["dev"]\nfiles = []\n[package.dependencies]\nc = ">=1"\n'
        '[[package]]\nname = "c"\nversion = "2.0"\n',
        {"pkg:pypi/a-b@1.0": "", "pkg:pypi/c@2.0": ""},
    ),
    "uv.lock": (
        '[[package]]\nname = "me"\nversion = "0.1"\nsource = { editable = "." }\ndependencies = [{ name = "c" }]\n'
        '[[package]]\nname = "c"\nversion = "2.0"\nsource = { registry = "https://packages.example/simple" }\n',
        {"pkg:pypi/me@0.1": "", "pkg:pypi/c@2.0": ""},
    ),
    "Pipfile.lock": (
        '{"default": {"c": {"version": "==2.0", "hashes": []}}, "develop": {"d": {"version": "==1.0"}}}',
        {"pkg:pypi/c@2.0": "", "pkg:pypi/d@1.0": ""},
    ),
    "a/package-lock.json": (
        json.dumps(
            {
                "packages": {
                    "": {"name": "me"},
                    "packages/own": {"name": "own", "version": "1.0.0"},
                    "node_modules/own": {"link": True, "resolved": "packages/own"},
                    "node_modules/@s/a": {
                        "version": "1.0.0",
                        "integrity": SHA512,
                        "license": "MIT",
                        "dependencies": {"b": "^2"},
                    },
                    "node_modules/@s/a/node_modules/b": {"version": "2.0.0"},
                    "node_modules/b": {"version": "1.5.0", "dev": True},
                }
            }
        ),
        {"pkg:npm/%40s/a@1.0.0": "", "pkg:npm/b@2.0.0": "", "pkg:npm/b@1.5.0": ""},
    ),
    "npm-shrinkwrap.json": (
        '{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0", "requires": {"b": "^2"}, '
        '"dependencies": {"b": {"version": "2.0.0"}}}}}',
        {"pkg:npm/a@1.0.0": "", "pkg:npm/b@2.0.0": ""},
    ),
    "yarn.lock": (
        '# yarn lockfile v1\n\n"@s/a@^1.0.0", "@s/a@~1.0.1":\n  version "1.0.3"\n  integrity '
        + SHA512
        + '\n  dependencies:\n    b "^2"\n\nb@^2:\n  version "2.0.0"\n',
        {"pkg:npm/%40s/a@1.0.3": "", "pkg:npm/b@2.0.0": ""},
    ),
    "berry/yarn.lock": (
        '__metadata:\n  version: 8\n\n"a@npm:^1.0.0, a@npm:~1.0.1":\n  version: 1.0.3\n  dependencies:\n    b: "npm:^2"\n'  # noqa: E501 - as lock files are
        '"b@npm:^2":\n  version: 2.0.0\n"me@workspace:.":\n  version: 0.0.0-use.local\n',
        {"pkg:npm/a@1.0.3": "", "pkg:npm/b@2.0.0": ""},
    ),
    "pnpm-lock.yaml": (
        "lockfileVersion: '9.0'\npackages:\n  '@s/a@1.0.0':\n    resolution: {integrity: " + SHA512 + "}\n"
        "  b@2.0.0: {}\nsnapshots:\n  '@s/a@1.0.0':\n    dependencies:\n      b: 2.0.0\n",
        {"pkg:npm/%40s/a@1.0.0": "", "pkg:npm/b@2.0.0": ""},
    ),
    "v6/pnpm-lock.yaml": (
        "lockfileVersion: '6.0'\npackages:\n  /@s/a@1.0.0(b@2.0.0):\n    dev: true\n  /b/2.0.0_x@1.0.0:\n    dev: false\n",  # noqa: E501 - as lock files are
        {"pkg:npm/%40s/a@1.0.0": "", "pkg:npm/b@2.0.0": ""},
    ),
    "package.json": (
        '{"name": "me", "version": "1.0.0", "dependencies": {"a": "^1.0.0", "b": "2.0.1", "w": "workspace:*"}}',
        {"pkg:npm/me@1.0.0": "", "pkg:npm/a": "^1.0.0", "pkg:npm/b@2.0.1": ""},
    ),
    "gradle.lockfile": (
        "# comment\norg.x:a:1.0=runtimeClasspath\norg.x:t:2.0=testRuntimeClasspath\nempty=annotationProcessor\n",
        {"pkg:maven/org.x/a@1.0": "", "pkg:maven/org.x/t@2.0": ""},
    ),
    "gradle/libs.versions.toml": (
        '[versions]\nk = "1.9"\n[libraries]\na = { module = "org.x:a", version.ref = "k" }\nb = "org.x:b:1.+"\n',
        {"pkg:maven/org.x/a@1.9": "", "pkg:maven/org.x/b": "1.+"},
    ),
    "go.mod": (
        'module example.com/pay\n\ngo 1.22\n\nrequire github.com/x/y v1.2.3\nrequire (\n\tgithub.com/o/l v1.0.0 // indirect\n'  # noqa: E501 - as lock files are
        "\texample.com/own v0.0.0\n)\nreplace github.com/o/l => github.com/n/l v1.1.0\nreplace example.com/own => ../own\n",  # noqa: E501 - as lock files are
        {"pkg:golang/example.com/pay": "", "pkg:golang/github.com/x/y@v1.2.3": "", "pkg:golang/github.com/n/l@v1.1.0": ""},  # noqa: E501 - as lock files are
    ),
    "packages.lock.json": (
        '{"version": 1, "dependencies": {"net8.0": {"A": {"type": "Direct", "resolved": "1.0.0", "contentHash": "'
        + SHA512[7:]
        + '", "dependencies": {"B": "2.0.0"}}, "B": {"type": "Transitive", "resolved": "2.0.0"}, "own": {"type": "Project"}}}}',  # noqa: E501 - as lock files are
        {"pkg:nuget/A@1.0.0": "", "pkg:nuget/B@2.0.0": ""},
    ),
    "composer.lock": (
        '{"packages": [{"name": "x/a", "version": "1.0.0", "license": ["MIT", "GPL-2.0-only"], "require": {"x/b": "*"}}],'  # noqa: E501 - as lock files are
        ' "packages-dev": [{"name": "x/b", "version": "v2.0.0"}]}',
        {"pkg:composer/x/a@1.0.0": "", "pkg:composer/x/b@v2.0.0": ""},
    ),
    "Gemfile.lock": (
        "PATH\n  remote: .\n  specs:\n    me (0.1.0)\n\nGEM\n  remote: https://rubygems.org/\n  specs:\n    a (1.0)\n"
        "      b (>= 1)\n    b (2.0-x86_64-linux)\n\nDEPENDENCIES\n  a\n",
        {"pkg:gem/me@0.1.0": "", "pkg:gem/a@1.0": "", "pkg:gem/b@2.0": ""},
    ),
    ".terraform.lock.hcl": (
        'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.31.0"\n  constraints = "~> 5.0"\n  hashes = [\n'  # noqa: E501 - as lock files are
        '    "h1:abc=",\n  ]\n}\n',
        {"pkg:terraform/hashicorp/aws@5.31.0": ""},
    ),
    "main.tf": (
        'module "vpc" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "5.1.0"\n}\n'
        'module "own" {\n  source = "./own"\n}\n',
        {"pkg:terraform/terraform-aws-modules/vpc/aws@5.1.0": ""},
    ),
    "Dockerfile": (
        "ARG V=3.12\nFROM golang:1.22 AS build\nFROM gcr.io/d/python:${V}\nCOPY --from=build /a /a\n",
        {"pkg:docker/golang@1.22": "", "pkg:docker/d/python@3.12?repository_url=gcr.io": ""},
    ),
    "compose.yaml": (
        "services:\n  db:\n    image: postgres:16\n  own:\n    build: .\n    image: own:1\n",
        {"pkg:docker/postgres@16": ""},
    ),
    "k8s.yaml": (
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: redis\n",
        {"pkg:docker/redis": "no tag: latest"},
    ),
    ".github/workflows/ci.yml": (
        "jobs:\n  a:\n    container: node:20\n    steps:\n    - uses: actions/checkout@v4\n    - uses: ./own\n",
        {"pkg:docker/node@20": "", "pkg:github/actions/checkout@v4": ""},
    ),
}  # fmt: skip


@pytest.mark.parametrize("path", LOCKS)
def test_a_file_names_its_components(tmp_path: Path, path: str) -> None:
    text, expected = LOCKS[path]
    found = read_all(tmp_path, {path: text})
    assert {item.purl: item.constraint for item in found.items} == expected
    assert not found.limits
    lines = text.split("\n")
    for item in found.items:
        assert item.place.path == path
        last = item.name.rpartition("/")[2].rpartition(":")[2]
        if item.purl.startswith(("pkg:golang/github.com/n", "pkg:docker/d")):
            continue  # the replacement, and a name with a variable in it, stand elsewhere
        assert last.lower() in lines[item.place.span.line - 1].lower()


@pytest.mark.parametrize(
    ("path", "source", "target"),
    [
        ("poetry.lock", "pkg:pypi/a-b@1.0", "pkg:pypi/c@2.0"),
        ("uv.lock", "pkg:pypi/me@0.1", "pkg:pypi/c@2.0"),
        ("a/package-lock.json", "pkg:npm/%40s/a@1.0.0", "pkg:npm/b@2.0.0"),
        ("npm-shrinkwrap.json", "pkg:npm/a@1.0.0", "pkg:npm/b@2.0.0"),
        ("yarn.lock", "pkg:npm/%40s/a@1.0.3", "pkg:npm/b@2.0.0"),
        ("berry/yarn.lock", "pkg:npm/a@1.0.3", "pkg:npm/b@2.0.0"),
        ("pnpm-lock.yaml", "pkg:npm/%40s/a@1.0.0", "pkg:npm/b@2.0.0"),
        ("packages.lock.json", "pkg:nuget/A@1.0.0", "pkg:nuget/B@2.0.0"),
        ("composer.lock", "pkg:composer/x/a@1.0.0", "pkg:composer/x/b@v2.0.0"),
        ("Gemfile.lock", "pkg:gem/a@1.0", "pkg:gem/b@2.0"),
    ],
)
def test_a_lock_tells_what_depends_on_what(tmp_path: Path, path: str, source: str, target: str) -> None:
    found = read_all(tmp_path, {path: LOCKS[path][0]})
    depends = {item.purl: item.depends for item in found.items}
    assert depends.pop(source) == (target,)
    assert set(depends.values()) == {()}


def test_digests_licences_and_scopes_come_from_the_lock(tmp_path: Path) -> None:
    found = read_all(tmp_path, {path: LOCKS[path][0] for path in ("a/package-lock.json", "requirements.txt")})
    by_purl = {item.purl: item for item in found.items}
    assert by_purl["pkg:npm/%40s/a@1.0.0"].hashes == {"sha512": HEX512}
    assert by_purl["pkg:npm/%40s/a@1.0.0"].licence == "MIT"
    assert by_purl["pkg:npm/b@1.5.0"].scope == "development"
    assert by_purl["pkg:pypi/urllib3@2.2.1"].hashes == {"sha256": "ab" * 32}


def test_a_range_gives_way_to_the_lock_beside_or_above_it_and_to_no_other(tmp_path: Path) -> None:
    asked = '{"name": "me", "dependencies": {"@s/a": "^1.0.0", "z": "^3"}}'
    files = {
        "a/package-lock.json": LOCKS["a/package-lock.json"][0],
        "a/w/package.json": asked,
        "other/package.json": asked,
    }
    found = read_all(tmp_path, files)
    ranges = {(item.place.path, item.name) for item in found.items if item.constraint}
    assert ranges == {("a/w/package.json", "z"), ("other/package.json", "z"), ("other/package.json", "@s/a")}


def test_maven_takes_properties_and_managed_versions_from_parents_in_the_tree(tmp_path: Path) -> None:
    parent = (
        "<project><groupId>org.me</groupId><artifactId>all</artifactId><version>1.0</version>"
        "<properties><x.version>3.1</x.version></properties><dependencyManagement><dependencies><dependency>"
        "<groupId>org.x</groupId><artifactId>a</artifactId><version>${x.version}</version>"
        "</dependency></dependencies></dependencyManagement></project>"
    )
    child = (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><parent><groupId>org.me</groupId><artifactId>all</artifactId>'
        "<version>1.0</version></parent><artifactId>pay</artifactId><dependencies>"
        "<dependency><groupId>org.x</groupId><artifactId>a</artifactId></dependency>"
        "<dependency><groupId>org.y</groupId><artifactId>b</artifactId><version>${gone}</version><scope>test</scope></dependency>"
        "<dependency><groupId>org.y</groupId><artifactId>c</artifactId></dependency></dependencies></project>"
    )
    found = read_all(tmp_path, {"pom.xml": parent, "pay/pom.xml": child})
    told = {item.purl: (item.constraint, item.scope, item.bespoke) for item in found.items}
    assert told["pkg:maven/org.x/a@3.1"] == ("", "required", False)
    assert told["pkg:maven/org.y/b"] == ("${gone}", "development", False)
    assert told["pkg:maven/org.y/c"] == ("given elsewhere", "required", False)
    assert told["pkg:maven/org.me/pay@1.0"] == ("", "required", True)


def test_a_plain_nuget_version_is_a_lower_bound_also_where_it_is_managed_centrally(tmp_path: Path) -> None:
    project = (
        '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="A" Version="[1.0.0]" />'
        '<PackageReference Include="B"/><PackageReference Include="C"><Version>3.0</Version></PackageReference>'
        "</ItemGroup></Project>"
    )
    central = '<Project><ItemGroup><PackageVersion Include="B" Version="2.0" /></ItemGroup></Project>'
    found = read_all(tmp_path, {"src/Pay.csproj": project, "Directory.Packages.props": central})
    told = {item.purl: item.constraint for item in found.items}
    assert told == {"pkg:nuget/Pay": "", "pkg:nuget/A@1.0.0": "", "pkg:nuget/B": ">=2.0", "pkg:nuget/C": ">=3.0"}


def test_gradle_literals_are_read_and_what_code_makes_is_said(tmp_path: Path) -> None:
    text = (
        'dependencies {\n  implementation("org.x:a:1.0")\n  testImplementation "org.x:t:$v"\n  // api "org.x:no:1"\n}\n'
    )
    found = read_all(tmp_path, {"build.gradle.kts": text})
    assert {item.purl: item.constraint for item in found.items} == {
        "pkg:maven/org.x/a@1.0": "",
        "pkg:maven/org.x/t": "$v",
    }
    assert [limit.path for limit in found.limits] == ["build.gradle.kts"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package-lock.json", '{"packages": {'),
        ("package-lock.json", "[" * 200_000),
        ("package.json", "[]"),
        ("poetry.lock", "[[package]\n"),
        ("pnpm-lock.yaml", "a: [\n"),
        ("pom.xml", "<project><a></project>"),
        ("pom.xml", '<!DOCTYPE a [<!ENTITY b "c">]><project>&b;</project>'),
        ("pom.xml", "<a>" * 5_000),
        ("requirements.txt", "a b c\n"),
        ("composer.lock", '{"packages": [{"version": "1"}]}'),
        ("Cargo.lock", ""),
        ("compose.yaml", "services:\n  a:\n    image: ${NAME}\n"),
    ],
)
def test_what_cannot_be_read_is_a_named_limit(tmp_path: Path, path: str, text: str) -> None:
    found = read_all(tmp_path, {path: text})
    assert not found.items
    assert found.limits and {limit.path for limit in found.limits} == {path}
    assert not any(limit.fatal for limit in found.limits)


def test_links_and_large_files_are_limits_and_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("secret==1.0\n")
    inside = tmp_path / "project"
    inside.mkdir()
    (inside / "requirements.txt").symlink_to(tmp_path / "outside.txt")
    (inside / "dev-requirements.txt").write_text("a==1.0\n" * 100)
    found = inventory(inside, ["requirements.txt", "dev-requirements.txt", "../outside-requirements.txt"], max_size=64)
    assert not found.items
    assert len(found.limits) == 3


def test_no_card_number_leaves_while_digests_and_go_times_stay(tmp_path: Path) -> None:
    found = read_all(tmp_path, {"package.json": json.dumps({"dependencies": {f"p{CARD}": CARD, "q": f">{CARD}"}})})
    assert len(found.items) == 2
    assert CARD not in repr(found)
    assert shown("v0.0.0-20240102030405-abcdefabcdef") == "v0.0.0-20240102030405-abcdefabcdef"
    assert shown("8ade135a41bc03ea155e62e844d188df1ea18608") == "8ade135a41bc03ea155e62e844d188df1ea18608"
    assert shown("6.0.12.20251113") == "6.0.12.20251113"
    assert CARD not in shown("abcdef" + CARD + "abcdefabcdefabcdef")


NOTHING = ScanResult(Tool("paylint", "0", ""), {}, {}, (), (), (), (), (), Severity.MEDIUM, 0)


def evidence(found: Inventory) -> Evidence:
    at = datetime(2026, 3, 1, tzinfo=timezone.utc)
    return Evidence(NOTHING, Profile("Shop"), at, None, (), software=found.items, software_limits=found.limits)


def test_the_sbom_is_valid_cyclonedx_and_the_same_each_time(tmp_path: Path) -> None:
    found = read_all(tmp_path, {path: text for path, (text, _) in LOCKS.items()} | {"Cargo.lock": ""})
    made = sbom.write(evidence(found))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made.decode()) is None
    assert sbom.write(evidence(inventory(tmp_path, reversed([*LOCKS, "Cargo.lock"])))) == made
    data = json.loads(made)
    assert {one["purl"] for one in data["components"]} == {item.purl for item in found.items}
    depends = {one["ref"]: one.get("dependsOn", []) for one in data["dependencies"]}
    assert depends["pkg:npm/%40s/a@1.0.0"] == ["pkg:npm/b@2.0.0"]
    assert any("Cargo.lock" in one["value"] for one in data["properties"])
    assert data["metadata"]["timestamp"].startswith("2026-03-01T00:00:00")
    fewer = evidence(found)._replace(software=found.items[1:])
    assert json.loads(sbom.write(fewer))["serialNumber"] != data["serialNumber"]


def test_the_table_has_a_row_for_each_component_and_limit_and_no_formula(tmp_path: Path) -> None:
    found = read(tmp_path, **{"package.json": '{"dependencies": {"=cmd()": "1.0.0", "a": "^1"}}', "Cargo.lock": ""})
    lines = software_table.write(evidence(found)).decode().splitlines()
    assert len(lines) == 1 + 2 + 1
    assert any(line.startswith("'=cmd()") for line in lines)
    assert lines[-1].startswith("not known,") and "Cargo.lock" in lines[-1]


def test_an_empty_inventory_is_a_valid_sbom(tmp_path: Path) -> None:
    made = sbom.write(evidence(inventory(tmp_path, [])))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made.decode()) is None


@pytest.mark.parametrize("path", LOCKS)
def test_a_damaged_file_never_stops_the_inventory(tmp_path: Path, path: str) -> None:
    chance = random.Random(path)  # noqa: S311 - the same damage each time
    for _ in range(60):
        text = LOCKS[path][0]
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(text))
            text = (
                text[:at]
                + chance.choice(["", "@", "/", '"', "{", "]", " ", "\n", "\0"])
                + text[at + chance.randint(1, 6) :]
            )
        found = read_all(tmp_path, {path: text})
        assert {limit.path for limit in found.limits} <= {path}
        assert sbom.write(evidence(found))
