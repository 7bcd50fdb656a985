"""What a command is told: its paths, and flags over the settings file over defaults."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scanner import config
from scanner.config import Config
from scanner.errors import UsageError


def settings_of(paths: Sequence[Path], config_file: Path | None, flags: dict[str, Any]) -> Config:
    """Flags (with their environment variables, None where not given) over the settings file over defaults."""
    root, absolute = _roots(paths)
    first = absolute[0] if absolute[0].is_dir() else absolute[0].parent
    content, source = config.load_file(first, config_file)
    given: dict[str, Any] = config.parse(content, source)
    for name, value in flags.items():
        if value is not None and value != ():
            given[name] = _checked(name, value)
    return Config(root=root, paths=tuple(absolute), **given)


def _checked(name: str, value: Any) -> Any:
    readers = {"fail_on": config.severity, "engines": config.engines}
    try:
        return readers[name](value) if name in readers else value
    except ValueError as error:
        option = name.replace("_", "-").removesuffix("s")
        raise UsageError(f"--{option} {value if isinstance(value, str) else ' '.join(value)}: {error}") from None


def _roots(paths: Sequence[Path]) -> tuple[Path, list[Path]]:
    """The folder reported paths are relative to (the current one where it holds them all), and the paths, absolute."""
    here = Path.cwd()
    absolute = []
    for path in paths or [here]:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        absolute.append(path.resolve())
    here = here.resolve()
    if all(path == here or here in path.parents for path in absolute):
        return here, absolute
    common = Path(os.path.commonpath(absolute))
    return (common if common.is_dir() else common.parent), absolute
