package shop.kettlewick.checkout

import android.content.SharedPreferences
import android.database.Cursor
import android.database.sqlite.SQLiteDatabase
import androidx.room.Entity
import androidx.room.PrimaryKey
import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator
import kotlinx.serialization.json.Json
import org.springframework.data.redis.core.StringRedisTemplate
import java.io.InputStream
import java.time.Duration

@Entity(tableName = "cards")
class StoredCard(
    @PrimaryKey val cardToken: String,
    val sealedNumber: ByteArray,
    val lastFour: String,
)

class Store(private val redis: StringRedisTemplate, private val preferences: SharedPreferences) {
    fun remember(card: CardRequest, cardToken: String) {
        val pan = card.number
        val cvv = card.cvv
        redis.opsForValue().set("basket:" + card.orderId, cardToken, Duration.ofMinutes(10))
        preferences.edit().putString("card", pan.takeLast(4)).apply()
    }

    fun swiped(terminal: String, pinBlock: String, track2Data: String) {
        preferences.edit().putString("terminal", terminal).apply()
    }

    fun byId(db: SQLiteDatabase, id: String): Cursor {
        return db.rawQuery("SELECT token FROM cards WHERE id = ?", arrayOf(id))
    }

    fun basket(input: InputStream): Map<String, String> = Json.decodeFromString(input.bufferedReader().readText())

    fun mapper(validator: BasicPolymorphicTypeValidator): ObjectMapper {
        val mapper = ObjectMapper()
        mapper.activateDefaultTyping(validator)
        return mapper
    }
}
