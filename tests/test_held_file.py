"""A held file: whoever opens it waits for what is written. Linux; elsewhere it cannot be had and says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scanner.held_file import HeldFile


def held(path: Path) -> HeldFile:
    try:
        return HeldFile(path)
    except OSError as error:
        pytest.skip(f"no file leases here: {error}")


def reader(path: Path) -> subprocess.Popen[str]:
    code = "import sys; print('here', flush=True); print(open(sys.argv[1]).read())"
    process = subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    return process


def test_who_opens_it_waits_for_its_content(tmp_path: Path) -> None:
    with held(tmp_path / "file") as file, reader(file.path) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
        file.write(b"content")
        assert process.communicate(timeout=30)[0] == "content\n"


def test_what_is_let_go_of_is_empty(tmp_path: Path) -> None:
    with held(tmp_path / "file") as file:
        process = reader(file.path)
    assert process.communicate(timeout=30)[0] == "\n"


def test_it_is_only_ours(tmp_path: Path) -> None:
    with held(tmp_path / "file") as file:
        assert file.path.stat().st_mode & 0o777 == 0o600
        with pytest.raises(FileExistsError):
            HeldFile(file.path)
