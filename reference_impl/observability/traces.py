"""OpenTelemetry spans: which traces are kept, and what they are called by (W3C Trace Context, level 1).

Of what a caller sends only `traceparent` is read, and of that only its two ids. `tracestate` and `baggage` are text of
the caller's: nothing of them is kept, and nothing at all of a trace is sent to a gateway.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable

from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.id_generator import IdGenerator
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace import NonRecordingSpan, SpanContext, set_span_in_context
from typing_extensions import override

from reference_impl.observability.cleaning import Cleaned
from reference_impl.observability.model import harmless_id

_TRACE_PARENT = re.compile(rb"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")
_ID_BITS = 64


def provider(service: str, *processors: SpanProcessor) -> TracerProvider:
    """Makes spans and gives clean copies of them to the processors, as `BatchSpanProcessor(exporter)`.

    Every span that is begun is kept: `Sampling` says beforehand which are. Nothing global is set, and nothing is read
    from the environment about this machine. The caller ends it (`shutdown`).
    """
    made = TracerProvider(
        sampler=ALWAYS_ON,
        resource=Resource({"service.name": service}),
        id_generator=_Ids(),
        shutdown_on_exit=False,
    )
    for processor in processors:
        made.add_span_processor(Cleaned(processor))
    return made


class Sampling:
    """Which traces are kept: of those that begin here a share by lot; of a caller's, its id says so, never its flag.

    `share`: 0 to 1. A request that is not kept costs the drawing of a lot, and no span.
    """

    def __init__(self, share: float) -> None:
        self._bound = round(share * 2**_ID_BITS)

    def context(self, headers: Iterable[tuple[bytes, bytes]]) -> Context | None:
        """What the trace of a request goes on from: empty for one that begins here; None: it is not kept."""
        if not self._bound:
            return None
        parent = _parent([value for name, value in headers if name == b"traceparent"])
        if parent is None:
            return Context() if secrets.randbits(_ID_BITS) < self._bound else None
        if parent.trace_id % 2**_ID_BITS >= self._bound:
            return None
        return set_span_in_context(NonRecordingSpan(parent), Context())


def _parent(values: list[bytes]) -> SpanContext | None:
    """What `traceparent` names, if there is exactly one.

    Ids in which a card number may be are not taken: they would be in every line of the log.
    """
    found = _TRACE_PARENT.fullmatch(values[0]) if len(values) == 1 else None
    if found is None:
        return None
    trace_id, span_id = found[1].decode(), found[2].decode()
    if not (harmless_id(trace_id) and harmless_id(span_id)):
        return None
    remote = SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=True)
    return remote if remote.is_valid else None


class _Ids(IdGenerator):
    """Random ids that nobody takes for a card number, so that a search for those in a log finds nothing."""

    @override
    def generate_span_id(self) -> int:
        """64 bits."""
        return _drawn(8)

    @override
    def generate_trace_id(self) -> int:
        """128 bits."""
        return _drawn(16)


def _drawn(size: int) -> int:
    while True:
        drawn = secrets.token_hex(size)
        if harmless_id(drawn) and int(drawn, 16):
            return int(drawn, 16)
