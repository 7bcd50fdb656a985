"""What earlier scans found, so that only what changed is looked at again.

Lies in the user's cache folder (0700), never in the scanned tree. Every digest of scanned content, and every path, is
keyed with a secret of this machine: with first six and last four digits known, an unkeyed digest would give a card
number away. Values hold masked drafts only.

    manifest   one row per scan root: path digest -> (size, times, inode, content digest), trusted only when the file
               was last changed well before the row was written
    results    key -> Json, pruned by age and number
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from scanner.files import File
from scanner.model import Json

_RACY_NS = 2_000_000_000
_KEEP_ROWS = 200_000
_KEEP_SECONDS = 60 * 86_400
_SCHEMA = """
create table if not exists manifest (root text primary key, written_ns integer not null, files blob not null);
create table if not exists results (key blob primary key, used integer not null, value blob not null) without rowid;
"""


def folder() -> Path:
    """The private cache folder, made when missing. Raises OSError when it cannot be, or is not ours."""
    base = os.environ.get("PAYLINT_CACHE_DIR") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser(), "paylint"
    )
    path = Path(base)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.stat()
    if found.st_uid != os.getuid():
        raise PermissionError(f"{path} belongs to another user")
    if found.st_mode & 0o077:
        path.chmod(0o700)
    return path


class Cache:
    """Results by keyed digest. With no folder it forgets everything at the end, and is just as correct."""

    def __init__(self, place: Path | None, root: Path) -> None:
        self._secret = os.urandom(32)
        self._db: sqlite3.Connection | None = None
        self._new: dict[bytes, Json] = {}
        self._used: set[bytes] = set()
        self._known: dict[str, list[Json]] = {}
        self._seen: dict[str, list[Json]] = {}
        self._root = ""
        if place is not None:
            self._open(place, root)

    def _open(self, place: Path, root: Path) -> None:
        """A cache that cannot be used is no cache: a locked, broken or foreign file costs time, never the scan."""
        try:
            self._secret = _secret(place / "key")
            self._root = self.digest(os.fsencode(root))
            self._db = _connect(place / "cache.sqlite3")
            row = self._db.execute("select written_ns, files from manifest where root = ?", (self._root,)).fetchone()
            if row:
                self._known = _trusted(json.loads(zlib.decompress(row[1])), row[0])
        except (sqlite3.Error, OSError, ValueError, zlib.error):
            self._db, self._known = None, {}

    def digest(self, *parts: bytes) -> str:
        """Keyed digest of these bytes, unambiguous in their number and lengths."""
        state = hashlib.blake2b(key=self._secret, digest_size=20)
        for part in parts:
            state.update(len(part).to_bytes(8, "big"))
            state.update(part)
        return state.hexdigest()

    def known_content(self, file: File) -> str | None:
        """The content digest of a file nothing has touched since it was last read, else None."""
        name = self._name(file.path)
        row = self._known.get(name)
        if row is None or row[:4] != [file.size, file.mtime_ns, file.ctime_ns, file.inode]:
            return None
        self._seen[name] = row
        return str(row[4])

    def content(self, file: File, data: bytes) -> str:
        """The content digest of a file that was just read; remembered with its stat."""
        digest = self.digest(data)
        self._seen[self._name(file.path)] = [file.size, file.mtime_ns, file.ctime_ns, file.inode, digest]
        return digest

    def _name(self, path: str) -> str:
        return self.digest(os.fsencode(path))[:24]

    def get(self, keys: Iterable[str]) -> dict[str, Json]:
        """What is known under these keys."""
        wanted = [bytes.fromhex(key) for key in keys]
        found = {key.hex(): self._new[key] for key in wanted if key in self._new}
        if self._db is None:
            return found
        rows: list[tuple[bytes, bytes]] = []
        try:
            for start in range(0, len(wanted), 500):
                part = wanted[start : start + 500]
                marks = ",".join("?" * len(part))
                rows += self._db.execute(f"select key, value from results where key in ({marks})", part).fetchall()  # noqa: S608 - only marks
        except sqlite3.Error:
            return found
        self._used.update(key for key, _ in rows)
        try:
            values = json.loads(b"[" + b",".join(value for _, value in rows) + b"]")
        except ValueError:
            return found
        return {key.hex(): value for (key, _), value in zip(rows, values, strict=True)} | found

    def put(self, key: str, value: Json) -> None:
        """Keeps a result under a key."""
        self._new[bytes.fromhex(key)] = value

    def save(self, *, whole: bool) -> None:
        """Writes what is new; `whole`: files this scan did not meet are forgotten. A full disk costs only the copy."""
        if self._db is None:
            return
        if not whole:
            self._seen = {**self._known, **self._seen}
        now = int(time.time())
        try:
            with self._db:
                if self._seen != self._known:
                    files = zlib.compress(json.dumps(self._seen).encode(), 1)
                    self._db.execute(
                        "insert or replace into manifest values (?, ?, ?)", (self._root, time.time_ns(), files)
                    )
                if self._new:
                    rows = [
                        (key, now, json.dumps(value, separators=(",", ":")).encode())
                        for key, value in self._new.items()
                    ]
                    self._db.executemany("insert or replace into results values (?, ?, ?)", rows)
                    self._touch(self._db, now)
        except (sqlite3.Error, OSError):
            return

    def _touch(self, database: sqlite3.Connection, now: int) -> None:
        """Only when something is written anyway: what was used stays, what is old goes."""
        database.executemany("update results set used = ? where key = ?", [(now, key) for key in self._used])
        database.execute("delete from results where used < ?", (now - _KEEP_SECONDS,))
        surplus = database.execute("select count(*) from results").fetchone()[0] - _KEEP_ROWS
        if surplus > 0:
            database.execute(
                "delete from results where key in (select key from results order by used limit ?)", (surplus,)
            )

    def close(self) -> None:
        """Ends the connection."""
        if self._db is not None:
            self._db.close()


def _secret(file: Path) -> bytes:
    """The machine's key, made once. Raises OSError; ValueError when the file is damaged."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileExistsError:
        value = file.read_bytes()
        if len(value) != 32:
            file.unlink(missing_ok=True)
            raise ValueError(f"{file}: damaged; the next scan makes a new one") from None
        return value
    with os.fdopen(descriptor, "wb") as stream:
        value = os.urandom(32)
        stream.write(value)
    return value


def _connect(file: Path) -> sqlite3.Connection:
    """A broken database is replaced: it can be rebuilt from the sources."""
    try:
        return _prepared(file)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        file.unlink(missing_ok=True)
        return _prepared(file)


def _prepared(file: Path) -> sqlite3.Connection:
    if not file.exists():
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    connection = sqlite3.connect(file, timeout=5.0)
    try:
        connection.execute("pragma synchronous = off")
        connection.executescript(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _trusted(files: Mapping[str, list[Json]], written_ns: int) -> dict[str, list[Json]]:
    """Without entries so young that a later write could have left the same times (as git's racy index entries)."""
    limit = written_ns - _RACY_NS
    return {name: row for name, row in files.items() if row[1] < limit and row[2] < limit}
