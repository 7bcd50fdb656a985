"""Reads the log for reviews and reports. What does not verify is not shown: it raises IntegrityError."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from reference_impl.audit.chain import BrokenChainError, Chainer, Walk, containing, first_of, segments_of
from reference_impl.audit.model import Filter, Record
from reference_impl.audit.record import decode, needle
from reference_impl.errors import IntegrityError, UnavailableError

_SLACK = timedelta(hours=1)
"""How far the time of an event may be from that of its writing when segments are chosen by period."""


class LogReader:
    """Of a folder, which may be written to at the same time. Blocks: run it in a thread."""

    def __init__(self, folder: Path, chainer: Chainer) -> None:
        self._folder = folder
        self._chainer = chainer

    def oldest_first(self, wanted: Filter, last: int) -> Iterator[Record]:
        """Up to record `last`. Raises IntegrityError, UnavailableError."""
        for segment in self._segments(wanted, last):
            yield from self._records(segment, wanted, last)

    def newest_first(self, wanted: Filter, last: int, limit: int) -> list[Record]:
        """At most so many, from record `last` downwards. Raises IntegrityError, UnavailableError."""
        found: list[Record] = []
        for segment in reversed(self._segments(wanted, last)):
            found += reversed(deque(self._records(segment, wanted, last), maxlen=limit - len(found)))
            if len(found) == limit:
                break
        return found

    def _segments(self, wanted: Filter, last: int) -> Sequence[Path]:
        """Those that may hold such records. They are found by bisection: there may be many thousands."""

        def begun(segment: Path) -> datetime:
            return self._chainer.link(segment).at

        with _reading():
            segments = segments_of(self._folder)
            segments = segments[: containing(segments, last) + 1]
            start = bisect_left(segments, wanted.since - _SLACK, key=begun) if wanted.since else 0
            end = bisect_left(segments, wanted.until + _SLACK, key=begun) if wanted.until else len(segments)
        return segments[max(0, start - 1) : end]

    def _records(self, segment: Path, wanted: Filter, last: int) -> Iterator[Record]:
        if first_of(segment) > last:
            return
        needles = [
            needle(name, value)
            for name in ("tenant", "user", "action", "resource", "currency")
            if (value := getattr(wanted, name)) is not None
        ]
        with _reading():
            for number, body in Walk(self._chainer, [segment]).bodies():
                if number > last:
                    return
                if all(each in body for each in needles):
                    record = decode(body)
                    if _within(record.event.at, wanted):
                        yield record


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnavailableError("the audit log cannot be read") from error
    except BrokenChainError:
        raise IntegrityError("the audit log was changed; see audit verify") from None


def _within(at: datetime, wanted: Filter) -> bool:
    return (wanted.since is None or wanted.since <= at) and (wanted.until is None or at < wanted.until)
