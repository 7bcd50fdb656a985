package shop.payments;

import com.bugsnag.Bugsnag;
import com.launchdarkly.sdk.LDContext;
import com.segment.analytics.messages.TrackMessage;
import io.opentracing.Span;

class Sdks {
  void report(Card card, String pan, Report report, Span active) {
    // ruleid: account_data_in_telemetry.java
    report.addToTab("payment", "card", pan);
    // ruleid: account_data_in_telemetry.java
    rollbar.error("declined " + pan);
    // ruleid: account_data_in_telemetry.java
    active.tracer().activeSpan().log(Map.of("card", pan));
    // ruleid: account_data_in_telemetry.java
    LDContext context = LDContext.builder("7").set("card", pan).build();
    // ruleid: account_data_in_telemetry.java
    statsd.increment("paid", "card:" + pan);
    // ruleid: account_data_in_telemetry.java
    telemetryClient.trackEvent("paid", Map.of("card", card.getCardNumber()), null);
    // ruleid: account_data_in_telemetry.java
    firebaseCrashlytics.setCustomKey("card", pan);
    // ruleid: account_data_in_telemetry.java
    mixpanel.track("7", "paid", new JSONObject().put("cvv", card.getCvv()));
    // ok: account_data_in_telemetry.java
    rollbar.error("declined " + card.getToken());
    // ok: account_data_in_telemetry.java
    statsd.increment("paid", "brand:" + card.getBrand());
    // ok: account_data_in_telemetry.java
    report.addToTab("payment", "card", pan.substring(pan.length() - 4));
    // ruleid: account_data_in_telemetry.java
    Sentry.configureScope(scope -> scope.setExtra("card", pan));
    // ok: account_data_in_telemetry.java
    session.setAttribute("card", pan);
    // ok: account_data_in_telemetry.java
    gateway.charge(pan);
    // ok: account_data_in_telemetry.java
    analyticsAllowed.add(pan);
  }
}
