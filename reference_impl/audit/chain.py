"""The chain of MACs, and the walk along it that verifying, starting and reading have in common.

A line is the MAC (64 hex digits), a space and a body; the MAC is HMAC-SHA256 over the MAC before it (32 bytes) and the
body. The first line of a segment is a link: the number of its first record, the MAC before it, and when it was begun;
it is chained like a record, so that each segment can be walked alone and no segment fits after another.
"""

from __future__ import annotations

import json
from binascii import hexlify
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from reference_impl.secret import Secret

GENESIS = bytes(32)
_BODY = 65
_READ_BYTES = 1 << 20


class Link(NamedTuple):
    """`first`: the number of the segment's first record; `previous`: the MAC before it."""

    first: int
    previous: bytes
    at: datetime

    def encode(self) -> bytes:
        """Its body."""
        fields = {"at": self.at.isoformat(), "first": self.first, "previous": self.previous.hex()}
        return json.dumps({"link": fields}, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def decode(cls, body: bytes) -> Link:
        """Raises ValueError."""
        try:
            fields = json.loads(body)["link"]
            return cls(int(fields["first"]), bytes.fromhex(fields["previous"]), datetime.fromisoformat(fields["at"]))
        except (KeyError, TypeError):
            raise ValueError("no link") from None


class BrokenChainError(Exception):
    """The line that is not what was written there. `count`: good records before it; `mac`: the last good MAC."""

    def __init__(self, segment: Path, line: int, count: int, mac: bytes) -> None:
        super().__init__("the chain is broken")
        self.segment, self.line, self.count, self.mac = segment, line, count, mac


class Chainer:
    """Computes MACs. The keyed state is copied for each: less than half the time of keying it again."""

    def __init__(self, key: Secret[bytes]) -> None:
        self.keyed = HMAC(key.reveal(), SHA256())

    def mac(self, previous: bytes, body: bytes) -> bytes:
        """Of a body after the line with that MAC."""
        state = self.keyed.copy()
        state.update(previous + body)
        return state.finalize()

    def fits(self, previous: bytes, line: bytes) -> bool:
        """Whether a line, with its line break, follows the one with that MAC."""
        expected = hexlify(self.mac(previous, line[_BODY:-1])) + b" "
        return line.endswith(b"\n") and compare_digest(expected, line[:_BODY])

    def link(self, segment: Path) -> Link:
        """Of a segment. Raises BrokenChainError if it is not what was written, OSError if it cannot be read."""
        with segment.open("rb") as lines:
            return self.checked_link(segment, lines.readline(4096))

    def checked_link(self, segment: Path, line: bytes) -> Link:
        """Raises BrokenChainError."""
        try:
            link = Link.decode(line[_BODY:])
        except ValueError:
            raise BrokenChainError(segment, 1, first_of(segment) - 1, GENESIS) from None
        if link.first != first_of(segment) or not self.fits(link.previous, line):
            raise BrokenChainError(segment, 1, first_of(segment) - 1, GENESIS)
        return link


def line_of(mac: bytes, body: bytes) -> bytes:
    """As it is written."""
    return hexlify(mac) + b" " + body + b"\n"


def body_of(line: bytes) -> bytes:
    """Without MAC and line break."""
    return line[_BODY:-1]


def segment_name(first: int) -> str:
    """Sorts by number."""
    return f"{first:016d}.log"


def first_of(segment: Path) -> int:
    """The number of the first record, as the name says."""
    return int(segment.stem)


def segments_of(folder: Path) -> list[Path]:
    """In order. Raises OSError."""
    return sorted(path for path in folder.iterdir() if path.suffix == ".log" and path.stem.isdecimal())


def containing(segments: Sequence[Path], number: int) -> int:
    """The index of the segment that record is in, of the first one if it is in none."""
    return max((index for index, segment in enumerate(segments) if first_of(segment) <= number), default=0)


class Walk:
    """Goes through segments that follow each other and checks every line.

    Afterwards (or after a break): `count` and `mac` are those of the last good line, `macs` the MACs of the records
    whose numbers were asked for in `marks`, `whole` the bytes of complete lines in the last segment, and `unfinished`
    the bytes after them: a write under way, or a crash in the middle of one.
    """

    def __init__(self, chainer: Chainer, segments: Sequence[Path], marks: Collection[int] = ()) -> None:
        self.chainer = chainer
        self.segments = segments
        self.count, self.mac = 0, GENESIS
        self.marks = frozenset(marks)
        self.macs: dict[int, bytes] = {0: GENESIS}
        self.whole = self.unfinished = 0

    def run(self) -> None:
        """To the end. Raises BrokenChainError at the first line that is not what was written, and OSError."""
        for _ in self.bodies():
            pass

    def bodies(self) -> Iterator[tuple[int, bytes]]:
        """Number and body of each record. Raises as `run`."""
        self.count = first_of(self.segments[0]) - 1 if self.segments else 0
        for segment in self.segments:
            with segment.open("rb", buffering=_READ_BYTES) as lines:
                self.whole = self.unfinished = 0
                link_line = next(lines, b"")
                if not link_line.endswith(b"\n"):  # begun when the service was killed
                    if segment is not self.segments[-1] or first_of(segment) != self.count + 1:
                        raise BrokenChainError(segment, 1, self.count, self.mac)
                    self.unfinished = len(link_line)
                    return
                self._follow(segment, link_line)
                yield from self._records(segment, lines)

    def _follow(self, segment: Path, link_line: bytes) -> None:
        """The link of a segment: after the records walked so far, if there are any."""
        started = segment is not self.segments[0]
        try:
            link = self.chainer.checked_link(segment, link_line)
        except BrokenChainError:
            raise BrokenChainError(segment, 1, self.count, self.mac) from None
        known = self.mac if started or link.first == 1 else link.previous
        if link.first != self.count + 1 or not compare_digest(link.previous, known):
            raise BrokenChainError(segment, 1, self.count, self.mac)
        self.macs.update(dict.fromkeys({self.count} & self.marks, link.previous))
        self.mac = self.chainer.mac(link.previous, body_of(link_line))
        self.whole = len(link_line)

    def _records(self, segment: Path, lines: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
        """The inner loop: local names, one HMAC a line."""
        keyed, marks, same = self.chainer.keyed, self.marks, compare_digest
        count, mac, whole, first = self.count, self.mac, self.whole, self.count
        try:
            for line in lines:
                state = keyed.copy()
                state.update(mac + line[_BODY:-1])
                found = state.finalize()
                if not same(hexlify(found) + b" ", line[:_BODY]) or line[-1] != 10:
                    if line[-1] != 10 and segment is self.segments[-1]:
                        self.unfinished = len(line)
                        return
                    raise BrokenChainError(segment, count - first + 2, count, mac)
                mac = found
                count += 1
                whole += len(line)
                if count in marks:
                    self.macs[count] = mac
                yield count, line[_BODY:-1]
        finally:
            self.count, self.mac, self.whole = count, mac, whole
