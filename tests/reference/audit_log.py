"""Logs to test with."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.audit import head as heads
from reference_impl.audit.chain import GENESIS, Chainer
from reference_impl.audit.log import FileAuditLog
from reference_impl.audit.model import Event, Filter, Head, Outcome, Record
from reference_impl.audit.reader import LogReader
from reference_impl.audit.writer import SegmentWriter
from reference_impl.secret import Secret

KEY = Secret(os.urandom(32))
SIGNING_KEY = Ed25519PrivateKey.generate()
PUBLIC_KEY = SIGNING_KEY.public_key()
START = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


def event(number: int = 0, **changes: Any) -> Event:
    """One like any other."""
    values: dict[str, Any] = {
        "user": "alice@example.com",
        "action": "token.detokenize",
        "at": START + timedelta(seconds=number),
        "outcome": Outcome.SUCCESS,
        "origin": "192.0.2.7",
        "resource": f"token/{number}",
        "tenant": "shop-1",
    }
    return Event(**(values | changes))


def open_log(folder: Path, **options: Any) -> Any:
    """To be awaited."""
    return FileAuditLog.open(folder, **({"key": KEY, "signing_key": SIGNING_KEY} | options))


def written(folder: Path, sizes: Sequence[int], segment_bytes: int = 1500) -> Head:
    """A log of batches of those sizes, written without an event loop; its head."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    heads.store(folder, heads.sign(Head("audit", 0, GENESIS, START), SIGNING_KEY))
    writer = SegmentWriter(
        folder,
        Chainer(KEY),
        SIGNING_KEY,
        name="audit",
        count=0,
        mac=GENESIS,
        segment=None,
        segment_bytes=segment_bytes,
    )
    done, head = 0, None
    for size in sizes:
        head = writer.commit([event(done + place) for place in range(size)], START + timedelta(seconds=done))
        writer.store_head(head)
        done += size
    writer.close()
    assert head
    return head


def records(folder: Path, wanted: Filter | None = None) -> list[Record]:
    """All that verify."""
    return list(LogReader(folder, Chainer(KEY)).oldest_first(wanted or Filter(), 2**62))
