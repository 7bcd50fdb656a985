package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: insecure_random.kotlin.value
        val resetToken = Random().nextInt().toString()
        // ok: insecure_random.kotlin.value
        val color = Random().nextInt(10)
    }
}
