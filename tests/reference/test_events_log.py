"""What every event log does: the local one, and a real Kafka."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
import trustme
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.events.kafka import KafkaLog
from reference_impl.events.kafka_settings import KafkaSettings
from reference_impl.events.local import LocalLog
from reference_impl.events.log import Message, Received
from reference_impl.secret import Secret
from tests.opa import free_port
from tests.reference.event_logs import Opened, kafka_settings, messages, name, taken, values
from tests.reference.kafka_broker import PASSWORD, USER, Broker


def by_key(received: list[Received]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for each in received:
        found.setdefault(each.message.key, []).append(int(each.message.value))
    return found


def test_messages_come_in_the_order_of_their_key_with_all_they_hold(event_log: Opened) -> None:
    async def run() -> None:
        topic = name()
        async with event_log() as opened:
            for start in range(0, 300, 50):
                await opened.publish({topic: messages(50, start=start)})
            async with opened.subscribe([topic], name()) as subscription:
                received = await taken(subscription, 300)
                assert await subscription.take(1, 0.1) == []
        assert sorted(values(received)) == list(range(300))
        assert by_key(received) == {f"key {key}": list(range(key, 300, 5)) for key in range(5)}
        assert all(each.message.headers == {"n": each.message.value.decode()} for each in received)
        assert len({each.position for each in received}) == 300
        places: dict[str, set[int]] = {}
        for each in received:
            places.setdefault(each.message.key, set()).add(each.position.partition)
        assert all(len(partitions) == 1 for partitions in places.values())

    asyncio.run(run())


def test_what_was_not_committed_comes_again_and_what_was_does_not(event_log: Opened) -> None:
    async def run() -> None:
        topic, group = name(), name()
        async with event_log() as opened:
            await opened.publish({topic: [Message("one key", str(n).encode()) for n in range(30)]})
            async with opened.subscribe([topic], group) as subscription:
                received = await taken(subscription, 20)
                await subscription.commit([received[4].position, received[9].position, received[2].position])
        async with event_log() as opened:  # as after a restart
            async with opened.subscribe([topic], group) as subscription:
                assert values(await taken(subscription, 20)) == list(range(10, 30))
                await subscription.commit([])
            async with opened.subscribe([topic], name()) as subscription:
                assert values(await taken(subscription, 30)) == list(range(30))
            async with opened.subscribe([topic], group) as subscription:
                last = (await taken(subscription, 20))[-1]
                await subscription.commit([last.position])
            async with opened.subscribe([topic], group) as subscription:
                assert await subscription.take(1, 0.3) == []
                await opened.publish({topic: messages(1, start=99)})
                assert values(await taken(subscription, 1)) == [99]

    asyncio.run(run())


def test_members_of_a_group_share_and_take_over(event_log: Opened) -> None:
    async def run() -> None:
        topic, group = name(), name()
        seen: dict[str, set[int]] = {"first": set(), "second": set()}

        async def read(who: str, opened: object, stop: asyncio.Event) -> None:
            async with opened.subscribe([topic], group) as subscription:  # type: ignore[attr-defined]
                while not stop.is_set():
                    received = await subscription.take(10, 0.1)
                    seen[who].update(values(received))
                    await subscription.commit([each.position for each in received])

        async with event_log() as opened:
            first_stop, second_stop = asyncio.Event(), asyncio.Event()
            first = asyncio.create_task(read("first", opened, first_stop))
            second = asyncio.create_task(read("second", opened, second_stop))
            number = 0
            while not all(len(numbers) > 10 for numbers in seen.values()):  # both have a share, at last
                await opened.publish({topic: messages(20, keys=17, start=number)})
                number += 20
                assert number < 40_000
            second_stop.set()
            await second
            await opened.publish({topic: messages(50, keys=17, start=number)})
            number += 50

            async def everything() -> None:
                while seen["first"] | seen["second"] != set(range(number)):
                    await asyncio.sleep(0.02)

            await asyncio.wait_for(everything(), 30)
            first_stop.set()
            await first

    asyncio.run(run())


def test_a_group_reads_several_topics(event_log: Opened) -> None:
    async def run() -> None:
        one, other = name(), name()
        async with event_log() as opened:
            await opened.publish({one: messages(5)})
            await opened.publish({other: messages(5, start=5)})
            async with opened.subscribe([one, other], name()) as subscription:
                received = await taken(subscription, 10)
        assert {each.position.topic: None for each in received}.keys() == {one, other}
        assert sorted(values(received)) == list(range(10))

    asyncio.run(run())


def test_somebody_who_waits_is_woken(event_log: Opened) -> None:
    async def run() -> None:
        topic = name()
        async with event_log() as opened, opened.subscribe([topic], name()) as subscription:
            waiting = asyncio.create_task(taken(subscription, 1))
            await asyncio.sleep(0)
            await opened.publish({topic: messages(1)})
            assert values(await waiting) == [0]

    asyncio.run(run())


def test_a_local_log_belongs_to_one_process(tmp_path: Path) -> None:
    async def run() -> None:
        async with LocalLog.open(tmp_path / "log"):
            with pytest.raises(ConfigurationError):
                async with LocalLog.open(tmp_path / "log"):
                    pass
        async with LocalLog.open(tmp_path / "log"):
            pass

    asyncio.run(run())


def test_topics_have_real_settings(kafka_broker: Broker) -> None:
    """`encryption.type` is none: a broker refuses it, and this one has taken all of ours."""
    prefix = name()
    topic = f"{prefix}orders"

    async def run() -> dict[str, str]:
        async with KafkaLog.open(kafka_settings(kafka_broker, prefix)) as log:
            await log.publish({"orders": messages(1)})
        admin = AIOKafkaAdminClient(bootstrap_servers=kafka_broker.servers)
        await admin.start()
        try:
            (answer,) = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
            (description,) = await admin.describe_topics([topic])
            assert len(description["partitions"]) == kafka_settings(kafka_broker).partitions
        finally:
            await admin.close()
        return {entry[0]: entry[1] for entry in answer.resources[0][4]}

    found = asyncio.run(run())
    assert found["retention.ms"] == str(7 * 24 * 3600 * 1000)
    assert found["min.insync.replicas"] == "1"
    assert found["unclean.leader.election.enable"] == "false"


def test_what_a_cluster_is_told_by_default() -> None:
    settings = KafkaSettings(("127.0.0.1:9092",))
    assert (settings.partitions, settings.replicas) == (12, 3)
    assert settings.topic()["min.insync.replicas"] == "2"
    assert not [name for name in settings.topic() if "encrypt" in name]


def test_nobody_is_spoken_to_in_clear_over_a_network() -> None:
    for servers in (("kafka.example:9092",), ("127.0.0.1:9092", "10.0.0.1:9092")):
        with pytest.raises(ConfigurationError):
            KafkaSettings(servers).connection()
    with pytest.raises(ConfigurationError):
        KafkaSettings(("127.0.0.1:9092",), user="somebody", password=Secret("x")).connection()
    with pytest.raises(ConfigurationError):
        KafkaSettings(("kafka.example:9092",), authority=Path("nowhere.pem")).connection()


def test_tls_and_a_password(kafka_broker: Broker, tmp_path: Path) -> None:
    server = f"127.0.0.1:{kafka_broker.tls_port}"

    def settings(authority: Path, password: str) -> KafkaSettings:
        return KafkaSettings(
            (server,),
            authority=authority,
            user=USER,
            password=Secret(password),
            replicas=1,
            in_sync=1,
            timeout_seconds=5,
        )

    async def publish(how: KafkaSettings) -> None:
        async with KafkaLog.open(how) as log:
            await log.publish({name(): messages(3)})

    good = settings(kafka_broker.authority, PASSWORD)
    asyncio.run(publish(good))
    context = good.connection()["ssl_context"]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    with pytest.raises(UnavailableError):
        asyncio.run(publish(settings(kafka_broker.authority, "another")))
    stranger = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(stranger)
    with pytest.raises(UnavailableError):
        asyncio.run(publish(settings(stranger, PASSWORD)))


def test_a_broker_that_is_not_there_is_told_apart() -> None:
    settings = KafkaSettings((f"127.0.0.1:{free_port()}",), timeout_seconds=2)

    async def run() -> None:
        async with KafkaLog.open(settings) as log:
            with pytest.raises(UnavailableError):
                await log.publish({"topic": messages(1)})
            with pytest.raises(UnavailableError):
                async with log.subscribe(["topic"], "group"):
                    pass

    asyncio.run(run())
