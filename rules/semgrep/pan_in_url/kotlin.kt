package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: pan_in_url.kotlin
        val a = URL("https://acquirer.example/cards/$pan")
        // ruleid: pan_in_url.kotlin
        val b = Uri.parse("https://acquirer.example/?pan=" + card.number)
        // ruleid: pan_in_url.kotlin
        builder.addQueryParameter("pan", pan)
        // ok: pan_in_url.kotlin
        val c = URL("https://acquirer.example/cards/${card.token}")
        // ok: pan_in_url.kotlin
        val d = URL("https://acquirer.example/bins/${pan.take(6)}")
    }
}
