package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: pan_unkeyed_hash.kotlin
        val a = MessageDigest.getInstance("SHA-256").digest(pan.toByteArray())
        // ruleid: pan_unkeyed_hash.kotlin
        val b = DigestUtils.sha256Hex(pan)
        // ok: pan_unkeyed_hash.kotlin
        val c = MessageDigest.getInstance("SHA-256").digest(card.token.toByteArray())
        // ok: pan_unkeyed_hash.kotlin
        val d = mac.doFinal(pan.toByteArray())
    }
}

fun scoped(pan: String, mac: Mac) {
    // ruleid: pan_unkeyed_hash.kotlin
    val index = MessageDigest.getInstance("SHA-256").run { digest(pan.toByteArray()) }
    // ok: pan_unkeyed_hash.kotlin
    val keyed = mac.run { doFinal(pan.toByteArray()) }
}
