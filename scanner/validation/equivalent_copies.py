"""An edited copy of a unit, and which of its lines are which lines of the original."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from scanner.validation.edits import KINDS, PART, WHOLE, Kind, language
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Edited, then, unchanged
from scanner.validation.equivalent_units import Unit

Line: TypeAlias = "tuple[str, int]"
"""A path below a unit's folder, and a 1-based line."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A unit after edits. `folder`: its name in a scan; `kinds`: language and edit, in the order they were made in;
    `origins`: for each line of each file, the lines of the original that it holds."""

    unit: Unit
    folder: str
    kinds: tuple[tuple[str, Kind], ...]
    files: Mapping[str, str]
    origins: Mapping[str, tuple[frozenset[Line], ...]]

    @classmethod
    def of(cls, unit: Unit) -> Copy:
        """The unit as it is."""
        return cls(unit, unit.folder, (), unit.files, {})

    @property
    def moves(self) -> bool:
        """Whether lines change places."""
        return any(kind.moves for _, kind in self.kinds)

    def write(self, folder: Path) -> None:
        """Puts the files into a folder of their own below the one that is scanned."""
        for name, text in self.files.items():
            target = folder / self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8", "surrogateescape"))


def copy(unit: Unit, names: Names, wanted: Collection[Kind], folder: str = "") -> Copy:
    """The unit after all the wanted edits that it has a place for."""
    files: dict[str, str] = {}
    origins: dict[str, tuple[frozenset[Line], ...]] = {}
    made: dict[tuple[str, str], tuple[str, Kind]] = {}
    extent = WHOLE if unit.whole and len(unit.files) == 1 else PART
    for path, text in unit.files.items():
        spoken = language(path)
        parts = [unchanged(text)]
        for kind in KINDS.get(spoken, ()):
            if kind not in wanted or kind.where not in ("", extent):
                continue
            edited = [(part, kind.edit(part.text, names)) for part in parts]
            if any(result is not None for _, result in edited):
                made[spoken, kind.name] = (spoken, kind)
                parts = [new for part, result in edited for new in _after(part, result)]
        for name, part in zip(_named(path), parts, strict=False):
            files[name] = part.text
            origins[name] = tuple(frozenset((path, line) for line in held) for held in part.origins)
    return Copy(unit, folder or unit.folder, tuple(made.values()), files, origins)


def _after(part: Edited, result: Edited | list[Edited] | None) -> list[Edited]:
    if result is None:
        return [part]
    return [then(part, edited) for edited in (result if isinstance(result, list) else [result])]


def _named(path: str) -> Iterator[str]:
    """The file's own name for its first part, then others beside it."""
    yield path
    file = PurePosixPath(path)
    number = 1
    while True:
        number += 1
        yield file.with_name(f"{file.stem}_{number}{file.suffix}").as_posix()


def keys(copy: Copy) -> tuple[Callable[[Line], Line], Callable[[Line], Line]]:
    """What a line of the original, and one of the copy, is called for comparison.

    Lines of the original that the copy has on one line are called the same, and a line of the copy as those it holds.
    """
    parent: dict[Line, Line] = {}

    def root(line: Line) -> Line:
        while (above := parent.get(line, line)) != line:
            line = above
        return line

    for lines in copy.origins.values():
        for held in lines:
            first, *others = sorted(held) or [("", 0)]
            for other in others:
                parent[root(other)] = root(first)

    def of_copy(line: Line) -> Line:
        path, number = line
        lines = copy.origins.get(path, ())
        held = lines[number - 1] if 0 < number <= len(lines) else frozenset()
        return root(min(held)) if held else (f"{path} (new)", number)

    return root, of_copy
