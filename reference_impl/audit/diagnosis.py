"""What was done at the line where the chain breaks. Only the place is proof; the kind is read off what is around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from reference_impl.audit.chain import BrokenChainError, Chainer, body_of, containing, first_of
from reference_impl.audit.record import decode
from reference_impl.audit.verdict import Tampering


def diagnose(chainer: Chainer, segments: Sequence[Path], broken: BrokenChainError) -> Tampering:
    """`broken.count + 1` is the number of the record that should be there."""
    here = segments.index(broken.segment)
    rest = _lines(segments[here:], broken.line - 1)
    line = next(rest, b"")
    if broken.line == 1:
        return _of_segment(broken)
    expected, found = broken.count + 1, _number(line)
    if found is not None and found < expected and _known(segments[: here + 1], found, line):
        return Tampering.DUPLICATED
    later = list(islice((other for other in rest if other == line or chainer.fits(broken.mac, other)), 2))
    if not any(chainer.fits(broken.mac, other) for other in later):
        gone = found is not None and found > expected
        return Tampering.DROPPED if gone else Tampering.EDITED
    if line in later:
        return Tampering.DUPLICATED
    return Tampering.REORDERED if found is not None and found > expected else Tampering.INSERTED


def _of_segment(broken: BrokenChainError) -> Tampering:
    """The link was changed, or segments before it are gone, or it was put there."""
    first = first_of(broken.segment)
    if first > broken.count + 1:
        return Tampering.DROPPED
    return Tampering.INSERTED if first <= broken.count else Tampering.EDITED


def _known(segments: Sequence[Path], number: int, line: bytes) -> bool:
    """Whether the record of that number is that very line."""
    segment = segments[containing(segments, number)]
    place = number - first_of(segment) + 1
    return next(islice(_lines([segment], place), 1), b"") == line


def _lines(segments: Sequence[Path], skip: int) -> Iterator[bytes]:
    """With their breaks; links are among them."""
    for segment in segments:
        with segment.open("rb") as file:
            yield from islice(file, skip, None)
        skip = 0


def _number(line: bytes) -> int | None:
    """What it says its number is."""
    try:
        return decode(body_of(line)).number
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
