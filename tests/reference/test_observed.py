"""What is seen of real requests: one span and one sample each, the log tied to both, and nothing of a card anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from tests.reference.observed import Shop, running

PAN, CODE, MAIL = "4111111111111111", "7391", "ada.quixote@example.com"
CARD = {"number": PAN, "expiry": {"month": 12, "year": date.today().year + 2}, "holder": "Ada Quixote"}
TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with running(tmp_path) as one:
        yield one


def stored(shop: Shop) -> str:
    answer = shop.client.post("/v1/tokens", json={"card": CARD}).raise_for_status()
    return str(answer.json()["token"])


def test_a_card_stored_and_charged(shop: Shop) -> None:
    token = stored(shop)
    shop.pay(token, "order-one").raise_for_status()
    shop.ledger.faults = ["declined", "before"]
    assert [shop.pay(token, f"order-{name}").status_code for name in ("two", "three")] == [402, 503]
    assert shop.pay("tok_" + "B" * 43, "order-four").status_code == 404
    opened = shop.client.post(f"/v1/tokens/{token}/detokenize", json={"purpose": "dispute"})
    assert opened.json()["number"] == PAN
    sample, count = shop.watch.sample, "payment_operation_seconds_count"
    assert sample(count, operation="tokenize", outcome="success") == 1
    assert sample(count, operation="detokenize", outcome="success") == 1
    results = {name: sample("payment_payments_total", result=name) for name in ("authorized", "declined", "failed")}
    assert results == {"authorized": 1, "declined": 1, "failed": 1}, "an unknown token is no attempt to pay"
    assert sample(count, operation="charge", outcome="rejected") == 1
    assert sample(count, operation="gateway_authorize", outcome="declined") == 1
    assert sample(count, operation="gateway_authorize", outcome="failed") == 1
    assert sample(count, operation="audit_append", outcome="success") > 3
    assert sample(count, operation="key_wrap", outcome="success") >= 1
    codes = {code: sample("payment_errors_total", code=code) for code in ("insufficient_funds", "unavailable")}
    assert codes == {"insufficient_funds": 1, "unavailable": 1}
    labels = {"method": "POST", "route": "/v1/payments", "status": "201"}
    assert sample("payment_request_seconds_count", **labels) == 1
    labels = {"method": "POST", "route": "/v1/tokens/{token}/detokenize", "status": "200"}
    assert sample("payment_request_seconds_count", **labels) == 1
    assert sample("payment_limit_hits_total", limit="requests", decision="allowed") == 6


def test_the_spans_of_a_payment_hang_together(shop: Shop) -> None:
    token = stored(shop)
    shop.pay(token, "order-one").raise_for_status()
    spans = {span.name: span for span in shop.watch.spans if span.context.trace_id == _trace(shop)}
    assert set(spans) >= {"request", "charge", "gateway_authorize", "audit_append"}
    assert spans["charge"].parent and spans["charge"].parent.span_id == spans["request"].context.span_id
    assert spans["gateway_authorize"].parent
    assert spans["gateway_authorize"].parent.span_id == spans["charge"].context.span_id
    attributes = dict(spans["request"].attributes or {})
    assert attributes.pop("request_id") == shop.lines()[-1]["request_id"]
    assert attributes == {
        "http.request.method": "POST",
        "http.route": "/v1/payments",
        "http.response.status_code": 201,
    }
    assert dict(spans["charge"].attributes or {}) == {"outcome": "success", "payment.result": "authorized"}


def _trace(shop: Shop) -> int:
    return shop.watch.spans[-1].context.trace_id


def test_every_line_of_a_request_has_its_ids(shop: Shop) -> None:
    shop.ledger.faults = ["before"]
    answers = [
        shop.client.post("/v1/tokens", json={"card": CARD}),
        shop.client.get("/nowhere"),
        shop.client.post("/careless/x", content=b"x"),
        shop.pay(stored(shop), "order-one"),
    ]
    assert [answer.status_code for answer in answers] == [201, 404, 500, 503]
    requests = {span.attributes["request_id"]: span for span in shop.watch.spans if span.name == "request"}
    lines = [line for line in shop.lines() if "request_id" in line]
    assert {line["event"] for line in lines} == {"request", "failure"}
    for line in lines:
        span = requests[line["request_id"]]
        assert line["trace_id"] == f"{span.context.trace_id:032x}"
        if line["event"] == "request":
            assert line["span_id"] == f"{span.context.span_id:016x}"
    assert {answer.headers["x-request-id"] for answer in answers} <= set(requests)


def test_a_trace_of_the_caller_goes_on_here_if_it_is_one(shop: Shop) -> None:
    def trace_of(*parents: str) -> str:
        pairs = [("traceparent", parent) for parent in parents] + [("tracestate", f"x={PAN}"), ("baggage", f"a={PAN}")]
        shop.client.get("/v1/tokens/tok_x", headers=httpx.Headers([*shop.client.headers.items(), *pairs]))
        return str(shop.lines()[-1]["trace_id"])

    good = f"00-{TRACE}-{SPAN}-01"
    assert trace_of(good) == TRACE
    assert shop.watch.spans[-1].parent and f"{shop.watch.spans[-1].parent.span_id:016x}" == SPAN
    numbered = (f"00-{PAN}{'a' * 16}-{SPAN}-01", f"00-{TRACE}-{PAN}-01")
    bad = (good.upper(), good + "-x", "00-" + "0" * 32 + f"-{SPAN}-01", f"ff-{TRACE}-{SPAN}-01")
    assert TRACE not in {trace_of(one) for one in (*bad, *numbered, "", PAN)} | {trace_of(good, good)}
    assert PAN not in shop.watch.told() + shop.log.getvalue()


def test_nothing_of_a_card_is_seen(shop: Shop) -> None:
    token = stored(shop)
    words = f"{PAN} {token} {MAIL} {CODE}"
    with httpx.Client(base_url=shop.client.base_url) as other:
        assert other.request(PAN, "/v1/tokens").status_code == 400, "no HTTP, and nothing that is counted"
    answers = [
        shop.client.get(f"/v1/tokens/{PAN}"),
        shop.client.get(f"/{PAN}/{MAIL}/{CODE}?number={PAN}", headers={"X-Request-ID": PAN, "User-Agent": words}),
        shop.client.request("PROPFIND", f"/v1/tokens/{PAN}"),
        shop.client.post(f"/careless/{PAN}", content=words.encode()),
        shop.client.post(f"/careless/{token}", content=words.encode()),
        shop.client.post("/v1/tokens", json={"card": {**CARD, PAN: CODE, "holder": MAIL}}),
        shop.client.post("/v1/tokens", content=b"x" * 5000 + PAN.encode()),
        shop.pay(PAN, "order-one"),
        shop.pay(token, PAN),
        shop.pay(token, "order-two", verification_code="739"),
        shop.client.post(f"/v1/tokens/{token}/detokenize", json={"purpose": "dispute"}),
        shop.client.post(f"/v1/tokens/{token}/detokenize", json={"purpose": PAN}),
        shop.client.delete(f"/v1/tokens/{token}"),
    ]
    assert {answer.status_code for answer in answers} >= {200, 201, 404, 405, 413, 422, 500}
    assert len([span for span in shop.watch.spans if span.name == "request"]) == len(answers) + 1
    told = shop.watch.told() + shop.log.getvalue()
    for secret in (PAN, "4111 1111", token, "tok_", MAIL, "Quixote", "quixote", "cannot handle"):
        assert secret not in told, secret
    assert "RuntimeError" in told


def test_what_is_not_known_is_other_or_none(shop: Shop) -> None:
    for number in range(30):
        shop.client.request(("PROPFIND", "MKCOL", "SEARCH")[number % 3], f"/nowhere/{number}")
    sample = shop.watch.sample
    assert sample("payment_request_seconds_count", method="other", route="none", status="404") == 30
    assert sample("payment_errors_total", code="not_found") == 30


def test_limits_that_refuse_and_callers_whom_nobody_knows(tmp_path: Path) -> None:
    with running(tmp_path, rate=3) as shop:
        codes = [shop.client.get("/v1/tokens/tok_x", headers={"Authorization": ""}).status_code for _ in range(5)]
        sample = shop.watch.sample
        assert codes[3:] == [429, 429]
        assert sample("payment_limit_hits_total", limit="requests", decision="refused") == 2
        assert sample("payment_errors_total", code="too_many_requests") == 2


def test_an_audit_log_that_is_away_is_seen(shop: Shop) -> None:
    shop.audit.failing = True
    assert shop.client.post("/v1/tokens", json={"card": CARD}).status_code == 503
    sample, count = shop.watch.sample, "payment_operation_seconds_count"
    assert sample(count, operation="audit_append", outcome="failed") >= 1
    assert sample(count, operation="tokenize", outcome="failed") == 1
    (span,) = [span for span in shop.watch.spans if span.name == "tokenize"]
    assert dict(span.attributes or {}) == {
        "outcome": "failed",
        "error.type": "UnavailableError",
        "error.code": "unavailable",
    }
    assert not span.status.is_ok and span.status.description is None
