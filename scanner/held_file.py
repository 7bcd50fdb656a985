"""A file that keeps whoever opens it waiting until it is written.

The kernel does that for the holder of a write lease (fcntl(2), F_SETLEASE; Linux, most local file systems). A program
that takes long to start can so be started before its input is there.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path


class HeldFile:
    """An empty file nobody else can open yet. Raises OSError where there is no such thing.

    The kernel ends the wait by itself after a time (45 s by default): whoever waited then finds the file empty.
    """

    def __init__(self, path: Path) -> None:
        try:
            import fcntl

            lease, notice = fcntl.F_SETLEASE, fcntl.F_SETSIG
        except (ImportError, AttributeError):
            raise OSError("this system has no file leases") from None
        self.path = path
        self._stream = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        try:
            fcntl.fcntl(self._stream, notice, signal.SIGURG)  # news of who waits: a signal that is ignored by default
            fcntl.fcntl(self._stream, lease, fcntl.F_WRLCK)
        except OSError:
            self._stream.close()
            raise

    def write(self, data: bytes) -> None:
        """Gives it its content and lets go of it. Raises OSError, for a full disk."""
        with self._stream:
            self._stream.write(data)

    def __enter__(self) -> HeldFile:
        return self

    def __exit__(self, *_: object) -> None:
        """Lets go of it as it is."""
        self._stream.close()
