package shop.payments

@Entity(tableName = "cards")
data class StoredCard(
    @PrimaryKey val id: Long,
    // ruleid: track_data_stored.kotlin.column
    val track2Data: String,
    // ok: track_data_stored.kotlin.column
    @Ignore val rawTrack2Data: String,
)

object Cards : Table() {
    // ruleid: track_data_stored.kotlin.column
    val track2Data = varchar("card", 19)
    // ok: track_data_stored.kotlin.column
    val cardToken = varchar("token", 40)
}

data class CardRequest(
    // ok: track_data_stored.kotlin.column
    val track2Data: String,
)

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: track_data_stored.kotlin.store
        preferences.edit().putString("card", track2Data).apply()
        // ruleid: track_data_stored.kotlin.store
        file.writeText(track2Data)
        // ruleid: track_data_stored.kotlin.store
        redis.opsForValue().set("card", track2Data)
        // ruleid: track_data_stored.kotlin.store
        preferences.edit().putString("card", encrypt(track2Data)).apply()
        // ok: track_data_stored.kotlin.store
        preferences.edit().putString("card", card.token).apply()
        // ok: track_data_stored.kotlin.store
        gateway.authorise(track2Data)
    }
}
