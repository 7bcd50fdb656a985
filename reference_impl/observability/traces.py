"""OpenTelemetry spans: who began them, and what they are called by (W3C Trace Context, level 1).

Of what a caller sends only `traceparent` is read, and only for its two ids and its flag. `tracestate` and `baggage`
are text of the caller's: nothing of them is kept, and nothing at all of a trace is sent to a gateway.
"""

from __future__ import annotations

import re
import secrets

from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.id_generator import IdGenerator
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context
from typing_extensions import override

from reference_impl.observability.cleaning import Cleaned
from reference_impl.observability.model import harmless_id

_TRACE_PARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")


def provider(service: str, sampled: float, *processors: SpanProcessor) -> TracerProvider:
    """Makes spans and gives clean copies of them to the processors, as `BatchSpanProcessor(exporter)`.

    Nothing global is set, and nothing is read from the environment about this machine. Whether a trace is kept is for
    its id to say, never for the caller's flag. Without a processor spans still have ids, for the log. The caller ends
    it (`shutdown`).
    """
    made = TracerProvider(
        sampler=TraceIdRatioBased(sampled),
        resource=Resource({"service.name": service}),
        id_generator=_Ids(),
        shutdown_on_exit=False,
    )
    for processor in processors:
        made.add_span_processor(Cleaned(processor))
    return made


def parent(headers: list[str]) -> Context:
    """The context that the values of `traceparent` name; an empty one, for a new trace, unless there is exactly one.

    Ids in which a card number may be are not taken: they would be in every line of the log.
    """
    found = _TRACE_PARENT.fullmatch(headers[0]) if len(headers) == 1 else None
    if found is None or not (harmless_id(found[1]) and harmless_id(found[2])):
        return Context()
    remote = SpanContext(int(found[1], 16), int(found[2], 16), True, TraceFlags(int(found[3], 16) & TraceFlags.SAMPLED))
    return set_span_in_context(NonRecordingSpan(remote), Context()) if remote.is_valid else Context()


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
