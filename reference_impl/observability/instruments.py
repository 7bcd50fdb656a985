"""Measures and traces an operation, in one step."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.trace import Span, StatusCode, Tracer

from reference_impl.errors import ServiceError
from reference_impl.observability.metrics import Metrics
from reference_impl.observability.model import Operation, Outcome


class Instruments:
    """`metrics` and `tracer`: for what is no operation."""

    def __init__(self, metrics: Metrics, tracer: Tracer) -> None:
        self.metrics, self.tracer = metrics, tracer

    @contextmanager
    def operation(self, operation: Operation) -> Iterator[Span]:
        """Counts how the block ends and how long it took, as a span. Raises what the block raises."""
        began, ended = time.perf_counter(), None
        with self.span(operation) as span:
            try:
                yield span
            except BaseException as error:
                ended = error
                raise
            finally:
                outcome = Outcome.of(ended)
                span.set_attribute("outcome", outcome.value)
                self.metrics.operation(operation, outcome, time.perf_counter() - began)

    @contextmanager
    def span(self, operation: Operation) -> Iterator[Span]:
        """A span alone. An exception is recorded by its type and, if it is one of ours, its code."""
        with self.tracer.start_as_current_span(
            operation.value, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except BaseException as error:
                describe(span, error)
                raise


def describe(span: Span, error: BaseException) -> None:
    """What a span says of an exception: never its text."""
    span.set_attribute("error.type", type(error).__name__)
    if isinstance(error, ServiceError):
        span.set_attribute("error.code", error.code)
    if Outcome.of(error) is Outcome.FAILED:
        span.set_status(StatusCode.ERROR)
