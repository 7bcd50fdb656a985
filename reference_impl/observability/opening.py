"""The instruments of the settings, and what reads them out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import SpanProcessor
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from starlette.types import ASGIApp

from reference_impl.errors import ConfigurationError
from reference_impl.observability.exposition import exposition
from reference_impl.observability.instruments import Instruments
from reference_impl.observability.metrics import Metrics
from reference_impl.observability.traces import Sampling, provider
from reference_impl.secret import Secret
from reference_impl.settings import Settings

_SERVICE = "payment-service"
_EXPORT_SECONDS = 5.0
_SEND_EVERY_MS = 1_000
_QUEUED, _AT_ONCE = 2_048, 512
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@asynccontextmanager
async def instruments_of(settings: Settings) -> AsyncIterator[Instruments]:
    """Everything is counted; traces are kept if there is a collector. Spans that wait are sent in the end.

    Raises ConfigurationError.
    """
    kept = settings.given("traces_", "url")
    made = provider(_SERVICE, *([_exporter(settings)] if kept else []))
    sampling = Sampling(settings.traces_share if kept else 0.0)
    try:
        yield Instruments(Metrics(), made.get_tracer("reference_impl"), sampling)
    finally:
        await asyncio.to_thread(made.shutdown)


def exposition_of(settings: Settings, instruments: Instruments) -> ASGIApp | None:
    """None if no port is set for it. Raises ConfigurationError."""
    if not settings.given("metrics_", "port", "credential") or settings.metrics_credential is None:
        return None
    return exposition(instruments.metrics.registry, Secret(settings.metrics_credential.get_secret_value()))


def _exporter(settings: Settings) -> SpanProcessor:
    """OTLP over HTTP, in a thread of its own. What a collector is too slow for is dropped: nobody waits for it."""
    try:
        url = urlsplit(settings.traces_url)
    except ValueError:
        url = urlsplit("")
    if not url.hostname or not (url.scheme == "https" or (url.scheme == "http" and url.hostname in _THIS_MACHINE)):
        raise ConfigurationError("traces_url: https, or http on this machine")
    authority = settings.traces_authority
    if authority is not None and not authority.is_file():
        raise ConfigurationError("traces_authority: is no file that can be read")
    credential = settings.traces_credential
    exporter = OTLPSpanExporter(
        settings.traces_url,
        certificate_file=None if authority is None else str(authority),
        headers=None if credential is None else {"Authorization": f"Bearer {credential.get_secret_value()}"},
        timeout=_EXPORT_SECONDS,
    )
    return BatchSpanProcessor(exporter, _QUEUED, _SEND_EVERY_MS, _AT_ONCE)
