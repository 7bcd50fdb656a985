from __future__ import annotations

import os
from pathlib import Path

import pytest
from semgrep_samples import lay_out

from scanner.engines.semgrep.targets import Prepared, Target, prepare
from scanner.text import Source


def one(tmp_path: Path, name: str, content: str | bytes, *spoken: str) -> Prepared:
    prepared, problems = prepare(lay_out(tmp_path, {name: content}), spoken, tmp_path / "copies")
    assert problems == {}
    assert len(prepared) == 1
    return prepared[0]


def test_a_plain_file_is_read_in_place(tmp_path: Path) -> None:
    item = one(tmp_path, "a.py", "x = 'é'\n", "python", "regex", "java")
    assert item.reads == (("python", str(tmp_path / "a.py")), ("regex", str(tmp_path / "a.py")))
    assert not (tmp_path / "copies").exists()


def test_what_no_rule_is_about_is_left_out_unread(tmp_path: Path) -> None:
    assert prepare([Target("a.go", "/nonexistent/a.go")], {"python"}, tmp_path) == ([], {})


def test_the_first_line_tells_the_language(tmp_path: Path) -> None:
    assert one(tmp_path, "bin/tool", "#!/usr/bin/env python3\n", "python").reads[0][0] == "python"


def test_odd_bytes_become_question_marks_in_a_copy(tmp_path: Path) -> None:
    data = b"# caf\xe9 \xf0\x9f\x98\x80 \xed\xa0\x80\nx = '\xff'\n"
    item = one(tmp_path, "a.py", data, "python")
    copy = Path(item.reads[0][1]).read_bytes()
    assert copy == "# caf? 😀 ???\nx = '?'\n".encode()
    assert len(copy) == len(data)
    assert item.source == str(tmp_path / "a.py")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_and_placed_in_a_copy(tmp_path: Path, encoding: str) -> None:
    text = "x = 'é😀'; y\n"
    mark = "\ufeff".encode(encoding)
    item = one(tmp_path, "a.py", mark + text.encode(encoding), "python")
    assert Path(item.reads[0][1]).read_bytes() == text.encode()
    assert item.source == item.reads[0][1]


def test_a_name_that_is_no_text_is_read_from_a_copy(tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/bad\xff.tsx"
    Path(os.fsdecode(file)).write_bytes(b"x\n")
    prepared, _ = prepare([Target("bad\udcff.tsx", os.fsdecode(file))], {"typescript"}, tmp_path / "copies")
    copy = prepared[0].reads[0][1]
    copy.encode("utf-8")
    assert copy.endswith(".tsx")
    assert Path(copy).read_bytes() == b"x\n"


COMPONENT = """<template>
  <p>é {{ pan }}</p>
</template>
<script{attributes}>
save(pan)
</SCRIPT >
<style>p {}</style>
<script>
more()
</script>
"""


@pytest.mark.parametrize(
    ("attributes", "language", "ending"),
    [
        ("", "javascript", ".js"),
        (' lang="ts"', "typescript", ".ts"),
        (" setup lang=ts", "typescript", ".ts"),
        (" lang='tsx'", "typescript", ".tsx"),
        (' type="text/typescript"', "typescript", ".ts"),
        (" data-x='tslint'", "javascript", ".js"),
    ],
)
def test_of_a_component_only_the_scripts_are_kept(tmp_path: Path, attributes: str, language: str, ending: str) -> None:
    text = COMPONENT.replace("{attributes}", attributes)
    item = one(tmp_path, "a.vue", text, "javascript", "typescript", "regex")
    assert [name for name, _ in item.reads] == ["regex", language]
    assert item.reads[0][1] == str(tmp_path / "a.vue")
    copy = Path(item.reads[1][1])
    assert copy.suffix == ending
    kept, original = Source("", copy.read_bytes()), Source("", text.encode())
    assert len(kept.data) == len(original.data)
    assert kept.text.split() == ["save(pan)", "more()"]
    assert [kept.line(number).rstrip() for number in (5, 9)] == ["save(pan)", "more()"]


def test_a_component_of_the_other_language_is_left_out(tmp_path: Path) -> None:
    targets = lay_out(tmp_path, {"a.svelte": '<script lang="ts">\nx\n</script>'})
    assert prepare(targets, {"javascript"}, tmp_path / "copies") == ([], {})


def test_many_unclosed_scripts_cost_no_more_than_one(tmp_path: Path) -> None:
    item = one(tmp_path, "a.vue", "<script>" * 200_000, "javascript")
    assert item.size == 1_600_000


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "folder.py").mkdir()
    targets = [Target(name, str(tmp_path / name)) for name in ("gone.py", "pipe.py", "folder.py")]
    prepared, problems = prepare(targets, {"python"}, tmp_path / "copies")
    assert prepared == []
    assert set(problems) == {"gone.py", "pipe.py", "folder.py"}
    assert all(problem.fatal and "cannot be read" in problem.message for problem in problems.values())
