"""Says whether a log is as it was written, and where it is not. Streams: memory does not grow with the log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from reference_impl.audit import head as heads
from reference_impl.audit.chain import BrokenChainError, Chainer, Walk, containing, first_of, segments_of
from reference_impl.audit.diagnosis import diagnose
from reference_impl.audit.model import Head
from reference_impl.audit.verdict import Tampering, Verdict
from reference_impl.errors import IntegrityError
from reference_impl.secret import Secret


def verify(
    folder: Path,
    key: Secret[bytes],
    public_key: Ed25519PublicKey,
    anchored: Head | None = None,
    *,
    acknowledged: Head | None = None,
    first: int = 1,
) -> Verdict:
    """`key`: of the MACs; `public_key`: of the heads; `anchored`: what `Anchor.latest()` gave; `acknowledged`: the head
    of the process that writes it; `first`: the number of the first record that has to be there, more than 1 once older
    segments were archived (10.5.1).

    May run while the service writes. Raises OSError if something cannot be read.
    """
    folder.stat()  # no folder is another answer than an empty one
    known = _trusted_heads(folder, public_key, anchored, acknowledged)
    if not known:
        return Verdict(0, first, Tampering.HEAD)
    segments = segments_of(folder)
    if segments and first_of(segments[0]) != first:
        return Verdict(0, first, Tampering.DROPPED, segments[0].name, 1, first)
    chainer = Chainer(key)
    walk = Walk(chainer, segments, marks={each.count for each in known})
    try:
        walk.run()
    except BrokenChainError as broken:
        tampering = diagnose(chainer, segments, broken)
        return Verdict(broken.count + 1 - first, first, tampering, broken.segment.name, broken.line, broken.count + 1)
    for each in known:
        if each.count > walk.count:
            segment, line = _place(segments, walk.count + 1)
            return Verdict(walk.count + 1 - first, first, Tampering.CUT_OFF, segment, line, walk.count + 1)
        if walk.macs.get(each.count) != each.mac:
            segment, line = _place(segments, each.count)
            return Verdict(each.count - first, first, Tampering.REWRITTEN, segment, line, each.count)
    return Verdict(
        walk.count + 1 - first,
        first,
        after_head=walk.count - known[0].count,
        unfinished=walk.unfinished,
        anchored=anchored.count if anchored else None,
    )


def _trusted_heads(folder: Path, public_key: Ed25519PublicKey, *others: Head | None) -> list[Head]:
    """The head on disk first, read before the records: a log that is being written is ahead of it, never behind.

    Empty if one of them cannot be trusted; `others`: those that are known besides.
    """
    try:
        head = heads.load(folder)
        known = [heads.check(each, public_key) for each in (head, *others) if each]
    except IntegrityError:
        return []
    return known if head and all(each.log == head.log for each in known) else []


def _place(segments: Sequence[Path], number: int) -> tuple[str, int]:
    """Segment and line of a record; line 1 is the link."""
    if not segments:
        return "", 0
    segment = segments[containing(segments, number)]
    return segment.name, number - first_of(segment) + 2
