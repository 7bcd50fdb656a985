"""The real semgrep-core: what it finds, where, and what it says about code it cannot cope with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from semgrep_samples import MD5, engine, found, lay_out, rule, scan

from scanner.engines.semgrep import Tools
from scanner.engines.semgrep import engine as engine_module
from scanner.engines.semgrep.targets import Target
from scanner.errors import RuleError
from scanner.model import Place, Problem, Report, Rule, Span

WEAK = rule("weak.python", "python", pattern=MD5)
EVERYWHERE = rule("weak.all", "python", "js", "ts", "java", "go", pattern="hash.md5($X)")
TEXT = rule("word.text", "regex", pattern_regex=r"md5\(")
LEAK = rule(
    "leak.python",
    "python",
    mode="taint",
    pattern_sources=[{"pattern": "$R.args[...]"}],
    pattern_sinks=[{"pattern": "log.info($X)"}],
    message="$X is logged",
)


def test_finds_rules_of_a_file_in_order_and_interpolates_messages(tmp_path: Path) -> None:
    report = scan(tmp_path, [TEXT, WEAK], {"src/a.py": "import hashlib\nhashlib.md5(b)\nhashlib.md5(a)\n"})["src/a.py"]
    assert [(hit.rule, hit.place.span.line, hit.message) for hit in report.hits] == [
        ("weak.python", 2, "found b"),
        ("word.text", 2, "found $X"),
        ("weak.python", 3, "found a"),
        ("word.text", 3, "found $X"),
    ]
    assert report.hits[0].place == Place("src/a.py", Span(2, 1, 2, 15))
    assert report.problems == ()


def test_every_target_has_a_report(tmp_path: Path) -> None:
    files = {"a.py": "x = 1\n", "empty.py": "", "b.java": "class B {}\n", "c.txt": "text\n", "d.rb": "x\n"}
    reports = scan(tmp_path, [WEAK], files)
    assert set(reports) == set(files)
    assert all(report == Report() for report in reports.values())


def test_without_targets_or_rules_nothing_runs(tmp_path: Path) -> None:
    nothing = Tools(core=None, commands=())
    assert scan(tmp_path, [WEAK], {}, nothing) == {}
    assert scan(tmp_path / "more", [], {"a.py": "x\n"}, nothing)["a.py"].problems == ()


def test_a_trace_tells_where_the_value_comes_from(tmp_path: Path) -> None:
    text = "def f(request):\n    card = request.args['pan']\n    log.info(card)\n"
    (hit,) = scan(tmp_path, [LEAK], {"a.py": text})["a.py"].hits
    assert hit.message == "card is logged"
    assert [(step.place.path, step.place.span.line, step.snippet) for step in hit.trace] == [
        ("a.py", 2, "request.args['pan']"),
        ("a.py", 2, "card"),
        ("a.py", 3, "log.info(card)"),
    ]
    assert hit.trace[0].place.span == Span(2, 12, 2, 31)


def test_nosemgrep_comments_mean_nothing(tmp_path: Path) -> None:
    reports = scan(tmp_path, [WEAK], {"a.py": "import hashlib\nhashlib.md5(a)  # nosemgrep\n"})
    assert found(reports["a.py"]) == [("weak.python", 2, 1)]


def test_a_rule_keeps_to_its_paths(tmp_path: Path) -> None:
    kept = rule("kept.python", "python", pattern=MD5, paths={"include": ["/src/**/*.py"], "exclude": ["*_test.py"]})
    code = "import hashlib\nhashlib.md5(a)\n"
    reports = scan(tmp_path, [kept], {"src/x/a.py": code, "src/x/a_test.py": code, "lib/a.py": code})
    assert [path for path, report in reports.items() if report.hits] == ["src/x/a.py"]


def test_the_path_reported_is_not_the_file_read(tmp_path: Path) -> None:
    (tmp_path / "0.py").write_text("import hashlib\nhashlib.md5(a)\n")
    semgrep = engine(tmp_path, [rule("kept.python", "python", pattern=MD5, paths={"include": ["src/"]})])
    semgrep.start([Target("src/app.py", str(tmp_path / "0.py"))])
    assert semgrep.finish()["src/app.py"].hits[0].place.path == "src/app.py"


def test_names_of_any_kind(tmp_path: Path) -> None:
    code = "import hashlib\nhashlib.md5(a)\n"
    names = ["-x.py", "--help.py", "a b.py", "n\nl.py", "é😀.py", "'\"$(x).py", "%s{}.py", "dir with/-y.py", "a\tb.py"]
    raw = os.fsdecode(b"bad\xff.py")
    reports = scan(tmp_path, [WEAK], dict.fromkeys([*names, raw], code))
    assert {path: found(report) for path, report in reports.items()} == {
        name: [("weak.python", 2, 1)] for name in [*names, raw]
    }


@pytest.mark.parametrize(
    "data",
    [
        "x = 'é😀'; hashlib.md5(x)\n".encode(),
        b"x = '\xe9\xe9'; hashlib.md5(x)\n",
        "\ufeffx = 'é😀'; hashlib.md5(x)\n".encode("utf-16-le"),
        b"\r\nx = 'ab'; hashlib.md5(x)\r\n",
        "\ufeff\nx = 'é😀'; hashlib.md5(x)\n".encode(),
    ],
    ids=["utf-8", "latin-1", "utf-16", "crlf", "bom"],
)
def test_columns_count_characters_in_any_encoding(tmp_path: Path, data: bytes) -> None:
    report = scan(tmp_path, [WEAK, TEXT], {"a.py": data})["a.py"]
    assert [(hit.rule, hit.place.span.column) for hit in report.hits] == [("weak.python", 11), ("word.text", 19)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.js", "hash.md5(a);\n"),
        ("a.jsx", "const a = <p>{hash.md5(a)}</p>;\n"),
        ("a.mjs", "export const a = hash.md5(a);\n"),
        ("a.ts", "const a: number = <number>hash.md5(a);\n"),
        ("a.tsx", "const a = <p>{hash.md5(a as any)}</p>;\n"),
        ("a.mts", "const a: number = hash.md5(a);\n"),
        ("A.java", "class A { void f() { hash.md5(a); } }\n"),
        ("a.go", "package a\nfunc f() { hash.md5(a) }\n"),
        ("a.vue", "<template>{{ hash.md5(x) }}</template>\n<script lang='ts'>\nconst a: X = hash.md5(a)\n</script>\n"),
        ("a.svelte", "<script>\nhash.md5(a)\n</script>\n<p>{hash.md5(x)}</p>\n"),
        ("tool", "#!/usr/bin/env python3\nhash.md5(a)\n"),
    ],
)
def test_languages(tmp_path: Path, name: str, code: str) -> None:
    report = scan(tmp_path, [EVERYWHERE], {name: code})[name]
    assert [hit.rule for hit in report.hits] == ["weak.all"]
    assert report.problems == ()


def test_any_text_has_regular_expressions(tmp_path: Path) -> None:
    generic = rule("phrase.text", "generic", pattern="call md5 ...", message="m")
    reports = scan(tmp_path, [TEXT, generic], {"notes": "call md5(x)\n", ".env": "A=md5(\n"})
    assert found(reports["notes"]) == [("phrase.text", 1, 1), ("word.text", 1, 6)]
    assert found(reports[".env"]) == [("word.text", 1, 3)]


def test_code_understood_in_part_is_noted_and_what_was_found_is_kept(tmp_path: Path) -> None:
    code = "hash.md5(a);\nfunction f( {\n  }}}\nhash.md5(b);\nx = = 3;\n"
    report = scan(tmp_path, [EVERYWHERE], {"a.js": code})["a.js"]
    assert ("weak.all", 1, 1) in found(report)
    (problem,) = report.problems
    assert not problem.fatal
    assert problem.message.startswith("parsed in part: line")


def test_code_of_which_nothing_is_understood_is_noted_in_other_words(tmp_path: Path) -> None:
    report = scan(tmp_path, [WEAK], {"a.py": "}}}}((( @@ $$$ \n <<< hashlib.md5(\n"})["a.py"]
    assert report == Report(
        problems=(Problem("a.py", "not parsed: syntax errors from the first line to the last", fatal=False),)
    )


def test_yaml_that_does_not_parse_makes_the_scan_incomplete(tmp_path: Path) -> None:
    keyed = rule("keyed.yaml", "yaml", pattern="key: $X")
    report = scan(tmp_path, [keyed], {"a.yaml": "key: [1,\n- }: {\n"})["a.yaml"]
    assert [problem.fatal for problem in report.problems] == [True]


SLOW = "hash.md5(x);\ny" + ".f(1)" * 20_000 + "\n"


def test_a_rule_that_takes_too_long_is_named(tmp_path: Path) -> None:
    files = {"slow.js": SLOW, "a.js": "hash.md5(x);\n"}
    reports = scan(tmp_path, [EVERYWHERE], files, rule_timeout=0.2)
    assert reports["slow.js"].problems == (Problem("slow.js", "rule weak.all timed out after 0.8 s"),)
    assert found(reports["a.js"]) == [("weak.all", 1, 1)]


def test_a_rule_that_takes_too_long_is_tried_once_more_with_more_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_PATIENCE", 3000)
    files = {"slow.js": "hash.md5(x);\ny" + ".f(1)" * 500 + "\n"}
    report = scan(tmp_path, [EVERYWHERE], files, rule_timeout=0.01)["slow.js"]
    assert (found(report), report.problems) == ([("weak.all", 1, 1)], ())


def test_a_rule_without_time_for_a_second_try_is_named_with_the_time_it_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_SECOND_SECONDS", 0)
    report = scan(tmp_path, [EVERYWHERE], {"slow.js": SLOW}, rule_timeout=0.2)["slow.js"]
    assert report.problems == (Problem("slow.js", "rule weak.all timed out after 0.2 s"),)


def test_code_nested_deeply_neither_hangs_nor_crashes(tmp_path: Path) -> None:
    depth = 10_000
    inner = "(" * depth + "1" + ")" * depth
    files = {
        "a.py": f"hash.md5(x)\ny = {inner}\n",
        "a.js": "hash.md5(x);\n" + "if (a) {" * depth + "}" * depth + "\n",
        "a.ts": "hash.md5(x);\ny = " + "[" * depth + "]" * depth + "\n",
        "A.java": f"class A {{ void f() {{ hash.md5(x); int y = {inner}; }} }}\n",
        "a.go": f"package a\nfunc f() {{ hash.md5(x)\n y := {inner} }}\n",
        "fine.py": "hash.md5(x)\n",
    }
    reports = scan(tmp_path, [EVERYWHERE], files, rule_timeout=2)
    assert found(reports["fine.py"]) == [("weak.all", 1, 1)]
    for path, report in reports.items():
        assert report.hits or any(problem.fatal for problem in report.problems), path


def test_too_many_matches_make_the_scan_incomplete(tmp_path: Path) -> None:
    report = scan(tmp_path, [WEAK], {"a.py": "import hashlib\n" + "hashlib.md5(x)\n" * 10_500})["a.py"]
    assert [problem.fatal for problem in report.problems] == [True]
    assert "weak.python matched too often" in report.problems[0].message


@pytest.mark.parametrize(
    "broken",
    [
        rule("bad.python", "python", pattern="def foo((("),
        rule("bad.python", "python"),
        rule("bad.python", "python", patterns=[{"pattern": "$X"}, {"pattern-nott": "y"}]),
        rule("bad.python", "python", pattern="x", severity="dreadful"),
        rule(
            "bad.python",
            "python",
            patterns=[{"pattern": "$X"}, {"metavariable-regex": {"metavariable": "$X", "regex": "(("}}],
        ),
    ],
)
def test_a_rule_the_core_refuses_is_an_error_that_names_it(tmp_path: Path, broken: Rule) -> None:
    with pytest.raises(RuleError, match=r"semgrep/bad/python\.yaml: rule bad\.python: .+"):
        scan(tmp_path, [WEAK, broken], {"a.py": "x = foo\n"})


def test_a_rule_this_semgrep_cannot_run_leaves_its_files_unanalysed(tmp_path: Path) -> None:
    future = rule("future.python", "python", pattern="x", min_version="99.0.0")
    reports = scan(tmp_path, [WEAK, future, EVERYWHERE], {"a.py": "import hashlib\nhashlib.md5(x)\n", "a.js": "x\n"})
    assert found(reports["a.py"]) == [("weak.python", 2, 1)]
    (problem,) = reports["a.py"].problems
    assert problem.fatal
    assert "future.python did not run" in problem.message
    assert reports["a.js"].problems == ()


def test_start_returns_at_once_and_stop_ends_it(tmp_path: Path) -> None:
    semgrep = engine(tmp_path, [EVERYWHERE])
    semgrep.start(lay_out(tmp_path / "project", {"slow.js": "hash.md5(x);\ny" + ".f(1)" * 50_000}))
    assert semgrep._running is not None
    semgrep.stop()
    assert semgrep._running.finish().stopped


def test_nothing_is_written_outside_of_the_private_folder(tmp_path: Path) -> None:
    scan(tmp_path, [WEAK, TEXT], {"a.py": b"hashlib.md5('\xff')\n"})
    assert {path.name for path in tmp_path.iterdir()} == {"project", "work"}
    assert [path.name for path in (tmp_path / "project").rglob("*")] == ["a.py"]
