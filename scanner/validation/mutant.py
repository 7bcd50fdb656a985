"""A mutant, and the texts mutants are made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scanner.validation.edit import Edit


@dataclass(frozen=True, slots=True)
class Mutant:
    """One edit that `policy` must report. `rule`: which of its rules, "" if any; `also`: policies that are right as
    well; `survives`: why nothing reports it; `reported`: a stretch of the line where it is, if that is another one;
    `generated`: an operator made it."""

    name: str
    policy: str
    edit: Edit
    also: frozenset[str] = frozenset()
    rule: str = ""
    survives: str = ""
    reported: str = ""
    generated: bool = False


class Texts:
    """The files below a root as text, each read once; bytes that are no UTF-8 survive."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: dict[str, str] = {}

    def __call__(self, file: str) -> str:
        """Raises ValueError for a file that is not there."""
        if file not in self._read:
            try:
                self._read[file] = (self.root / file).read_bytes().decode("utf-8", "surrogateescape")
            except OSError:
                raise ValueError(f"there is no file {file}") from None
        return self._read[file]
