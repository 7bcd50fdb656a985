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

class Checks {
    fun check(card: Card, pan: String) {
        // ruleid: pan_in_error_message.kotlin
        require(luhn(pan)) { "Invalid card number: $pan" }
        // ruleid: pan_in_error_message.kotlin
        check(card.number.length in 13..19) { "Invalid card number: ${card.number}" }
        // ok: pan_in_error_message.kotlin
        require(luhn(pan)) { "Invalid card number" }
        // ok: pan_in_error_message.kotlin
        require(pan.length in 13..19) { "Card number of ${pan.length} digits" }
    }
}
