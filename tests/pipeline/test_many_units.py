"""Units in copies of the process: the same answers, and a copy that is lost costs its unit, loudly."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from scanner.config import Config
from scanner.inputs import terraform
from scanner.model import Json, ScanResult, Unit
from scanner.pipeline import units
from scanner.pipeline.shared_out import Answered, answers
from scanner.run import run
from scanner.text import Source
from tests.command import scan

OPEN = """resource "aws_security_group_rule" "{}" {{
  type              = "ingress"
  security_group_id = "sg-1"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
}}
"""
ROOTS = 6


@pytest.fixture
def roots(tmp_path: Path) -> Path:
    """Root modules that are together more than one process is given."""
    for number in range(ROOTS):
        folder = tmp_path / f"root{number}"
        folder.mkdir()
        padding = "# nothing here\n" * (units._MUCH // ROOTS // 15 + 100)
        (folder / "main.tf").write_text(OPEN.format(f"wide{number}") + padding)
    return tmp_path


def scanned(folder: Path, jobs: int = 3) -> ScanResult:
    return run(Config(root=folder, paths=(folder,), engines=("rego",), cache=False, jobs=jobs))


def test_as_many_processes_as_allowed_say_what_one_says(roots: Path) -> None:
    one, three = (scan(roots, "--no-cache", "--engine", "rego", "--jobs", str(jobs)) for jobs in (1, 3))
    assert one.out == three.out
    assert len({path for policy, path, _ in one.found() if policy == "open_ingress"}) == ROOTS


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_defect_in_one_unit_costs_that_unit(roots: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    build = terraform.build

    def broken(root: str, sources: Mapping[str, Source]) -> Unit:
        if root == "root2":
            raise KeyError("a secret thing")
        return build(root, sources)

    monkeypatch.setattr(terraform, "build", broken)
    result = scanned(roots, jobs)
    (error,) = result.errors
    assert error.path == "root2/main.tf"
    assert "internal error (KeyError, " in error.message
    assert "secret" not in error.message
    assert {finding.place.path for finding in result.findings} == {
        f"root{number}/main.tf" for number in range(ROOTS) if number != 2
    }


def test_a_copy_that_is_killed_costs_its_unit(roots: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build, here = terraform.build, os.getpid()

    def deadly(root: str, sources: Mapping[str, Source]) -> Unit:
        if root == "root4" and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return build(root, sources)

    monkeypatch.setattr(terraform, "build", deadly)
    result = scanned(roots)
    assert [(error.path, "signal 9" in error.message) for error in result.errors] == [("root4/main.tf", True)]
    assert len({finding.place.path for finding in result.findings}) == ROOTS - 1


def test_every_question_is_answered_once() -> None:
    def squared(number: Json) -> Json:
        if number == 5:
            os._exit(9)
        return [number**2, os.getpid()]

    with closing(answers(squared, range(12), 3)) as given:
        found = sorted(given)
    assert [item.question for item in found] == list(range(12))
    assert found[5] == Answered(5, None, "exit 9")
    right = [item for item in found if not item.ended]
    assert [item.answer[0] for item in right] == [item.question**2 for item in right]
    processes = {item.answer[1] for item in right}
    assert os.getpid() not in processes
    assert len(processes) <= 4


def test_who_stops_listening_leaves_no_process() -> None:
    def slow(number: Json) -> Json:
        if number:
            time.sleep(600)
        return os.getpid()

    given = answers(slow, range(3), 3)
    first = next(given)
    given.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first.answer, 0)
