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

private const val SIGNING_LABEL = "order-signing"

class Keys {
    // ruleid: hard_coded_key.kotlin.setting
    private val encryptionKey = "q8Zr2LkPw9Xc4Vb7"
    // ok: hard_coded_key.kotlin.setting
    private val encryptionKeyAlias = "card-key"
    // ok: hard_coded_key.kotlin.setting
    private val signingKey = System.getenv("SIGNING_KEY")

    fun sign(token: String) {
        // ruleid: hard_coded_key.kotlin.signing
        Algorithm.HMAC256("q8Zr2LkPw9Xc4Vb7")
        // ok: hard_coded_key.kotlin.signing
        Algorithm.HMAC256(System.getenv("JWT_SECRET"))
    }

    fun keys() {
        val bytes = "q8Zr2LkPw9Xc4Vb7".encodeToByteArray()
        // ruleid: hard_coded_key.kotlin.secret_key_spec
        SecretKeySpec(bytes, "AES")
        // ok: hard_coded_key.kotlin.secret_key_spec
        SecretKeySpec(keyStore.getKey("card", null).encoded, "AES")
        // ruleid: hard_coded_key.kotlin.secret_key_spec
        SupportFactory("q8Zr2LkPw9Xc4Vb7".toByteArray())
    }
}
