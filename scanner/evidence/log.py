"""A chained log of bundles (JSON lines): a bundle that is taken out, replaced or dated back later becomes visible.

Every entry holds the SHA-256 of the line before it. A chain shows changes in its middle; that its end was cut off, or
that all of it was written anew, is shown by who keeps the digest of the last line elsewhere (`head`).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from scanner.errors import UsageError
from scanner.evidence.kept import Head
from scanner.evidence.signing.strict_json import loads
from scanner.model import Json

SCHEMA = "paylint-log/1"
_LARGEST = 64 * 1024 * 1024


class Entry(NamedTuple):
    """A bundle, as the log has it. `digest`: of its line; `previous`: of the line before, "" for the first.

    `manifest`: SHA-256 of the bundle's manifest. `folder`: relative to the log. `commit`: "" without version control.
    """

    number: int
    digest: str
    previous: str
    manifest: str
    folder: str
    created: datetime
    commit: str
    signed_by: str


class Read(NamedTuple):
    """A log's entries up to where it breaks, and why it breaks there ("" if it is whole)."""

    entries: tuple[Entry, ...]
    broken: str

    @property
    def head(self) -> str:
        """Digest of the last line, "" of an empty log."""
        return self.entries[-1].digest if self.entries else ""


def read(file: Path) -> Read:
    """Raises UsageError for a file that cannot be read."""
    with _opened(file, os.O_RDONLY, fcntl.LOCK_SH) as handle:
        return _chain(_content(file, handle))


def append(file: Path, heads: Sequence[Head]) -> Read:
    """All of the bundles, in the order given, or none. Raises UsageError: the log is damaged, or one does not fit."""
    with _opened(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, fcntl.LOCK_EX) as handle:
        content = _content(file, handle)
        before = _chain(content)
        if before.broken:
            raise UsageError(
                f"{file}: {before.broken}; nothing was appended: see `paylint evidence log {file} --check`"
            )
        lines = b"".join(_lines(file, before, heads))
        try:
            _written(handle, lines, len(content))
        except OSError as error:
            raise UsageError(f"{file}: cannot be written: {error.strerror}; nothing was appended") from None
        return _chain(content + lines)


def _written(handle: int, lines: bytes, size: int) -> None:
    """Whole or not at all."""
    try:
        done = os.write(handle, lines)
        if done != len(lines):
            raise OSError(0, "the disk took a part only")
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, size)
        raise


def _lines(file: Path, before: Read, heads: Sequence[Head]) -> Iterator[bytes]:
    known = {entry.manifest: entry.number for entry in before.entries}
    number, previous = len(before.entries), before.head
    last = before.entries[-1].created if before.entries else None
    for head in heads:
        created = _when(head.created)
        if created is None:
            raise UsageError(f"{head.folder}: its manifest has no date with a time zone; write the bundle anew")
        if head.digest in known:
            raise UsageError(f"{head.folder}: is entry {known[head.digest]} of {file} already; nothing was appended")
        if last is not None and created < last:
            raise UsageError(f"{head.folder}: is older than the entry before it; nothing was appended to {file}")
        number, last = number + 1, created
        line = _line(file, head, number, previous)
        previous, known[head.digest] = hashlib.sha256(line).hexdigest(), number
        yield line + b"\n"


def _line(file: Path, head: Head, number: int, previous: str) -> bytes:
    folder = Path(os.path.relpath(head.folder.resolve(), file.resolve().parent)).as_posix()
    entry = {
        "schema": SCHEMA,
        "number": number,
        "previous": previous,
        "manifest": head.digest,
        "folder": folder.encode("utf-8", "replace").decode(),
        "created": head.created,
        "commit": head.commit,
        "signed_by": head.signed_by,
    }
    return json.dumps(entry, separators=(",", ":")).encode("ascii")


def _chain(content: bytes) -> Read:
    entries: list[Entry] = []
    *whole, torn = content.split(b"\n")
    for number, line in enumerate(whole, 1):
        previous = entries[-1].digest if entries else ""
        try:
            entry = _entry(line)
        except (ValueError, KeyError, TypeError):
            return Read(tuple(entries), f"line {number} is no entry of a log")
        if entry.previous != previous or entry.number != number:
            why = f"line {number} does not follow line {number - 1}: one was changed, taken out or put between"
            return Read(tuple(entries), why if number > 1 else "line 1 is not the first of a log: lines were taken out")
        if entries and entry.created < entries[-1].created:
            return Read(tuple(entries), f"line {number} is dated before line {number - 1}")
        entries.append(entry)
    return Read(tuple(entries), f"line {len(whole) + 1}, the last one, is torn: it has no end" if torn else "")


def _entry(line: bytes) -> Entry:
    value = loads(line)
    if value["schema"] != SCHEMA or type(value["number"]) is not int:
        raise ValueError
    created = _when(value["created"])
    texts = {name: value[name] for name in ("previous", "manifest", "folder", "commit", "signed_by")}
    if created is None or not all(isinstance(text, str) for text in texts.values()):
        raise ValueError
    return Entry(number=value["number"], digest=hashlib.sha256(line).hexdigest(), created=created, **texts)


def _when(value: Json) -> datetime | None:
    try:
        made = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return None
    return made if made.tzinfo is not None else None


def gaps(entries: Sequence[Entry], every: timedelta, now: datetime) -> Iterator[str]:
    """Times longer than `every` between two entries, and since the last one."""
    for before, after in pairwise(entries):
        if after.created - before.created > every:
            yield f"no bundle for {_days(after.created - before.created)}: entries {before.number} and {after.number}"
    if entries and now - entries[-1].created > every:
        yield f"no bundle for {_days(now - entries[-1].created)}: since entry {entries[-1].number}, the last one"


def _days(time: timedelta) -> str:
    return f"{time.total_seconds() / 86400:.1f} days"


def bundles(file: Path, entries: Sequence[Entry], digests: Mapping[Path, str]) -> Iterator[str]:
    """Bundles that are missing or replaced. `digests`: of the folders' manifests; "" of one that does not verify."""
    there = set(digests.values())
    for entry in entries:
        if entry.manifest in there:
            continue
        digest = digests.get(place(file, entry))
        if digest is None:
            yield f"entry {entry.number}: {entry.folder} is missing; name its folder if it was moved"
        elif digest:
            yield f"entry {entry.number}: {entry.folder} holds another bundle"
        else:
            yield f"entry {entry.number}: {entry.folder} is not what was written; see `paylint verify`"


def place(file: Path, entry: Entry) -> Path:
    """Where the bundle of an entry was when it was entered."""
    return Path(os.path.normpath(file.resolve().parent / entry.folder))


@contextmanager
def _opened(file: Path, flags: int, lock: int) -> Iterator[int]:
    """Under a lock of the whole file: a reader sees no half an entry, writers wait for each other."""
    try:
        handle = os.open(file, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise UsageError(f"{file}: cannot be opened: {error.strerror}; name a file for the log") from None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UsageError(f"{file}: is no plain file; name a file for the log")
        fcntl.flock(handle, lock)
        yield handle
    finally:
        os.close(handle)


def _content(file: Path, handle: int) -> bytes:
    with os.fdopen(os.dup(handle), "rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise UsageError(f"{file}: is too large for a log; begin another one")
    return content
