"""Semgrep: code rules. semgrep-core is called directly, in the background; the `semgrep` command is the fallback."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from scanner.engines.semgrep.languages import OURS, analyzer, rules_for

__all__ = ["OURS", "RULE_SECONDS", "VERSION", "Tools", "analyzer", "rules_for"]

RULE_SECONDS = 5.0
"""What a rule gets for a file."""

VERSION = "1.182.0"
"""The one version whose core is called directly: its options and its output are private to Semgrep."""


class Tools(NamedTuple):
    """The programs to use: `core` (None: not installed) must be of `version`, then `commands` are tried in turn."""

    core: Path | None
    commands: tuple[Path, ...]
    version: str = VERSION

    @classmethod
    def find(cls) -> Tools:
        """What is installed with this Python, then what PATH offers."""
        beside = [Path(entry) for entry in sys.path if entry.rstrip("/").endswith(("site-packages", "dist-packages"))]
        packaged = [folder / "semgrep" / "bin" / "semgrep-core" for folder in beside]
        core = next((file for file in packaged if file.is_file()), None) or _on_path("semgrep-core")
        commands = [Path(sys.executable).parent / "semgrep", _on_path("semgrep")]
        return cls(core, tuple(dict.fromkeys(command for command in commands if command and command.is_file())))


def _on_path(name: str) -> Path | None:
    programs = (Path(folder, name) for folder in os.get_exec_path())
    return next((program for program in programs if program.is_file() and os.access(program, os.X_OK)), None)
