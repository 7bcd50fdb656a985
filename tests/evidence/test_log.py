"""`paylint evidence log`: what is taken out, replaced, put between, cut off or late becomes visible."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from scanner.errors import UsageError
from scanner.evidence import log
from scanner.evidence.kept import head
from tests.command import paylint
from tests.evidence.described import finding
from tests.evidence.written import START, written


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A log of three bundles, a week apart."""
    made = tmp_path / "bundles.jsonl"
    log.append(made, [head(written(tmp_path / f"b{number}", day=7 * number)) for number in range(3)])
    return made


def check(file: Path, *more: str | Path) -> tuple[int, str]:
    answer = paylint(
        "evidence", "log", file.name, "--check", *more, cwd=file.parent, env={"SOURCE_DATE_EPOCH": "1789520000"}
    )
    return answer.code, answer.out


def lines(file: Path) -> list[bytes]:
    return file.read_bytes().splitlines(keepends=True)


def test_a_whole_log(file: Path) -> None:
    assert [entry.number for entry in log.read(file).entries] == [1, 2, 3]
    assert check(file, "--every", "7d") == (0, f"3 entries; the last one's digest: {log.read(file).head}\n")


def test_one_more_is_appended_and_nothing_else_is_touched(file: Path) -> None:
    before = file.read_bytes()
    written(file.parent / "b3", finding(), day=22)
    assert paylint("evidence", "log", file.name, "b3", cwd=file.parent).code == 0
    assert file.read_bytes().startswith(before)
    assert len(log.read(file).entries) == 4
    assert check(file)[0] == 0


@pytest.mark.parametrize("at", [0, 1])
def test_a_line_taken_out_breaks_the_chain(file: Path, at: int) -> None:
    whole = lines(file)
    file.write_bytes(b"".join(whole[:at] + whole[at + 1 :]))
    assert f"line {at + 1} " in log.read(file).broken
    assert check(file)[0] == 1


def test_a_changed_line_breaks_the_chain_behind_it(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"folder":"b1"', b'"folder":"bX"'))
    assert log.read(file).broken.startswith("line 3 does not follow line 2")


def test_lines_in_another_order(file: Path) -> None:
    first, second, third = lines(file)
    file.write_bytes(first + third + second)
    assert log.read(file).broken.startswith("line 2 does not follow line 1")


def test_a_torn_last_line_is_named_and_nothing_is_appended(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5])
    torn = file.read_bytes()
    assert log.read(file).broken.startswith("line 3, the last one, is torn")
    with pytest.raises(UsageError, match="line 3, the last one, is torn"):
        log.append(file, [head(written(file.parent / "b3", day=30))])
    assert file.read_bytes() == torn


@pytest.mark.parametrize("line", [b"7\n", b"{}\n", b"\n", b"\xff\n", b'{"schema":1,"schema":2}\n'], ids=range(5))
def test_a_line_that_is_no_entry(file: Path, line: bytes) -> None:
    file.write_bytes(file.read_bytes() + line)
    assert log.read(file).broken == "line 4 is no entry of a log"


def test_an_end_that_was_cut_off_is_seen_by_who_kept_its_digest(file: Path) -> None:
    kept = log.read(file).head
    file.write_bytes(b"".join(lines(file)[:2]))
    assert check(file)[0] == 0
    code, said = check(file, "--head", kept)
    assert code == 1
    assert "cut off or written anew" in said


def test_gaps_between_bundles_and_since_the_last(file: Path) -> None:
    entries = log.read(file).entries
    now = START + timedelta(days=30)
    assert list(log.gaps(entries, timedelta(days=7), now)) == ["no bundle for 16.0 days: since entry 3, the last one"]
    assert len(list(log.gaps(entries, timedelta(days=6), now))) == 3
    assert list(log.gaps(entries, timedelta(days=20), now)) == []
    assert check(file, "--every", "6d")[0] == 1


def test_missing_replaced_changed_and_moved_bundles(file: Path) -> None:
    shutil.rmtree(file.parent / "b0")
    shutil.rmtree(file.parent / "b1")
    written(file.parent / "b1", finding(), day=7)
    (file.parent / "b2" / "report.md").write_text("all is well")
    code, said = check(file)
    assert code == 1
    assert "entry 1: b0 is missing" in said
    assert "entry 2: b1 holds another bundle" in said
    assert "entry 3: b2 is not what was written" in said


def test_a_bundle_that_was_moved_is_found_where_one_says(file: Path) -> None:
    (file.parent / "b1").rename(file.parent / "archived")
    assert check(file)[0] == 1
    assert check(file, "archived")[0] == 0


def test_the_same_bundle_twice_or_an_older_one_is_refused(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(UsageError, match="is entry 2 of"):
        log.append(file, [head(file.parent / "b1")])
    older = head(written(file.parent / "older", finding(), day=1))
    fine = head(written(file.parent / "fine", finding(), day=40))
    with pytest.raises(UsageError, match="is older than"):
        log.append(file, [fine, older])
    assert file.read_bytes() == before


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    heads = [head(written(tmp_path / f"b{number}", finding(message=str(number)))) for number in range(8)]
    threads = [threading.Thread(target=log.append, args=(file, [one])) for one in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = log.read(file)
    assert (len(made.entries), made.broken) == (8, "")


def test_a_log_that_is_no_plain_file(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("")
    (tmp_path / "link").symlink_to("target")
    (tmp_path / "folder").mkdir()
    for name in ("link", "folder", "missing"):
        answer = paylint("evidence", "log", name, "--check", cwd=tmp_path)
        assert answer.code == 2, answer
        assert name in answer.err


@pytest.mark.parametrize(
    "words", [("--every", "7d"), (), ("--check", "--every", "7 days"), ("--check", "--every", "0d")]
)
def test_wrong_usage(file: Path, words: tuple[str, ...]) -> None:
    assert paylint("evidence", "log", file.name, *words, cwd=file.parent).code == 2
