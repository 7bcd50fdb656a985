"""What verifying found, as a value and as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tampering(Enum):
    """What was done to the log, as far as its lines show."""

    EDITED = "was edited"
    DROPPED = "is missing"
    INSERTED = "was inserted"
    REORDERED = "is not in its place"
    DUPLICATED = "is a copy of another"
    CUT_OFF = "was cut off, with all that followed"
    REWRITTEN = "is not the one the head was signed for: the end was written anew"
    HEAD = "cannot be trusted: the head is missing, of another log, or not signed with this key"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`records`: good ones before the first that is not, or all; `first`: the number of the first at hand.

    If `tampering`: `number` is that of the first record that was touched, `segment` and `line` where it is, or would
    be. `after_head`: good records the signed head does not count yet (the service runs, or was killed), which could be
    cut off unnoticed; `unfinished`: bytes of a last line without an end; `anchored`: records the anchor counts, None if
    it was not asked.
    """

    records: int
    first: int = 1
    tampering: Tampering | None = None
    segment: str = ""
    line: int = 0
    number: int = 0
    after_head: int = 0
    unfinished: int = 0
    anchored: int | None = None

    @property
    def verified(self) -> bool:
        """Whether everything is as it was written."""
        return self.tampering is None

    def __str__(self) -> str:
        if self.tampering is Tampering.HEAD:
            return f"The audit log {self.tampering.value}."
        if self.tampering:
            where = f"{self.segment}, line {self.line}" if self.segment else "no segment"
            return f"The audit log was changed: record {self.number} ({where}) {self.tampering.value}."
        text = f"The audit log is as it was written: {self.records} records, the first is number {self.first}."
        if self.after_head:
            text += f" {self.after_head} of them are newer than the signed head."
        if self.unfinished:
            text += f" {self.unfinished} bytes of an unfinished line follow."
        return text if self.anchored is None else f"{text} The anchor counts {self.anchored}."
