"""What may leave in a span: attributes of an allowlist, each of a closed type, and exceptions by their type only.

The rule stands at the only way out, so that it also holds for what a library or a careless line puts into a span.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from opentelemetry.context import Context
from opentelemetry.sdk.trace import Event, ReadableSpan, Span, SpanProcessor
from opentelemetry.trace import SpanContext, Status
from opentelemetry.util.types import AttributeValue
from typing_extensions import override

from reference_impl.observability.model import (
    ENGINES,
    METHODS,
    OTHER,
    RECOMMENDATIONS,
    EngineOutcome,
    Operation,
    Outcome,
    PaymentResult,
    harmless,
)

MASK = "[masked]"
_NAMES = frozenset(operation.value for operation in Operation)

_Type = Callable[[AttributeValue], bool]


def _one_of(*values: str) -> _Type:
    known = frozenset(values)
    return lambda value: isinstance(value, str) and value in known


def _like(pattern: str) -> _Type:
    whole = re.compile(pattern)
    return lambda value: isinstance(value, str) and whole.fullmatch(value) is not None


def _status(value: AttributeValue) -> bool:
    return type(value) is int and 100 <= value < 600


_ERROR_TYPE = "error.type"
ATTRIBUTES: Mapping[str, _Type] = {
    "http.request.method": _one_of(*METHODS, OTHER),
    "http.route": _like(r"none|other|/|(?:/(?:\{[a-z_]{1,40}\}|[a-z.][a-z0-9_.-]{0,40}))+"),
    "http.response.status_code": _status,
    "request_id": _like(r"[a-z]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "outcome": _one_of(*(outcome.value for outcome in Outcome)),
    "error.code": _like(r"[a-z_]{1,40}"),
    _ERROR_TYPE: _like(r"[A-Za-z_][A-Za-z0-9_]{0,60}"),
    "payment.result": _one_of(*(result.value for result in PaymentResult)),
    "fraud.engine": _one_of(*ENGINES, OTHER),
    "fraud.engine_outcome": _one_of(*(outcome.value for outcome in EngineOutcome)),
    "fraud.recommendation": _one_of(*RECOMMENDATIONS),
}
"""Every attribute there is, and what its value may be."""


class Cleaned(SpanProcessor):
    """Hands on a clean copy of each span: the span itself is closed and still holds what was put into it."""

    def __init__(self, to: SpanProcessor) -> None:
        self._to = to

    @override
    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        """Nothing: what is put into the span is not there yet."""

    @override
    def on_end(self, span: ReadableSpan) -> None:
        """Hands on a clean copy."""
        self._to.on_end(clean(span))

    @override
    def shutdown(self) -> None:
        """Ends the one behind it."""
        self._to.shutdown()

    @override
    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Of the one behind it."""
        return self._to.force_flush(timeout_millis)


def clean(span: ReadableSpan) -> ReadableSpan:
    """A span with a name of ours, and without links, trace state, and the words of a status or an exception."""
    context = span.context
    return ReadableSpan(
        name=span.name if span.name in _NAMES else OTHER,
        context=None if context is None else _bare(context),
        parent=None if span.parent is None else _bare(span.parent),
        resource=span.resource,
        attributes=attributes(span.attributes or {}),
        events=[_exception(event) for event in span.events if event.name == "exception"],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def attributes(given: Mapping[str, AttributeValue]) -> dict[str, AttributeValue]:
    """Those on the list that are of their type; of these, text in which account data or a token may be is masked."""
    return {
        name: MASK if isinstance(value, str) and not harmless(value) else value
        for name, value in given.items()
        if name in ATTRIBUTES and ATTRIBUTES[name](value)
    }


def _exception(event: Event) -> Event:
    """Its type, without the module. The message and the stack trace quote what it failed at."""
    kind = str((event.attributes or {}).get("exception.type", "")).rpartition(".")[2]
    return Event("exception", attributes({_ERROR_TYPE: kind}), event.timestamp)


def _bare(context: SpanContext) -> SpanContext:
    return SpanContext(context.trace_id, context.span_id, context.is_remote, context.trace_flags)
