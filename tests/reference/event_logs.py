"""The event logs, for tests of what both do alike, and events to put into them."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timezone
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.errors import IntegrityError
from reference_impl.events.kafka import KafkaLog
from reference_impl.events.kafka_settings import KafkaSettings
from reference_impl.events.local import LocalLog
from reference_impl.events.log import EventLog, Message, Received, Subscription
from reference_impl.events.model import OrderCreated, new_id, new_order_id
from reference_impl.keys.model import DataKey, MacKey
from tests.reference.kafka_broker import Broker

Opened = Callable[[], AbstractAsyncContextManager[EventLog]]
PARTITIONS = 3


def kafka_settings(broker: Broker, prefix: str = "") -> KafkaSettings:
    """Of one broker on this machine."""
    return KafkaSettings(
        (broker.servers,),
        prefix=prefix,
        partitions=PARTITIONS,
        replicas=1,
        in_sync=1,
        timeout_seconds=8,
        session_seconds=1.5,
    )


@pytest.fixture(params=["local", "kafka"])
def event_log(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    """Opens an event log; again, it is the same one."""
    if request.param == "local":
        return lambda: LocalLog.open(tmp_path / "log", partitions=PARTITIONS)
    broker: Broker = request.getfixturevalue("kafka_broker")
    settings = kafka_settings(broker, f"{name()}.")
    return lambda: KafkaLog.open(settings)


def name() -> str:
    """Of a topic or group nobody uses."""
    return f"t{os.urandom(8).hex()}"


def messages(count: int, keys: int = 5, start: int = 0) -> list[Message]:
    """Numbered by their values."""
    return [Message(f"key {n % keys}", str(n).encode(), {"n": str(n)}) for n in range(start, start + count)]


async def taken(subscription: Subscription, count: int, seconds: float = 30) -> list[Received]:
    """That many, waited for."""
    found: list[Received] = []

    async def wait() -> None:
        while len(found) < count:
            found.extend(await subscription.take(count - len(found), 0.5))

    try:
        await asyncio.wait_for(wait(), seconds)
    except asyncio.TimeoutError:
        pytest.fail(f"{len(found)} of {count} messages came")
    return found


def values(received: Sequence[Received]) -> list[int]:
    return [int(each.message.value) for each in received]


class DerivedKeys:
    """Implements `keys.model.Keys` for several processes that share a secret."""

    def __init__(self, secret: bytes = b"shared", version: int = 1) -> None:
        self._secret, self.version = secret, version

    async def for_sealing(self, tenant: str, seals: int = 1) -> DataKey:
        return DataKey(self.version, self._cipher(tenant, self.version))

    async def for_opening(self, tenant: str, version: int) -> AESGCM:
        if not 0 < version <= self.version:
            raise IntegrityError("there is no such key")
        return self._cipher(tenant, version)

    async def for_fingerprints(self, tenant: str) -> Sequence[MacKey]:
        raise AssertionError("events have no use for it")

    async def destroy(self, tenant: str) -> int:
        raise AssertionError("events have no use for it")

    def _cipher(self, tenant: str, version: int) -> AESGCM:
        return AESGCM(hashlib.sha256(self._secret + f"{tenant}|{version}".encode()).digest())


def order(tenant: str = "acme", *, token: str = "tok_" + "a" * 43, amount: int = 1250) -> OrderCreated:
    """Of somebody who wants to pay."""
    return OrderCreated(
        id=new_id(),
        tenant=tenant,
        order=new_order_id(),
        at=datetime.now(timezone.utc),
        amount=amount,
        currency="EUR",
        customer="customer-1",
        merchant="shop-1",
        card=token,
    )


@asynccontextmanager
async def running(*coroutines: Callable[[asyncio.Event], object]) -> AsyncIterator[asyncio.Event]:
    """Relays and consumers, until the end; what one of them raises is raised."""
    stop = asyncio.Event()
    tasks = [asyncio.ensure_future(each(stop)) for each in coroutines]  # type: ignore[arg-type]
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 60)


async def until(reached: Callable[[], object], seconds: float = 90) -> None:
    """Waits for something to be so. An answer that has to be awaited is."""

    async def wait() -> None:
        while True:
            answer = reached()
            if asyncio.iscoroutine(answer):
                answer = await answer
            if answer:
                return
            await asyncio.sleep(0.02)

    await asyncio.wait_for(wait(), seconds)
