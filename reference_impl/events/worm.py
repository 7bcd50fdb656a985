"""A folder in which files are written once: for one machine, and for storage that is itself write-once.

Files have mode 0400 and appear whole or not at all; their time of modification, as nothing modifies them, is until when
they are to be kept. Who may write the folder can still remove them, which `verify` finds; where it must be impossible,
use `s3`, or mount storage with a retention of its own.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import stat
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from reference_impl.errors import ConflictError, UnavailableError

_MODE = 0o400


class WormFolder:
    """Implements `SegmentStore`."""

    def __init__(self, folder: Path) -> None:
        """Made, of mode 0700, if it is not there."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder

    async def check(self) -> None:
        """See `SegmentStore`: a folder is as good as its file system."""

    async def put(self, name: str, data: bytes, keep_until: datetime) -> None:
        """See `SegmentStore`. Nothing here ever removes a file."""
        await asyncio.to_thread(self._put, name, data, keep_until.timestamp())

    async def get(self, name: str) -> bytes | None:
        """See `SegmentStore`."""
        return await asyncio.to_thread(self._get, name)

    async def locked(self, name: str, until: datetime) -> bool:
        """Whether it is a file that nobody but root can write without changing its mode first."""
        try:
            found = (self._folder / name).lstat()
        except OSError:
            return False
        as_made = stat.S_ISREG(found.st_mode) and stat.S_IMODE(found.st_mode) == _MODE
        return as_made and found.st_mtime >= int(until.timestamp())

    def _put(self, name: str, data: bytes, keep_until: float) -> None:
        new = self._folder / f".{name}.{secrets.token_hex(8)}"
        try:
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, _MODE)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.utime(descriptor, (keep_until, keep_until))
                os.fsync(descriptor)
            os.link(new, self._folder / name)  # unlike a rename it never replaces anything
            self._sync()
        except FileExistsError:
            raise ConflictError("there is a segment of that name") from None
        except OSError as error:
            raise UnavailableError("a segment cannot be written") from error
        finally:
            with suppress(OSError):
                new.unlink()

    def _get(self, name: str) -> bytes | None:
        try:
            descriptor = os.open(self._folder / name, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
            with os.fdopen(descriptor, "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UnavailableError("a segment cannot be read") from error

    def _sync(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
