"""A core that crashes, hangs, lies or is not there: nothing hangs, nothing is lost in silence."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path

import pytest
from semgrep_samples import engine, found, lay_out, program, rule, runs, scan

from scanner.engines.semgrep import Tools
from scanner.errors import RuleError
from scanner.model import Problem, Report, Span

RULE = rule("policy.python", "python", pattern="$F($X)")
ALL = "answer([match(file, 0, 1) for file in files], scanned=files)"
CRASHES = {
    "signal": "os.kill(os.getpid(), signal.SIGSEGV)",
    "exit code": "print('[]'); sys.exit(2)",
    "garbage": "os.write(1, bytes(range(256)) * 10)",
    "half an answer": "print(json.dumps(dict(version=VERSION, results=[], errors=[], paths=dict(scanned=[])))[:-9])",
    "no answer": "pass",
    "another shape": "print(json.dumps(dict(version=VERSION, results=[dict(check_id='x')], errors=[], paths={})))",
    "deep answer": "print('[' * 500_000)",
    "endless answer": "[os.write(1, b'x' * (1 << 20)) for _ in range(1024)]",
}


def files(number: int, *bad: int) -> dict[str, str]:
    return {f"{name}.py": "BAD\n" if name in bad else "x = 1\n" for name in range(number)}


def core(tmp_path: Path, body: str, *commands: Path) -> Tools:
    return Tools(program(tmp_path, body), commands)


@pytest.mark.parametrize("crash", CRASHES)
def test_the_file_that_crashes_the_core_is_found_and_the_others_answered(tmp_path: Path, crash: str) -> None:
    body = f"if any('BAD' in text for text in texts.values()):\n    {CRASHES[crash]}\nelse:\n    {ALL}"
    reports = scan(tmp_path, [RULE], files(9, 4), core(tmp_path, body))
    for path, report in reports.items():
        if path == "4.py":
            assert report.hits == ()
            (problem,) = report.problems
            assert problem.fatal
            assert "not analysed: semgrep-core" in problem.message
        else:
            assert found(report) == [("policy.python", 1, 1)], path
            assert report.problems == ()


def test_several_culprits_are_found(tmp_path: Path) -> None:
    body = f"if any('BAD' in text for text in texts.values()):\n    sys.exit(3)\nelse:\n    {ALL}"
    reports = scan(tmp_path, [RULE], files(64, 3, 40), core(tmp_path, body))
    assert {path for path, report in reports.items() if report.problems} == {"3.py", "40.py"}
    assert sum(len(report.hits) for report in reports.values()) == 62
    assert reports["3.py"].problems == (
        Problem("3.py", "not analysed: semgrep-core ended with exit code 3 on this file"),
    )


def test_a_core_that_crashes_on_everything_is_not_run_for_ever(tmp_path: Path) -> None:
    reports = scan(tmp_path, [RULE], files(100), core(tmp_path, "sys.exit(1) if files else answer()"))
    assert all([problem.fatal for problem in report.problems] == [True] for report in reports.values())
    assert len(runs(tmp_path)) < 60


@pytest.mark.parametrize("crash", ["signal", "garbage", "endless answer"])
def test_a_core_that_never_answers_is_given_up_at_once(tmp_path: Path, crash: str) -> None:
    tracemalloc.start()
    reports = scan(tmp_path, [RULE], files(50), core(tmp_path, CRASHES[crash]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(runs(tmp_path)) == 2
    assert peak < 150 << 20
    for report in reports.values():
        (problem,) = report.problems
        assert problem.fatal
        assert "pip install semgrep==" in problem.message
        assert "there is no semgrep command" in problem.message


def test_a_core_that_hangs_is_killed_in_time(tmp_path: Path) -> None:
    begun = time.monotonic()
    reports = scan(tmp_path, [RULE], files(3), core(tmp_path, "time.sleep(300)"), timeout=1)
    assert time.monotonic() - begun < 20
    assert {problem.message for report in reports.values() for problem in report.problems} == {
        "not analysed: Semgrep ran out of time; `timeout` in the settings gives it more"
    }
    for pid in runs(tmp_path):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_what_earlier_runs_said_outlives_the_end_of_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.engines.semgrep.engine.BATCH_FILES", 2)
    body = f"if any('BAD' in text for text in texts.values()):\n    time.sleep(300)\nelse:\n    {ALL}"
    reports = scan(tmp_path, [RULE], files(6, 3), core(tmp_path, body), timeout=3)
    assert [bool(report.hits) for report in reports.values()] == [True, True, False, False, False, False]
    assert [bool(report.problems) for report in reports.values()] == [False, False, True, True, True, True]


def test_interrupting_leaves_no_core_behind(tmp_path: Path) -> None:
    semgrep = engine(tmp_path, [RULE], core(tmp_path, "time.sleep(300)"))
    semgrep.start(lay_out(tmp_path / "project", files(1)))
    end = time.monotonic() + 20
    while not runs(tmp_path) and time.monotonic() < end:
        time.sleep(0.02)
    semgrep.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(runs(tmp_path)[0], 0)


COMMAND = (
    "paths = [os.path.join(top, name) for top, _, names in os.walk('.') for name in names]\n"
    "names = sorted(path[2:] for path in paths)\n"
    "answer([match(name, 0, 1, 'work.policy.python') for name in names], scanned=names)"
)


@pytest.mark.parametrize("missing", ["not installed", "not executable", "no program", "another version", "crashes"])
def test_the_command_takes_over(tmp_path: Path, missing: str) -> None:
    command = program(tmp_path, COMMAND, "semgrep")
    there = program(tmp_path, "answer(version='1.0.0')" if missing == "another version" else CRASHES["signal"])
    if missing == "not executable":
        there.chmod(0o600)
    if missing == "no program":
        there.write_bytes(b"\x7fELF garbage")
    tools = Tools(None if missing == "not installed" else there, (command,))
    reports = scan(tmp_path, [RULE], {"src/a.py": "x\n", "tests/b.py": "y\n"}, tools)
    assert {path: found(report) for path, report in reports.items()} == {
        "src/a.py": [("policy.python", 1, 1)],
        "tests/b.py": [("policy.python", 1, 1)],
    }
    assert all(report.problems == () for report in reports.values())


def test_a_command_that_fails_gives_way_to_the_next(tmp_path: Path) -> None:
    first, second = program(tmp_path, "sys.exit(2)", "first"), program(tmp_path, COMMAND, "second")
    reports = scan(tmp_path, [RULE], files(1), Tools(None, (tmp_path / "missing", first, second)))
    assert found(reports["0.py"]) == [("policy.python", 1, 1)]
    assert len(runs(tmp_path, "first")) == 1


def test_without_any_program_every_target_says_what_to_install(tmp_path: Path) -> None:
    reports = scan(tmp_path, [RULE], files(2), Tools(None, (program(tmp_path, "sys.exit(2)", "semgrep"),)))
    for report in reports.values():
        (problem,) = report.problems
        assert problem.fatal
        assert "semgrep-core is not installed" in problem.message
        assert "ended with exit code 2" in problem.message
        assert "pip install semgrep==1.182.0" in problem.message


def test_a_command_that_hangs_is_killed_in_time(tmp_path: Path) -> None:
    tools = Tools(None, (program(tmp_path, "time.sleep(300)", "semgrep"),))
    reports = scan(tmp_path, [RULE], files(1), tools, timeout=1)
    assert "ran out of time" in reports["0.py"].problems[0].message


def only(tmp_path: Path, body: str, **content: str) -> Report:
    return scan(tmp_path, [RULE], content or {"a.py": "x\n"}, core(tmp_path, body)).popitem()[1]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("Out of memory", "Semgrep failed in rule policy.python: Out of memory"),
        ("Stack overflow", "Semgrep failed in rule policy.python: Stack overflow"),
        ("Fatal error", "Semgrep failed in rule policy.python: Fatal error"),
        ("Internal matching error", "Semgrep failed in rule policy.python: Internal matching error"),
        ("Something new", "Semgrep failed in rule policy.python: Something new"),
        ("Timeout", "rule policy.python timed out after 20 s"),
    ],
)
def test_errors_that_make_the_scan_incomplete(tmp_path: Path, kind: str, said: str) -> None:
    body = f"answer([match(files[0], 0, 1)], [error({kind!r}, files[0], rule_id='policy.python')], files)"
    report = only(tmp_path, body)
    assert report.problems == (Problem("a.py", said),)
    assert len(report.hits) == 1


@pytest.mark.parametrize("kind", ["Syntax error", "Lexical error", "Other syntax error", "AST builder error"])
def test_code_that_is_not_parsed_is_noted(tmp_path: Path, kind: str) -> None:
    (problem,) = only(tmp_path, f"answer([], [error({kind!r}, files[0])], files)").problems
    assert not problem.fatal
    assert problem.message.startswith("not parsed")
    assert problem.line == 1


def test_taint_analysis_that_gave_up_is_noted(tmp_path: Path) -> None:
    body = "answer([], [], files, time=dict(fixpoint_timeouts=[error('Fixpoint timeout', files[0])]))"
    (problem,) = only(tmp_path, body).problems
    assert not problem.fatal
    assert "took too long" in problem.message


def test_an_error_about_no_file_concerns_all(tmp_path: Path) -> None:
    reports = scan(tmp_path, [RULE], files(2), core(tmp_path, "answer([], [error('Fatal error')], files)"))
    assert all(report.problems[0].fatal for report in reports.values())


def test_stretches_not_understood_are_merged(tmp_path: Path) -> None:
    lines = "[dict(path=files[0], start=dict(line=a), end=dict(line=b)) for a, b in ((9, 9), (4, 6), (7, 7), (2, 2))]"
    body = f"answer([], [error('x', files[0]) | dict(error_type=['PartialParsing', {lines}])], files)"
    (problem,) = only(tmp_path, body, **{"a.py": "x\n" * 20}).problems
    assert problem.message == "parsed in part: lines 2, 4-7, 9 not understood"


@pytest.mark.parametrize("kind", ["Rule parse error", "PatternParseError", "Pattern parse error", "Invalid YAML"])
def test_a_refused_rule_is_named_without_the_folders(tmp_path: Path, kind: str) -> None:
    with pytest.raises(RuleError, match=r"semgrep/policy/python\.yaml: rule policy\.python: "):
        only(tmp_path, f"answer([], [error({kind!r}, rule_id='tmp.work.policy.python')])")


def test_a_file_that_disappears_meanwhile_is_not_clean(tmp_path: Path) -> None:
    (problem,) = only(tmp_path, "[os.remove(file) for file in files]; answer()").problems
    assert problem.fatal
    assert problem.message == "disappeared during the scan"


def test_a_finding_in_a_file_that_disappears_keeps_its_line(tmp_path: Path) -> None:
    body = "found = match(files[0], 0, 1); os.remove(files[0]); answer([found], scanned=files)"
    (hit,) = only(tmp_path, body).hits
    assert hit.place.span == Span(1, 1, 2, 1)


def test_a_rule_has_one_finding_at_a_place_the_one_that_tells_most(tmp_path: Path) -> None:
    body = (
        "found = [match(files[0], 0, 1) for _ in range(3)]\n"
        "found[1]['extra']['message'] = 'm as n'\n"
        "answer(found, scanned=files)"
    )
    (hit,) = only(tmp_path, body).hits
    assert hit.message == "m as n"


def test_findings_of_unknown_rules_and_files_are_not_ours(tmp_path: Path) -> None:
    body = "answer([match(files[0], 0, 1, 'stranger'), match('/etc/passwd', 0, 1)], scanned=files)"
    assert only(tmp_path, body) == Report()


def test_a_trace_through_calls(tmp_path: Path) -> None:
    body = (
        "def at(a, b): return [stretch(files[0], a, b), 'text %d' % a]\n"
        "variable = [dict(location=stretch(files[0], 2, 3), content='v')]\n"
        "trace = dict(taint_source=['CliCall', [at(0, 1), variable, ['CliLoc', at(4, 5)]]],\n"
        "             intermediate_vars=variable, taint_sink=['CliLoc', at(6, 7)])\n"
        "answer([match(files[0], 6, 7, dataflow_trace=trace)], scanned=files)"
    )
    (hit,) = only(tmp_path, body, **{"a.py": "abcdefgh\n"}).hits
    assert [(step.place.span.column, step.snippet) for step in hit.trace] == [
        (1, "text 0"),
        (3, "v"),
        (5, "text 4"),
        (3, "v"),
        (7, "text 6"),
    ]
    assert "call" in hit.trace[0].message
