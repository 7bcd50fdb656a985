"""The services that are sound: the reference implementation, the ports of its key parts, a team's own files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scanner.config import Config
from scanner.files import discover
from scanner.validation.lay_out import copy, units
from scanner.validation.mutants import PORTS

REFERENCE = "reference_impl"
_ABOUT_SUBJECTS = "subjects.yaml"


@dataclass(slots=True)
class Sound:
    """`companions`: see `units`; `names`: folder in the scan -> where it comes from, below the root."""

    companions: dict[str, frozenset[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    _services: dict[str, tuple[Path, tuple[str, ...]]] = field(default_factory=dict)

    def add(self, root: Path, folders: Sequence[str], *, edited: bool = True) -> None:
        """The files of these folders as one service; `edited`: mutants are made of them."""
        files = _files(root, folders)
        if files:
            name = f"s{len(self._services)}"
            self._services[name] = root, files
            self.names[name] = f"{folders[0]}/" if folders[0].startswith(PORTS) else ""
            if edited:
                self.companions |= units(files, root)

    def write(self, work: Path) -> bool:
        """Copies them, each into a folder of its own. Whether there are any."""
        for folder, (root, files) in self._services.items():
            copy(files, root, work / folder)
        return bool(self._services)

    def shown(self, path: str) -> str:
        """A path of the scan, as it is below the root."""
        head, _, rest = path.partition("/")
        return self.names.get(head, "") + rest


def bundled(home: Path) -> Sound:
    """Those of a checkout."""
    sound = Sound()
    sound.add(home, [REFERENCE])
    for language in sorted(path.name for path in (home / PORTS).glob("*/")):
        sound.add(home, [f"{PORTS}/{language}"])
    return sound


def own(root: Path, files: Sequence[str], home: Path | None) -> Sound:
    """What a team's mutants are made of, and the reference implementation where there is a checkout."""
    sound = Sound()
    sound.add(root, sorted({file.split("/")[0] for file in files}))
    if home is not None:
        sound.add(home, [REFERENCE], edited=False)
    return sound


def _files(root: Path, folders: Sequence[str]) -> tuple[str, ...]:
    """What a scan of these would read."""
    paths = tuple(path for folder in folders if (path := root / folder).exists())
    found = discover(Config(root=root, paths=paths)).files if paths else ()
    return tuple(file.path for file in found if not file.path.endswith(f"/{_ABOUT_SUBJECTS}"))


def where(names: Mapping[str, str], path: str) -> str:
    """A path of a scan of mutants, by the mutant's name."""
    head, _, rest = path.partition("/")
    return f"{names[head]}: {rest}" if head in names else path
