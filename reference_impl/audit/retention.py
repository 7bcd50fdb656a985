"""What may leave the disk (10.5.1): twelve months are kept, the last three at hand. Nothing is deleted here."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from reference_impl.audit.chain import BrokenChainError, Chainer, segments_of
from reference_impl.errors import IntegrityError
from reference_impl.secret import Secret

AT_HAND = timedelta(days=92)
"""Three months, the longest there are."""
KEPT = timedelta(days=366)
"""Twelve months."""


class Retention(NamedTuple):
    """`archivable`: segments older than three months, oldest first; `expired`: those of them older than twelve.

    They leave from the oldest on, and verifying is then told the number of the first record that is left.
    """

    archivable: list[Path]
    expired: list[Path]


def retention(folder: Path, key: Secret[bytes], now: datetime) -> Retention:
    """A segment is as old as its last record; when the next one was begun says that, and is part of the chain.

    The last segment is never among them. Raises IntegrityError for a link that was changed, OSError.
    """
    chainer = Chainer(key)
    segments = segments_of(folder)
    found = Retention([], [])
    for segment, following in pairwise(segments):
        if not following.stat().st_size:
            break
        try:
            age = now - chainer.link(following).at
        except BrokenChainError:
            raise IntegrityError("the audit log was changed; see audit verify") from None
        if age <= AT_HAND:
            break
        found.archivable.append(segment)
        if age > KEPT:
            found.expired.append(segment)
    return found
