"""Account data on spans, in crash reports, analytics and metrics of a payment service."""

import bugsnag
import newrelic.agent
import rollbar
import sentry_sdk
import segment.analytics as analytics
from ddtrace import tracer as dd
from opentelemetry import baggage, trace
from posthog import Posthog
from prometheus_client import Counter

tracer = trace.get_tracer(__name__)
posthog = Posthog("key")


def spans(pan, card, cvv, request, track2):
    span = trace.get_current_span()
    # ruleid: account_data_in_telemetry.python.tracing
    span.set_attribute("card.number", pan)
    # ruleid: account_data_in_telemetry.python.tracing
    span.set_attribute("card.code", card.cvv)
    # ruleid: account_data_in_telemetry.python.tracing
    span.set_attributes({"amount": 10, "pan": card.number})
    # ruleid: account_data_in_telemetry.python.tracing
    span.add_event("charge", {"card_number": request.json["card_number"]})
    # ruleid: account_data_in_telemetry.python.tracing
    span.add_event("charge", attributes={"code": cvv})
    # ruleid: account_data_in_telemetry.python.tracing
    with tracer.start_as_current_span("charge", attributes={"pan": pan}):
        pass
    # ruleid: account_data_in_telemetry.python.tracing
    baggage.set_baggage("card", pan)
    with dd.trace("charge") as dd_span:
        # ruleid: account_data_in_telemetry.python.tracing
        dd_span.set_tag("card.number", pan)
        # ruleid: account_data_in_telemetry.python.tracing
        dd_span.set_tag("swipe", track2)
    # ruleid: account_data_in_telemetry.python.tracing
    xray_recorder.put_annotation("card", pan)
    # ok: account_data_in_telemetry.python.tracing
    span.set_attribute("card.last4", pan[-4:])
    # ok: account_data_in_telemetry.python.tracing
    span.set_attribute("card.masked", mask(pan))
    # ok: account_data_in_telemetry.python.tracing
    span.set_attribute("card.token", card.token)
    # ok: account_data_in_telemetry.python.tracing
    span.set_attribute("cvv.present", cvv is not None)
    # ok: account_data_in_telemetry.python.tracing
    span.set_attribute("cvv.result", card.cvv_result)
    # ok: account_data_in_telemetry.python.tracing
    span.set_attribute("span.id", company.id)
    # ok: account_data_in_telemetry.python.tracing
    span.set_attribute("field", "card_number")
    # ok: account_data_in_telemetry.python.tracing
    with tracer.start_as_current_span("charge card number"):
        processor.charge(pan, cvv)


def reports(pan, card, cvv, error, pin_block):
    # ruleid: account_data_in_telemetry.python.errors
    sentry_sdk.set_extra("card_number", pan)
    # ruleid: account_data_in_telemetry.python.errors
    sentry_sdk.set_tag("pan", card.number)
    # ruleid: account_data_in_telemetry.python.errors
    sentry_sdk.set_context("payment", {"card_number": card.number, "amount": 10})
    # ruleid: account_data_in_telemetry.python.errors
    sentry_sdk.capture_message(f"declined {pan}")
    # ruleid: account_data_in_telemetry.python.errors
    sentry_sdk.add_breadcrumb(category="payment", message="charge " + pan)
    with sentry_sdk.push_scope() as scope:
        # ruleid: account_data_in_telemetry.python.errors
        scope.set_extra("code", cvv)
        # ruleid: account_data_in_telemetry.python.errors
        scope.set_tag("pin", pin_block)
    # ruleid: account_data_in_telemetry.python.errors
    rollbar.report_message("declined", extra_data={"pan": pan})
    # ruleid: account_data_in_telemetry.python.errors
    bugsnag.notify(error, metadata={"card": {"number": card.number}})
    # ruleid: account_data_in_telemetry.python.errors
    newrelic.agent.add_custom_attribute("card", pan)
    # ruleid: account_data_in_telemetry.python.errors
    newrelic.agent.record_custom_event("Charge", {"pan": pan})
    # ok: account_data_in_telemetry.python.errors
    sentry_sdk.set_extra("card_token", card.token)
    # ok: account_data_in_telemetry.python.errors
    sentry_sdk.set_tag("card.brand", card.brand)
    # ok: account_data_in_telemetry.python.errors
    sentry_sdk.capture_message("card number refused")
    # ok: account_data_in_telemetry.python.errors
    sentry_sdk.set_context("payment", {"last4": card.number[-4:]})
    # ok: account_data_in_telemetry.python.errors
    sentry_sdk.capture_exception(error)
    # ok: account_data_in_telemetry.python.errors
    newrelic.agent.add_custom_attribute("valid", luhn_valid(pan))
    # ok: account_data_in_telemetry.python.errors
    element.set_tag("pan", pan)


def events(user, card, pan, cvv):
    # ruleid: account_data_in_telemetry.python.analytics
    analytics.track(user.id, "Paid", {"amount": 10, "card_number": card.number})
    # ruleid: account_data_in_telemetry.python.analytics
    analytics.identify(user.id, {"pan": pan})
    # ruleid: account_data_in_telemetry.python.analytics
    posthog.capture(user.id, "paid", properties={"card": pan})
    # ruleid: account_data_in_telemetry.python.analytics
    mp.track(user.id, "paid", {"cvv": cvv})
    # ruleid: account_data_in_telemetry.python.analytics
    amplitude.track(BaseEvent("paid", event_properties={"card_number": pan}))
    # ruleid: account_data_in_telemetry.python.analytics
    requests.post("https://www.google-analytics.com/mp/collect", json={"card": pan}, timeout=5)
    # ok: account_data_in_telemetry.python.analytics
    analytics.track(user.id, "Paid", {"amount": 10, "brand": card.brand, "last4": pan[-4:]})
    # ok: account_data_in_telemetry.python.analytics
    analytics.track(user.id, "Card number entered")
    # ok: account_data_in_telemetry.python.analytics
    requests.post(PROCESSOR, json={"card_number": pan}, timeout=5)
    # ok: account_data_in_telemetry.python.analytics
    parcel.track(pan)


def metrics(pan, card, statsd, latency):
    # ruleid: account_data_in_telemetry.python.metrics
    statsd.incr(f"charge.{pan}")
    # ruleid: account_data_in_telemetry.python.metrics
    statsd.increment("charge", tags=[f"card:{card.number}"])
    # ruleid: account_data_in_telemetry.python.metrics
    CHARGES.labels(pan).inc()
    # ruleid: account_data_in_telemetry.python.metrics
    CHARGES.labels(card=card.card_number, brand="visa").inc()
    # ruleid: account_data_in_telemetry.python.metrics
    counter.add(1, {"card_number": card.number})
    # ok: account_data_in_telemetry.python.metrics
    statsd.incr(f"charge.{card.brand}")
    # ok: account_data_in_telemetry.python.metrics
    CHARGES.labels(brand=brand_of(pan)).inc()
    # ok: account_data_in_telemetry.python.metrics
    counter.add(1, {"bin": pan[:6]})
    # ok: account_data_in_telemetry.python.metrics
    seen.add(pan)


def more(user, card, pan, cvv, scope, span, crumb, event):
    # ruleid: account_data_in_telemetry.python.errors
    bugsnag.notify(ValueError("Card " + card.number + " refused"))
    # ruleid: account_data_in_telemetry.python.errors
    scope.user = {"id": user.id, "card_number": card.number}
    # ruleid: account_data_in_telemetry.python.errors
    crumb["data"]["number"] = card.number
    # ruleid: account_data_in_telemetry.python.errors
    rollbar.report_message(f"declined {card.number}", "warning")
    # ok: account_data_in_telemetry.python.errors
    bugsnag.notify(ValueError(f"Card ending in {card.number[-4:]} refused"))
    # ok: account_data_in_telemetry.python.errors
    scope.user = {"id": user.id}
    # ruleid: account_data_in_telemetry.python.tracing
    span.set_struct_tag("payment", {"card_number": pan})
    # ruleid: account_data_in_telemetry.python.tracing
    span.set_tag_str("pan", pan)
    # ok: account_data_in_telemetry.python.tracing
    span.set_tag_str("brand", card.brand)
