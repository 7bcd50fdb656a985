package shop.payments

@Entity(tableName = "cards")
data class StoredCard(
    @PrimaryKey val id: Long,
    // ruleid: pin_stored.kotlin.column
    val pinBlock: String,
    // ok: pin_stored.kotlin.column
    @Ignore val rawPinBlock: String,
)

object Cards : Table() {
    // ruleid: pin_stored.kotlin.column
    val pinBlock = varchar("card", 19)
    // ok: pin_stored.kotlin.column
    val cardToken = varchar("token", 40)
}

data class CardRequest(
    // ok: pin_stored.kotlin.column
    val pinBlock: String,
)

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: pin_stored.kotlin.store
        preferences.edit().putString("card", pinBlock).apply()
        // ruleid: pin_stored.kotlin.store
        file.writeText(pinBlock)
        // ruleid: pin_stored.kotlin.store
        redis.opsForValue().set("card", pinBlock)
        // ruleid: pin_stored.kotlin.store
        preferences.edit().putString("card", encrypt(pinBlock)).apply()
        // ok: pin_stored.kotlin.store
        preferences.edit().putString("card", card.token).apply()
        // ok: pin_stored.kotlin.store
        gateway.authorise(pinBlock)
    }
}
