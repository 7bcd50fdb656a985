"""What moved between two bundles, and whether newer rules or what was scanned made it move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from scanner.evidence.kept import Covered, Head, Kept
from scanner.evidence.model import State
from scanner.model import Confidence, Json, Severity

_COMPARED = ("severity", "confidence", "message", "suppressed", "waived", "path", "start")


class Cause(str, Enum):
    """Why a finding is new or gone."""

    SCANNED = "what was scanned"
    RULES = "rules or settings"
    COVERAGE = "coverage"
    EITHER = "rules, settings or what was scanned"


class Moved(NamedTuple):
    """A requirement whose state is another one. "" where a bundle does not speak of it."""

    requirement: str
    title: Json
    before: str
    after: str

    @property
    def worse(self) -> bool:
        """Whether less can be shown than before."""
        if not self.before:
            return self.after == State.VIOLATED.value
        return self.after != State.NOTHING_FOUND.value


class Found(NamedTuple):
    """A finding, as its bundle has it, that is new or gone, and why."""

    finding: Mapping[str, Json]
    cause: Cause


class Changed(NamedTuple):
    """A finding that is in both. `fields`: what is another one: name, before, after."""

    finding: Mapping[str, Json]
    fields: tuple[tuple[str, Json, Json], ...]


class Coverage(NamedTuple):
    """A file with which something else was done. None: the bundle does not know it."""

    path: str
    before: Covered | None
    after: Covered | None


class Table(NamedTuple):
    """Rows of an inventory that are in one bundle only. `only`: "old" or "new" where just that one has the table."""

    name: str
    added: tuple[tuple[str, ...], ...]
    removed: tuple[tuple[str, ...], ...]
    only: str = ""


class Difference(NamedTuple):
    """Everything that moved.

    `left`, `arrived`: files only one bundle knows; those of the same commit are `lost` or `gained` instead.
    """

    old: Head
    new: Head
    requirements: tuple[Moved, ...]
    found: tuple[Found, ...]
    gone: tuple[Found, ...]
    changed: tuple[Changed, ...]
    lost: tuple[Coverage, ...]
    gained: tuple[Coverage, ...]
    left: tuple[str, ...]
    arrived: tuple[str, ...]
    tables: tuple[Table, ...]

    @property
    def same_rules(self) -> bool:
        """Whether both were made by the same version with the same rules and settings."""
        return (self.old.version, self.old.rules) == (self.new.version, self.new.rules)

    @property
    def same_code(self) -> bool:
        """Whether both are known to be of the same commit, with nothing uncommitted."""
        return _same_code(self.old, self.new)

    @property
    def dropped(self) -> tuple[str, ...]:
        """Tables that the new bundle has no more."""
        return tuple(table.name for table in self.tables if table.only == "old")

    @property
    def worse(self) -> tuple[str, ...]:
        """What got worse, in words; () if nothing did."""
        states = sum(moved.worse for moved in self.requirements)
        found = sum(not _mild(one.finding) for one in self.found)
        risen = sum(_risen(one) for one in self.changed)
        said = (
            (states, "requirements of which less can be shown"),
            (found, "new findings above info and low confidence"),
            (risen, "findings that are more severe"),
            (len(self.lost), "files of which less was analysed"),
            (self.old.complete and not self.new.complete, "scan that is incomplete now"),
            (len(self.dropped), "tables that are no longer there"),
            (bool(self.old.signed_by) and not self.new.signed_by, "signature that is no longer there"),
        )
        return tuple(f"{int(count)} {what}" for count, what in said if count)


def difference(old: Kept, new: Kept) -> Difference:
    """Of two bundles of the same project."""
    same = _same_code(old.head, new.head)
    changes = [
        Coverage(path, old.coverage.get(path), new.coverage.get(path))
        for path in sorted(old.coverage.keys() | new.coverage.keys())
    ]
    return Difference(
        old=old.head,
        new=new.head,
        requirements=tuple(_moved(old, new)),
        found=tuple(_only(new, old)),
        gone=tuple(_only(old, new)),
        changed=tuple(_changed(old, new)),
        lost=tuple(one for one in changes if _less(one.before, one.after, same)),
        gained=tuple(one for one in changes if _less(one.after, one.before, same)),
        left=() if same else tuple(one.path for one in changes if one.after is None),
        arrived=() if same else tuple(one.path for one in changes if one.before is None),
        tables=tuple(_tables(old, new)),
    )


def _less(before: Covered | None, after: Covered | None, same_code: bool) -> bool:
    """Whether less was done with a file. Of another commit, a file may be gone for good."""
    if before is None or not before.engines:
        return False
    if after is None:
        return same_code
    return not after.covers(before)


def _moved(old: Kept, new: Kept) -> Iterator[Moved]:
    for name in dict.fromkeys((*new.requirements, *old.requirements)):
        before, after = old.requirements.get(name, {}), new.requirements.get(name, {})
        states = str(before.get("state", "")), str(after.get("state", ""))
        if states[0] != states[1]:
            yield Moved(name, (after or before).get("title", ""), *states)


def _only(here: Kept, there: Kept) -> Iterator[Found]:
    for fingerprint, finding in here.findings.items():
        if fingerprint not in there.findings:
            yield Found(finding, _cause(finding, here, there))


def _cause(finding: Mapping[str, Json], here: Kept, there: Kept) -> Cause:
    """Why it is not there. Only what both bundles show is said; the rest is left open."""
    same_rules = (here.head.version, here.head.rules) == (there.head.version, there.head.rules)
    if not same_rules and (_same_code(here.head, there.head) or finding.get("rule") not in there.rule_ids):
        return Cause.RULES
    known = there.coverage.get(str(finding.get("path")))
    if known is None:
        return Cause.SCANNED
    if known.short or not known.engines:
        return Cause.COVERAGE
    return Cause.SCANNED if same_rules else Cause.EITHER


def _same_code(one: Head, other: Head) -> bool:
    return bool(one.commit) and one.commit == other.commit and not one.dirty and not other.dirty


def _changed(old: Kept, new: Kept) -> Iterator[Changed]:
    for fingerprint, finding in new.findings.items():
        before = old.findings.get(fingerprint)
        if before is None:
            continue
        fields = [(name, before.get(name), finding.get(name)) for name in _COMPARED]
        other = tuple(field for field in fields if field[1] != field[2])
        if other:
            yield Changed(finding, other)


def _tables(old: Kept, new: Kept) -> Iterator[Table]:
    for name in sorted(old.tables.keys() | new.tables.keys()):
        if name not in old.tables or name not in new.tables:
            yield Table(name, (), (), "new" if name in new.tables else "old")
            continue
        before, after = Counter(old.tables[name]), Counter(new.tables[name])
        added, removed = after - before, before - after
        if added or removed:
            yield Table(name, tuple(sorted(added.elements())), tuple(sorted(removed.elements())))


def _mild(finding: Mapping[str, Json]) -> bool:
    return finding.get("severity") == Severity.INFO.value or finding.get("confidence") == Confidence.LOW.value


def _risen(one: Changed) -> bool:
    order = [severity.value for severity in Severity]
    return any(
        name == "severity" and before in order and after in order and order.index(after) < order.index(before)
        for name, before, after in one.fields
    )
