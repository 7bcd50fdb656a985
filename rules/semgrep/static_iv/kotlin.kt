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
        val filled = ByteArray(12).also { SecureRandom().nextBytes(it) }
        // ok: static_iv.kotlin.parameter
        val d = GCMParameterSpec(128, filled)
        val named = ByteArray(12).also { bytes ->
            val random = SecureRandom()
            random.nextBytes(bytes)
        }
        // ok: static_iv.kotlin.parameter
        val e = GCMParameterSpec(128, named)
        // ok: static_iv.kotlin.parameter
        val f = GCMParameterSpec(128, ByteArray(12).also(random::nextBytes))
        // ok: static_iv.kotlin.parameter
        val g = IvParameterSpec(ByteArray(16).apply { random.nextBytes(this) })
        // ok: static_iv.kotlin.parameter
        val h = IvParameterSpec(ByteArray(16).apply(SecureRandom()::nextBytes))
        val copied = ByteArray(12)
        blob.copyInto(copied, 0, 0, 12)
        // ok: static_iv.kotlin.parameter
        val i = GCMParameterSpec(128, copied)
        val logged = ByteArray(12).also { logger.info("iv has ${it.size} bytes") }
        // ruleid: static_iv.kotlin.parameter
        val j = GCMParameterSpec(128, logged)
    }
}

fun zeros(cipher: Cipher, key: SecretKey) {
    val iv = ByteArray(16) { 0 }
    // ruleid: static_iv.kotlin.parameter
    cipher.init(Cipher.ENCRYPT_MODE, key, IvParameterSpec(iv))
}
