"""Writes batches of records at the end of the log: one write and one fdatasync each."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.audit import head as heads
from reference_impl.audit.chain import Chainer, Link, line_of, segment_name
from reference_impl.audit.model import Event, Head
from reference_impl.audit.record import encode
from reference_impl.errors import UnavailableError

_LOG = logging.getLogger(__name__)
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


def sync_folder(folder: Path) -> None:
    """Makes names in it durable: a new file is lost in a power cut without."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class SegmentWriter:
    """The end of the log. For one thread at a time; `recovery` says where it is.

    `name`: of the log; `count`: of its records; `mac`: of its last line; `segment`: its last one.
    """

    def __init__(
        self,
        folder: Path,
        chainer: Chainer,
        signing_key: Ed25519PrivateKey,
        *,
        name: str,
        count: int,
        mac: bytes,
        segment: Path | None,
        segment_bytes: int,
    ) -> None:
        self._folder = folder
        self._chainer = chainer
        self._signing_key = signing_key
        self._name = name
        self._count = count
        self._mac = mac
        self._segment_bytes = segment_bytes
        self._descriptor, self._size = -1, segment_bytes  # full: the next batch begins a segment
        self._half_written = False
        if segment:
            self._descriptor = os.open(segment, _FLAGS, 0o600)
            self._size = os.fstat(self._descriptor).st_size

    def commit(self, events: Sequence[Event], at: datetime) -> Head:
        """Returns when they are on disk, with the head for `store_head`. Raises UnavailableError: then none is."""
        count, mac, lines = self._count, self._mac, []
        try:
            if self._size >= self._segment_bytes:
                self._begin_segment()
            self._undo()
            if not self._size:
                body = Link(count + 1, mac, at).encode()
                mac = self._chainer.mac(mac, body)
                lines.append(line_of(mac, body))
            for event in events:
                count += 1
                body = encode(event, count)
                mac = self._chainer.mac(mac, body)
                lines.append(line_of(mac, body))
            written = self._write(b"".join(lines))
        except OSError as error:
            with suppress(OSError):  # the next batch tries again before it writes
                self._undo()
            raise UnavailableError("the audit log cannot be written") from error
        self._size += written
        self._count, self._mac = count, mac
        return heads.sign(Head(self._name, count, mac, at), self._signing_key)

    def store_head(self, head: Head) -> None:
        """After each batch. Raises nothing: the records are safe, and the next batch brings the next head."""
        try:
            heads.store(self._folder, head)
        except OSError as error:
            _LOG.warning("the head of the audit log cannot be written: %s", os.strerror(error.errno or 0))

    def close(self) -> None:
        """Once, at the end."""
        if self._descriptor >= 0:
            os.close(self._descriptor)

    def _begin_segment(self) -> None:
        descriptor = os.open(self._folder / segment_name(self._count + 1), _FLAGS, 0o600)
        self.close()
        self._descriptor, self._size = descriptor, 0
        sync_folder(self._folder)

    def _write(self, data: bytes) -> int:
        self._half_written = True
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        os.fdatasync(self._descriptor)
        self._half_written = False
        return len(data)

    def _undo(self) -> None:
        """What a failed write left. Never otherwise: a file that may only grow (`chattr +a`) is as good."""
        if self._half_written:
            os.ftruncate(self._descriptor, self._size)
            self._half_written = False
