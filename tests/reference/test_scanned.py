"""What paylint says of the service that shows how it is done right: nothing, and nothing is hushed up."""

from __future__ import annotations

import re
from pathlib import Path

from tests.command import paylint

ROOT = Path(__file__).resolve().parent.parent.parent


def test_it_is_clean() -> None:
    answer = paylint("scan", "reference_impl", "--strict", "--no-cache", "--format", "json", cwd=ROOT)
    assert (answer.code, answer.json["findings"], answer.json["errors"]) == (0, [], [])
    assert len(answer.json["coverage"]["analysed"]) > 80


def test_nothing_is_suppressed() -> None:
    hushed = re.compile(r"paylint:\s*ignore|nosemgrep|nosec|checkov:skip", re.IGNORECASE)
    files = [
        file for file in (ROOT / "reference_impl").rglob("*") if file.is_file() and file.suffix not in {".pyc", ".onnx"}
    ]
    assert files
    assert [file.name for file in files if hushed.search(file.read_text("utf-8"))] == []
