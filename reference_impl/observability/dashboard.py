"""A Grafana dashboard over the metrics, as a document of its schema. `dashboard.json` is what it writes:

python -m reference_impl.observability.dashboard > reference_impl/observability/dashboard.json
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_SOURCE = {"type": "prometheus", "uid": "${source}"}
_COLUMNS, _WIDTH, _HEIGHT = 3, 8, 8


@dataclass(frozen=True, slots=True)
class Panel:
    """`queries`: PromQL and how its lines are called; `unit`: in Grafana's words."""

    title: str
    unit: str
    queries: Sequence[tuple[str, str]]


def _ended(*operations: str) -> str:
    names = "|".join(operations)
    return f'sum by (operation, outcome) (rate(payment_operation_seconds_count{{operation=~"{names}"}}[5m]))'


def _slowest(metric: str, by: str) -> str:
    return f"histogram_quantile(0.99, sum by (le, {by}) (rate({metric}_bucket[5m])))"


_STORED = 'rate(payment_operation_seconds_count{{operation="tokenize",outcome=~"{}"}}[5m])'
_ENDED, _RESULT = "{{operation}} {{outcome}}", "{{result}}"

PANELS = (
    Panel("Payments", "reqps", [("sum by (result) (rate(payment_payments_total[5m]))", _RESULT)]),
    Panel(
        "Payments that failed",
        "percentunit",
        [
            (
                'sum(rate(payment_payments_total{result=~"declined|failed"}[5m]))'
                " / sum(rate(payment_payments_total[5m]))",
                "failed",
            )
        ],
    ),
    Panel(
        "Cards that could be stored",
        "percentunit",
        [(f"sum({_STORED.format('success')}) / sum({_STORED.format('success|failed')})", "stored")],
    ),
    Panel("Requests", "reqps", [("sum by (status) (rate(payment_request_seconds_count[5m]))", "{{status}}")]),
    Panel("Requests: 99 in 100 within", "s", [(_slowest("payment_request_seconds", "route"), "{{route}}")]),
    Panel("Errors by code", "reqps", [("sum by (code) (rate(payment_errors_total[5m])) > 0", "{{code}}")]),
    Panel("Cards taken out of the vault", "ops", [(_ended("detokenize"), _ENDED)]),
    Panel("Gateway", "ops", [(_ended("gateway_authorize", "gateway_lookup"), _ENDED)]),
    Panel("Operations: 99 in 100 within", "s", [(_slowest("payment_operation_seconds", "operation"), "{{operation}}")]),
    Panel(
        "Fraud engines",
        "ops",
        [
            (
                "sum by (engine, outcome) (rate(payment_fraud_engine_seconds_count[5m]))",
                "{{engine}} {{outcome}}",
            )
        ],
    ),
    Panel("Fraud engines: 99 in 100 within", "s", [(_slowest("payment_fraud_engine_seconds", "engine"), "{{engine}}")]),
    Panel(
        "Fraud decisions",
        "ops",
        [("sum by (recommendation) (rate(payment_fraud_decision_seconds_count[5m]))", "{{recommendation}}")],
    ),
    Panel(
        "Fraud decisions: 99 in 100 within",
        "s",
        [(_slowest("payment_fraud_decision_seconds", "recommendation"), "{{recommendation}}")],
    ),
    Panel("Audit records", "ops", [(_ended("audit_append"), _ENDED)]),
    Panel("Keys", "ops", [(_ended("key_wrap", "key_unwrap", "key_rewrap", "key_rotate"), _ENDED)]),
    Panel(
        "Limits that refused",
        "ops",
        [('sum by (limit) (rate(payment_limit_hits_total{decision="refused"}[5m]))', "{{limit}}")],
    ),
    Panel(
        "Certificates expire in",
        "s",
        [("payment_certificate_expiry_timestamp_seconds - time()", "{{certificate}}")],
    ),
    Panel("Age of the keys that seal", "s", [("time() - payment_key_created_timestamp_seconds", "{{purpose}}")]),
)


def dashboard() -> dict[str, Any]:
    """The document that Grafana imports; it asks which Prometheus to read."""
    return {
        "uid": "payment-service",
        "title": "Payment service",
        "schemaVersion": 39,
        "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"},
        "templating": {"list": [{"name": "source", "type": "datasource", "query": "prometheus"}]},
        "panels": [_panel(number, panel) for number, panel in enumerate(PANELS)],
    }


def text() -> str:
    """The file."""
    return json.dumps(dashboard(), indent=2) + "\n"


def _panel(number: int, panel: Panel) -> dict[str, Any]:
    row, column = divmod(number, _COLUMNS)
    targets = [
        {"refId": chr(ord("A") + place), "expr": query, "legendFormat": legend, "datasource": _SOURCE}
        for place, (query, legend) in enumerate(panel.queries)
    ]
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": panel.title,
        "datasource": _SOURCE,
        "gridPos": {"x": column * _WIDTH, "y": row * _HEIGHT, "w": _WIDTH, "h": _HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel.unit}, "overrides": []},
        "targets": targets,
    }


if __name__ == "__main__":
    print(text(), end="")
