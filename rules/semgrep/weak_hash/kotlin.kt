package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: weak_hash.kotlin.secret
        val a = MessageDigest.getInstance("MD5").digest(password.toByteArray())
        // ruleid: weak_hash.kotlin.secret
        val b = DigestUtils.sha1Hex(user.password)
        // ok: weak_hash.kotlin.secret
        val c = MessageDigest.getInstance("MD5").digest(file.readBytes())
        // ok: weak_hash.kotlin.secret
        val d = MessageDigest.getInstance("SHA-256").digest(token.toByteArray())
    }
}

fun digests(password: String, photo: ByteArray) {
    // ruleid: weak_hash.kotlin.secret
    DigestUtils.getMd5Digest().digest(password.toByteArray())
    // ok: weak_hash.kotlin.secret
    DigestUtils.getMd5Digest().digest(photo)
    // ok: weak_hash.kotlin.secret
    DigestUtils.getSha256Digest().digest(password.toByteArray())
}
