"""Settings: from `paylint.yaml` or `[tool.paylint]` in pyproject.toml, under the flags. Unknown keys are errors."""

from __future__ import annotations

import os
import posixpath
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from scanner.errors import ConfigError
from scanner.model import Json, Severity

ENGINES = ("rego", "semgrep", "pan", "conftest")
WAIVERS = "paylint-waivers.yaml"
"""In the folder that is scanned, or in one above it, up to the repository."""
DEFAULT_MAX_FILE_SIZE = 16 * 1024 * 1024


class Accepted(NamedTuple):
    """Paths (a glob) whose analysis may be missing, and the reason somebody gave."""

    path: str
    reason: str


class Config(NamedTuple):
    """Everything one scan is told. Sizes in bytes, times in seconds.

    `root`: what reported paths are relative to. `units_alone`: each unit is judged as if it were the only one.
    `plans`: the path of a Terraform plan -> the directory of its root module, "" for `root` itself.
    `inventory`: also say what there is (`ScanResult.observed`), by the rules in `inventory/` of each rules folder.
    `evidence`: what the evidence needs to know and no scan can see (`scanner.evidence.profile`).
    """

    root: Path
    paths: tuple[Path, ...]
    fail_on: Severity = Severity.MEDIUM
    policies: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    engines: tuple[str, ...] = ENGINES
    exclude: tuple[str, ...] = ()
    accept_unanalysed: tuple[Accepted, ...] = ()
    settings: Mapping[str, Json] = {}
    plans: Mapping[str, str] = {}
    evidence: Mapping[str, Json] = {}
    staged: bool = False
    strict: bool = False
    opa_url: str | None = None
    opa_allow_remote: bool = False
    jobs: int = 0
    cache: bool = True
    max_file_size: int = DEFAULT_MAX_FILE_SIZE
    timeout: float = 300.0
    line_hashes: bool = False
    units_alone: bool = False
    inventory: bool = False


def load_file(start: Path, explicit: Path | None) -> tuple[dict[str, Json], Path | None]:
    """The settings file's content and place: `explicit`, else the nearest one from `start` up to the repository."""
    if explicit is not None:
        if not explicit.is_file():
            raise ConfigError(f"{explicit}: no such settings file")
        return _read(explicit), explicit
    for folder in upwards(start):
        for name in ("paylint.yaml", "paylint.yml"):
            if (folder / name).is_file():
                return _read(folder / name), folder / name
        project = folder / "pyproject.toml"
        if project.is_file() and b"[tool.paylint" in project.read_bytes():
            return _read(project), project
    return {}, None


def upwards(start: Path) -> list[Path]:
    """`start` and its parents up to the folder that holds `.git`; `start` alone outside a repository."""
    folders = []
    for folder in (start, *start.parents):
        folders.append(folder)
        if (folder / ".git").exists():
            return folders
    return [start]


def _read(file: Path) -> dict[str, Json]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None
    content = _toml(file, data) if file.suffix == ".toml" else _yaml(file, data)
    if content is None:
        return {}
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise ConfigError(f"{file}: expected a mapping of settings at the top level")
    return content


def _yaml(file: Path, data: bytes) -> Json:
    import yaml

    try:
        return yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, RecursionError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}" if mark else str(file)
        raise ConfigError(
            f"{where}: not valid YAML: {getattr(error, 'problem', None) or type(error).__name__}"
        ) from None


def _toml(file: Path, data: bytes) -> Json:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(data.decode("utf-8")).get("tool", {}).get("paylint")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: not valid TOML: {error}") from None


def parse(content: Mapping[str, Json], source: Path | None) -> dict[str, object]:
    """Checked keyword arguments for Config from a settings file. Raises ConfigError naming file, key and what fits."""
    given: dict[str, object] = {}
    for key, value in content.items():
        if key not in _READERS:
            known = ", ".join(sorted(_READERS))
            raise ConfigError(f"{source}: unknown setting {key!r}; known are: {known}")
        try:
            given[key] = _READERS[key](value)
        except (ValueError, TypeError, KeyError) as error:
            raise ConfigError(f"{source}: {key}: {error}") from None
    if source is not None and "rules" in given:
        given["rules"] = tuple(source.parent / str(path) for path in content["rules"])
    return given


def severity(value: Json) -> Severity:
    """A severity by its name. Raises ValueError listing the names."""
    names = [item.value for item in Severity]
    if value not in names:
        raise ValueError(f"expected one of {', '.join(names)}")
    return Severity(value)


def engines(value: Json) -> tuple[str, ...]:
    """Engine names, checked and in their fixed order. Raises ValueError."""
    names = _strings(value)
    for name in names:
        if name not in ENGINES:
            raise ValueError(f"no engine {name!r}; known are: {', '.join(ENGINES)}")
    return tuple(name for name in ENGINES if name in names)


def _strings(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError("expected a list of strings")
    return tuple(value)


def _accepted(value: Json) -> tuple[Accepted, ...]:
    if not isinstance(value, list):
        raise ValueError("expected a list of {path, reason}")
    known = set(Accepted._fields)
    for item in value:
        if (
            not isinstance(item, dict)
            or set(item) != known
            or not all(isinstance(v, str) and v.strip() for v in item.values())
        ):
            raise ValueError("every entry needs a path and a reason, both text")
    return tuple(Accepted(**item) for item in value)


def _mapping(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise ValueError("expected a mapping")
    return value


def _plans(value: Json) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for pair in value.items() for text in pair):
        raise ValueError("expected a mapping of plans to the directories of their root modules")
    return {_inside(plan): _inside(directory) for plan, directory in value.items()}


def _inside(path: str) -> str:
    """A path as it is reported, "" for the root."""
    normal = posixpath.normpath(path) if path else "."
    if normal.startswith(("/", "../")) or normal == "..":
        raise ValueError(f"{path!r} must be a path below the folder that is scanned")
    return "" if normal == "." else normal


def _boolean(value: Json) -> bool:
    if not isinstance(value, bool):
        raise ValueError("expected true or false")
    return value


def _positive(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise ValueError("expected a whole number above 0")
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise ValueError("expected text")
    return value


_READERS = {
    "fail_on": severity,
    "policies": _strings,
    "rules": _strings,
    "engines": engines,
    "exclude": _strings,
    "accept_unanalysed": _accepted,
    "settings": _mapping,
    "plans": _plans,
    "evidence": _mapping,
    "strict": _boolean,
    "opa_url": _text,
    "opa_allow_remote": _boolean,
    "jobs": _positive,
    "cache": _boolean,
    "max_file_size": _positive,
    "timeout": _positive,
}


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
