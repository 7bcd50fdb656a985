package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: static_iv.kotlin.parameter
        val a = IvParameterSpec(ByteArray(16))
        // ruleid: static_iv.kotlin.parameter
        val b = GCMParameterSpec(128, "some initial".toByteArray())
        val iv = ByteArray(12)
        SecureRandom().nextBytes(iv)
        // ok: static_iv.kotlin.parameter
        val c = GCMParameterSpec(128, iv)
    }
}
