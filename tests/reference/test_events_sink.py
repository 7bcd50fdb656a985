"""The audit trail of events: written once, whole, without a gap or a double; what is done to it afterwards is found."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.crypto.aws_signing import Credentials
from reference_impl.database import connect, transaction
from reference_impl.errors import ConfigurationError, ConflictError, IntegrityError, UnavailableError
from reference_impl.events.local import LocalLog
from reference_impl.events.log import EventLog, Message
from reference_impl.events.s3 import LockedBucket
from reference_impl.events.sealing import Sealer
from reference_impl.events.segments import SegmentStore, name_of, read
from reference_impl.events.sink import AuditSink
from reference_impl.events.store import SEGMENTS
from reference_impl.events.verify import Damage, Finding, Verdict, verify
from reference_impl.events.worm import WormFolder
from reference_impl.migrations import migrate
from reference_impl.secret import Secret
from tests.reference.event_logs import DerivedKeys, order, running, until
from tests.reference.s3_double import ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY, Bucket, Version, s3

KEY = Ed25519PrivateKey.generate()
NAME = "audit-sink"
TOPIC = "order.created"


@pytest.fixture
def bucket() -> Iterator[tuple[Bucket, LockedBucket]]:
    state = Bucket()
    credentials = Credentials(ACCESS_KEY_ID, Secret(SECRET_ACCESS_KEY), "test-session")
    with s3(state) as url:
        yield state, LockedBucket(httpx.AsyncClient(base_url=url), REGION, lambda: credentials)


@pytest.fixture(params=["folder", "bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> SegmentStore:
    if request.param == "folder":
        return WormFolder(tmp_path / "trail")
    opened: tuple[Bucket, LockedBucket] = request.getfixturevalue("bucket")
    return opened[1]


class Place:
    """A log, a database and a trail."""

    def __init__(self, log: EventLog, engine: AsyncEngine, kept: SegmentStore) -> None:
        self.log, self.engine, self.kept, self.sealer = log, engine, kept, Sealer(DerivedKeys())

    def sink(self, **options: object) -> AuditSink:
        how = {"segment_events": 10, "linger_seconds": 0.05} | options
        return AuditSink(self.log, self.sealer, self.engine, self.kept, KEY, **how)  # type: ignore[arg-type]

    async def publish(self, count: int) -> list[Message]:
        made = [await self.sealer.seal(order(f"tenant-{n % 4}")) for n in range(count)]
        await self.log.publish({TOPIC: made})
        return made

    async def verdict(self) -> Verdict:
        return await verify(self.kept, self.engine, KEY.public_key(), NAME)

    async def ids(self) -> list[str]:
        """Of all events in the trail, in order."""
        found: list[str] = []
        for number in range(1, (await self.verdict()).segments + 1):
            data = await self.kept.get(name_of(number)) or b""
            found += [each.message.headers.get("event", "") for each in read(data, KEY.public_key()).received]
        return found

    async def sunk(self, count: int, **options: object) -> None:
        """Runs a sink until the trail has that many."""
        async with running(self.sink(**options).run):
            await until(lambda: self._has(count))

    async def _has(self, count: int) -> bool:
        return (await self.verdict()).events >= count


@asynccontextmanager
async def place(tmp_path: Path, kept: SegmentStore) -> AsyncIterator[Place]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"
    await migrate(url)
    engine = connect(url)
    async with LocalLog.open(tmp_path / "log", partitions=3) as log:
        yield Place(log, engine, kept)
    await engine.dispose()


def test_everything_is_there_once_in_order_and_sealed(tmp_path: Path, kept: SegmentStore) -> None:
    async def run() -> None:
        async with place(tmp_path, kept) as here:
            published = await here.publish(35)
            await here.sunk(35)
            again = [published[3], published[3], *(await here.publish(5))]  # a relay that crashed publishes twice
            await here.log.publish({TOPIC: again[:2]})
            await here.log.publish({TOPIC: [Message("acme/x", b"no event", {"event": again[2].headers["event"]})]})
            await here.sunk(41)
            verdict = await here.verdict()
            assert (verdict.events, verdict.findings) == (41, ())
            ids = await here.ids()
            assert sorted(ids) == sorted(
                [each.headers["event"] for each in (*published, *again[2:])] + [again[2].headers["event"]]
            )
            data = b"".join([await kept.get(name_of(n)) or b"" for n in range(1, verdict.segments + 1)])
            assert b"tok_" not in data
            assert b"customer-1" not in data

    asyncio.run(run())


def test_two_sinks_write_one_trail(tmp_path: Path, kept: SegmentStore) -> None:
    async def run() -> None:
        async with place(tmp_path, kept) as here, running(here.sink().run, here.sink().run):
            for _ in range(6):
                await here.publish(20)
            await until(lambda: here._has(120))
            verdict = await here.verdict()
            assert (verdict.events, verdict.findings) == (120, ())
            assert len(set(await here.ids())) == 120

    asyncio.run(run())


def test_a_crash_between_segment_and_note_loses_and_doubles_nothing(tmp_path: Path, kept: SegmentStore) -> None:
    async def run() -> None:
        async with place(tmp_path, kept) as here:
            await here.publish(25)
            await here.sunk(25)
            noted = (await here.verdict()).segments
            async with transaction(here.engine) as connection:  # as if it had died before
                await connection.execute(delete(SEGMENTS).where(SEGMENTS.c.number >= noted - 1))
            async with transaction(here.log._engine) as connection:  # type: ignore[attr-defined]
                await connection.exec_driver_sql("DELETE FROM committed")
            await here.publish(5)
            await here.sunk(30)
            verdict = await here.verdict()
            assert (verdict.events, verdict.findings) == (30, ())
            assert len(set(await here.ids())) == 30

    asyncio.run(run())


def test_a_store_that_is_away_is_waited_for(tmp_path: Path, bucket: tuple[Bucket, LockedBucket]) -> None:
    state, kept = bucket

    async def run() -> None:
        async with place(tmp_path, kept) as here:
            await here.publish(10)
            state.answers = [503, 500]
            async with running(here.sink().run):
                await until(lambda: not state.answers)
                await until(lambda: here._has(10))
                assert (await here.verdict()).findings == ()

    asyncio.run(run())


def rewrite(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(data)
    path.chmod(0o400)
    later = datetime.now(timezone.utc) + timedelta(days=400)
    os.utime(path, (later.timestamp(), later.timestamp()))


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_what_is_done_to_the_files_is_found(tmp_path: Path) -> None:
    trail, aside = tmp_path / "trail", tmp_path / "aside"
    kept = WormFolder(trail)

    def segment(number: int) -> Path:
        return trail / name_of(number)

    async def run() -> None:
        async with place(tmp_path, kept) as here:
            for count in range(1, 5):
                await here.publish(5)
                await here.sunk(5 * count)
            assert (await here.verdict()).segments >= 4
            last = (await here.verdict()).segments
            shutil.copytree(trail, aside)
            two, three = segment(2).read_bytes(), segment(3).read_bytes()

            async def found(*damaged: tuple[int, Damage]) -> None:
                assert set(damaged) <= set((await here.verdict()).findings)
                shutil.rmtree(trail)
                shutil.copytree(aside, trail)
                assert (await here.verdict()).findings == ()

            for at in (0, 20, len(two) // 2, len(two) - 2):
                rewrite(segment(2), flipped(two, at))
                await found(Finding(2, Damage.CHANGED))
            rewrite(segment(2), two[:-1])
            await found(Finding(2, Damage.CHANGED))
            rewrite(segment(2), b"")
            await found(Finding(2, Damage.CHANGED))
            segment(2).unlink()
            await found(Finding(2, Damage.MISSING))
            segment(last).unlink()
            await found(Finding(last, Damage.MISSING))
            rewrite(segment(2), three)
            rewrite(segment(3), two)
            await found(Finding(2, Damage.MOVED), Finding(3, Damage.MOVED))
            rewrite(segment(last + 1), two)
            await found(Finding(last + 1, Damage.MOVED))
            segment(2).chmod(0o600)
            await found(Finding(2, Damage.UNLOCKED))
            os.utime(segment(2))
            await found(Finding(2, Damage.UNLOCKED))
            with pytest.raises(IntegrityError):
                segment(last).unlink()
                await here.sink().run(asyncio.Event())

    asyncio.run(run())


def test_a_file_is_never_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    kept, later = WormFolder(tmp_path / "trail"), datetime.now(timezone.utc) + timedelta(days=400)

    async def run() -> None:
        await kept.put("a", b"first", later)
        for _ in range(2):
            with pytest.raises(ConflictError):
                await kept.put("a", b"second", later)
        assert await kept.get("a") == b"first"
        assert await kept.get("b") is None
        assert await kept.locked("a", later)
        assert not await kept.locked("a", later + timedelta(days=1))
        assert not await kept.locked("b", later)

    asyncio.run(run())
    assert [(path.name, path.stat().st_mode & 0o777) for path in (tmp_path / "trail").iterdir()] == [("a", 0o400)]
    assert (tmp_path / "trail").stat().st_mode & 0o777 == 0o700


def test_a_trail_is_kept_for_a_year(tmp_path: Path) -> None:
    async def run() -> None:
        async with place(tmp_path, WormFolder(tmp_path / "trail")) as here:
            with pytest.raises(ConfigurationError):
                here.sink(retention=timedelta(days=7))

    asyncio.run(run())


def test_locked_objects_are_hidden_or_put_under_but_not_removed(
    tmp_path: Path, bucket: tuple[Bucket, LockedBucket]
) -> None:
    state, kept = bucket

    async def run() -> None:
        async with place(tmp_path, kept) as here:
            await kept.check()
            for count in (5, 10):
                await here.publish(5)
                await here.sunk(count)
            versions = state.objects[f"events/{name_of(1)}"]
            (only,) = versions
            year = datetime.now(timezone.utc) + timedelta(days=364)
            assert (only.mode, only.until > year.strftime("%Y-%m-%dT%H:%M:%SZ")) == ("COMPLIANCE", True)
            assert state.delete(f"events/{name_of(1)}", 0) == 403
            assert state.delete(f"events/{name_of(1)}") == 204
            assert Finding(1, Damage.MISSING) in (await here.verdict()).findings
            versions.pop()
            versions.append(Version(only.data, "COMPLIANCE", "2099-01-01T00:00:00Z"))
            assert (await here.verdict()).findings == ()
            versions[-1] = Version(only.data, "GOVERNANCE", "2099-01-01T00:00:00Z")
            assert (await here.verdict()).findings == (Finding(1, Damage.UNLOCKED),)
            versions[-1] = Version(only.data, "COMPLIANCE", "2026-01-01T00:00:00Z")
            assert (await here.verdict()).findings == (Finding(1, Damage.UNLOCKED),)
            versions[-1] = Version(only.data)
            assert (await here.verdict()).findings == (Finding(1, Damage.UNLOCKED),)

    asyncio.run(run())


def test_a_bucket_without_object_lock_is_refused(bucket: tuple[Bucket, LockedBucket]) -> None:
    state, kept = bucket
    later = datetime.now(timezone.utc) + timedelta(days=400)

    async def run() -> None:
        state.lock = False
        with pytest.raises(ConfigurationError):
            await kept.check()
        with pytest.raises(UnavailableError):
            await kept.put("a", b"x", later)
        assert not state.objects
        state.lock = True
        await kept.put("a b+c", b"x", later)
        assert await kept.get("a b+c") == b"x"
        with pytest.raises(ConflictError):
            await kept.put("a b+c", b"y", later)
        state.answers = [503]
        with pytest.raises(UnavailableError):
            await kept.get("a b+c")

    asyncio.run(run())


def test_a_bucket_that_does_not_answer_or_does_not_believe_us(bucket: tuple[Bucket, LockedBucket]) -> None:
    async def run() -> None:
        url = str(bucket[1]._http.base_url)
        wrong = Credentials(ACCESS_KEY_ID, Secret("another"))
        for kept in (
            LockedBucket(httpx.AsyncClient(base_url=url), REGION, lambda: wrong),
            LockedBucket(httpx.AsyncClient(base_url="http://127.0.0.1:1"), REGION, lambda: wrong),
        ):
            for call in (kept.check(), kept.get("a"), kept.locked("a", datetime.now(timezone.utc))):
                with pytest.raises(UnavailableError):
                    await call

    asyncio.run(run())
