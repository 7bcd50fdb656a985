"""What is recorded, and that it is there when `append` returns."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from reference_impl.audit.anchor import AUDIT_HEADS, DatabaseAnchor
from reference_impl.audit.anchoring import Anchoring
from reference_impl.audit.chain import Chainer, segments_of
from reference_impl.audit.model import Event, Filter, Head, Outcome
from reference_impl.audit.reader import LogReader
from reference_impl.audit.record import checked, decode, encode, needle
from reference_impl.audit.retention import retention
from reference_impl.audit.verify import verify
from reference_impl.audit.writer import SegmentWriter
from reference_impl.cards.redaction import MASK
from reference_impl.database import connect, transaction
from reference_impl.errors import IntegrityError, UnavailableError
from tests.reference.audit_log import KEY, PUBLIC_KEY, SIGNING_KEY, START, event, open_log, records, written
from tests.reference.services import Postgres

TEST_NUMBERS = ["4111111111111111", "5555555555554444", "378282246310005", "6011111111111117", "3566002020360505"]


def test_denials_and_failures_are_recorded_like_successes_and_with_no_logger_at_all(tmp_path: Path) -> None:
    events = [event(number, outcome=outcome, reason="no_role") for number, outcome in enumerate(Outcome)]

    async def run() -> list[Event]:
        logging.disable(logging.CRITICAL)
        log = await open_log(tmp_path / "log")
        await log.append(events)
        found = [record.event for record in records(tmp_path / "log")]  # before it is closed: append has returned
        await log.aclose()
        return found

    try:
        assert asyncio.run(run())[1:] == events
    finally:
        logging.disable(logging.NOTSET)
    told = [record.event.action for record in records(tmp_path / "log")]
    assert (told[0], told[-1]) == ("audit.start", "audit.stop")


def test_appends_at_the_same_time_keep_each_ones_order_and_numbers_have_no_gap(tmp_path: Path) -> None:
    async def run() -> None:
        log = await open_log(tmp_path / "log", segment_bytes=5000)
        await asyncio.gather(*(log.append([event(n, user=f"u{n}"), event(n, user=f"v{n}")]) for n in range(300)))
        await log.append([])
        assert (await log.acknowledged()).count == 601
        await log.aclose()
        with pytest.raises(UnavailableError, match="closed"):
            await log.append([event()])
        await log.aclose()

    asyncio.run(run())
    found = records(tmp_path / "log")
    assert [record.number for record in found] == list(range(1, 603))
    users = [record.event.user for record in found]
    assert all(users[users.index(f"u{number}") + 1] == f"v{number}" for number in range(300))


def test_a_caller_that_gives_up_stops_nobody_else(tmp_path: Path) -> None:
    async def run() -> None:
        log = await open_log(tmp_path / "log")
        tasks = [asyncio.create_task(log.append([event(number)])) for number in range(20)]
        await asyncio.sleep(0)
        tasks[3].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await log.aclose()

    asyncio.run(run())
    assert verify(tmp_path / "log", KEY, PUBLIC_KEY).records == 22


@pytest.mark.parametrize("missing", ["user", "action", "origin", "resource"])
def test_an_event_says_all_six_things(missing: str) -> None:
    with pytest.raises(ValueError, match=r"10\.2\.2"):
        checked(event(**{missing: ""}))


def test_times_are_aware_and_written_in_utc() -> None:
    with pytest.raises(ValueError, match="aware"):
        checked(event(at=START.replace(tzinfo=None)))
    local = START.astimezone(timezone(timedelta(hours=5)))
    assert b"2026-11-22T12:00:00.000000+00:00" in encode(checked(event(at=local)), 1)


@given(
    user=st.text(min_size=1, max_size=40),
    resource=st.text(min_size=1, max_size=40),
    number=st.integers(1, 2**62),
    at=st.datetimes(timezones=st.just(timezone.utc), max_value=datetime(9999, 1, 1)),
)
def test_what_is_written_is_what_is_read(user: str, resource: str, number: int, at: datetime) -> None:
    given_event = checked(event(user=user, resource=resource, at=at))
    body = encode(given_event, number)
    assert b"\n" not in body and b"\r" not in body
    assert decode(body) == (number, given_event)
    assert json.dumps(json.loads(body), sort_keys=True, separators=(",", ":")).encode() == body
    assert needle("user", given_event.user) in body
    assert (needle("tenant", user) in body) == (user == given_event.tenant)


@pytest.mark.parametrize("number", TEST_NUMBERS)
@pytest.mark.parametrize("form", ["{}", "/v1/cards/{}", "{}123", "card={}&cvv=123", "a{}b", "+{}1226", "x 7{}"])
def test_no_card_number_is_written_in_any_field(number: str, form: str, caplog: pytest.LogCaptureFixture) -> None:
    spaced = " ".join(number[place : place + 4] for place in range(0, len(number), 4))
    wide = "".join(chr(0xFF10 + int(digit)) for digit in number)
    for written_as in (number, spaced, spaced.replace(" ", "-"), wide):
        for field in ("user", "resource", "origin", "request_id", "reason", "tenant"):
            body = encode(checked(event(**{field: form.format(written_as)})), 1).decode()
            assert MASK in body
            assert number[:12] not in body and number[-8:] not in body.replace(" ", "").replace("-", "")
    assert number not in caplog.text and "masked" in caplog.text


def test_what_a_client_sends_does_not_fill_the_disk() -> None:
    assert len(encode(checked(event(user="a" * 10_000, resource="é" * 10_000)), 1)) < 5000


@pytest.mark.parametrize("segment_bytes", [1, 900, 10**6])
def test_reading_newest_first_is_reading_backwards(segment_bytes: int, tmp_path: Path) -> None:
    written(tmp_path, [3, 4, 1, 5], segment_bytes)
    reader = LogReader(tmp_path, Chainer(KEY))
    forwards = records(tmp_path)
    assert reader.newest_first(Filter(), 13, 100) == forwards[::-1]
    assert reader.newest_first(Filter(), 7, 3) == forwards[4:7][::-1]
    assert reader.newest_first(Filter(resource="token/2"), 13, 100) == [forwards[2]]
    period = Filter(since=forwards[3].event.at, until=forwards[6].event.at)
    assert records(tmp_path, period) == forwards[3:6]
    assert reader.newest_first(Filter(), 0, 5) == [] == records(tmp_path, Filter(tenant="shop-2"))


def test_periods_choose_segments(tmp_path: Path) -> None:
    writer = SegmentWriter(
        tmp_path, Chainer(KEY), SIGNING_KEY, name="audit", count=0, mac=bytes(32), segment=None, segment_bytes=1
    )
    days = [START + timedelta(days=day) for day in range(5)]
    for number, at in enumerate(days):
        writer.commit([event(number, at=at)], at)
    writer.close()
    segments = segments_of(tmp_path)
    segments[0].write_bytes(segments[0].read_bytes().replace(b"alice", b"alicf"))
    assert [record.number for record in records(tmp_path, Filter(since=days[3]))] == [4, 5]  # the first is not opened
    with pytest.raises(IntegrityError):
        records(tmp_path)


def test_retention_names_what_is_older_than_three_and_twelve_months(tmp_path: Path) -> None:
    writer = SegmentWriter(
        tmp_path, Chainer(KEY), SIGNING_KEY, name="audit", count=0, mac=bytes(32), segment=None, segment_bytes=1
    )
    for day in (0, 100, 200, 300):
        writer.commit([event(at=START)], START + timedelta(days=day))
    writer.close()
    segments = segments_of(tmp_path)

    def old(day: int) -> tuple[int, int]:
        found = retention(tmp_path, KEY, START + timedelta(days=day))
        assert found.archivable == segments[: len(found.archivable)] and found.expired == segments[: len(found.expired)]
        return len(found.archivable), len(found.expired)

    # The first segment ended on day 100: it stays for 92 days after, and is kept for 366.
    assert [old(day) for day in (192, 193, 293, 466, 467, 2000)] == [(0, 0), (1, 0), (2, 0), (3, 0), (3, 1), (3, 3)]
    assert segments_of(tmp_path) == segments
    segments[1].write_bytes(segments[1].read_bytes().replace(b"2027", b"2020"))  # younger than it looks
    with pytest.raises(IntegrityError):
        old(2000)


async def _tables(url: str) -> None:
    engine = connect(url)
    async with transaction(engine) as connection:
        await connection.run_sync(AUDIT_HEADS.create)
    await engine.dispose()


def test_the_anchor_finds_what_was_rolled_back(database_url: str, tmp_path: Path) -> None:
    folder, copy = tmp_path / "log", tmp_path / "copy"

    async def run() -> None:
        await _tables(database_url)
        engine = connect(database_url)
        anchor = DatabaseAnchor(engine, "audit")
        assert await anchor.latest() is None
        log = await open_log(folder, anchor=anchor)
        await log.append([event()])
        await log.aclose()
        shutil.copytree(folder, copy)
        log = await open_log(folder, anchor=anchor)
        await log.append([event(), event()])
        await log.aclose()
        latest = await anchor.latest()
        assert latest == await log.acknowledged()
        await (await open_log(folder, anchor=anchor)).aclose()  # untouched: it goes on
        assert verify(copy, KEY, PUBLIC_KEY).verified
        assert not verify(copy, KEY, PUBLIC_KEY, latest).verified
        with pytest.raises(IntegrityError, match="missing at the end"):
            await open_log(copy, anchor=anchor)
        with pytest.raises(IntegrityError, match="no head"):
            await open_log(tmp_path / "new", anchor=anchor)
        await (await open_log(copy)).aclose()
        rewritten = await open_log(copy)
        with pytest.raises(IntegrityError):
            await anchor.publish(await rewritten.acknowledged())
        await rewritten.aclose()
        await engine.dispose()

    asyncio.run(run())


def test_an_anchor_takes_the_same_head_twice_and_no_other_of_its_number(database_url: str) -> None:
    async def run() -> None:
        await _tables(database_url)
        engine = connect(database_url)
        anchor = DatabaseAnchor(engine, "audit")
        head = Head("audit", 5, b"m" * 32, START, b"s" * 64)
        await anchor.publish(head)
        await anchor.publish(head)
        with pytest.raises(IntegrityError):
            await anchor.publish(Head("audit", 5, b"n" * 32, START, b"s" * 64))
        with pytest.raises(IntegrityError):
            await anchor.publish(Head("audit", 4, b"m" * 32, START, b"s" * 64))
        assert await anchor.latest() == head
        assert await DatabaseAnchor(engine, "other").latest() is None
        async with transaction(engine) as connection:
            assert (await connection.execute(text("SELECT count(*) FROM audit_heads"))).scalar_one() == 1
        await engine.dispose()

    asyncio.run(run())


def test_an_anchor_that_is_down_stops_no_event_and_gets_the_head_later(own_postgres: Postgres, tmp_path: Path) -> None:
    async def run() -> None:
        url = own_postgres.database()
        await _tables(url)
        engine = connect(url)
        anchor = DatabaseAnchor(engine, "audit")
        log = await open_log(tmp_path / "log", anchor=anchor, anchor_every=0.01)
        own_postgres.kill()
        await log.append([event()])
        with pytest.raises(UnavailableError):
            await anchor.latest()
        await asyncio.to_thread(own_postgres.start)
        await log.append([event()])
        while (await anchor.latest()) != await log.acknowledged():
            await asyncio.sleep(0.01)
        await log.aclose()
        assert (await anchor.latest()) == await log.acknowledged()
        await engine.dispose()

    asyncio.run(asyncio.wait_for(run(), 60))


def test_a_head_that_is_being_anchored_is_not_cut_off_at_the_end() -> None:
    begun, go = asyncio.Event(), asyncio.Event()
    kept: list[Head] = []

    class Slow:
        async def publish(self, head: Head) -> None:
            begun.set()
            await go.wait()
            kept.append(head)

        async def latest(self) -> Head | None:
            return None

    async def run() -> None:
        anchoring = Anchoring(Slow(), 60)
        first, last = (Head("audit", count, b"m" * 32, START) for count in (1, 2))
        anchoring.advance(first)
        await begun.wait()
        closing = asyncio.create_task(anchoring.aclose())
        await asyncio.sleep(0)
        anchoring.advance(last)
        go.set()
        await closing
        assert kept == [first, last]

    asyncio.run(run())
