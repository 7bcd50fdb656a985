"""The event flow as it is started: settings that are half, parts that die, and the operator's commands."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from reference_impl.__main__ import main
from reference_impl.errors import ConfigurationError, IntegrityError, UnavailableError
from reference_impl.events import dead_letters
from reference_impl.events.local import LocalLog
from reference_impl.events.log import Message, Position, Received
from reference_impl.events.model import Unwatched
from reference_impl.events.opening import log_of, segments_of
from reference_impl.events.s3 import LockedBucket
from reference_impl.events.sealing import Sealer
from reference_impl.events.supervision import Health, supervised
from reference_impl.events.under_way import UnderWay
from reference_impl.events.waiting import Retries
from reference_impl.events.worm import WormFolder
from reference_impl.settings import Settings
from tests.reference.event_logs import DerivedKeys, order, until
from tests.reference.ordering import ended, place, wish
from tests.reference.paying import till_at
from tests.reference.running import environment_of, settings_in

QUICK = Retries(first_seconds=0.01, longest_seconds=0.01)
BUCKET = {
    "sink_bucket_url": "https://trail.s3.eu-central-1.amazonaws.com",
    "sink_bucket_region": "eu-central-1",
    "sink_bucket_access_key_id": "AKIDEXAMPLE",
    "sink_bucket_secret_access_key": SecretStr("only-for-tests"),
}


@pytest.mark.parametrize(
    "changed",
    [
        {"kafka_prefix": "payments."},
        {"kafka_servers": ("broker:9093",), "kafka_user": "payment"},
        {"kafka_servers": ("broker:9093",), "kafka_password": SecretStr("x")},
        {"kafka_servers": ("broker:9093",), "kafka_user": "payment", "kafka_password": SecretStr("x")},
        {"kafka_servers": ("127.0.0.1:9092",), "kafka_certificate": Path("a.pem")},
        {"kafka_servers": ("127.0.0.1:9092",), "kafka_replicas": 1},
        {"kafka_servers": ("broker:9092",)},
        *[{name: value} for name, value in BUCKET.items()],
        BUCKET | {"sink_bucket_url": "http://trail.example"},
        BUCKET | {"sink_folder": Path("trail")},
        BUCKET | {"sink_bucket_authority": Path("/nowhere.pem")},
    ],
)
def test_half_a_group_of_settings_is_refused(changed: dict[str, Any], tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path).model_copy(update=changed)

    async def run() -> None:
        async with log_of(settings), segments_of(settings):
            pass

    with pytest.raises(ConfigurationError):
        asyncio.run(run())


def test_where_the_trail_is_kept(tmp_path: Path) -> None:
    async def kept(**changed: Any) -> object:
        async with segments_of(Settings(data_folder=tmp_path).model_copy(update=changed)) as store:
            return store

    assert isinstance(asyncio.run(kept()), WormFolder) and (tmp_path / "trail").is_dir()
    assert isinstance(asyncio.run(kept(sink_folder=tmp_path / "other")), WormFolder) and (tmp_path / "other").is_dir()
    assert isinstance(asyncio.run(kept(**BUCKET)), LockedBucket)


class Watched(Unwatched):
    """Implements `Watch`, and remembers."""

    def __init__(self) -> None:
        self.states: list[tuple[str, str]] = []

    def part(self, name: str, state: str) -> None:
        self.states.append((name, state))


def test_who_dies_is_begun_again_and_who_cannot_go_on_is_told(caplog: pytest.LogCaptureFixture) -> None:
    watch = Watched()
    health = Health(watch)
    lives: Counter[str] = Counter()

    async def mortal(stop: asyncio.Event) -> None:
        lives["mortal"] += 1
        if lives["mortal"] < 3:
            raise ZeroDivisionError
        await stop.wait()

    async def hopeless(stop: asyncio.Event) -> None:
        lives["hopeless"] += 1
        raise IntegrityError("damaged")

    async def run() -> None:
        async with supervised("one", mortal, health, QUICK), supervised("other", hopeless, health, QUICK):
            health_before = list(health.failed)
            await until(lambda: lives["mortal"] == 3 and health.failed == {"other"})
            assert health_before == []
            with pytest.raises(UnavailableError):
                health.check()

    asyncio.run(run())
    assert lives == {"mortal": 3, "hopeless": 1}
    running, again = ("one", "running"), ("one", "restarting")
    assert [state for state in watch.states if state[0] == "one"] == [*[running, again] * 2, running, ("one", "ended")]
    assert ("other", "failed") in watch.states
    told = Counter((record.levelname, record.msg) for record in caplog.records if "event flow" in record.msg)
    assert told == {
        ("ERROR", "a part of the event flow died, and is begun again"): 2,
        ("ERROR", "a part of the event flow cannot go on"): 1,
    }


def test_what_is_under_way_is_done_in_order_for_each_key_and_committed_without_a_gap() -> None:
    gates = {number: asyncio.Event() for number in range(6)}
    begun: list[int] = []

    def message(number: int, key: str) -> Received:
        return Received(Position("topic", 0, number), Message(key, str(number).encode()))

    async def process(received: Received) -> bool:
        begun.append(received.position.offset)
        await gates[received.position.offset].wait()
        return received.position.offset != 4

    async def run() -> None:
        under_way = UnderWay()
        for number, key in enumerate("aababb"):
            under_way.add(message(number, key), process)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert begun == [0, 2] and len(under_way) == 6 and under_way.done() == []
        gates[2].set()
        await until(lambda: 4 in begun)
        assert under_way.done() == [], "what is before it is not done"
        gates[0].set()
        await until(lambda: 1 in begun)
        assert [position.offset for position in under_way.done()] == [0]
        for gate in gates.values():
            gate.set()
        await under_way.end()
        assert [position.offset for position in under_way.done()] == [3]
        assert begun == [0, 2, 4, 1, 3] and under_way.error is None, "behind what was not done nothing is begun"

    asyncio.run(run())


def cli(settings: Settings, *words: str) -> Any:
    return CliRunner().invoke(main, ["events", *words], env=environment_of(settings))


def test_dead_letters_are_listed_without_their_content_and_brought_back(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "place")

    async def bury() -> list[str]:
        sealer, events = Sealer(DerivedKeys()), [order() for _ in range(5)]
        async with LocalLog.open(settings.data_folder / "events") as log:
            for number, event in enumerate(events):
                received = Received(Position("order.created", 0, number), await sealer.seal(event))
                await dead_letters.bury(log, received, "payment-flow", "given_up", event.at)
            forged = Message("x", b"", {"event": "\x1b[2J", "dead-reason": "Free text", "type": "order.created"})
            await log.publish({"order.created.dead": [forged]})
        return [event.id for event in events]

    ids = asyncio.run(bury())
    listed = cli(settings, "dead-letters")
    assert listed.exit_code == 0 and "6 dead letters" in listed.output and "\x1b" not in listed.output
    assert all(listed.output.count(name) == 1 for name in ids) and listed.output.count("given_up") == 5
    assert "customer-1" not in listed.output and "tok_" not in listed.output
    assert cli(settings, "dead-letters", "--limit", "2").output.count("order.created") == 2
    back = cli(settings, "redrive", "--limit", "4")
    assert back.exit_code == 0 and "4 dead letters were brought back" in back.output
    assert "2 dead letters." in cli(settings, "dead-letters").output
    assert "2 dead letters were brought back" in cli(settings, "redrive").output
    assert "0 dead letters were brought back" in cli(settings, "redrive").output


def test_the_trail_is_verified_beside_the_service_and_after_it(tmp_path: Path) -> None:
    with till_at(tmp_path) as till:
        ended(till.client, place(till.client, wish(till.token())).raise_for_status().json()["id"])
        settings = till.settings
        trail = settings.data_folder / "trail"
        asyncio.run(until(lambda: any(trail.glob("*.segment"))))
        told = cli(settings, "verify")
        assert told.exit_code == 0 and "Verified" in told.output
        busy = cli(settings, "redrive")
        assert busy.exit_code == 2 and "in use by another process" in busy.output
    first = min(trail.glob("*.segment"))
    whole = first.read_bytes()
    first.chmod(0o600)
    told = cli(settings, "verify")
    assert told.exit_code == 1 and "segment 1: unlocked" in told.output
    first.write_bytes(whole + b"\n")
    assert "segment 1: changed" in cli(settings, "verify").output
    first.unlink()
    told = cli(settings, "verify")
    assert told.exit_code == 1 and "segment 1: missing" in told.output
    away = settings.model_copy(update={"database_url": "postgresql+asyncpg://payment@127.0.0.1:1/none"})
    assert cli(away, "verify").exit_code == 3
