"""Each edited unit in a folder of its own, so that one scan judges them all.

A code file is judged alone. What configures (Terraform, manifests, a chart, migrations) is judged with the unit it is
part of: the whole of it is copied.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scanner.cards import expand_placeholders
from scanner.inputs import claimants, load
from scanner.model import Json
from scanner.text import Source
from scanner.validation.edit import Edited, apply, taken
from scanner.validation.mutant import Mutant, Texts


@dataclass(frozen=True, slots=True)
class Laid:
    """A mutant as it lies in the scan. `folder`: its own; `file`: the edited one below that; `taken`: the lines
    that the edit took out."""

    mutant: Mutant
    folder: str
    file: str
    edited: Edited
    taken: tuple[str, ...]


_FIXTURE = re.compile(r"[^/]+/rego/([^/]+)/([^/.]+)\.pass(?:\.[^/]*)?(?:/(.+))?$")


def neutral(path: str) -> str:
    """A path as it is scanned: without what stands before a service in the corpus, as rules leave tests out, and
    without what the name of a fixture says of it."""
    parts = path.split("/")
    if fixture := _FIXTURE.match(path):
        return f"{fixture[1]}/{fixture[2]}/{fixture[3] or f'fixture{PurePosixPath(path).suffix}'}"
    if parts[:3] == ["tests", "corpus", "ports"]:
        return "/".join(parts[4:])
    at = max((number for number, part in enumerate(parts) if part in ("tests", "test")), default=-1)
    return "/".join(parts[at + 1 :])


Companions = Mapping[str, frozenset[str]]
"""File -> what lies in one unit with it."""


def lay_out(mutants: Iterable[Mutant], texts: Texts, companions: Companions, work: Path) -> list[Laid]:
    """Writes every mutant below `work`, with what lies in one unit with its file."""
    laid = []
    for number, mutant in enumerate(mutants):
        edit = mutant.edit
        edited = apply(texts(edit.file), edit)
        folder = f"m{number:04}"
        files = sorted(companions.get(edit.file, frozenset()) | {edit.file})
        for path in files:
            target = work / folder / neutral(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = edited.text if path == edit.file else texts(path)
            target.write_bytes(expand_placeholders(text, mutant.policy).encode("utf-8", "surrogateescape"))
        laid.append(Laid(mutant, folder, neutral(edit.file), edited, taken(texts(edit.file), edit)))
    return laid


def fixtures(files: Iterable[str], root: Path) -> dict[str, frozenset[str]]:
    """File of a fixture -> all of that fixture, where that is a folder."""
    found: dict[str, frozenset[str]] = {}
    for file in files:
        if (match := _FIXTURE.match(file)) and match[3]:
            home = root / file.removesuffix(f"/{match[3]}")
            found[file] = frozenset(path.relative_to(root).as_posix() for path in home.rglob("*") if path.is_file())
    return found


def copy(files: Iterable[str], root: Path, work: Path, name: Callable[[str], str] = neutral) -> None:
    """The files as they are, each at its neutral path."""
    for path in files:
        target = work / name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / path, target)


def units(files: Iterable[str], root: Path) -> dict[str, frozenset[str]]:
    """File -> the files of all units it is part of, of those among `files`; nothing for a code file."""
    facts: dict[str, dict[str, Json]] = {}
    for path in sorted(files):
        for kind in claimants(path):
            fact = load(kind).facts(Source(path, (root / path).read_bytes()))
            if fact is not None:
                facts.setdefault(kind, {})[path] = fact
    together: dict[str, set[str]] = {}
    for kind, found in facts.items():
        for members in load(kind).group(found).values():
            for path in members:
                together.setdefault(path, set()).update(members)
    return {path: frozenset(others) for path, others in together.items()}
