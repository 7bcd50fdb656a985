"""Takes a folder over: locks it, finds out where the log ended, and records that it goes on (10.2.1.6)."""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.audit import head as heads
from reference_impl.audit.chain import GENESIS, Chainer
from reference_impl.audit.model import Event, Head, Outcome
from reference_impl.audit.recovery import Recovered, lock, prepare_folder, recover
from reference_impl.audit.writer import SegmentWriter
from reference_impl.errors import UnavailableError


class Opened(NamedTuple):
    """`head`: with the records of this start; `locked`: a descriptor, closed last."""

    writer: SegmentWriter
    head: Head
    locked: int


def take_over(
    folder: Path,
    chainer: Chainer,
    signing_key: Ed25519PrivateKey,
    *,
    name: str,
    anchored: Head | None,
    segment_bytes: int,
    now: datetime,
) -> Opened:
    """Raises ConfigurationError, IntegrityError and UnavailableError; nothing stays open then."""
    try:
        with ExitStack() as undo:
            prepare_folder(folder)
            locked = lock(folder)
            undo.callback(os.close, locked)
            found = recover(folder, name, chainer, signing_key.public_key(), anchored)
            if found.new:  # before the first segment: segments without a head are no log that was killed early
                heads.store(folder, heads.sign(Head(name, 0, GENESIS, now), signing_key))
            writer = SegmentWriter(
                folder,
                chainer,
                signing_key,
                name=name,
                count=found.count,
                mac=found.mac,
                segment=found.segment,
                segment_bytes=segment_bytes,
            )
            undo.callback(writer.close)
            head = writer.commit(_events(found, now), now)
            writer.store_head(head)
            undo.pop_all()
            return Opened(writer, head, locked)
    except OSError as error:
        raise UnavailableError("the folder of the audit log cannot be used") from error


def own_event(action: str, at: datetime, resource: str = "audit_log", reason: str = "") -> Event:
    """Of the log itself."""
    return Event("service", action, at, Outcome.SUCCESS, "local", resource, reason=reason)


def _events(found: Recovered, now: datetime) -> list[Event]:
    """That it began, and what was found."""
    events = [own_event("audit.start", now)]
    if found.adopted:
        numbers = f"records/{found.count - found.adopted + 1}-{found.count}"
        events.append(own_event("audit.adopt", now, numbers, "written_after_last_head"))
    if found.torn:
        events.append(own_event("audit.set_aside", now, found.torn.name, "unfinished_line"))
    return events
