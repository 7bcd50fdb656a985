"""What is mutated: every fixture and every file of the corpus that some input claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scanner.inputs import load

ROOT = Path(__file__).resolve().parent.parent.parent
_FIXTURE = re.compile(r"(.+)\.(fail|pass|unknown)(\..+)?$")
_LARGEST = 100_000


class Seed(NamedTuple):
    """A file as an input sees it."""

    path: str
    data: bytes


def collect(name: str) -> list[Seed]:
    """The seeds of one input, in a fixed order, each content once."""
    module = load(name)
    found: dict[bytes, Seed] = {}
    for path, file in _files():
        if module.claims(path) and file.stat().st_size <= _LARGEST:
            data = file.read_bytes()
            found.setdefault(data, Seed(path, data))
    return list(found.values())


def _files() -> Iterator[tuple[str, Path]]:
    """Every file with the path it has in a scan: fixtures go under a neutral name, folders of them keep theirs."""
    for engine in ("rego", "semgrep"):
        for entry in sorted((ROOT / "rules" / engine).glob("*/*")):
            match = _FIXTURE.match(entry.name)
            if entry.is_dir():
                yield from ((file.relative_to(entry).as_posix(), file) for file in _below(entry))
            elif match and match[3]:
                yield f"fixture{match[3]}", entry
    corpus = ROOT / "tests" / "corpus"
    for file in _below(corpus):
        yield file.relative_to(corpus).as_posix(), file


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
