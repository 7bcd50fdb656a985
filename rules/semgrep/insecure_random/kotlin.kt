package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: insecure_random.kotlin.value
        val resetToken = Random().nextInt().toString()
        // ok: insecure_random.kotlin.value
        val color = Random().nextInt(10)
    }
}

fun tokens(alphabet: List<Char>) {
    // ruleid: insecure_random.kotlin.value
    val resetToken = (1..32).map { alphabet.random() }.joinToString("")
    // ruleid: insecure_random.kotlin.value
    val otp = Random.nextInt(100000, 999999).toString()
    // ok: insecure_random.kotlin.value
    val delay = Random.nextInt(100, 900)
    // ok: insecure_random.kotlin.value
    val sessionToken = ByteArray(32).also { SecureRandom().nextBytes(it) }.toHexString()
}

fun qualified() {
    // ruleid: insecure_random.kotlin.value
    val nonce = kotlin.random.Random.nextBytes(12)
    // ruleid: insecure_random.kotlin.value
    val sessionId = java.util.Random().nextLong().toString()
}
