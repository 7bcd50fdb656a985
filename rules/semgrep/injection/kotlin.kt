package shop.payments

class PaymentQueries(private val db: SQLiteDatabase, private val jdbcTemplate: JdbcTemplate) {
    fun find(id: String): Cursor {
        // ruleid: injection.kotlin.sql
        return db.rawQuery("SELECT * FROM payments WHERE id = '$id'", null)
    }

    fun findSafe(id: String): Cursor {
        // ok: injection.kotlin.sql
        return db.rawQuery("SELECT * FROM payments WHERE id = ?", arrayOf(id))
    }

    fun byMerchant(merchant: String): List<Map<String, Any>> {
        val sql = "SELECT * FROM payments WHERE merchant = '" + merchant + "'"
        // ruleid: injection.kotlin.sql
        return jdbcTemplate.queryForList(sql)
    }

    fun byNumber(id: Long): List<Map<String, Any>> {
        // ok: injection.kotlin.sql
        return jdbcTemplate.queryForList("SELECT * FROM payments WHERE id = $id")
    }

    fun constant(): List<Map<String, Any>> {
        // ok: injection.kotlin.sql
        return jdbcTemplate.queryForList("SELECT * FROM $TABLE")
    }

    fun receipt(name: String) {
        // ruleid: injection.kotlin.command
        Runtime.getRuntime().exec("print-receipt $name")
        // ok: injection.kotlin.command
        ProcessBuilder("print-receipt", name).start()
    }

    // ruleid: injection.kotlin.sql
    fun byHolder(holder: String) = jdbc.query("SELECT * FROM cards WHERE holder = '$holder'")

    // ruleid: injection.kotlin.sql
    fun byToken(token: String): List<Card> = jdbc.query("SELECT * FROM cards WHERE token = '$token'", mapper)

    // ok: injection.kotlin.sql
    fun bound(token: String): List<Card> = jdbc.query("SELECT * FROM cards WHERE token = ?", mapper, token)
}
