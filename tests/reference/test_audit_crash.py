"""What a crash, a full disk and somebody's hand leave behind, and what the next start makes of it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.audit import head as heads
from reference_impl.audit.chain import GENESIS, Chainer, line_of, segments_of
from reference_impl.audit.model import Head
from reference_impl.audit.record import encode
from reference_impl.audit.verify import verify
from reference_impl.errors import ConfigurationError, IntegrityError, UnavailableError
from reference_impl.secret import Secret
from tests.reference import audit_child
from tests.reference.audit_log import KEY, PUBLIC_KEY, SIGNING_KEY, START, event, open_log, records, written

ROOT = Path(__file__).parent.parent.parent


def child(mode: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, audit_child.__file__, mode, str(folder), KEY.reveal().hex()]
    command.append(SIGNING_KEY.private_bytes_raw().hex())
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def reopen(folder: Path) -> None:
    async def run() -> None:
        await (await open_log(folder)).aclose()

    asyncio.run(run())


def test_killed_under_load_many_times_it_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    folder, acknowledged = tmp_path / "log", set[str]()
    for lines in (1, 2, 3, 5, 8, 20, 100, 200, 300, 400, 500, 700, 900, 1100, 1500):
        process = child("load", folder)
        assert process.stdout
        for _ in range(lines):
            line = process.stdout.readline()
            assert line.endswith(b"\n"), process.stderr and process.stderr.read()
            acknowledged.add(line.decode().strip())
        process.kill()
        rest, _ = process.communicate()
        acknowledged.update(line.decode() for line in rest.split(b"\n")[:-1])
    reopen(folder)
    verdict = verify(folder, KEY, PUBLIC_KEY)
    assert verdict.verified and not verdict.after_head and not verdict.unfinished
    seen = Counter(record.event.resource for record in records(folder))
    assert acknowledged and all(seen[name] == 1 and seen[name + "+"] == 1 for name in acknowledged)
    assert seen["audit_log"] == 15 + 2  # every start, one stop


def test_a_full_disk_refuses_and_goes_on_without_a_gap(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    out, errors = child("full", folder).communicate(timeout=60)
    lines = out.decode().splitlines()
    assert lines.count("refused the audit log cannot be written") == 3, errors.decode()
    assert verify(folder, KEY, PUBLIC_KEY).verified
    seen = Counter(record.event.resource for record in records(folder))
    told = {line for line in lines if line.startswith("step/")}
    assert {name: seen[name] for name in told} == dict.fromkeys(told, 3)
    assert {name for name in seen if name.startswith("step/")} == told  # what was refused is not there


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_killed_at_any_byte_of_a_write(data: st.DataObject) -> None:
    """The head is the one from before the batch: what is complete is adopted, the rest is set aside."""
    with tempfile.TemporaryDirectory() as name:
        folder, late = Path(name) / "log", Path(name) / "late"
        segment_bytes = data.draw(st.sampled_from([100, 100_000]))  # the batch begins a segment, or does not
        written(folder, [3, 2], segment_bytes)
        written(late, [3, 2, 4], segment_bytes)
        last = segments_of(late)[-1]
        torn = folder / last.name
        start = torn.stat().st_size if torn.exists() else 0
        torn.write_bytes(last.read_bytes()[: data.draw(st.integers(start, last.stat().st_size))])
        lines = torn.read_bytes()[start:].split(b"\n")
        complete = [line for line in lines[:-1] if b'{"link":' not in line]
        reopen(folder)
        found = records(folder)
        assert verify(folder, KEY, PUBLIC_KEY).verified
        assert [record.number for record in found] == list(range(1, len(found) + 1))
        told = [record.event.action for record in found[5 + len(complete) :]]
        expected = ["audit.start"] + ["audit.adopt"] * bool(complete) + ["audit.set_aside"] * bool(lines[-1])
        assert told == [*expected, "audit.stop"]
        assert [file.read_bytes() for file in folder.glob("*.torn")] == [lines[-1]] * bool(lines[-1])


def changed(folder: Path, how: str) -> None:
    segment = segments_of(folder)[-1]
    lines = segment.read_bytes().splitlines(keepends=True)
    if how == "edited":
        lines[-1] = lines[-1].replace(b"alice", b"alicf")
    elif how == "cut off":
        del lines[-1]
    elif how == "torn before the head":
        lines[-1] = lines[-1][:-20]
    elif how == "garbage after the end":
        lines.append(b"garbage\n")
    elif how == "no head":
        (folder / heads.NAME).unlink()
    elif how == "head of nobody":
        (folder / heads.NAME).write_bytes(b"")
    elif how == "head not signed":
        heads.store(folder, replace(heads.load(folder) or Head("", 0, GENESIS, START), count=1))
    elif how == "nothing left":
        lines = []
    segment.write_bytes(b"".join(lines))


@pytest.mark.parametrize(
    "how",
    [
        "edited",
        "cut off",
        "torn before the head",
        "garbage after the end",
        "no head",
        "head of nobody",
        "head not signed",
        "nothing left",
    ],
)
def test_what_no_crash_leaves_refuses_to_start_and_is_left_as_it_is(how: str, tmp_path: Path) -> None:
    folder = tmp_path / "log"
    written(folder, [4, 5])
    changed(folder, how)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(IntegrityError):
        reopen(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"} == before


def test_an_end_written_anew_with_the_mac_key_refuses_to_start(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    written(folder, [6])
    segment = segments_of(folder)[0]
    lines = segment.read_bytes().splitlines(keepends=True)[:-1]
    body = encode(event(99, user="mallory@example.com"), 6)
    lines.append(line_of(Chainer(KEY).mac(bytes.fromhex(lines[-1][:64].decode()), body), body))
    segment.write_bytes(b"".join(lines))
    with pytest.raises(IntegrityError, match="does not fit its head"):
        reopen(folder)


def test_the_wrong_keys_refuse_to_start(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    written(folder, [4])
    signing_key = Ed25519PrivateKey.generate()

    async def run() -> None:
        with pytest.raises(IntegrityError, match="signature"):
            await open_log(folder, signing_key=signing_key)
        with pytest.raises(IntegrityError, match="changed"):
            await open_log(folder, key=Secret(b"another key" * 3))
        with pytest.raises(IntegrityError, match="another audit log"):
            await open_log(folder, name="other")
        with pytest.raises(ConfigurationError, match="32 bytes"):
            await open_log(folder, key=Secret(b"short"))
        await (await open_log(folder)).aclose()  # nothing kept the lock

    asyncio.run(run())


def test_one_writer_for_each_folder(tmp_path: Path) -> None:
    async def run() -> None:
        log = await open_log(tmp_path / "log")
        with pytest.raises(ConfigurationError, match="another process"):
            await open_log(tmp_path / "log")
        await log.aclose()
        await (await open_log(tmp_path / "log")).aclose()

    asyncio.run(run())


def test_a_folder_that_others_may_read_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    with pytest.raises(ConfigurationError, match="chmod 700"):
        reopen(tmp_path)


def test_a_folder_that_cannot_be_used_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnavailableError):
        reopen(tmp_path / "file" / "log")


def test_files_are_for_the_service_only(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        reopen(tmp_path / "log")
    finally:
        os.umask(mask)
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "log").iterdir()} == {0o600}


def test_segments_rotate_and_go_on_after_a_restart(tmp_path: Path) -> None:
    async def run(times: int) -> None:
        log = await open_log(tmp_path / "log", segment_bytes=1000)
        for number in range(times):
            await log.append([event(number)])
        await log.aclose()

    for times in (0, 1, 7, 0, 5):
        asyncio.run(run(times))
    assert len(segments_of(tmp_path / "log")) > 4
    assert verify(tmp_path / "log", KEY, PUBLIC_KEY).records == 13 + 2 * 5
