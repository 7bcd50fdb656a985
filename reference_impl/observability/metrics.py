"""Prometheus metrics in a registry of one's own. Every combination of closed labels is there from the start, at zero:
the first increase of a counter that did not exist is invisible to `rate` and `increase`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from http import HTTPStatus
from itertools import product

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from reference_impl.errors import ServiceError
from reference_impl.events.model import EventType
from reference_impl.gateway.model import Reason
from reference_impl.keys.model import Purpose
from reference_impl.observability.model import (
    ENGINES,
    FLOW_OUTCOMES,
    FLOW_PARTS,
    FLOW_STATES,
    LIMITS,
    MEASURES,
    METHODS,
    OTHER,
    RECOMMENDATIONS,
    SEVERITIES,
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
_METHODS = Closed(METHODS)
_OF_EVENTS = ("group", "topic", "outcome")


class Metrics:
    """Everything that is counted. Times are in seconds; a process has one of these, with a registry of its own.

    What is counted for every request is looked up by its labels once: `labels` takes longer than counting does.
    """

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._requests = Histogram(
            "payment_request_seconds",
            "Requests by the route's template, and how long they took.",
            ("method", "route", "status"),
            buckets=_REQUEST_BUCKETS,
            registry=registry,
        )
        self._request: dict[tuple[str, Label, int], Histogram] = {}
        errors = Counter("payment_errors", "Answers that are errors, by their code.", ("code",), registry=registry)
        self._error: Mapping[str, Counter] = {code: errors.labels(code) for code in Closed(error_codes()).values}
        operations = Histogram(
            "payment_operation_seconds",
            "Tokens, charges, gateway calls, audit records, keys: how they ended, how long they took.",
            ("operation", "outcome"),
            buckets=_OPERATION_BUCKETS,
            registry=registry,
        )
        self._operation = {
            (operation, outcome): operations.labels(operation.value, outcome.value)
            for operation, outcome in product(Operation, Outcome)
            if operation not in _COUNTED_APART
        }
        payments = Counter("payment_payments", "Attempts to pay by result.", ("result",), registry=registry)
        self._payment = {result: payments.labels(result.value) for result in PaymentResult}
        engines = Histogram(
            "payment_fraud_engine_seconds",
            "Fraud engines: how they ended, how long they took.",
            ("engine", "outcome"),
            buckets=_ENGINE_BUCKETS,
            registry=registry,
        )
        outcomes = (*product(sorted(ENGINES), (outcome.value for outcome in EngineOutcome)), (OTHER, OTHER))
        self._engine = {labels: engines.labels(*labels) for labels in outcomes}
        decisions = Histogram(
            "payment_fraud_decision_seconds",
            "Payments scored: what was recommended, how long it took.",
            ("recommendation",),
            buckets=_ENGINE_BUCKETS,
            registry=registry,
        )
        self._decision: Mapping[str, Histogram] = {one: decisions.labels(one) for one in Closed(RECOMMENDATIONS).values}
        hits = Counter("payment_limit_hits", "Hits of limits.", ("limit", "decision"), registry=registry)
        self._limit: Mapping[tuple[str, bool], Counter] = {
            (limit, allowed): hits.labels(limit, "allowed" if allowed else "refused")
            for limit, allowed in product(Closed(LIMITS).values, (True, False))
        }
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
        self._overdue = Gauge(
            "payment_privacy_requests_overdue",
            "Requests of people about their data that should have been answered.",
            registry=registry,
        )

        incidents = Gauge(
            "payment_incidents_unresolved", "Incidents that are not resolved.", ("severity",), registry=registry
        )
        self._incidents = {severity: incidents.labels(severity) for severity in SEVERITIES}
        measures = Gauge(
            "payment_incident_measures", "Measures against incidents, in force.", ("kind",), registry=registry
        )
        self._measures = {kind: measures.labels(kind) for kind in MEASURES}
        self._report_due = Gauge(
            "payment_breach_report_due_timestamp_seconds",
            "Until when an authority has to know of a breach, the first of all; 0: nothing is due.",
            registry=registry,
        )
        self._notices_late = Gauge(
            "payment_incident_notices_late",
            "Notices of incidents that should have been delivered five minutes ago.",
            registry=registry,
        )
        parts = Gauge(
            "payment_flow_part", "1: the state of a part of the event flow.", ("part", "state"), registry=registry
        )
        self._parts = {names: parts.labels(*names) for names in product(Closed(FLOW_PARTS).values, FLOW_STATES)}
        events = Counter("payment_events", "Events by how they ended.", _OF_EVENTS, registry=registry)
        groups, topics = Closed(FLOW_PARTS).values, Closed(EventType).values
        ends = product(groups, topics, Closed(FLOW_OUTCOMES).values)
        self._events: Mapping[tuple[str, ...], Counter] = {names: events.labels(*names) for names in ends}

    def request(self, method: str, route: Label, status: int, seconds: float) -> None:
        """`method`: of `METHODS`, or other; `route`: the template, checked against those there are."""
        one = self._request.get((method, route, status))
        if one is None:
            one = self._requests.labels(_METHODS.of(method), route, _STATUSES.of(str(status)))
            self._request[method, route, status] = one
        one.observe(seconds)

    def error(self, code: str) -> None:
        """`code`: of a `ServiceError`, or the framework's."""
        (self._error.get(code) or self._error[OTHER]).inc()

    def operation(self, operation: Operation, outcome: Outcome, seconds: float) -> None:
        """How one ended."""
        self._operation[operation, outcome].observe(seconds)

    def payment(self, result: PaymentResult) -> None:
        """What became of a payment. A repeated request is counted again, with the same answer it got before."""
        self._payment[result].inc()

    def engine(self, engine: str, outcome: str, seconds: float) -> None:
        """What a fraud engine did. `outcome`: of `EngineOutcome`."""
        (self._engine.get((engine, outcome)) or self._engine[OTHER, OTHER]).observe(seconds)

    def decision(self, recommendation: str, seconds: float) -> None:
        """What fraud scoring said."""
        (self._decision.get(recommendation) or self._decision[OTHER]).observe(seconds)

    def limit(self, key: str, *, allowed: bool) -> None:
        """`key`: as the limits are asked; the part before its first colon is counted, the rest names somebody."""
        limit = key.partition(":")[0]
        (self._limit.get((limit, allowed)) or self._limit[OTHER, allowed]).inc()

    def certificate(self, certificate: Certificate, expires: datetime) -> None:
        """`expires`: aware."""
        self._certificates.labels(certificate.value).set(expires.timestamp())

    def oldest_key(self, purpose: Purpose, created: datetime) -> None:
        """`created`: aware."""
        self._keys.labels(purpose.value).set(created.timestamp())

    def incidents(self, unresolved: Mapping[str, int], measures: Mapping[str, int]) -> None:
        """By severity, and by kind; what is not in it is none."""
        for severity, gauge in self._incidents.items():
            gauge.set(unresolved.get(severity, 0))
        for kind, gauge in self._measures.items():
            gauge.set(measures.get(kind, 0))

    def report_due(self, first: datetime | None) -> None:
        """`first`: aware; None: nothing is due."""
        self._report_due.set(0 if first is None else first.timestamp())

    def notices_late(self, count: int) -> None:
        """How many."""
        self._notices_late.set(count)

    def part(self, name: str, state: str) -> None:
        """See `events.model.Watch`. Other parts than those known count together."""
        known = name if name in FLOW_PARTS else OTHER
        for part, other in self._parts:
            if part == known:
                self._parts[part, other].set(other == state)

    def ended(self, group: str, topic: str, outcome: str) -> None:
        """See `events.model.Watch`."""
        (self._events.get((group, topic, outcome)) or self._events[OTHER, OTHER, OTHER]).inc()

    def overdue(self, requests: int) -> None:
        """Of all tenants."""
        self._overdue.set(requests)


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
