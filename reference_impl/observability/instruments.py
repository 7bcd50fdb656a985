"""Measures and traces an operation, in one step. Only what belongs to a trace that is kept has a span."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from types import TracebackType

from opentelemetry.context import Context
from opentelemetry.trace import INVALID_SPAN, Span, SpanKind, StatusCode, Tracer, get_current_span

from reference_impl.errors import ServiceError
from reference_impl.observability.metrics import Metrics
from reference_impl.observability.model import Operation, Outcome
from reference_impl.observability.traces import Sampling


class Instruments:
    """`metrics`, `sampling`: for what is no operation."""

    def __init__(self, metrics: Metrics, tracer: Tracer, sampling: Sampling) -> None:
        self.metrics, self.sampling = metrics, sampling
        self._tracer = tracer

    def operation(self, operation: Operation) -> Measured:
        """Counts how the block ends and how long it took; gives its span. Raises what the block raises."""
        return Measured(self, operation)

    def root(self, operation: Operation, parent: Context) -> AbstractContextManager[Span]:
        """The first span here of a trace that is kept."""
        return self._tracer.start_as_current_span(
            operation.value, parent, SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        )

    def span(self, operation: Operation) -> AbstractContextManager[Span] | None:
        """One below the active span; None: there is none."""
        if not get_current_span().is_recording():
            return None
        return self._tracer.start_as_current_span(
            operation.value, record_exception=False, set_status_on_exception=False
        )

    def past(self, operation: Operation, seconds: float) -> Span | None:
        """One below the active span, begun so long ago; the caller ends it. None: there is none."""
        if not get_current_span().is_recording():
            return None
        return self._tracer.start_span(operation.value, start_time=time.time_ns() - round(seconds * 1e9))


class Measured:
    """One operation under way. A class and no generator: it stands around all that has to be fast."""

    __slots__ = ("_active", "_began", "_metrics", "_operation", "_span")

    def __init__(self, instruments: Instruments, operation: Operation) -> None:
        self._metrics, self._operation = instruments.metrics, operation
        self._active = instruments.span(operation)

    def __enter__(self) -> Span:
        """Its span; one that takes everything and keeps nothing if the trace is not kept."""
        self._span = INVALID_SPAN if self._active is None else self._active.__enter__()
        self._began = time.perf_counter()
        return self._span

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Counts. An exception is recorded by its type and, if it is one of ours, its code."""
        outcome = Outcome.of(error)
        self._metrics.operation(self._operation, outcome, time.perf_counter() - self._began)
        if self._active is not None:
            self._span.set_attribute("outcome", outcome.value)
            if error is not None:
                describe(self._span, error)
            self._active.__exit__(kind, error, trace)


def describe(span: Span, error: BaseException) -> None:
    """What a span says of an exception: never its text."""
    span.set_attribute("error.type", type(error).__name__)
    if isinstance(error, ServiceError):
        span.set_attribute("error.code", error.code)
    if Outcome.of(error) is Outcome.FAILED:
        span.set_status(StatusCode.ERROR)
