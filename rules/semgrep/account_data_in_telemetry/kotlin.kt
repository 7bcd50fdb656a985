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
