package shop.payments

@Entity(tableName = "cards")
data class StoredCard(
    @PrimaryKey val id: Long,
    // ruleid: pan_stored_in_clear.kotlin.column
    val cardNumber: String,
    // ok: pan_stored_in_clear.kotlin.column
    @Ignore val rawCardNumber: String,
)

object Cards : Table() {
    // ruleid: pan_stored_in_clear.kotlin.column
    val cardNumber = varchar("card", 19)
    // ok: pan_stored_in_clear.kotlin.column
    val cardToken = varchar("token", 40)
}

data class CardRequest(
    // ok: pan_stored_in_clear.kotlin.column
    val cardNumber: String,
)

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: pan_stored_in_clear.kotlin.store
        preferences.edit().putString("card", pan).apply()
        // ruleid: pan_stored_in_clear.kotlin.store
        file.writeText(pan)
        // ruleid: pan_stored_in_clear.kotlin.store
        redis.opsForValue().set("card", pan)
        // ok: pan_stored_in_clear.kotlin.store
        preferences.edit().putString("card", encrypt(pan)).apply()
        // ok: pan_stored_in_clear.kotlin.store
        preferences.edit().putString("card", card.token).apply()
        // ok: pan_stored_in_clear.kotlin.store
        gateway.authorise(pan)
    }
}

fun row(pan: String, card: Card) {
    val values = ContentValues().apply {
        // ruleid: pan_stored_in_clear.kotlin.store
        put("card_number", pan)
        // ok: pan_stored_in_clear.kotlin.store
        put("last4", pan.takeLast(4))
        // ok: pan_stored_in_clear.kotlin.store
        put("token", card.token)
    }
}

fun remember(prefs: SharedPreferences, encryptedPrefs: SharedPreferences, pan: String, card: Card) {
    with(prefs.edit()) {
        // ruleid: pan_stored_in_clear.kotlin.store
        putString("card", pan)
        // ok: pan_stored_in_clear.kotlin.store
        putString("card", card.token)
        apply()
    }
    with(encryptedPrefs.edit()) {
        // ok: pan_stored_in_clear.kotlin.store
        putString("card", pan)
    }
}
