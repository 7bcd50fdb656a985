"""What somebody said of generated mutants: of some that they are harmless, of others why nothing reports them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scanner.errors import RuleError
from scanner.model import Json
from scanner.validation.mutant import Mutant

_KINDS = ("survivors", "never")


class Reviewed:
    """The entries `survivors` and `never` of `values`, by file and line as it stands there before the edit."""

    def __init__(self, values: Mapping[str, Json], label: str) -> None:
        self._label = label
        self._reasons = {
            kind: {(item["file"], item["line"].strip()): item["reason"] for item in values.get(kind, ())}
            for kind in _KINDS
        }
        self._seen: set[tuple[str, str]] = set()

    def __call__(self, mutant: Mutant, line: str) -> Mutant | None:
        """The mutant, with the reason to survive; None where the edit is harmless."""
        place = mutant.edit.file, line.strip()
        self._seen.add(place)
        if place in self._reasons["never"]:
            return None
        return replace(mutant, survives=self._reasons["survivors"].get(place, ""))

    def check(self) -> None:
        """RuleError: it speaks of an edit that nobody makes. To be called after all of them."""
        for kind in _KINDS:
            for file, line in self._reasons[kind]:
                if (file, line) not in self._seen:
                    raise RuleError(f"{self._label}: {kind}: {file}: {line[:80]!r}: no match stands on such a line")
