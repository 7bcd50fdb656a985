"""Magnetic stripe data (ISO/IEC 7813): a card number followed by what only the stripe puts behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

from scanner.engines.pan.candidates import Candidate

_CARET = rb"(?:\^|%5[Ee]|\\u005[Ee]|&#94;)"
_DATE_AND_SERVICE = rb"[0-9]{2}(?:0[1-9]|1[0-2])[1256790][0-9]{2}"
_ONE = re.compile(_CARET + rb"[^\^\r\n?]{2,40}?" + _CARET + _DATE_AND_SERVICE + rb"[^\r\n?\"']{0,100}\??")
_TWO = re.compile(rb"(?:=|%3[Dd]|\\u003[Dd]|[Dd])" + _DATE_AND_SERVICE + rb"[0-9]{1,20}[Ff]?\??")
_START_ONE, _START_TWO = re.compile(rb"(?:%25|%)?[Bb]$"), re.compile(rb"(?:;|%3[Bb])$")


class Track(NamedTuple):
    """Bytes `start` to `end` hold track `kind`."""

    start: int
    end: int
    kind: int


def track_at(data: bytes, number: Candidate) -> Track | None:
    """The track that the number is part of. The number has passed all checks already."""
    before, after = data[max(0, number.start - 4) : number.start], data[number.end : number.end + 200]
    for kind, pattern, opening in ((1, _ONE, _START_ONE), (2, _TWO, _START_TWO)):
        if match := pattern.match(after):
            start = opening.search(before)
            return Track(number.start - (len(start[0]) if start else 0), number.end + match.end(), kind)
    return None
