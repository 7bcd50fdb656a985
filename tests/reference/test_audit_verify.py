"""Whatever is done to a log is found, at the first record it was done to; a log that nobody touched verifies."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reference_impl.audit import head as heads
from reference_impl.audit.chain import Chainer, line_of, segments_of
from reference_impl.audit.model import Head
from reference_impl.audit.record import encode
from reference_impl.audit.verdict import Tampering, Verdict
from reference_impl.audit.verify import verify
from reference_impl.secret import Secret
from tests.reference.audit_log import KEY, PUBLIC_KEY, SIGNING_KEY, event, open_log, written

Files = dict[str, bytes]
Change = Callable[[list[tuple[str, bytes]], int, int], None]
MANY = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), database=None)


def check(folder: Path, anchored: Head | None = None) -> Verdict:
    return verify(folder, KEY, PUBLIC_KEY, anchored)


def files_of(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in segments_of(folder)}


def put(folder: Path, files: Files) -> None:
    for path in segments_of(folder):
        path.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


@pytest.fixture(scope="module")
def original() -> Iterator[Path]:
    """37 records in several segments."""
    folder = Path(tempfile.mkdtemp(prefix="pl-", dir="/tmp"))
    written(folder, [1, 3, 2, 7, 1, 1, 5, 4, 6, 2, 5])
    assert len(segments_of(folder)) > 4
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def victim(original: Path) -> Iterator[Path]:
    """A copy to work on."""
    folder = Path(tempfile.mkdtemp(prefix="pl-", dir="/tmp"))
    shutil.copy(original / heads.NAME, folder)
    yield folder
    shutil.rmtree(folder)


def lines_of(files: Files) -> list[tuple[str, bytes]]:
    return [(name, line) for name in sorted(files) for line in files[name].splitlines(keepends=True)]


def joined(lines: list[tuple[str, bytes]]) -> Files:
    files: Files = {}
    for name, line in lines:
        files[name] = files.get(name, b"") + line
    return files


def first_touched(before: Files, after: Files) -> int:
    """The number of the first record that is not where it was."""
    old, new = lines_of(before), lines_of(after)
    pairs = enumerate(zip(old, new, strict=False))
    same = next((place for place, (was, now) in pairs if was != now), min(len(old), len(new)))
    return sum(b'{"link":' not in line for _, line in old[:same]) + 1


def forged(number: int) -> bytes:
    """A record written without the key."""
    body = encode(event(number, user="mallory@example.com"), number)
    return line_of(Chainer(Secret(b"guess" * 8)).mac(bytes(32), body), body)


def drop(lines: list[tuple[str, bytes]], place: int, length: int) -> None:
    del lines[place : place + length]


def duplicate(lines: list[tuple[str, bytes]], place: int, other: int) -> None:
    lines.insert(other, (lines[min(other, len(lines) - 1)][0], lines[place][1]))


def swap(lines: list[tuple[str, bytes]], place: int, other: int) -> None:
    (name, line), (other_name, other_line) = lines[place], lines[other % len(lines)]
    lines[place], lines[other % len(lines)] = (name, other_line), (other_name, line)


def move(lines: list[tuple[str, bytes]], place: int, other: int) -> None:
    _, line = lines.pop(place)
    lines.insert(other, (lines[min(other, len(lines) - 1)][0], line))


def insert(lines: list[tuple[str, bytes]], place: int, number: int) -> None:
    lines.insert(place, (lines[place][0], forged(number)))


def replace_line(lines: list[tuple[str, bytes]], place: int, other: int) -> None:
    lines[place] = (lines[place][0], lines[other % len(lines)][1])


def forge(lines: list[tuple[str, bytes]], place: int, number: int) -> None:
    lines[place] = (lines[place][0], forged(number))


def cut(lines: list[tuple[str, bytes]], place: int, _: int) -> None:
    del lines[place:]


def keep_mac(lines: list[tuple[str, bytes]], place: int, other: int) -> None:
    """The MAC of one record before the body of another."""
    name, line = lines[place]
    lines[place] = (name, line[:65] + lines[other % len(lines)][1][65:])


@pytest.mark.parametrize("how", [drop, duplicate, swap, move, insert, replace_line, forge, cut, keep_mac])
def test_every_change_of_lines_is_found_where_it_is(how: Change, original: Path, victim: Path) -> None:
    before = files_of(original)
    count = len(lines_of(before))

    @MANY
    @given(place=st.integers(0, count - 1), other=st.integers(1, count))
    def run(place: int, other: int) -> None:
        lines = lines_of(before)
        how(lines, place, other)
        after = joined(lines)
        put(victim, after)
        verdict = check(victim)
        if after == before:
            assert verdict.verified
        else:
            assert not verdict.verified
            assert verdict.number == first_touched(before, after)

    run()


@MANY
@given(data=st.data())
def test_every_changed_byte_is_found(data: st.DataObject, original: Path, victim: Path) -> None:
    before = files_of(original)
    name = data.draw(st.sampled_from(sorted(before)))
    content = before[name]
    start = data.draw(st.integers(0, len(content) - 1))
    end = min(len(content), start + data.draw(st.integers(0, 3)))
    new = content[:start] + data.draw(st.binary(max_size=3)) + content[end:]
    after = before | {name: new}
    put(victim, after)
    assert check(victim).verified == (after == before)
    if after != before:
        assert check(victim).number == first_touched(before, after)


@MANY
@given(chosen=st.permutations(range(5)), kept=st.integers(0, 5))
def test_segments_change_neither_place_nor_number(chosen: list[int], kept: int, original: Path, victim: Path) -> None:
    before = files_of(original)
    names = sorted(before)[:5]
    after = {name: before[names[other]] for name, other in zip(names, chosen[:kept], strict=False)}
    after |= {name: before[name] for name in sorted(before)[5:]}
    put(victim, after)
    assert check(victim).verified == (after == before)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ((drop, 2, 1), Tampering.DROPPED),
        ((duplicate, 2, 4), Tampering.DUPLICATED),
        ((duplicate, 4, 2), Tampering.DUPLICATED),
        ((swap, 2, 4), Tampering.REORDERED),
        ((move, 2, 4), Tampering.REORDERED),
        ((insert, 3, 3), Tampering.INSERTED),
        ((forge, 3, 3), Tampering.EDITED),
        ((keep_mac, 3, 1), Tampering.EDITED),
        ((cut, 20, 0), Tampering.CUT_OFF),
    ],
)
def test_it_says_what_was_done(change: tuple[Change, int, int], kind: Tampering, original: Path, victim: Path) -> None:
    how, place, other = change
    lines = lines_of(files_of(original))
    how(lines, place, other)
    put(victim, joined(lines))
    verdict = check(victim)
    assert verdict.tampering is kind
    assert str(verdict.number) in str(verdict) and kind.value in str(verdict)


@settings(max_examples=50, deadline=None)
@given(sizes=st.lists(st.integers(1, 9), min_size=1, max_size=12), segment_bytes=st.integers(1, 6000))
def test_a_log_nobody_touched_verifies(sizes: list[int], segment_bytes: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        head = written(Path(name) / "log", sizes, segment_bytes)
        verdict = check(Path(name) / "log", head)
    assert verdict == Verdict(sum(sizes), anchored=sum(sizes))


def test_a_new_chain_written_with_the_mac_key_does_not_fit_the_head(tmp_path: Path) -> None:
    written(tmp_path / "log", [3, 3])
    written(tmp_path / "other", [2, 4])
    shutil.copy(tmp_path / "log" / heads.NAME, tmp_path / "other")
    segment = segments_of(tmp_path / "other")[0]
    lines = segment.read_bytes().splitlines(keepends=True)[:-1]
    body = encode(event(99, user="mallory@example.com"), 6)
    previous = bytes.fromhex(lines[-1][:64].decode())
    segment.write_bytes(b"".join(lines) + line_of(Chainer(KEY).mac(previous, body), body))
    verdict = check(tmp_path / "other")
    assert (verdict.tampering, verdict.number) == (Tampering.REWRITTEN, 6)


@pytest.mark.parametrize("how", ["missing", "garbage", "other key", "count changed", "other log"])
def test_a_head_that_was_not_signed_by_the_service(how: str, tmp_path: Path) -> None:
    head = written(tmp_path, [3, 3])
    file = tmp_path / heads.NAME
    if how == "missing":
        file.unlink()
    elif how == "garbage":
        file.write_text("{}")
    elif how == "other key":
        heads.store(tmp_path, heads.sign(head, Ed25519PrivateKey.generate()))
    elif how == "count changed":
        heads.store(tmp_path, replace(head, count=5))
    anchored = heads.sign(replace(head, log="other"), SIGNING_KEY) if how == "other log" else None
    assert check(tmp_path, anchored).tampering is Tampering.HEAD


def test_only_the_anchor_tells_that_the_end_and_the_head_were_rolled_back(tmp_path: Path) -> None:
    log, early = tmp_path / "log", tmp_path / "early"
    written(early, [3])
    anchored = written(log, [3, 4])
    assert check(early).verified
    verdict = check(early, anchored)
    assert (verdict.tampering, verdict.number, verdict.records) == (Tampering.CUT_OFF, 4, 3)


def test_archived_segments_are_missing_unless_the_caller_says_so(original: Path, victim: Path) -> None:
    files = files_of(original)
    del files[min(files)]
    put(victim, files)
    first = int(Path(min(files)).stem)
    assert check(victim).tampering is Tampering.DROPPED
    verdict = verify(victim, KEY, PUBLIC_KEY, first=first)
    assert verdict.verified and verdict.records == 38 - first


def test_it_verifies_while_it_is_written(tmp_path: Path) -> None:
    async def run() -> list[Verdict]:
        log = await open_log(tmp_path / "log", segment_bytes=20_000)
        found: list[Verdict] = []

        async def write() -> None:
            for number in range(300):
                await log.append([event(number)] * 3)

        writing = asyncio.create_task(write())
        while not writing.done():
            found.append(await asyncio.to_thread(check, tmp_path / "log"))
        await log.aclose()
        return [*found, check(tmp_path / "log")]

    verdicts = asyncio.run(run())
    assert len(verdicts) > 2 and all(verdict.verified for verdict in verdicts)
    assert verdicts[-1].records == 902 and not verdicts[-1].after_head


def test_an_unfinished_line_is_no_record_but_is_told(tmp_path: Path) -> None:
    written(tmp_path, [3])
    with segments_of(tmp_path)[0].open("ab") as segment:
        segment.write(b"half a rec")
    verdict = check(tmp_path)
    assert verdict.verified and verdict.unfinished == 10 and "unfinished" in str(verdict)


def test_a_rolled_back_head_is_told_by_the_records_after_it(tmp_path: Path) -> None:
    early = written(tmp_path / "early", [3])
    assert early.count == 3
    written(tmp_path / "log", [3, 4])
    heads.store(tmp_path / "log", heads.sign(replace(early, mac=_mac_of(tmp_path / "log", 3)), SIGNING_KEY))
    verdict = check(tmp_path / "log")
    assert verdict.verified and verdict.after_head == 4 and "4 of them are newer" in str(verdict)


def _mac_of(folder: Path, number: int) -> bytes:
    return bytes.fromhex(segments_of(folder)[0].read_bytes().splitlines()[number][:64].decode())


def test_a_folder_without_segments_or_without_anything(tmp_path: Path) -> None:
    assert check(tmp_path).tampering is Tampering.HEAD
    written(tmp_path, [3])
    put(tmp_path, {})
    verdict = check(tmp_path)
    assert (verdict.tampering, verdict.number) == (Tampering.CUT_OFF, 1) and "no segment" in str(verdict)
    with pytest.raises(FileNotFoundError):
        check(tmp_path / "none")
