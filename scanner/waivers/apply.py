"""Which findings are waived, and what is wrong with the waivers themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from scanner.model import Finding, Hit, Severity, Waiver
from scanner.waivers.read import POLICY, Malformed, matcher

RULE = f"{POLICY}.entry"
LONGEST_DAYS = 366
MOST = 0.5
_FEW = 20
_WILD = re.compile(r"[*?]+")
_ADDRESS = re.compile(r"<([^<>]+)>")


class Scope(NamedTuple):
    """What the waivers of one file are judged against.

    `known`: all policy and rule ids; `resolve`: alias -> id. `files`: what was analysed, masked. `whole`: the scan saw
    everything they may be about, so that a waiver of nothing is of no use any more; `asked`: policies it looked for.
    `authors`: asks whoever last changed each line, as `Name <mail>`; None where nobody can tell. `scanned`: the file
    is a part of the scan, which then says all that is wrong in it. `added`, `removed`: what paths of the scan get, or
    lose, in front, to be relative to the file's folder.
    """

    today: date
    known: Collection[str]
    resolve: Callable[[str], str]
    files: Collection[str]
    asked: Collection[str]
    whole: bool
    authors: Callable[[], Mapping[int, str] | None]
    scanned: bool = True
    added: str = ""
    removed: str = ""

    def local(self, path: str) -> str | None:
        """A path relative to the file's folder; None for what is not below it."""
        return self.added + path.removeprefix(self.removed) if path.startswith(self.removed) else None


def apply(
    findings: Sequence[Finding], waivers: Sequence[Waiver], malformed: Sequence[Malformed], scope: Scope
) -> tuple[list[Finding], tuple[Waiver, ...], list[Hit]]:
    """The findings, those that are waived marked so; the waivers with what became of them; and hits for the wrong."""
    authors = scope.authors() or {} if waivers else {}
    judged = [_judged(waiver, authors, scope) for waiver in waivers]
    used: Counter[str] = Counter()
    marked = [_waived(found, judged, scope, used) for found in findings]
    counted = tuple(waiver._replace(findings=used[waiver.id]) for waiver in judged)
    hits = [Hit(RULE, wrong.place, wrong.message) for wrong in malformed if scope.scanned]
    for waiver in counted:
        if waiver.problem and (scope.scanned or waiver.findings):
            hits.append(Hit(RULE, waiver.place, f"waiver {waiver.id}: {waiver.problem}"))
        elif not waiver.problem and scope.scanned and (unused := _unused(waiver, scope)):
            hits.append(Hit(RULE, waiver.place, f"waiver {waiver.id}: {unused}", severity=Severity.LOW))
    return marked, counted, hits


def _waived(found: Finding, waivers: Sequence[Waiver], scope: Scope, used: Counter[str]) -> Finding:
    path = scope.local(found.place.path)
    if path is None or found.excepted:
        return found
    for waiver in waivers:
        if scope.resolve(waiver.policy) in (found.policy, found.rule) and _at(waiver, found.fingerprint, path):
            used[waiver.id] += 1
            if not waiver.problem:
                return found._replace(waived=waiver)
    return found


def _at(waiver: Waiver, fingerprint: str, path: str) -> bool:
    return waiver.fingerprint == fingerprint if waiver.fingerprint else matcher(waiver.path)(path)


def _judged(waiver: Waiver, authors: Mapping[int, str], scope: Scope) -> Waiver:
    span = waiver.place.span
    lines = range(span.line, span.end_line + 1)
    known = {authors[line] for line in lines if line in authors}
    return waiver._replace(
        authors=tuple(sorted(known)) if authors.keys() >= set(lines) else None,
        problem=_problem(waiver, known, scope),
    )


def _problem(waiver: Waiver, authors: Collection[str], scope: Scope) -> str:
    """Why it waives nothing, "" if it does."""
    if scope.resolve(waiver.policy) not in scope.known:
        return f"{waiver.policy!r} is no policy or rule, so it waives nothing; `paylint policies` lists them"
    if waiver.expires < scope.today:
        return f"expired on {waiver.expires}, so it waives nothing; fix the finding or have it approved anew"
    if waiver.approved_at > scope.today:
        return f"approved on {waiver.approved_at}, which is yet to come, so it waives nothing"
    if waiver.expires - waiver.approved_at > timedelta(days=LONGEST_DAYS):
        return f"longer than {LONGEST_DAYS} days, so it waives nothing; have it looked at once a year"
    if same := _approved_by_author(waiver, authors):
        return f"{same}, so it waives nothing; somebody else has to approve it"
    return _over_broad(waiver, scope)


def _approved_by_author(waiver: Waiver, authors: Collection[str]) -> str:
    if _person(waiver.approver) == _person(waiver.owner):
        return "its approver is its owner"
    if _person(waiver.approver) in map(_person, authors):
        return "its approver wrote it, as git has it"
    return ""


def _person(text: str) -> str:
    """The address alone: a name is written in many ways."""
    address = _ADDRESS.search(text)
    return (address[1] if address else text).strip().casefold()


def _over_broad(waiver: Waiver, scope: Scope) -> str:
    if not waiver.path:
        return ""
    folder, _, name = waiver.path.rpartition("/")
    if not _WILD.sub("", folder).strip("/") and _WILD.search(name.rpartition(".")[0] or name):
        return f"its path {waiver.path!r} is no part of the project but all of it, so it waives nothing; name a place"
    files = [path for file in scope.files if (path := scope.local(file)) is not None] if scope.whole else []
    fits = sum(map(matcher(waiver.path), files)) if len(files) >= _FEW else 0
    if fits > len(files) * MOST:
        return f"its path fits {fits} of {len(files)} files, more than half of all, so it waives nothing; name a place"
    return ""


def _unused(waiver: Waiver, scope: Scope) -> str:
    about = scope.resolve(waiver.policy).partition(".")[0]
    if waiver.findings or not scope.whole or about not in scope.asked:
        return ""
    return "waives nothing, as there is no such finding any more; delete it"
