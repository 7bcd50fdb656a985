"""Whether edits that mean nothing leave the findings as they are: a new name, another layout, a file in two.

One scan of what is there, and one of all edited copies for each round of edits: a copy holds all edits of its round,
one after another. Where a copy's findings differ, its edits are scanned once more, each by itself, to learn which it
was. Compared are (rule, line), each line mapped through the edit, or how often a rule reports where lines change
places; and how many subjects of a Rego rule pass, fail or are unknown.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from scanner.catalog import Catalog, load
from scanner.config import Config
from scanner.errors import IncompleteError
from scanner.masking import mask
from scanner.model import ScanResult, Severity
from scanner.validation.edits import KINDS, ROUNDS
from scanner.validation.edits.names import Names
from scanner.validation.equivalent_copies import Copy, Line, copy, keys
from scanner.validation.equivalent_units import Unit, units
from scanner.validation.result import Equivalence

_FOLDER = re.compile(r"(?:^|[:/])(u[0-9]+(?:k[0-9]+)?)(?=[:/]|$)")
_LINE = re.compile(r" \(line [0-9]+\)")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Share:
    """How many edits of one kind in one language there were, and how many of them changed nothing."""

    kind: str
    language: str
    edits: int
    held: int


@dataclass(frozen=True, slots=True)
class Measured:
    """All there is to say: the result, and the share of each kind and language."""

    result: Equivalence
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a scan says about one unit. `reported`: (rule, path in it, line); `checks`: (rule, status) of Rego;
    `partial`: what it did not understand; `errors`: why the scan of it was not complete."""

    reported: frozenset[tuple[str, str, int]]
    checks: Counter[tuple[str, str]]
    partial: frozenset[str]
    errors: tuple[str, ...]

    @property
    def rules(self) -> set[str]:
        return {rule for rule, _, _ in self.reported} | {rule for rule, _ in self.checks}


@dataclass(frozen=True, slots=True)
class _Judged:
    """One edit of one unit. `rules`: those it touches; `lost`: those it changed the findings of; `said`: how."""

    label: str
    kind: str
    language: str
    rules: frozenset[str]
    lost: frozenset[str]
    said: str


def check(root: Path, work: Path, only: Collection[str] = ()) -> Equivalence:
    """Tries all edits on what is below a checkout's root, in an empty folder. `only`: on what is about some policies.

    UsageError: no checkout. IncompleteError: a scan of what is there was not complete.
    """
    return measure(root, work, only).result


def measure(root: Path, work: Path, only: Collection[str] = ()) -> Measured:
    """The same, with the share of each kind and language."""
    catalog = load([])
    return compare(units(root, catalog, only), catalog, work)


def told_shares(shares: Sequence[Share]) -> str:
    """The shares as lines of a table for people: edit, language, how many held, percent; all of them at the end."""
    edits, held = sum(share.edits for share in shares), sum(share.held for share in shares)
    rows = [("edit", "language", "held", "share")]
    rows += [(one.kind, one.language, f"{one.held} of {one.edits}", _percent(one.held, one.edits)) for one in shares]
    rows.append(("all", "", f"{held} of {edits}", _percent(held, edits)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    cells = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    return "\n".join("  ".join(row).rstrip() for row in cells)


def _percent(held: int, edits: int) -> str:
    return f"{100 * held / edits:.1f} %" if edits else ""


def compare(found: Sequence[Unit], catalog: Catalog, work: Path, rules: Sequence[Path] = ()) -> Measured:
    """Tries all edits on some units. `rules`: further folders with rules."""
    names = Names.of(catalog)
    scan = partial(_scanned, work=work, catalog=catalog, rules=rules)
    before = scan([Copy.of(unit) for unit in found], "as_is")
    for unit in found:
        if errors := before[unit.folder].errors:
            raise IncompleteError(f"{unit.label}: {errors[0]}: nothing can be said about edits of what cannot be read")
    judged: list[_Judged] = []
    for name in ROUNDS:
        wanted = {kind for kinds in KINDS.values() for kind in kinds if kind.round == name}
        made = [one for unit in found if (one := copy(unit, names, wanted)).kinds]
        after = scan(made, name)
        lost = {one.folder: _lost(one, before[one.folder], after[one.folder]) for one in made}
        judged += _held([one for one in made if not lost[one.folder]], before)
        alone = {one.folder: _alone(one, names) for one in made if lost[one.folder]}
        each = scan([one for several in alone.values() for one in several], f"{name}_each")
        for several in alone.values():
            judged += _each(several, before[several[0].unit.folder], each)
    return _summed(judged)


def _alone(whole: Copy, names: Names) -> list[Copy]:
    """A copy for each of the edits that another copy has together."""
    return [
        copy(whole.unit, names, (kind,), f"{whole.folder}k{number}") for number, (_, kind) in enumerate(whole.kinds)
    ]


def _each(several: Sequence[Copy], seen: _Seen, after: Mapping[str, _Seen]) -> Iterator[_Judged]:
    """The edits of a unit whose findings differ, each by itself; all together where each by itself does nothing."""
    judged = [_judge(one, seen, _lost(one, seen, after[one.folder])) for one in several]
    yield from judged
    if not any(one.lost for one in judged):
        rules = _touched(several[0], seen) or {""}
        said = "findings change where each of its edits alone changes nothing"
        yield _Judged(several[0].unit.label, "together", judged[0].language, frozenset(rules), frozenset(rules), said)


def _held(sound: Iterable[Copy], before: Mapping[str, _Seen]) -> Iterator[_Judged]:
    for one in sound:
        rules = _touched(one, before[one.folder])
        yield from (_Judged(one.unit.label, kind.name, spoken, rules, frozenset(), "") for spoken, kind in one.kinds)


def _touched(one: Copy, seen: _Seen) -> frozenset[str]:
    return one.unit.rules | seen.rules


def _judge(one: Copy, seen: _Seen, lost: Mapping[str, str]) -> _Judged:
    ((spoken, kind),) = one.kinds
    said = "; ".join(f"{rule} {how}".strip() for rule, how in sorted(lost.items())[:_SHOWN])
    more = f"; and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
    return _Judged(one.unit.label, kind.name, spoken, _touched(one, seen) | lost.keys(), frozenset(lost), said + more)


def _lost(one: Copy, before: _Seen, after: _Seen) -> dict[str, str]:
    """Rule -> what the edits changed about it."""
    if new := [*after.errors, *sorted(after.partial - before.partial)]:
        return dict.fromkeys(_touched(one, before) or {""}, f"is lost: {new[0]}")
    lost = {
        rule: f"judges {before.checks[rule, status]} subjects as {status}, then {after.checks[rule, status]}"
        for rule, status in sorted(before.checks.keys() | after.checks.keys())
        if before.checks[rule, status] != after.checks[rule, status]
    }
    return {**lost, **(_miscounted(before, after) if one.moves else _misplaced(one, before, after))}


def _miscounted(before: _Seen, after: _Seen) -> dict[str, str]:
    was, now = (Counter(rule for rule, _, _ in seen.reported) for seen in (before, after))
    return {
        rule: f"reports {was[rule]} lines, then {now[rule]}"
        for rule in was.keys() | now.keys()
        if was[rule] != now[rule]
    }


def _misplaced(one: Copy, before: _Seen, after: _Seen) -> dict[str, str]:
    original, edited = keys(one)
    was = {(rule, original((path, line))): (path, line) for rule, path, line in sorted(before.reported, reverse=True)}
    now = {(rule, edited((path, line))): (path, line) for rule, path, line in sorted(after.reported, reverse=True)}
    new = {rule: f"reports line {now[rule, key][1]} of the copy" for rule, key in sorted(now.keys() - was.keys())}
    gone = {
        rule: f"no longer reports line {was[rule, key][1]}: {_shown(one.unit, was[rule, key])}"
        for rule, key in sorted(was.keys() - now.keys(), reverse=True)
    }
    return {**new, **gone}


def _shown(unit: Unit, line: Line) -> str:
    text = unit.files.get(line[0], "").split("\n")
    return mask(text[line[1] - 1].strip()) if line[1] <= len(text) else ""


def _scanned(made: Sequence[Copy], name: str, work: Path, catalog: Catalog, rules: Sequence[Path]) -> dict[str, _Seen]:
    """Folder -> what one scan of all copies says about it."""
    from scanner.run import run

    folder = work / name
    folder.mkdir(parents=True)
    for one in made:
        one.write(folder)
    if not made:
        return {}
    result = run(
        Config(
            root=folder,
            paths=(folder,),
            rules=tuple(rules),
            fail_on=Severity.INFO,
            cache=False,
            units_alone=True,
            policies=tuple(f"+{name}" for name, policy in catalog.policies.items() if policy.optional),
        )
    )
    return _by_folder(result, [one.folder for one in made])


def _by_folder(result: ScanResult, folders: Iterable[str]) -> dict[str, _Seen]:
    reported: dict[str, set[tuple[str, str, int]]] = defaultdict(set)
    checks: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    partial: dict[str, set[str]] = defaultdict(set)
    errors: dict[str, list[str]] = defaultdict(list)
    for found in result.findings:
        folder, _, path = found.place.path.partition("/")
        reported[folder].add((found.rule, path, found.place.span.line))
    for judged in result.checks:
        for match in _FOLDER.finditer(judged.subject):
            checks[match[1]][judged.rule, judged.status.value] += 1
            break
    for error in result.errors:
        errors[error.path.partition("/")[0]].append(f"{error.engine}: {error.message}")
    for file in result.analysed:
        if file.partial:
            partial[file.path.partition("/")[0]] |= set(_LINE.sub("", file.partial).split("; "))
    return {
        folder: _Seen(frozenset(reported[folder]), checks[folder], frozenset(partial[folder]), tuple(errors[folder]))
        for folder in folders
    }


def _summed(judged: Iterable[_Judged]) -> Measured:
    counted = [one for one in judged if one.rules]
    rules: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    kinds: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in counted:
        for rule in one.rules:
            rules[rule][0] += 1
            rules[rule][1] += rule not in one.lost
        kinds[one.kind, one.language][0] += 1
        kinds[one.kind, one.language][1] += not one.lost
    broken = tuple(f"{one.label}: {one.kind}: {one.said}" for one in counted if one.lost)
    result = Equivalence(
        {rule: (total, held) for rule, (total, held) in sorted(rules.items())},
        len(counted),
        sum(not one.lost for one in counted),
        tuple(sorted(broken)),
    )
    return Measured(result, tuple(Share(*key, total, held) for key, (total, held) in sorted(kinds.items())))
