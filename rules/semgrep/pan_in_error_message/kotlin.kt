package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: pan_in_error_message.kotlin
        val a = IllegalArgumentException("bad card $pan")
        // ruleid: pan_in_error_message.kotlin
        call.response.sendError(400, "card $pan")
        // ok: pan_in_error_message.kotlin
        val b = IllegalArgumentException("bad card")
        // ok: pan_in_error_message.kotlin
        val c = IllegalArgumentException("bad card ${mask(pan)}")
    }
}
