"""Whether the audit trail of events is what was written: nothing changed, removed, moved, added, or free to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import transaction
from reference_impl.errors import IntegrityError
from reference_impl.events import segments, store


class Damage(str, Enum):
    """What is wrong with a segment.

    CHANGED: not as the sink signed it, or not the one that was noted; MISSING; MOVED: another's, or not behind the one
    before; DOUBLED: it holds what one before it holds; UNLOCKED: somebody could change or remove it.
    """

    CHANGED = "changed"
    MISSING = "missing"
    MOVED = "moved"
    DOUBLED = "doubled"
    UNLOCKED = "unlocked"


class Finding(NamedTuple):
    """Of the segment with that number."""

    number: int
    damage: Damage


class Verdict(NamedTuple):
    """`segments`, `events`: that were read and are good."""

    segments: int
    events: int
    findings: tuple[Finding, ...]


async def verify(kept: segments.SegmentStore, engine: AsyncEngine, key: Ed25519PublicKey, sink: str) -> Verdict:
    """Reads the whole trail. Raises UnavailableError."""
    async with transaction(engine) as connection:
        noted = await store.reached(connection, sink)
    trail = _Trail(sink, noted, key)
    while (data := await kept.get(segments.name_of(trail.next))) is not None or trail.next <= max(noted, default=0):
        segment = trail.follow(data)
        if segment is not None:
            until = datetime.fromisoformat(segment.manifest.keep_until)
            if not await kept.locked(segments.name_of(segment.manifest.number), until):
                trail.findings.append(Finding(segment.manifest.number, Damage.UNLOCKED))
    return Verdict(trail.good, trail.events, tuple(trail.findings))


class _Trail:
    """Goes along it. After a segment that is damaged it goes on with what was noted of it."""

    def __init__(self, sink: str, noted: Mapping[int, str], key: Ed25519PublicKey) -> None:
        self._sink, self._noted, self._key = sink, noted, key
        self._previous = segments.GENESIS
        self._ends: dict[str, int] = {}
        self.next = 1
        self.good = self.events = 0
        self.findings: list[Finding] = []

    def follow(self, data: bytes | None) -> segments.Segment | None:
        """The next segment, if it is what was written there."""
        number, self.next = self.next, self.next + 1
        segment, damage = self._examined(number, data)
        if segment is None:
            self._previous = self._noted.get(number, "")
        else:
            self._previous = segment.digest
            self._ends |= segment.manifest.ends
            self.good += 1
            self.events += segment.manifest.count
        if damage:
            self.findings.append(Finding(number, damage))
        return segment

    def _examined(self, number: int, data: bytes | None) -> tuple[segments.Segment | None, Damage | None]:
        if data is None:
            return None, Damage.MISSING
        try:
            segment = segments.read(data, self._key)
        except IntegrityError:
            return None, Damage.CHANGED
        manifest = segment.manifest
        if (manifest.sink, manifest.number) != (self._sink, number) or manifest.previous != self._previous:
            return None, Damage.MOVED
        if number in self._noted and segment.digest != self._noted[number]:
            return None, Damage.CHANGED
        return segment, Damage.DOUBLED if self._doubles(segment) else None

    def _doubles(self, segment: segments.Segment) -> bool:
        positions = [each.position for each in segment.received]
        return len(set(positions)) < len(positions) or any(
            position.offset < self._ends.get(segments.place_of(position), 0) for position in positions
        )
