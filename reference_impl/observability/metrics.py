"""Prometheus metrics in a registry of one's own. Every combination of closed labels is there from the start, at zero:
the first increase of a counter that did not exist is invisible to `rate` and `increase`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from itertools import product

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from reference_impl.errors import ServiceError
from reference_impl.gateway.model import Reason
from reference_impl.keys.model import Purpose
from reference_impl.observability.model import (
    ENGINES,
    LIMITS,
    METHODS,
    RECOMMENDATIONS,
    Certificate,
    Closed,
    EngineOutcome,
    Label,
    Operation,
    Outcome,
    PaymentResult,
)

_REQUEST_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_OPERATION_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30)
_ENGINE_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25)
_STATUSES = Closed(str(status.value) for status in HTTPStatus)
_METHODS, _ENGINES, _RECOMMENDATIONS = Closed(METHODS), Closed(ENGINES), Closed(RECOMMENDATIONS)
_LIMITS = Closed(LIMITS)


class Metrics:
    """Everything that is counted. Times are in seconds; a process has one of these for its registry."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._codes = Closed(error_codes())
        self._requests = Histogram(
            "payment_request_seconds",
            "Requests by the route's template, and how long they took.",
            ("method", "route", "status"),
            buckets=_REQUEST_BUCKETS,
            registry=registry,
        )
        self._errors = Counter(
            "payment_errors", "Answers that are errors, by their code.", ("code",), registry=registry
        )
        self._operations = Histogram(
            "payment_operation_seconds",
            "Tokens, charges, gateway calls, audit records, keys: how they ended, how long they took.",
            ("operation", "outcome"),
            buckets=_OPERATION_BUCKETS,
            registry=registry,
        )
        self._payments = Counter("payment_payments", "Attempts to pay by result.", ("result",), registry=registry)
        self._engines = Histogram(
            "payment_fraud_engine_seconds",
            "Fraud engines: how they ended, how long they took.",
            ("engine", "outcome"),
            buckets=_ENGINE_BUCKETS,
            registry=registry,
        )
        self._decisions = Counter("payment_fraud_decisions", "Payments scored.", ("recommendation",), registry=registry)
        self._limits = Counter("payment_limit_hits", "Hits of limits.", ("limit", "decision"), registry=registry)
        self._certificates = Gauge(
            "payment_certificate_expiry_timestamp_seconds",
            "When a certificate expires.",
            ("certificate",),
            registry=registry,
        )
        self._keys = Gauge(
            "payment_key_created_timestamp_seconds",
            "When the oldest key that still seals was made.",
            ("purpose",),
            registry=registry,
        )
        self._begin_at_zero()

    def request(self, method: str, route: Label, status: int, seconds: float) -> None:
        """`route`: the template, checked against those there are."""
        self._requests.labels(_METHODS.of(method), route, _STATUSES.of(str(status))).observe(seconds)

    def error(self, code: str) -> None:
        """`code`: of a `ServiceError`, or the framework's."""
        self._errors.labels(self._codes.of(code)).inc()

    def operation(self, operation: Operation, outcome: Outcome, seconds: float) -> None:
        """How one ended."""
        self._operations.labels(operation.value, outcome.value).observe(seconds)

    def payment(self, result: PaymentResult) -> None:
        """What became of a payment. A repeated request is counted again, with the same answer it got before."""
        self._payments.labels(result.value).inc()

    def engine(self, engine: str, outcome: EngineOutcome, seconds: float) -> None:
        """What a fraud engine did."""
        self._engines.labels(_ENGINES.of(engine), outcome.value).observe(seconds)

    def decision(self, recommendation: str) -> None:
        """What fraud scoring said."""
        self._decisions.labels(_RECOMMENDATIONS.of(recommendation)).inc()

    def limit(self, key: str, *, allowed: bool) -> None:
        """`key`: as the limits are asked; the part before its first colon is counted, the rest names somebody."""
        self._limits.labels(_LIMITS.of(key.partition(":")[0]), _decision(allowed)).inc()

    def certificate(self, certificate: Certificate, expires: datetime) -> None:
        """`expires`: aware."""
        self._certificates.labels(certificate.value).set(expires.timestamp())

    def oldest_key(self, purpose: Purpose, created: datetime) -> None:
        """`created`: aware."""
        self._keys.labels(purpose.value).set(created.timestamp())

    def _begin_at_zero(self) -> None:
        for code in self._codes.values:
            self._errors.labels(code)
        for operation, outcome in product(set(Operation) - _COUNTED_APART, Outcome):
            self._operations.labels(operation.value, outcome.value)
        for result in PaymentResult:
            self._payments.labels(result.value)
        for engine, ended in product(sorted(ENGINES), EngineOutcome):
            self._engines.labels(engine, ended.value)
        for recommendation in sorted(RECOMMENDATIONS):
            self._decisions.labels(recommendation)
        for limit, allowed in product(sorted(LIMITS), (True, False)):
            self._limits.labels(limit, _decision(allowed))


_COUNTED_APART = {Operation.REQUEST, Operation.ENGINE}


def error_codes() -> set[str]:
    """Of every error there is now, of every reason to decline, and of what the framework answers by itself."""
    codes = {reason.value for reason in Reason}
    codes |= {status.phrase.lower().replace(" ", "_") for status in HTTPStatus if status >= 400}
    return codes | {kind.code for kind in _with_subclasses(ServiceError)}


def _with_subclasses(kind: type[ServiceError]) -> Iterable[type[ServiceError]]:
    yield kind
    for inner in kind.__subclasses__():
        yield from _with_subclasses(inner)


def _decision(allowed: bool) -> str:
    return "allowed" if allowed else "refused"
