package shop.payments

@Entity(tableName = "cards")
data class StoredCard(
    @PrimaryKey val id: Long,
    // ruleid: verification_code_stored.kotlin.column
    val cvv: String,
    // ok: verification_code_stored.kotlin.column
    @Ignore val rawCvv: String,
)

object Cards : Table() {
    // ruleid: verification_code_stored.kotlin.column
    val cvv = varchar("card", 19)
    // ok: verification_code_stored.kotlin.column
    val cardToken = varchar("token", 40)
}

data class CardRequest(
    // ok: verification_code_stored.kotlin.column
    val cvv: String,
)

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: verification_code_stored.kotlin.store
        preferences.edit().putString("card", cvv).apply()
        // ruleid: verification_code_stored.kotlin.store
        file.writeText(cvv)
        // ruleid: verification_code_stored.kotlin.store
        redis.opsForValue().set("card", cvv)
        // ruleid: verification_code_stored.kotlin.store
        preferences.edit().putString("card", sha256(cvv)).apply()
        // ruleid: verification_code_stored.kotlin.store
        preferences.edit().putString("card", decrypt(encryptedCvv)).apply()
        // ruleid: verification_code_stored.kotlin.store
        redis.opsForValue().set("card", mac.doFinal(cvv.toByteArray()))
        // ok: verification_code_stored.kotlin.store
        preferences.edit().putString("card", card.token).apply()
        // ok: verification_code_stored.kotlin.store
        gateway.authorise(cvv)
    }
}
