"""Line fingerprints computed in copies of the process are those computed in one, also when a copy is lost."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from scanner.config import Config
from scanner.model import ScanResult
from scanner.pipeline import hashed_lines
from scanner.run import run

FILES = 5


@pytest.fixture(autouse=True)
def _always_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashed_lines, "_MUCH", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(FILES):
        text = "FROM alpine\n" + "RUN true\n" * number + "RUN curl -k https://example.com/\n" * 3
        (tmp_path / f"{number}.Dockerfile").write_text(text)
    return tmp_path


def scanned(folder: Path, jobs: int) -> ScanResult:
    settings = Config(root=folder, paths=(folder,), engines=("rego",), cache=False, jobs=jobs, line_hashes=True)
    return run(settings)


def test_as_many_processes_as_allowed_say_what_one_says(folder: Path) -> None:
    one, three = scanned(folder, 1), scanned(folder, 3)
    assert one == three
    assert {path for path, _ in one.line_hashes} == {f"{number}.Dockerfile" for number in range(FILES)}
    assert {(found.place.path, found.place.span.line) for found in one.findings} == one.line_hashes.keys()


def test_a_lost_copy_costs_no_fingerprint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, whole, hidden = os.getpid(), scanned(folder, 1), hashed_lines.hidden

    def fatal(text: str, path: str = "") -> str:
        if os.getpid() != here and path == "2.Dockerfile":
            os.kill(os.getpid(), signal.SIGKILL)
        return hidden(text, path)

    monkeypatch.setattr(hashed_lines, "hidden", fatal)
    assert scanned(folder, 3) == whole
