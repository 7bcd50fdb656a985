"""Labels of closed sets, spans of an allowlist, engines that are left out, and a gateway that learns of no trace."""

from __future__ import annotations

import asyncio
import math
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry import baggage, context
from opentelemetry.trace import INVALID_SPAN, Link

from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.fraud.model import Facts, RiskSignal, Transaction
from reference_impl.fraud.scoring import Scorer
from reference_impl.fraud.settings import load
from reference_impl.fraud.verdict import Outcome as FraudOutcome
from reference_impl.gateway.client import HttpGateway
from reference_impl.money import Money
from reference_impl.observability.ages import expires
from reference_impl.observability.cleaning import ATTRIBUTES, MASK, attributes
from reference_impl.observability.model import ENGINES, Closed, EngineOutcome, Operation, harmless_id
from reference_impl.observability.parts import ObservedGateway, ObservedScoring
from reference_impl.observability.traces import Sampling, _Ids
from tests.reference.observed import Watch
from tests.reference.processor import PAN, Processor, authority
from tests.reference.test_gateway_client import authorize, run

SECRETS = (PAN, "4111 1111-1111.1111", "tok_" + "A" * 43, "ada@example.com")
FACTS = Facts(Transaction("t", "m1", "c", "f", "m", Money(1, "EUR"), "", datetime(2026, 11, 22, tzinfo=timezone.utc)))


@given(st.text())
def test_a_label_has_a_value_of_its_set(value: str) -> None:
    assert Closed(["a", "b"]).of(value) in {"a", "b", "other"}


@given(st.dictionaries(st.sampled_from(sorted(ATTRIBUTES)) | st.text(), st.text() | st.sampled_from(SECRETS)))
def test_no_attribute_holds_what_somebody_sent(given_: dict[str, str]) -> None:
    kept = attributes(given_)
    assert set(kept) <= set(ATTRIBUTES)
    assert not any(secret in str(value) for value in kept.values() for secret in SECRETS)


def test_a_token_or_a_number_is_masked_or_dropped() -> None:
    """A span attribute with a payment token in it is a copy of the token with whoever runs the traces."""
    assert (
        attributes({"payment.token": SECRETS[2], "card.token": "tok_x", "http.route": f"/v1/tokens/{SECRETS[2]}"}) == {}
    )
    assert attributes({"request_id": "41111111-1111-1111-a111-111111111111"}) == {"request_id": MASK}
    assert attributes({"http.response.status_code": int(PAN)}) == {}
    assert attributes({"http.route": "/v1/tokens/{token}"}) == {"http.route": "/v1/tokens/{token}"}


def test_a_careless_span_leaves_clean() -> None:
    watch = Watch()
    tracer = watch.tracer
    with tracer.start_as_current_span("a") as other:
        link = Link(other.get_span_context(), {"card": PAN})
    with pytest.raises(ValueError, match="4111"), tracer.start_as_current_span(PAN, {PAN: PAN}, links=[link]) as span:
        span.set_attribute("error.type", PAN)
        span.add_event("note", {"card": PAN})
        raise ValueError(f"bad card {PAN}")
    last = watch.spans[-1]
    assert PAN not in watch.told()
    assert (last.name, last.links, last.status.description) == ("other", (), None)
    assert [dict(event.attributes or {}) for event in last.events] == [{"error.type": "ValueError"}]


def test_ids_are_random_and_never_a_long_number() -> None:
    ids = _Ids()
    drawn = [f"{ids.generate_trace_id():032x}" for _ in range(2000)] + [
        f"{ids.generate_span_id():016x}" for _ in range(2000)
    ]
    assert len(set(drawn)) == 4000 and all(harmless_id(one) for one in drawn)


def test_which_traces_are_kept() -> None:
    low, high = "a" * 16 + "0" * 12 + "abcd", "a" * 16 + "f" * 16

    def kept(sampling: Sampling, *parents: str) -> bool:
        return sampling.context([(b"traceparent", parent.encode()) for parent in parents]) is not None

    half = Sampling(0.5)
    assert kept(half, f"00-{low}-00f067aa0ba902b7-00") and not kept(half, f"00-{high}-00f067aa0ba902b7-01")
    assert {kept(half) for _ in range(200)} == {True, False}
    assert not any(kept(Sampling(0.0), *parents) for parents in ((), (f"00-{low}-00f067aa0ba902b7-01",)))
    assert all(kept(Sampling(1.0), *parents) for parents in ((), (f"00-{high}-00f067aa0ba902b7-00",), ("x", "y")))


def test_outside_a_trace_nothing_has_a_span() -> None:
    watch = Watch()
    with watch.instruments.operation(Operation.CHARGE) as span:
        assert not span.is_recording() and span.get_span_context() == INVALID_SPAN.get_span_context()
    assert watch.sample("payment_operation_seconds_count", operation="charge", outcome="success") == 1
    assert watch.spans == []


class _Engine:
    """Of the fraud engines; `does`: of `EngineOutcome`."""

    def __init__(self, name: str, does: str) -> None:
        self.name, self._does = name, does

    async def assess(self, facts: Facts) -> RiskSignal | None:
        if self._does == "late":
            await asyncio.Event().wait()
        if self._does == "failed":
            raise UnavailableError("away")
        score = math.nan if self._does == "invalid" else 0.5
        return None if self._does == "silent" else RiskSignal(self.name, score, 1.0)


def test_what_engines_did_is_counted() -> None:
    """By the scorer itself: an engine that hangs is late at the deadline, and skipped when it was often enough."""
    watch, does = Watch(), ["answered", "silent", "failed", "invalid", "late"]
    policy = load().policy
    engines = [_Engine(name, done) for name, done in zip(sorted(ENGINES), does, strict=True)]

    async def main() -> None:
        scorer = Scorer(engines, policy, ObservedScoring(watch.instruments))
        with watch.tracer.start_as_current_span("request"):
            for _ in range(policy.breaker.failures + 1):
                await scorer.assess(FACTS)

    asyncio.run(main())
    for engine, done in zip(sorted(ENGINES), does, strict=True):
        assert watch.sample("payment_fraud_engine_seconds_count", engine=engine, outcome=done) >= 1
    assert watch.sample("payment_fraud_engine_seconds_count", engine=engines[-1].name, outcome="skipped") == 1
    seen = {dict(span.attributes or {}).get("fraud.engine_outcome") for span in watch.spans}
    assert seen >= {outcome.value for outcome in EngineOutcome}
    scores = [span for span in watch.spans if span.name == "score"]
    assert len(scores) == policy.breaker.failures + 1
    assert all(span.end_time - span.start_time > 1e6 for span in scores[:-1]), "as long as the engine was waited for"
    assert {outcome.value for outcome in EngineOutcome} == {outcome.value for outcome in FraudOutcome}


def test_the_gateway_learns_nothing_of_a_trace(tmp_path: Path) -> None:
    watch, processor = Watch(), Processor()

    async def charge(client: HttpGateway) -> object:
        context.attach(baggage.set_baggage("card", PAN))
        with watch.tracer.start_as_current_span("request"), watch.instruments.operation(Operation.CHARGE):
            return await authorize(ObservedGateway(client, watch.instruments))  # type: ignore[arg-type]

    run(processor, tmp_path, charge)
    assert processor.requests
    for _, headers, _ in processor.requests:
        assert not {"traceparent", "tracestate", "baggage", "b3"} & {name.lower() for name in headers}
    assert [span.name for span in watch.spans] == ["gateway_authorize", "charge", "request"] and PAN not in watch.told()


def test_certificates_that_do_not_do(tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("nothing")
    for name in ("none.pem", "absent.pem"):
        with pytest.raises(ConfigurationError):
            expires(tmp_path / name)
    file = tmp_path / "ca.pem"
    authority().cert_pem.write_to_path(file)
    assert expires(file).tzinfo is not None
