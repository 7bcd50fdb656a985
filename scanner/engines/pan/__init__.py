"""Card numbers in any text file: `PanEngine` finds what looks like one and says how sure it is, and why.

    candidates.py   RE2 over the bytes, boundaries, grouping, length, issuer, check digit
    tracks.py       whether a number is the start of magnetic stripe data
    places.py       what the file says about a place: the name before it, its column, the lines around it
    judge.py        from all that to a confidence, or to "this is no card number"

Rules: `card_number_in_files.text`, `card_number_in_files.test_card` (numbers processors publish for tests: info) and
`track_data_stored.text`. Of each at most `SHOWN` places of a file are reported, then one hit that counts the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from scanner.cards import Cards, masked
from scanner.engines.pan.candidates import Candidate, Finder
from scanner.engines.pan.judge import Crowd, Verdict, judge
from scanner.engines.pan.places import Places
from scanner.engines.pan.tracks import Track, track_at
from scanner.model import Confidence, Hit, Json, Problem, Report, Severity
from scanner.text import Source, is_utf16

TEXT, TEST_CARD, TRACK = "card_number_in_files.text", "card_number_in_files.test_card", "track_data_stored.text"
SHOWN = 20
_JUDGED = 5_000
"""Numbers of a file that are judged one by one; a file with more is a dump, and the rest is counted."""


class _Found(NamedTuple):
    """Something to report: bytes from `start` to `end` of the file."""

    rule: str
    start: int
    end: int
    message: str
    confidence: Confidence
    severity: Severity | None = None


class PanEngine:
    """Compiled once, used for any number of files, one thread at a time."""

    def __init__(self, cards: Json) -> None:
        """`cards`: {"issuers": ..., "test_cards": ...} as parsed from `rules/cards`. RuleError: unusable."""
        self._cards = Cards(cards)
        self._finder = Finder(self._cards)

    def scan(self, source: Source) -> Report:
        """The card numbers and track data of a file. Never raises for what the file holds."""
        source = _utf8(source)
        search = self._finder.search(source.data)
        numbers = list(islice(search, _JUDGED))
        if not numbers:
            return Report(problems=_problems(source, search.stopped))
        rest = sum(1 for _ in search)
        places, crowd = Places(source), Crowd(len(search.long_numbers), len(search.long_cards))
        found = [item for number in numbers if (item := self._found(places, number, crowd))]
        rests = {(found[-1].rule if found else TEXT): rest}
        hits = [hit for rule in (TEXT, TEST_CARD, TRACK) for hit in _hits(source, rule, found, rests.get(rule, 0))]
        return Report(tuple(hits), problems=_problems(source, search.stopped))

    def _found(self, places: Places, number: Candidate, crowd: Crowd) -> _Found | None:
        name = self._name(number)
        track = track_at(places.data, number)
        tested = self._cards.is_test_card(number.digits)
        if track:
            return _track_found(track, number, name, tested)
        if number.joined:
            return None
        if tested:
            message = (
                f"{name} test number {masked(number.digits)}, published by {', '.join(self._published(number))}: "
                "no real card, nothing to do"
            )
            return _Found(TEST_CARD, number.start, number.end, message, Confidence.HIGH, Severity.INFO)
        brand = self._cards.brand(number.digits)
        verdict = judge(places, number, crowd, common=brand is not None and self._cards.brands[brand].common)
        return _number_found(number, name, verdict) if verdict else None

    def _name(self, number: Candidate) -> str:
        brand = self._cards.brand(number.digits)
        return self._cards.brands[brand].name if brand else "Card"

    def _published(self, number: Candidate) -> Iterable[str]:
        return (name.replace("_", ".") for name in self._cards.processors(number.digits))


def _number_found(number: Candidate, name: str, verdict: Verdict) -> _Found:
    message = (
        f"{name} card number {masked(number.digits)}: length, issuer and check digit are those of a card, "
        f"{verdict.reason}. Put a published test number or a generated one here; if this one is real, take it out of "
        "the history as well"
    )
    return _Found(TEXT, number.start, number.end, message, verdict.confidence)


def _track_found(track: Track, number: Candidate, name: str, tested: bool) -> _Found:
    message = (
        f"Track {track.kind} data of {name} {masked(number.digits)}: number, expiry and service code stand as on the "
        "magnetic stripe. It must not be kept after authorisation, not even encrypted: delete it, also in the history"
    )
    severity = Severity.INFO if tested else None
    return _Found(TRACK, track.start, track.end, message, Confidence.HIGH, severity)


def _hits(source: Source, rule: str, found: Iterable[_Found], rest: int) -> list[Hit]:
    """At most `SHOWN` hits of a rule in order of place, then one that says how many more there are.

    `rest`: numbers nobody judged; they are like the last one judged.
    """
    own = [item for item in found if item.rule == rule]
    own.sort(key=lambda item: (list(Confidence).index(item.confidence), item.start))
    shown, more = sorted(own[:SHOWN], key=lambda item: item.start), own[SHOWN:]
    hits = [_hit(source, item) for item in shown]
    count = len(more) + rest
    if count and (next_one := more[:1] or shown[-1:]):
        hits.append(_hit(source, next_one[0], f"{count} more like the {len(shown)} listed stand in this file"))
    return hits


def _hit(source: Source, item: _Found, message: str = "") -> Hit:
    place = source.place(item.start, item.end)
    return Hit(item.rule, place, message or item.message, severity=item.severity, confidence=item.confidence)


def _problems(source: Source, stopped: int) -> tuple[Problem, ...]:
    if not stopped:
        return ()
    line = source.position(stopped)[0]
    return (
        Problem(source.path, "more long numbers than can be looked at: the rest was not searched for cards", line=line),
    )


def _utf8(source: Source) -> Source:
    """The file in UTF-8: UTF-16 is recoded, lines and columns stay."""
    if is_utf16(source.data):
        return Source(source.path, source.text.encode("utf-8", "replace"))
    return source
