"""What a validation showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Equivalence:
    """What edits that mean nothing (a new name, another layout) did to the findings.

    `rules`: rule id -> (edits that touch its findings or subjects, of those held); `edits`, `held`: of all rules;
    `broken`: one sentence for each edit that did not hold.
    """

    rules: Mapping[str, tuple[int, int]]
    edits: int
    held: int
    broken: tuple[str, ...]
