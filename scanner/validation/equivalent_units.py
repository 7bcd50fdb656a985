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
from scanner.validation.edit import find, indented
from scanner.validation.edits.text import Change, apply, line_starts

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
            for number, layer in enumerate(_layers(text, own, listed), 1):
                wrong = _with_defects(text, list(layer.values()), listed)
                yield Unit("", f"{name} (wrong {number})", {file: wrong}, frozenset(layer))


def _subjects(file: Path) -> Mapping[str, Subject]:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or not all(
        isinstance(subject, dict) and {"file", "line", "wrong"} <= subject.keys() for subject in data.values()
    ):
        raise RuleError(f"{file}: wants a mapping of rule ids, each with `file`, `line` and `wrong`")
    return data


def _layers(text: str, subjects: Mapping[str, Subject], listed: Path) -> list[dict[str, Subject]]:
    """The subjects in as few groups as change each line once."""
    layers: list[tuple[set[int], dict[str, Subject]]] = []
    for rule, subject in subjects.items():
        lines = set(_lines(text, subject, listed))
        fitting = next((layer for layer in layers if layer[0].isdisjoint(lines)), None)
        if fitting is None:
            layers.append(fitting := (set(), {}))
        fitting[0].update(lines)
        fitting[1][rule] = subject
    return [layer for _, layer in layers]


def _lines(text: str, subject: Subject, listed: Path) -> range:
    """1-based numbers of the lines that a subject is about. RuleError: they do not stand there exactly once."""
    try:
        at, count = find(text, subject["line"])
    except ValueError as error:
        raise RuleError(f"{listed}: {subject['line'].split(chr(10))[0]!r}: {error}: see tests/test_ports.py") from None
    return range(at, at + count)


def _with_defects(text: str, subjects: Collection[Subject], listed: Path) -> str:
    """The file with the wrong lines in it, each indented as the one before, and below the first line of its head what
    they bring along."""
    lines = text.split("\n")
    starts = [*line_starts(text), len(text)]
    changes: list[Change] = []
    for subject in subjects:
        place = _lines(text, subject, listed)
        given = indented(subject["wrong"], lines[place[0] - 1]) if subject["wrong"] else ()
        changes.append(Change(starts[place[0] - 1], starts[place[-1]], "".join(f"{line}\n" for line in given)))
    beside = dict.fromkeys(subject["beside"] for subject in subjects if "beside" in subject)
    start = starts[next((number for number, line in enumerate(lines, 1) if _HEAD.match(line)), 0)]
    return apply(text, [Change(start, start, "".join(f"{line}\n" for line in beside)), *changes]).text


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape")
