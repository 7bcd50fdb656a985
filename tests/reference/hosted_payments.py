"""Payments at a processor of cards: a service in front of the one in `hosted_processor`, with a clock that is set."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timezone

import pytest

from reference_impl.database import METADATA, connect
from reference_impl.money import Money
from reference_impl.processor.client import ProcessorClient, connection
from reference_impl.processor.hosted_form import HostedForm
from reference_impl.processor.model import PaymentMethod
from reference_impl.processor.service import HostedPayments
from reference_impl.processor.store import ProcessorStore
from reference_impl.secret import Secret
from tests.reference.app import caller
from tests.reference.hosted_processor import KEY, WEBHOOK_SECRET, HostedProcessor, running
from tests.reference.memory_log import MemoryLog

MONEY = Money(12_50, "EUR")
VISA = "pm_visa00000001"
NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
FORM = HostedForm(
    "https://js.processor.example/v3.1.0/",
    "sha384-" + "A" * 64,
    "shop",
    "https://js.processor.example",
    "https://api.processor.example",
)
OLD_SECRET = Secret(b"secret-of-the-events-before")


@pytest.fixture(scope="session")
def hosted_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostedProcessor]:
    with running(tmp_path_factory.mktemp("processor")) as processor:
        yield processor


@pytest.fixture
def processor(hosted_server: HostedProcessor) -> HostedProcessor:
    """The one server, which has forgotten everything."""
    hosted_server.faults, hosted_server.requests = [], []
    for known in (hosted_server.answered, hosted_server.intents, hosted_server.refunds, hosted_server.attached):
        known.clear()
    return hosted_server


class Here:
    """A service in front of the processor."""

    def __init__(self, url: str, processor: HostedProcessor) -> None:
        self.now, self.waits = NOW, list[float]()
        self.engine, self.audit, self.processor = connect(url), MemoryLog(), processor
        self.http = connection(processor.url, Secret(KEY), processor.client_context(), timeout_seconds=0.5)
        self.client = ProcessorClient(self.http, self._sleep)
        self.service = HostedPayments(
            ProcessorStore(self.engine), self.client, self.audit, [WEBHOOK_SECRET, OLD_SECRET], lambda: self.now
        )

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def method(self, theirs: str = VISA) -> PaymentMethod:
        customer = await self.service.create_customer(caller())
        return await self.service.add_method(caller(), customer.id, theirs)

    def posted(self, path: str) -> int:
        return sum(request[1] == path for request in self.processor.requests)


def run(url: str, processor: HostedProcessor, test: Callable[[Here], Awaitable[None]]) -> None:
    async def main() -> None:
        here = Here(url, processor)
        try:
            async with here.engine.begin() as db:
                await db.run_sync(METADATA.create_all)
            await test(here)
        finally:
            await here.http.aclose()
            await here.engine.dispose()

    asyncio.run(main())
