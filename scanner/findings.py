"""The only way from an engine's raw hit to something that may leave the scanner: masked, with a snippet, fingerprinted.

A `Draft` is a masked hit: this is what the cache keeps. A policy's words and controls are joined afterwards, so that
editing a header invalidates nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from scanner.masking import mask, mask_path, mask_strictly, tells
from scanner.model import Confidence, Finding, Hit, Json, Place, Policy, Rule, Severity, Span, Step
from scanner.passwords import hidden, in_message, taken, without, without_passwords
from scanner.text import Source

SNIPPET_LINES = 3
SNIPPET_WIDTH = 400
_NEIGHBOURS = 3
_VERY_LONG = 65_536
_AROUND = 2_000
"""Of a very long line so many characters on either side of a place are masked with it."""
_LITERAL = re.compile(r"""(["'`])((?:(?!\1)[^\\\n]|\\.)*)(\1|$)""")
_QUOTES = ("'", '"', "`")
_ONE_SECRET = re.compile(
    r"(?![a-z]{1,9}$|.*\.(?:key|pem|p12|pfx|jks|kdbx?|env(?:\.[a-z]+)?|json|ya?ml)$)[^\"'`{}\s]{8,400}"
)
"""A value to hide wherever it stands: no plain word (`postgres`), no file, no whole statement."""
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


class Draft(NamedTuple):
    """A hit that holds no secret any more. `place.path` is masked as well."""

    rule: str
    place: Place
    message: str
    snippet: str
    trace: tuple[Step, ...]
    severity: Severity | None
    confidence: Confidence | None


def draft(
    hit: Hit, read: Callable[[str], Source | None], *, secret: bool = False, known: Collection[str] = ()
) -> Draft:
    """Masks a hit and gives it the lines it stands on. `read` gives a file's source by path, None if it is gone.

    `secret`: what it points at is one (a password, a key): no literal of those lines is shown. `known`: secrets that
    other hits point at, not to be shown either.
    """
    shown = _excerpt(hit.place, read, secret, known)
    steps = [(step, _excerpt(step.place, read, secret, known)) for step in hit.trace]
    telling = shown.telling or any(lines.telling for _, lines in steps)
    said = {*known, *shown.taken, *(value for _, lines in steps for value in lines.taken)}
    return Draft(
        rule=hit.rule,
        place=_masked_place(hit.place),
        message=_masked_message(hit.message, telling, said),
        snippet=shown.text,
        trace=tuple(
            Step(_masked_place(step.place), _masked_message(step.message, telling, said), lines.text)
            for step, lines in steps
        ),
        severity=hit.severity,
        confidence=hit.confidence,
    )


def secrets_of(hits: Iterable[Hit], read: Callable[[str], Source | None]) -> list[str]:
    """What hits that point at secrets point at, longest first: where each is one value, in quotes or without."""
    found: set[str] = set()
    for hit in hits:
        source, span = read(hit.place.path), hit.place.span
        if source is None or span.line != span.end_line:
            continue
        text, behind = source.slice(span), source.line(span.line)[span.end_column - 1 :].lstrip()
        value = text[1:-1] if text[:1] in _QUOTES and text[-1:] == text[:1] else text
        if _ONE_SECRET.fullmatch(value) and behind[:1] not in (":", "="):
            found.add(value)
    return sorted(found, key=lambda value: (-len(value), value))


def _masked_place(place: Place) -> Place:
    return Place(mask_path(place.path), place.span)


def _masked_message(message: str, telling: bool, known: Collection[str]) -> str:
    """Rules may repeat what they matched, and "is 123" does not say of itself what the 123 is."""
    message = in_message(message, sorted(known, key=lambda value: (-len(value), value)))
    return mask_strictly(message) if telling else mask(message)


class _Excerpt(NamedTuple):
    """Masked lines. `telling`: something in them is masked, or would be if it stood there. `taken`: secrets in them."""

    text: str
    telling: bool
    taken: Collection[str] = ()


def _excerpt(place: Place, read: Callable[[str], Source | None], secret: bool, known: Collection[str]) -> _Excerpt:
    """The masked lines of a place, at most SNIPPET_LINES of them, each at most SNIPPET_WIDTH long.

    Of a line that is longer the place alone is shown: a file of one line says anything beside it. They are masked with
    their neighbours: a number may begin above them, and a code may be named there.
    """
    source = read(place.path)
    if source is None:
        return _Excerpt("", telling=False)
    first, last = place.span.line, min(place.span.end_line, place.span.line + SNIPPET_LINES - 1)
    lines = [source.line(number) for number in range(first, last + 1)]
    span = place.span
    if len(lines[0]) > _VERY_LONG and span.line == span.end_line:
        cut = max(0, span.column - 1 - _AROUND)
        lines = [lines[0][cut : span.end_column - 1 + _AROUND]]
        span = Span(span.line, span.column - cut, span.line, span.end_column - cut)
    above = [source.line(number)[-SNIPPET_WIDTH:] for number in range(max(1, first - _NEIGHBOURS), first)]
    below = [source.line(number)[:SNIPPET_WIDTH] for number in range(last + 1, last + 1 + _NEIGHBOURS)]
    whole = [*above, *lines, *below]
    plain = without(hidden("\n".join(whole), place.path), known).split("\n")
    gone = {value for one, other in zip(whole, plain, strict=True) for value in taken(one, other)}
    head, tail = len(above), len(above) + len(lines)
    starred = _without_secrets(list(map(without_passwords, lines)), span) if secret else plain[head:tail]
    lines = plain[head:tail]
    shown = list(map(_both, lines, starred))
    masked = _masked_lines((*plain[:head], *shown, *plain[tail:]))[head:tail]
    telling = masked != lines or any(map(tells, lines))
    parts = [_shown_part(line, shown[at], span, first + at) for at, line in enumerate(masked)]
    return _Excerpt("\n".join(parts), telling, gone)


def _shown_part(line: str, unmasked: str, span: Span, number: int) -> str:
    """What is shown of a masked line; nothing of a long one in which masking has moved the place."""
    if len(unmasked) <= SNIPPET_WIDTH:
        return line[:SNIPPET_WIDTH]
    start = span.column - 1 if number == span.line else 0
    end = span.end_column - 1 if number == span.end_line else len(line)
    return line[start : min(end, start + SNIPPET_WIDTH)] if len(line) == len(unmasked) else ""


def _both(one: str, other: str) -> str:
    """A line with the stars of both."""
    return one if one == other else "".join("*" if "*" in pair else pair[0] for pair in zip(one, other, strict=True))


@lru_cache(maxsize=1)
def _masked_lines(lines: tuple[str, ...]) -> list[str]:
    """Many findings may stand on one line of a megabyte."""
    return mask("\n".join(lines)).split("\n")


def _without_secrets(lines: list[str], span: Span) -> list[str]:
    """The lines with stars for what stands between quotes, and for a span that has none; lengths stay."""
    hidden = [_LITERAL.sub(lambda match: match[1] + "*" * len(match[2]) + match[3], line) for line in lines]
    inside = [_columns(line, number, span) for number, line in enumerate(lines, span.line)]
    if all(one[start:end] == line[start:end] for one, line, (start, end) in zip(hidden, lines, inside, strict=True)):
        return [one[:start] + "*" * (end - start) + one[end:] for one, (start, end) in zip(hidden, inside, strict=True)]
    return hidden


def _columns(line: str, number: int, span: Span) -> tuple[int, int]:
    """From where to where a span covers one of its lines."""
    start = span.column - 1 if number == span.line else 0
    return start, min(len(line), span.end_column - 1) if number == span.end_line else len(line)


def to_json(item: Draft) -> Json:
    """A draft as plain Json, for the cache."""
    return [
        item.rule,
        _place_json(item.place),
        item.message,
        item.snippet,
        [[_place_json(step.place), step.message, step.snippet] for step in item.trace],
        item.severity and item.severity.value,
        item.confidence and item.confidence.value,
    ]


def from_json(value: Json) -> Draft:
    """The inverse of `to_json`."""
    rule, place, message, snippet, trace, severity, confidence = value
    return Draft(
        rule=rule,
        place=_place(place),
        message=message,
        snippet=snippet,
        trace=tuple(Step(_place(where), text, lines) for where, text, lines in trace),
        severity=severity and Severity(severity),
        confidence=confidence and Confidence(confidence),
    )


def _place_json(place: Place) -> Json:
    span = place.span
    return [place.path, span.line, span.column, span.end_line, span.end_column]


def _place(value: Json) -> Place:
    return Place(value[0], Span(*value[1:]))


def complete(drafts: Iterable[Draft], rules: Mapping[str, Rule], policies: Mapping[str, Policy]) -> list[Finding]:
    """Findings in report order: joined with their policy, without duplicates, fingerprinted.

    A rule written for conftest says many things of one document, which may all have its place: none stands for another.
    """
    chosen: dict[tuple[str, Place], Finding] = {}
    said: dict[tuple[str, Place, str], Finding] = {}
    for item in drafts:
        rule = rules[item.rule]
        found = _finding(item, rule, policies)
        key = (found.policy, found.place)
        if rule.engine == "conftest":
            said[found.policy, found.place, found.message] = found
        elif key not in chosen or _preference(found) < _preference(chosen[key]):
            chosen[key] = found
    return _fingerprinted(sorted([*_apart(chosen.values()), *said.values()], key=_order))


def in_order(reported: Iterable[Finding]) -> list[Finding]:
    """As a report has them."""
    return sorted(reported, key=_order)


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """Of findings of one policy that start on one line and overlap, the one whose rule is preferred."""
    kept: dict[tuple[str, str, int], list[Finding]] = {}
    for found in sorted(findings, key=lambda item: (_preference(item), item.place)):
        span = found.place.span
        neighbours = kept.setdefault((found.policy, found.place.path, span.line), [])
        if not any(_overlap(span, other.place.span) for other in neighbours):
            neighbours.append(found)
    return [found for neighbours in kept.values() for found in neighbours]


def _overlap(one: Span, other: Span) -> bool:
    start = max((one.line, one.column), (other.line, other.column))
    return start < min((one.end_line, one.end_column), (other.end_line, other.end_column))


def _finding(item: Draft, rule: Rule, policies: Mapping[str, Policy]) -> Finding:
    policy = policies[rule.policy]
    return Finding(
        policy=policy.id,
        rule=rule.id,
        severity=item.severity or rule.severity,
        confidence=item.confidence or rule.confidence,
        message=item.message,
        place=item.place,
        snippet=item.snippet,
        remediation=policy.remediation,
        controls=policy.controls,
        cwe=policy.cwe,
        trace=item.trace,
    )


def _preference(found: Finding) -> tuple[int, int, str, str]:
    """Of several rules of a policy at one place the most severe, then the surest one speaks."""
    return -found.severity.rank, list(Confidence).index(found.confidence), found.rule, found.message


def _order(found: Finding) -> tuple[object, ...]:
    return found.place, found.policy, found.rule, found.message


def _fingerprinted(findings: list[Finding]) -> list[Finding]:
    """Identity over edits elsewhere: policy + path + normalised masked content + how many of these came before.

    Written in letters only: a hash with digits could be taken for a card number by whatever reads the report.
    """
    seen: Counter[str] = Counter()
    result = []
    for found in findings:
        content = " ".join(found.snippet.split("\n", 1)[0].split())
        identity = "\0".join((found.policy, found.place.path, content))
        seen[identity] += 1
        digest = hashlib.sha256(f"{identity}\0{seen[identity]}".encode("utf-8", errors="replace")).hexdigest()[:32]
        result.append(found._replace(fingerprint=digest.translate(_LETTERS)))
    return result
