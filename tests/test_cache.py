from __future__ import annotations

import os
import sqlite3
import stat
import time
from pathlib import Path

import pytest

from scanner import cache as caching
from scanner.cache import Cache
from scanner.files import File


def file(path: Path, name: str | None = None) -> File:
    found = path.stat()
    return File(name or path.name, str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def opened(place: Path) -> Cache:
    return Cache(place, Path("/project"))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PAYLINT_CACHE_DIR", str(tmp_path / "cache"))
    return caching.folder()


def test_the_folder_is_private_and_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAYLINT_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = caching.folder()
    assert folder == tmp_path / "paylint"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    assert stat.S_IMODE(caching.folder().stat().st_mode) == 0o700
    opened(folder).close()
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "cache.sqlite3").stat().st_mode) == 0o600


def test_results_are_found_again_under_the_same_digest(place: Path) -> None:
    first = opened(place)
    key = first.digest(b"file", b"content")
    first.put(key, {"drafts": [1]})
    assert first.get([key]) == {key: {"drafts": [1]}}
    first.save(whole=True)
    first.close()
    second = opened(place)
    assert second.digest(b"file", b"content") == key
    assert second.get([key, second.digest(b"other")]) == {key: {"drafts": [1]}}
    second.close()


def test_digests_are_keyed_and_unambiguous(place: Path, tmp_path: Path) -> None:
    here = opened(place)
    assert here.digest(b"ab", b"c") != here.digest(b"a", b"bc") != here.digest(b"abc")
    other = tmp_path / "other"
    other.mkdir()
    there = Cache(other, Path("/project"))
    assert here.digest(b"x") != there.digest(b"x")


def test_an_untouched_file_needs_no_reading_and_a_touched_one_does(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 1\n")
    past = time.time() - 60
    os.utime(path, (past, past))
    first = opened(place)
    assert first.known_content(file(path)) is None
    digest = first.content(file(path), path.read_bytes())
    first._seen = {name: [*row[:2], row[1], *row[3:]] for name, row in first._seen.items()}  # as if ctime were old too
    first.save(whole=True)
    first.close()
    second = opened(place)
    aged = file(path)
    aged = File(aged.path, aged.file, aged.size, aged.mtime_ns, aged.mtime_ns, aged.inode)
    assert second.known_content(aged) == digest
    path.write_text("x = 2\n")
    assert second.known_content(file(path)) is None


def test_a_file_written_just_now_is_not_trusted(place: Path, tmp_path: Path) -> None:
    """The next write within the clock's grain would leave size and times as they are."""
    path = tmp_path / "a.py"
    path.write_text("x = 1\n")
    first = opened(place)
    first.content(file(path), path.read_bytes())
    first.save(whole=True)
    first.close()
    assert opened(place).known_content(file(path)) is None


def test_a_partial_scan_forgets_nothing(place: Path, tmp_path: Path) -> None:
    old = File("a.py", "a.py", 1, 1, 1, 1)
    new = File("b.py", "b.py", 2, 2, 2, 2)
    for item, whole in ((old, True), (new, False)):
        cache = opened(place)
        cache.content(item, item.path.encode())
        cache.save(whole=whole)
        cache.close()
    cache = opened(place)
    assert cache.known_content(old) and cache.known_content(new)
    cache.save(whole=True)
    cache.close()


@pytest.mark.parametrize("garbage", [b"", b"not a database at all", b"SQLite format 3\0" + b"\xff" * 400])
def test_a_broken_database_costs_time_only(place: Path, garbage: bytes) -> None:
    (place / "cache.sqlite3").write_bytes(garbage)
    cache = opened(place)
    key = cache.digest(b"x")
    cache.put(key, [1])
    assert cache.get([key]) == {key: [1]}
    cache.save(whole=True)
    cache.close()
    again = opened(place)
    assert again.get([key]) == {key: [1]}


def test_a_broken_key_is_replaced(place: Path) -> None:
    (place / "key").write_bytes(b"short")
    opened(place).close()
    opened(place).close()
    assert len((place / "key").read_bytes()) == 32


def test_a_locked_database_does_not_stop_a_scan(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(place).close()
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file, timeout: connect(file, timeout=0.05))
    holder = connect(place / "cache.sqlite3", isolation_level=None)
    holder.execute("begin exclusive")
    cache = opened(place)
    key = cache.digest(b"x")
    cache.put(key, [1])
    cache.save(whole=True)
    assert cache.get([key]) == {key: [1]}
    holder.execute("rollback")
    holder.close()


def test_no_path_and_no_content_is_written(place: Path) -> None:
    cache = opened(place)
    cache.content(File("exports/customers.csv", "x", 1, 1, 1, 1), b"secret content")
    cache.save(whole=True)
    cache.close()
    stored = b"".join(path.read_bytes() for path in place.iterdir() if path.is_file())
    with sqlite3.connect(place / "cache.sqlite3") as database:
        import zlib

        stored += b"".join(zlib.decompress(row[0]) for row in database.execute("select files from manifest"))
    assert b"customers" not in stored and b"secret" not in stored
