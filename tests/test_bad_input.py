"""What may come out of any repository: never a traceback, never a false "clean"."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scanner.cache import Cache
from scanner.config import Config
from scanner.files import discover
from scanner.pipeline.examine import Reader, examine
from tests.command import PAYLINT, paylint, scan

LEAK = 'import logging\nlogging.info("paying %s", card_number)\n'
BUCKET = 'resource "aws_s3_bucket" "b" {\n  acl = "public-read"\n}\n'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("main.tf", b'resource "aws_s3_bucket" "b" {\n  bucket = \n'),
        ("main.tf", b'resource "aws_s3_bucket" "b" {\n  bucket = "\xff\xfe"\n}\n'),
        ("app.yaml", b"apiVersion: v1\nkind: Pod\nmetadata: {name: [\n"),
        ("app.yaml", b"apiVersion: v1\nkind: Pod\nmetadata:\n\tname: x\n"),
        ("app.json", b'{"apiVersion": "v1", "kind": "Pod", "metadata": {'),
    ],
)
def test_a_broken_document_makes_the_scan_incomplete(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "app.py").write_text(LEAK)
    answer = scan(tmp_path)
    assert answer.code == 3 == answer.json["exit_code"]
    assert [path for path, _ in answer.errors()] == [name]
    assert ("pan_logged", "app.py", 2) in answer.found()
    text = paylint("scan", cwd=tmp_path)
    assert text.code == 3 and "INCOMPLETE" in text.out and name in text.out


def test_an_accepted_gap_stays_visible(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "x" {')
    (tmp_path / "paylint.yaml").write_text("accept_unanalysed: [{path: main.tf, reason: template of the installer}]\n")
    answer = scan(tmp_path)
    assert answer.code == 0
    assert "template of the installer" in answer.reasons()["main.tf"]


def test_broken_code_is_analysed_in_part_and_strict_minds(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("x = = 3\nfor in in\n" + LEAK)
    answer = scan(tmp_path)
    assert answer.code in (0, 1)
    assert answer.json["coverage"]["analysed"][0]["partial"] is True
    assert scan(tmp_path, "--strict").code == 3


def test_a_large_text_file(tmp_path: Path) -> None:
    with (tmp_path / "dump.sql").open("wb") as stream:
        stream.write(b"-- dump\n")
        stream.truncate(200 * 1024 * 1024)
        stream.seek(0)
        stream.write(b"insert into t values (1);\n" * 1000)
    started = time.monotonic()
    answer = scan(tmp_path)
    assert answer.code == 3
    assert "larger than" in answer.errors()[0][1]
    assert time.monotonic() - started < 60
    assert scan(tmp_path, env={"PAYLINT_NO_CACHE": "1"}).code == 3


def test_binary_files_are_listed_not_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 50)
    (tmp_path / "huge.bin").write_bytes(b"\0" * (20 * 1024 * 1024))
    for _ in range(2):
        answer = scan(tmp_path)
        assert answer.code == 0
        assert answer.reasons() == {"logo.png": "binary file", "huge.bin": "binary file"}


def test_invalid_utf8_and_utf16_code_is_scanned(tmp_path: Path) -> None:
    (tmp_path / "latin.py").write_bytes(b"# caf\xe9\n" + LEAK.encode())
    answer = scan(tmp_path)
    assert answer.code in (1, 3)
    assert ("pan_logged", "latin.py", 3) in answer.found() or answer.errors()


def test_a_yaml_bomb(tmp_path: Path) -> None:
    lines = [
        "apiVersion: v1",
        "kind: ConfigMap",
        "metadata: {name: bomb}",
        "data:",
        "  a0: &a0 [x, x, x, x, x, x, x, x, x, x]",
    ]
    lines += [f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (tmp_path / "bomb.yaml").write_text("\n".join(lines))
    answer = scan(tmp_path)
    assert answer.code == 3
    assert answer.errors()[0][0] == "bomb.yaml"


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("deep.yaml", "apiVersion: v1\nkind: Pod\nx: " + "[" * 10_000 + "]" * 10_000, {3}),
        ("deep.json", '{"apiVersion": "v1", "kind": "Pod", "x": ' + '{"a":' * 10_000 + "1" + "}" * 10_000 + "}", {3}),
        ("deep.tf", "locals {\n  a = " + "[" * 10_000 + "]" * 10_000 + "\n}\n", {3}),
        ("deep.tf", "a {\n" * 10_000 + "}\n" * 10_000, {3}),
        ("deep.py", "x = " + "(" * 10_000 + "1" + ")" * 10_000 + "\n", {0, 3}),
        ("deep.js", "x = " + "[" * 10_000 + "]" * 10_000 + ";\n", {0, 3}),
        ("deep.sql", "create table t (a int default " + "(" * 10_000 + "1" + ")" * 10_000 + ");\n", {0}),
    ],
)
def test_deep_nesting(tmp_path: Path, name: str, content: str, codes: set[int]) -> None:
    (tmp_path / name).write_text(content)
    answer = scan(tmp_path)
    assert answer.code in codes
    if answer.code == 0 and not name.endswith(".sql"):
        assert all(item["path"] == name for item in answer.json["coverage"]["analysed"])


def test_links_pipes_and_hostile_names(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "app.py").write_text(LEAK)
    root = tmp_path / "root"
    root.mkdir()
    (root / "out").symlink_to(outside)
    (root / "out.py").symlink_to(outside / "app.py")
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe.py")
    (root / "-rf .py").write_text(LEAK)
    (root / "new\nline.py").write_text(LEAK)
    (root / "\x1b[31mred.py").write_text(LEAK)
    answer = scan(root)
    assert answer.code == 1
    assert sorted(path for _, path, _ in answer.found()) == sorted(["-rf .py", "new\nline.py", "\x1b[31mred.py"])
    assert set(answer.reasons()) == {"out", "out.py", "loop", "pipe.py"}
    assert "\x1b" not in paylint("scan", cwd=root).out


def test_unreadable_files_are_fatal_problems(user_folder: Path) -> None:
    """The steps themselves: for root everything is readable, and an unprivileged user may not reach the command."""
    (user_folder / "app.py").write_text(LEAK)
    (user_folder / "closed").mkdir()
    for path in (user_folder / "app.py", user_folder / "closed"):
        path.chmod(0)
    tree = discover(Config(root=user_folder, paths=(user_folder,)))
    found = examine(tree.files, Cache(None, user_folder), Reader(), 1000)
    (user_folder / "closed").chmod(0o700)
    assert [(item.path, item.message, item.fatal) for item in (*tree.problems, *found.problems)] == [
        ("closed", "folder cannot be read: Permission denied", True),
        ("app.py", "cannot be read: Permission denied", True),
    ]


def test_the_scanned_tree_cannot_replace_the_scanner(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    for name in ("scanner", "yaml", "click", "regorus", "re2", "semgrep"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"open({str(marker)!r}, 'w')\nraise SystemExit(0)\n")
    (tmp_path / "sitecustomize.py").write_text(f"open({str(marker)!r}, 'w')\n")
    (tmp_path / "app.py").write_text(LEAK)
    answer = scan(tmp_path)
    assert answer.code == 1
    assert not marker.exists()


def test_an_unwritable_report(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(LEAK)
    (tmp_path / "file").write_text("")
    for target in ("missing/report.json", "file/report.json", "."):
        answer = paylint("scan", "-o", f"json:{target}", cwd=tmp_path)
        assert answer.code == 2
        assert target in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "pdf"],
        ["--policy", "pan_loged"],
        ["--fail-on", "bad"],
        ["--engine", "magic"],
        ["--rules", "nowhere"],
        ["--config", "nowhere.yaml"],
        ["nowhere"],
        ["-o", "json"],
        ["-o", "pdf:x"],
        ["--jobs", "0"],
        ["--staged"],
        ["--opa-url", "http://example.org:8181"],
        ["--opa-url", "file:///etc/passwd"],
    ],
)
def test_wrong_usage_is_said_in_one_line(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "main.tf").write_text(BUCKET)
    answer = paylint("scan", *arguments, cwd=tmp_path)
    assert answer.code == 2
    assert answer.out == ""
    assert len(answer.err.strip().splitlines()) <= 4
    assert any(word.lstrip("-").split(":")[0] in answer.err for word in arguments)


@pytest.mark.parametrize(
    "content",
    [
        "fail_on: bad\n",
        "colour: blue\n",
        "- a\n",
        "fail_on: [\n",
        "policies: pan_logged\n",
        "settings: {no_such: 1}\n",
        "jobs: -1\n",
    ],
)
def test_settings_that_cannot_be_used(tmp_path: Path, content: str) -> None:
    (tmp_path / "paylint.yaml").write_text(content)
    (tmp_path / "app.py").write_text(LEAK)
    answer = paylint("scan", cwd=tmp_path)
    assert answer.code == 2
    assert answer.out == ""
    assert "settings" in answer.err or "paylint.yaml" in answer.err


def test_no_rules_is_not_clean(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("x = 1\n")
    listed = paylint("policies", "list", cwd=tmp_path).out.splitlines()
    names = [line.split()[1] for line in listed[1 : listed.index("")]]
    arguments = [part for name in names for part in ("--policy", f"!{name}")]
    assert scan(tmp_path, *arguments).code == 3


def test_nothing_that_concerns_us_is_fine(tmp_path: Path) -> None:
    assert scan(tmp_path).code == 0
    (tmp_path / "LICENSE").write_text("words\n")
    assert scan(tmp_path).code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_ctrl_c_ends_the_scan_and_says_so(tmp_path: Path) -> None:
    for number in range(300):
        functions = "\n".join(f"def f{n}(a): return [a, {n}]" for n in range(50))
        (tmp_path / f"m{number}.py").write_text(LEAK + functions)
    process = subprocess.Popen(
        [str(PAYLINT), "scan"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 120
    while not _cores() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert b"Traceback" not in err
    assert b"INCOMPLETE" in out and b"interrupted" in out
    assert not _cores()


def _cores() -> list[str]:
    """The engine's processes that work in this test's cache folder."""
    folder, found = os.environ["PAYLINT_CACHE_DIR"], []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().decode("utf-8", "replace")
            except OSError:
                continue
            if "semgrep-core" in line and folder in line:
                found.append(line)
    return found


def test_a_manifest_with_a_line_too_long_for_code_rules_is_read_by_the_others(tmp_path: Path) -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostPID: true, containers: [{name: a, image: a}]}\n"
    (tmp_path / "pod.yaml").write_text(f"{pod}status: {'x' * 6_000}\n")
    answer = scan(tmp_path)
    assert ("privileged_container", "pod.yaml", 4) in answer.found()
    (entry,) = answer.json["coverage"]["analysed"]
    assert entry["partial_reason"] == "minified code: code rules do not look at it"


def test_a_long_comment_makes_no_minified_code_and_an_archive_of_php_is_none_of_ours(tmp_path: Path) -> None:
    code = "<?php\n/**\n * @property string $a " + "x" * 6_000 + "\n */\n$h = md5($password);\n"
    (tmp_path / "model.php").write_text(code)
    (tmp_path / "tool.php").write_text("#!/usr/bin/env php\n" + code + "__HALT_COMPILER();\n")
    answer = scan(tmp_path)
    assert {path for _, path, _ in answer.found()} == {"model.php"}
    reasons = {entry["path"]: entry.get("partial_reason", "") for entry in answer.json["coverage"]["analysed"]}
    assert reasons == {"model.php": "", "tool.php": "PHP archive: only searched for card numbers"}
