"""Writes what a command has to say."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from scanner.errors import UsageError


def write_file(file: Path, text: str) -> None:
    """Whole or not at all: a report that was cut short must not be taken for one."""
    if file.is_dir():
        raise UsageError(f"{file}: is a folder; name the file to write, as in json:{file / 'report.json'}")
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        partial.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        partial.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise UsageError(f"{file}: cannot be written: {error.strerror}; the scan's result was not reported") from None
