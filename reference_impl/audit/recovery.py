"""What a log finds when it is opened: where it ended, and what a crash left behind.

Lines after the last head are adopted if the chain holds: they were written, perhaps acknowledged. One unfinished line
at the very end is set aside. Anything else is not what a crash leaves, and nothing is written after it.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from reference_impl.audit import head as heads
from reference_impl.audit.chain import GENESIS, BrokenChainError, Chainer, Walk, containing, segments_of
from reference_impl.audit.model import Head
from reference_impl.audit.writer import sync_folder
from reference_impl.errors import ConfigurationError, IntegrityError


@dataclass(frozen=True, slots=True)
class Recovered:
    """`new`: nothing was there; `count`: records there are, `adopted` of them after the last head; `mac`: of the last
    line; `segment`: the last one; `torn`: where an unfinished line was put.
    """

    new: bool = False
    count: int = 0
    adopted: int = 0
    mac: bytes = GENESIS
    segment: Path | None = None
    torn: Path | None = None


def prepare_folder(folder: Path) -> None:
    """Makes it for this user only. Raises ConfigurationError if others may read or write it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        raise ConfigurationError("the folder of the audit log is open to others: chmod 700")


def lock(folder: Path) -> int:
    """A descriptor that holds the lock until it is closed. Raises ConfigurationError if somebody else writes here."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise ConfigurationError("another process writes this audit log: one folder for each") from None
    return descriptor


def recover(
    folder: Path, name: str, chainer: Chainer, public_key: Ed25519PublicKey, anchored: Head | None
) -> Recovered:
    """Checks everything from the last head on. Raises IntegrityError, after which nothing was changed."""
    head = heads.load(folder)
    segments = segments_of(folder)
    if head is None:
        if segments or anchored:
            raise IntegrityError("the audit log has no head")
        return Recovered(new=True)
    known = [heads.check(each, public_key) for each in (head, anchored) if each]
    if any(each.log != name for each in known):
        raise IntegrityError("this is the head of another audit log")
    walk = _checked(chainer, segments, known)
    if not segments:
        return Recovered()
    torn = _set_aside(segments[-1], walk) if walk.unfinished else None
    return Recovered(False, walk.count, walk.count - head.count, walk.mac, segments[-1], torn)


def _checked(chainer: Chainer, segments: list[Path], known: list[Head]) -> Walk:
    """The walk from the earliest of those heads to the end, past all of them."""
    start = containing(segments, min(each.count for each in known))
    walk = Walk(chainer, segments[start:], marks={each.count for each in known})
    try:
        walk.run()
    except BrokenChainError as broken:
        where = f"{broken.segment.name}, line {broken.line}"
        raise IntegrityError(f"the audit log was changed: {where}; see audit verify") from None
    if any(each.count > walk.count for each in known):
        raise IntegrityError("records are missing at the end of the audit log; see audit verify")
    if any(walk.macs.get(each.count) != each.mac for each in known):
        raise IntegrityError("the audit log does not fit its head; see audit verify")
    return walk


def _set_aside(segment: Path, walk: Walk) -> Path:
    """Moves the unfinished line to a file of its own: copied and synced first, cut off then."""
    torn = segment.with_name(f"{segment.stem}-{walk.whole}-{os.urandom(4).hex()}.torn")
    with segment.open("r+b") as file:
        file.seek(walk.whole)
        descriptor = os.open(torn, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as copy:
            copy.write(file.read())
            copy.flush()
            os.fsync(descriptor)
        sync_folder(segment.parent)
        file.truncate(walk.whole)
        os.fsync(file.fileno())
    return torn
