"""Inline ignores: `# paylint: ignore[policy_or_rule] reason`, optionally `until 2027-03-31`, in any comment syntax.

They stand on the line of the finding, or alone on the line above. A reason is required; one that is malformed, expired
or names nothing we know suppresses nothing and is reported under the policy `invalid_suppression`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from scanner.masking import mask, mask_strictly, tells
from scanner.model import Finding, Hit, Json, Place, Span, Suppression
from scanner.text import Source

INVALID_RULE = "invalid_suppression.text"
_MARK = re.compile(r"(?P<open>#|//|--|/\*|<!--|;|%|\{#|\*)[ \t]*paylint[ \t]*:[ \t]*(?P<rest>.*)$", re.IGNORECASE)
_NAME = re.compile(rb"paylint[ \t]*:", re.IGNORECASE)
_IGNORE = re.compile(r"ignore\[(?P<ids>[^\]\n]*)\](?P<reason>.*)$", re.IGNORECASE)
_UNTIL = re.compile(r"\buntil[ \t]+(?P<date>\S+)")
_CLOSE = re.compile(r"(\*/|-->|#\}|%>)[ \t]*$")
_ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*$")
_PROSE = (".md", ".markdown", ".rst", ".txt", ".adoc", ".html", ".htm")


class Ignore(NamedTuple):
    """One inline ignore as it is written, masked. `problem` is why it suppresses nothing, "" if it may."""

    line: int
    column: int
    end_column: int
    alone: bool
    ids: tuple[str, ...]
    reason: str
    until: str | None
    problem: str

    def resolved(self, resolve: Callable[[str], str]) -> Ignore:
        """The same with today's ids for those that were renamed."""
        return self._replace(ids=tuple(resolve(name) for name in self.ids))

    def to_json(self) -> Json:
        """Plain Json for the cache."""
        return [self.line, self.column, self.end_column, self.alone, self.ids, self.reason, self.until, self.problem]

    @staticmethod
    def from_json(value: Json) -> Ignore:
        """The inverse of `to_json`."""
        line, column, end_column, alone, ids, reason, until, problem = value
        return Ignore(line, column, end_column, alone, tuple(ids), reason, until, problem)


def read(source: Source) -> tuple[Ignore, ...]:
    """All inline ignores of a file. Cheap where there is none. Prose that explains the syntax is no ignore."""
    numbers = sorted({source.position(match.start())[0] for match in _NAME.finditer(source.data)})
    lines = ((number, source.line(number)) for number in numbers)
    marks = ((number, line, _MARK.search(line)) for number, line in lines)
    prose = source.path.lower().endswith(_PROSE)
    return tuple(
        _parse(number, line, mark) for number, line, mark in marks if mark and (mark["open"] == "<!--" or not prose)
    )


def _parse(number: int, line: str, mark: re.Match[str]) -> Ignore:
    text = _CLOSE.sub("", mark["rest"]).strip()
    alone = not line[: mark.start()].strip()
    column, end = mark.start() + 1, len(line.rstrip()) + 1
    match = _IGNORE.match(text)
    if not match:
        usage = "write `paylint: ignore[policy] reason`"
        return Ignore(
            number, column, end, alone, (), "", None, f"this comment is not understood and suppresses nothing; {usage}"
        )
    ids = tuple(part.strip() for part in match["ids"].split(",") if part.strip())
    reason, until = match["reason"].strip(" \t:-"), None
    limit = _UNTIL.search(reason)
    if limit:
        until = limit["date"].rstrip(".,;)")
        reason = (reason[: limit.start()] + reason[limit.end() :]).strip(" \t:-,;()")
    return Ignore(
        number,
        column,
        end,
        alone,
        tuple(map(mask, ids)),
        mask_strictly(reason) if tells(line) else mask(reason),
        until and mask(until),
        _problem(ids, reason, until),
    )


def _problem(ids: tuple[str, ...], reason: str, until: str | None) -> str:
    if not ids or not all(_ID.match(name) for name in ids):
        return "this ignore names no policy and suppresses nothing; write `paylint: ignore[policy] reason`"
    if not reason:
        return "this ignore gives no reason and suppresses nothing; say after the bracket why the finding is acceptable"
    if until is not None:
        try:
            date.fromisoformat(until)
        except ValueError:
            return "this ignore's date is not understood and it suppresses nothing; write `until 2027-03-31`"
    return ""


def apply(
    findings: Iterable[Finding],
    ignores: Mapping[str, tuple[Ignore, ...]],
    today: date,
) -> list[Finding]:
    """The findings, those an inline ignore covers marked as suppressed. `ignores`: by (masked) path."""
    return [_suppressed(found, ignores.get(found.place.path, ()), today) for found in findings]


def _suppressed(found: Finding, ignores: tuple[Ignore, ...], today: date) -> Finding:
    for ignore in ignores:
        if not ignore.problem and not _expired(ignore, today) and _covers(ignore, found):
            return found._replace(suppressed=Suppression(ignore.reason, found.place.path, ignore.line, ignore.until))
    return found


def _covers(ignore: Ignore, found: Finding) -> bool:
    if found.policy == "invalid_suppression" or not {found.policy, found.rule} & set(ignore.ids):
        return False
    span = found.place.span
    return ignore.line in (span.line, span.end_line) or (ignore.alone and ignore.line == span.line - 1)


def _expired(ignore: Ignore, today: date) -> bool:
    return ignore.until is not None and date.fromisoformat(ignore.until) < today


def invalid(
    path: str, ignores: Iterable[Ignore], known: Collection[str], resolve: Callable[[str], str], today: date
) -> list[Hit]:
    """A hit for every ignore that suppresses nothing. `known`: all policy and rule ids; `resolve`: alias -> id."""
    hits = []
    for ignore in ignores:
        message = ignore.problem
        strangers = [name for name in ignore.ids if resolve(name) not in known]
        if not message and strangers:
            message = f"this ignore names {strangers[0]!r}, which is no policy or rule; `paylint policies` lists them"
        if not message and _expired(ignore, today):
            message = f"this ignore expired on {ignore.until}; fix the finding or agree on a new date"
        if message:
            place = Place(path, Span(ignore.line, ignore.column, ignore.line, ignore.end_column))
            hits.append(Hit(INVALID_RULE, place, message))
    return hits
