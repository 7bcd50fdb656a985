"""Labels of closed sets, spans of an allowlist, engines that are left out, and a gateway that learns of no trace."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry import baggage, context
from opentelemetry.trace import Link

from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.fraud.model import Facts, RiskSignal, Transaction
from reference_impl.gateway.client import HttpGateway
from reference_impl.money import Money
from reference_impl.observability.certificates import expires
from reference_impl.observability.cleaning import ATTRIBUTES, MASK, attributes
from reference_impl.observability.model import Closed, ObservabilitySettings, Operation, harmless_id
from reference_impl.observability.parts import ObservedEngine, ObservedGateway
from reference_impl.observability.traces import _Ids, provider
from reference_impl.secret import Secret
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
    tracer = watch.instruments.tracer
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


def test_a_trace_that_is_not_kept_still_has_an_id() -> None:
    made = provider("s", 0.0)
    with made.get_tracer("t").start_as_current_span("request") as span:
        assert span.get_span_context().is_valid and not span.is_recording()


class _Engine:
    name = "device"

    def __init__(self, does: str) -> None:
        self._does = does

    async def assess(self, facts: Facts) -> RiskSignal | None:
        if self._does == "timed_out":
            await asyncio.Event().wait()
        if self._does == "failed":
            raise UnavailableError("away")
        return RiskSignal(self.name, 0.5, 1.0) if self._does == "answered" else None


@pytest.mark.parametrize("does", ["answered", "silent", "failed", "timed_out"])
def test_what_an_engine_did_is_counted(does: str) -> None:
    watch = Watch()

    async def main() -> None:
        engine = ObservedEngine(_Engine(does), watch.instruments)
        await asyncio.wait_for(engine.assess(FACTS), 0.05 if does == "timed_out" else 20)

    if does in ("failed", "timed_out"):
        with pytest.raises((UnavailableError, asyncio.TimeoutError)):
            asyncio.run(main())
    else:
        asyncio.run(main())
    assert watch.sample("payment_fraud_engine_seconds_count", engine="device", outcome=does) == 1
    assert (watch.spans[-1].attributes or {})["fraud.engine_outcome"] == does


def test_the_gateway_learns_nothing_of_a_trace(tmp_path: Path) -> None:
    watch, processor = Watch(), Processor()

    async def charge(client: HttpGateway) -> object:
        context.attach(baggage.set_baggage("card", PAN))
        with watch.instruments.operation(Operation.CHARGE):
            return await authorize(ObservedGateway(client, watch.instruments))  # type: ignore[arg-type]

    run(processor, tmp_path, charge)
    assert processor.requests
    for _, headers, _ in processor.requests:
        assert not {"traceparent", "tracestate", "baggage", "b3"} & {name.lower() for name in headers}
    assert [span.name for span in watch.spans] == ["gateway_authorize", "charge"] and PAN not in watch.told()


def test_settings_and_certificates_that_do_not_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        ObservabilitySettings(Secret("short"))
    with pytest.raises(ConfigurationError):
        ObservabilitySettings(Secret("m" * 32), 1.5)
    (tmp_path / "none.pem").write_text("nothing")
    for name in ("none.pem", "absent.pem"):
        with pytest.raises(ConfigurationError):
            expires(tmp_path / name)
    file = tmp_path / "ca.pem"
    authority().cert_pem.write_to_path(file)
    assert expires(file).tzinfo is not None
