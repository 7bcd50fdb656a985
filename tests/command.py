"""The real command, run as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAYLINT = Path(sys.executable).with_name("paylint")


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def found(self) -> list[tuple[str, str, int]]:
        """(policy, path, line) of the findings that are not suppressed."""
        return [
            (item["policy"], item["path"], item["start"]["line"])
            for item in self.json["findings"]
            if not item["suppressed"]
        ]

    def reasons(self) -> dict[str, str]:
        """Why files were skipped."""
        return {item["path"]: item["reason"] for item in self.json["coverage"]["skipped"]}

    def errors(self) -> list[tuple[str, str]]:
        """(path, message) of what makes the scan incomplete."""
        return [(item["path"], item["message"]) for item in self.json["errors"]]


def paylint(*arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, timeout: float = 120) -> Answer:
    """Runs paylint in a folder. Every run is checked for what must never happen."""
    done = subprocess.run(
        [str(PAYLINT), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    answer = Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in answer.out + answer.err
    assert "internal error" not in answer.out + answer.err, answer.out + answer.err
    assert answer.code in (0, 1, 2, 3), answer
    return answer


def scan(cwd: Path, *arguments: str | Path, env: Mapping[str, str] | None = None) -> Answer:
    """`paylint scan --format json`."""
    return paylint("scan", "--format", "json", *arguments, cwd=cwd, env=env)


def git(folder: Path, *arguments: str) -> str:
    """git as an author who exists nowhere."""
    identity = [
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.org",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "init.defaultBranch=main",
    ]
    done = subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)
    return done.stdout.decode()
