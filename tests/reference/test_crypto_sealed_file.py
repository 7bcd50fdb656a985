"""The sealed key file: made only when asked, private, all or nothing, and closed to whoever lacks the passphrase."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import pickle
import resource
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reference_impl.crypto import key_file
from reference_impl.crypto.sealed_file import SealedFile
from reference_impl.errors import ConfigurationError, IntegrityError, UnavailableError
from reference_impl.secret import Secret
from tests.reference.key_places import PASSPHRASE, sealed_file

CONTEXT = b"tenant-a data 1"
KEY = bytes(range(32))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    sealed_file(folder)
    return folder / "keys.json"


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A key file of this test's own."""
    return Path(shutil.copy(made, tmp_path / "keys.json"))


@pytest.fixture
def wrapper(path: Path) -> SealedFile:
    return SealedFile(path, PASSPHRASE)


def test_a_missing_file_stops_the_start_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="only when asked"):
        SealedFile(tmp_path / "keys.json", PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_is_never_made_again(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match="already"):
        SealedFile.create(path, PASSPHRASE)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def test_what_was_made_opens_again(tmp_path: Path) -> None:
    """A salt that is drawn and kept nowhere."""
    file = tmp_path / "keys.json"
    SealedFile.create(file, PASSPHRASE)
    SealedFile(file, PASSPHRASE)


def test_it_is_readable_by_its_owner_only(made: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600


def test_rotation_keeps_it_private_whatever_the_umask(wrapper: SealedFile, path: Path) -> None:
    before = os.umask(0)
    try:
        wrapper.rotate()
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o777])
def test_a_file_others_may_use_is_refused(path: Path, mode: int) -> None:
    path.chmod(mode)
    with pytest.raises(ConfigurationError, match="0600"):
        SealedFile(path, PASSPHRASE)


def test_a_link_is_refused(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)
    with pytest.raises(ConfigurationError):
        SealedFile(link, PASSPHRASE)


def test_another_passphrase_does_not_open_it(path: Path) -> None:
    with pytest.raises(ConfigurationError, match="passphrase") as caught:
        SealedFile(path, Secret("another one, as long"))
    assert "another one" not in str(caught.value)


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="16"):
        SealedFile.create(tmp_path / "keys.json", Secret("fifteen letters"))
    assert list(tmp_path.iterdir()) == []


def test_the_file_carries_what_opening_it_needs(path: Path) -> None:
    """A salt that is not stored makes every key useless after a restart (D01)."""
    document = json.loads(path.read_bytes())
    assert set(document) == {"format", "kdf", "n", "r", "p", "salt", "nonce", "sealed"}
    assert document["kdf"] == "scrypt"
    assert document["n"] >= 2**17


def test_two_files_of_one_passphrase_share_no_salt_and_no_key(made: Path, tmp_path: Path) -> None:
    other = sealed_file(tmp_path)
    mine, theirs = json.loads(made.read_bytes()), json.loads((tmp_path / "keys.json").read_bytes())
    assert mine["salt"] != theirs["salt"]
    with pytest.raises(IntegrityError):
        SealedFile(made, PASSPHRASE).unwrap(other.wrap(Secret(KEY), CONTEXT), CONTEXT)


@pytest.mark.parametrize("name", ["format", "kdf", "n", "r", "p", "salt", "nonce", "sealed"])
@pytest.mark.parametrize(
    "value", [None, "missing", 0, 1, 2**16, 2**18, 2**30, 1.5, "AAAA", "AAAAAAAAAAAAAAAAAAAAAA==", []]
)
def test_a_changed_file_does_not_open(path: Path, name: str, value: object) -> None:
    document = json.loads(path.read_bytes())
    if document[name] == value:
        return
    if value == "missing":
        del document[name]
    else:
        document[name] = value
    path.write_text(json.dumps(document))
    with pytest.raises(ConfigurationError):
        SealedFile(path, PASSPHRASE)


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b"{}", b"\xff\xfe", b'{"format": 1'])
def test_what_is_no_key_file_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ConfigurationError):
        SealedFile(path, PASSPHRASE)


def test_no_key_is_in_it_in_clear(wrapper: SealedFile, path: Path) -> None:
    wrapper.rotate()
    content = path.read_bytes()
    for key_id in json.loads(json.dumps(list(wrapper._keys.raw))):
        assert key_id.encode() not in content
        assert wrapper._keys.raw[key_id].hex().encode() not in content


def test_printing_shows_no_key(wrapper: SealedFile) -> None:
    shown = repr(wrapper) + repr(wrapper._keys) + repr(wrapper._seal)
    assert not any(repr(key)[2:-1] in shown for key in wrapper._keys.raw.values())


def test_it_is_not_pickled(wrapper: SealedFile) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(wrapper)


def test_when_the_file_is_gone_nothing_is_wrapped_that_could_never_be_unwrapped(
    wrapper: SealedFile, path: Path
) -> None:
    wrapped = wrapper.wrap(Secret(KEY), CONTEXT)
    path.unlink()
    with pytest.raises(UnavailableError):
        wrapper.wrap(Secret(KEY), CONTEXT)
    with pytest.raises(UnavailableError):
        wrapper.rotate()
    assert wrapper.unwrap(wrapped, CONTEXT).reveal() == KEY
    assert not path.exists()


def test_a_file_of_another_origin_is_not_taken_for_this_one(wrapper: SealedFile, path: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    sealed_file(tmp_path / "other")
    (tmp_path / "other" / "keys.json").replace(path)
    with pytest.raises(IntegrityError):
        wrapper.wrap(Secret(KEY), CONTEXT)


def test_an_older_file_put_back_shows_at_once(wrapper: SealedFile, path: Path) -> None:
    before = path.read_bytes()
    wrapper.rotate()
    wrapped = wrapper.wrap(Secret(KEY), CONTEXT)
    path.write_bytes(before)
    with pytest.raises(IntegrityError):
        SealedFile(path, PASSPHRASE).unwrap(wrapped, CONTEXT)


@contextmanager
def full_disk() -> Iterator[None]:
    """No file grows beyond 64 bytes: writing fails with EFBIG, as ENOSPC would make it fail."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_on_a_full_disk_the_old_keys_stay(wrapper: SealedFile, path: Path) -> None:
    before, current = path.read_bytes(), wrapper.current
    with pytest.raises(UnavailableError) as caught, full_disk():
        wrapper.rotate()
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.EFBIG
    assert path.read_bytes() == before
    assert wrapper.current == current
    assert wrapper.unwrap(wrapper.wrap(Secret(KEY), CONTEXT), CONTEXT).reveal() == KEY


STEPS = ["unlink", "open", "fsync file", "replace", "fsync folder"]


def _die_at(step: str, path: Path) -> None:
    """A process that rotates and is killed just before that step."""
    wrapper, syncs = SealedFile(path, PASSPHRASE), iter(["fsync file", "fsync folder"])

    def watch(owner: object, name: str, label: str | None = None) -> None:
        real = getattr(owner, name)

        def watched(*args: object, **kwargs: object) -> object:
            if (label or next(syncs)) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        setattr(owner, name, watched)

    watch(Path, "unlink", "unlink")
    watch(Path, "replace", "replace")
    watch(os, "fsync")
    if step == "open":
        watch(os, "fdopen", "open")
    wrapper.rotate()


@pytest.mark.parametrize("step", STEPS)
def test_a_rotation_killed_at_any_step_leaves_the_old_file_or_the_new_one(path: Path, step: str) -> None:
    before = SealedFile(path, PASSPHRASE)
    wrapped, old = before.wrap(Secret(KEY), CONTEXT), before.current
    child = multiprocessing.get_context("fork").Process(target=_die_at, args=(step, path))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    after = SealedFile(path, PASSPHRASE)
    assert (after.current == old) == (step != "fsync folder")
    new = after.rotate()
    assert new > old
    assert after.unwrap(wrapped, CONTEXT).reveal() == KEY
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def _rotate_often(path: Path, times: int) -> None:
    wrapper = SealedFile(path, PASSPHRASE)
    for _ in range(times):
        wrapper.rotate()


def test_processes_that_rotate_at_once_lose_no_key(path: Path) -> None:
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=_rotate_often, args=(path, 10)) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert len(SealedFile(path, PASSPHRASE)._keys.raw) == 31


def test_reading_again_happens_only_after_a_change(wrapper: SealedFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "read", lambda path: pytest.fail("read again"))
    wrapper.wrap(Secret(KEY), CONTEXT)
