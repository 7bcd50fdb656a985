"""The frameworks' requirements, from `rules/controls/<framework>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from scanner.errors import RuleError
from scanner.evidence.model import Control, Procedure
from scanner.model import Json
from scanner.rule_files import parse_yaml

_NUMBER = re.compile(r"\d+")


def controls(folder: Path) -> tuple[Control, ...]:
    """Of every framework in a folder of such files, in the order of their numbers. RuleError: one cannot be read."""
    files = sorted(folder.glob("*.yaml"))
    return tuple(control for file in files for control in _of(file.stem, _read(file)))


def _read(file: Path) -> Mapping[str, Json]:
    try:
        content = parse_yaml(file.read_text(encoding="utf-8"), file.name)
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{file.name}: cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise RuleError(f"{file.name}: expected requirements by their numbers")
    return content


def _of(framework: str, content: Mapping[str, Json]) -> list[Control]:
    try:
        found = [_control(framework, str(name), value) for name, value in content.items()]
    except (KeyError, TypeError) as error:
        raise RuleError(f"{framework}.yaml: not what control.schema.json describes: {error}") from None
    return sorted(found, key=lambda control: in_order(control.id))


def _control(framework: str, name: str, value: Json) -> Control:
    return Control(
        framework=framework,
        id=name,
        title=value["title"],
        checkable=tuple(value["checkable"]),
        procedures=tuple(Procedure(**one) for one in value.get("procedures", ())),
        provide=tuple(value.get("provide", ())),
        saqs=dict(sorted(value.get("saqs", {}).items())),
        includes=tuple(value.get("includes", ())),
        covers=tuple(value.get("covers", ())),
        inventories=tuple(value.get("inventories", ())),
    )


def in_order(name: str) -> tuple[tuple[int, int | str], ...]:
    """A key that puts 3.5.1.2 before 3.5.1.10, and 12 after 9."""
    parts = re.split(r"(\d+)", name)
    return tuple((0, int(part)) if _NUMBER.fullmatch(part) else (1, part) for part in parts if part)
