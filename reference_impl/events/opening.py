"""The event flow of the settings: its log, where its trail is kept, and everything that runs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import NamedTuple

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.crypto.aws_role import role_of
from reference_impl.crypto.aws_signing import Credentials
from reference_impl.crypto.client_tls import trusting
from reference_impl.errors import ConfigurationError
from reference_impl.events.applying import Effect, Write
from reference_impl.events.consumer import Consumer, Handler
from reference_impl.events.flow import GROUP, Flow
from reference_impl.events.kafka import KafkaLog
from reference_impl.events.kafka_settings import KafkaSettings
from reference_impl.events.local import LocalLog
from reference_impl.events.log import EventLog
from reference_impl.events.model import Event, EventType, Unwatched, Watch
from reference_impl.events.outbox import Relay
from reference_impl.events.s3 import LockedBucket
from reference_impl.events.sealing import Customers, Sealer
from reference_impl.events.segments import SegmentStore
from reference_impl.events.sink import AuditSink
from reference_impl.events.supervision import Health, supervised
from reference_impl.events.worm import WormFolder
from reference_impl.keys.model import Keys, SubjectKeys
from reference_impl.secret import Secret
from reference_impl.settings import Settings

_BUCKET_SECONDS = 10.0


class Follower(NamedTuple):
    """Who only writes down what it is told: `write` gets events of these types, many in one transaction."""

    types: Collection[EventType]
    write: Write


@asynccontextmanager
async def running(
    settings: Settings,
    database: AsyncEngine,
    *,
    keys: Keys,
    subjects: SubjectKeys | None = None,
    orders: Customers | None = None,
    signing: Ed25519PrivateKey,
    flow: Flow,
    followers: Mapping[str, Follower],
    watch: Watch | None = None,
) -> AsyncIterator[Health]:
    """Sink, relay and consumers, by the names of their groups; consumers end first, and what they wrote is relayed.

    `subjects`, `orders`: see `Sealer`; `signing`: of the trail. Raises ConfigurationError.
    """
    health, sealer = Health(watch or Unwatched()), Sealer(keys, subjects, orders)
    async with AsyncExitStack() as stack:
        log = await stack.enter_async_context(log_of(settings))
        kept = await stack.enter_async_context(segments_of(settings))
        sink = AuditSink(log, sealer, database, kept, signing, retention=timedelta(days=settings.sink_days))
        await stack.enter_async_context(supervised("sink", sink.run, health))
        await stack.enter_async_context(supervised("relay", Relay(database, log, sealer).run, health))
        handlers = {name: dict.fromkeys(each.types, _writing(each.write)) for name, each in followers.items()}
        for name, of_group in {**handlers, GROUP: flow.handlers}.items():
            consumer = Consumer(log, sealer, database, name, of_group, watch=health)
            await stack.enter_async_context(supervised(name, consumer.run, health))
        yield health


def log_of(settings: Settings) -> AbstractAsyncContextManager[EventLog]:
    """To be entered. Raises ConfigurationError, then also while another process has the folder's log open."""
    if not settings.given("kafka_", "servers"):
        return LocalLog.open(settings.data_folder / "events")
    if bool(settings.kafka_user) != (settings.kafka_password is not None):
        raise ConfigurationError("kafka_user, kafka_password: both or neither")
    if (settings.kafka_certificate is None) != (settings.kafka_certificate_key is None):
        raise ConfigurationError("kafka_certificate, kafka_certificate_key: both or neither")
    if settings.kafka_authority is None and (settings.kafka_user or settings.kafka_certificate):
        raise ConfigurationError("kafka_authority: missing; nobody says who they are without TLS")
    if settings.kafka_in_sync > settings.kafka_replicas:
        raise ConfigurationError("kafka_in_sync: at most kafka_replicas")
    password = settings.kafka_password
    return KafkaLog.open(
        KafkaSettings(
            settings.kafka_servers,
            authority=settings.kafka_authority,
            certificate=settings.kafka_certificate,
            certificate_key=settings.kafka_certificate_key,
            user=settings.kafka_user,
            password=None if password is None else Secret(password.get_secret_value()),
            prefix=settings.kafka_prefix,
            partitions=settings.kafka_partitions,
            replicas=settings.kafka_replicas,
            in_sync=settings.kafka_in_sync,
        )
    )


@asynccontextmanager
async def segments_of(settings: Settings) -> AsyncIterator[SegmentStore]:
    """Where the trail is kept. Raises ConfigurationError."""
    role = role_of(settings, settings.sink_bucket_region)
    keys = ("access_key_id", "secret_access_key") if role is None or settings.sink_bucket_access_key_id else ()
    if not settings.given("sink_bucket_", "url", "region", *keys):
        yield WormFolder(settings.sink_folder or settings.data_folder / "trail")
        return
    if settings.sink_folder is not None:
        raise ConfigurationError("sink_folder, sink_bucket_url: one of the two")
    if not settings.sink_bucket_url.startswith("https://"):
        raise ConfigurationError("sink_bucket_url: https")
    tls = trusting(settings.sink_bucket_authority, "sink_bucket_authority")
    async with httpx.AsyncClient(
        base_url=settings.sink_bucket_url, timeout=_BUCKET_SECONDS, verify=tls, trust_env=False
    ) as http:
        credentials = role if role is not None and not keys else _bucket_keys(settings)
        yield LockedBucket(http, settings.sink_bucket_region, credentials)


def _bucket_keys(settings: Settings) -> Callable[[], Credentials]:
    session, secret = settings.sink_bucket_session_token, settings.sink_bucket_secret_access_key
    credentials = Credentials(
        settings.sink_bucket_access_key_id,
        Secret(secret.get_secret_value() if secret else ""),
        session.get_secret_value() if session else "",
    )
    return lambda: credentials


def _writing(write: Write) -> Handler:
    async def handle(event: Event) -> Effect:
        return Effect(write, event)

    return handle
