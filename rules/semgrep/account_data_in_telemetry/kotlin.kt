package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: account_data_in_telemetry.kotlin
        Sentry.captureMessage("declined $pan")
        // ruleid: account_data_in_telemetry.kotlin
        Sentry.setExtra("cvv", cvv)
        // ruleid: account_data_in_telemetry.kotlin
        span.setAttribute("card", card.number)
        // ruleid: account_data_in_telemetry.kotlin
        crashlytics.setCustomKey("pan", pan)
        // ruleid: account_data_in_telemetry.kotlin
        firebaseAnalytics.logEvent("paid", bundleOf("pan" to pan))
        // ruleid: account_data_in_telemetry.kotlin
        mixpanel.track("paid", mapOf("pan" to pan))
        // ok: account_data_in_telemetry.kotlin
        span.setAttribute("card", pan.takeLast(4))
        // ok: account_data_in_telemetry.kotlin
        Sentry.captureMessage("declined ${card.token}")
    }
}

class Telemetry(private val tracer: Tracer) {
    fun run(card: Card, cvv: String, meterRegistry: MeterRegistry) {
        Firebase.analytics.logEvent("purchase") {
            // ruleid: account_data_in_telemetry.kotlin
            param("card", card.number)
            // ok: account_data_in_telemetry.kotlin
            param("last4", card.number.takeLast(4))
        }
        // ruleid: account_data_in_telemetry.kotlin
        FirebaseCrashlytics.getInstance().log("card ${card.number}")
        Sentry.configureScope { scope ->
            // ruleid: account_data_in_telemetry.kotlin
            scope.setTag("pan", card.cardNumber)
        }
        // ruleid: account_data_in_telemetry.kotlin
        Amplitude.getInstance().logEvent("paid", JSONObject().put("pan", card.cardNumber))
        // ruleid: account_data_in_telemetry.kotlin
        GlobalRumMonitor.get().addAttribute("cvv", cvv)
        // ruleid: account_data_in_telemetry.kotlin
        NewRelic.recordCustomEvent("Payment", mapOf("pan" to card.cardNumber))
        // ruleid: account_data_in_telemetry.kotlin
        Bugsnag.notify(IllegalStateException("card ${card.cardNumber}"))
        // ruleid: account_data_in_telemetry.kotlin
        meterRegistry.counter("payments", "pan", card.cardNumber).increment()
        // ruleid: account_data_in_telemetry.kotlin
        posthog.capture("paid", properties = mapOf("pan" to card.cardNumber))
        // ok: account_data_in_telemetry.kotlin
        meterRegistry.counter("payments", "brand", card.brand).increment()
        // ok: account_data_in_telemetry.kotlin
        Amplitude.getInstance().logEvent("paid", JSONObject().put("card", tokenize(card.cardNumber)))
    }
}
