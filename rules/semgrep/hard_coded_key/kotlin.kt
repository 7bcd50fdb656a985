package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: hard_coded_key.kotlin.secret_key_spec
        val a = SecretKeySpec("Qw7kiwilampQw7kiwilamp4422abcdEF".toByteArray(), "AES")
        // ruleid: hard_coded_key.kotlin.secret_key_spec
        val b = SecretKeySpec(byteArrayOf(1, 2, 3, 4), "AES")
        // ok: hard_coded_key.kotlin.secret_key_spec
        val c = SecretKeySpec(key, "AES")
    }
}
