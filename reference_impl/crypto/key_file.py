"""A file only its owner reads, replaced as a whole or not at all."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from reference_impl.errors import ConfigurationError, UnavailableError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Stamp(NamedTuple):
    """Differs between two versions of a file: each is a file of its own that took the name over."""

    inode: int
    changed: int


def stamp(path: Path) -> Stamp:
    """Of the file that has the name now. Raises UnavailableError if there is none."""
    try:
        status = path.stat()
    except OSError as error:
        raise UnavailableError("the key file is gone or cannot be reached") from error
    return Stamp(status.st_ino, status.st_ctime_ns)


def read(path: Path) -> tuple[bytes, Stamp]:
    """Raises ConfigurationError if there is none, if it is a link, or if anyone but its owner may read or write it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise ConfigurationError("there is no key file that can be read; a new one is made only when asked") from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if status.st_uid != os.geteuid() or status.st_mode & _OTHERS or not stat.S_ISREG(status.st_mode):
            raise ConfigurationError("the key file must be a regular file of this user with mode 0600")
        return file.read(), Stamp(status.st_ino, status.st_ctime_ns)


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """One writer at a time among threads and processes; the lock ends with the process. Gives the open folder."""
    try:
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise UnavailableError("the folder of the key file cannot be reached") from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(folder)


def write(path: Path, content: bytes, folder: int, *, replace: bool) -> None:
    """Within `locked`. After a power cut there is the old content or the new one, never a part.

    Raises ConfigurationError if the file exists and must not be replaced, UnavailableError if it cannot be written (a
    full disk, a folder without permission): the old content stays.
    """
    new = path.with_name(f"{path.name}.new")
    try:
        new.unlink(missing_ok=True)  # of a writer that died
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            new.replace(path)
        else:
            os.link(new, path)
            new.unlink()
        os.fsync(folder)
    except FileExistsError as error:
        new.unlink(missing_ok=True)
        raise ConfigurationError("there is a key file already; it is never overwritten") from error
    except OSError as error:
        raise UnavailableError("the key file cannot be written") from error
