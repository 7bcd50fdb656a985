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
_LITERAL = rb"(?:[uU]?[lL]{1,2}|[nmM]|_?[ui](?:64|128))(?![0-9A-Za-z_])"  # 4111111111111111L
_STRIPE = rb"\^|%5[Ee]|\\u005[Ee]|[Dd][0-9]{7}"
_SUFFIX, _ENDING = re.compile(_LITERAL), re.compile(rb"%b|%b" % (_LITERAL, _STRIPE))
_POINT_BEHIND = re.compile(rb"\.[0-9]")
_GROUP_BEFORE, _GROUP_AFTER = re.compile(rb"[0-9][A-Fa-f]{0,3}$"), re.compile(rb"(?=[0-9A-Fa-f]*[0-9])[0-9A-Fa-f]{4}\b")
_STRIPE_BEFORE = re.compile(rb"(?:^|[^0-9A-Za-z]|%25|%)[Bb]$")


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
            grouped = not data[start:end].isdigit()
            found = _grouped(data, start, end, cards) if grouped else self._ungrouped(data, start, end, cards)
            if found:
                yield found
                at = found.end
            else:
                at = _after_first(data, start) if grouped else _after_digits(data, end)

    def _ungrouped(self, data: bytes, start: int, end: int, cards: Cards) -> Candidate | None:
        if data[end : end + 1].isalnum() and not _ENDING.match(data, end):
            return None
        digits = data[start:end].decode("ascii")
        self.long_numbers.add(digits)
        if not _is_card(digits, cards):
            return None
        self.long_cards.add(digits)
        return _with_boundaries(data, start, end, digits)


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


def _after_digits(data: bytes, end: int) -> int:
    """Where the run of digits ends that goes on at `end`."""
    match = _DIGITS.match(data, end)
    return match.end() if match else end


def _after_first(data: bytes, start: int) -> int:
    """Where the first group of digits ends: the next may begin a card number. A table's row is passed over whole."""
    match = _ROW.match(data, start)
    return match.end() if match else _after_digits(data, start)


def _with_boundaries(data: bytes, start: int, end: int, digits: str) -> Candidate | None:
    """The number if nothing before and behind makes it part of something else."""
    before, after = data[max(0, start - 4) : start], data[end : end + 12]
    joined = before[-1:].isalpha()
    if (joined and not _STRIPE_BEFORE.search(before)) or _POINT_BEHIND.match(after):
        return None
    joined = joined or (after[:1].isalnum() and not _SUFFIX.match(after))
    hyphenated = (before[-1:] == b"-" and before[-2:-1].isalnum()) or (after[:1] == b"-" and after[1:2].isalnum())
    return Candidate(start, end, digits, (len(digits),), b"", joined, hyphenated)


def _grouped(data: bytes, start: int, end: int, cards: Cards) -> Candidate | None:
    """The groups as one number: all of them, or without the last (which may be a code or a month)."""
    parts = _DIGITS.findall(data, start, end)
    for count in (len(parts), len(parts) - 1):
        digits = b"".join(parts[:count]).decode("ascii")
        groups = tuple(map(len, parts[:count]))
        if groups in _GROUPINGS and _is_card(digits, cards):
            return _with_neighbours(data, start, end, digits, groups)
    return None


def _with_neighbours(data: bytes, start: int, end: int, digits: str, groups: tuple[int, ...]) -> Candidate | None:
    """The groups if they have separators of one kind and are no part of something else."""
    separators = _ONE_SEPARATOR.findall(data, start, end)
    before, after = data[max(0, start - 12) : start], data[end : end + 8]
    if before[-1:].isalpha() or after[:1].isalnum() or len(set(separators)) != 1 or _POINT_BEHIND.match(after):
        return None
    separator = separators[0]
    last = start + len(digits) + (len(groups) - 1) * len(separator)
    return Candidate(start, last, digits, groups, separator, hyphenated=_in_row(before, after, separator))


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
