package shop.payments;

class CardFlows {
    void flows(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ruleid: account_data_in_telemetry.java
        Sentry.setExtra("pan", pan);
        // ruleid: account_data_in_telemetry.java
        Sentry.captureMessage("declined " + card.getNumber());
        // ruleid: account_data_in_telemetry.java
        span.setAttribute("card.number", pan);
        // ruleid: account_data_in_telemetry.java
        Span.current().setAttribute("cvv", card.getCvv());
        // ruleid: account_data_in_telemetry.java
        tracer.currentSpan().tag("pan", pan);
        // ruleid: account_data_in_telemetry.java
        Tag.of("pan", pan);
        // ruleid: account_data_in_telemetry.java
        registry.counter("payments", "card", pan).increment();
        // ruleid: account_data_in_telemetry.java
        NewRelic.addCustomParameter("pan", card.getCardNumber());
        // ruleid: account_data_in_telemetry.java
        scope.setTag("pan", pan);
        // ruleid: account_data_in_telemetry.java
        analytics.track("paid", Map.of("pan", pan));
    }

    void clean(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ok: account_data_in_telemetry.java
        span.setAttribute("payment.id", card.getPaymentId());
        // ok: account_data_in_telemetry.java
        span.setAttribute("card.last4", pan.substring(pan.length() - 4));
        // ok: account_data_in_telemetry.java
        span.setAttribute("card", mask(pan));
        // ok: account_data_in_telemetry.java
        Sentry.setExtra("cvv_result", card.getCvvResult());
        // ok: account_data_in_telemetry.java
        registry.counter("payments", "brand", card.getBrand()).increment();
        // ok: account_data_in_telemetry.java
        Sentry.captureMessage("the card number was refused");
        // ok: account_data_in_telemetry.java
        scope.setTag("valid", validator.isValid(pan));
    }
}
