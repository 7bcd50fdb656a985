"""The event log on a Kafka cluster (protocol and settings: Apache Kafka documentation, 3.9)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.events.kafka_settings import KafkaSettings
from reference_impl.events.log import Message, Position, Received

_EXISTS = 36


class KafkaLog:
    """Implements `EventLog`. `KafkaLog.open(…)` makes it; topics are made when they are first used."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._connection = settings.connection()
        self._producer: AIOKafkaProducer | None = None
        self._publishing = asyncio.Lock()
        self._late: asyncio.Future[Any] | None = None
        self._topics: set[str] = set()

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: KafkaSettings) -> AsyncIterator[KafkaLog]:
        """Connects when it is first used. Raises ConfigurationError."""
        log = cls(settings)
        try:
            yield log
        finally:
            await log._forget_producer()

    async def publish(self, messages: Mapping[str, Sequence[Message]]) -> None:
        """See `EventLog`. What could not be delivered in time still may be, and is waited for before anything else."""
        async with self._publishing:
            with _unavailable():
                await self._make(list(map(self._named, messages)))
                producer = await self._started()
                try:
                    await self._delivered()
                    futures = [
                        await self._send(producer, topic, message)
                        for topic, of_topic in messages.items()
                        for message in of_topic
                    ]
                    self._late = asyncio.gather(*futures)
                    await self._delivered()
                except KafkaError:
                    await self._forget_producer()  # it may not go on: what follows would be out of order
                    raise

    @asynccontextmanager
    async def subscribe(self, topics: Collection[str], group: str) -> AsyncIterator[KafkaSubscription]:
        """See `EventLog`."""
        session = int(self._settings.session_seconds * 1000)
        names = [self._named(topic) for topic in topics]
        with _unavailable():
            await self._make(names)
            consumer = AIOKafkaConsumer(
                *names,
                **self._connection,
                group_id=self._named(group),
                enable_auto_commit=False,
                auto_offset_reset="earliest",
                session_timeout_ms=session,
                heartbeat_interval_ms=session // 3,
            )
            try:
                await asyncio.wait_for(
                    consumer.start(), self._settings.timeout_seconds + self._settings.session_seconds
                )
            except (KafkaError, asyncio.TimeoutError, asyncio.CancelledError):
                await self._stopped(consumer)
                raise
        try:
            yield KafkaSubscription(consumer, self._settings.prefix)
        finally:
            await self._stopped(consumer)

    async def _make(self, topics: Collection[str]) -> None:
        missing = [topic for topic in topics if topic not in self._topics]
        if not missing:
            return
        admin = AIOKafkaAdminClient(**self._connection)
        try:
            await admin.start()
            settings = self._settings
            wanted = [
                NewTopic(topic, settings.partitions, settings.replicas, topic_configs=dict(settings.topic()))
                for topic in missing
            ]
            answer = await admin.create_topics(wanted)
        finally:
            await admin.close()
        for topic, code, *_ in answer.topic_errors:
            if code not in (0, _EXISTS):
                raise ConfigurationError(f"kafka: a topic cannot be made (error {code})")
            self._topics.add(topic)

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = AIOKafkaProducer(**self._connection, enable_idempotence=True, acks="all")
            try:
                await producer.start()
            except KafkaError:
                await self._stopped(producer)
                raise
            self._producer = producer
        return self._producer

    async def _send(self, producer: AIOKafkaProducer, topic: str, message: Message) -> asyncio.Future[Any]:
        headers = [(name, value.encode()) for name, value in message.headers.items()]
        sending = producer.send(self._named(topic), message.value, key=message.key.encode(), headers=headers)
        future: asyncio.Future[Any] = await asyncio.wait_for(sending, self._settings.timeout_seconds)
        return future

    def _named(self, name: str) -> str:
        return self._settings.prefix + name

    async def _delivered(self) -> None:
        if self._late is not None:
            await asyncio.wait_for(asyncio.shield(self._late), self._settings.timeout_seconds)
            self._late = None

    async def _forget_producer(self) -> None:
        producer, self._producer, late, self._late = self._producer, None, self._late, None
        if late is not None:
            late.cancel()
        if producer is not None:
            await self._stopped(producer)

    async def _stopped(self, client: AIOKafkaProducer | AIOKafkaConsumer) -> None:
        with suppress(KafkaError, asyncio.TimeoutError):
            await asyncio.wait_for(client.stop(), self._settings.timeout_seconds)


class KafkaSubscription:
    """Implements `Subscription`."""

    def __init__(self, consumer: AIOKafkaConsumer, prefix: str) -> None:
        self._consumer, self._prefix = consumer, prefix

    async def take(self, limit: int, seconds: float) -> Sequence[Received]:
        """See `Subscription`."""
        with _unavailable():
            found = await self._consumer.getmany(timeout_ms=int(seconds * 1000), max_records=limit)
        return [self._received(record) for records in found.values() for record in records]

    async def commit(self, positions: Collection[Position]) -> None:
        """See `Subscription`."""
        ends: dict[TopicPartition, int] = {}
        for topic, partition, offset in positions:
            place = TopicPartition(self._prefix + topic, partition)
            if place in self._consumer.assignment():
                ends[place] = max(offset + 1, ends.get(place, 0))
        if ends:
            with _unavailable(), suppress(CommitFailedError, IllegalStateError):
                await self._consumer.commit(ends)

    def _received(self, record: ConsumerRecord[bytes, bytes]) -> Received:
        headers = {name: value.decode(errors="replace") for name, value in record.headers}
        message = Message((record.key or b"").decode(errors="replace"), record.value or b"", headers)
        return Received(Position(record.topic[len(self._prefix) :], record.partition, record.offset), message)


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except (KafkaError, OSError, asyncio.TimeoutError) as error:
        raise UnavailableError("the event log does not answer") from error
