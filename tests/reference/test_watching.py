"""The started service as its operators see it: scraped, traced, and found out when payments fail."""

from __future__ import annotations

import json
import re
import resource
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from reference_impl.observability import dashboard
from tests.reference.collector import attributes
from tests.reference.described import assessment
from tests.reference.paying import new_key
from tests.reference.processor import Fault
from tests.reference.running import PAN
from tests.reference.test_alerts import expressions, fires, names_and_labels
from tests.reference.test_canary import child
from tests.reference.test_fraud_service import PATH, devices_locked
from tests.reference.watching import (
    Figures,
    Watched,
    exposed,
    figures_in,
    total,
    watching,
    words,
)

ROUTE = {"method": "POST", "route": "/v1/tokens"}
NOT_FED = {
    "payment_incidents_unresolved": "there is no incident",
    "payment_breach_report_due_timestamp_seconds": "nor a breach",
    "payment_incident_notices_late": "of which nobody heard",
    "payment_privacy_requests_overdue": "nobody asked for anything",
    "payment_key_created_timestamp_seconds": "looked at when the service starts, here before the first key, and hourly",
}
"""Metrics that stay silent here, and why."""


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Watched]:
    with watching(tmp_path) as watched:
        yield watched


def test_what_the_service_does_is_counted(seen: Watched) -> None:
    till = seen.till
    before = seen.figures()
    token = till.token()
    assert till.store(number="4111111111111112").status_code == 422
    assert till.client.get(f"/v1/tokens/{token}", headers={"Authorization": ""}).status_code == 401
    assert till.pay(token).status_code == 201
    till.gateway.decline = "insufficient_funds"
    assert till.pay(token).status_code == 402
    till.gateway.decline = ""
    till.gateway.faults.extend([Fault.BUSY_BEFORE] * 12)
    assert till.pay(token).status_code == 503
    after = seen.figures()

    def more(name: str, **labels: str) -> float:
        return total(after, name, **labels) - total(before, name, **labels)

    assert more("payment_request_seconds_count", **ROUTE, status="201") == 1
    assert more("payment_request_seconds_count", **ROUTE, status="422") == 1
    assert 0 < more("payment_request_seconds_sum", **ROUTE, status="201") < 30
    assert more("payment_request_seconds_bucket", **ROUTE, status="201", le="+Inf") == 1
    operations = "payment_operation_seconds_count"
    assert more(operations, operation="tokenize", outcome="success") == 1
    assert {
        result: more("payment_payments_total", result=result) for result in ("authorized", "declined", "failed")
    } == {
        "authorized": 1,
        "declined": 1,
        "failed": 1,
    }
    assert more(operations, operation="charge", outcome="failed") == 1
    assert more(operations, operation="gateway_authorize", outcome="success") == 1
    assert more(operations, operation="audit_append", outcome="success") >= 4
    assert more(operations, operation="key_wrap", outcome="success") >= 1
    for code in ("invalid_input", "not_authenticated", "outcome_unknown", "insufficient_funds"):
        assert more("payment_errors_total", code=code) == 1, code
    assert more("payment_limit_hits_total", limit="requests", decision="allowed") == 6
    assert total(after, "process_resident_memory_bytes") > 1e6


def test_charges_of_a_processor_are_payments_too(seen: Watched) -> None:
    till = seen.till
    customer = till.client.post("/v1/customers").raise_for_status().json()["id"]
    results = dict.fromkeys(("authorized", "declined", "pending", "failed"), 0.0)
    for theirs, faults, status, result in (
        ("pm_visa00000001", [], 201, "authorized"),
        ("pm_declined0001", [], 402, "declined"),
        ("pm_processing01", [], 201, "pending"),
        ("pm_visa00000001", ["before"] * 3, 503, "failed"),
    ):
        methods = f"/v1/customers/{customer}/payment-methods"
        method = till.client.post(methods, json={"payment_method": theirs}).raise_for_status().json()["id"]
        till.hosted.faults[:] = faults
        body = {"payment_method": method, "amount": 900, "currency": "EUR"}
        assert till.client.post("/v1/charges", json=body, headers={"Idempotency-Key": new_key()}).status_code == status
        results[result] += 1
        figures = seen.figures()
        assert {one: total(figures, "payment_payments_total", result=one) for one in results} == results


def test_what_is_not_known_is_other_or_none_and_limits_refuse(tmp_path: Path) -> None:
    with watching(tmp_path, rate_limit_requests=9) as seen:
        for number in range(12):
            seen.till.client.request(("PROPFIND", "MKCOL", "SEARCH")[number % 3], f"/nowhere/{number}")
        figures = seen.figures()
        unknown = {"method": "other", "route": "none"}
        assert total(figures, "payment_request_seconds_count", **unknown, status="404") == 9
        assert total(figures, "payment_request_seconds_count", **unknown, status="429") == 3
        assert total(figures, "payment_errors_total", code="not_found") == 9
        assert total(figures, "payment_limit_hits_total", limit="requests", decision="refused") == 3


def test_an_audit_log_without_room_fires_the_alert(tmp_path: Path) -> None:
    with child(tmp_path / "place") as one:
        client = one.person.client
        assert client.get("/v1/tokens/tok_" + "B" * 43).status_code == 404
        before = figures_in(exposed(one.metrics_port))
        resource.prlimit(one.process.pid, resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
        assert client.get("/v1/tokens/tok_" + "B" * 43).status_code == 503
        after = figures_in(exposed(one.metrics_port))
    failed = {"operation": "audit_append", "outcome": "failed"}
    assert total(after, "payment_operation_seconds_count", **failed) >= 1
    for figures, fired in ((before, False), (after, True)):
        assert fires(_short(before), _short(figures), "AuditLogFailing", tmp_path) is fired


def test_a_database_that_is_away_is_a_failure_of_tokens(seen: Watched) -> None:
    assert seen.till.store().status_code == 201
    other = sqlite3.connect(seen.till.settings.data_folder / "service.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert seen.till.store().status_code == 503
    other.rollback()
    other.close()
    assert seen.till.store().status_code == 201
    figures = seen.figures()
    ends = {how: total(figures, "payment_operation_seconds_count", operation="tokenize", outcome=how) for how in _HOW}
    assert ends == {"success": 2, "failed": 1}


_HOW = ("success", "failed")


@pytest.mark.parametrize(("declined", "fired"), [(3, True), (1, False)])
def test_a_spike_of_failed_payments_fires_the_alert(seen: Watched, declined: int, fired: bool, tmp_path: Path) -> None:
    """More than one in twenty, driven through the service and its gateway, and not one less."""
    till, token = seen.till, seen.till.token()
    before = seen.figures()
    assert {till.pay(token).status_code for _ in range(30)} == {201}
    till.gateway.decline = "insufficient_funds"
    assert {till.pay(token).status_code for _ in range(declined)} == {402}
    assert fires(_short(before), _short(seen.figures()), "PaymentsFailing", tmp_path) is fired


def _short(figures: Figures) -> Figures:
    return {series: value for series, value in figures.items() if not re.search("_bucket|_created|^process_", series)}


def test_an_engine_that_is_left_out_fires_the_alert(tmp_path: Path, postgres_url: str) -> None:
    with watching(tmp_path, database_url=postgres_url) as seen:
        client = seen.till.client
        client.post(PATH, json=assessment()).raise_for_status()
        before = seen.figures()
        with devices_locked(postgres_url):
            made = [client.post(PATH, json=assessment()).raise_for_status() for _ in range(24)]
        after = seen.figures()
        count = "payment_fraud_engine_seconds_count"
        lost = {how: total(after, count, engine="device", outcome=how) for how in ("late", "skipped", "failed")}
        assert lost["late"] >= 1 and sum(lost.values()) == 24
        assert total(after, count, engine="ml_model") == total(before, count, engine="ml_model") + 24
        assert total(after, "payment_fraud_decision_seconds_count") == 25
        spans = seen.collector.of(made[0].headers["x-request-id"])
        assert attributes(spans["score"])["fraud.recommendation"] == made[0].json()["recommendation"]
        assert spans["engine"].parent_span_id == spans["request"].span_id
        told = [line for line in _lines(seen) if line["event"] == "a fraud engine is left out"]
        assert len(told) == lost["late"] + lost["failed"]
        assert {line["request_id"] for line in told} <= {one.headers["x-request-id"] for one in made}
        assert fires(_short(before), _short(after), "FraudEngineLeftOut", tmp_path)


def test_a_trace_and_its_lines_in_the_log(seen: Watched) -> None:
    till = seen.till
    paid = till.pay(till.token())
    request_id = paid.raise_for_status().headers["x-request-id"]
    spans = seen.collector.of(request_id)
    assert set(spans) == {"request", "charge", "gateway_authorize", "audit_append"}
    assert spans["gateway_authorize"].parent_span_id == spans["charge"].span_id
    assert attributes(spans["request"]) == {
        "http.request.method": "POST",
        "http.route": "/v1/payments",
        "http.response.status_code": 201,
        "request_id": request_id,
    }
    (line,) = [one for one in _lines(seen) if one.get("request_id") == request_id]
    assert (line["trace_id"], line["span_id"]) == (spans["request"].trace_id.hex(), spans["request"].span_id.hex())


def test_every_line_of_a_request_has_its_ids(seen: Watched) -> None:
    till, token = seen.till, seen.till.token()
    till.gateway.faults.extend([Fault.BUSY_BEFORE] * 12)
    answers = [till.client.get("/nowhere"), till.pay(token)]
    assert [answer.status_code for answer in answers] == [404, 503]
    lines = [line for line in _lines(seen) if "request_id" in line]
    assert {line["event"] for line in lines} == {"request", "failure"}
    for answer in answers:
        request_id = answer.headers["x-request-id"]
        trace = seen.collector.of(request_id)["request"].trace_id.hex()
        assert {line["trace_id"] for line in lines if line["request_id"] == request_id} == {trace}
    failed = seen.collector.of(answers[1].headers["x-request-id"])
    assert attributes(failed["charge"])["payment.result"] == "failed"
    assert attributes(failed["charge"])["error.code"] == attributes(failed["request"])["error.code"]
    assert {span.status.code for span in failed.values()} >= {Status.STATUS_CODE_ERROR}
    assert {span.status.message for span in failed.values()} == {""}


def test_a_trace_of_the_caller_goes_on_here_if_it_is_one(seen: Watched) -> None:
    trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"

    def root(*parents: str) -> Span:
        headers = [("traceparent", one) for one in parents] + [("tracestate", f"x={PAN}"), ("baggage", f"a={PAN}")]
        answer = seen.till.client.get("/", headers=httpx.Headers([*seen.till.client.headers.items(), *headers]))
        return seen.collector.of(answer.headers["x-request-id"])["request"]

    good = f"00-{trace}-{parent}-01"
    assert (root(good).trace_id.hex(), root(good).parent_span_id.hex()) == (trace, parent)
    bad = (good.upper(), good + "-x", "00-" + "0" * 32 + f"-{parent}-01", f"ff-{trace}-{parent}-01", "")
    assert trace not in {root(one).trace_id.hex() for one in bad} | {root(good, good).trace_id.hex()}
    assert PAN not in words(seen.till.settings.metrics_port, seen.collector) + seen.till.log.getvalue()


def test_requests_whose_traces_are_not_kept_have_a_request_id_alone(tmp_path: Path) -> None:
    with watching(tmp_path, traces_url="", traces_share=0.01) as seen:
        seen.till.store().raise_for_status()
        lines = [line for line in _lines(seen) if line["event"] == "request"]
        assert len(lines) == 1 and "request_id" in lines[0] and "trace_id" not in lines[0]


def _lines(seen: Watched) -> list[dict[str, Any]]:
    seen.figures()
    return [json.loads(line) for line in seen.till.log.getvalue().splitlines()]


def test_a_number_in_path_method_or_trace_is_in_no_figure_and_no_span(seen: Watched) -> None:
    client = seen.till.client
    parents = (f"00-{PAN}{'a' * 16}-00f067aa0ba902b7-01", f"00-{'a' * 32}-{PAN}-01", PAN)
    answers = [client.get(f"/v1/tokens/{PAN}", headers={"traceparent": parent}) for parent in parents]
    answers += [
        client.request(f"X{PAN}", f"/{PAN}"),
        client.get("/", params={PAN: PAN}, headers={"baggage": f"a={PAN}"}),
    ]
    assert {answer.status_code for answer in answers} <= {400, 404}
    seen.collector.of(answers[2].headers["x-request-id"])
    seen.collector.of(answers[-1].headers["x-request-id"])
    told = exposed(seen.till.settings.metrics_port) + str(seen.collector.spans)
    assert PAN not in told and PAN not in str(
        [span.trace_id.hex() + span.span_id.hex() for span in seen.collector.spans]
    )
    assert f"a={PAN}" not in told


@pytest.mark.parametrize("source", ["rules", "dashboard"])
def test_every_metric_that_is_asked_for_is_fed(seen: Watched, source: str) -> None:
    till, token = seen.till, seen.till.token()
    till.pay(token).raise_for_status()
    till.client.post(PATH, json=assessment()).raise_for_status()
    till.client.get("/nowhere")
    queries = (
        expressions().values() if source == "rules" else [query for one in dashboard.PANELS for query, _ in one.queries]
    )
    asked = {name for query in queries for name, _, _ in names_and_labels(query)}
    figures = seen.figures()
    silent = {name for name in asked if not total(figures, name)}
    assert silent == {name for name in asked if re.sub("_(bucket|count|sum)$", "", name) in NOT_FED}
