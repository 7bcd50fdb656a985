"""Numbers that could be card numbers by their own digits: length, grouping, issuer, check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scanner.cards import Cards, luhn_valid

LIMIT = 400_000
"""Long numbers looked at in one file: some seconds' worth."""

# One separator; no-break spaces and dashes in UTF-8, and the Latin-1 no-break space.
_SEPARATOR = r"(?:[ ._-]|\xc2\xa0|\xe2\x80[\x90-\x95\xaf]|\xa0)"
# What precedes is part of the match, so that floats and words never reach Python; a B may open track 1.
_PATTERN = (
    r"(?:^|[^.0-9A-Za-z]|[Bb])(?:[0-9]{13,19}"
    rf"|[0-9]{{4}}{_SEPARATOR}[0-9]{{4}}{_SEPARATOR}[0-9]{{4}}{_SEPARATOR}[0-9]{{1,4}}(?:{_SEPARATOR}[0-9]{{1,3}})?"
    rf"|[0-9]{{4}}{_SEPARATOR}[0-9]{{6}}{_SEPARATOR}[0-9]{{4,5}}"
    rf"|[0-9]{{6}}{_SEPARATOR}[0-9]{{13}})"
)
_DIGITS = re.compile(rb"[0-9]+")
_ONE_SEPARATOR = re.compile(_SEPARATOR.encode())
_ROW = re.compile(rb"[0-9]{4}(?:[ ._-][0-9]{4}){6,}")
_SUFFIX = re.compile(rb"(?:[uU]?[lL]{1,2}|[nmM]|_?[ui](?:64|128))(?![0-9A-Za-z_])")
"""What makes a number literal of a language: 4111111111111111L."""
_POINT_BEHIND = re.compile(rb"\.[0-9]")
_GROUP_BEFORE, _GROUP_AFTER = re.compile(rb"[0-9][A-Fa-f]{0,3}$"), re.compile(rb"(?=[0-9A-Fa-f]*[0-9])[0-9A-Fa-f]{4}\b")
_STRIPE_BEFORE = re.compile(rb"(?:^|[^0-9A-Za-z]|%25|%)[Bb]$")
_STRIPE_AFTER = re.compile(rb"\^|%5[Ee]|\\u005[Ee]|[Dd][0-9]{7}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Bytes `start` to `end` hold `digits` in `groups`, with `separator` between them.

    `joined`: glued to letters as only track data is. `hyphenated`: tied to more letters or digits by a hyphen, or part
    of a row of groups.
    """

    start: int
    end: int
    digits: str = field(repr=False)
    groups: tuple[int, ...]
    separator: bytes
    joined: bool = False
    hyphenated: bool = False


class Search(Iterator[Candidate]):
    """One pass over a file.

    `long_numbers`: the different ungrouped numbers of a card's length; `long_cards`: those of them that are cards.
    `stopped`: where it gave up after `LIMIT` numbers, else 0.
    """

    def __init__(self, data: bytes, pattern: Any, cards: Cards) -> None:
        self.long_numbers: set[str] = set()
        self.long_cards: set[str] = set()
        self.stopped = 0
        self._found = self._run(data, pattern, cards)

    def __next__(self) -> Candidate:
        return next(self._found)

    def _run(self, data: bytes, pattern: Any, cards: Cards) -> Iterator[Candidate]:
        at = seen = 0
        while match := pattern.search(data, at):
            if (seen := seen + 1) > LIMIT:
                self.stopped = match.start()
                return
            start, end = match.span()
            start += not data[start : start + 1].isdigit()
            parts = _DIGITS.findall(data, start, end)
            found = _ungrouped(data, start, end) if len(parts) == 1 else _grouped(data, start, end, parts)
            for candidate in found:
                if len(candidate.groups) == 1:
                    self.long_numbers.add(candidate.digits)
                if _is_card(candidate.digits, cards):
                    if len(candidate.groups) == 1:
                        self.long_cards.add(candidate.digits)
                    yield candidate
                    at = candidate.end
                    break
            else:
                at = _after_first(data, start)


class Finder:
    """Makes searches: the pattern is compiled once."""

    def __init__(self, cards: Cards) -> None:
        import re2

        options = re2.Options()
        options.encoding = re2.Options.Encoding.LATIN1
        self._pattern = re2.compile(_PATTERN.encode(), options)
        self._cards = cards

    def search(self, data: bytes) -> Search:
        """All numbers in `data` whose digits are those of a card, in order."""
        return Search(data, self._pattern, self._cards)


def _is_card(digits: str, cards: Cards) -> bool:
    return luhn_valid(digits) and (cards.brand(digits) is not None or cards.is_test_card(digits))


def _after_first(data: bytes, start: int) -> int:
    """Where the first group of digits ends: the next may begin a card number. A table's row is passed over whole."""
    match = _ROW.match(data, start) or _DIGITS.match(data, start)
    return match.end() if match else start + 1


def _ungrouped(data: bytes, start: int, end: int) -> list[Candidate]:
    before, after = data[max(0, start - 4) : start], data[end : end + 12]
    joined = before[-1:].isalpha()
    if joined and not _STRIPE_BEFORE.search(before):
        return []
    if after[:1].isalnum() and not _SUFFIX.match(after):
        if not _STRIPE_AFTER.match(after):
            return []
        joined = True
    if _POINT_BEHIND.match(after):
        return []
    hyphenated = (before[-1:] == b"-" and before[-2:-1].isalnum()) or (after[:1] == b"-" and after[1:2].isalnum())
    digits = data[start:end].decode("ascii")
    return [Candidate(start, end, digits, (len(digits),), b"", joined, hyphenated)]


def _grouped(data: bytes, start: int, end: int, parts: list[bytes]) -> list[Candidate]:
    """Readings of groups as one number: all of them, and without the last (which may be a code or a month)."""
    separators = _ONE_SEPARATOR.findall(data, start, end)
    before, after = data[max(0, start - 12) : start], data[end : end + 8]
    if before[-1:].isalpha() or after[:1].isalnum() or len(set(separators)) != 1 or _POINT_BEHIND.match(after):
        return []
    separator = separators[0]
    in_row = _in_row(before, after, separator)
    readings = []
    for count in (len(parts), len(parts) - 1):
        groups = tuple(len(part) for part in parts[:count])
        if groups in _GROUPINGS:
            last = end if count == len(parts) else end - len(parts[-1]) - len(separator)
            digits = b"".join(parts[:count]).decode("ascii")
            readings.append(Candidate(start, last, digits, groups, separator, hyphenated=in_row))
    return readings


def _in_row(before: bytes, after: bytes, separator: bytes) -> bool:
    """Whether the groups go on to either side, or lie among groups of hex digits."""
    if separator in (b".", b"_", b"-") and (before.endswith(separator) or after.startswith(separator)):
        return True
    return bool(
        (before.endswith(separator) and _GROUP_BEFORE.search(before[: -len(separator)]))
        or (after.startswith(separator) and _GROUP_AFTER.match(after[len(separator) :]))
    )


_GROUPINGS = {
    (4, 4, 4, 1),
    (4, 6, 4),
    (4, 6, 5),
    (4, 4, 4, 4),
    (4, 4, 4, 4, 1),
    (4, 4, 4, 4, 2),
    (4, 4, 4, 4, 3),
    (6, 13),
}
