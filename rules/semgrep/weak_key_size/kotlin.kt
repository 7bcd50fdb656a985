package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        val generator = KeyPairGenerator.getInstance("RSA")
        // ruleid: weak_key_size.kotlin.rsa
        generator.initialize(1024)
        // ok: weak_key_size.kotlin.rsa
        generator.initialize(3072)
    }
}

fun pairs() {
    // ruleid: weak_key_size.kotlin.rsa
    val short = KeyPairGenerator.getInstance("RSA").apply { initialize(1024) }.generateKeyPair()
    // ok: weak_key_size.kotlin.rsa
    val long = KeyPairGenerator.getInstance("RSA").apply { initialize(3072) }.generateKeyPair()
}
