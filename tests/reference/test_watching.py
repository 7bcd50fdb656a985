"""The started service as its operators see it: scraped, traced, and found out when payments fail."""

from __future__ import annotations

import asyncio
import json
import re
import resource
import signal
import socket
import sqlite3
import ssl
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme
from click.testing import CliRunner
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from pydantic import SecretStr

from reference_impl.__main__ import main
from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.keys.model import Purpose
from reference_impl.observability import dashboard
from reference_impl.observability.ages import keys_told
from reference_impl.observability.instruments import Instruments
from reference_impl.observability.metrics import Metrics
from reference_impl.observability.opening import instruments_of
from reference_impl.observability.traces import Sampling, provider
from reference_impl.settings import Settings
from reference_impl.web import server
from tests.opa import free_port
from tests.reference.collector import attributes, collecting
from tests.reference.described import assessment
from tests.reference.paying import new_key
from tests.reference.processor import Fault
from tests.reference.running import PAN, serving, settings_in
from tests.reference.test_alerts import expressions, fires, names_and_labels
from tests.reference.test_canary import child
from tests.reference.test_fraud_service import PATH, devices_locked
from tests.reference.test_service_killed import ended, started
from tests.reference.tls_files import ca_file, pem_files
from tests.reference.watching import (
    CREDENTIAL,
    KNOWN,
    Figures,
    Watched,
    exposed,
    figures_in,
    in_environment,
    total,
    watched,
    watching,
    words,
)

ROUTE = {"method": "POST", "route": "/v1/tokens"}
NOT_FED = {
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
    other = sqlite3.connect(seen.till.settings.data_folder / "service.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert seen.till.store().status_code == 503
    other.rollback()
    other.close()
    assert seen.till.store().status_code == 201
    figures = seen.figures()
    ends = {how: total(figures, "payment_operation_seconds_count", operation="tokenize", outcome=how) for how in _HOW}
    assert ends == {"success": 1, "failed": 1}


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


def test_the_age_of_keys_and_certificates_is_told_when_the_service_starts(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "place")
    settings = settings.model_copy(update={"metrics_port": free_port(), "metrics_credential": SecretStr(CREDENTIAL)})
    leaf = trustme.CA().issue_cert("localhost", not_after=datetime(2100, 1, 1, tzinfo=timezone.utc))
    shown = server.Certificate(*pem_files(leaf, tmp_path))
    with watching(tmp_path / "with-gateway") as seen:
        assert (
            total(seen.figures(), "payment_certificate_expiry_timestamp_seconds", certificate="gateway") > time.time()
        )
        seen.till.token()
        again = seen.till.settings.model_copy(update={"metrics_port": free_port()})
    with serving(again):
        made = total(figures_in(exposed(again.metrics_port)), "payment_key_created_timestamp_seconds", purpose="data")
        assert 0 <= time.time() - made < 600
    with serving(settings, certificate=shown):
        context = ssl.create_default_context(cafile=shown.chain)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        url = f"https://127.0.0.1:{settings.metrics_port}/metrics"
        figures = figures_in(httpx.get(url, headers=KNOWN, verify=context).raise_for_status().text)
    assert total(figures, "payment_certificate_expiry_timestamp_seconds", certificate="server") == 4102444800


def test_keys_are_looked_at_again_and_again() -> None:
    metrics = Metrics()
    instruments = Instruments(metrics, provider("s").get_tracer("t"), Sampling(0.0))
    times = iter([datetime(2026, 1, 1, tzinfo=timezone.utc), None, datetime(2026, 2, 1, tzinfo=timezone.utc)])
    looked = asyncio.Event()

    async def oldest() -> Mapping[Purpose, datetime]:
        found = next(times, datetime(2026, 3, 1, tzinfo=timezone.utc))
        if found is None:
            raise UnavailableError("the database does not answer")
        if found.month == 3:
            looked.set()
        return {Purpose.DATA: found}

    async def run() -> None:
        async with keys_told(oldest, instruments, 0.001):
            await asyncio.wait_for(looked.wait(), 20)

    asyncio.run(run())
    told = metrics.registry.get_sample_value("payment_key_created_timestamp_seconds", {"purpose": "data"})
    assert told is not None and told >= datetime(2026, 2, 1, tzinfo=timezone.utc).timestamp()


def test_metrics_are_for_who_has_the_credential_and_gone_with_the_service(tmp_path: Path) -> None:
    with watching(tmp_path) as seen:
        url = f"http://127.0.0.1:{seen.till.settings.metrics_port}"
        assert httpx.get(f"{url}/metrics").status_code == 401
        assert httpx.get(f"{url}/metrics", headers={"Authorization": f"Bearer {CREDENTIAL}x"}).status_code == 401
        assert httpx.post(f"{url}/metrics", headers=KNOWN).status_code == 404
        assert httpx.get(f"{url}/health/live", headers=KNOWN).status_code == 404
        assert seen.till.client.get("/metrics", headers=KNOWN).status_code == 404
        assert httpx.get(f"{url}/metrics", headers=KNOWN).headers["content-type"].startswith("text/plain")
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/metrics", headers=KNOWN)


def test_a_taken_port_and_settings_that_do_not_do_stop_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_in(tmp_path / "place")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        there = {"metrics_port": port, "metrics_credential": SecretStr(CREDENTIAL)}
        with pytest.raises(ConfigurationError, match=f"metrics_port: {port} on 127.0.0.1 .* taken"):
            _start(settings, **there)
        assert settings.key_passphrase
        monkeypatch.setenv("PAYMENT_DATA_FOLDER", str(settings.data_folder))
        monkeypatch.setenv("PAYMENT_KEY_PASSPHRASE", settings.key_passphrase.get_secret_value())
        monkeypatch.setenv("PAYMENT_METRICS_CREDENTIAL", CREDENTIAL)
        said = CliRunner().invoke(main, ["serve", "--port", str(free_port()), "--metrics-port", str(port)])
        assert said.exit_code == 2 and f"metrics_port: {port}" in said.output and "Traceback" not in said.output
    with pytest.raises(ConfigurationError, match="metrics_credential: missing"):
        _start(settings, metrics_port=free_port())
    with pytest.raises(ConfigurationError, match="certificate"):
        _start(settings, **there, metrics_host="192.0.2.1")
    for url in ("http://collector.example/v1/traces", "collector.example", "https://[", "ftp://localhost/"):
        with pytest.raises(ConfigurationError, match="traces_url"):
            _start(settings, traces_url=url)
    with pytest.raises(ConfigurationError, match="traces_authority"):
        _start(settings, traces_url="https://collector.example/", traces_authority=tmp_path / "none.pem")
    with pytest.raises(ConfigurationError, match="traces_url: missing"):
        _start(settings, traces_share=0.5)
    monkeypatch.setenv("PAYMENT_METRICS_CREDENTIAL", "short")
    said = CliRunner().invoke(main, ["serve"])
    assert said.exit_code == 2 and "PAYMENT_METRICS_CREDENTIAL" in said.output and "short" not in said.output


def _start(settings: Settings, **changed: Any) -> None:
    with serving(settings.model_copy(update=changed)):
        pass


def test_a_collector_over_tls_with_a_credential_and_one_that_is_away(tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with collecting(context) as collector:
        collector.statuses = [503]
        settings = Settings(
            traces_url=collector.url,
            traces_share=1,
            traces_credential=SecretStr("known"),
            traces_authority=ca_file(authority, tmp_path),
        )
        asyncio.run(_one_span(settings))
        assert [span.name for span in collector.spans] == ["request"], "sent again after the 503"
        assert {head["authorization"] for head in collector.heads} == {"Bearer known"}
    asyncio.run(_one_span(settings))  # away: it is logged, and the service ends all the same


async def _one_span(settings: Settings) -> None:
    from reference_impl.observability.model import Operation

    async with instruments_of(settings) as instruments:
        context = instruments.sampling.context([])
        assert context is not None
        with instruments.root(Operation.REQUEST, context):
            pass


def test_the_command_line_serves_metrics_and_ends_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits to be sent is sent when the service is told to end."""
    place = tmp_path / "place"
    settings, port = settings_in(place), free_port()
    with collecting() as collector:
        watch = watched(collector)
        for name, value in in_environment(watch).items():
            monkeypatch.setenv(name, value)
        child = started(settings, port)
        request_id = httpx.get(f"http://127.0.0.1:{port}/health/live").headers["x-request-id"]
        assert total(figures_in(exposed(watch["metrics_port"])), "payment_request_seconds_count", status="204") >= 1
        ended(child, signal.SIGTERM)
        assert child.returncode == 0
        assert set(collector.of(request_id)) == {"request"}
    assert "uvicorn.access" not in settings.data_folder.with_suffix(".log").read_text()
