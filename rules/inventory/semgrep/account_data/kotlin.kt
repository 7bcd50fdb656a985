import jakarta.persistence.*

@Entity
class Card(
    // ok: account_data.kotlin.entity
    @Id val id: Long,
    // ruleid: account_data.kotlin.entity, account_data.kotlin.field
    @Convert(converter = SealedPan::class) val pan: String,
    // ruleid: account_data.kotlin.entity, account_data.kotlin.field
    val expMonth: Int,
)

data class CardRequest(
    // ok: account_data.kotlin.entity
    // ruleid: account_data.kotlin.field
    val cardNumber: String,
    // ok: account_data.kotlin.field
    val colour: String,
)

// ruleid: account_data.kotlin.sql
const val WALLETS = "CREATE TABLE wallets (id int, card_number text)"
// ok: account_data.kotlin.sql
const val QUERY = "SELECT card_number text FROM wallets"
