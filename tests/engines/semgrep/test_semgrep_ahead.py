"""A core that is started before it has anything to do: it answers as any other, and never stays behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from semgrep_samples import MD5, lay_out, program, rule, runs

from scanner.engines.semgrep import Tools
from scanner.engines.semgrep.ahead import Ahead
from scanner.engines.semgrep.engine import Semgrep
from scanner.errors import RuleError
from scanner.model import Report, Rule

WEAK = rule("weak.python", "python", pattern=MD5)
FILES = {"a.py": "import hashlib\nhashlib.md5(b)\n", "b.py": "x = 1\n"}


@contextmanager
def ahead(tmp_path: Path, core: Path | None = None) -> Iterator[Ahead]:
    real = core or Tools.find().core
    assert real is not None
    try:
        waiting = Ahead(real, tmp_path / "ahead", seconds=5, timeout=60)
    except OSError as error:
        pytest.skip(f"no file leases here: {error}")
    try:
        yield waiting
    finally:
        waiting.stop()


def scan(tmp_path: Path, rules: list[Rule], files: dict[str, str], waiting: Ahead | None) -> dict[str, Report]:
    work = tmp_path / f"work-{waiting is None}"
    work.mkdir()
    semgrep = Semgrep(rules, jobs=2, timeout=60, work=work, ahead=waiting)
    semgrep.start(lay_out(tmp_path / "project", files))
    return semgrep.finish()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_answers_as_one_that_is_started_when_all_is_known(tmp_path: Path) -> None:
    with ahead(tmp_path) as waiting:
        reports = scan(tmp_path, [WEAK], FILES, waiting)
        assert waiting.used
    assert reports["a.py"].hits
    assert reports == scan(tmp_path, [WEAK], FILES, None)


def test_one_that_is_not_needed_is_ended(tmp_path: Path) -> None:
    with ahead(tmp_path) as waiting:
        assert scan(tmp_path, [WEAK], {"b.py": "x = 1\n"}, waiting)["b.py"] == Report()
        assert not waiting.used
        assert alive(waiting.pid)
    assert not alive(waiting.pid)


@pytest.mark.parametrize(
    ("rules", "files"),
    [
        ([WEAK], {**FILES, "long.py": "import hashlib\nhashlib.md5(b)\n" * 8_000}),
        ([WEAK, rule("own.python", "python", pattern=MD5, paths={"include": ["/src/**"]})], FILES),
    ],
    ids=["much", "rules about paths"],
)
def test_it_is_only_for_little_and_for_rules_that_do_not_ask_for_paths(
    tmp_path: Path, rules: list[Rule], files: dict[str, str]
) -> None:
    with ahead(tmp_path) as waiting:
        assert scan(tmp_path, rules, files, waiting)["a.py"].hits
        assert not waiting.used


def test_a_rule_it_refuses_is_named(tmp_path: Path) -> None:
    with ahead(tmp_path) as waiting, pytest.raises(RuleError, match=r"broken\.python"):
        scan(tmp_path, [rule("broken.python", "python", pattern="hashlib.md5(((")], FILES, waiting)


def test_one_that_ends_too_early_is_replaced(tmp_path: Path) -> None:
    with ahead(tmp_path, program(tmp_path, "sys.exit(3)")) as waiting:
        reports = scan(tmp_path, [WEAK], FILES, waiting)
    assert reports["a.py"].hits
    assert not any(report.problems for report in reports.values())
    assert len(runs(tmp_path)) == 1
