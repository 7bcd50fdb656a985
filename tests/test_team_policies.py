"""A team's policies as they wrote them for conftest, through the real command."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.command import git, paylint, scan

HOME = Path(__file__).parent / "team_policies"
POLICY = HOME / "policy"
SAID = [
    ("terraform.tls.deny_open", "infra/main.tf", 1, "high", "Something is open to the world"),
    ("terraform.tls.deny", "infra/main.tf", 5, "high", "Listener 'front' speaks HTTP"),
    ("terraform.tls.warn", "infra/main.tf", 20, "medium", "Bucket without a versioning of its own"),
    ("main.deny_exposed", "k8s/shop.yaml", 4, "critical", "Service `shop` is exposed"),
    ("main.deny", "k8s/shop.yaml", 18, "high", 'Container "shop" of "shop" has no memory limit'),
    ("main.deny", "k8s/shop.yaml", 18, "high", "Containers must not run as root in Deployment shop"),
    ("main.warn_few_replicas", "k8s/shop.yaml", 18, "medium", "1 replica only"),
    ("main.deny", "k8s/shop.yaml", 24, "high", 'Container "checkout" of "shop" has no memory limit'),
    ("main.violation", "k8s/shop.yaml", 24, "critical", "Nothing runs privileged"),
]
SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HOME / "project", tmp_path / "project"))


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A project of one Service."""
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "service.yaml").write_text(SERVICE)
    return folder


def policy(folder: Path, text: str, name: str = "policy.rego") -> Path:
    rules = folder.parent / "rules"
    rules.mkdir(exist_ok=True)
    (rules / name).write_text(text)
    return rules


def test_they_say_what_they_say_to_conftest_and_where(project: Path) -> None:
    answer = scan(project, "--rules", POLICY, "--engine", "conftest")
    found = answer.json["findings"]
    said = [(item["rule"], item["path"], item["start"]["line"], item["severity"], item["message"]) for item in found]
    assert sorted(said) == sorted(SAID)
    assert answer.code == 1
    assert answer.json["checks"] == {"pass": 0, "fail": 7, "unknown": 1, "error": 0}
    assert {item["path"] for item in answer.json["coverage"]["analysed"]} == {"infra/main.tf", "k8s/shop.yaml"}


def test_an_opa_server_says_the_same(project: Path, opa_server: str) -> None:
    arguments = ("--rules", POLICY, "--engine", "conftest")
    assert scan(project, *arguments, "--opa-url", opa_server).out == scan(project, *arguments).out


def test_they_stand_beside_the_rules_there_are(project: Path) -> None:
    alone, both = scan(project), scan(project, "--rules", POLICY)
    assert sorted(both.found()) == sorted(
        alone.found() + scan(project, "--rules", POLICY, "--engine", "conftest").found()
    )


def test_what_is_known_is_not_asked_again_and_a_change_is_seen(project: Path) -> None:
    rules = Path(shutil.copytree(POLICY, project.parent / "rules"))
    arguments = ("--rules", rules, "--engine", "conftest")
    first = scan(project, *arguments)
    assert first.out == scan(project, *arguments).out == scan(project, *arguments, "--no-cache").out
    library = rules / "lib" / "workloads.rego"
    library.write_text(library.read_text().replace("containers[_]", "initContainers[_]"))
    assert len(scan(project, *arguments).found()) == len(SAID) - 3
    manifest = project / "k8s" / "shop.yaml"
    manifest.write_text(manifest.read_text().replace("replicas: 1", "replicas: 2"))
    assert len(scan(project, *arguments).found()) == len(SAID) - 4


def test_each_is_a_policy_of_its_own(project: Path) -> None:
    sheet = paylint("policies", "show", "main_deny_exposed", "--rules", POLICY, cwd=project)
    for part in ("No service is reachable from the internet", "cardholder data environment", "Ingress of the edge"):
        assert part in " ".join(sheet.out.split())
    only = scan(project, "--rules", POLICY, "--policy", "main_deny_exposed")
    assert only.found() == [("main_deny_exposed", "k8s/shop.yaml", 4)]
    manifest = project / "k8s" / "shop.yaml"
    ignore = "  # paylint: ignore[main_deny_exposed] a test\n"
    manifest.write_text(manifest.read_text().replace("  name: shop\n", f"  name: shop{ignore}", 1))
    assert scan(project, "--rules", POLICY, "--policy", "main_deny_exposed").found() == []


def test_of_a_change_only_its_own_files_count(project: Path) -> None:
    git(project, "init", "-q")
    git(project, "add", "k8s")
    git(project, "commit", "-qm", "x")
    git(project, "add", "infra")
    arguments = ("--staged", "--rules", POLICY, "--engine", "conftest")
    assert {path for _, path, _ in scan(project, *arguments).found()} == {"infra/main.tf"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("package main\n\ndeny contains msg if {\n\tinput.kind ==\n}\n", r"policy\.rego:5:1: expecting expression"),
        (
            'package main\n\ndeny[msg] {\n\tmsg := "v0"\n}\n',
            r"policy\.rego:3:\d+: .*opa fmt --write --v0-v1 policy\.rego",
        ),
        ('package main\n\ndeny contains "x" if time.now_ns() > 1\n', r"policy\.rego:3: time\.now_ns is neither"),
        ("package main\n\nallow if input.kind\n", r"policy\.rego: defines no deny, violation or warn"),
        ("package main\n\ndeny if input.kind\n", r"policy\.rego:3: deny holds no messages"),
        ("package main\n\ndeny.x contains 1\n", r"policy\.rego:3: deny holds no messages"),
        ('package main\n\nwarn[msg] if msg := "x"\n', r"policy\.rego:3: warn holds no messages"),
        ('deny contains "x"\n', r"policy\.rego: declares no package"),
        ('package main["x"]\n\ndeny contains "x"\n', r"policy\.rego: declares no package in plain"),
        ('package paylint.rules.x\n\ndeny contains "x"\n', r"policy\.rego: package paylint\.rules\.x"),
        ("package main\n\ndeny contains x if x := data.ports[_]\n", r"policy\.rego:3: no file defines data\.ports"),
        ('package main\n\ndeny contains "x" if input[i].contents.kind\n', r"policy\.rego:3: .*--combine"),
        ('package main\n\n# METADATA\n# - x\ndeny contains "x"\n', r"policy\.rego:3: METADATA"),
        (
            'package main\n\n# METADATA\n# custom: {severity: [1]}\ndeny contains "x"\n',
            r"policy\.rego: METADATA: custom\.severity",
        ),
    ],
)
def test_what_cannot_be_used_is_said_with_its_file(one: Path, text: str, said: str) -> None:
    (one / "service.yaml").unlink()
    answer = scan(one, "--rules", policy(one, text))
    assert answer.code == 2
    assert re.search(said, answer.err), answer.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('deny contains "x" if to_number(input.metadata.name) > 1', "could not parse"),
        ("deny contains 3 if input.kind", "every message must be a text"),
        ('deny contains {"message": "x"} if input.kind', "every message must be a text"),
        ("default deny := false", "deny holds no messages"),
        ('deny contains "x" if input.kind\n\nexception contains "deny"', "exception must be a set of lists"),
    ],
)
def test_one_that_fails_is_an_error_on_both_engines(one: Path, opa_server: str, text: str, said: str) -> None:
    rules = policy(one, f"package main\n\n{text}\n")
    policy(one, 'package other\n\nwarn contains "seen" if input.kind\n', "other.rego")
    for more in ([], ["--opa-url", opa_server]):
        answer = scan(one, "--rules", rules, "--engine", "conftest", *more)
        assert answer.code == 3
        assert answer.json["checks"]["error"] == 1
        ((path, message),) = answer.errors()
        assert path == "service.yaml"
        assert "rule main.deny failed" in message
        if not more or "parse" not in said:
            assert said in message
        assert answer.found() == [("other_warn", "service.yaml", 4)]


def test_a_package_is_not_asked_about_what_it_does_not_read(one: Path) -> None:
    rules = policy(one, 'package main\n\ndeny contains "no owner" if not input.metadata.labels.owner\n')
    (one / "settings.json").write_text('{"name": "x"}')
    (one / "list.yaml").write_text(f"- {{metadata: {{name: a}}}}\n- [1]\n- {{metadata: {{name: b}}}}\n---\n{SERVICE}")
    arguments = ("--rules", rules, "--engine", "conftest")
    lines = [("list.yaml", 1), ("list.yaml", 3), ("list.yaml", 8), ("service.yaml", 4)]
    assert scan(one, *arguments).found() == [("main_deny", *line) for line in lines]
    policy(one, 'package main\n\ndeny contains "no owner" if not object.get(input, "owner", false)\n')
    assert ("main_deny", "settings.json", 1) in scan(one, *arguments).found()


def test_what_does_not_parse_is_not_clean(one: Path) -> None:
    rules = policy(one, 'package main\n\ndeny contains "x" if input.services.db\n')
    arguments = ("--rules", rules, "--engine", "conftest")
    (one / "broken.yaml").write_text("services: [\n")
    (one / "broken.json").write_text("{ // no such key\n")
    answer = scan(one, *arguments)
    assert answer.code == 3
    assert [path for path, _ in answer.errors()] == ["broken.yaml"]
    (one / "broken.yaml").write_text("services: {{ .Values.services }}: x\n")
    assert scan(one, *arguments).code == 0
    assert scan(one, *arguments, "--strict").code == 3


def test_a_line_that_conftest_is_told_is_taken(one: Path) -> None:
    item = '{"msg": "here", "severity": "LOW", "_loc": {"file": "service.yaml", "line": 2}}'
    rules = policy(one, f"package main\n\ndeny contains {item} if input.kind\n")
    (found,) = scan(one, "--rules", rules, "--engine", "conftest").json["findings"]
    assert (found["start"]["line"], found["severity"]) == (2, "low")
    policy(one, f"package main\n\ndeny contains {item.replace('2}', '99}')} if input.kind\n")
    assert scan(one, "--rules", rules, "--engine", "conftest").found() == [("main_deny", "service.yaml", 4)]


def test_two_folders_may_share_a_package_and_a_file_name(one: Path) -> None:
    rules = policy(one, 'package main\n\ndeny contains "one" if is_service\n')
    more = one.parent / "more"
    more.mkdir()
    (more / "policy.rego").write_text('package main\n\nis_service if input.kind == "Service"\n\nwarn contains "two"\n')
    answer = scan(one, "--rules", rules, "--rules", more, "--engine", "conftest")
    assert [name for name, _, _ in answer.found()] == ["main_deny", "main_warn"]


def test_they_need_no_fixtures(project: Path) -> None:
    rules = Path(shutil.copytree(POLICY, project.parent / "rules"))
    (rules / "plain.yaml").write_text(
        "rules:\n- {id: no-print, languages: [python], message: m, pattern: print(...)}\n"
    )
    answer = paylint("rules", "test", rules, cwd=project)
    assert "main.deny" not in answer.out


def test_card_numbers_do_not_leave_in_a_message(one: Path) -> None:
    (one / "service.yaml").write_text(SERVICE + '  annotations: {card: "4111111111111111"}\n')
    rules = policy(one, 'package main\n\ndeny contains sprintf("card %s", [input.metadata.annotations.card])\n')
    assert "4111111111111111" not in scan(one, "--rules", rules).out
