"""Instruments whose samples and spans are read back."""

from __future__ import annotations

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import generate_latest

from reference_impl.observability.instruments import Instruments
from reference_impl.observability.metrics import Metrics
from reference_impl.observability.traces import Sampling, provider


class Watch:
    """`spans`: what an exporter got."""

    def __init__(self) -> None:
        self._exporter, metrics = InMemorySpanExporter(), Metrics()
        self.registry = metrics.registry
        self.tracer = provider("payment-service", SimpleSpanProcessor(self._exporter)).get_tracer("reference_impl")
        self.instruments = Instruments(metrics, self.tracer, Sampling(1.0))

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
