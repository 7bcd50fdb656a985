"""What edits are tried on: the rules' fixtures, the reference implementation, and its ports, sound and with defects.

Every unit is a folder of its own in a scan. A port's file is one unit as it is, and further ones with the wrong lines
of `subjects.yaml` in it, as many at once as stand on different lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import yaml

from scanner.cards import expand_placeholders
from scanner.catalog import Catalog
from scanner.errors import RuleError, UsageError
from scanner.rule_tests import collect, marks
from scanner.validation.edit import indented
from scanner.validation.edits.text import Change, apply

Subject: TypeAlias = Mapping[str, str]
_HEAD = re.compile(r"package |<\?php|import |using |require |from ")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is edited and scanned together. `folder`: its name in a scan; `label`: what people know it by;
    `files`: path below the folder -> text; `rules`: those it is about; `whole`: nothing outside calls what is in it."""

    folder: str
    label: str
    files: Mapping[str, str]
    rules: frozenset[str]
    whole: bool = True


def units(root: Path, catalog: Catalog, only: Collection[str] = ()) -> list[Unit]:
    """All there are below a checkout's root, or those that are about some policies. UsageError: no checkout."""
    if not (root / "rules").is_dir():
        raise UsageError(f"{root}: no folder `rules` with rules and their fixtures: run this in a checkout")
    found = [*_fixtures(root / "rules", catalog), *_ports(root), *_reference(root)]
    wanted = [unit for unit in found if not only or {rule.split(".")[0] for rule in unit.rules} & set(only)]
    if not wanted:
        raise UsageError(f"{root}: nothing there that edits could be tried on")
    return [replace(unit, folder=f"u{number}") for number, unit in enumerate(wanted)]


def _fixtures(folder: Path, catalog: Catalog) -> Iterator[Unit]:
    for fixture in collect(folder, catalog):
        source = fixture.source
        paths = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else [source]
        files = {
            path.relative_to(source).as_posix() if path != source else f"fixture{source.suffix}": _text(path)
            for path in paths
        }
        files = {name: expand_placeholders(text, fixture.policy) for name, text in files.items()}
        rules = set(fixture.rules)
        if fixture.kind == "code":
            rules &= {name for text in files.values() for _, _, ids in marks(text) for name in ids}
        yield Unit("", f"rules/{source.relative_to(folder).as_posix()}", files, frozenset(rules))


def _reference(root: Path) -> Iterator[Unit]:
    """Every Python file by itself, and all that is no code together: manifests and modules refer to one another."""
    rest: dict[str, str] = {}
    for path in sorted((root / "reference_impl").rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or path.suffix in (".onnx", ".pyc"):
            continue
        if path.suffix == ".py":
            yield Unit("", name, {name: _text(path)}, frozenset(), whole=False)
        else:
            rest[name] = _text(path)
    if rest:
        yield Unit("", "reference_impl", rest, frozenset())


def _ports(root: Path) -> Iterator[Unit]:
    for listed in sorted((root / "tests" / "corpus" / "ports").glob("*/subjects.yaml")):
        subjects = _subjects(listed)
        for file in sorted({subject["file"] for subject in subjects.values()}):
            name = (listed.parent / file).relative_to(root / "tests" / "corpus").as_posix()
            own = {rule: subject for rule, subject in subjects.items() if subject["file"] == file}
            text = _text(listed.parent / file)
            yield Unit("", name, {file: text}, frozenset(own))
            for number, layer in enumerate(_layers(own), 1):
                wrong = _with_defects(text, list(layer.values()), listed)
                yield Unit("", f"{name} (wrong {number})", {file: wrong}, frozenset(layer))


def _subjects(file: Path) -> Mapping[str, Subject]:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or not all(
        isinstance(subject, dict) and {"file", "line", "wrong"} <= subject.keys() for subject in data.values()
    ):
        raise RuleError(f"{file}: wants a mapping of rule ids, each with `file`, `line` and `wrong`")
    return data


def _layers(subjects: Mapping[str, Subject]) -> list[dict[str, Subject]]:
    """The subjects in as few groups as have each line once."""
    layers: list[dict[str, Subject]] = []
    for rule, subject in subjects.items():
        fitting = (layer for layer in layers if all(other["line"] != subject["line"] for other in layer.values()))
        layer = next(fitting, None)
        if layer is None:
            layers.append(layer := {})
        layer[rule] = subject
    return layers


def _with_defects(text: str, subjects: Collection[Subject], listed: Path) -> str:
    """The file with the wrong lines in it, each indented as the one before, and below the first line of its head what
    they bring along."""
    lines = text.split("\n")
    changes: list[Change] = []
    at = 0
    for line in lines:
        wrong = next((subject["wrong"] for subject in subjects if subject["line"] == line.strip()), None)
        if wrong is not None:
            changes.append(Change(at, at + len(line), "\n".join(indented(wrong, line))))
        at += len(line) + 1
    if len(changes) != len(subjects):
        raise RuleError(f"{listed}: a `line` does not stand in its file exactly once: see tests/test_ports.py")
    beside = dict.fromkeys(subject["beside"] for subject in subjects if "beside" in subject)
    head = next((number for number, line in enumerate(lines) if _HEAD.match(line)), -1)
    start = sum(len(line) + 1 for line in lines[: head + 1])
    return apply(text, [Change(start, start, "".join(f"{line}\n" for line in beside)), *changes]).text


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape")
