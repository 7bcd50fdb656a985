"""Vault and payments behind the whole edge on a port of their own, observed as `bootstrap` would have it."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from fastapi import APIRouter, FastAPI, Request
from opentelemetry import baggage, context
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import generate_latest

from reference_impl.auth.model import PCI_ACCESS, Caller, Permission, Principal
from reference_impl.auth.origin import TrustedProxies
from reference_impl.client_encryption.service import ClientKeys
from reference_impl.client_encryption.store import ClientKeyStore
from reference_impl.database import connect
from reference_impl.errors import NotAuthenticatedError
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.limits.memory import MemoryLimits
from reference_impl.limits.model import Rate
from reference_impl.migrations import upgrade
from reference_impl.observability.ground import ObservedAudit, ObservedKeyWrapper, ObservedLimits
from reference_impl.observability.instruments import Instruments
from reference_impl.observability.metrics import Metrics
from reference_impl.observability.parts import ObservedGateway, ObservedPayments, ObservedTokens
from reference_impl.observability.requests import Observed, templates
from reference_impl.observability.traces import Sampling, provider
from reference_impl.payments import api as payments_api
from reference_impl.payments.service import PaymentService
from reference_impl.payments.store import PaymentStore
from reference_impl.vault import api as vault_api
from reference_impl.vault.service import Vault
from reference_impl.web import logs, server
from reference_impl.web.app import application
from reference_impl.web.middleware import protect
from tests.reference.ledger import Ledger
from tests.reference.memory_log import MemoryLog
from tests.reference.memory_wrapper import MemoryWrapper
from tests.reference.server import served

ROLES = frozenset({"checkout", PCI_ACCESS, "vault_admin"})


class Exported(InMemorySpanExporter):
    """Can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._more = threading.Condition()

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        with self._more:
            self._more.notify_all()
            return super().export(spans)

    def wait(self, requests: int) -> None:
        """Until so many requests have ended."""

        def ended() -> bool:
            return sum(span.name == "request" for span in self.get_finished_spans()) >= requests

        with self._more:
            assert self._more.wait_for(ended, 20)


class Watch:
    """Instruments whose spans and samples are read back. `spans`: what an exporter got."""

    def __init__(self) -> None:
        self._exporter, metrics = Exported(), Metrics()
        self._asked = 0
        self.registry = metrics.registry
        self.tracer = provider("payment-service", SimpleSpanProcessor(self._exporter)).get_tracer("reference_impl")
        self.instruments = Instruments(metrics, self.tracer, Sampling(1.0))

    def answered(self, _: httpx.Response) -> None:
        """Waits until the request of an answer is logged, counted and traced, which ends after it was sent."""
        self._asked += 1
        self._exporter.wait(self._asked)

    @property
    def spans(self) -> list[ReadableSpan]:
        return list(self._exporter.get_finished_spans())

    def told(self) -> str:
        """Everything that leaves: all samples, and all spans in full."""
        return generate_latest(self.registry).decode() + "".join(span.to_json() for span in self.spans)

    def sample(self, metric: str, **labels: str) -> float:
        value = self.registry.get_sample_value(metric, labels)
        assert value is not None, (metric, labels)
        return value


@dataclass
class Shop:
    """The running service, and what one sees of it. `ledger`: its gateway; `audit`: its log, which can be away."""

    client: httpx.Client
    watch: Watch
    log: io.StringIO
    ledger: Ledger
    audit: MemoryLog

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.getvalue().splitlines()]

    def pay(self, token: str, key: str, **more: Any) -> httpx.Response:
        body = {"token": token, "amount": 1250, "currency": "EUR", **more}
        return self.client.post("/v1/payments", json=body, headers={"Idempotency-Key": key})


def require(permission: Permission) -> Callable[[Request], Caller]:
    """Believes everybody who sends any credentials at all."""

    def check(request: Request) -> Caller:
        request.state.access = permission.value
        if "authorization" not in request.headers:
            raise NotAuthenticatedError("an access token is needed")
        who = Principal("user-1", "m1", ROLES, "session-1")
        return Caller(who, request.state.origin, request.state.request_id, True)

    return check


def careless(watch: Watch) -> APIRouter:
    """A route that does all that must not be done: puts what it got into spans, baggage and exceptions."""
    routes = APIRouter()

    @routes.post("/careless/{name}")
    async def fail(name: str, request: Request) -> None:
        request.state.access = "public"
        text = (await request.body()).decode()
        context.attach(baggage.set_baggage("card", text))
        with watch.tracer.start_as_current_span(text, attributes={text: text, "card.number": text}) as span:
            span.add_event(text, {"body": text})
            span.set_attribute("http.route", f"/careless/{name}")
            span.set_attribute("error.code", text)
            raise RuntimeError(f"cannot handle {text} of {name}")

    return routes


@contextmanager
def running(folder: Path, rate: int = 10_000) -> Iterator[Shop]:
    """On SQLite, with a real vault; the gateway is a ledger."""
    url, log, root = f"sqlite+aiosqlite:///{folder / 'service.db'}", io.StringIO(), logging.getLogger()
    asyncio.run(_prepared(url))
    before, level = root.handlers[:], root.level
    logs.configure(log)
    watch, ledger, audit = Watch(), Ledger(folder / "ledger"), MemoryLog()
    app = _application(url, watch, ledger, audit)
    limits = ObservedLimits(MemoryLimits(), watch.instruments)
    edge = protect(app, proxies=TrustedProxies(), limits=limits, rate=Rate(rate, 60), max_bytes=4096)
    whole = Observed(edge, watch.instruments, templates(app))
    try:
        with (
            served(server.config(whole, "127.0.0.1", 0)) as port,
            httpx.Client(
                base_url=f"http://127.0.0.1:{port}",
                headers={"Authorization": "Bearer x"},
                event_hooks={"response": [watch.answered]},
                trust_env=False,
                timeout=30,
            ) as client,
        ):
            yield Shop(client, watch, log, ledger, audit)
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.captureWarnings(False)


async def _prepared(url: str) -> None:
    engine = connect(url)
    await upgrade(engine)
    await engine.dispose()


def _application(url: str, watch: Watch, ledger: Ledger, audit: MemoryLog) -> FastAPI:
    engine, seen = connect(url), watch.instruments
    wrapper, trail = ObservedKeyWrapper(MemoryWrapper(), seen), ObservedAudit(audit, seen)
    vault = ObservedTokens(Vault(engine, KeyRing(KeyStore(engine), wrapper), trail), seen)
    payments = PaymentService(PaymentStore(engine), vault, ObservedGateway(ledger, seen), trail, merchant="m1")
    app = application("observed")
    app.include_router(vault_api.router(vault, ClientKeys(ClientKeyStore(engine), wrapper), require))
    app.include_router(payments_api.router(ObservedPayments(payments, seen), require))
    app.include_router(careless(watch))
    return app
